"""Every kind of difference between a document and what is seen in its file has its code, its place and both texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from reportgen.core.finding import Severity
from reportgen.tree.nodes import Paragraph, Section
from reportgen.tree.readback import BLANK, ReadCell, ReadChart, ReadDocument, ReadTable
from reportgen.verify import compare
from reportgen.writers import formats, read_back, writer
from tests import nodes

DOCUMENT = nodes.with_charts()
SEEN = {name: read_back(name, writer(name).write(DOCUMENT, nodes.style())) for name in formats()}

Edit = Callable[[ReadDocument], ReadDocument]


def codes(name: str, edit: Edit) -> set[str]:
    return {finding.code for finding in compare(DOCUMENT, edit(SEEN[name]), name)}


def paragraphs(edit: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Edit:
    return lambda seen: replace(seen, paragraphs=edit(seen.paragraphs))


def table(number: int, edit: Callable[[ReadTable], ReadTable]) -> Edit:
    def edited(seen: ReadDocument) -> ReadDocument:
        tables = list(seen.tables)
        tables[number] = edit(tables[number])
        return replace(seen, tables=tuple(tables))

    return edited


def cell(row: int, column: int, new: ReadCell) -> Callable[[ReadTable], ReadTable]:
    def edited(one: ReadTable) -> ReadTable:
        rows = [list(line) for line in one.body]
        rows[row][column] = new
        return replace(one, body=tuple(map(tuple, rows)))

    return edited


def figure(seen: ReadDocument) -> tuple[int, int, ReadCell]:
    body = seen.tables[0].body
    return next((r, c, x) for r, line in enumerate(body) for c, x in enumerate(line) if x.value is not None)


def other_value(seen: ReadDocument) -> ReadDocument:
    row, column, found = figure(seen)
    return table(0, cell(row, column, ReadCell(found.text, Decimal("0.001") + found.value)))(seen)


def words_for_a_figure(seen: ReadDocument) -> ReadDocument:
    row, column, found = figure(seen)
    return table(0, cell(row, column, ReadCell(found.text)))(seen)


def chart(edit: Callable[[ReadChart], ReadChart]) -> Edit:
    return lambda seen: replace(seen, charts=(edit(seen.charts[0]), *seen.charts[1:]))


def charted(n: int, new: ReadCell) -> Callable[[ReadChart], ReadChart]:
    return lambda one: replace(one, shown=(*one.shown[:n], new, *one.shown[n + 1 :]))


CASES: list[tuple[str, str, Edit]] = [
    ("RB100", "pdf", lambda seen: replace(seen, trouble="KeyError: '/Root'")),
    ("RB101", "pdf", paragraphs(lambda found: found[:5] + found[6:])),
    ("RB102", "docx", paragraphs(lambda found: (*found[:5], found[5] + "1", *found[6:]))),
    ("RB103", "docx", paragraphs(lambda found: (*found, "又及"))),
    ("RB104", "pdf", paragraphs(lambda found: (*found[:10], found[11], found[10], *found[12:]))),
    ("RB105", "pdf", lambda seen: replace(seen, tables=seen.tables[:-1])),
    ("RB105", "xlsx", lambda seen: replace(seen, tables=(*seen.tables, seen.tables[0]))),
    ("RB106", "docx", table(0, lambda one: replace(one, body=one.body[:7] + one.body[8:]))),
    ("RB107", "pdf", table(0, cell(3, 1, ReadCell("别的")))),
    ("RB107", "pdf", table(1, cell(1, 0, ReadCell("在被并去的格里")))),
    ("RB107", "docx", table(0, lambda one: replace(one, body=(one.body[0][:-1], *one.body[1:])))),
    ("RB108", "docx", table(0, lambda one: replace(one, head=((BLANK, *one.head[0][1:]), *one.head[1:])))),
    ("RB109", "xlsx", table(3, lambda one: replace(one, notes=()))),
    ("RB109", "pdf", table(0, lambda one: replace(one, notes=("多出的注",)))),
    ("RB110", "docx", table(0, lambda one: replace(one, right="单位：元"))),
    ("RB110", "pdf", table(1, lambda one: replace(one, label="表03"))),
    ("RB110", "xlsx", table(1, lambda one: replace(one, title=""))),
    ("RB110", "xlsx", table(1, lambda one: replace(one, left="304-别的局"))),
    ("RB111", "xlsx", other_value),
    ("RB111", "xlsx", words_for_a_figure),
    ("RB112", "docx", lambda seen: replace(seen, title="2022年部门预算")),
    ("RB113", "pdf", lambda seen: replace(seen, outline=seen.outline[1:])),
    ("RB114", "pdf", table(0, lambda one: replace(one, repeated=(one.repeated[0][1:], *one.repeated[1:])))),
    ("RB114", "pdf", table(0, lambda one: replace(one, repeated=((*one.repeated[0], "别的"), *one.repeated[1:])))),
    ("RB115", "xlsx", lambda seen: replace(seen, index=seen.index[:-1])),
    ("RB115", "xlsx", lambda seen: replace(seen, index=(seen.index[0], ("别的",), *seen.index[2:]))),
    ("RB116", "docx", table(0, lambda one: replace(one, after=3))),
    ("RB116", "pdf", chart(lambda one: replace(one, after=3))),
    ("RB117", "pdf", lambda seen: replace(seen, charts=seen.charts[:-1])),
    ("RB117", "xlsx", lambda seen: replace(seen, charts=(*seen.charts, seen.charts[0]))),
    ("RB118", "docx", chart(lambda one: replace(one, caption="图2：收入预算"))),
    ("RB118", "xlsx", chart(lambda one: replace(one, kind="bar"))),
    ("RB118", "pdf", chart(lambda one: replace(one, alternative=one.alternative.replace("2.03", "2.30")))),
    ("RB119", "pdf", chart(charted(1, ReadCell("50664.61万元")))),
    ("RB119", "pdf", chart(lambda one: replace(one, shown=one.shown[:-1]))),
    ("RB119", "docx", chart(charted(0, ReadCell("别的收入")))),
    ("RB119", "docx", chart(charted(1, ReadCell("50664.60万元", Decimal("50664.601"))))),
    ("RB120", "xlsx", chart(lambda one: replace(one, source=(*one.source[:1], BLANK, *one.source[2:])))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "name", "edit"), CASES, ids=lambda x: x if isinstance(x, str) else "")
def test_a_difference_is_found_under_its_code(code: str, name: str, edit: Edit) -> None:
    assert not codes(name, lambda seen: seen)
    assert code in codes(name, edit)


def test_no_code_is_without_a_case() -> None:
    import reportgen.verify

    listed = [line.split()[0] for line in reportgen.verify.__doc__.splitlines() if line.startswith("RB")]
    assert sorted({code for code, _, _ in CASES}) == listed


def test_a_finding_is_an_error_with_place_and_texts() -> None:
    (finding,) = compare(DOCUMENT, table(0, cell(3, 1, ReadCell("别的")))(SEEN["pdf"]), "x.pdf")
    assert finding.severity is Severity.ERROR
    assert str(finding.where[0]).startswith("x.pdf：表01《")
    assert str(finding.where[0]).endswith("第4行第2列")
    assert finding.values["found"] == "别的"
    assert finding.values["expected"] in finding.message.format(**finding.values)


def test_white_space_is_folded_and_nothing_else() -> None:
    def said(edit: Callable[[str], str]) -> set[str]:
        return codes("docx", paragraphs(lambda found: tuple(map(edit, found))))

    assert not said(lambda text: f" {text}\n".replace(" ", "　 "))
    assert said(lambda text: text.replace("“", '"'))
    assert said(lambda text: text.replace("（", "("))
    assert said(lambda text: text.replace(" ", ""))


def test_a_note_paragraph_below_a_table_counts_as_one_of_its_notes() -> None:
    note = Paragraph("n", nodes.t("注：另见说明。"), "note")
    document = replace(DOCUMENT, sections=(Section("t", "tables", (nodes.empty_table(), note)),))
    for name in formats():
        seen = read_back(name, writer(name).write(document, nodes.style()))
        assert list(compare(document, seen, name)) == []
