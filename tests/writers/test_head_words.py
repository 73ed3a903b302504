"""Heads of narrow columns are broken between words in the PDF: 政府性/基金/预算, not 政府/性基/金预/算."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.tree.nodes import Cell, Column, Row
from reportgen.writers.pdf.typeset.table_cells import TableTypesetter
from reportgen.writers.pdf.typeset.text import Typesetter
from reportgen.writers.tables.head_words import longest_word, positions_within_words
from tests.nodes import cell, style, t
from tests.writers.xlsx_reading import table_of

HEADS = {
    "政府性基金预算": ["政府性", "基金", "预算"],
    "国有资本经营预算": ["国有", "资本", "经营", "预算"],
    "财政专户管理资金": ["财政", "专户", "管理", "资金"],
}


def lines(head: str, share: float) -> list[str]:
    """The lines of the first of two heads, whose column is given a share (per cent) of the table."""
    columns = (Column(share), Column(100 - share))
    table = table_of((Row("r", (cell("甲"), cell("乙"))),), columns)
    row = Row("h", (Cell(t(head)), Cell(t("名称"))), "head")
    first = TableTypesetter(replace(table, head=(row,)), 700, Typesetter(style())).head().cells[0][0]
    return [line.text.text[line.line.start : line.line.ink] for line in first.lines]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("share", [1, 3, 4, 5, 6, 7, 8])
def test_no_line_of_a_head_ends_within_a_word(head, share):
    found = lines(head, share)
    ends = [len("".join(found[:n])) for n in range(1, len(found))]
    assert "".join(found) == head
    assert not positions_within_words(head) & set(ends)


@pytest.mark.parametrize(("head", "words"), HEADS.items())
def test_the_words_of_the_forms_are_known(head, words):
    inner = positions_within_words(head)
    ends = [p for p in range(1, len(head)) if p not in inner]
    assert [head[a:b] for a, b in zip([0, *ends], [*ends, len(head)], strict=True)] == words
    assert len(longest_word(head)) == max(map(len, words))
