"""The pages of a document: a figure leads to its source and all its uses, a finding to what it speaks of, marked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import reportgen
from reportgen.budget.json_edit import with_member
from reportgen.budget.terms import BUDGET
from reportgen.cli.language import Language
from reportgen.core.finding import Finding, Place, Severity
from reportgen.intake.form.plan import plans
from reportgen.pipeline import load
from reportgen.serving.finding_links import inputs_of
from reportgen.serving.folder import Folder
from reportgen.serving.results import Results, ResultsOfFolder
from reportgen.serving.saved_files import SavedCells

from .browsing import DEMO, client, kept, words
from .pictures import with_questions


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return client(tmp_path_factory.mktemp("folder"))


@pytest.fixture(scope="module")
def folder(browser: TestClient) -> Path:
    return browser.app.state.workbench.folder.path


@pytest.fixture(scope="module")
def good(folder: Path) -> str:
    return kept(folder)


@pytest.fixture(scope="module")
def questioned(folder: Path) -> str:
    return kept(folder, with_questions())


def figure(page: str, text: str) -> str:
    """The name of a figure on a page."""
    found = re.search(rf'\?figure=(\w+)#chosen" aria-label="{text}"', page)
    assert found, text
    return found[1]


def test_a_figure_leads_to_its_source_and_all_its_uses(browser: TestClient, good: str) -> None:
    name = figure(browser.get(f"{good}/page/5").text, "2776.60")
    page = browser.get(f"{good}/page/5?figure={name}").text
    shown = words(page)
    tracer = reportgen.trace(DEMO)
    chosen = next(use for use in tracer.uses if use.name == name)
    assert "收入 · 一般公共预算 · 合计" in shown
    assert "27,766,029.45元" in shown
    others = [use for use in tracer.uses if use.fact == chosen.fact]
    assert len(others) > 1
    for use in others:
        assert use.place in shown
        link = re.search(rf'href="({good}/page/\d+)\?figure={use.name}#mark"', page)
        assert link, use.place
        assert re.search(
            rf'\?figure={use.name}#chosen"[^>]*id="mark"><rect class="mark"', marked(browser, link[1], use)
        )
    assert "另外" in shown  # what it was added to
    assert re.search(r'figure=_revenue_total_\w+#mark"', page)


def marked(browser: TestClient, path: str, use: object) -> str:
    return browser.get(f"{path}?figure={use.name}").text


def test_a_figure_that_is_none_and_a_page_that_is_none(browser: TestClient, good: str) -> None:
    for name in ("_nothing", "2776.60", "%00", "x" * 500):
        assert "从哪里来" not in words(browser.get(f"{good}/page/5?figure={name}").text)
    for address in ("page/0", "page/99", "page/x"):
        assert browser.get(f"{good}/{address}").status_code == 404


def from_workbook(folder: Path) -> str:
    """A document of which two values are known to have stood in cells of a workbook."""
    cells = SavedCells({"/revenue/0/amount": "收入!G6", "/totals/revenue/last/execution": "合计与原因!F6"})
    return f"/documents/{Folder(folder).create(with_questions(), '甲', '上传', '题', cells)}"


def test_the_cells_of_a_workbook_are_named_at_its_figures(browser: TestClient, folder: Path) -> None:
    document = from_workbook(folder)
    name = figure(browser.get(f"{document}/page/5").text, "2770.41")
    assert "读自 收入!G6" in words(browser.get(f"{document}/page/5?figure={name}").text)


def finding_of(browser: TestClient, document: str, code: str) -> str:
    """The part of the page of the checks that is about a finding."""
    page = browser.get(f"{document}/check").text
    return next(part for part in page.split("<li class=") if f" {code}</strong>" in part)


def test_a_finding_leads_to_the_page_with_its_figures_marked(browser: TestClient, questioned: str) -> None:
    link = re.search(r'href="([^"]+)">在页面上看', finding_of(browser, questioned, "GJ101"))
    assert link
    page = browser.get(link[1])
    assert page.url.path == f"{questioned}/page/15"
    assert "GJ101" in words(page.text)
    found = re.findall(r'<g class="found"( id="mark")?><title>([^<]+)</title>', page.text)
    assert found == [
        (' id="mark"', "表01「收 入 总 计」收入·预算数 2994.91"),
        ("", "表01「支 出 总 计」支出·预算数 3001.10"),
    ]
    assert re.search(r'aria-current="page">第 15 页', page.text)


def test_a_finding_whose_figure_is_a_sum_marks_its_parts_on_all_their_pages(
    browser: TestClient, questioned: str
) -> None:
    link = re.search(r'href="([^"]+)">在页面上看', finding_of(browser, questioned, "GJ211"))
    page = browser.get(link[1]).text
    assert "没有单独印出，标出的是组成它的数。" in words(page)
    others = re.findall(rf'href="({questioned}/page/\d+\?finding=1-\d+)#mark"', page)
    assert len(set(others)) > 1
    assert all('<g class="found"' in browser.get(other).text for other in others)


def test_a_missing_reason_leads_to_the_change_that_is_printed_and_to_its_field(
    browser: TestClient, questioned: str
) -> None:
    part = finding_of(browser, questioned, "GJ401")
    shown = re.search(r'href="([^"]+)">在页面上看', part)
    assert shown
    assert "51.10" in browser.get(shown[1]).text.partition('<g class="found" id="mark"><title>')[2].partition("<")[0]
    link = re.search(r'href="([^"#]+)#([^"]+)">在“文字”里写', part)
    assert f'id="{link[2]}"' in browser.get(link[1]).text


def test_a_finding_that_is_printed_nowhere_says_so_and_leads_to_the_input(browser: TestClient, folder: Path) -> None:
    data = json.loads(DEMO) | {"accepted": [{"code": "GJ211", "reason": "已核实", "place": "/totals/revenue"}]}
    document = kept(folder, json.dumps(data, ensure_ascii=False).encode())
    part = finding_of(browser, document, "GJ003")
    assert "没有印在页面上。" in part
    assert "在页面上看" not in part
    assert "没有印在任何一页上" in browser.get(f"{document}/finding/1/0").text


def test_a_finding_of_a_workbook_names_the_cells_to_change(browser: TestClient, folder: Path) -> None:
    part = words(finding_of(browser, from_workbook(folder), "GJ505"))
    assert "合计与原因!F6" in part
    assert "在填报表里改（收入!G6、合计与原因!F6），再上传" in part


@pytest.mark.parametrize(("code", "kind"), [("GJ601", "last"), ("GJ609", "initial")])
def test_a_finding_about_a_file_beside_that_is_another_one_leads_to_giving_the_right_one(code: str, kind: str) -> None:
    finding = Finding(code, Severity.ERROR, "", (Place("/year", cell="基本情况!B9"),))
    first, second = inputs_of("0a", finding, Language("zh"))
    assert first.address == f"/documents/0a/upload#{kind}"
    assert "基本情况!B9" in second.text


def test_a_finding_of_json_names_the_cells_of_the_workbook_that_is_given() -> None:
    """Those of values, and the empty one of a reason that is missing; JSON has neither."""
    data = json.loads(with_questions())
    data["expenditure"][3]["function"] = "2121301"
    results = Results(load(json.dumps(data).encode()))
    places = {finding.code: [place.address for place in finding.where] for finding in results.shown_findings}
    plan = plans(BUDGET)
    assert f"合计与原因!{plan['合计与原因'].letter('增减原因')}7" in places["GJ401"]
    assert places["GJ209"] == [f"支出!{plan['支出'].letter('科目名称')}9"]


def test_a_finding_of_a_workbook_names_the_empty_cell_too(folder: Path) -> None:
    cells = SavedCells({"/year": "基本情况!B9"}, {"/totals/expenditure/reason": "原因!H9"})
    document = f"/documents/{Folder(folder).create(with_questions(), '甲', '上传', '题', cells)}"
    record = Folder(folder).record(document.rpartition("/")[2])
    results = ResultsOfFolder(Folder(folder)).of(document.rpartition("/")[2], record.latest)
    (finding,) = (one for one in results.shown_findings if one.code == "GJ401")
    assert finding.where[0].address == "原因!H9"


def test_a_finding_that_is_none_or_of_another_version(browser: TestClient, questioned: str) -> None:
    for address in ("finding/1/99", "finding/2/0", "finding/0/0", "finding/1/x"):
        assert browser.get(f"{questioned}/{address}").status_code == 404
    for finding in ("2-0", "1-99", "1-", "-1", "1--1", "x", "1-１"):
        page = browser.get(f"{questioned}/page/12?finding={finding}")
        assert page.status_code == 200
        assert 'class="found"' not in page.text


def test_a_finding_of_an_earlier_version_leads_to_those_of_the_latest(browser: TestClient, folder: Path) -> None:
    document = kept(folder, with_questions())
    link = re.search(r'href="([^"]+)">在页面上看', finding_of(browser, document, "GJ101"))
    assert link
    browser.post(f"{document}/wording", data={"base": "1", "text/totals/expenditure/reason": "新增两个项目"})
    assert browser.get(link[1]).url.path == f"{document}/check"


def test_findings_and_figures_are_told_in_english_too(browser: TestClient, questioned: str) -> None:
    english = {"accept-language": "en"}
    check = words(browser.get(f"{questioned}/check", headers=english).text)
    for said in (
        "See it on the page",
        "Not printed on any page.",
        "Write it in “Wording”",
        "Change it in the workbook",
    ):
        assert said in check
    assert "Back to the check" in words(browser.get(f"{questioned}/finding/1/0", headers=english).text)
    page = browser.get(f"{questioned}/page/5", headers=english).text
    shown = words(browser.get(f"{questioned}/page/5?figure={figure(page, '2770.41')}", headers=english).text)
    for said in (
        "2770.41: where it comes from and where it is used",
        "revenue.general_public.total",
        "Where it is printed",
    ):
        assert said in shown


def test_another_layout_is_a_version_that_prints_as_that_layout(browser: TestClient, folder: Path) -> None:
    document = kept(folder)
    page = browser.get(f"{document}/preview").text
    assert re.search(r'<option value="zhejiang" selected>', page)
    assert "final-accounts" not in page  # of another stage
    answer = browser.post(f"{document}/layout", data={"base": "1", "layout": "hangzhou"})
    assert answer.url.path == f"{document}/preview"
    assert '<option value="hangzhou" selected>' in answer.text
    made = browser.get(f"{document}/files/2/html").content
    assert made == next(iter(reportgen.render(with_member(DEMO, "layout", "hangzhou"), ("html",)).files.values()))
    assert "换版式" in words(browser.get(f"{document}/versions").text)
    browser.post(f"{document}/layout", data={"base": "2", "layout": "hangzhou"})  # the same: nothing is saved
    assert browser.get(f"{document}/versions/3.json").status_code == 404
    for name in ("final-accounts", "../x", "", "nothing"):
        assert browser.post(f"{document}/layout", data={"base": "2", "layout": name}).status_code == 400
    assert browser.post(f"{document}/layout", data={"base": "1", "layout": "beijing"}).status_code == 409
