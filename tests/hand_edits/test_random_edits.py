"""Random edits: what a reader sees is taken or told; no figure is linked to a fact that its sentence does not name."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache

import pytest

from reportgen.core.errors import InputError
from reportgen.hand_edits import PulledEdits, pull_edits
from reportgen.pipeline import LoadedBudget, LoadedLayout, load, load_layout, prepare
from reportgen.tree.nodes import Figure
from reportgen.writers.docx import write
from tests.hand_edits.cases import DEMO, generated
from tests.hand_edits.random_edits import KINDS, random_edit
from tests.hand_edits.visible import visible
from tests.population import sample, size

SPREADING = ("double_paragraph", "split_paragraph", "join_paragraphs", "move_paragraph", "change_style")
"""Edits after which one paragraph has the words of two, or two those of one."""


@cache
def loaded() -> tuple[LoadedBudget, LoadedLayout]:
    return load(DEMO), load_layout()


@cache
def facts_by_block() -> dict[str, Counter[str]]:
    blocks = prepare(*loaded()).generated.prose()
    return {block.id: Counter(run.fact for run in block.runs if isinstance(run, Figure)) for block in blocks}


@cache
def before() -> list[tuple[object, ...]]:
    return visible(generated())


def wrongly_linked(kind: str, pulled: PulledEdits) -> list[str]:
    """Facts that an edited paragraph quotes more often than the paragraph that it was."""
    wrong = []
    for override in json.loads(pulled.payload).get("overrides", []):
        own = facts_by_block()[override["block"]]
        if override.get("after"):
            own = Counter[str]()
        if kind in SPREADING:
            own = sum(facts_by_block().values(), Counter[str]())
        linked = Counter(run["figure"] for run in override["runs"] if isinstance(run, dict))
        wrong += list(linked - own)
    return wrong


def judged(seed: int) -> str:
    """What is wrong with the pull of an edit, "" if nothing."""
    kind, payload = random_edit(generated(), seed)
    try:
        pulled = pull_edits(payload, *loaded())
    except InputError as error:
        return "" if re.search("不是由这份预算生成|不像是", str(error)) else f"{kind} {seed}: {error}"
    if wrong := wrongly_linked(kind, pulled):
        return f"{kind} {seed}: linked to {wrong}"
    if not pulled.complete:  # told
        return ""
    prepared = prepare(pulled.payload, loaded()[1])
    after = visible(write(prepared.document, prepared.layout.style)) if pulled.changes else before()
    return "" if after == visible(payload) else f"{kind} {seed}: a difference was neither taken nor told"


@pytest.mark.campaign
@pytest.mark.parametrize("part", range(size(50, 1)))
def test_every_random_edit_is_taken_or_told_and_links_no_figure_to_another_fact(part: int) -> None:
    count = size(10, 4)
    assert [problem for seed in range(part * count, (part + 1) * count) if (problem := judged(seed))] == []


@pytest.mark.campaign
def test_the_judge_sees_every_kind_of_edit() -> None:
    """A judge that saw nothing would find nothing wrong."""
    seeds = sample(range(len(KINDS)), 5)
    assert [KINDS[n].__name__ for n in seeds if visible(random_edit(generated(), n)[1]) == before()] == []
