"""Fonts as PDF objects: a subset embedded, its widths, and the way back from codes to characters.

One composite font a face (ISO 32000-1, 9.7: Type0 over CIDFontType2, Identity-H), so that a line of Chinese
needs one font where simple fonts would need one for every 256 characters.
"""

from __future__ import annotations

import hashlib
import struct

from ..objects.file import Store, name
from .fonts import Font

_BLOCK = 100
_SYMBOLIC = 4
_LONGEST = 30  # characters of a face's name, of up to four bytes: a name has at most 127 (ISO 19005-2, 6.1.13)


def embed(font: Font, store: Store) -> str:
    """Put ``font`` into the file as it was used; the answer is the reference to it."""
    face = font.face
    glyphs = [0, *map(face.glyph, font.codes)]
    label = name(f"{_tag(font)}+{face.path.stem[:_LONGEST]}")
    file, number_in_file = face.subset(glyphs)
    outlines = store.outlines(file, f"/Length1 {len(file)}")
    cid_to_gid = store.stream(struct.pack(f">{len(glyphs)}H", *map(number_in_file.__getitem__, glyphs)))
    box = " ".join(f"{value:.0f}" for value in face.bbox)
    descriptor = store.add(
        f"<< /Type /FontDescriptor /FontName {label} /Flags {_SYMBOLIC} /FontBBox [{box}] /ItalicAngle 0 /StemV 80"
        f" /Ascent {face.ascent:.0f} /Descent {face.descent:.0f} /CapHeight {face.ascent:.0f} /FontFile2 {outlines} >>"
    )
    advances = [face.advance(0), *map(font.widths.__getitem__, font.codes)]
    written = {width: f"{width:g}" for width in set(advances)}
    widths = " ".join(map(written.__getitem__, advances))
    descendant = store.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {label} /FontDescriptor {descriptor} /W [0 [{widths}]]"
        f" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap {cid_to_gid} >>"
    )
    unicode = store.stream(_to_unicode(font).encode("ascii"))
    return store.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont {label} /Encoding /Identity-H"
        f" /DescendantFonts [{descendant}] /ToUnicode {unicode} >>"
    )


def _tag(font: Font) -> str:
    """Six capitals that name the subset (ISO 32000-1, 9.6.4), made from the characters in it."""
    digest = hashlib.sha256("".join(font.codes).encode("utf-8")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _to_unicode(font: Font) -> str:
    """The map from codes to UTF-16BE (ISO 32000-1, 9.10.3), at most a hundred a block."""
    pairs = [f"<{code}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in font.codes.items()]
    blocks = [pairs[n : n + _BLOCK] for n in range(0, len(pairs), _BLOCK)]
    lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"]
    lines += ["/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"]
    lines += ["/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def"]
    lines += ["1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange"]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
