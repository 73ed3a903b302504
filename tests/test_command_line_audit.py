"""``reportgen audit`` as it is typed: what it is held against, what it writes, exit codes, interruption."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.auditing.test_own_documents import DEMO, figure, rendered, with_runs
from tests.bad_input.command import run

pytest.importorskip("pypdfium2")
OK, ERRORS, USAGE, UNREADABLE, WRITE = 0, 1, 2, 3, 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound PDF, and one with a figure of no relation changed: only the data says that it is wrong."""
    path = tmp_path_factory.mktemp("published")
    (path / "a.pdf").write_bytes(rendered(DEMO)["pdf"])
    changed = with_runs(lambda block, run: figure(run, "assets.vehicles.total", "9"))
    (path / "b.pdf").write_bytes(changed)
    return path


def test_a_file_that_agrees_with_its_data_says_how_much_was_held(folder: Path) -> None:
    code, _, err = run("audit", str(folder / "a.pdf"), "--data", str(DEMO))
    assert code == OK
    assert "与数据对照了表里 372 个数" in err


def test_a_figure_that_only_the_data_knows_is_an_error(folder: Path) -> None:
    assert run("audit", str(folder / "b.pdf"))[0] == OK
    code, out, err = run("audit", str(folder / "b.pdf"), "--data", str(DEMO), "--json")
    (file,) = json.loads(out)["files"]
    (found,) = (one for one in file["findings"] if one["code"] == "AU133")
    assert (code, err) == (ERRORS, "")
    assert found["values"] == {"printed": "9辆", "right": "2辆"}
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


def test_data_belongs_to_a_single_file(folder: Path) -> None:
    code, _, err = run("audit", str(folder), "--data", str(DEMO))
    assert (code, "只用于一份文件，这里有 2 份" in err) == (USAGE, True)
