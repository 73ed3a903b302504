"""PDF/A-2b and PDF/UA-1: by the checker page-validation, and by what pypdf and littlecms read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from shutil import copyfile

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from reportgen.tree.nodes import Contents, Document, Entry, Paragraph, Section
from reportgen.writers.fonts.truetype import face_at
from reportgen.writers.pdf import write
from reportgen.writers.pdf.objects.file_builder import PdfBuilder
from reportgen.writers.pdf.objects.icc_profile import _ADAPTATION, _COLOURANTS, _WHITE, srgb

from .. import nodes
from .pdf_help import DOCUMENT, STYLE, characters_of, complaints, document, paragraph, prose, tables


def fallback() -> str:
    role, other = face_at(STYLE.faces["fangsong"].file), face_at(STYLE.fallback.file)
    return next(char for char in characters_of(other) if not role.has(char))


CONTENTS = Contents("toc", "目录", (Entry(1, nodes.t("一、" + "很长的标题" * 20), "a"),))
SMALL = document(
    Section("c", "contents", (CONTENTS,)),
    Section("p", "prose", (nodes.heading("a", 1, "一、甲"), paragraph(3))),
    Section("t", "tables", (nodes.spending_table(3),)),
)
DOCUMENTS: dict[str, Document] = {
    "all kinds of blocks": DOCUMENT,
    "headings that begin at 2, skip, and go deep": prose(
        *(nodes.heading(f"h{n}", n, f"（{n}）") for n in (2, 4, 1, 3, 4, 2, 9, 1))
    ),
    "no heading": prose(paragraph(60)),
    "an empty table": tables(nodes.empty_table()),
    "a link over lines": prose(CONTENTS, nodes.heading("a", 1, "一、甲")),
    "contents with pages, a table that goes on": document(
        Section(
            "c", "contents", (replace(CONTENTS, entries=(replace(CONTENTS.entries[0], page="12"),), page_numbers=True),)
        ),
        Section("p", "prose", (nodes.heading("a", 1, "一、甲"),)),
        Section("t", "tables", (replace(nodes.spending_table(90), continued="（续）"),)),
    ),
    "characters of the fallback face": prose(Paragraph("p", nodes.t(fallback() + "王"))),
    "mark-up in the metadata": replace(
        DOCUMENT, title=nodes.EVIL + "(\\)<&>]]>", subject="𬭎\r\n", author=" ", keywords=("<x>", "a&b")
    ),
    "little metadata": replace(DOCUMENT, author="", subject="", keywords=()),
    "another language": replace(DOCUMENT, language="en"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_checker_has_no_complaint(name: str) -> None:
    assert complaints(write(DOCUMENTS[name], STYLE)) == set()


# the checker sees what is wrong


def _root(writer: PdfWriter, key: str) -> None:
    del writer._root_object[key]


def _xmp(writer: PdfWriter, old: str, new: str) -> None:
    packet = writer._root_object["/Metadata"].get_object()
    assert old.encode() in packet.get_data()
    packet.set_data(packet.get_data().replace(old.encode(), new.encode()))


def _font(writer: PdfWriter) -> StreamObject:
    return next(iter(writer.pages[0]["/Resources"]["/Font"].values())).get_object()


def _unembed(writer: PdfWriter) -> None:
    del _font(writer)["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()["/FontFile2"]


def _wrong_widths(writer: PdfWriter) -> None:
    descendant = _font(writer)["/DescendantFonts"][0].get_object()
    descendant[NameObject("/W")] = ArrayObject([NumberObject(0), ArrayObject([NumberObject(123)] * 500)])


def _untag(writer: PdfWriter) -> None:
    content = writer.pages[0].get_contents()
    first = content.get_data()
    mark = first.index(b" BDC")
    begin = first.rindex(b"\n", 0, mark) + 1 if b"\n" in first[:mark] else 0
    content.set_data(first[:begin] + first[mark + 4 :].replace(b"EMC", b"", 1))
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)


def _annotation(writer: PdfWriter, key: str) -> None:
    page = next(page for page in writer.pages if "/Annots" in page)
    del page["/Annots"][0].get_object()[key]


def _element(writer: PdfWriter, kind: str) -> dict:
    return next(o for o in writer._objects if isinstance(o, dict) and o.get("/S") == kind)


def _heading(writer: PdfWriter) -> None:
    _element(writer, "/H1")[NameObject("/S")] = NameObject("/H3")


def _scope(writer: PdfWriter) -> None:
    for element in writer._objects:
        if isinstance(element, dict) and element.get("/S") == "/TH":
            element["/A"].pop("/Scope")


def _javascript(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def _profile(writer: PdfWriter) -> None:
    profile = writer._root_object["/OutputIntents"][0]["/DestOutputProfile"].get_object()
    profile.set_data(profile.get_data()[:8] + b"\x05" + profile.get_data()[9:])


def _language(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/Lang")] = TextStringObject("not a language")


def _row_span(writer: PdfWriter) -> None:
    cell = _element(writer, "/TH")["/A"]
    cell[NameObject("/ColSpan")] = NumberObject(9)


BROKEN: dict[str, tuple[str, Callable[[PdfWriter], object]]] = {
    "no XMP": ("PDFA2B-METADATA-STRUCTURE-001", lambda w: _root(w, "/Metadata")),
    "no PDF/A part": ("PDFA2B-ID-PART-001", lambda w: _xmp(w, "pdfaid:part", "pdfaid:p")),
    "PDF/A-1": ("PDFA2B-ID-PART-001", lambda w: _xmp(w, "<pdfaid:part>2", "<pdfaid:part>1")),
    "no PDF/UA part": ("PDFUA1-ID-PART-001", lambda w: _xmp(w, "<pdfuaid:part>1", "<pdfuaid:part>9")),
    "PDF/UA's part unexplained": ("PDFA2B-XMP-PROPERTY-DEFINITION-001", lambda w: _xmp(w, "ns/id/</pdfaS", "</pdfaS")),
    "no title": ("PDFUA1-METADATA-TITLE-001", lambda w: _xmp(w, "dc:title", "dc:titel")),
    "no output intent": ("PDFA2B-DEVICE-GRAY-001", lambda w: _root(w, "/OutputIntents")),
    "a profile that is none": ("PDFA2B-OUTPUTINTENT-001", _profile),
    "no language": ("PDFUA1-TEXT-LANGUAGE-001", lambda w: _root(w, "/Lang")),
    "a language that is none": ("PDFUA1-LANGUAGE-TAG-001", _language),
    "title not shown": ("PDFUA1-VIEWER-PREFERENCES-001", lambda w: _root(w, "/ViewerPreferences")),
    "no structure": ("PDFUA1-STRUCT-TREE-ROOT-001", lambda w: _root(w, "/StructTreeRoot")),
    "not marked": ("PDFUA1-TAGGED-DOCUMENT-001", lambda w: _root(w, "/MarkInfo")),
    "a font not embedded": ("PDFA2B-FONT-EMBEDDING-001", _unembed),
    "wrong widths": ("PDFA2B-TRUETYPE-GLYPH-WIDTH-001", _wrong_widths),
    "no way back to characters": ("PDFUA1-FONT-UNICODE-MAPPING-001", lambda w: _font(w).pop("/ToUnicode")),
    "text in no element": ("PDFUA1-CONTENT-TAGGING-001", _untag),
    "a link without a description": ("PDFUA1-LINK-CONTENTS-001", lambda w: _annotation(w, "/Contents")),
    "a link of no element": ("PDFUA1-LINK-LINK-TAG-001", lambda w: _annotation(w, "/StructParent")),
    "a heading two levels down": ("PDFUA1-HEADING-NESTING-001", _heading),
    "head cells of nothing": ("PDFUA1-TABLE-HEADERS-SCOPE-001", _scope),
    "rows of different lengths": ("PDFUA1-TABLE-ROW-COLUMNSPAN-001", _row_span),
    "a script": ("PDFA2B-ACTION-TYPE-001", _javascript),
}


@pytest.fixture(scope="module")
def sound() -> bytes:
    return write(SMALL, STYLE)


def rewritten(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    writer, out = PdfWriter(clone_from=BytesIO(data)), BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def test_a_file_rewritten_by_pypdf_still_passes(sound: bytes) -> None:
    assert complaints(rewritten(sound, lambda writer: None)) == set()


@pytest.mark.parametrize("name", BROKEN)
def test_the_checker_reports_the_broken_rule(sound: bytes, name: str) -> None:
    code, change = BROKEN[name]
    assert code in complaints(rewritten(sound, change))


# without the checker


@pytest.mark.parametrize("name", DOCUMENTS)
def test_xmp_has_the_values_of_the_information_dictionary(name: str) -> None:
    doc = DOCUMENTS[name]
    reader = PdfReader(BytesIO(write(doc, STYLE)))
    info, xmp = reader.metadata, reader.xmp_metadata
    assert list(xmp.dc_title.values()) == [info.title] == [doc.title]
    assert xmp.dc_creator == [doc.author] * bool(doc.author)
    assert list(xmp.dc_description.values()) == [doc.subject] * bool(doc.subject)
    assert (info.author or "", info.subject or "") == (doc.author, doc.subject)
    assert (xmp.pdf_keywords or "", info.get("/Keywords", "")) == (", ".join(doc.keywords),) * 2
    assert xmp.pdf_producer == info.producer == info.creator == xmp.xmp_creator_tool == "reportgen"
    assert xmp.xmp_create_date == info.creation_date.replace(tzinfo=None)
    assert xmp.xmp_modify_date == xmp.xmp_metadata_date == info.modification_date.replace(tzinfo=None)


def test_the_profile_is_the_srgb_of_littlecms() -> None:
    cms = pytest.importorskip("PIL.ImageCms", reason="pillow is not installed")
    image = pytest.importorskip("PIL.Image").frombytes("RGB", (64, 64), bytes(n * 7919 % 256 for n in range(3 * 4096)))
    ours = cms.ImageCmsProfile(BytesIO(srgb()))
    shown = cms.applyTransform(image, cms.buildTransform(ours, cms.createProfile("sRGB"), "RGB", "RGB"))
    assert max(abs(a - b) for a, b in zip(image.tobytes(), shown.tobytes(), strict=True)) <= 1


Matrix = list[list[Fraction]]


def turned(m: Matrix) -> Matrix:
    return [list(column) for column in zip(*m, strict=True)]


def product(a: Matrix, b: Matrix) -> Matrix:
    columns = turned(b)
    return [[sum((x * y for x, y in zip(row, column, strict=True)), Fraction()) for column in columns] for row in a]


def cross(a: list[Fraction], b: list[Fraction]) -> list[Fraction]:
    return [a[n - 2] * b[n - 1] - a[n - 1] * b[n - 2] for n in range(3)]


def inverse(m: Matrix) -> Matrix:
    columns = [cross(m[n - 2], m[n - 1]) for n in range(3)]
    whole = product([m[0]], turned([columns[0]]))[0][0]
    return turned([[value / whole for value in column] for column in columns])


def diagonal(column: Matrix) -> Matrix:
    return [[column[i][0] if i == j else Fraction() for j in range(3)] for i in range(3)]


def of_xy(x: str, y: str) -> list[Fraction]:
    return [Fraction(x) / Fraction(y), Fraction(1), (1 - Fraction(x) - Fraction(y)) / Fraction(y)]


def test_the_numbers_of_the_profile_follow_from_the_standard() -> None:
    """Primaries and white of IEC 61966-2-1, adapted from D65 to D50 by Bradford's matrix."""
    primaries = turned([of_xy("0.64", "0.33"), of_xy("0.30", "0.60"), of_xy("0.15", "0.06")])
    white = turned([of_xy("0.3127", "0.3290")])
    rows = ("0.8951 0.2664 -0.1614", "-0.7502 1.7135 0.0367", "0.0389 -0.0685 1.0296")
    bradford = [list(map(Fraction, row.split())) for row in rows]
    there = product(bradford, [[Fraction(value, 65536)] for value in _WHITE])
    ratio = [[b[0] / a[0]] for a, b in zip(product(bradford, white), there, strict=True)]
    adaptation = product(product(inverse(bradford), diagonal(ratio)), bradford)
    columns = product(adaptation, product(primaries, diagonal(product(inverse(primaries), white))))
    assert [round(value * 65536) for row in adaptation for value in row] == list(_ADAPTATION)
    assert [tuple(round(v * 65536) for v in column) for column in turned(columns)] == list(_COLOURANTS.values())


def test_a_face_with_a_long_name_of_any_characters(tmp_path) -> None:
    file = tmp_path / f"{'方正 小标宋' * 8}#().ttf"
    copyfile(STYLE.faces["hei"].file, file)
    style = replace(STYLE, faces={role: replace(face, file=file) for role, face in STYLE.faces.items()})
    data = write(SMALL, style)
    assert complaints(data) == set()
    fonts = PdfReader(BytesIO(data)).pages[0]["/Resources"]["/Font"].values()
    assert {font["/BaseFont"].split("+")[1] for font in fonts} == {"方正 小标宋" * 5}


def test_headings_go_down_a_level_at_a_time() -> None:
    reader = PdfReader(BytesIO(write(DOCUMENTS["headings that begin at 2, skip, and go deep"], STYLE)))
    section = reader.trailer["/Root"]["/StructTreeRoot"]["/K"]["/K"][0]
    kinds = [kid.get_object()["/S"] for kid in section["/K"]]
    assert kinds == ["/H1", "/H2", "/H1", "/H2", "/H3", "/H2", "/H3", "/H1"]


def test_a_stream_whose_last_byte_is_a_line_end_keeps_its_length() -> None:
    builder = PdfBuilder()
    root = builder.add("<< /Type /Pages /Kids [] /Count 0 >>")
    for last in range(256):
        builder.plain(b"x" + bytes([last]), "")
    data = builder.finish(f"<< /Type /Catalog /Pages {root} >>", builder.add("<< >>"))
    assert "PDFA2B-STREAM-LENGTH-001" not in complaints(data, "2b")
