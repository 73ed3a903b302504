"""The city's “三公” summary: wording, figures, what it adds up, when it is made, what it never overwrites."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportgen.bulk import BulkOptions, Job, Outcome, Summary, run
from reportgen.bulk.executors.build_job import build_job
from reportgen.compose import compose
from reportgen.core.finding import Finding, Severity
from reportgen.core.paths import shipped
from reportgen.facts.city import City, CityDepartment, city_facts
from reportgen.layout.load import BASE, city_layout, load_layout
from reportgen.manifest.state import file_name, parse, unpacked
from reportgen.pipeline import output_files
from reportgen.tree.nodes import Document, plain
from tests.bulk.departments import department, put, put_many, refused

TITLE = "2023年本级“三公”经费预算汇总"
OTHERS = (
    "单位：万元,,,,\n部门,因公出国（境）费,公务用车购置费,公务用车运行维护费,公务接待费\n青溪市人大办,1.5,0,2.5,0.35\n"
)
ITEMS = ("overseas", "vehicle_purchase", "vehicle_operation", "reception")


def items(*amounts: str) -> dict[str, Decimal]:
    """Amounts in 元, in the order of :data:`ITEMS`."""
    return dict(zip(ITEMS, map(Decimal, amounts), strict=True))


def composed(*departments: CityDepartment, gone: Any = None, reasons: Any = None) -> Document:
    layout = city_layout(load_layout("zhejiang"))
    return compose(city_facts(City(2023, departments, gone, reasons or {}), layout.printing), layout)


def lines(document: Document) -> list[str]:
    return [plain(block.runs) for block in document.prose()]


def cells(document: Document) -> list[list[str]]:
    (table,) = document.tables()
    return [[cell.text for cell in row.cells] for row in table.body]


def test_what_it_says_and_what_its_table_holds() -> None:
    document = composed(
        CityDepartment("甲局", items("12000", "180000", "76500", "38600"), items("12000", "0", "80000", "45000")),
        CityDepartment("乙局", items("0", "0", "30000", "4900"), {}),
        CityDepartment("丙办", items("0", "0", "0", "1500"), items("0", "0", "0", "1000"), typed=True),
        gone=items("0", "0", "20000", "0"),
        reasons={"vehicle_purchase": "更新报废车辆", "overseas": "不印：没有增减"},
    )
    assert document.title == document.slug == TITLE
    assert lines(document)[:-2] == [
        "一、2023年本级“三公”经费预算汇总情况说明",
        "本汇总包括本级3个部门（含下属单位）2023年用一般公共预算财政拨款安排的“三公”经费预算，其中1个部门的数字另行报送。",
        "2023年本级“三公”经费预算数为34.35万元，比上年预算数增加18.55万元，增长117.4%。其中：",
        "1.因公出国（境）费1.20万元，与上年预算数持平。",
        "2.公务用车购置及运行费28.65万元，比上年预算数增加18.65万元，增长186.5%。其中，公务用车购置费18.00万元，"
        "比上年预算数增加18.00万元，上年无此项安排，主要原因是更新报废车辆；公务用车运行费10.65万元，比上年预算数增加0.65万元，"
        "增长6.5%。",
        "3.公务接待费4.50万元，比上年预算数减少0.10万元，下降2.2%。",
    ]
    assert lines(document)[-2] == "二、名词解释"
    assert plain(document.tables()[0].title) == "2023年本级一般公共预算“三公”经费预算汇总表"
    assert plain(document.tables()[0].right) == "单位：万元"
    assert cells(document) == [
        ["合计", "34.35", "1.20", "28.65", "18.00", "10.65", "4.50"],
        ["甲局", "30.71", "1.20", "25.65", "18.00", "7.65", "3.86"],
        ["乙局", "3.49", "", "3.00", "", "3.00", "0.49"],
        ["丙办", "0.15", "", "", "", "", "0.15"],
    ]


def test_without_last_years_figures_of_all_it_does_not_compare() -> None:
    known, unknown = (
        CityDepartment("甲局", items("1", "0", "0", "0"), {}),
        CityDepartment("乙局", items("1", "0", "0", "0")),
    )
    for document in (composed(known, unknown, gone={}), composed(known)):
        assert "上年" not in "".join(lines(document))


def test_sums_that_do_not_add_up_as_printed_are_said_to_be_rounded() -> None:
    exact = composed(*(CityDepartment(name, items("10000", "0", "0", "0")) for name in "甲乙"))
    tail = composed(*(CityDepartment(name, items("10049", "0", "0", "0")) for name in "甲乙"))
    assert [row[1] for row in cells(tail)] == ["2.01", "1.00", "1.00"]
    said = "表中部分合计数与各分项数之和的差额，是各数分别四舍五入形成的尾差。"
    assert (lines(tail).count(said), lines(exact).count(said)) == (1, 0)


def test_every_figure_leads_to_a_cell_of_the_data() -> None:
    city = City(
        2023, [CityDepartment("甲局", items("1", "2", "3", "4"), items("1", "1", "1", "1"))], items("0", "0", "0", "5")
    )
    facts = city_facts(city, load_layout("zhejiang").printing)
    assert set(facts.three_public.total.cells()) == {f"/departments/0/items/{key}" for key in ITEMS}
    assert "/gone/reception" in set(facts.three_public.change.budget.total.delta.cells())


def test_a_layout_can_word_it_otherwise(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "city").mkdir(parents=True)
    (own / "layout.yaml").write_text("extends: zhejiang\nprinting: {unit: 元}\n", encoding="utf-8")
    (own / "city" / "layout.yaml").write_text("document: {title: '{{ year }}年全市三公'}\n", encoding="utf-8")
    layout = city_layout(load_layout(str(own)))
    document = compose(
        city_facts(City(2023, [CityDepartment("甲", items("1", "0", "0", "0"))]), layout.printing), layout
    )
    assert document.title == "2023年全市三公"
    assert "预算数为1.00元" in "".join(lines(document))
    assert layout.folders[1:3] == (shipped("layouts") / BASE / "city", own)


Go = Callable[..., Summary]


@pytest.fixture
def go(tmp_path: Path) -> Go:
    """Run over the folder ``in`` into ``out``, in this process."""

    def once(formats: Sequence[str] = ("xlsx",), **options: Any) -> Summary:
        return run([tmp_path / "in"], tmp_path / "out", BulkOptions(formats=tuple(formats), **options), None, here)

    return once


def here(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
    yield from map(build_job, jobs)


def codes(summary: Summary) -> list[str]:
    return [finding.code for finding in summary.findings]


def test_a_run_makes_it_of_its_departments_and_of_those_typed(tmp_path: Path, go: Go) -> None:
    put_many(tmp_path / "in", 2)
    (tmp_path / "others.csv").write_text(OTHERS, encoding="utf-8")
    summary = go(("docx", "pdf", "xlsx"), others=str(tmp_path / "others.csv"))
    assert summary.publishable, summary.findings
    assert summary.files == tuple(f"{TITLE}.{suffix}" for suffix in ("docx", "pdf", "xlsx"))
    data = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert data["files"] == list(summary.files)
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert page.count("%E6%B1%87%E6%80%BB.") == 3
    total = Decimal(data["totals"]["three_public.total"]) + 43500
    assert table_of(tmp_path / "out")["合计"][0] == total / 10000
    before = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in summary.files}
    assert go(("docx", "pdf", "xlsx"), others=str(tmp_path / "others.csv")).files == summary.files
    assert before == {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in summary.files}


def test_its_data_is_in_the_state_and_not_beside_it(tmp_path: Path, go: Go) -> None:
    put(tmp_path / "in", "500", department(0))
    go()
    name = department(0)["department"]["name"]
    assert name not in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    state = parse((tmp_path / "out.state" / file_name(TITLE)).read_bytes())
    assert state
    data = json.loads(unpacked(state.data))
    assert [(one["name"], one["items"]["reception"]) for one in data["departments"]] == [(name, "38600.0")]


def table_of(out: Path) -> dict[str, list[Decimal]]:
    """The rows of the workbook's table by their names; amounts exact, in 万元."""
    rows = load_workbook(out / f"{TITLE}.xlsx").worksheets[-1].iter_rows(values_only=True)
    return {str(row[0]): [Decimal(str(one)) for one in row[1:] if isinstance(one, int | float)] for row in rows}


def test_units_are_not_counted_beside_their_department(tmp_path: Path, go: Go) -> None:
    put(tmp_path / "in", "500", department(0))
    go()
    alone = table_of(tmp_path / "out")
    outcomes = go().outcomes
    assert outcomes[0].totals
    unit = replace(outcomes[0], name="unit", totals=replace(outcomes[0].totals, scope="unit", name="青溪市一单位"))

    def with_unit(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        for job in jobs:
            yield unit if job.name == "unit" else build_job(job)

    put(tmp_path / "in", "unit", department(1))
    options = BulkOptions(formats=("xlsx",))
    summary = run([tmp_path / "in"], tmp_path / "out", options, None, with_unit)
    assert [outcome.status for outcome in summary.outcomes] == ["generated", "generated"]
    assert (summary.files, table_of(tmp_path / "out")) == ((f"{TITLE}.xlsx",), alone)


def test_with_last_years_documents_it_compares_and_those_gone_count(tmp_path: Path, go: Go) -> None:
    for n in range(2):
        put(tmp_path / "in", str(500 + n), department(n))
    for n in range(3):
        put(tmp_path / "last", str(500 + n), last_year(n))
    summary = go(("docx",), last=str(tmp_path / "last"))
    assert "PL209" not in codes(summary)
    text = docx_text(tmp_path / "out" / f"{TITLE}.docx")
    base = 3 * (Decimal(department(0)["totals"]["reception"]["last"]["budget"])) / 10000
    this = 2 * sum(Decimal(str(line.get("reception", 0))) for line in department(0)["three_public"]) / 10000
    assert f"公务接待费{this:.2f}万元，比上年预算数减少{base - this:.2f}万元" in text


def last_year(n: int) -> dict[str, Any]:
    """Last year's document of a department, with the amounts that this year's states for it."""
    data = department(n, year=2022)
    base = {key: total["last"]["budget"] for key, total in data["totals"].items() if "budget" in total["last"]}
    for place, line in enumerate(data["three_public"]):
        line |= {key: 0 if place else base[key] for key in ITEMS}
    return data | {"agency_operating": base["agency_operating"]}


def docx_text(path: Path) -> str:
    from docx import Document as open_docx

    return "\n".join(paragraph.text for paragraph in open_docx(str(path)).paragraphs)


def test_last_years_figures_of_some_only_are_reported(tmp_path: Path, go: Go) -> None:
    put(tmp_path / "in", "500", department(0))
    put(tmp_path / "last", "500", last_year(0))
    (tmp_path / "others.csv").write_text(OTHERS, encoding="utf-8")
    summary = go(last=str(tmp_path / "last"), others=str(tmp_path / "others.csv"))
    (found,) = [finding for finding in summary.findings if finding.code == "PL209"]
    assert found.text == "本级“三公”经费汇总表没有与上年比较：缺 1 个部门的上年数"
    assert [str(place) for place in found.where] == ["青溪市人大办"]
    assert summary.files


def test_it_is_not_made_while_a_department_is_missing_and_the_old_one_stays(tmp_path: Path, go: Go) -> None:
    put_many(tmp_path / "in", 2)
    go()
    old = (tmp_path / "out" / f"{TITLE}.xlsx").read_bytes()
    put(tmp_path / "in", "501", refused(1))
    summary = go()
    (found,) = [finding for finding in summary.findings if finding.code == "PL208"]
    assert (found.text, found.severity) == ("本级“三公”经费汇总表没有生成：还差 1 个部门", Severity.WARNING)
    assert summary.files == ()
    assert (tmp_path / "out" / f"{TITLE}.xlsx").read_bytes() == old


def test_it_is_not_made_of_a_batch_that_city_checks_refuse(tmp_path: Path, go: Go) -> None:
    put(tmp_path / "in", "500", department(0))
    twin = department(1)
    twin["department"]["name"] = department(0)["department"]["name"]
    put(tmp_path / "in", "501", twin)
    summary = go()
    assert "PL208" in codes(summary)
    assert summary.files == ()


def test_a_department_that_is_typed_and_in_the_run_is_not_counted_twice(tmp_path: Path, go: Go) -> None:
    put(tmp_path / "in", "500", department(0))
    name = department(0)["department"]["name"]
    (tmp_path / "others.csv").write_text(OTHERS.replace("青溪市人大办", name), encoding="utf-8")
    summary = go(others=str(tmp_path / "others.csv"))
    assert not summary.publishable
    (found,) = [finding for finding in summary.findings if finding.code == "PL208"]
    assert found.text == f"本级“三公”经费汇总表没有生成：--others 里的 “{name}” 在这次运行里已有文件，会算两次"
    assert not (tmp_path / "out" / f"{TITLE}.xlsx").exists()


def test_a_file_edited_by_hand_is_kept_unless_forced(tmp_path: Path, go: Go) -> None:
    put(tmp_path / "in", "500", department(0))
    go()
    file = tmp_path / "out" / f"{TITLE}.xlsx"
    right = file.read_bytes()
    file.write_bytes(b"edited")
    summary = go()
    assert (file.read_bytes(), summary.files, codes(summary)[-1]) == (b"edited", (), "PL106")
    assert "改过" in summary.findings[-1].text
    assert not summary.publishable
    assert go(force=True).files
    assert file.read_bytes() == right


def test_a_file_that_reads_back_otherwise_is_not_saved(tmp_path: Path, go: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "in", "500", department(0))
    compare = output_files.compare

    def differing(document: Document, read: Any, name: str) -> Any:
        yield from compare(document, read, name)
        if document.title == TITLE:
            yield Finding("RB107", Severity.ERROR, "一格的内容不同")

    monkeypatch.setattr(output_files, "compare", differing)
    summary = go()
    assert (codes(summary), summary.files) == (["RB107"], ())
    assert not (tmp_path / "out" / f"{TITLE}.xlsx").exists()


def test_a_name_that_no_typeface_can_print_is_reported(tmp_path: Path, go: Go) -> None:
    put(tmp_path / "in", "500", department(0))
    (tmp_path / "others.csv").write_text(OTHERS.replace("人大办", "\U0001f600办"), encoding="utf-8")
    summary = go(others=str(tmp_path / "others.csv"))
    assert "PL105" in codes(summary)
    assert not summary.publishable
