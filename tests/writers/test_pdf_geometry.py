"""Everything drawn lies where the page setup has room for it: read from the content streams of finished files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from reportgen.pipeline import prepare
from reportgen.tree.nodes import Contents, Document, Paragraph, Section, Table
from reportgen.tree.style import Page as PageSetup
from reportgen.tree.style import Style
from reportgen.writers.page_numbers import with_page_numbers
from reportgen.writers.pdf import write

from .. import nodes
from .pdf_help import DOCUMENT, STYLE, paragraph, prose, tables

ROOT = Path(__file__).parents[2]
MM = 72 / 25.4
SAMPLES = ("demo-2023", "shaoxing-hrss-2023")
NEAR = 0.02
"""Coordinates are written with two decimals."""


@dataclass
class Text:
    """A line of type from ``x`` to ``right``, with trailing blanks, on the base line ``y`` (from below)."""

    x: float
    y: float
    right: float
    size: float
    tag: str
    mcid: int | None
    is_bold: bool


@dataclass
class Rectangle:
    """From the lower left corner of the page."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def top(self) -> float:
        return self.y + self.height


@dataclass
class Drawn:
    """What a page draws; ``setup`` is a page setup of its size, which may be ``numbered`` or not."""

    setup: PageSetup
    numbered: set[bool]
    texts: list[Text] = field(default_factory=list)
    cells: list[Rectangle] = field(default_factory=list)
    shaded: list[Rectangle] = field(default_factory=list)

    @property
    def area(self) -> Rectangle:
        setup = self.setup
        width, height = setup.width - setup.left - setup.right, setup.height - setup.top - setup.bottom
        return Rectangle(setup.left * MM, setup.bottom * MM, width * MM, height * MM)


def widths_of(page: PageObject) -> dict[str, list[float]]:
    """Widths by code, by the names of the fonts."""
    fonts = {name: font["/DescendantFonts"][0].get_object() for name, font in page["/Resources"]["/Font"].items()}
    return {name: [float(width) for width in font["/W"][1]] for name, font in fonts.items()}


class Interpreter:
    """Interprets the operators that the writer uses, after ISO 32000-1 (8.4, 8.5, 9.3 and 9.4)."""

    def __init__(self, drawn: Drawn, widths: dict[str, list[float]]) -> None:
        self.drawn, self.widths = drawn, widths
        self.font: list[float] = []
        self.size = self.spread = 0.0
        self.tag, self.mcid, self.is_bold = "", None, False
        self.path: list[Rectangle] = []

    def run(self, operations: list[tuple[list[Any], bytes]]) -> Drawn:
        for operands, operator in operations:
            getattr(self, f"do_{operator.decode()}", self.nothing)(*operands)
        return self.drawn

    def nothing(self, *operands: Any) -> None:
        pass

    def do_BDC(self, tag: Any, properties: Any) -> None:
        self.tag = f"{tag}{'/Footer' if '/Footer' in str(properties) else ''}"
        self.mcid = properties.get("/MCID")

    def do_Tr(self, mode: Any) -> None:
        self.is_bold = int(mode) == 2

    def do_Tf(self, name: Any, size: Any) -> None:
        self.font, self.size = self.widths[name], float(size)

    def do_Tc(self, spread: Any) -> None:
        self.spread = float(spread)

    def do_Td(self, x: Any, y: Any) -> None:
        self.drawn.texts.append(Text(float(x), float(y), float(x), self.size, self.tag, self.mcid, self.is_bold))

    def do_Tj(self, item: Any) -> None:
        text = self.drawn.texts[-1]
        text.size, text.is_bold = self.size, self.is_bold
        text.right += advance(item, self.font, self.size, self.spread)

    def do_TJ(self, items: list[Any]) -> None:
        for item in items:
            self.do_Tj(item)

    def do_re(self, *operands: Any) -> None:
        self.path.append(Rectangle(*map(float, operands)))

    def do_f(self) -> None:
        assert self.path, "nothing to fill"
        self.drawn.shaded += self.path
        self.path = []

    def do_S(self) -> None:
        assert self.path, "nothing to stroke"
        self.drawn.cells += self.path
        self.path = []


def advance(item: Any, widths: list[float], size: float, spread: float) -> float:
    if not isinstance(item, str | bytes):
        return -float(item) * size / 1000
    data = item if isinstance(item, bytes) else item.original_bytes
    codes = [int.from_bytes(data[n : n + 2]) for n in range(0, len(data), 2)]
    return sum(widths[code] * size / 1000 + spread for code in codes)


def pages_drawn(payload: bytes, setups: list[PageSetup]) -> Iterator[Drawn]:
    reader = PdfReader(BytesIO(payload))
    widths = widths_of(reader.pages[0])
    for page in reader.pages:
        wide, high = (float(length) / MM for length in page.mediabox[2:])
        fitting = [s for s in setups if abs(s.width - wide) < 0.1 and abs(s.height - high) < 0.1]
        numbered = {setup.numbered for setup in fitting}
        operations = ContentStream(page["/Contents"], reader).operations
        yield Interpreter(Drawn(fitting[0], numbered), widths).run(operations)


def sample(name: str) -> tuple[Document, Style]:
    prepared = prepare(ROOT / "data" / "samples" / f"{name}.json", "zhejiang", None)
    style = prepared.layout.style
    return with_page_numbers(prepared.document, style), style


def numbered_contents() -> Document:
    """The document with contents that print page numbers."""
    sections = []
    for section in DOCUMENT.sections:
        blocks = [replace(b, page_numbers=True) if isinstance(b, Contents) else b for b in section.blocks]
        sections.append(replace(section, blocks=tuple(blocks)))
    return with_page_numbers(replace(DOCUMENT, sections=tuple(sections)), STYLE)


def wide_document() -> Document:
    table = nodes.indicator_table()
    shaded = Section("b", "wide", (table,))
    return replace(DOCUMENT, sections=(Section("a", "tables", (nodes.spending_table(60),)), shaded))


DOCUMENTS = {
    "all kinds of blocks": lambda: (DOCUMENT, replace(STYLE, table=replace(STYLE.table, shaded_head="E0E0E0"))),
    "contents with page numbers": lambda: (numbered_contents(), STYLE),
    "a wide table": lambda: (wide_document(), STYLE),
    **{name: lambda name=name: sample(name) for name in SAMPLES},
}


@pytest.fixture(scope="module", params=DOCUMENTS)
def case(request: pytest.FixtureRequest) -> tuple[Document, Style, list[Drawn]]:
    document, style = DOCUMENTS[request.param]()
    setups = [style.pages[section.page] for section in document.sections]
    return document, style, list(pages_drawn(write(document, style), setups))


Case = tuple[Document, Style, list[Drawn]]


def test_all_rules_are_within_the_type_area(case: Case) -> None:
    _, _, pages = case
    for page in pages:
        area = page.area
        for cell in (*page.cells, *page.shaded):
            assert area.x - NEAR <= cell.x
            assert cell.right <= area.right + NEAR
            assert area.y - NEAR <= cell.y
            assert cell.top <= area.top + NEAR
            assert cell.width > 1
            assert cell.height > 1


def test_the_cells_of_a_page_fill_its_width_without_gap_or_overlap(case: Case) -> None:
    _, _, pages = case
    for page in pages:
        if not page.cells:
            continue
        bottom, top = min(cell.y for cell in page.cells), max(cell.top for cell in page.cells)
        assert min(cell.x for cell in page.cells) == pytest.approx(page.area.x, abs=NEAR)
        assert max(cell.right for cell in page.cells) == pytest.approx(page.area.right, abs=NEAR)
        covered = sum(cell.width * cell.height for cell in page.cells)
        assert covered == pytest.approx(page.area.width * (top - bottom), rel=0.001)
        for n, cell in enumerate(page.cells):
            for other in page.cells[n + 1 :]:
                across = min(cell.right, other.right) - max(cell.x, other.x)
                down = min(cell.top, other.top) - max(cell.y, other.y)
                assert across < 2 * NEAR or down < 2 * NEAR


def test_every_cell_of_every_table_is_ruled(case: Case) -> None:
    document, _, pages = case
    ruled = sum(len(page.cells) for page in pages)
    cells = sum(len(row.cells) for table in document.tables() for row in (*table.head, *table.body))
    assert ruled >= cells


def test_heads_are_shaded_where_the_style_says_so(case: Case) -> None:
    document, style, pages = case
    heads = sum(len(row.cells) for table in document.tables() for row in table.head)
    shaded = sum(len(page.shaded) for page in pages)
    assert shaded >= heads if style.table.shaded_head else shaded == 0
    for page in pages:
        assert all(cell in page.cells for cell in page.shaded)


def test_all_type_is_within_the_type_area_but_for_page_numbers(case: Case) -> None:
    _, _, pages = case
    for page in pages:
        area = page.area
        for text in page.texts:
            hanging = 0.52 * text.size  # half of a mark, and trailing blanks, may be beyond the edge
            assert area.x - NEAR <= text.x
            assert text.right <= area.right + hanging + text.size * (text.tag != "/TD")
            if not text.tag.endswith("/Footer"):
                assert area.y <= text.y
                assert text.y + 0.7 * text.size <= area.top + 0.5


def test_page_numbers_are_seven_millimetres_below_the_type_area(case: Case) -> None:
    _, style, pages = case
    numbers = 0
    for page in pages:
        footers = [text for text in page.texts if text.tag.endswith("/Footer")]
        assert len(footers) in page.numbered
        for text in footers:
            numbers += 1
            size = style.text["page-number"].size
            assert page.area.y - text.y == pytest.approx(7 * MM + 0.35 * size, abs=NEAR)
            inset = min(text.x - page.area.x, page.area.right - text.right)
            assert inset == pytest.approx(size, abs=0.5)
    assert numbers


def test_the_type_of_a_table_is_inside_the_cells(case: Case) -> None:
    _, style, pages = case
    pad = style.table.pad_x
    count = 0
    for page in pages:
        for text in page.texts:
            if text.tag not in ("/TD", "/TH"):
                continue
            count += 1
            cells = [cell for cell in page.cells if cell.x <= text.x <= cell.right and cell.y <= text.y <= cell.top]
            assert len(cells) == 1
            (cell,) = cells
            assert cell.x + pad - NEAR <= text.x
            assert text.right <= cell.right - pad + 0.52 * text.size
            assert text.y + 0.7 * text.size <= cell.top
            assert text.y - 0.2 * text.size >= cell.y
    tables = [block for section in case[0].sections for block in section.blocks if isinstance(block, Table)]
    assert count >= 5 * len(tables)


def test_texts_of_neighbouring_cells_do_not_touch(case: Case) -> None:
    _, style, pages = case
    for page in pages:
        in_cells = [text for text in page.texts if text.tag == "/TD"]
        edges = {cell.right - style.table.pad_x for cell in page.cells}
        for text in in_cells:
            if min(edge for edge in edges if edge > text.x) < text.right - 0.1:
                continue  # the blank half of its last mark hangs over
            at_right = [other.x for other in in_cells if other.x >= text.right and abs(other.y - text.y) < 1]
            assert min(at_right, default=text.right + 10) - text.right >= 6.5


def test_a_single_line_is_in_the_middle_of_its_cell(case: Case) -> None:
    _, _, pages = case
    for page in pages:
        for cell in page.cells:
            inside = [t for t in page.texts if cell.x <= t.x < cell.right and cell.y <= t.y < cell.top]
            if len(inside) == 1 and inside[0].tag == "/TD":
                (text,) = inside
                middle = text.y + 0.38 * text.size
                assert middle == pytest.approx(cell.y + cell.height / 2, abs=0.12 * text.size)


def test_lines_of_a_page_are_never_on_top_of_each_other(case: Case) -> None:
    _, _, pages = case
    for page in pages:
        for n, text in enumerate(page.texts):
            for other in page.texts[n + 1 :]:
                across = min(text.right, other.right) - max(text.x, other.x)
                down = min(text.y + 0.7 * text.size, other.y + 0.7 * other.size) - max(text.y, other.y)
                assert across < 0.6 * text.size or down <= 0


def test_all_lines_of_a_paragraph_but_its_last_are_flush(case: Case) -> None:
    """Up to half of a mark hangs over the right edge."""
    document, style, pages = case
    count = 0
    for page in pages:
        paragraphs: dict[int, list[Text]] = {}
        for text in page.texts:
            if text.tag == "/P" and text.mcid is not None and text.x - page.area.x < 2.5 * text.size:
                paragraphs.setdefault(text.mcid, []).append(text)
        for lines in paragraphs.values():
            if len(lines) < 3 or style.text["body"].size != pytest.approx(lines[0].size, abs=0.5):
                continue
            for line in lines[:-1]:
                count += 1
                assert page.area.right - 0.1 <= line.right <= page.area.right + 0.52 * line.size
            assert [line.x for line in lines[1:]] == pytest.approx([page.area.x] * (len(lines) - 1), abs=NEAR)
    assert count > 20 or not any(section.page == "prose" for section in document.sections)


def test_leader_dots_are_on_one_grid_between_entries_and_numbers() -> None:
    pages = list(pages_drawn(write(numbered_contents(), STYLE), list(STYLE.pages.values())))
    leaders = 0
    for page in (page for page in pages if any(text.tag == "/Link" for text in page.texts)):
        for dots in (text for text in page.texts if text.tag == "/Artifact"):
            leaders += 1
            line = [text for text in page.texts if text.y == dots.y and text is not dots]
            (entry,) = (text for text in line if text.x < dots.x)
            (number,) = (text for text in line if text.x > dots.x)
            assert number.right == pytest.approx(page.area.right, abs=NEAR)
            assert dots.x - entry.right >= -NEAR  # a blank for text that is copied out is part of the entry
            assert number.x - dots.right >= -NEAR
            assert number.x - dots.right <= dots.size
            assert dots.right - dots.x >= dots.size or entry.right > page.area.right - 5 * dots.size
            steps = (page.area.right - dots.x) / (dots.size / 2)
            assert steps == pytest.approx(round(steps), abs=0.01)
    contents = [block for section in DOCUMENT.sections for block in section.blocks if isinstance(block, Contents)]
    assert leaders == len(contents[0].entries) > 5


def test_bold_roles_and_no_others_are_drawn_with_an_outline() -> None:
    bold = replace(STYLE, text={**STYLE.text, "heading1": replace(STYLE.text["heading1"], bold=True)})
    blocks = (nodes.heading("a", 1, "甲"), paragraph(2), nodes.heading("b", 1, "乙"), nodes.heading("c", 2, "丙"))
    (page,) = pages_drawn(write(prose(*blocks), bold), [STYLE.pages["prose"]])
    assert [text.is_bold for text in page.texts] == [True, False, False, True, False, False]


@pytest.mark.parametrize("characters", range(30, 100, 7))
def test_the_department_above_a_table_keeps_two_characters_away_from_the_unit(characters: int) -> None:
    table = replace(nodes.empty_table(), left=nodes.t("局" * characters), right=nodes.t("单位：万元"))
    (page,) = pages_drawn(write(tables(table), STYLE), [STYLE.pages["tables"]])
    size = STYLE.text["table-line"].size
    above = [text for text in page.texts if text.tag == "/P" and text.size == pytest.approx(size)]
    (unit,) = (text for text in above if text.right > page.area.right - 1)
    department = [text for text in above if text is not unit]
    assert sum(round((text.right - text.x) / size) for text in department) == characters
    assert max(text.right for text in department) <= unit.x - 2 * size + NEAR
    assert min(text.y for text in department) == unit.y


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_lines_are_aligned_in_their_measure(align: str) -> None:
    body = replace(STYLE.text["body"], align=align, first_indent=0, left_indent=3)
    style = replace(STYLE, text={**STYLE.text, "body": body})
    (page,) = pages_drawn(write(prose(Paragraph("q", nodes.t("国民"))), style), [STYLE.pages["prose"]])
    text = next(text for text in page.texts if text.right > text.x)
    left, right = page.area.x + 3 * text.size, page.area.right
    before, after = text.x - left, right - text.right
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    assert before == pytest.approx(share * (before + after), abs=NEAR)
    assert text.right - text.x == pytest.approx(2 * text.size, abs=NEAR)
