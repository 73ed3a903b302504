"""The part of a typeface that a document uses, as a TrueType file of its own.

A PDF needs of it (ISO 32000-1, 9.9): ``glyf``, ``head``, ``hhea``, ``hmtx``, ``loca``, ``maxp``, and the
three tables of instructions if the face has them. Characters are found by the PDF's own maps.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate

from ...fonts.glyph_cache import word_sum
from ...fonts.truetype import TrueType

_PADDING = (b"", b"\0\0\0", b"\0\0", b"\0")
_WORDS, _SCALE, _MORE, _XY_SCALE, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80


def subset(face: TrueType, glyphs: Sequence[int]) -> bytes:
    """A TrueType file whose glyph *n* is the glyph ``glyphs[n]`` of ``face``.

    Glyphs that others are composed of follow after them. ``glyphs[0]`` should be 0, the missing glyph.
    """
    order, outlines, total = _closed(face, glyphs)
    padded = [outline + _PADDING[len(outline) % 4] for outline in outlines]
    loca, glyf = list(accumulate(map(len, padded), initial=0)), b"".join(padded)
    head, hhea, maxp = bytearray(face.table("head")), bytearray(face.table("hhea")), bytearray(face.table("maxp"))
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">H", head, 50, 1)
    struct.pack_into(">H", hhea, 34, len(order))
    struct.pack_into(">H", maxp, 4, len(order))
    metrics = [value for glyph in order for value in face.metric(glyph)]
    tables: dict[str, bytes] = {tag: face.table(tag) for tag in ("cvt ", "fpgm", "prep") if tag in face.places}
    tables |= {"head": bytes(head), "hhea": bytes(hhea), "maxp": bytes(maxp), "glyf": glyf}
    tables["hmtx"] = struct.pack(f">{len(metrics)}H", *metrics)
    tables["loca"] = struct.pack(f">{len(loca)}L", *loca)
    return _file(tables, {"glyf": total})


def _closed(face: TrueType, glyphs: Sequence[int]) -> tuple[list[int], list[bytes], int]:
    """The glyphs with those they are composed of, all outlines with references in the new numbers, their sum."""
    order, total = list(glyphs), 0
    number = {glyph: n for n, glyph in reversed(list(enumerate(order)))}
    outlines: list[bytes] = []
    while len(outlines) < len(order):
        some = order[len(outlines) :]
        for glyph, outline in zip(some, face.outlines(some), strict=True):
            if outline[:1] >= b"\x80":  # composed of others
                outlines.append(_renumbered(outline, number, order))
                total += word_sum(outlines[-1])
            else:
                outlines.append(outline)
                total += face.sums[glyph]
    return order, outlines, total


def _renumbered(outline: bytes, number: dict[int, int], order: list[int]) -> bytes:
    out, at, flags = bytearray(outline), 10, _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", out, at)
        if glyph not in number:
            number[glyph] = len(order)
            order.append(glyph)
        struct.pack_into(">H", out, at + 2, number[glyph])
        at += 4 + (4 if flags & _WORDS else 2)
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _MATRIX else 0
    return bytes(out)


def _file(tables: dict[str, bytes], sums: Mapping[str, int]) -> bytes:
    """The file of ``tables``; those whose sum is in ``sums`` need not be added up."""
    tags = sorted(tables)
    power = len(tags).bit_length() - 1
    out = bytearray(struct.pack(">LHHHH", 0x10000, len(tags), 16 << power, power, 16 * len(tags) - (16 << power)))
    places, start, total = {}, 12 + 16 * len(tags), 0
    for tag in tags:
        table = tables[tag]
        places[tag], check = start, (sums[tag] if tag in sums else word_sum(table)) & 0xFFFFFFFF
        out += struct.pack(">4sLLL", tag.encode("latin-1"), check, start, len(table))
        start += len(table) + -len(table) % 4
        total += check
    total += word_sum(bytes(out))
    out += b"".join([tables[tag] + bytes(-len(tables[tag]) % 4) for tag in tags])
    struct.pack_into(">L", out, places["head"] + 8, (0xB1B0AFBA - total) & 0xFFFFFFFF)
    return bytes(out)
