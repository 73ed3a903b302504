"""Rows of tables: codes that the document does not have, cells of every kind, records chosen, sorted and grouped."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.core.errors import LayoutError
from reportgen.facts import FactsByName
from reportgen.tracing import Tracer
from reportgen.tree.nodes import Table, plain

from .small import files_read_back, outline, prepared, said, table, written

TABLE = "id: 甲, table: x"
TEXT = "id: 甲, heading: 甲, text: x.j2"


def rows(folder: Path, spec: str) -> list[list[str]]:
    return table(prepared(written(folder, outline(TABLE), tables__x=spec)).document)


CODED = """\
title: 试
zero: "0.00"
rows:
  - {row: [国防, expenditure.203.total, expenditure.203.project]}
  - {row: [会议费, basic.30215.total, ""]}
  - {row: [一般公共服务, expenditure.201.total, general_public.2080505.total]}
columns:
  - {head: 项目, value: name}
  - {head: 一, value: a, align: right}
  - {head: 二, value: b, align: right}
"""


def test_a_code_of_the_book_that_the_document_does_not_have_is_zero(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TABLE), tables__x=CODED)
    ready = prepared(folder)
    assert table(ready.document)[:1] == [["国防", "0.00", "0.00"]]
    assert table(ready.document)[2][1] != "0.00"
    sources = Tracer(ready.facts, ready.document).of_figure("0.00")
    assert {source.fact.name for source in sources} >= {"expenditure.203.total", "expenditure.203.project"}
    files_read_back(folder)


def test_a_code_that_no_book_has_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"tables/x.yaml:4：没有名为“expenditure.999.total”的数据项"):
        rows(tmp_path / "l", CODED.replace("expenditure.203.total", "expenditure.999.total"))


def test_a_template_quotes_codes_with_and_without_quotation_marks(tmp_path: Path) -> None:
    template = "{{ expenditure.203.total }}{{ expenditure['203'].name }}{% if not expenditure.203.total %}无{% endif %}"
    folder = written(tmp_path / "l", outline(TEXT), text__x=template)
    assert said(prepared(folder).document)[1] == "0.00万元国防支出无"


ALL_CLASSES = """\
title: 试
rows: expenditure.all_classes
columns:
  - {head: 项目, value: name, numbered: "{zh}、"}
  - {head: 预算数, value: total, align: right}
"""


def test_all_classes_of_the_book_are_numbered_rows(tmp_path: Path) -> None:
    found = rows(tmp_path / "l", ALL_CLASSES)
    assert len(found) == 30
    assert found[:3] == [["一、一般公共服务支出", found[0][1]], ["二、外交支出", ""], ["三、国防支出", ""]]
    assert found[0][1]
    assert found[-1] == ["三十、抗疫特别国债安排的支出", ""]


CELLS = """\
title: 试
rows:
  - {row: ["一、{{ department.name }}", revenue.total, {text: "占{{ revenue.general_public.share }}"}, ""]}
  - {row: ["二、其他", {fact: revenue.total, decimals: 0, grouped: true}, {text: —}, {text: "", align: left}]}
columns:
  - {head: 项目, value: a}
  - {head: 二, value: b, align: right}
  - {head: 三, value: c}
  - {head: 四, value: d}
"""


def test_cells_are_figures_texts_templates_or_blank(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TABLE), tables__x=CELLS)
    assert table(prepared(folder).document) == [
        ["一、青溪市财政局", "3001.10", "占92.5%", ""],
        ["二、其他", "3,001", "—", ""],
    ]
    files_read_back(folder)


PARTS = """\
title: 试
rows: general_public.rows
where: {level: [1, 3], code: ["201", "2010601"]}
columns:
  - {head: 类, value: code, part: class}
  - {head: 款, value: code, part: section}
  - {head: 项, value: code, part: item}
  - {head: 名称, text: "{{ row.class_name | stem }}：{{ row.name }}", numbered: "{n}."}
  - {head: 合计, value: total, align: right, width: 20}
"""


def test_a_code_is_printed_in_three_columns_and_a_cell_is_a_template(tmp_path: Path) -> None:
    found = rows(tmp_path / "l", PARTS)
    assert [row[:4] for row in found] == [
        ["201", "", "", "1.一般公共服务：一般公共服务支出"],
        ["201", "06", "01", "2.一般公共服务：行政运行"],
    ]


PROJECTS = """\
title: 试
rows: projects.rows
{more}
total: {{of: projects, at: last}}
columns:
  - {{head: 项目, value: name, width: 20}}
  - {{head: 单位, value: unit, width: 20}}
  - {{head: 合计, value: total, align: right, width: 20}}
"""


def amounts(found: list[list[str]]) -> list[float]:
    return [float(row[2] or 0) for row in found]


def test_records_are_chosen_and_sorted(tmp_path: Path) -> None:
    every = rows(tmp_path / "a", PROJECTS.format(more=""))
    largest = rows(tmp_path / "b", PROJECTS.format(more="sort_by: [-total]"))
    assert amounts(largest)[:-1] == sorted(amounts(every)[:-1], reverse=True)
    assert largest[-1] == every[-1]
    unit = every[0][1]
    own = rows(tmp_path / "c", PROJECTS.format(more=f"where: {{unit: {unit}, total: nonzero}}"))
    assert {row[1] for row in own[:-1]} == {unit}
    others = rows(tmp_path / "d", PROJECTS.format(more=f"where_not: {{unit: {unit}}}"))
    assert len(own) + len(others) == len(every) + 1


def test_records_are_grouped_with_sums_that_are_figures(tmp_path: Path) -> None:
    more = 'group_by: {by: unit, column: name, label: "{{ group.name }}小计"}'
    folder = written(tmp_path / "l", outline(TABLE), tables__x=PROJECTS.format(more=more))
    ready = prepared(folder)
    found = table(ready.document)
    every = rows(tmp_path / "a", PROJECTS.format(more=""))
    subtotals = [row for row in found if row[0].endswith("小计")]
    assert len(subtotals) == len({row[1] for row in every[:-1]}) > 1
    assert sum(amounts(subtotals)) == pytest.approx(amounts(every)[-1])
    assert found[0] == [f"{every[0][1]}小计", "", subtotals[0][2]]
    files_read_back(folder)
    sources = Tracer(ready.facts, ready.document).of_figure(subtotals[0][2])
    assert any(source.cells and source.fact.value for source in sources)


NESTED = """\
title: 试
rows: expenditure.items
total: {of: expenditure, column: 类款}
group_by: [{by: class_name, column: 类款}, {by: section_name, column: 类款}]
columns:
  - {head: 类款, width: 20}
  - {head: 项, value: name, width: 20}
  - {head: 合计, value: total, align: right, width: 20}
"""


def test_groups_are_within_groups_and_labels_are_in_a_column_of_their_own(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TABLE), tables__x=NESTED)
    ready = prepared(folder)
    total, first, second, item = table(ready.document)[:4]
    assert (total[0], first[0], second[0], item[:2]) == ("合计", "一般公共服务支出", "财政事务", ["", "行政运行"])
    items, classes = ready.facts.expenditure.items, ready.facts.expenditure.classes
    sections = {(row.class_name, row.section_name) for row in items}
    assert len(table(ready.document)) == 1 + len(classes) + len(sections) + len(items)
    assert first[2] == f"{classes[0].total.value / 10000:.2f}"
    ids = [row.id for row in next(b for b in ready.document.blocks() if isinstance(b, Table)).body]
    assert len(ids) == len(set(ids))
    files_read_back(folder)


@pytest.mark.parametrize("wrong", ["group_by: {by: unit, column: nmae}", "total: {of: projects, column: nmae}"])
def test_a_label_in_no_column_is_a_mistake(wrong: str, tmp_path: Path) -> None:
    spec = PROJECTS.format(more="").replace("total: {of: projects, at: last}", wrong)
    with pytest.raises(LayoutError, match="没有名为“nmae”的栏目"):
        rows(tmp_path / "l", spec)


def test_a_number_of_a_column_may_be_blank(tmp_path: Path) -> None:
    spec = (
        PROJECTS.format(more="")
        .replace("value: name,", 'value: name, number: "",')
        .replace("value: unit,", "value: unit, number: 栏次,")
    )
    document = prepared(written(tmp_path / "l", outline(TABLE), tables__x=spec)).document
    head = next(block for block in document.blocks() if isinstance(block, Table)).head
    assert [plain(cell.runs) for cell in head[-1].cells] == ["", "栏次", "1"]


@pytest.mark.parametrize("more", ["where: {untit: 甲}", "sort_by: [-totl]", "group_by: {by: untit, column: name}"])
def test_a_misspelt_value_is_named_with_its_line(more: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"tables/x.yaml:\d：没有名为“(untit|totl)”的数据项"):
        rows(tmp_path / "l", PROJECTS.format(more=more))


FOOT = """\
title: 试
rows: performance.rows
where: {role: item}
columns:
  - {head: 项目, value: name, merge: group}
  - {head: 指标, value: annual.level3}
  - {head: 金额, value: amount, align: right, merge: group}
foot:
  - {row: [支出总计, "", expenditure.total], role: total}
"""


def test_rows_at_the_foot_follow_merged_cells(tmp_path: Path) -> None:
    found = rows(tmp_path / "l", FOOT)
    assert [len(row) for row in found] == [3, 1, 1, 1, 3]
    assert (found[-1][0], found[-1][2] != "") == ("支出总计", True)
    files_read_back(tmp_path / "l")


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{% for row in general_public.rows if row.code == '2010601' %}{{ row.name }}{% endfor %}", "行政运行"),
        ("{% for row in general_public.rows if row.code in ('201', '2010601') %}{{ row.name }}{% endfor %}",
         "一般公共服务支出行政运行"),
        ("{% for row in general_public.rows | where('level', 1) | sort_by('-code') %}{{ row.name | stem }}{% endfor %}",
         "住房保障卫生健康社会保障和就业教育一般公共服务"),
        ("{% for group in projects.rows | group_by('unit') %}{{ group.name }}{{ group.total }}；{% endfor %}", ""),
        ("{{ '空' if not (projects.rows | where('name', '无')) }}", "空"),
        ("{{ (general_public.rows | where_not('level', 2, 3) | sort_by('total') | last).name }}", "一般公共服务支出"),
    ],
)  # fmt: skip
def test_templates_compare_choose_sort_and_group(template: str, expected: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TEXT), text__x=template)
    text = said(prepared(folder).document)[1]
    assert text == (expected or text)
    assert text


@pytest.mark.parametrize("name", ["where('totl')", "sort_by('-totl')", "group_by('totl')"])
def test_a_misspelt_value_in_a_filter_is_named(name: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TEXT), text__x=f"甲\n{{{{ general_public.rows | {name} | length }}}}")
    with pytest.raises(LayoutError) as error:
        prepared(folder)
    assert "text/x.j2:2：没有名为“totl”的数据项" in str(error.value)
    assert error.value.values["near"] == "total"


def test_computed_facts_are_found_by_their_names(tmp_path: Path) -> None:
    ready = prepared(written(tmp_path / "l", outline(TABLE), tables__x=CODED))
    facts = FactsByName(ready.facts)
    both = facts["sum(basic.total, general_public.project)"]
    assert both.value == ready.facts.basic.total.value + ready.facts.general_public.project.value
    share = facts["share(sum(basic.total, general_public.project), expenditure.total)"]
    assert share.value == 100 * both.value / ready.facts.expenditure.total.value
    assert "share(basic.total, nothing)" not in facts
    assert "expenditure.rows" not in facts
