"""The hand edits of ``edits.yaml``, and what is needed to make and pull them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reportgen.core.paths import shipped
from reportgen.pipeline import prepare
from reportgen.writers.docx import write

HERE = Path(__file__).parent
DEMO = shipped("data") / "samples" / "demo-2023.json"


@dataclass(frozen=True)
class Case:
    """One edit; ``brings`` are the overrides it must bring, as text with ``{fact}`` for figures."""

    edit: str
    steps: list[list[str]]
    brings: dict[str, str]
    finds: list[str] = field(default_factory=list)
    alone: bool = False


@cache
def cases(file: str = "edits.yaml") -> tuple[Case, ...]:
    return tuple(Case(**case) for case in yaml.safe_load((HERE / file).read_text(encoding="utf-8")))


@cache
def generated() -> bytes:
    """The DOCX of the sample as ``build`` writes it."""
    prepared = prepare(DEMO)
    return write(prepared.document, prepared.layout.style)


def as_text(overrides: list[dict[str, Any]]) -> dict[str, str]:
    """Overrides as the cases write them; several of one name in a row."""
    found: dict[str, str] = {}
    for override in overrides:
        name = override["block"] + ("+" if override.get("after") else "") + ("1." if override.get("role") else "")
        runs = (run if isinstance(run, str) else f"{{{run['figure']}}}" for run in override["runs"])
        found[name] = found.get(name, "") + "".join(runs)
    return found


def overrides_in(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8")).get("overrides", []))


def agrees(text: str, wanted: str) -> bool:
    """Whether a text is the wanted one; … stands for the rest."""
    return text.startswith(wanted.removesuffix("…")) if wanted.endswith("…") else text == wanted
