"""How well lines break: faults in the prose of five disclosures, set in 仿宋 at 28 characters a line.

``python benchmarks/line_breaks.py [FILE.txt …]`` sets the seed's prose and ``prose/scrambled.txt`` (or the files given,
one paragraph a line), by this project and by the peers that are installed, and prints what ``line_rules`` finds.
``--show`` prints the places too. It exits with 1 if our own lines have a fault.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import checkout  # noqa: F401 - must come before what imports reportgen
from line_rules import EM, FAULTS, Line, count, faults
from peers import platypus
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as Flowed
from seed import composed
from show import table

from reportgen.tree.nodes import Document, Paragraph, Section, Text, plain
from reportgen.tree.style import Style
from reportgen.writers.pdf.pages.layout import lay_out
from reportgen.writers.pdf.pages.page import PlacedLine
from reportgen.writers.pdf.typeset.text import Typesetter
from reportgen.writers.pdf.typeset.type_area import TypeArea

PROSE = Path(__file__).parent / "prose" / "scrambled.txt"
CHARS, INDENT, SIZE = 28, 2, 16.0

Set = Callable[[list[str], Document, Style], list[list[Line]]]


def texts(files: list[Path], seed: Document) -> list[str]:
    """The paragraphs: of the files, or of the seed and the scrambled ones."""
    found = [line for file in files or [PROSE] for line in file.read_text(encoding="utf-8").splitlines() if line]
    blocks = (block for section in seed.sections for block in section.blocks)
    return found if files else [*(plain(b.runs) for b in blocks if isinstance(b, Paragraph)), *found]


def ours(paragraphs: list[str], seed: Document, style: Style) -> list[list[Line]]:
    """Laid out by the PDF writer, page for page."""
    blocks = tuple(Paragraph(str(n), (Text(text),)) for n, text in enumerate(paragraphs))
    pages = lay_out(replace(seed, sections=(Section("all", "prose", blocks),)), Typesetter(style))
    by_paragraph: dict[str, list[Line]] = {}
    for page in pages:
        for placed in page.lines:
            if (id := getattr(placed.tag, "id", "")).isdigit():
                by_paragraph.setdefault(id, []).append(_line_of(placed, page.area))
    return [by_paragraph[str(n)] for n in range(len(paragraphs))]


def _line_of(placed: PlacedLine, area: TypeArea) -> Line:
    """Where the ink of a line begins and ends, added up from what will be drawn."""
    line, text = placed.line.line, placed.line.text
    ink = sum(text.widths[line.start : line.ink]) + line.spread * (line.ink - line.start - 1)
    ink += sum(more for _, more in line.kerns)
    left = (placed.x + placed.line.x - area.left) * EM / placed.line.size
    return Line(text.text[line.start : line.end], left, left + ink)


def reportlabs(paragraphs: list[str], seed: Document, style: Style) -> list[list[Line]]:
    """Broken by reportlab's ``wordWrap="CJK"``, spread as it justifies."""
    platypus.register(style)
    look = ParagraphStyle("body", fontName="fangsong", fontSize=SIZE, firstLineIndent=INDENT * SIZE, wordWrap="CJK")
    out = []
    for text in paragraphs:
        flowed = Flowed(text.replace("&", "&amp;").replace("<", "&lt;"), look)
        flowed.wrap(CHARS * SIZE + 0.01, 10**6)
        broken = ["".join(line[1]) if isinstance(line, tuple) else "".join(w.text for w in line.words)
                  for line in flowed.blPara.lines]  # fmt: skip
        out.append([Line(one) for one in broken])
    return out


def typsts(paragraphs: list[str], seed: Document, style: Style) -> list[list[Line]]:
    """Set by Typst with ``lang: "zh"``; the lines are read from its file by pdftotext."""
    import typst

    source = (
        f'#set page(width: {CHARS * SIZE + 100}pt, height: auto, margin: 50pt)\n#set text(font: "FangSong_GB2312", '
        f'size: {SIZE}pt, lang: "zh", region: "cn")\n#set par(justify: true, first-line-indent: (amount: {INDENT}em, '
        "all: true))\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.typ"
        family = _family(style.faces["fangsong"].file)
        pages = "\n#pagebreak()\n".join(f"#{_quoted(text)}" for text in paragraphs)
        file.write_text(source.replace("FangSong_GB2312", family) + pages, encoding="utf-8")
        made = typst.compile(str(file), font_paths=[str(style.faces["fangsong"].file.parent)], ignore_system_fonts=True)
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True)
    return [list(_matched(text, page)) for text, page in zip(paragraphs, run.stdout.decode().split("\f"), strict=False)]


def _family(path: Path) -> str:
    from fontTools.ttLib import TTFont

    return str(TTFont(path)["name"].getDebugName(1))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _matched(text: str, page: str) -> Iterator[Line]:
    """The lines of a page, cut from the text itself: a reader adds blanks of its own."""
    at = 0
    for line in page.split("\n"):
        letters, start = len(re.sub(r"\s", "", line)), at
        while letters and at < len(text):
            letters -= not text[at].isspace()
            at += 1
        if at > start:
            yield Line(text[start:at])


SETTERS: dict[str, Set] = {"reportgen": ours, "reportlab CJK": reportlabs}
if find_spec("typst") and find_spec("fontTools") and shutil.which("pdftotext"):
    SETTERS["Typst"] = typsts


def judged(lines: list[list[Line]], paragraphs: list[str]) -> list[tuple[str, str]]:
    """All faults of a setting."""
    pairs = zip(paragraphs, lines, strict=True)
    return [fault for text, broken in pairs for fault in faults(text, broken, CHARS * EM, INDENT * EM)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    seed = composed()
    paragraphs, rows, bad = texts(given.files, seed.document), [], Counter[str]()
    for name, setter in SETTERS.items():
        lines = setter(paragraphs, seed.document, seed.style)
        found = judged(lines, paragraphs)
        kinds = count(iter(found))
        bad = bad or kinds if name == "reportgen" else bad
        rows.append([name, str(sum(map(len, lines))), *(str(kinds[kind]) for kind in FAULTS)])
        if given.show:
            for kind, place in found:
                print(f"{name:14} {kind:10} {place}")
    print(table(["", "lines", *FAULTS], rows))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
