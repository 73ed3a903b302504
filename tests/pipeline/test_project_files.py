"""The 绩效目标表 of each project as a file of its own, in the package for a publishing platform."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from reportgen.bulk.publication import LIST
from reportgen.bulk.published_projects import projects_of, published_projects
from reportgen.core.errors import LayoutError
from reportgen.core.paths import shipped
from reportgen.layout.load import load_layout
from reportgen.pipeline import check, document_layout
from reportgen.pipeline.in_memory import prepare
from reportgen.pipeline.project_files import project_documents
from reportgen.pipeline.report import Prepared
from reportgen.pipeline.unit_documents import unit_documents
from reportgen.tree.nodes import Document, Table, plain
from tests.serving.browsing import DEMO, client, kept

SAMPLE = (shipped("data") / "samples" / "shaoxing-hrss-2023.json").read_bytes()
GOALS = json.loads(SAMPLE)["performance"]
TABLE = "project_table: 12-performance\n"


def layout(folder: Path, text: str = TABLE) -> str:
    (folder / "own").mkdir()
    (folder / "own" / "layout.yaml").write_text(f"title: 试\nextends: zhejiang\n{text}", encoding="utf-8")
    return str(folder / "own")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """The sample with a layout that gives each project a file of its own."""
    found = check(SAMPLE, layout(tmp_path_factory.mktemp("layouts"))).prepared
    assert found is not None
    return found


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables() for row in table.body]


def test_each_project_has_its_own_rows_and_all_have_every_row(prepared: Prepared) -> None:
    found = dict(project_documents(prepared))
    assert list(found) == [project["name"] for project in GOALS]
    whole = [[cell.text for cell in row.cells] for row in table_of_all(prepared).body]
    assert [row for document in found.values() for row in rows(document)] == whole
    for project, document in zip(GOALS, found.values(), strict=True):
        assert document.title == f"{project['name']}绩效目标表"
        goals = project.get("annual") or project["overall"]
        printed = "".join(text for row in rows(document) for text in row)
        assert all(indicator["level3"] in printed for indicator in goals["indicators"])


def table_of_all(prepared: Prepared) -> Table:
    return next(table for table in prepared.document.tables() if "绩效指标表" in plain(table.title))


def test_without_the_key_there_are_none() -> None:
    assert list(project_documents(prepare(SAMPLE))) == []
    assert projects_of(SAMPLE) == ()


def test_the_files_are_read_back_and_named_after_their_project(prepared: Prepared) -> None:
    published = published_projects(prepared)
    assert [one.project for one in published] == [project["name"] for project in GOALS]
    for one in published:
        assert one.code == prepared.budget.department.code
        assert one.files[".pdf"].startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "says"),
    [("12-performence", "是否想写 12-performance？"), ("03-expenditure", "不是列出各项目"), ("../x", "没有表格")],
)
def test_a_table_that_lists_no_goals_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(LayoutError, match=r"layout\.yaml") as raised:
        load_layout(layout(tmp_path, f"project_table: {text}\n"))
    assert says in str(raised.value)


def test_the_package_has_them_and_lists_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = layout(tmp_path)
    monkeypatch.setattr(document_layout, "named_layout", lambda stated, stage: own)
    folder = tmp_path / "folder"
    browser, document = client(folder), kept(folder, SAMPLE)
    assert "project_pattern" in browser.get(f"{document}/export").text
    query = {"pattern": "{code}", "project_pattern": "{code}-{project}"}
    answer = browser.get(f"{document}/package/1.zip", params=query)
    code = json.loads(SAMPLE)["department"]["code"]
    with ZipFile(BytesIO(answer.content)) as archive:
        names = archive.namelist()
        sheet = openpyxl.load_workbook(BytesIO(archive.read(LIST))).active
    of_projects = [name for name in names if name.startswith(f"{code}-")]
    assert len(of_projects) == len(GOALS)
    assert all(name.endswith(".pdf") for name in of_projects)
    listed = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in listed[1:]] == of_projects
    assert [row[2] for row in listed[1:]] == [f"{project['name']}绩效目标表" for project in GOALS]
    assert browser.get(f"{document}/package/1.zip", params={"pattern": "{project}"}).status_code == 400
    assert browser.get(f"{document}/package/1.zip", params={"project_pattern": "{x}"}).status_code == 400


def test_the_document_of_a_unit_has_the_tables_of_its_own_projects(tmp_path: Path) -> None:
    own = layout(tmp_path)
    units = {unit.code: unit.data for unit in unit_documents(DEMO).units}
    for code, data in units.items():
        published = published_projects(prepare(data, own))
        assert [one.project for one in published] == (["财政一体化系统运行维护"] if code == "450003" else [])
        assert all((one.code, one.name) == (code, "青溪市财政信息中心") for one in published)
