"""What a command line names, and the documents it stands for."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.bulk.inputs import documents
from reportgen.bulk.jobs import find_jobs
from reportgen.core.errors import UsageError

FILES = (
    "in/a.json", "in/b.json", "in/教育/451.json", "in/.hidden.json", "in/.git/x.json", "in/note.txt",
    "in/out/a/outcome.json", "other/c.json", "shout/D.JSON",
)  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    (tmp_path / "list.txt").write_text("# 两份\nin/b.json\n\nother/c.json\n", encoding="utf-8")
    (tmp_path / "in" / "list.txt").write_text("\ufeffa.json\r\n../other/c.json\r\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("in/a.json\n"))
    return tmp_path


@dataclass(frozen=True)
class Case:
    inputs: tuple[str, ...]
    names: tuple[str, ...]


CASES = (
    Case(("in",), ("a", "b", "教育/451")),
    Case(("in/",), ("a", "b", "教育/451")),
    Case(("in/*.json",), ("a", "b")),
    Case(("in/**/*.json",), ("a", "b", "教育/451", "out/a/outcome")),
    Case(("*/?.json",), ("in/a", "in/b", "other/c")),
    Case(("list.txt",), ("in/b", "other/c")),
    Case(("in/list.txt",), ("in/a", "other/c")),
    Case(("-",), ("a",)),
    Case(("in/a.json",), ("a",)),
    Case(("in/a.json", "other/c.json"), ("in/a", "other/c")),
    Case(("in/a.json", "in/a.json"), ("a",)),
    Case(("shout",), ("D",)),
    Case(("in", "other"), ("a", "b", "c", "教育/451")),
    Case(("in", "in/a.json"), ("a", "b", "教育/451")),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case.inputs))
def test_documents(case: Case, here: Path) -> None:
    found = sorted(documents(case.inputs, Path("in/out")), key=lambda one: one.name)
    assert tuple(one.name for one in found) == tuple(sorted(case.names))
    assert all(one.path.is_file() for one in found)


WRONG = {
    ("nowhere",): "没有“nowhere”这个文件或文件夹",
    ("in/*.xml",): "in/\\*.xml 中没有 JSON 文件",
    ("in/note.txt",): "清单中的“in/{}”不是 .json 文件",
    ("in", "x"): "没有“x”这个文件或文件夹",
    ("out",): "输出文件夹不能就是输入文件夹 out",
    ("twins",): "twins/A.json 和 twins/a.json 的输出文件夹都是“a”",
    ("taken",): "summary.xlsx 和 taken/summary.xlsx.json 的输出文件夹都是“summary.xlsx”",
}


@pytest.mark.parametrize("inputs", WRONG, ids=" ".join)
def test_a_wrong_input_ends_the_run_before_any_work(inputs: tuple[str, ...], here: Path) -> None:
    for name in ("twins/A.json", "twins/a.json", "taken/summary.xlsx.json", "out/a.json"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text("{}")
    if not (here / "twins" / "A.json").read_text():
        pytest.skip("a file system without capitals")
    with pytest.raises(UsageError, match=WRONG[inputs]):
        find_jobs(inputs, Path("out"), "zhejiang")


def test_a_job_has_a_folder_of_its_own_below_the_output(here: Path) -> None:
    jobs = find_jobs(["in"], Path("in/out"), "zhejiang", ["pdf"])
    assert [(job.name, Path(job.out)) for job in jobs] == [
        ("a", Path("in/out/a")), ("b", Path("in/out/b")), ("教育/451", Path("in/out/教育/451")),
    ]  # fmt: skip
    assert {job.formats for job in jobs} == {("pdf",)}
