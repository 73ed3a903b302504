"""The pages of ``docs/pages.md``: the hardest ones, as pictures.

``python benchmarks/page_pictures.py docs/images/pages``; it needs ``pdftoppm`` (poppler) and Pillow, which reportlab
brings. The same code, fonts and version of poppler give the same pictures.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import checkout  # noqa: F401 - must come before what imports reportgen
from PIL import Image
from seed import composed

from reportgen.tree.nodes import Block, Contents, Document, Paragraph, Table, Text
from reportgen.tree.style import Style
from reportgen.writers.page_numbers import with_page_numbers
from reportgen.writers.pdf import write
from reportgen.writers.pdf.pages.layout import lay_out
from reportgen.writers.pdf.typeset.text import Typesetter

RESOLUTION = 110
RARE = (
    "罕用字逐字换用后备字体，其余仍用仿宋：𬭎、𬱖、𫟹、𫓧、㛃、䶮、𬍛、𫖯、𬜬，人名中的“堃”“喆”“赟”“犇”，"
    "与一般文字同排一行，字宽、标点、禁则都不变，如“𬭎𬭎集团（𫟹川）有限公司”占5.5%。"
)


@dataclass(frozen=True)
class Picture:
    """A page by name: a page's number in the file, or the table on whose page ``plus`` it is."""

    name: str
    page: int = 0
    table: str = ""
    plus: int = 0


PICTURES = (
    Picture("cover", 1),
    Picture("contents", 2),
    Picture("prose", 8),
    Picture("rare-characters", 4),
    Picture("two-sided-1", table="表/收支"),
    Picture("two-sided-2", table="表/收支", plus=1),
    Picture("seventeen-columns", table="表/收入"),
    Picture("continued", table="表/支出", plus=1),
    Picture("three-public", table="表/三公"),
    Picture("empty", table="表/国有资本"),
    Picture("performance", table="表/绩效指标", plus=2),
)


def shown(document: Document, style: Style) -> Document:
    """The seed with page numbers in its contents, 续 on further pages and a paragraph of rare characters."""
    rare = Paragraph("罕用字", (Text(RARE),))
    sections = []
    for section in document.sections:
        blocks = list(map(_changed, section.blocks))
        if section.page == "prose":
            blocks.insert(2, rare)
        sections.append(replace(section, blocks=tuple(blocks)))
    return with_page_numbers(replace(document, sections=tuple(sections)), style)


def _changed(block: Block) -> Block:
    if isinstance(block, Contents):
        return replace(block, page_numbers=True)
    return replace(block, continued="（续）") if isinstance(block, Table) else block


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    seed = composed()
    document = shown(seed.document, seed.style)
    at = finder(document, seed.style)
    with tempfile.TemporaryDirectory() as work:
        file = Path(work) / "x.pdf"
        file.write_bytes(write(document, seed.style))
        for picture in PICTURES:
            page = str(at(picture))
            options = ["-gray", "-r", str(RESOLUTION), "-singlefile", "-png", "-f", page, "-l", page]
            subprocess.run(["pdftoppm", *options, str(file), str(folder / picture.name)], check=True)
            made = folder / f"{picture.name}.png"
            smaller(made)
            print(f"{picture.name}: page {page}, {made.stat().st_size // 1024} kB")


def finder(document: Document, style: Style) -> Callable[[Picture], int]:
    """Where a picture's page is in the file."""
    pages = lay_out(document, Typesetter(style))
    begins = {id: n for n, page in enumerate(pages, 1) for bookmark in page.bookmarks for id in bookmark.ids}
    return lambda picture: picture.page or begins[picture.table] + picture.plus


def smaller(file: Path) -> None:
    """Sixteen greys are enough for type."""
    with Image.open(file) as picture:
        made = picture.convert("L").quantize(16)
    made.save(file, optimize=True)


if __name__ == "__main__":
    main()
