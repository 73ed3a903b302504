"""Each bad document gets its exit code, its message and its pointer, at ``check`` as at ``build``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .cases import CASES, OK, UNREADABLE, Case
from .told import Told, one_layout_reading, run, told


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterator[None]:
    with one_layout_reading():
        yield


def of_case(case: Case, folder: Path, *more: str, command: str = "check") -> Told:
    """What is said of the case's document."""
    path = folder / "预算.json"
    path.write_bytes(case.payload)
    if case.size:
        with path.open("r+b") as file:
            file.truncate(case.size)
    return told(command, str(path), *more)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_said_at_check(case: Case, tmp_path: Path) -> None:
    result = of_case(case, tmp_path)
    assert result.exit_code == case.code, result.said[:3]
    assert result.err == ""
    assert not case.says or result.has(case.says, case.pointer), result.said[:5]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_message_shows_its_workings(case: Case, tmp_path: Path) -> None:
    """No unfilled place, no Python, nothing that steers the terminal; and in words, not only as data."""
    exit_code, out, err = run("check", _written(case, tmp_path))
    assert exit_code == case.code
    assert not re.search(r"Traceback|\{[a-z]+\}|Error\b|None|Decimal\(|<class", out + err)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", out + err)


@pytest.mark.parametrize("case", [c for c in CASES if c.code not in (OK, UNREADABLE)], ids=str)
def test_it_is_said_at_build_and_nothing_is_written(case: Case, tmp_path: Path) -> None:
    result = of_case(case, tmp_path, "-o", str(tmp_path / "公开"), command="build")
    assert result.exit_code == case.code
    assert result.has(case.says, case.pointer)
    assert [path.name for path in tmp_path.iterdir()] == ["预算.json"]


def _written(case: Case, folder: Path) -> str:
    path = folder / "预算.json"
    path.write_bytes(case.payload)
    if case.size:
        with path.open("r+b") as file:
            file.truncate(case.size)
    return str(path)


def test_the_cases_are_told_apart() -> None:
    assert len({str(case) for case in CASES}) == len(CASES) > 100
