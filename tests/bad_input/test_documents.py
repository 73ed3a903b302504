"""Each bad document gets its exit code, its message and its pointer, at ``check`` as at ``build``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.budget.json_input import LARGEST, read_payload
from reportgen.core.errors import InputError

from .cases import CASES, OK, UNREADABLE, Case, of_case, write_down
from .command import one_layout_reading, run, run_json


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterator[None]:
    with one_layout_reading():
        yield


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_said_at_check(case: Case) -> None:
    result = of_case(case)
    assert result.exit_code == case.code, result.messages[:3]
    assert result.err == ""
    assert not case.says or result.has(case.says, case.pointer), result.messages[:5]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_message_has_an_unfilled_place_or_a_traceback(case: Case, tmp_path: Path) -> None:
    """No unfilled place, no Python, nothing that steers the terminal; and in words, not only as data."""
    exit_code, out, err = run("check", write_down(case, tmp_path))
    assert exit_code == case.code
    assert not re.search(r"Traceback|\{[a-z]+\}|Error\b|None|Decimal\(|<class", out + err)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", out + err)


@pytest.mark.parametrize("case", [c for c in CASES if c.code not in (OK, UNREADABLE)], ids=str)
def test_it_is_said_at_build_and_nothing_is_written(case: Case, tmp_path: Path) -> None:
    result = run_json("build", write_down(case, tmp_path), "-o", str(tmp_path / "公开"))
    assert result.exit_code == case.code
    assert result.has(case.says, case.pointer)
    assert [path.name for path in tmp_path.iterdir()] == ["预算.json"]


def test_of_a_file_too_large_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    path.touch()
    os.truncate(path, LARGEST + 1)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(InputError, match="没有读"):
        read_payload(path)


def test_of_a_stream_no_more_than_the_limit_is_read() -> None:
    """A device, a pipe: it might never end."""
    if not os.path.exists("/dev/zero"):
        pytest.skip("no /dev/zero on this system")
    with pytest.raises(InputError, match="没有读"):
        read_payload(Path("/dev/zero"))


def test_the_cases_have_different_names() -> None:
    assert len({str(case) for case in CASES}) == len(CASES) > 100
