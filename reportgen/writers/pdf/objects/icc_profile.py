"""The sRGB colour space as an ICC profile of some 450 bytes, for the output intent of a file.

Values after IEC 61966-2-1 (primaries, white D65, curve), adapted to the white D50 of ICC profiles by the Bradford
matrix; the form after ICC.1:2004-10, version 4.2 (a display, three colourants and a parametric curve).
"""

from __future__ import annotations

import struct
from functools import cache

_ONE = 0x10000  # a number in these profiles has sixteen bits after the point
_WHITE = (63190, 65536, 54061)
_COLOURANTS = {"r": (28576, 14581, 912), "g": (25239, 46983, 6361), "b": (9375, 3972, 46787)}
_ADAPTATION = (68674, 1502, -3291, 1939, 64912, -1119, -606, 988, 49262)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_CURVE_IN_TWO_PARTS = 3  # (a x + b) ^ g from d on, c x below: the order of the five numbers is g, a, b, c, d
_HEADER = ">L4xL4s4s4s6H4s4xL4xLQL3L4x16x28x"
_VERSION = 0x04200000
_CREATED = (2004, 10, 22, 0, 0, 0)  # a fixed date: the same input gives the same bytes


@cache
def srgb() -> bytes:
    """Return the profile."""
    curve = b"para" + struct.pack(">4xH2x5l", _CURVE_IN_TWO_PARTS, *(round(value * _ONE) for value in _CURVE))
    tags = {
        "desc": _localized_text("sRGB IEC61966-2.1"),
        "cprt": _localized_text("No copyright, use freely"),
        "wtpt": _xyz(_WHITE),
    }
    tags["chad"] = b"sf32" + struct.pack(">4x9l", *_ADAPTATION)
    for letter, colourant in _COLOURANTS.items():
        tags |= {f"{letter}XYZ": _xyz(colourant), f"{letter}TRC": curve}
    return _profile(tags)


def _xyz(values: tuple[int, int, int]) -> bytes:
    return b"XYZ " + struct.pack(">4x3l", *values)


def _localized_text(text: str) -> bytes:
    written = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xLL4sLL", 1, 12, b"enUS", len(written), 28) + written


def _profile(tags: dict[str, bytes]) -> bytes:
    """Return header, tag table and tag contents; tags with the same content share it."""
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    for content in tags.values():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
    listed = b"".join(struct.pack(">4sLL", tag.encode(), places[c], len(c)) for tag, c in tags.items())
    head = struct.pack(
        _HEADER, start + len(body), _VERSION, b"mntr", b"RGB ", b"XYZ ", *_CREATED, b"acsp", 0, 0, 0, 0, *_WHITE
    )
    return head + struct.pack(">L", len(tags)) + listed + body
