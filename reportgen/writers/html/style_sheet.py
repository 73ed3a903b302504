"""The style sheet of the page: for screens of any width, and for A4 paper in the typefaces of the style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...tree.style import Style, TextStyle
from .table_fit import MARGIN, PageTable

_SCREEN = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;color:#1a1a1a;background:#fff;line-height:1.85;overflow-wrap:anywhere;\
font:1.0625rem/1.85 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif}
main{max-width:72rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1,h2,h3,h4,h5,h6,p,nav,figure{max-width:48rem;margin-inline:auto}
h1{font-size:1.9rem;line-height:1.4;text-align:center;margin-block:1rem 2rem;padding-bottom:1.5rem;\
border-bottom:3px solid #9c1c1c}
h1 .line{display:block}
h2{font-size:1.4rem;margin-block:2.5rem .75rem}
h3{font-size:1.2rem;margin-block:2rem .5rem}
h4,h5,h6{font-size:1.0625rem;margin-block:1.25rem .25rem}
h2,h3,h4,h5,h6{line-height:1.5;scroll-margin-top:1rem}
p{margin-block:0 .6rem;text-align:justify;white-space:pre-line}
p.note{font-size:.95rem}
.table>p.note,.table>h2,.table>h3,.table>h4,.table>h5,.table>h6{max-width:none}
nav{background:#f5f6f8;border:1px solid #d9dce1;padding:1rem 1.5rem;margin-block:0 2rem}
nav .title{font-weight:bold;text-align:center;font-size:1.2rem}
nav ol{list-style:none;margin:0;padding:0}
nav ol ol{padding-left:1.5em}
a{color:#0b4f9e;text-underline-offset:.2em;text-decoration-thickness:1px}
nav a{display:inline-block;padding:.15rem 0}
a:focus-visible,.scroll:focus-visible{outline:3px solid #0b4f9e;outline-offset:2px}
.scroll{overflow-x:auto;margin-block:.5rem .75rem;position:relative}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.5;font-variant-numeric:tabular-nums}
caption{text-align:left;padding-bottom:.3rem}
caption>.label{display:block}
caption>.title{display:block;text-align:center;font-weight:bold;font-size:1.0625rem}
caption>.left{float:left}
caption>.right{float:right}
caption>span:empty{display:none}
th,td{border:1px solid #8a8f98;padding:.3rem .45rem;text-align:left;vertical-align:middle;white-space:pre-line}
td.r{text-align:right;overflow-wrap:normal}
td.c,th.c,thead th,thead td{text-align:center}
thead th,thead td{background:#eef1f5}
tbody th{font-weight:normal}
tr.total>*,tr.subtotal>*{font-weight:bold}
figure{margin-block:1.5rem;text-align:center}
svg{width:100%;max-width:30rem;height:auto;font-family:inherit}
:target{background:#fff3bf}
@media (max-width:40rem){main{padding:1rem .9rem 3rem}h1{font-size:1.45rem}h2{font-size:1.25rem}\
h3{font-size:1.125rem}nav{padding:.75rem 1rem}p{text-align:start}\
caption>span{display:block;float:none!important;text-align:start!important;position:sticky;left:0;width:fit-content;\
max-width:calc(100vw - 1.8rem)}}
""".replace("\n", "")

_PRINT = """
@page{{size:A4 portrait;margin:{margin:g}mm;@bottom-center{{content:{before} counter(page) {after};font-size:10.5pt}}}}
@page landscape{{size:A4 landscape;margin:{margin:g}mm}}
main{{max-width:none;padding:0}}
.sheet.landscape{{page:landscape}}
.sheet+.sheet,.new-page{{break-before:page}}
h1,h2,h3,h4,h5,h6,p,nav,figure{{max-width:none}}
h1,h2,h3,h4,h5,h6{{break-after:avoid}}
h1{{border-bottom:0}}
tr,figure{{break-inside:avoid}}
tr:has(>[rowspan]){{break-inside:auto}}
nav{{border:0;background:none;padding:0}}
a{{color:inherit;text-decoration:none}}
.scroll{{overflow:visible}}
table{{line-height:1.3}}
th,td{{padding:1.5pt 3pt;border-color:#000;overflow-wrap:anywhere}}
thead th,thead td{{background:none}}
:target{{background:none}}
"""
_ROLES = {
    "h1": "cover", "nav .title": "contents-title", "nav li": "contents1", "nav li li": "contents2",
    ".level1": "heading1", ".level2": "heading2", ".level3": "heading3", ".level4": "heading4", "p.body": "body",
    "p.item": "item", "p.note": "table-note", "caption>.title": "table-title",
    "caption>.label,caption>.left,caption>.right": "table-line", "thead": "table-head", "tbody": "table-cell",
    "figcaption": "chart-caption",
}  # fmt: skip
"""The elements that are printed like a role of the style."""
_FITTED = {"thead", "tbody"}
"""Elements whose type has the size that fits the table."""
_INDENTS = 8
_PLAIN = re.compile(r"[^0-9A-Za-z_\u3400-\u9fff -]")


def style_sheet(style: Style, tables: Sequence[PageTable]) -> str:
    """Return the rules of a page with these tables."""
    screen = [_SCREEN, *_indents(style), *(rule for table in tables for rule in table.rules())]
    before, after = (_string(text) for text in style.around_page_number())
    paper = _PRINT.format(margin=MARGIN, before=before, after=after).replace("\n", "")
    printed = [paper, *_type(style), *(table.print_rule() for table in tables)]
    return "".join([*screen, "@media print{", *printed, "}"])


def _indents(style: Style) -> Iterator[str]:
    """The first lines of paragraphs and the steps of names in tables."""
    for selector in ("p.body", "p.item", "p.note"):
        yield f"{selector}{{text-indent:{style.text[_ROLES[selector]].first_indent:g}em}}"
    for step in range(1, _INDENTS + 1):
        yield f"td.i{step},th.i{step}{{padding-left:{step + 0.45:g}em}}"


def _type(style: Style) -> Iterator[str]:
    for selector, role in _ROLES.items():
        text = style.text[role]
        size = "" if selector in _FITTED else f";font-size:{text.size:g}pt"
        yield f"{selector}{{font-family:{_family(style, text)}{size}}}"


def _family(style: Style, text: TextStyle) -> str:
    """The typeface by both names that a machine may know it by, then any with serifs."""
    face = style.faces[text.face]
    return ",".join([*(_string(name) for name in (face.name, face.alternative) if name), "serif"])


def _string(text: str) -> str:
    """Return a string of CSS in which no character ends it or the style sheet.

    >>> _string('a"</style>')
    '"a\\\\22 \\\\3c \\\\2f style\\\\3e "'
    """
    return '"' + _PLAIN.sub(lambda found: f"\\{ord(found.group()):x} ", text) + '"'
