"""Fonts as PDF objects: an embedded subset, its widths, and the map back from codes to characters.

One composite font a face (ISO 32000-1, 9.7: Type0 over CIDFontType2, Identity-H), so that a line of Chinese
needs one font where simple fonts would need one for every 256 characters.
"""

from __future__ import annotations

import hashlib
import struct

from ..fonts.font import Font
from .file_builder import PdfBuilder
from .syntax import name

_PER_BLOCK = 100  # entries of a bfchar block, at most (ISO 32000-1, 9.7.5.4)
_SYMBOLIC = 4
_LONGEST = 30  # characters of a face's name, of up to four bytes: a name has at most 127 (ISO 19005-2, 6.1.13)


def embed(font: Font, builder: PdfBuilder) -> str:
    """Add ``font`` with the glyphs that are printed; return the reference to it.

    Codes are numbered by first use, glyphs of the subset are in the order of the face; ``CIDToGIDMap`` leads from codes
    to glyphs.
    """
    face = font.face
    glyphs = [0, *map(face.glyph, font.codes)]
    file, subset_glyphs = face.subset(font.codes)
    base_font = name(f"{_tag(font)}+{face.path.stem[:_LONGEST]}")
    descriptor = _descriptor(font, base_font, file, builder)
    cid_to_gid = builder.stream(struct.pack(f">{len(glyphs)}H", *map(subset_glyphs.__getitem__, glyphs)))
    descendant = builder.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {base_font} /FontDescriptor {descriptor}"
        f" /W [0 [{_widths(font)}]] /CIDToGIDMap {cid_to_gid}"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    to_unicode = builder.stream(_to_unicode(font).encode("ascii"))
    return builder.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont {base_font} /Encoding /Identity-H"
        f" /DescendantFonts [{descendant}] /ToUnicode {to_unicode} >>"
    )


def _descriptor(font: Font, base_font: str, file: bytes, builder: PdfBuilder) -> str:
    face = font.face
    outlines = builder.outlines(file, f"/Length1 {len(file)}")
    bbox = " ".join(f"{value:.0f}" for value in face.bbox)
    return builder.add(
        f"<< /Type /FontDescriptor /FontName {base_font} /Flags {_SYMBOLIC} /FontBBox [{bbox}] /ItalicAngle 0 /StemV 80"
        f" /Ascent {face.ascent:.0f} /Descent {face.descent:.0f} /CapHeight {face.ascent:.0f} /FontFile2 {outlines} >>"
    )


def _widths(font: Font) -> str:
    """Return the widths of all codes, the missing glyph's first."""
    widths = [font.face.advance(0), *map(font.widths.__getitem__, font.codes)]
    written = {width: f"{width:g}" for width in set(widths)}
    return " ".join(map(written.__getitem__, widths))


def _tag(font: Font) -> str:
    """Return six capitals that name the subset (ISO 32000-1, 9.6.4), made from the characters in it."""
    digest = hashlib.sha256("".join(font.codes).encode("utf-8")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _to_unicode(font: Font) -> str:
    """Return the CMap from codes to UTF-16BE (ISO 32000-1, 9.10.3)."""
    pairs = [f"<{code}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in font.codes.items()]
    blocks = [pairs[n : n + _PER_BLOCK] for n in range(0, len(pairs), _PER_BLOCK)]
    lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"]
    lines += ["/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"]
    lines += ["/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def"]
    lines += ["1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange"]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
