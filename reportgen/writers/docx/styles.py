"""``word/styles.xml``: the roles of :class:`Style` as named styles that a clerk finds in Word's list (§17.7).

All four font slots are set in every style and no theme is named, so that no theme of a machine has any effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ...tree.style import Style, TextStyle
from ..opc import DECLARATION
from . import properties, style_ids
from .base_styles import LATENT, base_styles, defaults
from .markup import NAMESPACES

_NO_OUTLINE = 9
_OURS, _HEADINGS, _TITLE, _TABLES, _CONTENTS, _RARE = 1, 9, 10, 20, 39, 99  # places in Word's list
_ON_THE_GRID = (_OURS, _HEADINGS, _CONTENTS)


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style of Word: its id, the name Word shows, the role of :class:`Style` that it is set in.

    ``priority`` is its place in Word's list of styles.
    """

    id: str
    name: str
    role: str
    priority: int
    next: str = ""
    outline: int | None = None
    align: str = ""


_PROSE = (
    ParagraphStyle(style_ids.COVER, "Title", "cover", _TITLE, style_ids.COVER),
    *(
        ParagraphStyle(style_ids.heading(n), f"heading {n}", f"heading{n}", _HEADINGS, style_ids.BODY, n - 1)
        for n in (1, 2, 3, 4)
    ),
    ParagraphStyle(style_ids.CONTENTS_TITLE, "TOC Heading", "contents-title", _CONTENTS, style_ids.BODY, _NO_OUTLINE),
    ParagraphStyle(style_ids.contents(1), "toc 1", "contents1", _CONTENTS, "Normal"),
    ParagraphStyle(style_ids.contents(2), "toc 2", "contents2", _CONTENTS, "Normal"),
    ParagraphStyle(style_ids.BODY, "公文正文", "body", _OURS),
    ParagraphStyle(style_ids.ITEM, "公文条目", "item", _OURS),
    ParagraphStyle(style_ids.FOOTER, "footer", "page-number", _RARE),
)
_AROUND = (
    ParagraphStyle(style_ids.TABLE_TITLE, "表格标题", "table-title", _TABLES),
    ParagraphStyle(style_ids.TABLE_LINE, "表格单位行", "table-line", _TABLES),
    ParagraphStyle(style_ids.TABLE_LABEL, "表格编号", "table-line", _TABLES, align="right"),
    ParagraphStyle(style_ids.TABLE_NOTE, "表注", "table-note", _TABLES),
)
_CELLS = (
    ParagraphStyle(style_ids.TABLE_HEAD, "表头", "table-head", _TABLES),
    ParagraphStyle(style_ids.TABLE_NUMBER, "栏次", "table-number", _TABLES),
    ParagraphStyle(style_ids.TABLE_TEXT, "表格文字", "table-cell", _TABLES),
    ParagraphStyle(style_ids.TABLE_FIGURE, "表格数字", "table-cell", _TABLES, align="right"),
    ParagraphStyle(style_ids.TOTAL_TEXT, "合计文字", "table-total", _TABLES),
    ParagraphStyle(style_ids.TOTAL_FIGURE, "合计数字", "table-total", _TABLES, align="right"),
)


PARAGRAPH_STYLES = (*_PROSE, *_AROUND, *_CELLS)
"""All paragraph styles that show text, in the order of the part."""


def styles(style: Style, language: str) -> str:
    """Return the styles part; ``language`` is that of East Asian text."""
    parts = (
        defaults(style, language),
        LATENT,
        base_styles(style),
        *(_markup(spec, style) for spec in PARAGRAPH_STYLES),
    )
    return f"{DECLARATION}<w:styles {NAMESPACES}>{''.join(parts)}</w:styles>"


def chart_styles(style: Style) -> str:
    """Return the styles that only a document with charts has: of the line with the drawing, and of the caption.

    The drawing makes its line as high as it is; the smallest type adds nothing to that.
    """
    frame = (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_ids.CHART}"><w:name w:val="图"/>'
        f'<w:basedOn w:val="Normal"/><w:uiPriority w:val="{_TABLES}"/><w:pPr><w:keepNext/>{properties.OFF_GRID}'
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
        f"<w:rPr>{properties.size(1)}</w:rPr></w:style>"
    )
    caption = ParagraphStyle(style_ids.CHART_CAPTION, "图题", "chart-caption", _OURS)
    return frame + _markup(caption, style)


def cover_styles(style: Style) -> str:
    """Return the style of the lines of the cover after the first, where it is another than that of the first."""
    if style.text["cover-line"] == style.text["cover"]:
        return ""
    return _markup(ParagraphStyle(style_ids.COVER_LINE, "封面其余各行", "cover-line", _TITLE), style)


def smaller_styles(style: Style, sizes: Iterable[float]) -> str:
    """Return the styles of cells in tables whose type shrinks to these ``sizes`` (points), as mark-up."""
    return "".join(_smaller(spec, style, size) for spec, size in _shrunk(style, sizes))


def _markup(spec: ParagraphStyle, style: Style) -> str:
    text = style.text[spec.role]
    custom = "" if spec.name.isascii() else ' w:customStyle="1"'
    follow = f'<w:next w:val="{spec.next}"/>' if spec.next else ""
    quick = "<w:qFormat/>" if spec.priority < _CONTENTS else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{spec.id}"><w:name w:val="{spec.name}"/>'
        f'<w:basedOn w:val="Normal"/>{follow}<w:uiPriority w:val="{spec.priority}"/>{quick}'
        f"<w:pPr>{_paragraph_properties(spec, style, text)}</w:pPr>"
        f"<w:rPr>{_run_properties(spec, style, text)}</w:rPr></w:style>"
    )


def _paragraph_properties(spec: ParagraphStyle, style: Style, text: TextStyle) -> str:
    align = spec.align or ("both" if text.align == "justify" else text.align)
    return "".join(
        (
            "<w:keepNext/><w:keepLines/>" if text.keep_next else "",
            "" if text.latin_gap else properties.NO_AUTO_SPACE,
            properties.OFF_GRID,
            properties.spacing(text, properties.line_pitch(style) if spec.priority in _ON_THE_GRID else 0),
            properties.indents(text.size, first=text.first_indent, left=text.left_indent),
            f'<w:jc w:val="{align}"/>',
            "" if spec.outline is None else f'<w:outlineLvl w:val="{spec.outline}"/>',
        )
    )


def _run_properties(spec: ParagraphStyle, style: Style, text: TextStyle) -> str:
    bold = "<w:b/><w:bCs/>" if text.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    condensed = properties.condensed(style) if spec.priority in _ON_THE_GRID else ""
    return f"{properties.fonts(style, text.face)}{bold}{condensed}{properties.size(text.size)}"


def _shrunk(style: Style, sizes: Iterable[float]) -> Iterator[tuple[ParagraphStyle, float]]:
    for size in sorted(set(sizes)):
        yield from ((spec, size) for spec in _CELLS if size < style.text[spec.role].size)


def _smaller(spec: ParagraphStyle, style: Style, size: float) -> str:
    """``spec`` at ``size``; it is based on ``spec``, so that a change of that in Word changes both."""
    text = style.text[spec.role]
    smaller = replace(text, size=size, leading=text.leading * size / text.size)
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_ids.sized(spec.id, size, text.size)}">'
        f'<w:name w:val="{spec.name} {size:g}磅"/><w:basedOn w:val="{spec.id}"/>'
        f'<w:uiPriority w:val="{_TABLES + 1}"/>'
        f"<w:pPr>{properties.spacing(smaller)}</w:pPr><w:rPr>{properties.size(size)}</w:rPr></w:style>"
    )
