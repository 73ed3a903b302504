"""The reader of edited files: whatever a DOCX may hold, and what is no DOCX."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.core.errors import InputError
from reportgen.hand_edits.normalize import normalized, text_key
from reportgen.tree.edited_docx import EditedParagraph, Span
from reportgen.writers.docx import read_edited as reader
from reportgen.writers.docx.read_edited import read_edited

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(xml: str, part: str = "word/document.xml") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(part, xml)
    return out.getvalue()


def document(inner: str, head: str = "") -> bytes:
    return package(f"{head}<w:document {W}><w:body>{inner}</w:body></w:document>")


def t(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


SHOWN = {
    "plain": (f"<w:p>{t('甲')}{t('乙')}</w:p>", ["甲乙"]),
    "breaks and tabs": (f"<w:p>{t('甲')}<w:r><w:br/><w:tab/><w:br w:type='page'/></w:r>{t('乙')}</w:p>", ["甲\n\t乙"]),
    "wrapped": (f"<w:sdt><w:sdtContent><w:p>{t('甲')}</w:p></w:sdtContent></w:sdt>", ["甲"]),
    "in a link": (f"<w:p><w:hyperlink>{t('甲')}</w:hyperlink></w:p>", ["甲"]),
    "deleted": (f"<w:p>{t('甲')}<w:del><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>", ["甲"]),
    "inserted": (f"<w:p><w:ins>{t('甲')}</w:ins></w:p>", ["甲"]),
    "moved away": (f"<w:p>{t('甲')}<w:moveFrom>{t('丙')}</w:moveFrom></w:p>", ["甲"]),
    "mark deleted": (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{t('甲')}</w:p><w:p>{t('乙')}</w:p>", ["甲乙"]),
    "last mark deleted": (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{t('甲')}</w:p>", ["甲"]),
    "a text box": (f"<w:p>{t('甲')}<w:r><w:txbxContent><w:p>{t('丙')}</w:p></w:txbxContent></w:r></w:p>", ["甲"]),
    "a field's code": ("<w:p><w:r><w:instrText>TOC</w:instrText></w:r></w:p>", []),
    "a comment in the XML": (f"<w:p><!-- 丙 -->{t('甲')}</w:p>", ["甲"]),
    "nothing": ("<w:p/>", []),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_the_contents_of_a_file_are_read(name: str) -> None:
    inner, wanted = SHOWN[name]
    read = read_edited(document(inner))
    assert [paragraph.text for paragraph in read.paragraphs()] == wanted
    assert read.tracked == (name in ("deleted", "inserted", "moved away", "mark deleted", "last mark deleted"))


def test_bookmarks_are_found_with_what_they_cover() -> None:
    marks = '<w:bookmarkStart w:id="1" w:name="a"/>{}<w:bookmarkStart w:id="2" w:name="b"/>{}<w:bookmarkEnd w:id="1"/>'
    (paragraph,) = read_edited(document(f"<w:p>{t('零')}{marks.format(t('甲'), t('乙'))}{t('丙')}</w:p>")).paragraphs()
    assert paragraph.spans == (Span("a", 1, 3), Span("b", 2, 4))


def test_tables_are_rows_of_texts() -> None:
    inner = f"<w:tbl><w:tr><w:tc><w:p>{t('丙')}</w:p></w:tc></w:tr></w:tbl>"
    cell = f"<w:tc><w:p>{t('甲')}</w:p>{inner}<w:p>{t('乙')}</w:p></w:tc>"
    read = read_edited(document(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"))
    assert [table.rows for table in read.tables()] == [(("甲\n乙", "甲\n乙"),)]


ENTITY = '<!DOCTYPE x [<!ENTITY a "{}">]>'
HOSTILE = {
    "no zip": b"PK no zip",
    "nothing": b"",
    "no main part": package("<x/>", "word/other.xml"),
    "no XML": package("<w:document"),
    "no body": package(f"<w:document {W}/>"),
    "an entity": document(f"<w:p>{t('&a;')}</w:p>", ENTITY.format("甲")),
    "a file's entity": document(f"<w:p>{t('&a;')}</w:p>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
    "a DTD": document(f"<w:p>{t('甲')}</w:p>", "<!DOCTYPE x>"),
    "depth": document("<w:sdt>" * 10_000 + "</w:sdt>" * 10_000),
    "a damaged part": document(f"<w:p>{t('甲' * 500)}</w:p>").replace(b"document.xml", b"document.xmm", 1),
    "a bomb": document("<w:p/>" * 12_000_000),
    "a paragraph without end": document(f"<w:p>{t('甲' * 30_000)}</w:p>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        read_edited(HOSTILE[name])


def test_the_size_limit_is_that_of_the_file() -> None:
    assert len(HOSTILE["a bomb"]) < 1_000_000 < reader.LARGEST_PART


def test_tables_inside_tables_take_no_time() -> None:
    depth = 40
    inner = "<w:tbl><w:tr><w:tc><w:p/>" * depth + "</w:tc></w:tr></w:tbl>" * depth
    assert len(read_edited(document(inner)).tables()) == 1


@given(st.text("“”\"'甲乙ab \t\n\u200b\u00a0１", max_size=20))
def test_what_was_not_typed_makes_no_difference(text: str) -> None:
    spans = tuple(Span(str(n), n, n + 1) for n in range(len(text)))
    read = normalized(EditedParagraph(f"前{text}后", tuple(Span(s.name, s.start + 1, s.end + 1) for s in spans)))
    assert text_key(read.text) == text_key(f"前{text}后".replace("\u200b", ""))
    assert not set(read.text) & set('"\t\n\u200b\u00a0')
    for span, char in zip(read.spans, text, strict=True):
        assert read.text[span.start : span.end] in (char, "", " ", "“", "”")
    assert normalized(read) == read
