"""The exit code is the verdict whatever happens to the output; odd names and limits are refused in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input.command import run_json
from tests.bad_input.sample import DEMO, changed

LOST = ["| true", ">/dev/full", "2>/dev/full", ">/dev/full 2>&1", ">&-", "2>&-", ">&- 2>&-"]
"""What a shell does with the output."""


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "预算.json"
    path.write_text(json.dumps(changed({"/carried_forward": "999"}), default=str), encoding="utf-8")
    return path


def exit_code(command: str, fate: str, before: str = "") -> int:
    """The exit code of ``reportgen`` in a shell."""
    line = f"{before} {sys.executable} -m reportgen {command}"
    if fate.startswith("|"):
        line = f"set -o pipefail; {line} {fate}"
    return subprocess.run(["bash", "-c", f"{line} {'' if fate.startswith('|') else fate}"], check=False).returncode


@pytest.mark.parametrize("fate", LOST)
@pytest.mark.parametrize("option", ["", "--json"])
def test_a_refusal_stays_a_refusal_when_its_output_is_lost(fate: str, option: str, refused: Path) -> None:
    assert exit_code(f"check -v {option} {refused}", fate) == 1


@pytest.mark.parametrize("fate", LOST)
def test_what_succeeds_stays_so_when_its_output_is_lost(fate: str) -> None:
    assert exit_code(f"check {DEMO}", fate) == 0
    assert exit_code("--help", fate) == 0


def test_a_refusal_stays_a_refusal_when_interrupts_are_ignored(refused: Path) -> None:
    assert exit_code(f"check {refused}", ">/dev/full", "trap '' INT;") == 1


@pytest.mark.parametrize("name", ["甲" * 5000, "x" * 5000, "a\0b", "\udcff\udcfe", "x/" * 3000])
def test_an_odd_name_is_refused_in_words(name: str) -> None:
    for arguments in ([str(DEMO), "--layout", name], [name], [str(DEMO), "--last", name]):
        result = run_json("check", *arguments)
        assert result.exit_code in (2, 3), arguments
        assert result.messages[-1].message


def test_names_of_files_that_are_not_utf_8_are_kept_and_can_be_printed(tmp_path: Path) -> None:
    folder = tmp_path / "\udcff夹"
    folder.mkdir()
    (folder / "\udcfe.json").write_bytes(DEMO.read_bytes())
    (folder / "layout.yaml").write_text("title: 试\nextends: zhejiang\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "build",
        folder / "\udcfe.json",
        "--layout",
        folder,
        "-o",
        folder / "o",
    ]
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert b"\\udcff" in ended.stdout
    assert len(list((folder / "o").glob("*.pdf"))) == 1


@pytest.mark.parametrize("option", ["--memory-limit", "--time-limit", "--jobs"])
def test_a_limit_beyond_all_bounds_is_refused_in_words(option: str, tmp_path: Path) -> None:
    result = run_json("bulk", str(DEMO), "-o", str(tmp_path / "out"), option, str(10**30))
    assert result.exit_code == 2
    assert f"{option}：应为" in result.messages[0].message
