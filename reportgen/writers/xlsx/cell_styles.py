"""The styles of cells, each made once and shared by all cells that have it: the part ``xl/styles.xml``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...tree.nodes import Align
from ...tree.style import Style, TextStyle
from ..opc import DECLARATION, escaped
from .markup import MAIN

_CHINESE = 134  # GB 2312 as Windows counts; without it a machine that lacks the face takes a Latin one
_FIXED_PITCH = 3  # the family that Excel itself writes for 宋体, 黑体, 仿宋 and 楷体
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "@": 49}  # ECMA-376 part 1, 18.8.30
_FIRST_OWN = 164  # where the numbers of further formats begin

# Excel takes the first two fills for none and grey, whatever they say.
_FILLS = ('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>')
_BORDERS = (
    "<border><left/><right/><top/><bottom/><diagonal/></border>",
    '<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border>',
)
_DEFAULT = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
_NORMAL = '<cellStyle name="Normal" xfId="0" builtinId="0"/>'  # the one style that every workbook must have


class CellStyle(NamedTuple):
    """How a cell is set: a text role of the style and what may differ between cells of the role.

    ``number_format`` is one of Excel; ``quoted`` sets the apostrophe that keeps "=1+1" a text when a clerk
    edits the cell; ``boxed`` draws the four rules around it.
    """

    role: str
    align: Align
    top: bool = False
    indent: int = 0
    number_format: str = "General"
    quoted: bool = False
    boxed: bool = True


class CellStyles:
    """The cell styles of one workbook, numbered in the order in which they are first used."""

    def __init__(self, style: Style) -> None:
        """Begin with the default style, in the type of table cells: column widths count its digits."""
        self._style = style
        self._indices: dict[CellStyle, int] = {}
        self._formats: dict[str, int] = {}
        self._fills = {fill: number for number, fill in enumerate(_FILLS)}
        self._fonts = {self._font(style.text["table-cell"]): 0}
        self._cells = {_DEFAULT.replace("/>", ' xfId="0"/>'): 0}

    def index(self, cell_style: CellStyle) -> int:
        """Return the index of ``cell_style`` in the workbook's list of cell formats."""
        index = self._indices.get(cell_style)
        if index is None:
            index = self._indices[cell_style] = _index(self._cells, self._cell_format(cell_style))
        return index

    def part(self) -> str:
        """Return the part that lists all styles used."""
        formats = (f'<numFmt numFmtId="{n}" formatCode="{escaped(p, "style")}"/>' for p, n in self._formats.items())
        lists = (
            ("numFmts", formats), ("fonts", self._fonts), ("fills", self._fills), ("borders", _BORDERS),
            ("cellStyleXfs", [_DEFAULT]), ("cellXfs", self._cells), ("cellStyles", [_NORMAL]),
        )  # fmt: skip
        inner = "".join(_listed(name, items) for name, items in lists)
        return f'{DECLARATION}<styleSheet xmlns="{MAIN}">{inner}</styleSheet>'

    def _cell_format(self, cell_style: CellStyle) -> str:
        number = _BUILT_IN.get(cell_style.number_format)
        if number is None:
            number = self._formats.setdefault(cell_style.number_format, _FIRST_OWN + len(self._formats))
        font = _index(self._fonts, self._font(self._style.text[cell_style.role]))
        prefix = ' quotePrefix="1"' if cell_style.quoted else ""
        indent = f' indent="{cell_style.indent}"' if cell_style.indent else ""
        return (
            f'<xf numFmtId="{number}" fontId="{font}" fillId="{self._fill(cell_style.role)}" '
            f'borderId="{int(cell_style.boxed)}" xfId="0"{prefix} applyAlignment="1">'
            f'<alignment horizontal="{cell_style.align}" vertical="{"top" if cell_style.top else "center"}" '
            f'wrapText="1"{indent}/></xf>'
        )

    def _font(self, text: TextStyle) -> str:
        # No scheme: with one, the face of a theme would win over the name.
        face = escaped(self._style.faces[text.face].name, "style")
        return (
            f'<font>{"<b/>" if text.bold else ""}<sz val="{text.size:g}"/><name val="{face}"/>'
            f'<family val="{_FIXED_PITCH}"/><charset val="{_CHINESE}"/></font>'
        )

    def _fill(self, role: str) -> int:
        shade = self._style.table.shaded_head.lstrip("#") if role == "table-head" else ""
        if not shade:
            return 0
        colour = escaped(f"FF{shade}", "style")
        fill = f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'
        return _index(self._fills, fill)


def _index(known: dict[str, int], item: str) -> int:
    return known.setdefault(item, len(known))


def _listed(name: str, items: Iterable[str]) -> str:
    """A list that states its length, as the schema requires; nothing for an empty one."""
    entries = list(items)
    return f'<{name} count="{len(entries)}">{"".join(entries)}</{name}>' if entries else ""
