"""All documents of the workbench at once: progress, stopping, going on, the summary."""

from __future__ import annotations

import re
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from starlette.testclient import TestClient

from reportgen.budget.json_edit import with_text
from reportgen.budget.json_input import parse_json
from reportgen.bulk import BulkOptions, Outcome, Summary
from reportgen.bulk.outcome import failed, worst_first
from reportgen.core.errors import OutputError, UsageError
from reportgen.core.finding import blocking
from reportgen.serving import city_run
from reportgen.serving.city_run import CityRun
from reportgen.serving.folder import Folder
from reportgen.serving.records import BesideKind
from reportgen.serving.results import Results, ResultsOfFolder
from tests import cities
from tests.strategies import dumped

from .browsing import DEMO, client, kept, words
from .test_final_accounts import FINAL, other_initial


def documents(folder: Path, made: Path, count: int) -> list[str]:
    return [kept(folder, cities.write(made, n).read_bytes()) for n in range(count)]


def ended(browser: TestClient) -> str:
    for _ in range(600):
        page = browser.get("/city").text
        if 'data-running="no"' in page:
            return page
        time.sleep(0.2)
    raise AssertionError("the run does not end")


def test_all_documents_are_made_and_summed_up(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    browser = client(folder)
    chosen = documents(folder, tmp_path / "made", 3)
    assert browser.get("/city/summary.xlsx").status_code == 404
    assert browser.get("/city/files.zip").status_code == 404
    assert browser.get("/city/package.zip").status_code == 404
    fields = {one.replace("/documents/", "document/"): "on" for one in chosen[:2]}
    assert browser.post("/city", data=fields).status_code == 200
    page = words(ended(browser))
    assert page.count("已生成") == 2
    assert "做完了。" in page
    assert openpyxl.load_workbook(BytesIO(browser.get("/city/summary.xlsx").content)).sheetnames
    with ZipFile(BytesIO(browser.get("/city/files.zip").content)) as archive:
        assert sum(name.endswith(".pdf") for name in archive.namelist()) >= 2
    with ZipFile(BytesIO(browser.get("/city/package.zip").content)) as archive:
        names = archive.namelist()
    assert names[0] == "目录.xlsx"
    assert len(names) == 1 + 2 * 3
    check_that_only_its_own_files_are_given(browser, folder)


def check_that_only_its_own_files_are_given(browser: TestClient, folder: Path) -> None:
    """Files changed or removed since the run are named, and nothing is given out."""
    (other, *_) = sorted((folder / "city" / "files").glob("*/*.pdf"))
    (data, *_) = sorted((folder / "city" / "data").glob("*.json"))
    kept_data, kept_pdf = data.read_bytes(), other.read_bytes()
    both, package = ("/city/files.zip", "/city/package.zip"), ("/city/package.zip",)
    for path, change, addresses in (
        (other, b"TAMPERED", both), (other, None, both), (data, b"{}", package), (data, None, package),
        (folder / "city" / "files" / "summary.xlsx", None, ("/city/files.zip", "/city/summary.xlsx")),
    ):  # fmt: skip
        path.write_bytes(change) if change else path.unlink()
        for address in addresses:
            answer = browser.get(address)
            assert (answer.status_code, "在工作台之外改过、损坏了或没有了" in words(answer.text)) == (422, True)
            assert path.name in words(answer.text)
        data.write_bytes(kept_data)
        other.write_bytes(kept_pdf)


def test_files_that_were_changed_can_be_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    forced: list[bool] = []

    def run(inputs: object, out: object, options: BulkOptions, listener: object) -> Summary:
        forced.append(options.force)
        return Summary((Outcome("甲", "generated") if options.force else failed("甲", OutputError("改过")),))

    monkeypatch.setattr(city_run, "run", run)
    fields = {document.replace("/documents/", "document/"): "on"}
    says = "勾上“全部重做”再开始一次"
    browser.post("/city", data=fields)
    assert says in words(ended(browser))
    assert 'name="anew"' in browser.get("/city").text
    browser.post("/city", data=fields | {"anew": "on"})
    assert says not in words(ended(browser))
    assert forced == [False, True]


def test_what_a_stopped_run_did_not_come_to_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, chosen = client(tmp_path), [kept(tmp_path) for _ in range(3)]
    names = [f"青溪市财政局2023年预算-{one.rpartition('/')[2]}" for one in chosen]

    def run(inputs: object, out: object, options: object, listener: CityRun) -> None:
        listener.begun(3, 0)
        listener.stop()
        listener.ended(Outcome(names[1], "generated"))

    monkeypatch.setattr(city_run, "run", run)
    browser.post("/city", data={one.replace("/documents/", "document/"): "on" for one in chosen})
    page = ended(browser)
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">.*?data-head="状态">([^<]+)', page, re.DOTALL)
    assert dict(rows) == {chosen[1]: "已生成", chosen[0]: "没有做", chosen[2]: "没有做"}


def test_documents_that_finance_approved_are_chosen_at_first(tmp_path: Path) -> None:
    """All, where none is approved: the steps of the review are not used there."""
    browser, folder, chosen = client(tmp_path), Folder(tmp_path), [kept(tmp_path) for _ in range(3)]
    assert browser.get("/city").text.count(" checked>") == 3
    for one, step in zip(chosen, ("approved", "final", "returned"), strict=True):
        folder.add_event(one.rpartition("/")[2], 1, lambda _, step=step: step, "甲")
    page = browser.get("/city").text
    assert set(re.findall(r'name="document/(\w+)" checked>', page)) == {one.rpartition("/")[2] for one in chosen[:2]}


def test_the_final_version_is_taken_while_it_is_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was approved once decides what is ticked at first, though nothing is approved now."""
    browser, folder = client(tmp_path), Folder(tmp_path)
    corrected, _ = kept(tmp_path), kept(tmp_path)
    id, newer = corrected.rpartition("/")[2], with_text(DEMO, "/totals/revenue/reason", "改了")
    folder.add_event(id, 1, lambda _: "final", "甲")
    folder.save(id, 1, newer, "甲", "改文字", folder.record(id).latest.title, "更正")
    page = browser.get("/city").text
    assert re.findall(r'name="document/(\w+)" checked>', page) == [id]
    assert "第 1 版" in words(page)
    assert "更正中的第 2 版（填报中）不取" in words(page)
    taken: list[bytes] = []

    def run(inputs: list[Path], out: object, options: object, listener: object) -> Summary:
        taken.extend(path.read_bytes() for path in inputs[0].iterdir())
        return Summary(())

    monkeypatch.setattr(city_run, "run", run)
    browser.post("/city", data={f"document/{id}": "on"})
    ended(browser)
    assert taken == [DEMO]


def test_a_damaged_document_is_named_and_the_others_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, folder = client(tmp_path), Folder(tmp_path)
    good, edited, beside, broken = (kept(tmp_path).rpartition("/")[2] for _ in range(4))
    (tmp_path / edited / folder.record(edited).latest.file).write_bytes(b"{}")
    version = folder.save_beside(beside, 1, "last", (DEMO, "题"), "甲", "上传上年的文件")
    (tmp_path / beside / version.beside["last"].file).unlink()
    (tmp_path / broken / "record.json").write_bytes(b"{")
    assert f"{broken}：记录损坏，读不了" in words(browser.get("/city").text).lower()

    def run(inputs: list[Path], out: object, options: object, listener: object) -> Summary:
        return Summary(tuple(Outcome(path.stem, "generated") for path in inputs[0].iterdir()))

    monkeypatch.setattr(city_run, "run", run)
    everything = {f"document/{one}": "on" for one in (good, edited, beside, broken)}
    browser.post("/city", data=everything)
    rows = re.findall(
        r'<th scope="row"><a href="/documents/(\w+)">.*?data-head="状态">([^<]+)', ended(browser), re.DOTALL
    )
    assert dict(rows) == {good: "已生成", edited: "读不了", beside: "读不了"}
    assert browser.post("/city", data={f"document/{edited}": "on"}).status_code == 422


def test_a_run_that_made_nothing_says_so_and_has_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    outcomes = [Outcome("甲", "refused")]
    monkeypatch.setattr(city_run, "run", lambda *_: Summary(tuple(outcomes)))
    for says, has_files in (("做完了，但是一份也没有生成", False), ("做完了。", True)):
        browser.post("/city", data={document.replace("/documents/", "document/"): "on"})
        page = ended(browser)
        assert says in words(page)
        assert ("/city/files.zip" in page, "/city/package.zip" in page) == (has_files, has_files)
        outcomes.append(Outcome("乙", "generated"))


def test_without_a_document_nothing_begins(tmp_path: Path) -> None:
    browser = client(tmp_path)
    assert browser.post("/city", data={"document/000000000000": "on"}).status_code == 400
    assert browser.post("/city", data={"document/../x": "on"}).status_code == 400


class FakeRun:
    """A run of three departments that waits to be let on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
        self.let_on, self.error = False, error
        monkeypatch.setattr(city_run, "run", self)

    def __call__(self, inputs: object, out: object, options: object, listener: CityRun) -> None:
        listener.begun(3, 0)
        for n in range(3):
            while not self.let_on:
                time.sleep(0.01)
            listener.ended(Outcome(str(n), "generated"))
        raise self.error


def waited(run: CityRun) -> None:
    while run.progress.running:
        time.sleep(0.01)


def test_a_run_can_be_stopped_and_only_one_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake, run = FakeRun(monkeypatch, UsageError("坏了")), CityRun(tmp_path)
    run.start({"a.json": b"{}"})
    with pytest.raises(UsageError, match="还没有做完"):
        run.start({"a.json": b"{}"})
    run.stop()
    fake.let_on = True
    waited(run)
    assert (run.progress.stopped, len(run.progress.outcomes)) == (True, 1)


@pytest.mark.parametrize("error", [UsageError("坏了"), ValueError("坏了")])
def test_an_error_of_a_run_is_told_and_another_can_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    fake, run = FakeRun(monkeypatch, error), CityRun(tmp_path)
    fake.let_on = True
    for name in ("a.json", "b.json"):
        run.start({name: b"{}"})
        waited(run)
        assert "坏了" in str(run.progress.error)
        assert [path.name for path in (tmp_path / "data").iterdir()] == [name]


def test_the_files_are_those_of_the_run_that_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder also has files of earlier runs, of documents that are refused now or were not chosen."""
    browser, document = client(tmp_path), kept(tmp_path)
    outcomes = (Outcome("甲", "generated", files=("甲.pdf",)), Outcome("乙", "refused", files=("乙.pdf",)))
    city, made = ("全市.pdf",), list[str]()

    def run(inputs: object, out: Path, options: object, listener: CityRun) -> Summary:
        for name in ("甲/甲.pdf", "甲/旧名.pdf", "甲/manifest.json", "乙/乙.pdf", "丙/丙.pdf", *city,
                     "全市旧名.pdf", "manifest.json", "summary.xlsx", "index.html", "summary.json"):  # fmt: skip
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(b"x")
        return Summary(outcomes, files=tuple(made))

    monkeypatch.setattr(city_run, "run", run)
    summaries = {"summary.xlsx", "index.html", "summary.json"}
    for files, expected in (((), set()), (city, {*city, "manifest.json"})):
        made[:] = files
        browser.post("/city", data={document.replace("/documents/", "document/"): "on"})
        ended(browser)
        with ZipFile(BytesIO(browser.get("/city/files.zip").content)) as archive:
            assert set(archive.namelist()) == {"甲/甲.pdf", "甲/manifest.json", *summaries, *expected}
    assert browser.get("/city/summary.xlsx").status_code == 200


def test_after_a_run_that_did_not_end_there_is_nothing_to_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    FakeRun(monkeypatch, UsageError("坏了")).let_on = True
    for name in ("summary.xlsx", "甲/甲.pdf"):
        path = tmp_path / "city" / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"of an earlier run")
    browser.post("/city", data={document.replace("/documents/", "document/"): "on"})
    ended(browser)
    assert [browser.get(f"/city/{name}").status_code for name in ("summary.xlsx", "files.zip")] == [404, 404]


def test_a_run_finds_what_the_page_of_each_document_finds(tmp_path: Path) -> None:
    """Each with the files beside it, also where two are of one department, or the file beside is of another one."""
    final, demo = parse_json(FINAL), parse_json(DEMO)
    final["department"]["code"] = demo["department"]["code"]
    other = demo | {"department": demo["department"] | {"code": "999"}, "year": 2022}
    pairs = {kept(tmp_path, DEMO): (dumped(other), None), kept(tmp_path, dumped(final)): (None, other_initial())}
    for document, beside in pairs.items():
        kinds: tuple[BesideKind, ...] = ("last", "initial")
        for kind, payload in zip(kinds, beside, strict=True):
            if payload is not None:
                Folder(tmp_path).save_beside(document.rpartition("/")[2], 1, kind, (payload, "题"), "甲", "上传")
    browser = client(tmp_path)
    browser.post("/city", data={one.replace("/documents/", "document/"): "on" for one in pairs})
    assert words(ended(browser)).count("有错误，未生成") == 2
    for outcome in browser.app.state.city.progress.summary.outcomes:  # type: ignore[attr-defined]
        report = opened_results(tmp_path, outcome.name.rpartition("-")[2]).report
        expected = worst_first(report.findings)
        assert [(one.code, one.values) for one in outcome.findings] == [(one.code, one.values) for one in expected]
        assert blocking(outcome.findings)


def opened_results(folder: Path, id: str) -> Results:
    """What the page 核对 of a document shows."""
    documents = Folder(folder)
    return ResultsOfFolder(documents).of(id, documents.record(id).latest)
