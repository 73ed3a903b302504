"""Prose and tables on the pages of the PDF: places, what is kept together, and that no text is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from reportgen.tree.nodes import Cell, Column, Figure, Heading, Paragraph, Row, Table, plain
from reportgen.verify import compare
from reportgen.writers.fonts.truetype import face_at
from reportgen.writers.pdf import read_back, write
from reportgen.writers.punctuation import HALF_BLANK
from tests.population import size

from .. import nodes
from .pdf_help import DOCUMENT, STYLE, boxes_of, lines_of, pages_of, paragraph, prose, squeezed, tables

# prose


def test_exactly_28_characters_fill_a_line_and_22_lines_a_page():
    pages = pages_of(prose(paragraph(23)))
    assert [len(line) for line in lines_of(pages[0])[:22]] == [26, *[28] * 20, len("— 1 —")]
    assert [len(lines_of(s)) - 1 for s in pages] == [21, 2], "the last line is not left alone"
    assert len(lines_of(pages_of(prose(paragraph(22)))[0])) == 23


def test_both_edges_are_flush():
    doc = prose(Paragraph("p", nodes.t("以“最多跑一次”改革，完成17633.63万元（占5.5%）；提供GDP服务！" * 9)))
    area = pages_of(doc)[0].area
    lines = [p.line for p in pages_of(doc)[0].lines[:-2]]
    assert len(lines) > 8
    assert all(line.x + line.width == pytest.approx(area.width, abs=0.6 * line.size) for line in lines)
    full = [line for line in lines if line.text.text[line.line.ink - 1] not in HALF_BLANK]
    assert all(line.x + line.width == pytest.approx(area.width) for line in full)


@pytest.mark.parametrize("above", range(15, 24))
def test_no_heading_ends_a_page_and_no_line_is_left_alone(above):
    doc = prose(
        paragraph(above), Heading("h", 1, nodes.t("一、标题")), Heading("i", 2, nodes.t("（一）小标题")), paragraph(5)
    )
    for page in pages_of(doc):
        lines = lines_of(page)[:-1]
        assert "标题" not in lines[-1]
        assert len(lines) > 1
        body = [line.startswith("国") for line in lines]
        after = body[lines.index("（一）小标题") + 1 :] if "（一）小标题" in lines else []
        assert not after or len(after) >= 2


def test_a_paragraph_begins_on_the_page_that_has_space_for_two_lines():
    pages = pages_of(prose(paragraph(18), paragraph(10, "q")))
    assert [len(lines_of(page)) - 1 for page in pages] == [22, 6]


def test_page_numbers_restart_and_are_at_the_outer_edge():
    pages = pages_of(DOCUMENT)
    assert [s.number for s in pages] == [None, None, *range(1, len(pages) - 1)]
    for page in pages[2:]:
        last = page.lines[-1]
        assert lines_of(page)[-1] == f"— {page.number} —"
        middle = page.area.left + page.area.width / 2
        assert (last.x + last.line.x > middle) == (page.number % 2 == 1)
        assert last.y > page.area.bottom + 7 * 72 / 25.4


# tables


def test_title_department_unit_and_head_are_on_every_page_of_a_table():
    for table in (nodes.spending_table(), nodes.indicator_table()):
        pages = pages_of(tables(table))
        assert len(pages) > 2
        for page in pages:
            text = squeezed("".join(lines_of(page)))
            for runs in (table.title, table.left, table.right, nodes.t(table.label)):
                assert plain(runs) in text
            assert all(squeezed(cell.text) in text for row in table.head for cell in row.cells)


def test_level_1_heading_shares_the_first_page_of_its_tables():
    pages = pages_of(tables(nodes.heading("s4", 1, "四、部门预算表"), nodes.empty_table(), nodes.empty_table()))
    assert len(pages) == 2
    assert lines_of(pages[0])[:2] == ["四、部门预算表", "表04"]
    after_prose = pages_of(tables(paragraph(1), nodes.heading("s4", 1, "四、部门预算表"), nodes.empty_table()))
    assert lines_of(after_prose[1])[:2] == ["四、部门预算表", "表04"]


def distinct(count: int) -> str:
    face = face_at(STYLE.faces["song"].file)
    return "".join(char for char in map(chr, range(0x4E00, 0x9FA5)) if face.has(char))[:count]


@pytest.mark.parametrize(("rows", "length"), [(1, 2000), (3, 1500), (40, 2500), (70, 300)])
def test_text_of_a_cell_taller_than_its_page_is_neither_lost_nor_doubled(rows, length):
    long = distinct(length)
    body = [
        Row(
            "0",
            (
                Cell(nodes.t("甲乙丙丁"), rowspan=rows),
                Cell(nodes.t(long), rowspan=rows),
                nodes.cell("aa"),
                nodes.amount("1.00"),
            ),
        )
    ]
    body += [Row(str(n), (nodes.cell(f"a{n}"), nodes.amount("1.00"))) for n in range(1, rows)]
    table = replace(
        nodes.empty_table(),
        columns=(Column(8), Column(12), Column(60), Column(20, "right")),
        head=(Row("h", tuple(nodes.cell(x) for x in "ABCD"), "head"),),
        body=tuple(body),
        notes=(),
        title=nodes.t("T"),
        left=nodes.t("L"),
        right=nodes.t("R"),
    )
    pages = pages_of(tables(table))
    assert len(pages) > 1
    shown = "".join(line for s in pages for line in lines_of(s) if line not in ("甲乙丙丁", "表04"))
    assert "".join(c for c in shown if c in set(long)) == long
    bottom = max(box.y + box.height for s in pages for box in boxes_of(s))
    assert bottom <= pages[0].area.bottom + 0.01
    for page in pages:
        assert all(p.y < max(b.y + b.height for b in boxes_of(page)) for p in page.lines[:-1])


@pytest.mark.parametrize(("size", "intro"), [(4, False), (5, True), (13, True), (20, True)])
def test_a_group_stays_on_one_page_with_the_row_that_introduces_it(size, intro):
    body = []
    for n, name in enumerate("甲乙丙丁戊己庚辛"):
        label = f"{name}项目"
        if intro:
            body.append(Row(f"{n}/intro", (nodes.cell("市局"), nodes.cell(label), nodes.cell("合计"))))
        tall = (nodes.cell("市局", rowspan=size), nodes.cell(label, rowspan=size), nodes.cell(f"{name}0"))
        body += [Row(f"{n}/0", tall), *(Row(f"{n}/{k}", (nodes.cell(f"{name}{k}"),)) for k in range(1, size))]
    columns = (Column(30), Column(40), Column(30))
    table = replace(nodes.empty_table(), columns=columns, head=(), body=tuple(body), notes=())
    pages = pages_of(tables(table))
    assert len(pages) > 1
    for name in "甲乙丙丁戊己庚辛":
        groups = [[line for line in lines_of(page) if line.startswith(name)] for page in pages]
        assert [len(lines) for lines in groups if lines] == [size + 1 + intro]


def test_a_group_taller_than_a_page_fills_pages_and_its_introduction_is_not_left_behind():
    above = [Row(f"a{n}", (nodes.cell(f"a{n}"), nodes.cell("x"))) for n in range(26)]
    rows = [
        Row("i", (nodes.cell("甲"), nodes.cell("合计"))),
        Row("0", (nodes.cell("甲", rowspan=60), nodes.cell("b0"))),
    ]
    rows += [Row(f"{n}", (nodes.cell(f"b{n}"),)) for n in range(1, 60)]
    for skipped in range(10):
        table = replace(nodes.empty_table(), columns=(Column(50), Column(50)), head=(), notes=())
        pages = pages_of(tables(replace(table, body=(*above[skipped:], *rows))))
        (page,) = (page for page in pages if "合计" in lines_of(page))
        assert "b0" in lines_of(page)


@pytest.mark.parametrize("skipped", range(12))
def test_a_tall_row_that_introduces_a_group_stays_with_it(skipped):
    above = [Row(f"a{n}", (nodes.cell(f"a{n}"), nodes.cell("x"))) for n in range(22)]
    intro = Row("i", (nodes.cell("甲"), nodes.cell("合计" * 200)))
    group = [Row("0", (nodes.cell("甲", rowspan=4), nodes.cell("b0")))]
    group += [Row(f"{n}", (nodes.cell(f"b{n}"),)) for n in range(1, 4)]
    table = replace(nodes.empty_table(), columns=(Column(50), Column(50)), head=(), notes=())
    pages = pages_of(tables(replace(table, body=(*above[skipped:], intro, *group))))
    (page,) = (page for page in pages if "b0" in lines_of(page))
    assert "b3" in lines_of(page)
    assert "".join(lines_of(page)).count("合计") == 200


def test_a_row_that_fits_on_a_page_stays_whole():
    rows = [Row(str(n), (nodes.cell(name * 600), nodes.cell(name))) for n, name in enumerate("甲乙丙丁戊")]
    table = replace(nodes.empty_table(), columns=(Column(50), Column(50)), head=(), body=tuple(rows), notes=())
    pages = pages_of(tables(table))
    assert len(pages) > 2
    shown = [{line[0] for line in lines_of(page) if line[0] in "甲乙丙丁戊"} for page in pages]
    assert sum(map(len, shown)) == 5


def test_a_label_cut_by_a_page_break_is_repeated_but_a_figure_is_not():
    pages = pages_of(tables(nodes.indicator_table()))
    texts = [squeezed("".join(lines_of(s))) for s in pages]
    assert all("再就业资金政策兑现企业" in text for text in texts)
    assert sum(text.count("440720") for text in texts) == 3


def test_what_continues_is_marked_if_the_layout_says_so():
    table = replace(nodes.indicator_table(), continued="（续）")
    first, *further = (squeezed("".join(lines_of(page))) for page in pages_of(tables(table)))
    title, project = plain(table.title), table.body[0].cells[1].text
    assert f"{title}（续）" not in first
    assert len(further) > 1
    assert all(f"{title}（续）" in page for page in further)
    assert any(f"{project}（续）" in page for page in further)
    assert all(f"440720{'（续）'}" not in page for page in (first, *further)), "a figure is no label"
    seen = read_back(write(tables(table), STYLE))
    assert list(compare(tables(table), seen, "x.pdf")) == []
    assert [finding.code for finding in compare(tables(nodes.indicator_table()), seen, "x.pdf")][:1] == ["RB114"]


@pytest.mark.parametrize("rows", range(16, 26))
def test_the_end_of_a_table_is_not_alone_on_its_page(rows):
    table = nodes.spending_table(rows)
    total = replace(table, body=(*table.body[1:], table.body[0]))
    last = lines_of(pages_of(tables(total))[-1])
    assert sum(line.startswith("2080") for line in last) >= 1
    noted = replace(table, notes=nodes.empty_table().notes * 2)
    last = lines_of(pages_of(tables(noted))[-1])
    assert sum("故本表无数据" in line for line in last) == 2
    assert f"{2080100 + rows - 1}" in last


@pytest.mark.parametrize("rows", range(14, 30))
def test_a_total_row_below_blank_rows_is_not_alone_on_its_page(rows):
    table = nodes.spending_table(rows)
    blank = replace(table.body[-1], id="blank", cells=(Cell(),) * len(table.columns))
    last = lines_of(pages_of(tables(replace(table, body=(*table.body[1:], blank, table.body[0]))))[-1])
    assert sum(line.startswith("2080") for line in last) >= 2


def test_last_rows_that_take_a_quarter_of_a_page_are_not_all_kept_together():
    """Three rows of a tenth of the page each: the last two stay together, so a page may begin with two."""
    least = []
    for rows in range(5, 15):
        table = nodes.spending_table(rows)
        tall = tuple(
            replace(row, cells=(row.cells[0], replace(row.cells[1], runs=nodes.t("行" * 48)), *row.cells[2:]))
            for row in table.body
        )
        pages = pages_of(tables(replace(table, body=tall)))
        least.append(sum(line.startswith("2080") for line in lines_of(pages[-1])) if len(pages) > 1 else 9)
    assert min(least) == 2


def test_a_cell_over_several_columns_is_at_their_left_whatever_the_first_of_them_says():
    def x(**align: str) -> float:
        row = Row("r", (nodes.cell("跨两栏", colspan=2, indent=1, **align), nodes.amount("1.00")))
        columns = (Column(20, "right"), Column(20), Column(20))
        table = replace(nodes.spending_table(3), columns=columns, head=(), body=(row,))
        (line,) = (one.line for page in pages_of(tables(table)) for one in page.lines if one.line.text.text == "跨两栏")
        return line.x

    assert x() == x(align="left") != x(align="right")


def test_figures_are_never_wrapped():
    def table(width: float) -> Table:
        figure = Figure("12,345,678,901.23", Decimal("12345678901.23"), "元", "x", 2, True)
        return replace(
            nodes.empty_table(),
            columns=(Column(100 - width), Column(width, "right")),
            head=(),
            body=(
                Row("r", (nodes.cell("名称" * 60), Cell((figure,)))),
                Row("s", (nodes.cell(""), Cell((figure, *nodes.t("元"))))),
            ),
        )

    for width in (1, 5, 30):
        lines = [p.line for p in pages_of(tables(table(width)))[0].lines]
        figures = [line for line in lines if "12,345,678,901.23" in line.text.text]
        assert [line.text.text[line.line.start : line.line.end] for line in figures] == [
            "12,345,678,901.23",
            "12,345,678,901.23元",
        ]


def test_more_figures_than_a_page_is_wide_for_shrink_into_their_columns():
    cells = tuple(nodes.amount("12,345,678,901.23") for _ in range(24))
    row, columns = Row("r", cells), tuple(Column(100 / 24, "right") for _ in cells)
    (page,) = pages_of(tables(replace(nodes.empty_table(), columns=columns, head=(), body=(row,))))
    figures = [placed for placed in page.lines if placed.line.text.text == "12,345,678,901.23"]
    assert len(figures) == 24
    for box, placed in zip(boxes_of(page), figures, strict=True):
        assert box.x < placed.x + placed.line.x
        assert placed.x + placed.line.x + placed.line.width < box.x + box.width


def test_columns_that_cannot_hold_their_words_share_the_width_by_what_they_need():
    """A column's need is its longest word and the blanks beside it."""
    words = ["WWWWWWWWW", "WWWW", "国"] * 9
    cells = tuple(nodes.cell(word) for word in words)
    columns = tuple(Column(100 / len(words)) for _ in words)
    (page,) = pages_of(
        tables(replace(nodes.empty_table(), columns=columns, head=(), body=(Row("r", cells),), notes=()))
    )
    widths = [box.width for box in boxes_of(page)]
    size = STYLE.table.smallest
    face = face_at(STYLE.faces[STYLE.text["table-cell"].face].file)
    widest = face.widths["W"] * size / 1000
    parts = [
        len(word) * widest if word != "国" else 2 * size for word in words
    ]  # no column is narrower than two characters
    needs = [part + 2 * STYLE.table.pad_x for part in parts]
    assert sum(needs) > page.area.width
    assert widths == pytest.approx([page.area.width * need / sum(needs) for need in needs])


def test_a_narrow_column_is_widened_at_the_expense_of_text():
    cells = (nodes.cell("名称"), nodes.amount("1.00"), nodes.amount("17633.63"))
    columns = (Column(60), Column(36, "right"), Column(4, "right"))
    (page,) = pages_of(tables(replace(nodes.empty_table(), columns=columns, head=(), body=(Row("r", cells),))))
    shares = [100 * box.width / page.area.width for box in boxes_of(page)]
    assert shares[1] == pytest.approx(36)
    assert shares[0] < 60
    assert shares[2] > 4


def test_cells_stay_inside_their_rules():
    for page in pages_of(DOCUMENT)[4:]:
        left, right = page.area.left, page.area.left + page.area.width
        assert all(left - 0.01 <= p.x + p.line.x and p.x + p.line.x + p.line.width <= right + 0.01 for p in page.lines)
        assert max(b.x + b.width for b in boxes_of(page)) == pytest.approx(right)


def test_twenty_one_columns_are_readable():
    sizes = {p.line.size for p in pages_of(tables(nodes.indicator_table()))[0].lines if "指标" in p.line.text.text}
    assert min(sizes) >= 7


def spanned_table(seed: int) -> tuple[Table, list[str]]:
    """A table with cells over several rows and texts of any length, no character twice; and these texts."""
    chance = Random(seed)
    rows, columns = chance.randint(1, 50), chance.randint(2, 5)
    unused, texts, body, covered = distinct(20000), [], [], [0] * columns
    for r in range(rows):
        cells = []
        for c in range(columns):
            if covered[c]:
                covered[c] -= 1
                continue
            span = min(chance.choice([1, 1, 1, 2, 5, 30]), rows - r)
            length = chance.choice([0, 3, 3, 6, 6, 40, 300, chance.randint(0, 2000)])
            texts.append(unused[:length])
            unused, covered[c] = unused[length:], span - 1
            cells.append(nodes.cell(texts[-1], rowspan=span))
        body.append(Row(str(r), tuple(cells)))
    widths = [chance.randint(1, 10) for _ in range(columns)]
    shares = tuple(Column(100 * width / sum(widths)) for width in widths)
    bare = replace(nodes.empty_table(), head=(), title=(), label="", left=(), right=(), notes=())
    return replace(bare, columns=shares, body=tuple(body)), texts


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(size(1000, 25)))
def test_no_table_loses_text_or_prints_it_twice_or_leaves_its_page(seed):
    table, texts = spanned_table(seed)
    pages = pages_of(tables(table))
    counts = Counter("".join("".join(lines_of(page)) for page in pages))
    for text in texts:
        times = {counts[char] for char in text}
        assert times <= {1} or (min(times) > 1 and len(times) == 1), f"{text[:9]}…: once, or a whole label once a page"
    assert max(box.y + box.height for page in pages for box in boxes_of(page)) <= pages[0].area.bottom + 0.01
