"""The redline: accepting all changes gives the new document, rejecting all gives the old one; it marks no more."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from reportgen.layout.load import load_layout
from reportgen.tree.nodes import Document
from reportgen.tree.style import Style
from reportgen.tree.text_diff import diff_texts
from reportgen.writers.docx import read_back, write, write_redline
from tests import office
from tests.comparison import document_pairs, tracked
from tests.comparison.patches import EDITS, base, version
from tests.comparison.tracked import W
from tests.population import size
from tests.test_files_agree import false_alarm

TOGETHER = (
    "item unit-added three-public-turns indicator-added project-renamed glossary-text duty-edited vehicles",
    "year department-renamed indicator-first-removed project-not-key base-zero no-agency-operating total-turns",
    "row-removed unit-removed duty-removed performance-removed reason-removed no-procurement",
    "row-added performance-none projects-change-order units-swapped three-public-to-zero",
    "performance-goal project-added indicator-value row-renumbered base-absent carry-over-to-amount unit-renamed",
)
"""The edits, several at once: one redline costs as much as another."""


@cache
def look() -> Style:
    return load_layout("zhejiang").style


@cache
def redline(names: str) -> bytes:
    return write_redline(base().document, version(names).document, look())


def check(old: Document, new: Document, payload: bytes) -> None:
    accepted, rejected = (tracked.settled(payload, verdict) for verdict in ("accept", "reject"))
    assert tracked.joined(accepted) == tracked.joined(tracked.body_of(write(new, look())))
    assert seen(tracked.rezipped(payload, rejected)) == seen(write(old, look()))


def seen(payload: bytes) -> Any:
    """What a reader sees in a file; the title in its properties is the new one's also in a rejected redline."""
    return replace(read_back(payload), title="")


def test_the_edits_that_change_more_than_a_text_are_all_there() -> None:
    shapes = {name for name, edit in EDITS.items() if {"insert", "drop", "swap"} & edit.keys()}
    assert shapes <= set(" ".join(TOGETHER).split())


@pytest.mark.parametrize("names", TOGETHER)
def test_accepting_gives_the_new_document_and_rejecting_the_old_one(names: str) -> None:
    check(base().document, version(names).document, redline(names))


@pytest.mark.parametrize("names", TOGETHER[2:4])
def test_the_way_back(names: str) -> None:
    old, new = version(names).document, base().document
    check(old, new, write_redline(old, new, look()))


@pytest.mark.parametrize("name", document_pairs.WHOLE)
def test_small_documents(name: str) -> None:
    for old, new in (document_pairs.WHOLE[name], document_pairs.WHOLE[name][::-1]):
        payload = write_redline(old, new, look())
        accepted, rejected = (tracked.settled(payload, verdict) for verdict in ("accept", "reject"))
        assert seen(tracked.rezipped(payload, accepted)) == seen(write(new, look()))
        assert seen(tracked.rezipped(payload, rejected)) == seen(write(old, look()))


@pytest.mark.campaign
@settings(max_examples=size(1000, 12), deadline=None)
@given(document_pairs.documents, document_pairs.documents)
def test_any_two_small_documents(old: Document, new: Document) -> None:
    payload = write_redline(old, new, look())
    for verdict, document in (("accept", new), ("reject", old)):
        assert seen(tracked.rezipped(payload, tracked.settled(payload, verdict))) == seen(write(document, look()))


def marks(payload: bytes) -> Counter[str]:
    """How often each kind of change is marked, by what it is a change of."""
    root = tracked.body_of(payload)
    return Counter(
        f"{mark.tag.removeprefix(W)} {mark.getparent().tag.removeprefix(W)}" for mark in root.iter(f"{W}ins", f"{W}del")
    )


def test_a_changed_figure_is_marked_by_itself() -> None:
    root = tracked.body_of(redline("item"))
    gone = Counter("".join(mark.itertext()) for mark in root.iter(f"{W}del"))
    assert set(gone) >= {"22.45", "17633.64", "7,426.89", "46.9"}
    assert all(text.replace(",", "").replace(".", "").isdigit() for text in gone)
    assert not {kind for kind in marks(redline("item")) if kind.split()[1] in ("rPr", "trPr")}


EXPECTED_MARKS = {
    "a line in the middle comes": {"ins trPr": 1},
    "a line in the middle goes": {"del trPr": 1},
    "the last line goes": {"del trPr": 1},
    "a line comes first": {"del trPr": 2, "ins trPr": 3},
    "the first line goes": {"del trPr": 3, "ins trPr": 2},
    "a group falls apart": {"del trPr": 4, "ins trPr": 4},
    "a group goes": {"del trPr": 2},
    "lines go beside a tall text": {"del trPr": 3},
}


@pytest.mark.parametrize("name", EXPECTED_MARKS)
def test_of_merged_rows_only_those_are_replaced_that_must_be(name: str) -> None:
    found = marks(write_redline(*document_pairs.WHOLE[name], look()))
    assert {kind: count for kind, count in found.items() if kind.endswith("trPr")} == EXPECTED_MARKS[name]


def test_equal_documents_give_the_document_itself() -> None:
    document = base().document
    redlined, written = (
        tracked.body_of(one(look())) for one in (partial(write_redline, document, document), partial(write, document))
    )
    assert tracked.joined(redlined) == tracked.joined(written)


def test_the_same_versions_give_the_same_bytes_with_the_documents_date() -> None:
    names = TOGETHER[0]
    again = write_redline(base().document, version(names).document, look())
    dates = {mark.get(f"{W}date") for mark in tracked.body_of(again).iter(f"{W}ins", f"{W}del")}
    authors = {mark.get(f"{W}author") for mark in tracked.body_of(again).iter(f"{W}ins", f"{W}del")}
    assert again == redline(names)
    assert (dates, authors) == ({"2023-01-01T00:00:00Z"}, {"reportgen"})


@pytest.mark.parametrize("names", TOGETHER)
def test_bookmarks_and_changes_have_names_and_numbers_of_their_own(names: str) -> None:
    root = tracked.body_of(redline(names))
    starts = [*root.iter(f"{W}bookmarkStart")]
    ids = [one.get(f"{W}id") for one in (*starts, *root.iter(f"{W}ins", f"{W}del"))]
    bookmarks = [one.get(f"{W}name") for one in starts]
    assert len(set(ids)) == len(ids)
    assert len(set(bookmarks)) == len(bookmarks)
    assert sorted(one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd")) == sorted(
        one.get(f"{W}id") for one in starts
    )


def test_a_redline_keeps_to_the_schema(tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit, a checker of OOXML, is not installed")
    for name in ("merged rows", "a table comes before another", "a table of another shape", "lines of the cover"):
        (tmp_path / "redline.docx").write_bytes(write_redline(*document_pairs.BY_OFFICE[name], look()))
        found = audit.OpenXmlValidator().validate(str(tmp_path / "redline.docx")).errors
        errors = [one for one in found if one.severity is audit.ValidationSeverity.ERROR]
        assert [one for one in errors if not false_alarm(one)] == []


BY_OFFICE = {
    "edits": (base().document, version(f"{TOGETHER[0]} reason-removed row-removed").document),
    **{name.replace(" ", "-"): pair for name, pair in document_pairs.BY_OFFICE.items()},
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What LibreOffice shows of old and new documents and of their redlines, accepted and rejected."""
    jobs = []
    for name, (old, new) in BY_OFFICE.items():
        payload = write_redline(old, new, look())
        jobs += [
            (f"{name}-old", write(old, look()), office.NOTHING),
            (f"{name}-new", write(new, look()), office.NOTHING),
            (f"{name}-accepted", payload, office.ACCEPT),
            (f"{name}-rejected", payload, office.REJECT),
        ]
    found = office.settled(tmp_path_factory.mktemp("office"), jobs)
    return {name: one for (name, _, _), one in zip(jobs, found, strict=True)}


@pytest.mark.parametrize("name", BY_OFFICE)
def test_libreoffice_accepts_to_the_new_document_and_rejects_to_the_old_one(name: str, judged: dict[str, Any]) -> None:
    assert office.shown(judged[f"{name}-accepted"]) == office.shown(judged[f"{name}-new"])
    assert office.columns(judged[f"{name}-rejected"]) == office.columns(judged[f"{name}-old"])
    if name != "tall-merged-rows":  # rejected, the parts of a tall cell are still cut where the new document cuts them
        assert office.shown(judged[f"{name}-rejected"]) == office.shown(judged[f"{name}-old"])


TEXTS = (
    ("减少17.96万元，下降5.5%。", "增加3.00万元，增长0.2%。", "[减少17.96|增加3.00]万元，[下降5.5|增长0.2]%。"),
    ("教育支出49.67万元、", "教育支出1,149.67万元、", "教育支出[49.67|1,149.67]万元、"),
    ("2023年", "2024年", "[2023|2024]年"),
    ("与上年预算数持平。", "比上年预算数增加。", "[与|比]上年预算数[持平|增加]。"),
    ("", "新的。", "[|新的。]"),
    ("旧的。", "", "[旧的。|]"),
    ("（1）甲", "（2）甲", "（[1|2]）甲"),
    ("严控经费支出", "压缩经费开支", "[严控经费支出|压缩经费开支]"),
    ("严控各项经费支出", "压缩各项经费开支", "[严控|压缩]各项经费[支出|开支]"),
    ("a\nb", "a\nc", "a\n[b|c]"),
)


@pytest.mark.parametrize(("old", "new", "marked"), TEXTS)
def test_words_are_compared_as_a_reader_compares_them(old: str, new: str, marked: str) -> None:
    found = ""
    for piece in diff_texts(old, new):
        found += {"equal": "{}", "deleted": "[{}|", "inserted": "|{}]"}[piece.kind].format(piece.text)
    assert found.replace("||", "|") == marked.replace("[|", "|").replace("|]", "|")


def test_long_texts_are_compared_clause_by_clause() -> None:
    old = "".join(f"第{n}项工作按计划完成，" for n in range(700))
    new = old.replace("第5项", "第五项").replace("第600项工作", "第600项任务")
    pieces = diff_texts(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "inserted") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "deleted") == new
    assert sum(len(piece.text) for piece in pieces if piece.kind == "deleted") < 30
