"""The tree in Typst's language: set rules for each page setup, then one function call a block."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.tree import nodes
from reportgen.tree.style import Page, Style

from .common import align_of, fitted, leading, masthead, origins, shown

FAMILIES = {
    "xiaobiaosong": "Gongwen XiaoBiaoSong",
    "fangsong": "Gongwen FangSong",
    "hei": "Gongwen Hei",
    "kai": "Gongwen Kai",
    "song": "Gongwen Song",
}
FALLBACK = "Gongwen Fallback"

PREAMBLE = """\
#set text(lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em, cjk-latin-spacing: none)
#set heading(numbering: none)
#let foot(face, size) = context {
  let n = counter(page).get().first()
  set text(font: face, size: size)
  align(if calc.odd(n) { right } else { left }, h(1em) + [— #n —] + h(1em))
}
#let line(face, size, leading, first, left, before, after, justified, where, words) = block(
  above: before + leading - size, below: after + leading - size, inset: (left: left), width: 100%, breakable: true,
  {
    set text(font: face, size: size)
    set par(leading: leading - size, justify: justified, first-line-indent: (amount: first, all: true))
    set align(where)
    words
  },
)
#show heading: set text(size: 1em, weight: "regular")
#show heading: it => it.body
"""


def source(document: nodes.Document, style: Style) -> str:
    """The whole source."""
    title = f"#set document(title: {string(document.title)}, author: {string(document.author)}, date: none)\n"
    sections = (section_source(section, style) for section in document.sections)
    return title + PREAMBLE + "".join(sections)


def section_source(section: nodes.Section, style: Style) -> str:
    page = style.pages[section.page]
    margins = ", ".join(f"{side}: {getattr(page, side)}mm" for side in ("top", "bottom", "left", "right"))
    number = style.text["page-number"]
    footer = f"foot({faces(number.face)}, {number.size}pt)" if page.numbered else "none"
    setup = f"#set page(width: {page.width}mm, height: {page.height}mm, margin: ({margins}), footer: {footer})\n"
    first = f"#counter(page).update({page.first_number})\n" if page.first_number else ""
    return setup + first + "".join(f"{line}\n" for block in section.blocks for line in lines(block, page, style))


def lines(block: nodes.Block, page: Page, style: Style) -> Iterator[str]:
    """The source of one block."""
    if isinstance(block, nodes.Cover):
        yield from (line("cover", string(nodes.plain(words)), page, style) for words in block.lines)
    elif isinstance(block, nodes.Contents):
        yield line("contents-title", string(block.title), page, style)
        for entry in block.entries:
            words = f"link(label({string(entry.target)}), {string(nodes.plain(entry.runs))})"
            yield line(f"contents{entry.level}", words, page, style)
    elif isinstance(block, nodes.Heading):
        words = f"[#heading(level: {block.level}, {string(nodes.plain(block.runs))}) #label({string(block.id)})]"
        yield line(f"heading{block.level}", words, page, style)
    elif isinstance(block, nodes.Paragraph):
        role = "table-note" if block.role == "note" else block.role
        yield line(role, f"par({string(nodes.plain(block.runs))})", page, style)
    else:
        yield from table_source(block, page, style)


def line(role: str, words: str, page: Page, style: Style) -> str:
    text = style.text[role]
    size = text.size
    lengths = (size, leading(text, page), text.first_indent * size, text.left_indent * size, text.before, text.after)
    justified = "true" if text.align == "justify" else "false"
    where = "left" if text.align == "justify" else text.align
    return f"#line({faces(text.face)}, {', '.join(f'{n:g}pt' for n in lengths)}, {justified}, {where}, {words})"


def table_source(table: nodes.Table, page: Page, style: Style) -> Iterator[str]:
    sizing, width, looks = fitted(table, page, style), len(table.columns), style.table
    name = string(nodes.plain(table.heading.runs))
    widths = ", ".join(f"{w:.3f}pt" for w in sizing.widths)
    face = faces(style.text["table-cell"].face)
    yield f"#place(hide[#heading(level: {table.heading.level}, {name}) #label({string(table.heading.id)})])"
    yield f"#[#set text(font: {face}, size: {sizing.size:g}pt)"
    yield f"#set par(leading: {sizing.leading - sizing.size:g}pt)"
    yield f"#table(columns: ({widths},), stroke: {looks.rule}pt, inset: (x: {looks.pad_x}pt, y: {looks.pad_y}pt),"
    yield f"align: horizon, table.header({', '.join([*mast(table, style), *cells(table, table.head, width)])}),"
    yield ",\n".join(cells(table, table.body, width)) + ")]"
    for note in table.notes:
        yield line("table-note", string(nodes.plain(note.runs)), page, style)
    yield "#pagebreak(weak: true)"


def mast(table: nodes.Table, style: Style) -> Iterator[str]:
    label, title, left, right = masthead(table)
    width = len(table.columns)
    middle = max(1, width * 2 // 3)
    parts = [(label, width, "right", "table-line"), (title, width, "center", "table-title")]
    parts += [(left, middle, "left", "table-line"), (right, width - middle, "right", "table-line")]
    for words, span, where, role in parts:
        text = style.text[role]
        set_in = f"text(font: {faces(text.face)}, size: {text.size:g}pt, {string(words)})"
        yield f"table.cell(colspan: {span}, stroke: none, align: {where}, {set_in})"


def cells(table: nodes.Table, rows: tuple[nodes.Row, ...], width: int) -> Iterator[str]:
    for row, placed in origins(rows, width):
        cell = placed.cell
        spans = f"rowspan: {cell.rowspan}, colspan: {cell.colspan}, " if cell.rowspan > 1 or cell.colspan > 1 else ""
        yield f"table.cell({spans}align: horizon + {align_of(row, placed, table)}, {string(shown(cell))})"


def faces(name: str) -> str:
    return f'("{FAMILIES[name]}", "{FALLBACK}")'


def string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
