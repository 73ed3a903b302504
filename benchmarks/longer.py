"""The seed's JSON with its lists made longer, for what stands before the tree: load, facts, rules, compose."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

WHOLE = "合计"


def longer(source: Path, factor: int, target: Path) -> Path:
    """Write the document in ``source`` with ``factor`` times the rows of its longer tables to ``target``."""
    data = json.loads(source.read_text(encoding="utf-8"))
    for name, key in (("expenditure", "function"), ("basic_expenditure", "economic")):
        data[name] = _more_classes(data[name], key, factor)
    for name in ("projects", "performance"):
        data[name] = _more_projects(data[name], factor)
    target.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return target


def _more_classes(lines: list[dict[str, Any]], key: str, factor: int) -> list[dict[str, Any]]:
    """Each copy has classes of its own: a code may stand in the list only once."""
    classes = sorted({line[key][:3] for line in lines if line[key] != WHOLE})
    found = list(lines)
    for n in range(1, factor):
        codes = {old: str(399 + (n - 1) * len(classes) + k) for k, old in enumerate(classes, 1)}
        for line in lines:
            if line[key] != WHOLE:
                code = codes[line[key][:3]] + line[key][3:]
                found.append({**line, key: code, "name": f"增列科目{code}"})
    return found


def _more_projects(lines: list[dict[str, Any]], factor: int) -> list[dict[str, Any]]:
    found = list(lines)
    for n in range(1, factor):
        for line in copy.deepcopy(lines):
            found.append({**line, "name": f"{line['name']}（{n}）"})
    return found
