"""Where the writer says that figures stand, held against what pdfium sees on the finished pages."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from reportgen.tree.figure_ids import named_figures
from reportgen.tree.nodes import Paragraph, plain
from reportgen.writers.pdf import PrintedFigure, PrintedPlaces, write, write_with_places

from .. import nodes
from .pdf_help import DOCUMENT, STYLE, Numeral, numerals_of, prose

NEAR = 4
"""Points by which the box of the ink and that of the type may differ."""


@pytest.fixture(scope="module")
def made() -> tuple[bytes, PrintedPlaces]:
    return write_with_places(DOCUMENT, STYLE)


@pytest.fixture(scope="module")
def seen(made: tuple[bytes, PrintedPlaces]) -> list[list[Numeral]]:
    return numerals_of(made[0])


def test_the_file_is_the_same_without_places(made: tuple[bytes, PrintedPlaces]) -> None:
    assert made[0] == write(DOCUMENT, STYLE)


def test_the_pages_have_the_sizes_of_the_file(made: tuple[bytes, PrintedPlaces]) -> None:
    boxes = [page.mediabox for page in PdfReader(BytesIO(made[0])).pages]
    assert [(pytest.approx(box.width, abs=0.01), pytest.approx(box.height, abs=0.01)) for box in boxes] == list(
        made[1].sizes
    )


def test_every_figure_is_where_pdfium_sees_its_numeral(
    made: tuple[bytes, PrintedPlaces], seen: list[list[Numeral]]
) -> None:
    figures = made[1].figures
    assert list(figures) == [name for _, _, name in named_figures(DOCUMENT)] != []
    assert [name for name, one in figures.items() if not any(near(one, ink) for ink in seen[one.box.page - 1])] == []


def near(one: PrintedFigure, ink: Numeral) -> bool:
    box = one.box
    return (
        ink.text == one.text.lstrip("-−")
        and abs(ink.right - box.right) < NEAR
        and abs(ink.bottom - box.bottom) < NEAR
        and box.left - 1 < ink.left
    )


def test_a_paragraph_has_a_box_on_each_of_its_pages(made: tuple[bytes, PrintedPlaces]) -> None:
    blocks = made[1].blocks
    paragraphs = [block for block in DOCUMENT.blocks() if isinstance(block, Paragraph) and plain(block.runs).strip()]
    assert all(blocks[block.id] for block in paragraphs)
    assert any(len({box.page for box in blocks[block.id]}) == 2 for block in paragraphs)
    for boxes in blocks.values():
        assert all(box.left < box.right and box.top < box.bottom for box in boxes)


def test_a_figure_after_a_line_break_and_one_with_the_same_digits_before_it_are_told_apart() -> None:
    runs = (nodes.Text("共12.00项\n其中"), nodes.money("12.00", "a"), nodes.Text("万元、"), nodes.money("2.00", "b"))
    broken = prose(Paragraph("段", runs))
    payload, places = write_with_places(broken, STYLE)
    (ink,) = numerals_of(payload)
    assert [one.text for one in ink] == ["12.00", "12.00", "2.00", "1"]  # the last is the number of the page
    assert [near(figure, seen) for figure, seen in zip(places.figures.values(), ink[1:3], strict=True)] == [True, True]
