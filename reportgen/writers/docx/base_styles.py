"""The styles that no role of :class:`Style` describes: defaults, the table style, the two invisible ones."""

from __future__ import annotations

from ...tree.style import Style, TableStyle
from ..opc import escaped
from . import style_ids
from .markup import twips
from .properties import OFF_GRID, SMALLEST_LINE, fonts, size

_SIDES = ("top", "left", "bottom", "right")
# of Word's own styles the list shows only those that the document defines
LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
    'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)
_HIDDEN = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
_WHITE = '<w:color w:val="FFFFFF"/>'


def defaults(style: Style, language: str) -> str:
    """Return ``w:docDefaults``: face and size of the body, East Asian text in ``language``."""
    body = style.text["body"]
    languages = f'<w:lang w:val="en-US" w:eastAsia="{escaped(language, "document")}" w:bidi="ar-SA"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(style, body.face)}{size(body.size)}{languages}</w:rPr>"
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def base_styles(style: Style) -> str:
    """Return Word's four default styles, links without colour, the table style, the two invisible paragraph styles.

    Normal states its size again, for the page grid counts characters of Normal and not all programs use the
    defaults for that.
    """
    body = style.text["body"]
    return "".join(
        (
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
            '<w:uiPriority w:val="0"/><w:qFormat/><w:pPr><w:widowControl/><w:jc w:val="both"/></w:pPr>'
            f"<w:rPr>{fonts(style, body.face)}{size(body.size)}</w:rPr></w:style>",
            _default("character", "DefaultParagraphFont", "Default Paragraph Font"),
            _default("table", "TableNormal", "Normal Table", _NO_PADDING),
            _default("numbering", "NoList", "No List"),
            '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
            '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/>'
            '<w:rPr><w:color w:val="auto"/><w:u w:val="none"/></w:rPr></w:style>',
            _table_style(style.table),
            _invisible(style_ids.HIDDEN_HEADING, "表格目录标题", "<w:keepNext/>", '<w:outlineLvl w:val="1"/>'),
            _invisible(style_ids.ANCHOR, "分节"),
        )
    )


def _default(kind: str, id: str, name: str, properties: str = "") -> str:
    return (
        f'<w:style w:type="{kind}" w:default="1" w:styleId="{id}"><w:name w:val="{name}"/>'
        f"{_HIDDEN}{properties}</w:style>"
    )


def _table_style(table: TableStyle) -> str:
    rule = f'w:val="single" w:sz="{max(2, round(table.rule * 8))}" w:space="0" w:color="auto"'
    rules = "".join(f"<w:{side} {rule}/>" for side in (*_SIDES, "insideH", "insideV"))
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_ids.TABLE}"><w:name w:val="预算表"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="20"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders>{_padding(table.pad_x, max(table.pad_y - table.rule / 2, 0))}"
        "</w:tblPr></w:style>"
    )


def _padding(x: float, y: float) -> str:
    widths = zip(_SIDES, (y, x, y, x), strict=True)
    sides = "".join(f'<w:{side} w:w="{twips(width)}" w:type="dxa"/>' for side, width in widths)
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


_NO_PADDING = f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_padding(0, 0)}</w:tblPr>'


def _invisible(id: str, name: str, before: str = "", after: str = "") -> str:
    """A paragraph style too small to be seen and, at any zoom, white."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{_HIDDEN}<w:pPr>{before}{OFF_GRID}{SMALLEST_LINE}{after}</w:pPr>'
        f"<w:rPr>{_WHITE}{size(1)}</w:rPr></w:style>"
    )
