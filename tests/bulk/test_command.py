"""What the command ``bulk`` says, and its exit codes. The work is done beforehand: nothing here starts a worker."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import pytest

from reportgen.bulk import BulkOptions, Job, Outcome, run
from reportgen.bulk.executors import local
from reportgen.bulk.executors.build_job import build_job
from reportgen.cli import main
from reportgen.cli.language import Language
from reportgen.cli.progress import Progress
from tests.bulk.departments import put_many

FORMAT = ("--format", "xlsx")


def here(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
    yield from map(build_job, jobs)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    put_many(root / "in", 2)
    run([root / "in"], root / "out", BulkOptions(formats=("xlsx",)), executor=here)
    return root


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is done in this process."""
    monkeypatch.setattr(local, "processes", lambda *given: here)


Said = tuple[int, str, str]


@pytest.fixture
def call(made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    def command(*arguments: str) -> Said:
        monkeypatch.chdir(made)
        code = main(["bulk", *arguments, *FORMAT])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_line_for_each_department(call: Callable[..., Said]) -> None:
    code, out, err = call("in", "-o", "out")
    assert code == 0
    assert out.splitlines() == ["已是最新  500 青溪市甲甲局", "已是最新  501 青溪市乙甲局"]
    assert err == "2 个部门：新生成 0，已是最新 2，没有生成 0。\n"


def test_quiet_says_nothing_when_all_is_well(call: Callable[..., Said]) -> None:
    assert call("in", "-o", "out", "-q") == (0, "", "")


def test_json_is_the_summary(call: Callable[..., Said], made: Path) -> None:
    code, out, err = call("in", "-o", "out", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {**json.loads((made / "out" / "summary.json").read_bytes()), "current": 2}


@pytest.mark.usefixtures("in_this_process")
def test_failures_come_first_and_give_exit_code_one(call: Callable[..., Said], made: Path, tmp_path: Path) -> None:
    broken = tmp_path / "in" / "broken.json"
    broken.parent.mkdir()
    broken.write_text("[]")
    log = tmp_path / "log"
    code, out, err = call(str(broken), "in", "-o", str(tmp_path / "out"), "-q", "--log", str(log))
    assert code == 1
    assert out == ""
    assert err.splitlines()[0] == "无法生成  broken  PL103 不合格式，共 1 处"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(line["name"], line["status"]) for line in lines] == [
        ("500", "generated"), ("501", "generated"), ("broken", "failed"),
    ]  # fmt: skip


WRONG = {
    ("nowhere", "-o", "x"): "没有“nowhere”这个文件或文件夹",
    ("in", "-o", "in"): "输出文件夹不能就是输入文件夹 in",
    ("in", "-o", "x", "--layout", "mars"): "没有“mars”这个版式",
    ("in", "-o", "x", "--time-limit", "0"): "--time-limit：应为大于 0、不超过 1000000 的数，写的是“0”",
    ("in", "-o", "x", "--memory-limit", "-1"): "--memory-limit：应为 1 到 1000000 的整数，写的是“-1”",
    ("in", "-o", "x", "--jobs", "-1"): "--jobs：应为 1 到 1000000 的整数，写的是“-1”",
    ("in", "-o", "x", "--last", "nowhere"): "没有“nowhere”这个文件或文件夹",
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_command_line_stops_before_any_work(
    arguments: tuple[str, ...], call: Callable[..., Said], made: Path
) -> None:
    code, _, err = call(*arguments)
    assert code == 2
    assert WRONG[arguments] in err
    assert not (made / "x").exists()


def test_an_unwritable_output_is_reported_before_any_work(call: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = call("in", "-o", str(tmp_path / "file"))
    assert code == 6
    assert "写不了" in err


# The bar.


def progress(shown: bool) -> tuple[Progress, io.StringIO]:
    stream = io.StringIO()
    return Progress(Language(), shown, stream), stream


def test_the_bar_tells_rate_remaining_time_and_failures() -> None:
    bar, stream = progress(shown=True)
    bar.begun(100, 60)
    for n in range(10):
        bar.ended(Outcome(str(n), "failed" if n == 3 else "generated"))
    assert bar.line(5) == "██████░░░░░░░░░░░░░░░░░░ 10/40  每秒 2.0 个  剩余 0:15  失败 1"
    assert bar.line(3600 * 5).endswith("剩余 15:00:00  失败 1")
    bar.close()
    assert stream.getvalue().startswith("\r\x1b[2K")
    assert stream.getvalue().endswith("\r\x1b[2K")


def test_no_bar_without_a_terminal() -> None:
    bar, stream = progress(shown=False)
    bar.begun(1, 0)
    bar.ended(Outcome("x", "generated"))
    bar.close()
    assert stream.getvalue() == ""


def test_no_bar_when_there_is_nothing_to_do() -> None:
    bar, stream = progress(shown=True)
    bar.begun(2, 2)
    bar.close()
    assert stream.getvalue() == ""
