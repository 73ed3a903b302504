"""What an outline can say: numbers per block, words for all, titles of entries, chosen contents, tables in prose."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.core.errors import LayoutError
from reportgen.tree.nodes import Contents, Cover, Document, Table, plain
from tests.bad_input.sample import changed

from .small import HEAD, files_read_back, outline, prepared, said, table, written


def entries(document: Document, n: int = 0) -> list[str]:
    found = [block for block in document.blocks() if isinstance(block, Contents)]
    return [plain(entry.runs) for entry in found[n].entries]


NUMBERS = (
    HEAD
    + """\
numbering: {headings: ["第{zh}部分　", "{zh}、", "（{zh}）", "{n}."]}
outline:
  - page: prose
    numbering: {items: ["{n}、", "{n}、", "{n}、"]}
    blocks:
      - {id: 甲, level: 1, heading: 甲}
      - {id: 乙, level: 2, heading: 乙, text: x.j2, numbering: {items_continue: true, items: ["", "", "{n}．"]}}
      - {id: 丙, level: 2, heading: 丙, text: x.j2}
      - {id: 丁, level: 1, heading: 丁, number: none}
      - {id: 戊, level: 2, heading: 戊, text: y.j2, numbering: {headings: ["", "（{n}）"]}}
      - {id: 己, level: 1, heading: 己, text: y.j2, number: entry}
"""
)
ITEMS = "# 其一\n- 子\n- 丑\n# 其二\n- 寅\n"


def test_numbers_are_those_of_the_block_or_its_section(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", NUMBERS, text__x=ITEMS, text__y="文")
    assert said(prepared(folder).document) == [
        "第一部分　甲",
        "一、乙", "（一）其一", "1．子", "2．丑", "（二）其二", "3．寅",
        "二、丙", "（一）其一", "1、子", "2、丑", "（二）其二", "1、寅",
        "丁", "（1）戊", "文", "己", "文",
    ]  # fmt: skip
    files_read_back(folder)


def test_a_hand_edit_counts_items_as_their_block_does(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", NUMBERS, text__x=ITEMS, text__y="文")
    edit = {"overrides": [{"block": "乙/其一/1", "after": True, "role": "item", "runs": ["增"]}]}
    blocks = [block.id for block in prepared(folder).document.blocks()]
    edit["overrides"][0]["block"] = next(id for id in blocks if id.startswith("乙/") and id.count("/") == 2)
    texts = said(prepared(folder, changed({"/overrides": edit["overrides"]})).document)
    assert texts[1:8] == ["一、乙", "（一）其一", "1．子", "2．增", "3．丑", "（二）其二", "4．寅"]
    assert texts[-5:] == ["丁", "（1）戊", "文", "己", "文"]


CONTENTS = (
    HEAD
    + """\
outline:
  - page: contents
    contents: "{{ words.contents }}"
    depth: 2
    without: [乙]
  - page: contents
    contents: 表格目录
    only: [表]
  - page: cover
    cover: ["{{ words.department }}"]
  - page: prose
    blocks:
      - {id: 甲, level: 1, heading: "甲（详见表一）", entry: 甲}
      - {id: 乙, level: 2, heading: 乙, text: x.j2}
      - {id: 己, level: 1, heading: 己, number: entry}
      - {id: 表, level: 2, table: x, entry: "{{ words.department }}收入表"}
words: {department: 市级部门, contents: 目录}
"""
)
WORDS = """\
title: "{{ year }}年{{ words.department }}收入表"
note: 注：{{ words.department }}。
rows: [{row: ["{{ words.department }}", revenue.total]}]
columns: [{head: "{{ words.department }}", value: a}, {head: "{{ last_year }}年", value: b, align: right}]
"""


def test_contents_list_chosen_blocks_under_their_titles(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", CONTENTS, text__x="# 内\n文", tables__x=WORDS)
    document = prepared(folder).document
    assert entries(document) == ["一、甲", "二、己", "（一）市级部门收入表"]
    assert entries(document, 1) == ["（一）市级部门收入表"]
    assert [plain(block.lines[0]) for block in document.blocks() if isinstance(block, Cover)] == ["市级部门"]
    assert said(document)[0] == "一、甲（详见表一）"
    assert said(document)[-1] == "己"
    files_read_back(folder)


def test_words_are_said_in_titles_heads_rows_and_notes(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", CONTENTS, text__x="{{ words.department }}", tables__x=WORDS)
    document = prepared(folder).document
    (found,) = document.tables()
    assert plain(found.title) == "2023年市级部门收入表"
    assert [cell.text for cell in found.head[0].cells] == ["市级部门", "2022年"]
    assert found.body[0].cells[0].text == "市级部门"
    assert plain(found.notes[0].runs) == "注：市级部门。"
    assert "市级部门" in said(document)


def test_a_layout_changes_a_word_without_copying_a_table(tmp_path: Path) -> None:
    written(tmp_path / "base", CONTENTS, text__x="文", tables__x=WORDS)
    folder = written(tmp_path / "city", "title: 试\nextends: base\nwords: {department: 单位}\n")
    assert plain(prepared(folder).document.tables()[0].title) == "2023年单位收入表"


def test_a_misspelt_word_and_a_misspelt_block_are_named(tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as error:
        prepared(written(tmp_path / "a", CONTENTS, text__x="{{ words.departmnt }}", tables__x=WORDS))
    assert (str(error.value), error.value.values["near"]) == (
        "text/x.j2:1：没有名为“departmnt”的数据项（是否想写 department？）",
        "department",
    )
    with pytest.raises(LayoutError, match="layout.yaml:7：outline 里没有“乙乙”这一段".replace(".", r"\.")):
        prepared(written(tmp_path / "b", CONTENTS.replace("[乙]", "[乙乙]"), text__x="文", tables__x=WORDS))


IN_PROSE = """\
title: 构成
left: ""
rows: [{row: [收入, revenue.total, revenue.carry.total, revenue.this.total]}]
columns:
  - {head: 项目, value: a}
  - {head: 一, value: b, align: right}
  - {head: 二, value: c, align: right}
  - {head: 三, value: d, align: right}
"""
THREE = """\
title: 三栏
panels:
  - head: 收入
    columns: [{head: 项目, value: name}, {head: 数, value: total, align: right}]
    rows: revenue.sources
  - head: 支出（按功能）
    columns: [{head: 项目, value: name}, {head: 数, value: total, align: right}]
    rows: expenditure.classes
  - head: 支出（按用途）
    columns: [{head: 项目, value: label}, {head: 数, value: amount, align: right}]
    rows: [{row: [基本支出, expenditure.basic]}, {row: [项目支出, expenditure.project]}]
    foot: [{row: [合计, expenditure.total], role: total}]
"""


def test_tables_are_inside_prose_and_before_it(tmp_path: Path) -> None:
    layout = outline(
        "id: 表一, level: 1, table: three",
        "id: 甲, heading: 甲, text: x.j2",
        "id: 表二, table: x, number: none, new_page: false",
        "id: 续, text: y.j2",
        "id: 乙, heading: 乙, text: y.j2",
    )
    folder = written(
        tmp_path / "l", layout, text__x="- 前\n", text__y="- 后\n", tables__x=IN_PROSE, tables__three=THREE
    )
    document = prepared(folder).document
    order = [plain(b.title) if isinstance(b, Table) else plain(b.runs) for b in document.blocks()]  # type: ignore[union-attr]
    assert order == ["三栏", "二、甲", "1.前", "构成", "2.后", "三、乙", "1.后"]
    assert [len(row) for row in table(document)] == [6] * len(table(document))
    assert table(document)[-1][-2:] == ["合计", table(document)[-1][-1]]
    files_read_back(folder)


BASE_TABLE = """\
title: 支出表
rows: general_public.rows
total: {of: general_public}
columns:
  - {head: 编码, value: code}
  - {head: 名称, value: name}
  - head: 支出
    columns:
      - {head: 合计, value: total, align: right}
      - {head: 基本, value: basic, align: right}
"""
TABLE = "id: 甲, table: x"


def of_tables(tmp_path: Path, over: str, base: str = BASE_TABLE) -> Document:
    written(tmp_path / "base", outline(TABLE), tables__x=base, tables__y=base)
    return prepared(written(tmp_path / "city", "title: 试\nextends: base\n", tables__x=over)).document


def heads(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables()[0].head[:2]]


@pytest.mark.parametrize(
    ("over", "title", "expected"),
    [
        ("extends: x\ntitle: 别的\n", "别的", [["编码", "名称", "支出"], ["合计", "基本"]]),
        ("extends: y\nchange: {code: {head: 科目}, basic: null}\n", "支出表", [["科目", "名称", "支出"], ["合计"]]),
        ("extends: x\nchange: {编码: ~, total: ~, basic: ~}\ntotal: null\n", "支出表", [["名称"], ["**"]]),
        ("extends: x\nchange: {名称: {after: [{head: 项目, value: project, align: right}]}}\n", "支出表",
         [["编码", "名称", "项目", "支出"], ["合计", "基本"]]),
        ("extends: x\norder: [支出, name, basic]\n", "支出表", [["支出", "名称", "编码"], ["基本", "合计"]]),
        ("extends: x\nchange: {code: ~}\norder: [total, 支出]\n", "支出表", [["支出", "名称"], ["合计", "基本"]]),
        ("extends: x\nzero: '-'\ncolumns: [{head: 名, value: name}]\n", "支出表", [["名"], ["**"]]),
    ],
)  # fmt: skip
def test_a_table_extends_another_and_states_what_differs(
    over: str, title: str, expected: list[list[str]], tmp_path: Path
) -> None:
    document = of_tables(tmp_path, over)
    assert plain(document.tables()[0].title) == title
    assert heads(document) == expected


def test_a_row_written_down_is_changed_by_its_label(tmp_path: Path) -> None:
    base = "title: 表\npanels:\n  - columns: [{head: 甲, value: a}, {head: 乙, value: b}]\n    rows:\n" + "".join(
        f"      - {{row: [{name}, revenue.total]}}\n" for name in ("一", "二", "三")
    )
    over = "extends: x\nchange: {一: {row: [壹, revenue.carry.total]}, 二: null, 三: {role: total}}\n"
    assert table(of_tables(tmp_path, over, base)) == [["壹", "35.00"], ["三", "3001.10"]]


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ("extends: z\n", "city/tables/x.yaml:1：extends 的表格“z”不存在或绕回自身"),
        (
            "extends: x\nchange: {cod: {head: 科目}}\n",
            "city/tables/x.yaml:2：表格里没有“cod”这一栏或这一行（是否想写 code？）",
        ),
        ("extends: x\nchange: {code: {haed: 科目}}\n", "city/tables/x.yaml:2：没有“haed”这一项（是否想写 head？）"),
        ("extends: x\nchange: {code: 科目}\n", "city/tables/x.yaml:2：应为“名称: 值”的映射，读到 科目"),
        (
            "extends: x\norder: [nmae]\n",
            "city/tables/x.yaml:2：表格里没有“nmae”这一栏或这一行（是否想写 name？）",
        ),
        (
            "extends: x\norder: name\n",
            "city/tables/x.yaml:2：order 应为一列栏或行的名称，读到 name（如 order: [name, code]）",
        ),
        ("extends: x\nchange: []\n", "city/tables/x.yaml:2：应为“名称: 值”的映射，读到 列表（0 项）"),
        ("extends: x\ntitel: 甲\n", "city/tables/x.yaml:2：没有“titel”这一项（是否想写 title？）"),
    ],
)
def test_a_mistake_in_what_differs_is_named(over: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as error:
        of_tables(tmp_path, over)
    assert str(error.value).startswith(says)


def test_tables_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TABLE), tables__x="extends: y\n", tables__y="extends: x\n")
    with pytest.raises(LayoutError, match="不存在或绕回自身"):
        prepared(folder)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize(("new_page", "pages"), [("false", [["前", "构成", "后"]]), ("true", [["前"], ["构成", "后"]])])
def test_a_table_goes_on_below_prose_if_it_may(new_page: str, pages: list[list[str]], tmp_path: Path) -> None:
    blocks = ("id: 甲, heading: 甲, text: x.j2", f"id: 表, table: x, new_page: {new_page}", "id: 续, text: y.j2")
    folder = written(tmp_path / "l", outline(*blocks), text__x="前\n", text__y="后\n", tables__x=IN_PROSE)
    name, payload = next(item for item in files_read_back(folder).items() if item[0].endswith("pdf"))
    (tmp_path / name).write_bytes(payload)
    text = subprocess.run(["pdftotext", tmp_path / name, "-"], capture_output=True, check=True).stdout.decode()
    found = [[line for line in page.split("\n") if line in ("前", "构成", "后")] for page in text.split("\f")]
    assert found[:-1] == pages


def test_the_number_of_a_table_is_put_before_its_title(tmp_path: Path) -> None:
    blocks = [f"id: 表/{name}, level: 2, number: none, table: {name}" for name in ("05-general-public", "06-basic")]
    folder = written(tmp_path / "l", outline(*blocks, more='table_lines: {label: "", title: "表{n}："}\n'))
    document = prepared(folder).document
    titles = [plain(table.title) for table in document.tables()]
    assert titles == ["表1：2023年部门一般公共预算支出表", "表2：2023年部门一般公共预算基本支出表"]
    assert [plain(table.heading.runs) for table in document.tables()] == titles
    files_read_back(folder)
    with pytest.raises(LayoutError, match=r"layout\.yaml:3：编号“表\{x\}”"):
        prepared(written(folder, outline(*blocks, more='table_lines: {title: "表{x}"}\n')))


def with_contents(layout: str, chosen: str = "depth: 2") -> str:
    """A layout of one section with contents before it."""
    return layout.replace("outline:\n", f"outline:\n  - page: contents\n    contents: 目录\n    {chosen}\n")


def test_a_block_with_an_entry_alone_is_only_in_the_contents(tmp_path: Path) -> None:
    more = 'numbering: {headings: ["{zh}、", "{n}. ", "{n}.", "{n}."], items: ["{n}.", "{n}.", "{n}.", "{n}."]}\n'
    blocks = (
        "id: 前, level: 1, heading: 前, text: y.j2", 'id: 表, level: 1, entry: "{{ year }}年各表"',
        "id: 表/甲, level: 2, table: x", "id: 后, level: 1, heading: 后, text: y.j2",
    )  # fmt: skip
    folder = written(tmp_path / "l", with_contents(outline(*blocks, more=more)), tables__x=IN_PROSE, text__y="文")
    document = prepared(folder).document
    contents = next(block for block in document.blocks() if isinstance(block, Contents))
    lines = [(entry.level, plain(entry.runs)) for entry in contents.entries]
    assert lines == [(1, "一、前"), (1, "二、2023年各表"), (2, "1. 构成"), (1, "三、后")]
    assert [entry.target for entry in contents.entries] == ["前", "表/甲/heading", "表/甲/heading", "后"]
    assert len({entry.key for entry in contents.entries}) == 4
    assert "表" not in [block.id for block in document.blocks()]
    files_read_back(folder)


def test_the_contents_may_leave_out_a_block_with_an_entry_alone(tmp_path: Path) -> None:
    blocks = ("id: 甲, level: 1, entry: 甲", "id: 乙, level: 2, entry: 乙", "id: 丙, level: 1, heading: 丙, text: y.j2")
    chosen = {"without: [乙]": ["一、甲", "二、丙"], "only: [乙]": ["（一）乙"], "depth: 1": ["一、甲", "二、丙"]}
    for contents, lines in chosen.items():
        folder = written(tmp_path / contents[:4], with_contents(outline(*blocks), contents), text__y="文")
        listed = next(block for block in prepared(folder).document.blocks() if isinstance(block, Contents))
        assert [plain(entry.runs) for entry in listed.entries] == lines
