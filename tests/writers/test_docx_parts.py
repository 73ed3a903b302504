"""The DOCX writer: styles, faces, page setups, and the schema's order of elements."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from lxml import etree

from reportgen.tree.nodes import Document
from reportgen.writers.docx import style_ids, write
from tests import nodes
from tests.writers.docx_reading import (
    R,
    W,
    text_of,
    val,
    xml_parts,
)

ORDER = {  # ECMA-376 part 1 (transitional): the children of these elements come in this order
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl autoSpaceDE autoSpaceDN snapToGrid spacing ind "
    "jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs color spacing sz szCs u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
    "sectPr": "footerReference type pgSz pgMar pgNumType cols docGrid",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "font": "altName panose1 charset family pitch",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right",
    "tblCellMar": "top left bottom right",
    "tcMar": "top left bottom right",
    "settings": "zoom bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders "
    "characterSpacingControl compat decimalSymbol listSeparator",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "tr": "trPr tc",
}


@pytest.fixture(scope="module")
def tree() -> Document:
    return nodes.document()


@pytest.fixture(scope="module")
def payload(tree: Document) -> bytes:
    return write(tree, nodes.style())


@pytest.fixture(scope="module")
def parts(payload: bytes) -> dict[str, etree._Element]:
    return xml_parts(payload)


def test_every_style_names_a_face_in_all_slots_and_no_theme(parts: dict[str, etree._Element]) -> None:
    faces = {face.name for face in nodes.style().faces.values()}
    for name, root in parts.items():
        for element in root.iter():
            assert not [key for key in element.attrib if "heme" in key], name
    for fonts in parts["word/styles.xml"].iter(f"{W}rFonts"):
        assert len({val(fonts, slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1
        assert val(fonts, "ascii") in faces
    language = parts["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert val(language, "eastAsia") == "zh-CN"


def test_fonts_state_their_charset_and_a_second_name(parts: dict[str, etree._Element]) -> None:
    fonts = {val(font, "name"): font for font in parts["word/fontTable.xml"]}
    assert set(fonts) == {face.name for face in nodes.style().faces.values()}
    for face in nodes.style().faces.values():
        assert val(fonts[face.name].find(f"{W}charset")) == "86"
        assert val(fonts[face.name].find(f"{W}altName")) == face.alternative


def test_children_come_in_the_order_of_the_schema(parts: dict[str, etree._Element]) -> None:
    seen = set()
    for root in parts.values():
        for element in root.iter():
            tag = str(element.tag).removeprefix(W)
            if ORDER.get(tag):
                seen.add(tag)
                order = ORDER[tag].split()
                children = [str(child.tag).removeprefix(W) for child in element]
                assert children == sorted(children, key=order.index), tag
    assert len(seen) >= 14


def test_all_styles_used_are_there(parts: dict[str, etree._Element]) -> None:
    known = {val(style, "styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
    tags = (f"{W}pStyle", f"{W}tblStyle", f"{W}basedOn", f"{W}next")
    used = {val(element) for root in parts.values() for element in root.iter(*tags)}
    assert used <= known
    assert len(known) == len(list(parts["word/styles.xml"].iter(f"{W}style")))


def test_headings_are_words_own_with_their_outline_levels(payload: bytes) -> None:
    styles = docx.Document(BytesIO(payload)).styles
    for level in range(1, 5):
        style = styles[f"Heading {level}"].element
        assert val(style.find(f"{W}pPr/{W}outlineLvl")) == str(level - 1)
    assert [p.text for p in docx.Document(BytesIO(payload)).paragraphs if p.style.name == "Heading 1"] == [
        "一、部门概况",
        "四、部门预算表",
    ]


def test_gaps_between_hanzi_and_figures_are_those_of_the_style(parts: dict[str, etree._Element]) -> None:
    styles = {val(style, "styleId"): style for style in parts["word/styles.xml"].iter(f"{W}style")}
    for id, wide in ((style_ids.BODY, True), (style_ids.heading(2), True), (style_ids.TABLE_TEXT, False)):
        off = styles[id].find(f"{W}pPr/{W}autoSpaceDN")
        assert (off is None) == wide, id


def test_body_indents_two_characters(parts: dict[str, etree._Element]) -> None:
    styles = {val(style, "styleId"): style for style in parts["word/styles.xml"].iter(f"{W}style")}
    indent = styles[style_ids.BODY].find(f"{W}pPr/{W}ind")
    assert (val(indent, "firstLineChars"), val(indent, "firstLine")) == ("200", "640")


def test_sections_have_the_pages_of_the_style(tree: Document, parts: dict[str, etree._Element]) -> None:
    found = list(parts["word/document.xml"].iter(f"{W}sectPr"))
    assert len(found) == len(tree.sections)
    for element, section in zip(found, tree.sections, strict=True):
        page = nodes.style().pages[section.page]
        size, margins = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
        assert int(val(size, "w") or 0) == pytest.approx(page.width / 25.4 * 1440, abs=1)
        assert int(val(size, "h") or 0) == pytest.approx(page.height / 25.4 * 1440, abs=1)
        assert (val(size, "orient") == "landscape") == page.landscape
        for side in ("top", "right", "bottom", "left"):
            entry = 1 if side == "bottom" and not page.lines else 0  # the unseen heading above a table
            expected = (getattr(page, side) - entry) / 25.4 * 1440
            assert int(val(margins, side) or 0) == pytest.approx(expected, abs=1)
        start = element.find(f"{W}pgNumType")
        assert val(start, "start") == (None if page.first_number is None else str(page.first_number))
        odd = {reference.get(f"{R}id") for reference in element.iter(f"{W}footerReference")}
        assert odd == ({"rIdOdd", "rIdEven"} if page.numbered else {"rIdNone"})


def test_the_page_holds_22_lines_of_28_characters(parts: dict[str, etree._Element]) -> None:
    height = (297 - 37 - 35) / 25.4 * 1440
    grids = [section.find(f"{W}docGrid") for section in parts["word/document.xml"].iter(f"{W}sectPr")]
    assert [grid is not None for grid in grids] == [False, True, True, False]
    assert val(grids[2], "type") == "linesAndChars"
    assert int(height // int(val(grids[2], "linePitch") or 1)) == 22
    assert int((210 - 28 - 26) / 25.4 * 72 // (16 + int(val(grids[2], "charSpace") or 0) / 4096 - 1e-4)) == 28
    styles = {val(style, "styleId"): style for style in parts["word/styles.xml"].iter(f"{W}style")}
    condensed = int(val(styles[style_ids.BODY].find(f"{W}rPr/{W}spacing")) or 0)
    assert int((210 - 28 - 26) / 25.4 * 1440 // (16 * 20 + condensed)) == 28


def test_page_numbers_are_seven_millimetres_below_the_type_area(parts: dict[str, etree._Element]) -> None:
    for number, bottom in ((2, 35), (3, 20)):
        margins = list(parts["word/document.xml"].iter(f"{W}sectPr"))[number].find(f"{W}pgMar")
        line = int(val(next(parts["word/footer-odd.xml"].iter(f"{W}spacing")), "line") or 0)
        dashes = int(val(margins, "footer") or 0) + line / 2
        assert (bottom / 25.4 * 1440 - dashes) / 1440 * 25.4 == pytest.approx(7, abs=0.1)
    assert text_of(parts["word/footer-odd.xml"]) == "— 1 —"
    assert [val(p.find(f"{W}pPr/{W}jc")) for p in parts["word/footer-odd.xml"]] == ["right"]
    assert [val(p.find(f"{W}pPr/{W}jc")) for p in parts["word/footer-even.xml"]] == ["left"]
    assert parts["word/settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    assert text_of(parts["word/footer-none.xml"]) == ""
