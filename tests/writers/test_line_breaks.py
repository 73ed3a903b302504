"""No line breaks a rule of Chinese typesetting: in the prose of five disclosures, and in any prose.

The judge is the benchmarks' (``line_rules``): it has rule tables of its own and knows nothing of the breaker.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.tree.nodes import Document
from tests.population import size

from .pdf_help import DOCUMENT, STYLE

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def breaks() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        return importlib.import_module("line_breaks")


@pytest.fixture(scope="module")
def rules(breaks: ModuleType) -> ModuleType:
    return importlib.import_module("line_rules")


def test_the_prose_of_five_disclosures_has_no_fault(breaks):
    seed = breaks.composed()
    paragraphs = breaks.texts([], seed.document)
    lines = breaks.ours(paragraphs, seed.document, seed.style)
    assert sum(map(len, lines)) >= 1600
    assert breaks.judged(lines, paragraphs) == []


MEASURE = 4000.0


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["国国国国", "，国国"], "bad start"),
        (["国国国（", "国）国国"], "bad end"),
        (["国国国2", "3万元国"], "parted"),
        (["国国23", "万元国国"], "parted"),
        (["国国20", "23年国"], "parted"),
        (["国国5.", "5%国国"], "parted"),
        (["国国（类", "）国国国"], "parted"),
        (["国国budg", "et国国国"], "parted"),
        (["国国国国", "国。"], "lone last"),
        (["国国国国", "国国，国国国"], "overflow"),
        (["国国国", "国国国国"], "not flush"),
        (["国国国国", "国国国"], "lost text"),
    ],
)
def test_the_judge_sees_each_fault(rules, lines, kind):
    text = "".join(lines) if kind != "lost text" else "国国国国国国，国"
    set_lines = [rules.Line(line, 0.0, len(line) * 1000.0) for line in lines]
    assert kind in {found for found, _ in rules.faults(text, set_lines, MEASURE, 0)}


def test_the_judge_leaves_good_lines_alone(rules):
    lines = [rules.Line("国国国国，", 0.0, 4500.0), rules.Line("国2023年", 0.0, 4000.0), rules.Line("国国")]
    assert list(rules.faults("国国国国，国2023年国国", lines, MEASURE, 0)) == []


HANZI = st.text("的一是不了在有我他这中大来上国到说们财政预算支出收入", min_size=1, max_size=14)
FIGURE = st.sampled_from(
    ["17633.63万元", "0.00万元", "5.5%", "100.0%", "2023年", "1,234,567.89元", "12个百分点", "3辆", "（类）", "（项）"]
)
LATIN = st.sampled_from(["GB/T", "Word", "AI", "“互联网+”", "A4", "COVID"])
GROUP = st.builds("{0[0]}{1}{0[1]}".format, st.sampled_from(["（）", "“”", "《》", "“‘’”"[::3], "()"]), HANZI)
MARK = st.sampled_from(
    ["，", "。", "；", "：", "、", "！", "？", "——", "……", ",", "：“三公”", "；（一）", "”。", "）。", ""]
)
CLAUSE = st.builds("{}{}{}{}".format, HANZI, st.one_of(FIGURE, LATIN, GROUP, st.just("")), HANZI, MARK)
PROSE = st.lists(CLAUSE, min_size=1, max_size=14).map("".join)


@pytest.mark.campaign
@settings(max_examples=size(5000, 150), deadline=None)
@given(st.lists(PROSE, min_size=1, max_size=4))
def test_no_prose_has_a_fault(breaks, rules, paragraphs):
    document: Document = replace(DOCUMENT, sections=())
    found = breaks.judged(breaks.ours(paragraphs, document, STYLE), paragraphs)
    assert [fault for fault in found if not after_a_long_whole(rules, fault)] == []


def after_a_long_whole(rules: ModuleType, fault: tuple[str, str]) -> bool:
    """Whether one character is left alone because moving the long word before it would leave its line too empty."""
    kind, place = fault
    return kind == "lone last" and any(len(whole) > 4 for whole in rules.WHOLE.findall(place.split("|")[0]))
