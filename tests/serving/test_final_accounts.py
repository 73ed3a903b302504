"""Final accounts (决算) through the whole workbench: form, upload, check, the budget of the year, pages, files."""

from __future__ import annotations

import time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

import reportgen
from reportgen.budget.json_input import parse_json
from reportgen.core.paths import shipped
from reportgen.serving.folder import Folder
from reportgen.writers import formats
from tests.strategies import dumped

from .browsing import DEMO, client, kept, upload, words

FINAL = (shipped("data") / "samples" / "final-accounts.json").read_bytes()


def other_initial() -> bytes:
    """The budget of the year with other figures than the final accounts state as its own."""
    budget = parse_json(DEMO)
    line = next(line for line in budget["expenditure"] if line["function"] == "2010602")
    line["project"] = str(Decimal(str(line["project"])) + 10_000)
    return dumped(budget)


def test_the_forms_of_final_accounts_are_those_of_the_command(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    assert browser.get("/workbook.xlsx?year=2023&final=1").content == reportgen.workbook(year=2023, stage="final")
    assert "决算的填报表" in words(browser.get(f"{document}/export").text)
    filled = browser.get(f"{document}/workbook/1.xlsx?final=1")
    assert filled.content == reportgen.workbook(initial=DEMO)
    assert "2023" in filled.headers["content-disposition"]


def test_final_accounts_go_through_all_steps(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = upload(browser, FINAL)
    assert "2023年决算" in words(browser.get("/").text)
    report = reportgen.check(FINAL)
    check = words(browser.get(f"{document}/check").text)
    assert "可以公开。" in check
    assert all(finding.code in check for finding in report.findings)
    preview = browser.get(f"{document}/preview").text
    assert preview.count("<img") > 10
    assert browser.get(f"{document}/pages/1/1.png").headers["content-type"] == "image/png"
    assert "决算" in words(browser.get(f"{document}/wording").text)
    rendered = reportgen.render(FINAL, formats())
    with ZipFile(BytesIO(browser.get(f"{document}/files/1/zip").content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == dict(rendered.files)
    with ZipFile(BytesIO(browser.get(f"{document}/package/1.zip").content)) as archive:
        sheet = openpyxl.load_workbook(BytesIO(archive.read("目录.xlsx"))).active
        assert "决算" in str(sheet.cell(2, 3).value)
    following = browser.get(f"{document}/workbook/1.xlsx?next=1")
    assert following.content == reportgen.workbook(last=FINAL)
    assert "本年决算的填报表" not in words(browser.get(f"{document}/export").text)


def test_two_versions_are_compared_with_the_budget_beside_them(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path, FINAL)
    reason = "/totals/expenditure/reason"
    page = browser.get(f"{document}/wording").text
    pointer = reason if f'name="text{reason}"' in page else page.partition('name="text')[2].partition('"')[0]
    data = {"base": "1", f"text{pointer}": "项目当年完成"}
    assert browser.post(f"{document}/wording", data=data).status_code == 200
    browser.post(f"{document}/initial", data={"base": "2"}, files={"file": ("x", DEMO)})
    assert "项目当年完成" in words(browser.get(f"{document}/compare?old=1&new=3").text)
    assert browser.get(f"{document}/redline?old=1&new=3").content.startswith(b"PK")


def test_a_run_over_all_holds_them_against_their_budgets(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path, FINAL)
    id = document.rpartition("/")[2]
    Folder(tmp_path).save_beside(id, 1, "initial", (other_initial(), "预算"), "甲", "上传本年的预算")
    expected = {finding.code for finding in reportgen.check(FINAL, initial=other_initial()).findings}
    assert browser.post("/city", data={f"document/{id}": "on"}).status_code == 200
    for _ in range(300):
        if 'data-running="no"' in browser.get("/city").text:
            break
        time.sleep(0.1)
    city = browser.app.state.city  # type: ignore[attr-defined]
    assert city.progress.summary is not None
    (outcome,) = city.progress.summary.outcomes
    assert {finding.code for finding in outcome.findings} >= expected
    assert [path.name for path in (tmp_path / "city" / "budgets").iterdir()] == [f"{outcome.name}.json"]


@pytest.mark.parametrize("payload", [b"{", b"%PDF-1.4"])
def test_a_budget_that_cannot_be_read_is_told_and_not_kept(tmp_path: Path, payload: bytes) -> None:
    browser, document = client(tmp_path), kept(tmp_path, FINAL)
    answer = browser.post(f"{document}/initial", data={"base": "1"}, files={"file": ("x", payload)})
    assert answer.status_code == 422
    assert not list(tmp_path.rglob("beside-*.json"))
