"""Check of all typefaces of a style without a document: each is read as it is when a document is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...core.errors import LayoutError, os_error_reason
from ...core.paths import shipped
from ...tree.style import Style
from .file_check import FontError
from .truetype import TrueType

_NUMERALS = "0123456789"


def face_mistakes(style: Style) -> Iterator[LayoutError]:
    """Yield what is wrong with the typeface files of a style, one error for each file, whether a role uses it or not.

    Of a file that is not one of the shipped ones, every common hanzi, letter and digit that it has must be visible.
    """
    for file in dict.fromkeys(face.file for face in (*style.faces.values(), style.fallback)):
        try:
            _read(file)
        except FontError as error:
            yield error
        except OSError as error:
            yield LayoutError("{file}：读不了：{why}", "检查文件的权限", file=file.name, why=os_error_reason(error))


def _read(file: Path) -> None:
    face = TrueType(file)
    printed = [char for char in _NUMERALS if face.has(char)]
    if file.parent != shipped("fonts"):
        for char in _common_characters():
            face.has(char)
    face.subset(printed)


def _common_characters() -> str:
    """Return the letters, digits and hanzi of GB 2312."""
    rows = (*range(0xA3, 0xA4), *range(0xB0, 0xF8))
    codes = bytes(byte for row in rows for cell in range(0xA1, 0xFF) for byte in (row, cell))
    hanzi = codes.decode("gb2312", "ignore")
    return "".join(char for char in (*map(chr, range(128)), *hanzi) if char.isalnum())
