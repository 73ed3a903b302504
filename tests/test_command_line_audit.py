"""``reportgen audit`` as it is typed: what it is held against, what it writes, exit codes, interruption."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.cli import progress
from tests.auditing.test_own_documents import DEMO, figure, rendered, with_runs
from tests.bad_input.command import run
from tests.interrupts import interrupts_enabled

pytest.importorskip("pypdfium2")
OK, ERRORS, USAGE, UNREADABLE, WRITE = 0, 1, 2, 3, 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound PDF, and one with a figure of no relation changed: only the data says that it is wrong."""
    path = tmp_path_factory.mktemp("published")
    (path / "a.pdf").write_bytes(rendered(DEMO)["pdf"])
    changed = with_runs(lambda block, run: figure(run, "assets.equipment", "9"))
    (path / "b.pdf").write_bytes(changed)
    return path


def test_a_file_that_agrees_with_its_data_says_how_much_was_held(folder: Path) -> None:
    code, _, err = run("audit", str(folder / "a.pdf"), "--data", str(DEMO))
    assert code == OK
    found = re.search("与数据对照了表里 ([0-9]+) 个数、文字里 ([0-9]+) 个数", err)
    assert found
    assert int(found[1]) > 350
    assert int(found[2]) > 140


def test_a_figure_that_only_the_data_knows_is_an_error(folder: Path) -> None:
    assert run("audit", str(folder / "b.pdf"))[0] == OK
    code, out, err = run("audit", str(folder / "b.pdf"), "--data", str(DEMO), "--json")
    (file,) = json.loads(out)["files"]
    (found,) = (one for one in file["findings"] if one["code"] == "AU133")
    assert (code, err) == (ERRORS, "")
    assert found["values"] == {"printed": "9台（套）", "right": "3台（套）"}
    assert found["where"][0]["cell"].startswith("第 ")
    assert found["where"][1]["pointer"].startswith("/assets")
    assert file["coverage"]["held"] > 300
    assert file["coverage"]["held_figures"] > 100


def test_the_layout_of_the_data_can_be_named(folder: Path) -> None:
    code, _, _ = run("audit", str(folder / "a.pdf"), "--data", str(DEMO), "--layout", "zhejiang-2026")
    assert code == OK
    assert run("audit", str(folder / "a.pdf"), "--data", str(DEMO), "--layout", "nowhere")[0] == USAGE


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--data", "none.json"), UNREADABLE, "none.json"),
        (("--last", "none.pdf"), UNREADABLE, "none.pdf"),
        (("--report", "{folder}/a.pdf/x.html"), WRITE, "写不了"),
        (("--report", "x.txt"), USAGE, "要以 .html 或 .pdf 结尾"),
        (("--layout", "zhejiang"), USAGE, "版式（--layout）要和数据（--data）一起用"),
        (("--last", "{folder}/b.pdf"), ERRORS, "上年的文件是 2023 年的，审核的是 2023 年的"),
    ],
)
def test_what_it_is_held_against_has_to_be_readable(
    folder: Path, options: tuple[str, str], code: int, says: str
) -> None:
    name, value = options
    found = run("audit", str(folder / "a.pdf"), name, value.format(folder=folder))
    assert (found[0], says in found[2]) == (code, True)


def test_a_folder_is_no_last_year(folder: Path) -> None:
    code, _, err = run("audit", str(folder / "a.pdf"), "--last", str(folder))
    assert (code, "只用于一份文件" in err) == (USAGE, True)


def test_data_belongs_to_a_single_file(folder: Path) -> None:
    code, _, err = run("audit", str(folder), "--data", str(DEMO))
    assert (code, "只用于一份文件，这里有 2 份" in err) == (USAGE, True)


LIST = """代码,名称,类别,主管部门,批复日期,公开日期
450,青溪市财政局,部门,,2023-01-20,2023-02-05
450001,青溪市财政局本级,单位,450,2023-01-28,
470,青溪市水利局,部门,,2023-01-20,
"""


@pytest.fixture
def bureau(folder: Path, tmp_path: Path) -> Path:
    """A folder with one published file and the list, which stands among them."""
    path = tmp_path / "公开"
    path.mkdir()
    (path / "财政局.pdf").write_bytes((folder / "a.pdf").read_bytes())
    (path / "名单.csv").write_text(LIST, encoding="utf-8")
    return path


def test_an_inspection_prints_the_ledger_and_writes_its_files(bureau: Path, tmp_path: Path) -> None:
    roster, out = str(bureau / "名单.csv"), bureau / "检查"
    code, printed, err = run(
        "audit", str(bureau), "--roster", roster, "-o", str(out), "--issuer", "市财政局", "--date", "2023-03-31"
    )
    assert code == ERRORS, "two have not published"
    first, _, last = printed.splitlines()
    assert first.startswith("450 青溪市财政局  及时性 按时  完整性 合格")
    assert last == "470 青溪市水利局  及时性 未公开  完整性 —  细化程度 —  真实性 —  公开形式 —"
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()) == [
        "整改通知/整改通知-450青溪市财政局.docx", "整改通知/整改通知-470青溪市水利局.docx",
        "逐份结果/财政局.pdf.json", "问题清单.xlsx",
    ]  # fmt: skip
    assert f"整改通知写了 2 份，在 {out / '整改通知'}" in err
    assert "没有变" not in err
    ledger = (out / "问题清单.xlsx").read_bytes()
    options = ("--roster", roster, "-o", str(out), "--issuer", "市财政局", "--date", "2023-03-31")
    assert "1 份没有变，用上次的审核" in run("audit", str(bureau), *options)[2]
    assert (out / "问题清单.xlsx").read_bytes() == ledger
    assert "没有变" not in run("audit", str(bureau), *options, "--force")[2]
    again = run("audit", str(bureau), "--roster", roster, "-o", str(out), "--date", "2023-03-31", "--json")
    data = json.loads(again[1])
    assert [entry["code"] for entry in data["entries"]] == ["450", "450001", "470"]
    assert data["unlisted"] == [], "what an inspection wrote is not inspected"
    assert len(data["notices"]) == 2


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--roster", "名单.csv"), USAGE, "一起写"),
        (("-o", "检查", "--data", "{bureau}/名单.csv"), USAGE, "不和 --report、--data、--last 一起用"),
        (("-o", "检查", "--report", "检查.html"), USAGE, "不和 --report、--data、--last 一起用"),
        (("--force",), USAGE, "只和输出文件夹（-o）一起用"),
        (("--issuer", "市财政局"), USAGE, "只和应公开名单（--roster）一起用"),
        (("{bureau}/财政局.pdf", "-o", "{bureau}"), USAGE, "输出文件夹不能就是被审核的文件"),
        (
            ("--roster", "{bureau}/名单.csv", "-o", "检查", "--cluster", "tcp://x:1"),
            USAGE,
            "只和输出文件夹（-o）一起用",
        ),
        (("--roster", "{bureau}/名单.csv", "-o", "{bureau}"), USAGE, "输出文件夹不能就是被审核的文件夹"),
        (("--roster", "none.csv", "-o", "检查"), UNREADABLE, "none.csv"),
        (("--roster", "{bureau}/名单.csv", "-o", "检查", "--date", "昨天"), USAGE, "应为日期"),
        (("--roster", "{bureau}/名单.csv", "-o", "{bureau}/财政局.pdf"), WRITE, "写不了"),
    ],
)
def test_an_inspection_that_cannot_be_made_says_why(
    bureau: Path, options: tuple[str, ...], code: int, says: str
) -> None:
    before = {path: path.read_bytes() for path in bureau.rglob("*") if path.is_file()}
    found = run("audit", str(bureau), *(one.format(bureau=bureau) for one in options))
    assert (found[0], says in found[2]) == (code, True), found
    assert {path: path.read_bytes() for path in bureau.rglob("*") if path.is_file()} == before


def test_a_list_with_mistakes_names_each_cell(bureau: Path, tmp_path: Path) -> None:
    (bureau / "名单.csv").write_text(LIST.replace("2023-01-28", "一月底"), encoding="utf-8")
    code, _, err = run("audit", str(bureau), "--roster", str(bureau / "名单.csv"), "-o", str(tmp_path / "检查"))
    assert (code, "AU163" in err, "第 3 行第 5 列" in err) == (UNREADABLE, True, True)
    assert not (tmp_path / "检查").exists()


def test_many_files_go_into_a_folder_and_only_changed_ones_are_audited_again(bureau: Path, tmp_path: Path) -> None:
    (bureau / "b.pdf").write_bytes(b"%PDF-1.7\nnothing")
    code, printed, err = run("audit", str(bureau), "-o", str(tmp_path / "审核"), "-j", "2")
    assert (code, printed) == (UNREADABLE, "")
    assert "b.pdf：PDF 损坏" in err
    assert "2 份文件：新审核 2，没有变 0；有错误的 0，没有审核的 1。" in err
    (bureau / "b.pdf").unlink()
    code, printed, _ = run("audit", str(bureau), "-o", str(tmp_path / "审核"), "--json")
    data = json.loads(printed)
    assert (code, data["complete"], [file["current"] for file in data["files"]]) == (OK, True, [True])
    page = (tmp_path / "审核" / data["files"][0]["page"]).read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page


def test_a_file_beyond_its_limits_is_one_message(bureau: Path) -> None:
    code, _, err = run("audit", str(bureau / "财政局.pdf"), "--time-limit", "0.01")
    assert (code, "超过 0.01 秒没有完成" in err) == (UNREADABLE, True)


@pytest.mark.parametrize("into_folder", [True, False])
def test_an_interrupt_ends_the_run_and_its_workers_at_once(folder: Path, tmp_path: Path, into_folder: bool) -> None:
    files = tmp_path / "公开"
    files.mkdir()
    for n in range(8):
        (files / f"{n}.pdf").write_bytes((folder / "a.pdf").read_bytes())
    out = tmp_path / "审核"
    options = ["-o", str(out)] if into_folder else []
    command = [sys.executable, "-m", "reportgen", "audit", str(files), "-j", "1", *options]
    with interrupts_enabled():
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        _wait_for(lambda: any(out.rglob("*.json")) if into_folder else bool(_children(process.pid)))
        process.send_signal(signal.SIGINT)
        workers = _children(process.pid)
        printed, err = process.communicate(timeout=30)
    assert (process.returncode, printed) == (130, "")
    assert "Traceback" not in err
    _wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    if into_folder:
        assert "没有完成：正在审核，或被中断" in (out / "index.html").read_text(encoding="utf-8")
        done = len(list(out.rglob("*.json")))
        data = json.loads(run("audit", str(files), "-o", str(out), "--json", "-j", "2")[1])
        assert sum(file["current"] for file in data["files"]) >= done > 0
        assert data["complete"]


def _wait_for(holds: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def _children(pid: int) -> list[int]:
    """The processes that a process has started (Linux)."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in path.read_text(encoding="ascii").split()] if path.exists() else []


@pytest.mark.parametrize("options", [(), ("-o", "{out}")])
def test_a_bar_shows_how_many_files_are_done(
    folder: Path, tmp_path: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "is_shown", lambda quiet, as_json: not quiet and not as_json)
    given = [one.format(out=tmp_path / "审核") for one in options]
    _, _, err = run("audit", str(folder), "-j", "2", *given)
    assert "█" * progress.BAR + " 2/2" in err
    assert "█" not in run("audit", str(folder), "-q", "-j", "2", *given)[2]


@pytest.mark.parametrize("code", ["0 没有错误", "1 有错误", "2 命令写错", "3 文件读不了", "6 写不了结果", "130 被中断"])
def test_the_help_says_every_exit_code(code: str) -> None:
    assert code in run("audit", "--help")[1]
