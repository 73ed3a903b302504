"""Texts compared as a reader does: figures as a whole, chance agreement given up, long texts by clauses."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.tree import text_diff
from reportgen.tree.text_diff import diff_texts


def shown(old: str, new: str) -> str:
    marks = {"equal": "{}", "deleted": "[-{}]", "inserted": "[+{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in diff_texts(old, new))


CASES = {
    ("", ""): "",
    ("同", "同"): "同",
    ("", "新"): "[+新]",
    ("旧", ""): "[-旧]",
    ("共1,017.96万元", "共1,017.90万元"): "共[-1,017.96][+1,017.90]万元",
    ("部门ABC预算", "部门ABD预算"): "部门[-ABC][+ABD]预算",
    ("增长12.5%", "下降12.5%"): "[-增长][+下降]12.5%",
    ("甲的乙", "丙的丁"): "[-甲的乙][+丙的丁]",
    ("甲的了乙", "丙的了丁"): "[-甲的了乙][+丙的了丁]",
    ("甲的了是乙", "丙的了是丁"): "[-甲][+丙]的了是[-乙][+丁]",
    ("甲，乙", "丙，丁"): "[-甲][+丙]，[-乙][+丁]",
    ("主要原因是人员增加", "主要原因是项目减少"): "主要原因是[-人员增加][+项目减少]",
    ("1万2", "3万4"): "[-1][+3]万[-2][+4]",
}


@pytest.mark.parametrize(("texts", "expected"), CASES.items(), ids=lambda value: str(value))
def test_pieces(texts: tuple[str, str], expected: str) -> None:
    assert shown(*texts) == expected


def test_long_texts_are_compared_by_clauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_diff, "_MOST_TOKEN_PAIRS", 40)
    assert shown("甲甲甲甲，乙乙，丙丙丙丙", "甲甲甲甲，乙戊，丙丙丙丙") == "甲甲甲甲，乙[-乙][+戊]，丙丙丙丙"
    whole = "甲甲甲甲，[-乙乙乙乙乙乙乙乙][+乙乙乙丁乙乙乙乙]"
    assert shown("甲甲甲甲，乙乙乙乙乙乙乙乙", "甲甲甲甲，乙乙乙丁乙乙乙乙") == whole
    monkeypatch.setattr(text_diff, "_MOST_CLAUSE_PAIRS", 3)
    assert shown("甲甲甲甲，乙乙", "甲甲甲甲，乙丁") == "[-甲甲甲甲，乙乙][+甲甲甲甲，乙丁]"


@given(*[st.text("甲乙，。1.%", max_size=12)] * 2)
def test_the_pieces_give_both_texts_back(old: str, new: str) -> None:
    pieces = diff_texts(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "inserted") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "deleted") == new
    assert all(piece.text for piece in pieces)
    assert all(a.kind != b.kind for a, b in itertools.pairwise(pieces))
