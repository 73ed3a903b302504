"""Forms of final accounts that cities have: each is a layout's choice, made by a folder that extends the national form.

全年预算数 as the base; “三公” in blocks, in pairs and as two rows; 公开07表 to 公开09表 in another order; basic
expenditure in two panels or three; 行次 or none; charts of two years; narrow tables on upright pages.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.budget.json_input import parse_json
from reportgen.budget.terms import FISCAL_FUNDS
from reportgen.pipeline.in_memory import Prepared, prepare, render
from reportgen.pipeline.layout_check import layout_mistakes
from reportgen.tree.nodes import Chart, Document, Paragraph, Table, plain

from .golden import sample

HEAD = "title: 某地的部门决算\nextends: final-accounts\n"
OUTLINE = """\
outline:
  - page: {page}
    blocks:
{blocks}"""
CHART = """\
kind: grouped-bar
caption: 收、支决算总计变动情况
rows:
  - {row: [收入总计, revenue.total, revenue.change.execution.base]}
series: [{head: "{{ year }}年度"}, {head: "{{ last_year }}年度"}]
"""
TWO_ROWS = """\
title: 财政拨款“三公”经费支出决算表
columns:
  - {head: 项目, value: name}
  - {head: 合计, value: a, align: right}
  - {head: 公务接待费, value: b, align: right}
rows:
  - {row: [{text: 预算数}, three_public.budgeted.initial.total, three_public.budgeted.initial.reception]}
  - {row: [{text: 决算数}, three_public.total, three_public.reception]}
"""
PANELS = """\
extends: 06-basic
panels:
  - columns: &columns
      - {head: 科目编码, value: code}
      - {head: 科目名称, value: name}
      - {head: 决算数, value: total, align: right}
    rows: basic.all_rows
    where: {class_code: ["301", "303"]}
    foot: [{row: ["", {text: 人员经费合计}, basic.personnel], role: total}]
  - columns: *columns
    rows: basic.all_rows
    where: {class_code: ["302", "310"]}
    foot: [{row: ["", {text: 公用经费合计}, basic.operating], role: total}]
"""


def layout(folder: Path, more: str = "", **files: str) -> Path:
    """A folder with a layout that differs from the national form in ``more`` and in files (``tables__x``)."""
    folder.mkdir(parents=True)
    (folder / "layout.yaml").write_text(HEAD + more, encoding="utf-8")
    for name, content in files.items():
        kind, _, rest = name.partition("__")
        path = folder / kind / f"{rest.replace('_', '-')}.{'j2' if kind == 'text' else 'yaml'}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def outline(*blocks: str, page: str = "tables") -> str:
    return OUTLINE.format(page=page, blocks="".join(f"      - {{{block}}}\n" for block in blocks))


def made(folder: Path) -> Prepared:
    assert [str(mistake) for mistake in layout_mistakes(str(folder))] == []
    return prepare(sample("final-accounts"), str(folder))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks() if isinstance(block, Table)]


def heads(table: Table) -> list[str]:
    return [cell.text for row in table.head for cell in row.cells if cell.text]


@pytest.mark.parametrize(
    ("form", "rate"), [("final-accounts", "完成全年预算的"), ("final-accounts-shanghai", "完成全年预算数的")]
)
def test_each_item_is_held_against_the_budget_of_the_whole_year(form: str, rate: str, tmp_path: Path) -> None:
    """One setting says which budget, for the sentences and for the rules that ask for the reason."""
    folder = tmp_path / "l"
    folder.mkdir()
    text = f"title: 某区的部门决算\nextends: {form}\nprinting: {{completed_against: adjusted}}\n"
    (folder / "layout.yaml").write_text(text, encoding="utf-8")
    assert [str(mistake) for mistake in layout_mistakes(str(folder))] == []
    of_whole_year, initial = (
        [plain(block.runs) for block in prepared.document.blocks() if isinstance(block, Paragraph)]
        for prepared in (
            prepare(sample("final-accounts-shanghai"), str(folder)), prepare(sample("final-accounts-shanghai"), form)
        )
    )  # fmt: skip
    assert any("全年预算为" in text and rate in text for text in of_whole_year)
    assert not any("完成年初预算的" in text for text in of_whole_year)
    assert not any("全年预算" in text for text in initial)
    assert sum("年初预算为" in text for text in initial) > 5


def test_items_are_listed_by_the_budget_that_the_layout_compares_with(tmp_path: Path) -> None:
    """What has only 全年预算 is named where that is compared, what has only 年初预算 where that is."""
    document = parse_json(sample("final-accounts").read_bytes())
    for fund, codes in (
        ("一般公共预算", ("2010650", "2010606")), ("政府性基金预算", ("2120803", "2120804")),
        ("国有资本经营预算", ("2230101", "2230102")),
    ):  # fmt: skip
        for code, initial, adjusted in ((codes[0], 0, 50000), (codes[1], 60000, 0)):
            budgeted = {"initial": initial, "adjusted": adjusted, "reason": "项目没有实施"}
            document["expenditure"].append({"function": code, "fund": fund, "project": 0, "budgeted": budgeted})
    for kind, name, given, other in (("adjusted", "全年", "5.00", "6.00"), ("initial", "年初", "6.00", "5.00")):
        form = layout(tmp_path / kind, f"printing: {{completed_against: {kind}}}\n")
        blocks = prepare(document, str(form)).document.blocks()
        text = "".join(plain(block.runs) for block in blocks if isinstance(block, Paragraph))
        assert text.count(f"{name}预算为{given}万元，支出决算为0.00万元，") == len(FISCAL_FUNDS)
        assert f"预算为{other}万元，支出决算为0.00万元" not in text
        assert "预算为0.00万元，支出决算为0.00万元" not in text


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (("systems",), "情况如下：本部门建立了预算编制有目标、预算执行有监控的预算绩效管理工作机制；全过程"),
        (("mechanism",), "情况如下：本部门建立了如下预算绩效管理制度：《青溪市市级预算绩效管理办法》、"),
        (("systems", "mechanism"), "情况如下：全过程绩效管理实施情况：编报"),
    ],
)
def test_evaluation_without_systems_or_mechanism_says_neither(left_out: tuple[str, ...], said: str) -> None:
    document = parse_json(sample("final-accounts").read_bytes())
    for name in left_out:
        del document["evaluation"][name]
    blocks = prepare(document).document.blocks()
    text = "".join(plain(block.runs) for block in blocks if isinstance(block, Paragraph))
    assert said in text
    assert not re.search("[，：；、][，；、]|、；", text)


def test_three_public_is_in_blocks_in_pairs_or_in_two_rows(tmp_path: Path) -> None:
    blocks = next(one for one in tables(prepare(sample("final-accounts")).document) if "三公" in plain(one.title))
    pairs = next(
        one for one in tables(prepare(sample("final-accounts-shanghai")).document) if "三公" in plain(one.title)
    )
    assert heads(blocks).count("预算数") == 1
    assert heads(pairs).count("预算数") == 6
    more = outline("id: 三公, table: 09-three-public")
    (rows,) = tables(made(layout(tmp_path / "l", more, tables__09_three_public=TWO_ROWS)).document)
    assert [row.cells[0].text for row in rows.body] == ["预算数", "决算数"]


def test_the_numbers_follow_the_order_of_the_outline(tmp_path: Path) -> None:
    """公开07表 is “三公” in one city and 政府性基金 in another."""
    names = ("09-three-public", "07-government-fund", "08-state-capital")
    first = outline(*(f"id: 表{n}, table: {name}" for n, name in enumerate(names)))
    document = made(layout(tmp_path / "l", first)).document
    assert [table.label for table in tables(document)] == ["公开01表", "公开02表", "公开03表"]
    assert "三公" in plain(tables(document)[0].title)


def test_basic_expenditure_has_two_panels_or_three(tmp_path: Path) -> None:
    three = next(one for one in tables(prepare(sample("final-accounts")).document) if "基本支出" in plain(one.title))
    assert heads(three).count("科目编码") == 3
    more = outline("id: 基本, table: 06-basic")
    (two,) = tables(made(layout(tmp_path / "l", more, tables__06_basic=PANELS)).document)
    assert heads(two).count("科目编码") == 2


def test_a_form_without_line_numbers(tmp_path: Path) -> None:
    more = "tables: {numbers: false}\n" + outline("id: 收支, table: 01-balance", "id: 收入, table: 02-revenue")
    document = made(layout(tmp_path / "l", more)).document
    assert not any("栏次" in cell.text for table in tables(document) for row in table.head for cell in row.cells)


def test_an_empty_table_keeps_its_form_and_its_note(tmp_path: Path) -> None:
    document = prepare(sample("final-accounts-shanghai")).document
    empty = next(one for one in tables(document) if "政府性基金" in plain(one.title))
    assert any("故本表无数据" in plain(note.runs) for note in empty.notes)
    assert heads(empty)


def test_a_chart_of_two_years_and_an_upright_page(tmp_path: Path) -> None:
    more = outline("id: 收支, table: 01-balance", "id: 图, chart: balance", page="tables-upright")
    folder = layout(tmp_path / "l", more, charts__balance=CHART)
    prepared = made(folder)
    (chart,) = [block for block in prepared.document.blocks() if isinstance(block, Chart)]
    assert [plain(one.name) for one in chart.series] == ["2023年度", "2022年度"]
    assert [figure.text for one in chart.series for figure in one.figures if figure] == ["3042.17", "2895.00"]
    assert [section.page for section in prepared.document.sections] == ["tables-upright"]
    report = render(sample("final-accounts"), ("docx", "pdf", "xlsx"), str(folder))
    assert [finding for finding in report.findings if finding.code.startswith("RB")] == []
