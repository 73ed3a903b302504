"""A layout with one template of its own, and what it prints of a document."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from reportgen.budget.json_input import parse_json
from reportgen.core.paths import shipped
from reportgen.core.settings import Printing
from reportgen.facts import FactGroup
from reportgen.pipeline.in_memory import prepare
from reportgen.pipeline.loaded_layout import load_layout
from reportgen.pipeline.report import Prepared
from reportgen.tree.nodes import Heading, Paragraph, plain
from tests.strategies import dumped

LAYOUT = """\
title: 试引用
extends: zhejiang
outline:
  - page: prose
    blocks:
      - {id: 引用, level: 1, heading: 引用, text: own.j2}
"""
PRINTING = Printing()


@cache
def _demo() -> Any:
    return parse_json((shipped("data") / "samples" / "demo-2023.json").read_bytes())


def demo(**members: Any) -> Any:
    """The invented sample with more members at its top level."""
    return {**copy.deepcopy(_demo()), **members}


def composed(data: Any, template: str, folder: Path, last: Any = None) -> Prepared:
    """The document composed with a layout whose only sentences are ``template``."""
    (folder / "text").mkdir(exist_ok=True)
    (folder / "layout.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "text" / "own.j2").write_text(template, encoding="utf-8")
    return prepare(dumped(data), load_layout(folder), None if last is None else dumped(last))


def sentences(prepared: Prepared) -> list[str]:
    """The text of each paragraph and heading below the first heading."""
    blocks = [block for block in prepared.document.blocks() if isinstance(block, Paragraph | Heading)]
    return [plain(block.runs) for block in blocks[1:]]


def printed(data: Any, template: str, folder: Path, last: Any = None) -> list[str]:
    """What ``template`` prints of a document."""
    return sentences(composed(data, template, folder, last))


def facts_of(data: Any) -> FactGroup:
    """The facts of a document as the shipped layout derives them."""
    return prepare(dumped(data), load_layout("zhejiang")).facts
