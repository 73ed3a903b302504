"""Small departments for the runs: the sample without its indicators, under other codes and names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportgen.core.paths import shipped

SAMPLE = shipped("data") / "samples" / "demo-2023.json"
LOCALS = "甲乙丙丁戊己庚辛壬癸"


def department(n: int, **changes: Any) -> dict[str, Any]:
    """The ``n``-th department; ``changes`` replace members of the document."""
    code, name = str(500 + n), f"青溪市{LOCALS[n % 10]}{LOCALS[n // 10 % 10]}局"
    text = SAMPLE.read_text(encoding="utf-8").replace('"450', f'"{code}').replace("青溪市财政局", name)
    data: dict[str, Any] = json.loads(text)
    del data["performance"]
    return data | changes


def put(folder: Path, name: str, data: Any) -> Path:
    """A document as a file below ``folder``."""
    path = folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def put_many(folder: Path, count: int) -> list[Path]:
    """The first ``count`` departments, each in a file named by its code."""
    return [put(folder, str(500 + n), department(n)) for n in range(count)]


def refused(n: int) -> dict[str, Any]:
    """A department with a finding that blocks: revenue and spending differ."""
    data = department(n)
    data["revenue"][0]["amount"] += 1
    return data


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``, hidden ones too, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
