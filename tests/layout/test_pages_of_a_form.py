"""Pages of other forms: a cover above the contents, page numbers in the middle."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from pypdf import PdfReader

from .small import HEAD, files_read_back, written

ONE_PAGE = (
    HEAD
    + """\
outline:
  - page: contents
    cover: ["{{ department.name }}", 部门预算信息公开]
    contents: 目录
  - page: prose
    blocks:
      - {id: 甲, level: 1, heading: 甲, text: x.j2}
"""
)
CENTRED = "text:\n  page-number: {align: center}\n"
OWN_PAGE = ONE_PAGE.replace("    contents: 目录\n", "  - page: contents\n    contents: 目录\n")


def files(folder: Path, layout: str) -> dict[str, bytes]:
    folder = written(folder, layout, text__x="文")
    (folder / "style.yaml").write_text(CENTRED, encoding="utf-8")
    return files_read_back(folder)


def suffix(made: dict[str, bytes], end: str) -> bytes:
    return next(data for name, data in made.items() if name.endswith(end))


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


def placed(pdf: bytes, page: int) -> list[tuple[float, float, str]]:
    """Each piece of text of a page with where it begins, from the lower left corner."""
    found: list[tuple[float, float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            found.append((cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5], text))

    PdfReader(BytesIO(pdf)).pages[page].extract_text(visitor_text=visit)
    return found


def test_a_cover_above_the_contents_is_at_the_top_of_their_page(tmp_path: Path) -> None:
    made, alone = files(tmp_path / "one", ONE_PAGE), files(tmp_path / "two", OWN_PAGE)
    tops = [max(y for _, y, _ in placed(suffix(file, ".pdf"), 0)) for file in (made, alone)]
    assert tops[0] > 690 > 560 > tops[1]
    pages = [len(PdfReader(BytesIO(suffix(file, ".pdf"))).pages) for file in (made, alone)]
    assert pages == [2, 3]
    first = [
        re.findall(r'w:before="(\d+)"', part(suffix(file, ".docx"), "word/document.xml"))[0] for file in (made, alone)
    ]
    assert int(first[0]) == 0 < int(first[1])


def test_page_numbers_are_in_the_middle_where_the_style_says_so(tmp_path: Path) -> None:
    made = files(tmp_path / "one", ONE_PAGE)
    number = min(placed(suffix(made, ".pdf"), 1), key=lambda piece: piece[1])
    assert "1" in number[2]
    assert 250 < number[0] < 297
    for name in ("word/footer-odd.xml", "word/footer-even.xml"):
        assert '<w:jc w:val="center"/>' in part(suffix(made, ".docx"), name)
    sheet = part(suffix(made, ".xlsx"), "xl/worksheets/sheet1.xml")
    assert "&amp;R" not in sheet
    assert "&amp;L" not in sheet
