"""PDFs that are damaged, or made to take time and memory: one message each, in bounded time."""

from __future__ import annotations

import io
import random
import time

import pypdf
import pytest

from reportgen.core.errors import InputError
from reportgen.intake.readers.published import MEMORY, read_document
from reportgen.recognise.blocks import ReadDocument

from .pdfs import Sheet, pdf
from .raw_pdfs import one_page, raw, stream
from .test_pdf import spending


def outcome(payload: bytes, isolated: bool = False) -> ReadDocument | str:
    """What came of it: a document, or the one message."""
    try:
        return read_document(payload, isolated)
    except InputError as error:
        return str(error)


LOOP = raw(
    {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 4 >>",
        3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 2 >>",
    }
)
MANY_PAGES = raw(
    {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count 10000 >>" % (b"3 0 R " * 10_000),
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    }
)
CLAIMED_PAGES = MANY_PAGES.replace(b"/Count 10000", b"/Count 2000000000")
BOMB = one_page(stream(b"0 0 m 1 1 l S\n" * 40_000_000))
FORMS = one_page(
    stream(b"/F Do " * 50),
    b"<< /XObject << /F 5 0 R >> >>",
    {
        number: stream(
            b"/F Do " * 50 if number < 12 else b"0 0 m 500 0 l S ",
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F %d 0 R >> >>"
            % min(number + 1, 12),
        )
        for number in range(5, 13)
    },
)
LINES = one_page(
    stream(
        b"".join(b"%d 0 m %d 800 l S 0 %d m 590 %d l S\n" % (n % 590, n % 590, n % 800, n % 800) for n in range(60_000))
    )
)
CLAIMED_SIZE = one_page(b"<< /Length 999999999999 >>\nstream\n0 0 m\nendstream")


@pytest.mark.parametrize(
    "payload",
    [LOOP, MANY_PAGES, CLAIMED_PAGES, BOMB, FORMS, LINES, CLAIMED_SIZE],
    ids=["loop", "many pages", "claimed pages", "bomb", "forms in forms", "lines", "claimed size"],
)
def test_what_is_made_to_take_time_or_memory_is_one_message(payload: bytes) -> None:
    began = time.perf_counter()
    assert isinstance(outcome(payload, isolated=True), str)
    assert time.perf_counter() - began < 45


def test_files_that_were_cut_give_a_document_or_one_message() -> None:
    payload = pdf(spending, spending, spending)
    found = [outcome(payload[: len(payload) * part // 30]) for part in range(30)]
    assert all(isinstance(one, str | ReadDocument) for one in found)
    assert sum(isinstance(one, str) for one in found) >= 20


def test_files_with_flipped_bits_give_a_document_or_one_message() -> None:
    payload, chance = pdf(spending), random.Random(14)
    for _ in range(60):
        damaged = bytearray(payload)
        for _ in range(chance.choice((1, 5, 50))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        assert isinstance(outcome(bytes(damaged)), str | ReadDocument)


def test_a_password_is_said() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(spending)))
    writer.encrypt("geheim", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    assert "密码" in str(outcome(stream.getvalue()))


def test_a_web_page_named_pdf_is_read_as_one() -> None:
    page = (
        "<html><body><table><tr><td>科目</td><td>合计</td></tr><tr><td>教育</td><td>3</td></tr></table></body></html>"
    )
    found = outcome(page.encode())
    assert isinstance(found, ReadDocument)
    assert len(list(found.tables())) == 1


def test_pages_that_are_pictures_are_named() -> None:
    def picture(sheet: Sheet) -> None:
        sheet.bar(50, 50, 500, 800)

    found = outcome(pdf(spending, picture))
    assert isinstance(found, ReadDocument)
    assert found.without_text == (2,)


def test_the_worker_has_less_memory_than_the_audit_may_take() -> None:
    assert MEMORY <= 300
