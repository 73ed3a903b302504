"""A hundred PDFs that are damaged, or made to take time and memory: ten kinds of ten, the same in every run.

python -m tests.auditing.hostile_pdfs [KIND]
"""

from __future__ import annotations

import base64
import io
import resource
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from random import Random

import pypdf

from reportgen.auditing.audit import audit
from reportgen.core.errors import InputError
from tests.intake.pdfs import pdf
from tests.intake.raw_pdfs import one_page, raw, stream
from tests.intake.test_pdf import spending

EACH = 10
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"


def _sound() -> bytes:
    return pdf(spending, spending)


def truncated(n: int) -> bytes:
    """A sound file cut after so many tenths."""
    payload = _sound()
    return payload[: len(payload) * (n + 1) // (EACH + 1)]


def flipped(n: int) -> bytes:
    """A sound file with flipped bits, more in each."""
    damaged, chance = bytearray(_sound()), Random(n)
    for _ in range(2**n):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def bomb(n: int) -> bytes:
    """A stream that unpacks to hundreds of megabytes, packed once or several times, of lines or of text."""
    said = (b"0 0 m 1 1 l S\n", b"BT /F 9 Tf (a) Tj ET\n", b"q ", b"1 2 3 ", b"[")[n % 5] * 20_000
    packer = zlib.compressobj(9)  # piece by piece: a worker begins with the memory of this process
    packed = b"".join(packer.compress(said) for _ in range(100 * (1 + n))) + packer.flush()
    for _ in range(n // 5):
        packed = zlib.compress(packed, 9)
    filters = b" ".join([b"/FlateDecode"] * (n // 5 + 1))
    return one_page(b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(packed), filters, packed))


def page_tree(n: int) -> bytes:
    """A tree of pages that has loops, or is thousands of levels deep."""
    if n < 4:
        kids = (b"2 0 R", b"3 0 R 2 0 R", b"3 0 R 3 0 R", b"4 0 R")[n]
        third = (PAGE, b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>")[n % 2]
        nodes = {2: b"<< /Type /Pages /Kids [%s] /Count 4 >>" % kids, 3: third, 4: b"<< /Type /Pages /Kids [2 0 R] >>"}
        return raw({1: b"<< /Type /Catalog /Pages 2 0 R >>", **nodes})
    depth = 10 ** (n - 3) if n < 8 else 3_000 * n
    levels = {
        number: b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (number - 1, number + 1)
        for number in range(2, depth + 2)
    }
    return raw({1: b"<< /Type /Catalog /Pages 2 0 R >>", **levels, depth + 2: PAGE})


def cross_reference(n: int) -> bytes:
    """A table of objects that refers to itself, to another one that does, or to places that are not there."""
    payload = raw({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: PAGE})
    at = len(payload)
    previous = (at, at + 1, 0, 10**9, -1, at - 10, 2**31, 2**63, 9, at)[n]
    rows = (4, 0, 10**6, 10**9, 4, 4, 4, 4, 65536, 4)[n]
    table = b"xref\n0 %d\n0000000000 65535 f \n" % rows + b"0000000009 00000 n \n" * 3
    hybrid = b"/XRefStm %d " % at if n == 9 else b""
    trailer = b"trailer\n<< /Root 1 0 R /Size 4 /Prev %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (previous, hybrid, at)
    return payload + table + trailer


def many_pages(n: int) -> bytes:
    """Thousands of pages, or as many said to be there."""
    count = (1_001, 2_000, 5_000, 10_000, 20_000, 1, 1, 10_000, 30_000, 100_000)[n]
    claimed = (count, count, count, count, count, 10**9, 2**31, -1, count, count)[n]
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, claimed)
    return raw({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: pages, 3: PAGE})


def object_streams(n: int) -> bytes:
    """Objects in streams of objects: of themselves, in a circle, of counts and places that are not there."""
    count = (1, 10, 10**6, 2**31, -5, 1, 1, 3, 3, 10**9)[n]
    first = (4, 4, 4, 4, 4, 10**9, -4, 4, 4, 4)[n]
    inner = stream(b"3 0 " + PAGE, b"/Type /ObjStm /N %d /First %d /Extends %d 0 R" % (count, first, 4 + n % 2))
    outer = stream(b"4 0 " + inner, b"/Type /ObjStm /N 1 /First 4 /Extends 4 0 R")
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return raw({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: pages, 4: inner, 5: outer})


def encrypted(n: int) -> bytes:
    """A file with a password, of every method; or one that says so and lacks what is needed to open it."""
    methods = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")
    if n < len(methods):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(_sound()))
        writer.encrypt("geheim", algorithm=methods[n])
        found = io.BytesIO()
        writer.write(found)
        return found.getvalue()
    said = (b"/V 99 /R 99", b"/V 1 /R 2", b"/V 4 /R 4 /Length -1", b"/V 5 /R 6 /O () /U ()", b"/V 2 /R 3 /Length 4096")
    dictionary = b"/Encrypt << /Filter /Standard %s /P -4 >> /ID [<00> <00>]" % said[n - len(methods)]
    return one_page(stream(b"BT ET")).replace(b"trailer\n<<", b"trailer\n<< " + dictionary)


def media_box(n: int) -> bytes:
    """A page of no size, of an enormous one, or of one that is none."""
    boxes = (
        b"[0 0 1000000000 1000000000]", b"[0 0 0 0]", b"[595 842 0 0]", b"[-1e30 -1e30 1e30 1e30]", b"[0 0 595]",
        b"(a)",
        b"[0 0 99999999999999999999 1]", b"[/A /B /C /D]", b"5 0 R", b"[0 0 0.000001 0.000001]",
    )  # fmt: skip
    content = stream(b"0 0 m 500 500 l S " * 100 + b"BT /F 9 Tf 10 10 Td (1,234.56) Tj ET")
    return one_page(content).replace(b"[0 0 595 842]", boxes[n])


def nested(n: int) -> bytes:
    """Forms in forms, and operators, arrays and dictionaries that are opened thousands of times."""
    deep = 10_000 * (1 + n)
    opened = (b"q ", b"BT ", b"/A BMC ", b"[", b"<< /A ", b"(", b"/F Do ")
    if n < len(opened):
        return one_page(
            stream(opened[n] * deep),
            b"<< /XObject << /F 5 0 R >> >>",
            {5: stream(b"/F Do " * 9, b"/Type /XObject /Subtype /Form /Resources << /XObject << /F 5 0 R >> >>")},
        )
    value = (b"[" * deep + b"]" * deep, b"<< /A " * deep + b">>" * deep, base64.b16encode(b"(" * deep))[n - len(opened)]
    return one_page(stream(b"BT ET")).replace(b"/Type /Catalog", b"/Type /Catalog /More " + value)


KINDS: Mapping[str, Callable[[int], bytes]] = {
    "truncated": truncated, "flipped": flipped, "bomb": bomb, "page tree": page_tree,
    "cross reference": cross_reference, "many pages": many_pages, "object streams": object_streams,
    "encrypted": encrypted, "media box": media_box, "nested": nested,
}  # fmt: skip


def hostile() -> Iterator[tuple[str, int]]:
    """The kind and the number of each file."""
    yield from ((kind, n) for n in range(EACH) for kind in KINDS)


def outcome(payload: bytes) -> str:
    """What came of an audit: the one message, or how many pages were read."""
    try:
        return f"{audit(payload).pages} pages"
    except InputError as error:
        return str(error)


def main() -> None:
    """Audit all, or those of one kind; print what came of each, how long it took, and the most memory of a worker."""
    for kind, n in hostile():
        if sys.argv[1:] not in ([], [kind]):
            continue
        began = time.perf_counter()
        said = outcome(KINDS[kind](n))
        print(f"{kind:16} {n} {time.perf_counter() - began:6.2f} s  {said[:90]}", flush=True)  # noqa: T201
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10, "MB")  # noqa: T201


if __name__ == "__main__":
    main()
