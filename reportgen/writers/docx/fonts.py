"""``word/fontTable.xml``: what a machine without a typeface needs to choose a similar one (§17.8)."""

from __future__ import annotations

from ...tree.style import Face, Style
from ..opc import DECLARATION, escaped
from .markup import NAMESPACES

_GB2312 = "86"  # the charset of simplified Chinese; without it a missing face is replaced by a Latin one
# PANOSE, family and pitch as the makers of the faces state them
_KNOWN = {
    "宋体": ("02010600030101010101", "auto", "variable"),
    "黑体": ("02010609060101010101", "modern", "fixed"),
    "仿宋": ("02010609060101010101", "modern", "fixed"),
    "楷体": ("02010609060101010101", "modern", "fixed"),
    "仿宋_GB2312": ("02010609030101010101", "modern", "fixed"),
    "楷体_GB2312": ("02010609030101010101", "modern", "fixed"),
}
_UNKNOWN = ("", "auto", "default")


def font_table(style: Style) -> str:
    """Return the font table of all faces of ``style``, each once, by name."""
    faces = {face.name: face for face in (style.fallback, *style.faces.values())}
    fonts = "".join(_font(faces[name]) for name in sorted(faces))
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def _font(face: Face) -> str:
    panose, family, pitch = _KNOWN.get(face.name, _UNKNOWN)
    other = f'<w:altName w:val="{escaped(face.alternative, "style")}"/>' if face.alternative else ""
    shape = f'<w:panose1 w:val="{panose}"/>' if panose else ""
    return (
        f'<w:font w:name="{escaped(face.name, "style")}">{other}{shape}<w:charset w:val="{_GB2312}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
    )
