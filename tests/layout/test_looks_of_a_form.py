"""What a style says of single places: page numbers, the side of a table's label, the lines of the cover."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from reportgen.core.errors import LayoutError

from .small import HEAD, files_read_back, load_layout, outline, written
from .test_pages_of_a_form import part, placed, suffix

COVER = (
    HEAD
    + """\
outline:
  - page: cover
    cover: ["{{ department.name }}", 部门预算, 公开]
  - page: prose
    blocks:
      - {id: 甲, level: 1, heading: 甲, text: x.j2}
"""
)


def files(folder: Path, layout: str, style: str, **more: str) -> dict[str, bytes]:
    folder = written(folder, layout, **more)
    (folder / "style.yaml").write_text(style, encoding="utf-8")
    return files_read_back(folder)


def footers(made: dict[str, bytes]) -> list[str]:
    """The texts of the page numbers: of a page in PDF, of odd pages in DOCX and XLSX."""
    pdf = min(placed(suffix(made, ".pdf"), 0), key=lambda piece: piece[1])[2]
    docx = "".join(re.findall(r"<w:t[^>]*>([^<]*)", part(suffix(made, ".docx"), "word/footer-odd.xml")))
    xlsx = re.findall(r"<oddFooter>(.*?)</oddFooter>", part(suffix(made, ".xlsx"), "xl/worksheets/sheet2.xml"))[0]
    return [pdf, docx, re.sub(r".*&amp;[0-9]+", "", xlsx)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{n}", ["1", "1", "&amp;P"]),
        ("- {n} -", ["- 1 -", "- 1 -", "- &amp;P -"]),
        ("第{n}页 &", ["第1页 &", "第1页 &amp;", "第&amp;P页 &amp;&amp;"]),
    ],
)
def test_page_numbers_print_as_the_style_says(pattern: str, expected: list[str], tmp_path: Path) -> None:
    layout = outline("id: 甲, heading: 甲, text: x.j2", "id: 乙, table: 01-balance")
    style = f'page_number: "{pattern}"\ntext:\n  page-number: {{align: center}}\n'
    made = files(tmp_path / "l", layout, style, text__x="一段。")
    assert footers(made) == expected


@pytest.mark.parametrize("pattern", ["无", "{n}{n}", "{n} / {m}", "1-{n}", "{n}\\n", "- {n} -" * 9, "[1]"])
def test_a_pattern_without_the_number_is_one_message(pattern: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline("id: 甲, heading: 甲"))
    (folder / "style.yaml").write_text(f'text: {{}}\npage_number: "{pattern}"\n', encoding="utf-8")
    with pytest.raises(LayoutError) as error:
        load_layout(str(folder))
    assert "style.yaml:2：页码的样子要有一处 {n}" in str(error.value)


def left_of(made: dict[str, bytes], text: str) -> dict[str, Any]:
    """Where a text begins: millimetres in PDF; the alignments of its paragraph and of its cell."""
    x = next(x for x, _, found in placed(suffix(made, ".pdf"), 0) if found.startswith(text))
    document = part(suffix(made, ".docx"), "word/document.xml")
    paragraph = next(one for one in re.findall(r"<w:p>.*?</w:p>", document) if f">{text}" in one)
    return {"pdf": round(x), "docx": re.findall(r'<w:jc w:val="(\w+)"/>', paragraph)}


def test_the_label_of_a_table_is_on_the_side_that_the_style_says(tmp_path: Path) -> None:
    layout = outline("id: 乙, table: 01-balance").replace("page: prose", "page: tables")
    right = left_of(files(tmp_path / "r", layout, "table: {label: right}\n"), "表")
    left = left_of(files(tmp_path / "l", layout, "table: {label: left}\n"), "表")
    assert (left["docx"], right["docx"]) == (["left"], [])
    assert left["pdf"] < 60 < 700 < right["pdf"]


def test_the_lines_of_a_cover_after_the_first_have_a_style_of_their_own(tmp_path: Path) -> None:
    usual = files(tmp_path / "u", COVER, "{}\n", text__x="一段。")
    own = files(tmp_path / "o", COVER, "text:\n  cover-line: {face: kai, size: 14, before: 20}\n", text__x="一段。")
    assert re.findall(r'w:val="(\w+)"', part(suffix(usual, ".docx"), "word/document.xml"))[:3].count("CoverLine") == 0
    assert part(suffix(own, ".docx"), "word/document.xml").count('<w:pStyle w:val="CoverLine"/>') == 2
    assert '<w:sz w:val="28"/>' in part(suffix(own, ".docx"), "word/styles.xml").split('w:styleId="CoverLine"')[1]
    first, second, third = sorted({round(y) for _, y, _ in placed(suffix(own, ".pdf"), 0)}, reverse=True)
    assert first - second > second - third > 20


def test_the_list_of_sheets_has_no_column_for_numbers_that_no_table_has(tmp_path: Path) -> None:
    table = "id: 乙, table: 01-balance"
    numbered = files(tmp_path / "n", outline(table), "{}\n")
    plain = files(tmp_path / "p", outline(table, more='table_lines: {label: ""}\n'), "{}\n")
    heads = [
        re.findall(r"<t[^>]*>([^<]*)</t>", part(suffix(made, ".xlsx"), "xl/worksheets/sheet1.xml"))[2:]
        for made in (numbered, plain)
    ]
    assert [row[:3] for row in heads] == [["表号", "表名", "单位"], ["表名", "单位", heads[1][2]]]
    assert '<hyperlink ref="A4"' in part(suffix(plain, ".xlsx"), "xl/worksheets/sheet1.xml")
