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
from reportgen.bulk.executors.build_job import work
from reportgen.bulk.outcome import Hands
from tests.bulk.departments import contents, department, put, put_many, refused

XLSX = ("xlsx",)
BOMB = 500 << 20
EVIL = "=1+<script>局"


class ReadDocument:
    """Who watches: what was told."""

    def __init__(self) -> None:
        self.current = -1
        self.outcomes: list[Outcome] = []

    def begun(self, jobs: int, current: int) -> None:
        self.current = current

    def ended(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


Go = Callable[..., tuple[Summary, ReadDocument]]


@pytest.fixture
def go(tmp_path: Path) -> Go:
    """Run over the folder ``in`` into ``out``, workbooks only, the work done in this process."""

    def once(hands: Hands = here, out: str = "out", **wishes: Any) -> tuple[Summary, ReadDocument]:
        seen = ReadDocument()
        return run([tmp_path / "in"], tmp_path / out, BulkOptions(wanted=XLSX, **wishes), seen, hands), seen

    return once


def here(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
    """Hands without processes."""
    yield from map(work, jobs)


def nobody(jobs: Any) -> Any:
    """Hands that must not be asked."""
    raise AssertionError("there is no work")
    yield


def statuses(summary: Summary) -> dict[str, str]:
    return {one.name: one.status for one in summary.outcomes}


def told(out: Path) -> Any:
    return json.loads((out / "summary.json").read_bytes())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a mixed batch and what one run made of it. Copied by who changes it."""
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
    run([root / "in"], root / "out", BulkOptions(jobs=2, wanted=XLSX))
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


def test_what_is_wrong_with_one_is_its_own_affair(made: Path) -> None:
    data = told(made / "out")
    assert {one["name"]: one["status"] for one in data["departments"]} == {
        "500": "published", "501": "published", "下级/502": "published", "evil": "published",
        "refused": "refused", "broken": "failed", "bomb": "failed",
    }  # fmt: skip
    worst = {one["name"]: one["findings"][0] for one in data["departments"] if one["status"] != "published"}
    assert worst["refused"]["code"] == "GJ101"
    assert worst["broken"]["message"].startswith("第 1 行第 ")
    assert worst["bomb"]["message"] == "文件超过 32 MB，没有读"
    assert not (made / "out" / "refused").exists()


def test_the_summary_adds_up_what_is_published(made: Path) -> None:
    data = told(made / "out")
    assert data["complete"] is True
    assert data["counts"] == {"failed": 2, "published": 4, "refused": 1}
    assert data["totals"]["revenue.total"] == "120044117.80"  # four times 30011029.45
    assert data["totals"]["general_public.201.total"] == "90699115.80"
    assert data["classes"]["208"] == "社会保障和就业支出"
    assert [(one["code"], one["message"]) for one in data["findings"]] == [("GJ710", "全市合计不含没有公开的 3 个部门")]


def test_files_of_the_summary_are_where_it_says(made: Path) -> None:
    out = made / "out"
    files = [file for one in told(out)["departments"] for file in one["files"]]
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


def test_every_link_of_the_index_leads_to_a_file_and_nothing_runs(made: Path) -> None:
    page = Page((made / "out" / "index.html").read_text(encoding="utf-8"))
    assert len(page.links) == 6
    assert all((made / "out" / unquote(link)).is_file() for link in page.links)
    assert "script" not in page.tags
    assert EVIL in page.text
    assert "文件超过 32 MB" in page.text


def test_the_workbook_of_the_summary(made: Path) -> None:
    book = load_workbook(made / "out" / "summary.xlsx")
    assert book.sheetnames == ["部门", "部门金额（万元）", "全市合计", "全市问题"]
    rows = {row[0]: row for row in book["部门"].values}
    assert rows["500"][1:4] == ("500", "青溪市甲甲局", "已公开")
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
    summary, seen = go(nobody)
    assert summary.publishable
    assert seen.current == 4
    assert {path: path.stat().st_mtime_ns for path in (city / "out").rglob("*")} == before


def test_one_changed_department_makes_one(city: Path, go: Go) -> None:
    put(city / "in", "501", department(1, reception_use="接待来访"))
    _, seen = go()
    assert seen.current == 3
    made_now = [one.name for one in seen.outcomes if not one.current and one.status == "published"]
    assert made_now == ["501"]


def test_force_makes_all_again_with_the_same_bytes(city: Path, go: Go) -> None:
    before = contents(city / "out")
    _, seen = go(force=True)
    assert seen.current == 0
    assert len(seen.outcomes) == 7
    assert contents(city / "out") == before


def test_what_was_published_stays_when_its_successor_is_refused(city: Path, go: Go) -> None:
    before = contents(city / "out" / "501")
    put(city / "in", "501", refused(1))
    summary, _ = go()
    assert statuses(summary)["501"] == "refused"
    assert contents(city / "out" / "501") == before
    assert "501" not in [one.name for one in summary.outcomes if one.files]


DAMAGE: dict[str, Callable[[Path], object]] = {
    "outcome gone": lambda folder: (folder / "outcome.json").unlink(),
    "outcome of another manifest": lambda folder: _replace(folder / "outcome.json", '"manifest": "', '"manifest": "0'),
    "outcome is no JSON": lambda folder: (folder / "outcome.json").write_text("{"),
    "outcome of another shape": lambda folder: (folder / "outcome.json").write_text("[]"),
    "manifest gone": lambda folder: (folder / "manifest.json").unlink(),
    "file gone": lambda folder: next(folder.glob("*局*.xlsx")).unlink(),
    "left by a dead run": lambda folder: (folder / ".reportgen-0123456789abcdef.1.part").write_text("half"),
}


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_mended(damage: str, city: Path, go: Go) -> None:
    before = contents(city / "out")
    DAMAGE[damage](city / "out" / "500")
    go()
    assert contents(city / "out") == before


def test_stop_on_failure_leaves_the_rest_waiting_and_says_so(city: Path, go: Go) -> None:
    summary, seen = go(out="new", keep_going=False)
    assert not summary.complete
    assert not summary.publishable
    assert [one.status for one in seen.outcomes][-1] == "failed"
    assert "waiting" in statuses(summary).values()
    assert told(city / "new")["complete"] is False
    assert "没有做完" in (city / "new" / "index.html").read_text(encoding="utf-8")


def test_an_interrupt_leaves_a_summary_that_says_so(city: Path, go: Go) -> None:
    def interrupted(jobs: Any) -> Any:
        yield Outcome(jobs[0].name, "published")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(interrupted, out="new")
    data = told(city / "new")
    assert data["complete"] is False
    assert data["counts"] == {"published": 1, "waiting": 6}


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
    summary, seen = go(last=str(tmp_path / "last"))
    assert [(one.name, one.findings[0].code) for one in seen.outcomes] == [("500", "GJ603")]


def test_the_same_bytes_wherever_the_work_is_done(city: Path, go: Go) -> None:
    go(out="again")
    assert contents(city / "again") == contents(city / "out")


def test_no_clock_in_the_summary(made: Path) -> None:
    with zipfile.ZipFile(made / "out" / "summary.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 1, 1, 0, 0, 0)}
        assert b"2023-01-01T00:00:00Z" in archive.read("docProps/core.xml")
