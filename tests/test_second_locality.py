"""A second locality in a folder of its own, with YAML and templates only.

Another title, another order, a table with other columns, 增幅 and 减幅 for 增长 and 下降, 元 for 万元 in one table. All
three formats come out, by the library and by the command line; what the folder does not say stays as it was.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import reportgen
from reportgen.compose import compose
from reportgen.core.paths import shipped
from reportgen.facts import FactGroup
from reportgen.layout.load import load_layout
from reportgen.tree.nodes import Contents, Cover, Document, Figure, Heading, Paragraph, Table, plain
from tests.writers.docx_reading import TOP_ROWS, W, text_of
from tests.writers.xlsx_reading import MASTHEAD

LAYOUT = """\
title: 第二地的部门预算公开（表在前，说明在后）
extends: zhejiang

document:
  title: "{{ year }}年度{{ department.name }}部门预算公开"

outline:
  - page: cover
    cover: ["{{ year }}年度", "{{ department.name }}", 部门预算公开]
  - page: contents
    contents: 目　录
  - page: tables
    blocks:
      - {id: 预算表, level: 1, heading: "{{ year }}年度部门预算表"}
      - {id: 表/三公, level: 2, table: 07-three-public}
      - {id: 表/一般公共预算, level: 2, table: 05-general-public}
      - {id: 表/收支, level: 2, table: 01-balance}
  - page: prose
    blocks:
      - {id: 说明, level: 1, heading: "{{ year }}年度部门预算情况说明"}
      - {id: 三公, level: 2, heading: “三公”经费情况, text: three-public.j2}
      - {id: 收入, level: 2, heading: 收入预算情况, text: revenue.j2}
      - {id: 支出, level: 2, heading: 支出预算情况, text: expenditure.j2}
      - {id: 一般公共预算, level: 2, heading: 一般公共预算拨款情况, text: general-public.j2}
"""

GENERAL_PUBLIC = """\
title: "{{ year }}年一般公共预算支出情况表"
rows: general_public.rows
total: {of: general_public, at: last, label: 总 计}
columns:
  - {head: 功能科目名称, value: name, width: 40, indent: true}
  - {head: 编码, value: code, width: 15, align: center}
  - {head: 基本支出, value: basic, width: 15, align: right}
  - {head: 项目支出, value: project, width: 15, align: right}
  - {head: 支出合计, value: total, width: 15, align: right}
"""

PHRASES = (("增长{{", "增幅{{"), ("下降{{", "减幅{{"))
"""The whole file of phrases is the locality's own, copied and changed in these words."""


def make_locality(folder: Path) -> Path:
    (folder / "tables").mkdir(parents=True)
    (folder / "text").mkdir()
    (folder / "layout.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "tables" / "05-general-public.yaml").write_text(GENERAL_PUBLIC, encoding="utf-8")
    extended = shipped("layouts") / "zhejiang"
    three_public = (extended / "tables" / "07-three-public.yaml").read_text(encoding="utf-8")
    in_yuan = f"{three_public}unit: 元\ngrouped: true\n"
    (folder / "tables" / "07-three-public.yaml").write_text(in_yuan, encoding="utf-8")
    phrases = (extended / "text" / "phrases.j2").read_text(encoding="utf-8")
    for old, new in PHRASES:
        assert old in phrases
        phrases = phrases.replace(old, new)
    (folder / "text" / "phrases.j2").write_text(phrases, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def locality(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_locality(tmp_path_factory.mktemp("localities") / "second")


@pytest.fixture(scope="module")
def ours(facts: FactGroup, locality: Path) -> Document:
    return compose(facts, load_layout(str(locality)))


@pytest.fixture(scope="module")
def files(locality: Path, seed_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    report = reportgen.build(seed_file, tmp_path_factory.mktemp("second"), layout=str(locality))
    assert report.publishable
    return {path.suffix[1:]: path for path in report.files}


def blocks(document: Document) -> list[Any]:
    return list(document.blocks())


def by_id(document: Document, id: str) -> Any:
    return next(block for block in blocks(document) if block.id == id)


def sentences(document: Document, *sections: str) -> dict[str, str]:
    prose = [b for b in blocks(document) if isinstance(b, Paragraph | Heading) and b.id.split("/")[0] in sections]
    return {block.id: plain(block.runs) for block in prose}


# The folder.


def test_the_locality_is_yaml_and_templates_only(locality: Path) -> None:
    found = {path.relative_to(locality).as_posix() for path in locality.rglob("*") if path.is_file()}
    assert found == {"layout.yaml", "tables/05-general-public.yaml", "tables/07-three-public.yaml", "text/phrases.j2"}


# The tree.


def test_the_title_follows_the_other_pattern(ours: Document) -> None:
    assert ours.title == "2023年度绍兴市人力资源和社会保障局部门预算公开"
    cover = next(block for block in blocks(ours) if isinstance(block, Cover))
    assert [plain(line) for line in cover.lines] == ["2023年度", "绍兴市人力资源和社会保障局", "部门预算公开"]


def test_the_sections_stand_in_the_other_order(ours: Document, document: Document) -> None:
    assert [section.page for section in document.sections] == ["cover", "contents", "prose", "tables"]
    assert [section.page for section in ours.sections] == ["cover", "contents", "tables", "prose"]
    contents = next(block for block in blocks(ours) if isinstance(block, Contents))
    assert [plain(entry.runs) for entry in contents.entries] == [
        "一、2023年度部门预算表",
        "（一）2023年部门一般公共预算“三公”经费支出表",
        "（二）2023年一般公共预算支出情况表",
        "（三）2023年部门收支预算总表",
        "二、2023年度部门预算情况说明",
        "（一）“三公”经费情况",
        "（二）收入预算情况",
        "（三）支出预算情况",
        "（四）一般公共预算拨款情况",
    ]
    assert [table.label for table in ours.tables()] == ["表01", "表02", "表03"]


def test_the_table_has_the_other_columns_with_the_same_figures(ours: Document, document: Document) -> None:
    table: Table = by_id(ours, "表/一般公共预算")
    assert [cell.text for cell in table.head[0].cells] == ["功能科目名称", "编码", "基本支出", "项目支出", "支出合计"]
    rows = [[cell.text for cell in row.cells] for row in table.body]
    theirs = [[cell.text for cell in row.cells] for row in by_id(document, "表/一般公共预算").body]
    code, name, total, basic, _, _, project = range(7)
    expected = [[row[n] for n in (name, code, basic, project, total)] for row in theirs]
    expected[0][0] = "总 计"
    assert rows == [*expected[1:], expected[0]]
    assert rows[-1] == ["总 计", "", "4986.63", "12647.00", "17633.63"]


def test_rates_are_said_in_the_other_words(ours: Document, document: Document) -> None:
    sections = ("三公", "收入", "支出", "一般公共预算")
    said, theirs = sentences(ours, *sections), sentences(document, *sections)
    assert said["收入/规模"].split("，")[1:3] == ["比上年执行数减少1017.96万元", "减幅5.5%"]
    bodies = {id for id in theirs if "/" in id and id in said}
    swap = {id: re.sub("下降(?=[0-9])", "减幅", re.sub("增长(?=[0-9])", "增幅", theirs[id])) for id in bodies}
    assert {id: said[id] for id in bodies} == swap
    assert sum("减幅" in text for text in said.values()) >= 5
    assert len(bodies) > 30


def test_one_table_is_in_yuan(ours: Document, document: Document) -> None:
    table, theirs = by_id(ours, "表/三公"), by_id(document, "表/三公")
    assert plain(table.right) == "单位：元"
    assert [plain(by_id(ours, id).right) for id in ("表/收支", "表/一般公共预算")] == ["单位：万元"] * 2
    total = [cell.text for cell in table.body[0].cells]
    assert total == ["合计", "84,600.00", "", "22,500.00", "", "22,500.00", "62,100.00"]
    for row, other in zip(table.body, theirs.body, strict=True):
        for cell, like in zip(row.cells, other.cells, strict=True):
            ours_, theirs_ = figure(cell), figure(like)
            assert (ours_ is None) == (theirs_ is None)
            if ours_ and theirs_:
                assert (ours_.value, ours_.unit, ours_.fact) == (theirs_.value * 10000, "元", theirs_.fact)


def figure(cell: Any) -> Figure | None:
    return next((run for run in cell.runs if isinstance(run, Figure)), None)


def test_what_the_locality_does_not_say_stays(ours: Document, document: Document) -> None:
    table, theirs = by_id(ours, "表/收支"), by_id(document, "表/收支")
    assert (table.head, table.body, table.columns) == (theirs.head, theirs.body, theirs.columns)
    assert (ours.author, ours.subject) == (document.author, document.subject)


# The files.


def test_all_three_formats_come_out_under_the_other_title(files: dict[str, Path]) -> None:
    names = {f"2023年度绍兴市人力资源和社会保障局部门预算公开.{suffix}" for suffix in ("docx", "pdf", "xlsx")}
    assert {path.name for path in files.values()} == names


def test_the_docx_says_it(files: dict[str, Path], ours: Document) -> None:
    word = docx.Document(str(files["docx"]))
    assert word.core_properties.title == ours.title
    texts = [text_of(p) for p in word.element.body.iter(f"{W}p")]
    body = texts[texts.index("（四）一般公共预算拨款情况") + 1 :]  # after the contents
    assert body.index("表01") < body.index("表03") < body.index("二、2023年度部门预算情况说明")
    assert any("减少1017.96万元，减幅5.5%" in text for text in texts)
    assert not any(re.search("(增长|下降)[0-9]", text) for text in texts)
    three_public, general_public, _ = word.tables
    assert "单位：元" in cells_of(three_public, 2)
    assert [text for text in cells_of(three_public, TOP_ROWS + 3) if text] == [
        "合计", "84,600.00", "22,500.00", "22,500.00", "62,100.00",
    ]  # fmt: skip
    assert cells_of(general_public, TOP_ROWS) == ["功能科目名称", "编码", "基本支出", "项目支出", "支出合计"]
    assert cells_of(general_public, -1) == ["总 计", "", "4986.63", "12647.00", "17633.63"]


def cells_of(table: Any, row: int) -> list[str]:
    return [text_of(tc) for tc in list(table._tbl.iter(f"{W}tr"))[row].iter(f"{W}tc")]


def test_the_xlsx_says_it(files: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(files["xlsx"])
    assert len(book.worksheets) == 4
    three_public, general_public, _ = book.worksheets[1:]
    assert "单位：元" in said_in(three_public, MASTHEAD)
    total = [cell for cell in three_public[MASTHEAD + 4] if cell.value is not None]
    assert [cell.value for cell in total] == ["合计", 84600, 22500, 22500, 62100]
    assert {cell.number_format.split(";")[0] for cell in total[1:]} == {"#,##0.00_ "}
    assert said_in(general_public, MASTHEAD + 1) == ["功能科目名称", "编码", "基本支出", "项目支出", "支出合计"]
    assert said_in(general_public, general_public.max_row) == ["总 计", 4986.63, 12647, 17633.63]


def said_in(sheet: Any, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row] if cell.value is not None]


def test_the_pdf_says_it(files: dict[str, Path]) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    run = subprocess.run(["pdftotext", "-layout", str(files["pdf"]), "-"], capture_output=True, check=True)
    pages = [re.sub(r"\s+", "", page) for page in run.stdout.decode("utf-8").split("\f")]
    assert pages[0] == "2023年度绍兴市人力资源和社会保障局部门预算公开"
    text = "".join(pages[2:])
    assert text.index("表01") < text.index("表02") < text.index("表03") < text.index("二、2023年度部门预算情况说明")
    assert "合计84,600.0022,500.0022,500.0062,100.00" in text
    assert "单位：元" in text
    assert "功能科目名称编码基本支出项目支出支出合计" in text
    assert "总计4986.6312647.0017633.63" in text
    assert "减少1017.96万元，减幅5.5%" in text
    assert not re.search("(增长|下降)[0-9]", text)


def test_the_command_line_makes_the_same_files(
    files: dict[str, Path], locality: Path, seed_file: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "reportgen", "build", str(seed_file), "-o", "out", "--layout", str(locality)]
    root = Path(reportgen.__file__).parent.parent
    subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(root)}, check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.suffix != ".json"}
    assert made == {path.name: path.read_bytes() for path in files.values()}
