"""What a command line names, and the documents it stands for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
}


@pytest.mark.parametrize("inputs", WRONG, ids=" ".join)
def test_a_wrong_input_ends_the_run_before_any_work(inputs: tuple[str, ...], here: Path) -> None:
    (here / "out").mkdir()
    (here / "out" / "a.json").write_text("{}")
    with pytest.raises(UsageError, match=WRONG[inputs]):
        find_jobs(inputs, Path("out"), "zhejiang")


def test_a_job_has_a_folder_of_its_own_below_the_output(here: Path) -> None:
    jobs = find_jobs(["in"], Path("in/out"), "zhejiang", ["pdf"])
    assert [(job.name, Path(job.out)) for job in jobs] == [
        ("a", Path("in/out/a")), ("b", Path("in/out/b")), ("教育/451", Path("in/out/教育/451")),
    ]  # fmt: skip
    assert {job.formats for job in jobs} == {("pdf",)}


# What is set aside by name, while the others go on.


def jobs_of(*inputs: str) -> dict[str, str]:
    """The jobs by name, each with the code and the text of its problem or an empty text."""
    return {
        job.name: f"{job.problem.code} {job.problem.text}" if job.problem else ""
        for job in find_jobs(inputs, Path("in/out"), "zhejiang")
    }


def test_two_documents_that_would_share_a_folder_are_set_aside(here: Path) -> None:
    for name in ("in/A.json", "in/summary.xlsx.json"):
        (here / name).write_text("{}")
    jobs = jobs_of("in")
    assert (jobs["b"], jobs["教育/451"]) == ("", "")
    assert jobs["in/A.json"] == "PL205 in/A.json 和 in/a.json 的输出文件夹都是“A”，都没有生成"
    assert jobs["in/a.json"] == "PL205 in/a.json 和 in/A.json 的输出文件夹都是“a”，都没有生成"
    assert "summary.xlsx.json 和 summary.xlsx 的输出文件夹" in jobs["in/summary.xlsx.json"]
    assert len(jobs) == 5


@pytest.mark.parametrize("line", ["...json", "..json", ".json", "in/...json", ".parts/500.json"])
def test_a_name_that_leads_out_of_the_output_folder_is_set_aside(line: str, here: Path) -> None:
    path = here / line
    path.parent.mkdir(exist_ok=True)
    path.write_text("{}")
    (here / "list.txt").write_text(f"{line}\nother/c.json\na.json\n", encoding="utf-8")
    jobs = jobs_of("list.txt")
    assert jobs.pop("other/c") == jobs.pop("a") == ""
    [problem] = jobs.values()
    assert problem.startswith("PL205 ")
    assert "得不到自己的输出文件夹" in problem


def test_a_pattern_that_leads_out_of_the_output_folder_is_set_aside(here: Path) -> None:
    [problem] = jobs_of("i*/教育/../../other/*.json").values()
    assert problem.startswith("PL205 in/教育/../../other/c.json 得不到自己的输出文件夹")


def test_links_in_a_circle_are_read_once(here: Path) -> None:
    (here / "in" / "loop.json").symlink_to("loop.json")
    (here / "in" / "教育" / "up").symlink_to("..")
    (here / "in" / "linked").symlink_to("../other")
    jobs = jobs_of("in")
    assert sorted(jobs) == ["a", "b", "linked/c", "loop", "教育/451"]
    assert set(jobs.values()) == {""}  # that `loop` cannot be read, the build reports


def test_a_pipe_is_set_aside(here: Path) -> None:
    os.mkfifo(here / "in" / "pipe.json")
    for jobs in (jobs_of("in"), jobs_of("in/*.json")):
        assert jobs["pipe"] == "PL205 in/pipe.json 不是普通文件"
        assert jobs["a"] == ""


@pytest.mark.parametrize("given", ["in", "in/*/*.json", "in/**/*.json"])
def test_an_unreadable_folder_is_set_aside(given: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "in" / "closed").mkdir()
    monkeypatch.setattr(os, "scandir", _refusing("closed", os.scandir))
    jobs = jobs_of(given)
    assert jobs["closed/"] == "PL204 读不了文件夹 in/closed：没有权限，或正被别的程序打开；其中的部门都没有生成"
    assert jobs["教育/451"] == ""


def _refusing(name: str, scandir: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def refusing(path: Any = ".") -> Any:
        if os.path.basename(os.path.normpath(os.fsdecode(path))) == name:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    return refusing


@pytest.mark.parametrize("given", ["in", "in/**/*.json"])
def test_what_another_run_wrote_is_no_document(given: str, here: Path) -> None:
    for name in ("manifest", "outcome", "summary"):
        path = here / "in" / "out2" / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'{{\n "form": "reportgen-{name}/1"}}')
    (here / "in" / "教育" / "summary.json").write_text("{}")  # a department of that name
    assert [name for name in jobs_of(given) if name.startswith(("out2", "教育"))] == ["教育/451", "教育/summary"]


def test_a_folder_without_json_means_its_workbooks(here: Path) -> None:
    for name in ("收回/a.xlsx", "收回/b.XLS", "收回/深/c.et", "收回/~$a.xlsx", "收回/.d.xlsx", "收回/e.docx"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(b"")
    assert [one.name for one in documents(["收回"], here / "out")] == ["a", "b", "深/c"]
    (here / "收回" / "f.json").write_text("{}")
    assert [one.name for one in documents(["收回"], here / "out")] == ["f"]
    assert [one.name for one in documents(["收回/*.xlsx", "收回/深/c.et"], here / "out")] == ["c", "a"]
