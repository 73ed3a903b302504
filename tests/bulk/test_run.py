"""Whole runs with the real work: what is made, skipped, refused, resumed, and what the summary says of it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Generator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from reportgen.bulk import BulkOptions, Job, Outcome, Summary, run
from reportgen.bulk.executors import Executor
from reportgen.bulk.executors.build_job import build_job
from tests.bulk.departments import contents, department, put, put_many, refused

XLSX = ("xlsx",)
BOMB = 500 << 20
EVIL = "=1+<script>局"


class RecordingListener:
    """Keeps what a run reports."""

    def __init__(self) -> None:
        self.current = -1
        self.outcomes: list[Outcome] = []

    def begun(self, jobs: int, current: int) -> None:
        self.current = current

    def ended(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


Go = Callable[..., tuple[Summary, RecordingListener]]


@pytest.fixture
def go(tmp_path: Path) -> Go:
    """Run over the folder ``in`` into ``out``, workbooks only, the work done in this process."""

    def once(
        executor: Executor = in_this_process, out: str = "out", **options: Any
    ) -> tuple[Summary, RecordingListener]:
        listener = RecordingListener()
        bulk_options = BulkOptions(formats=XLSX, **options)
        return run([tmp_path / "in"], tmp_path / out, bulk_options, listener, executor), listener

    return once


def in_this_process(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
    """Execute jobs without worker processes."""
    yield from map(build_job, jobs)


def unused(jobs: Any) -> Any:
    """An executor that must not be used."""
    raise AssertionError("there is no work")
    yield


def statuses(summary: Summary) -> dict[str, str]:
    return {one.name: one.status for one in summary.outcomes}


def summary_of(out: Path) -> Any:
    return json.loads((out / "summary.json").read_bytes())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a mixed batch and what one run made of it. Tests that change it copy it."""
    root = tmp_path_factory.mktemp("city")
    put_many(root / "in", 2)
    put(root / "in", "下级/502", department(2))
    put(root / "in", "refused", refused(3))
    (root / "in" / "broken.json").write_text('{"schema": ', encoding="utf-8")
    with (root / "in" / "bomb.json").open("wb") as file:
        file.truncate(BOMB)
    evil = department(4)
    evil["department"]["name"] = EVIL
    put(root / "in", "evil", evil)
    run([root / "in"], root / "out", BulkOptions(jobs=2, formats=XLSX))
    return root


@pytest.fixture
def city(made: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True, copy_function=_linked)
    return tmp_path


def _linked(source: str, target: str) -> None:
    """Copies, but for the large one: a sparse file anew."""
    if Path(source).stat().st_size == BOMB:
        with Path(target).open("wb") as file:
            file.truncate(BOMB)
    else:
        shutil.copyfile(source, target)


def test_a_faulty_document_does_not_affect_the_others(made: Path) -> None:
    data = summary_of(made / "out")
    assert {one["name"]: one["status"] for one in data["departments"]} == {
        "500": "generated", "501": "generated", "下级/502": "generated", "evil": "generated",
        "refused": "refused", "broken": "failed", "bomb": "failed",
    }  # fmt: skip
    worst = {one["name"]: one["findings"][0] for one in data["departments"] if one["status"] != "generated"}
    assert worst["refused"]["code"] == "GJ101"
    assert worst["broken"]["message"].startswith("第 1 行第 ")
    assert worst["bomb"]["message"] == "文件超过 32 MB，没有读"
    assert not (made / "out" / "refused").exists()


def test_the_summary_adds_up_generated_departments(made: Path) -> None:
    data = summary_of(made / "out")
    assert data["complete"] is True
    assert data["counts"] == {"failed": 2, "generated": 4, "refused": 1}
    assert data["totals"]["revenue.total"] == "120044117.80"  # four times 30011029.45
    assert data["totals"]["general_public.201.total"] == "90699115.80"
    assert data["classes"]["208"] == "社会保障和就业支出"
    assert [(one["code"], one["message"]) for one in data["findings"]] == [
        ("GJ710", "全市合计不含没有生成的 3 个部门"),
        ("PL208", "本级“三公”经费汇总表没有生成：还差 3 个部门"),
    ]


def test_the_files_that_the_summary_names_exist(made: Path) -> None:
    out = made / "out"
    files = [file for one in summary_of(out)["departments"] for file in one["files"]]
    assert len(files) == 4
    assert all((out / file).is_file() for file in files)


class Page(HTMLParser):
    """Links and tags of a page, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [str(value) for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_link_of_the_index_leads_to_a_file_and_there_is_no_script(made: Path) -> None:
    page = Page((made / "out" / "index.html").read_text(encoding="utf-8"))
    assert len(page.links) == 6
    assert all((made / "out" / unquote(link)).is_file() for link in page.links)
    assert "script" not in page.tags
    assert EVIL in page.text
    assert "文件超过 32 MB" in page.text


def test_the_workbook_of_the_summary(made: Path) -> None:
    book = load_workbook(made / "out" / "summary.xlsx")
    assert book.sheetnames == ["部门", "部门金额（万元）", "全市合计", "全市问题", "接受的问题"]
    rows = {row[0]: row for row in book["部门"].values}
    assert rows["500"][1:4] == ("500", "青溪市甲甲局", "已生成")
    assert rows["refused"][4].startswith("GJ101 收支预算总表「收入总计」")
    sums = dict(row[:2] for row in book["全市合计"].values)
    assert f"{sums['收入总计']:.6f}" == "12004.411780"
    assert rows["evil"][2] == EVIL
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_a_second_run_does_nothing_and_changes_nothing(city: Path, go: Go) -> None:
    for name in ("refused", "broken", "bomb"):
        (city / "in" / f"{name}.json").unlink()
    go()
    before = {path: path.stat().st_mtime_ns for path in (city / "out").rglob("*")}
    summary, listener = go(unused)
    assert summary.publishable
    assert listener.current == 4
    assert {path: path.stat().st_mtime_ns for path in (city / "out").rglob("*")} == before


def test_one_changed_department_is_built_alone(city: Path, go: Go) -> None:
    put(city / "in", "501", department(1, reception_use="接待来访"))
    _, listener = go()
    assert listener.current == 3
    made_now = [one.name for one in listener.outcomes if not one.current and one.status == "generated"]
    assert made_now == ["501"]


def test_force_makes_all_again_with_the_same_bytes(city: Path, go: Go) -> None:
    before = contents(city / "out")
    _, listener = go(force=True)
    assert listener.current == 0
    assert len(listener.outcomes) == 7
    assert contents(city / "out") == before


def test_generated_files_stay_when_a_new_document_is_refused(city: Path, go: Go) -> None:
    before = contents(city / "out" / "501")
    put(city / "in", "501", refused(1))
    summary, _ = go()
    assert statuses(summary)["501"] == "refused"
    assert contents(city / "out" / "501") == before
    assert "501" not in [one.name for one in summary.outcomes if one.files]


DAMAGE: dict[str, Callable[[Path], object]] = {
    "outcome gone": lambda folder: _outcome(folder).unlink(),
    "outcome of another manifest": lambda folder: _replace(_outcome(folder), '"manifest": "', '"manifest": "0'),
    "outcome is no JSON": lambda folder: _outcome(folder).write_text("{"),
    "outcome of another shape": lambda folder: _outcome(folder).write_text("[]"),
    "state gone": lambda folder: shutil.rmtree(_outcome(folder).parent),
    "state damaged": lambda folder: next(_outcome(folder).parent.glob("*.state")).write_text("{"),
    "manifest gone": lambda folder: (folder / "manifest.json").unlink(),
    "file gone": lambda folder: next(folder.glob("*局*.xlsx")).unlink(),
    "left by a dead run": lambda folder: (folder / ".reportgen-0123456789abcdef.1.part").write_text("half"),
}


def _outcome(folder: Path) -> Path:
    return folder.parents[1] / f"{folder.parent.name}.state" / folder.name / "outcome.json"


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_folder_is_built_anew(damage: str, city: Path, go: Go) -> None:
    before = contents(city / "out") | contents(city / "out.state")
    DAMAGE[damage](city / "out" / "500")
    go()
    assert contents(city / "out") | contents(city / "out.state") == before


def test_stop_on_failure_leaves_the_rest_waiting(city: Path, go: Go) -> None:
    summary, listener = go(out="new", keep_going=False)
    assert not summary.complete
    assert not summary.publishable
    assert [one.status for one in listener.outcomes][-1] == "failed"
    assert "waiting" in statuses(summary).values()
    assert summary_of(city / "new")["complete"] is False
    assert "没有完成" in (city / "new" / "index.html").read_text(encoding="utf-8")


def test_an_interrupt_leaves_a_summary_that_is_marked_incomplete(city: Path, go: Go) -> None:
    def interrupted(jobs: Any) -> Any:
        yield Outcome(jobs[0].name, "generated")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(interrupted, out="new")
    data = summary_of(city / "new")
    assert data["complete"] is False
    assert data["counts"] == {"generated": 1, "waiting": 6}


def test_last_year_is_paired_by_code(tmp_path: Path, go: Go) -> None:
    put_many(tmp_path / "in", 2)
    before = department(0, year=2022, agency_operating=1590000)
    before["three_public"] = [{"unit": "500001", "vehicle_operation": 76500, "reception": 45000}]
    put(tmp_path / "last", "another-name", before)
    put(tmp_path / "last", "abolished", department(7, year=2022))
    summary, _ = go(last=str(tmp_path / "last"))
    first, second = summary.outcomes
    assert not [one for one in (*first.findings, *second.findings) if one.code.startswith("GJ6")]
    assert [(one.code, one.values.get("code")) for one in summary.findings] == [
        ("GJ708", "507"), ("GJ709", None), ("GJ711", None),
    ]  # fmt: skip
    assert (
        summary.findings[-1].values["published"] == "41.66万元"
    )  # 12.15 of the department, 29.51 of the abolished one
    before["agency_operating"] = 1
    put(tmp_path / "last", "another-name", before)
    summary, listener = go(last=str(tmp_path / "last"))
    assert [(one.name, one.findings[0].code) for one in listener.outcomes] == [("500", "GJ602")]


def by_name(summary: Summary) -> dict[str, list[str]]:
    return {one.name: [finding.code for finding in one.findings if finding.severity] for one in summary.outcomes}


def last_years(folder: Path) -> dict[str, Path]:
    """Last year's documents of the departments 500 and 501, under names that do not tell whose they are."""
    names = {"500": "first", "501": "second"}
    return {code: put(folder, names[code], department(n, year=2022)) for n, code in enumerate(names)}


def test_a_truncated_document_of_last_year_sets_its_department_aside(tmp_path: Path, go: Go) -> None:
    put_many(tmp_path / "in", 3)
    file = last_years(tmp_path / "last")["501"]
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    summary, _ = go(last=str(tmp_path / "last"))
    assert statuses(summary)["501"] == "failed"
    assert [one.code for one in summary.outcomes[1].findings] == ["GJ713"]
    assert statuses(summary)["502"] == "generated"  # new, and the damaged file is not its own
    assert [str(one.where[0]) for one in summary.findings if one.code == "GJ713"] == [str(file)]
    assert not (tmp_path / "out" / "501").exists()


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b'{"department": {'])
def test_a_document_of_last_year_that_names_no_department_sets_those_aside_that_have_none(
    damage: bytes, tmp_path: Path, go: Go
) -> None:
    put_many(tmp_path / "in", 2)
    last_years(tmp_path / "last")["501"].write_bytes(damage)
    summary, _ = go(last=str(tmp_path / "last"))
    assert statuses(summary)["501"] == "failed"
    assert by_name(summary)["501"] == ["GJ713"]
    assert "GJ713" not in by_name(summary)["500"]
    assert "GJ713" in {one.code for one in summary.findings}


def test_two_documents_of_last_year_set_their_department_aside(tmp_path: Path, go: Go) -> None:
    put_many(tmp_path / "in", 2)
    shutil.copy(last_years(tmp_path / "last")["501"], tmp_path / "last" / "again.json")
    summary, _ = go(last=str(tmp_path / "last"))
    assert by_name(summary)["501"] == ["GJ713"]
    assert "GJ713" not in by_name(summary)["500"]
    assert "上年的部门 501 有 2 份文件" in summary.outcomes[1].findings[0].text


def test_a_unit_and_its_department_may_have_one_code(tmp_path: Path, go: Go) -> None:
    for folder, year in (("in", 2023), ("last", 2022)):
        put(tmp_path / folder, "500", department(0, year=year))
        put(tmp_path / folder, "unit", department(0, year=year, scope="unit"))
    summary, _ = go(last=str(tmp_path / "last"))
    assert "GJ713" not in {one.code for one in summary.findings}


def test_units_do_not_count_in_the_totals(tmp_path: Path, go: Go) -> None:
    put_many(tmp_path / "in", 1)
    go()
    totals = summary_of(tmp_path / "out")["totals"]
    put(tmp_path / "in", "unit", department(0, scope="unit"))
    go()
    assert summary_of(tmp_path / "out")["totals"] == totals
    assert summary_of(tmp_path / "out")["counts"] == {"generated": 2}


def test_what_is_set_aside_leaves_the_others(tmp_path: Path, go: Go) -> None:
    put_many(tmp_path / "in", 1)
    (tmp_path / "in" / "loop.json").symlink_to("loop.json")
    put(tmp_path / "in", "summary.xlsx", department(1))
    summary, listener = go()
    assert sorted(statuses(summary).values()) == ["failed", "failed", "generated"]
    assert summary.complete
    assert not summary.publishable
    assert len(listener.outcomes) == 3
    stopped, _ = go(out="new", keep_going=False)
    assert not stopped.complete


def test_a_folder_of_another_department_is_not_overwritten(tmp_path: Path, go: Go) -> None:
    put(tmp_path / "in", "局", department(0))
    put(tmp_path / "in", "501", department(1))
    go()
    before = contents(tmp_path / "out" / "局")
    other = department(7)
    other["department"]["name"] = department(0)["department"]["name"]
    put(tmp_path / "in", "局", other)
    for damage in (lambda: None, (tmp_path / "out" / "局" / "manifest.json").unlink):
        damage()
        summary, _ = go()
        assert statuses(summary) == {"501": "generated", "局": "failed"}
        [finding] = summary.outcomes[1].findings
        assert "里是 500“青溪市甲甲局”的文件，没有覆盖" in finding.text
    assert {name: before[name] for name in before if name != "manifest.json"} == contents(tmp_path / "out" / "局")


def rename(folder: Path) -> None:
    data = department(0)
    data["department"]["name"] = "青溪市新局"
    put(folder / "in", "500", data)


def test_a_renamed_department_leaves_no_files_of_its_old_name(tmp_path: Path, go: Go) -> None:
    put_many(tmp_path / "in", 2)
    go()
    [old] = (tmp_path / "out" / "500").glob("*.xlsx")
    rename(tmp_path)
    summary, _ = go()
    assert by_name(summary)["500"][-1] == "PL207"
    assert f"由“青溪市甲甲局”改名“青溪市新局”；旧名的文件已删去：{old.name}" in summary.outcomes[0].findings[-1].text
    assert [path.name for path in (tmp_path / "out" / "500").glob("*.xlsx")] == list(summary.outcomes[0].files)
    assert not old.exists()
    assert known(tmp_path) == [Path(name).stem for name in summary.outcomes[0].files]
    again, listener = go()
    assert listener.current == 2
    assert "PL207" not in by_name(again)["500"]


def test_a_file_of_the_old_name_that_was_edited_is_kept(tmp_path: Path, go: Go) -> None:
    put_many(tmp_path / "in", 1)
    go()
    [old] = (tmp_path / "out" / "500").glob("*.xlsx")
    old.write_bytes(b"edited")
    rename(tmp_path)
    summary, _ = go()
    assert f"手工改过的留着：{old.name}" in summary.outcomes[0].findings[-1].text
    assert old.read_bytes() == b"edited"
    assert known(tmp_path) == [Path(name).stem for name in summary.outcomes[0].files]
    put_many(tmp_path / "in", 1)  # the old name again: a file that was edited is not replaced
    [outcome] = go()[0].outcomes
    assert [finding.code for finding in outcome.findings] == ["PL106"]
    assert old.read_bytes() == b"edited"


def known(root: Path) -> list[str]:
    """The documents that the manifest of the department 500 knows; their states are the same."""
    documents = sorted(json.loads((root / "out" / "500" / "manifest.json").read_bytes())["documents"])
    assert sorted(path.stem for path in (root / "out.state" / "500").glob("*.state")) == documents
    return documents


def test_the_files_of_another_year_stay(tmp_path: Path, go: Go) -> None:
    put(tmp_path / "in", "500", department(0, year=2022))
    go()
    rename(tmp_path)
    summary, _ = go()
    assert "PL207" not in by_name(summary)["500"]
    assert len(list((tmp_path / "out" / "500").glob("*.xlsx"))) == 2


def test_every_executor_gives_the_same_bytes(city: Path, go: Go) -> None:
    go(out="again")
    assert contents(city / "again") == contents(city / "out")


def test_the_summary_holds_no_time_of_day(made: Path) -> None:
    with zipfile.ZipFile(made / "out" / "summary.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 1, 1, 0, 0, 0)}
        assert b"2023-01-01T00:00:00Z" in archive.read("docProps/core.xml")
