"""Which rows of a DOCX table stay together, where a cell that a page must cut is cut, how contents lines hang."""

from __future__ import annotations

import pytest

from reportgen.tree.grid import place
from reportgen.tree.nodes import Column, Contents, Entry, Row, Table
from reportgen.writers.docx.row_plan import RowPlan, parts_text, plan
from reportgen.writers.tables import estimate
from reportgen.writers.tables.cell_measure import CellMeasure
from tests.nodes import amount, cell, heading, style, t
from tests.writers.docx_reading import W, written
from tests.writers.xlsx_reading import table_of

SENTENCE = "加大对高校毕业生等重点群体的培训力度。"


def project(lines: int, goal: str) -> Table:
    rows = [
        Row("intro", (cell("项目"), cell(""), amount("1.00"))),
        Row("g", (cell("项目", rowspan=lines), cell(goal, rowspan=lines), amount("1.00"))),
        *(Row(f"l{n}", (amount("2.00"),)) for n in range(1, lines)),
        Row("next", (cell("另一项目"), cell(""), amount("1.00"))),
    ]
    return table_of(tuple(rows), (Column(20), Column(60), Column(20, "right")))


def planned(table: Table, page: float) -> tuple[list[RowPlan], CellMeasure]:
    own_style = style()
    measure = CellMeasure(estimate.fit_table(table, own_style, 600), own_style.table)
    return plan(table.body, place(table.body, len(table.columns)), measure, page), measure


@pytest.mark.parametrize("share", [0.75, 0.99])
def test_a_project_that_a_page_can_hold_is_not_cut(share):
    table = project(20, SENTENCE)
    plans, _ = planned(table, sum(p.height for p in planned(table, 10000)[0][1:21]) / share)
    assert {(p.first, p.last) for p in plans[1:21]} == {(1, 20)}
    assert [p.keep for p in plans] == [*[True] * 20, False, False]  # with the row that introduces it


def test_a_longer_project_is_cut_into_as_few_parts_as_its_pages():
    plans, _ = planned(project(40, SENTENCE), 450)
    assert len({(p.first, p.last) for p in plans[1:41]}) == 2


def test_a_text_is_cut_at_the_end_of_a_sentence():
    goal = SENTENCE * 60
    table = project(40, goal)
    plans, measure = planned(table, 450)
    parts = list(parts_text(place(table.body, 3)[1][1], plans, measure).values())
    assert len(parts) > 1
    assert "".join(parts) == goal
    assert all(part.endswith("。") for part in parts)


def test_a_total_stays_with_the_first_of_its_parts():
    rows = (
        Row("all", (cell("合计"), amount("9.00")), "total"),
        Row("class", (cell("社会保障"), amount("9.00")), "subtotal"),
        Row("item", (cell("就业"), amount("4.00"))),
        Row("other", (cell("工伤"), amount("5.00"))),
        Row("next", (cell("卫生健康"), amount("9.00")), "subtotal"),
        Row("sum", (cell("收入合计"), amount("9.00")), "total"),
    )
    plans, _ = planned(table_of(rows, (Column(50), Column(50, "right"))), 450)
    assert [p.keep for p in plans] == [True, True, False, False, False, False]


def test_further_lines_of_contents_begin_below_the_words():
    texts = ("二、部门预算安排情况说明", "（十一）部门预算表", "附件")
    entries = tuple(Entry(level, t(text), "h") for level, text in zip((1, 2, 2), texts, strict=True))
    body = written(Contents("c", "目录", entries), heading("h", 1, "附件"))
    indents = [p.find(f"{W}pPr/{W}ind") for p in body.iter(f"{W}p")][1:4]
    own_style = style()
    size = own_style.text["contents1"].size
    hangs = [None if indent is None else int(indent.get(f"{W}hanging")) / 20 / size for indent in indents]
    assert hangs[2] is None
    assert hangs[:2] == pytest.approx([2, 4], rel=0.06)  # characters of the number, set a little closer than their size
    lefts = [int(indent.get(f"{W}left")) / 20 / size for indent in indents[:2]]
    assert lefts == pytest.approx([2, 6], rel=0.06)


def test_the_height_of_a_cell_is_its_lines_and_the_space_above_and_below() -> None:
    table = project(2, SENTENCE * 9)
    _, measure = planned(table, 10000)
    tall = place(table.body, len(table.columns))[1][1]
    assert tall.cell.text == SENTENCE * 9
    lines = estimate.line_count(tall.cell.text, measure.text_width(tall), measure.fit.size)
    assert lines > 2
    assert measure.height(tall) == pytest.approx(lines * measure.fit.leading + 2 * measure.table.pad_y)
    assert measure.lines_in(measure.height(tall) + 0.01) == lines
