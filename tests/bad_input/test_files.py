"""Writing: all files or none, whole or not at all, and nothing left lying about."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from reportgen.core import files, run_lock
from reportgen.core.errors import OutputError
from reportgen.core.files import save_all
from reportgen.core.run_lock import remove_leftovers

OLD = {"a.docx": b"old a", "b.pdf": b"old b", "c.xlsx": b"old c"}
NEW = {"a.docx": b"new a", "b.pdf": b"new b", "c.xlsx": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def standing(tmp_path: Path) -> Path:
    """A folder with what was published before."""
    for name, payload in OLD.items():
        (tmp_path / name).write_bytes(payload)
    return tmp_path


def failing(real: Callable[..., Any], at: int, error: BaseException) -> Callable[..., Any]:
    """``real``, but the call number ``at`` fails."""
    calls = iter(range(1, 1000))

    def replaced(*args: Any, **more: Any) -> Any:
        if next(calls) == at:
            raise error
        return real(*args, **more)

    return replaced


def test_all_files_are_replaced_and_nothing_else_is_there(standing: Path) -> None:
    (standing / "unrelated.txt").write_bytes(b"x")
    assert save_all(standing, NEW) == [standing / name for name in NEW]
    assert contents(standing) == {**NEW, "unrelated.txt": b"x"}


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    save_all(tmp_path / "a" / "b", NEW)
    assert contents(tmp_path / "a" / "b") == NEW


IN_USE = PermissionError(errno.EACCES, "Permission denied", ".part", None, "公开/a.docx")
STOPS = [IN_USE, OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), MemoryError()]


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: type(stop).__name__)
def test_if_a_move_fails_those_before_it_are_undone(
    at: int, stop: BaseException, standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that another program has open may be the last of the three."""
    monkeypatch.setattr(files.os, "replace", failing(os.replace, at, stop))
    with pytest.raises(OutputError if isinstance(stop, OSError) else type(stop)):
        save_all(standing, NEW)
    assert contents(standing) == OLD


@pytest.mark.parametrize("at", [1, 2, 3])
def test_if_a_move_fails_in_an_empty_folder_it_is_empty_again(
    at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "replace", failing(os.replace, at, IN_USE))
    with pytest.raises(OutputError, match=r"公开/a\.docx：没有权限，或正被别的程序打开；原有的文件没有改动"):
        save_all(tmp_path, NEW)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("stop", [OSError(errno.ENOSPC, "x"), KeyboardInterrupt()], ids=["full", "interrupt"])
def test_if_a_write_fails_the_folder_is_unchanged(
    at: int, stop: BaseException, standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "fsync", failing(os.fsync, at, stop))
    with pytest.raises((OutputError, KeyboardInterrupt)) as caught:
        save_all(standing, NEW)
    assert isinstance(caught.value, KeyboardInterrupt) or "磁盘已满" in str(caught.value)
    assert contents(standing) == OLD


def test_without_hard_links_the_old_is_kept_as_a_copy(standing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(files.os, "link", refused)
    monkeypatch.setattr(files.os, "replace", failing(os.replace, 3, IN_USE))
    with pytest.raises(OutputError):
        save_all(standing, NEW)
    assert contents(standing) == OLD
    save_all(standing, NEW)
    assert contents(standing) == NEW


def test_a_symbolic_link_is_replaced_not_followed(standing: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "x"
    elsewhere.write_bytes(b"untouched")
    (standing / "a.docx").unlink()
    (standing / "a.docx").symlink_to(elsewhere)
    save_all(standing, NEW)
    assert contents(standing) == NEW
    assert elsewhere.read_bytes() == b"untouched"


@pytest.mark.parametrize("what", ["file", "below", "folder"])
def test_what_is_no_regular_file_is_not_replaced(what: str, standing: Path) -> None:
    """A file where the folder should be, a file above it, a folder where a file should be."""
    if what == "folder":
        (standing / "b.pdf").unlink()
        (standing / "b.pdf").mkdir()
        with pytest.raises(OutputError, match="是文件夹，不是文件"):
            save_all(standing, NEW)
        assert sorted(path.name for path in standing.iterdir()) == sorted(OLD)
        assert (standing / "a.docx").read_bytes() == OLD["a.docx"]
        return
    place = standing / "a.docx" if what == "file" else standing / "a.docx" / "公开"
    with pytest.raises(OutputError, match=r"已有同名的文件，不是文件夹|路径中有一段不是文件夹"):
        save_all(place, NEW)
    assert contents(standing) == OLD


@pytest.fixture
def nobody() -> Iterator[None]:
    """The rights of an ordinary user: root may write everywhere."""
    if sys.platform == "win32":
        pytest.skip("rights are another matter on Windows")
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


def test_a_read_only_folder_is_named(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path / "公开"
    folder.mkdir(mode=0o555)
    for above in (tmp_path, *tmp_path.parents[:4]):  # pytest's own folders are for their owner only
        if above.stat().st_uid == os.geteuid() and above.name.startswith(("pytest", "popen", "test_a_read")):
            above.chmod(0o755)
    request.getfixturevalue("nobody")
    with pytest.raises(OutputError, match="公开：没有权限"):
        save_all(folder, NEW)
    assert contents(folder) == {}


# What dead runs left.


def leftovers(folder: Path, token: str, kinds: Sequence[str] = ("lock", "0.part", "1.old")) -> list[Path]:
    paths = [folder / f".reportgen-{token}.{kind}" for kind in kinds]
    for path in paths:
        path.write_bytes(b"half")
    return paths


def test_temporary_files_of_ended_runs_are_removed(standing: Path) -> None:
    leftovers(standing, "0" * 16)
    leftovers(standing, "1" * 16, ["0.part"])
    save_all(standing, NEW)
    assert contents(standing) == NEW


def test_temporary_files_of_a_run_that_lasts_are_kept(standing: Path) -> None:
    with run_lock.run_token(standing) as token:
        part = run_lock.temporary(standing, token, 0, "part")
        part.write_bytes(b"in the making")
        save_all(standing, NEW)
        assert part.read_bytes() == b"in the making"
        assert len(contents(standing)) == len(NEW) + 2
    assert contents(standing) == NEW


def test_files_with_similar_names_are_kept(standing: Path) -> None:
    names = [".reportgen-0.part", ".reportgen-zzzzzzzzzzzzzzzz.lock", ".x.part", ".reportgen-" + "0" * 16 + ".txt"]
    for name in names:
        (standing / name).write_bytes(b"mine")
    remove_leftovers(standing)
    assert contents(standing) == {**OLD, **dict.fromkeys(names, b"mine")}


def test_a_lock_file_that_was_removed_before_it_was_locked_is_made_again(
    standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = iter([False, False, True])
    monkeypatch.setattr(run_lock, "_is_held", lambda lock, path: next(held))
    tokens = iter([b"\xaa" * 8, b"\xbb" * 8, b"\xcc" * 8])
    monkeypatch.setattr(run_lock.os, "urandom", lambda _: next(tokens))
    with run_lock.run_token(standing) as token:
        assert token == "c" * 16
    remove_leftovers(standing)
    assert contents(standing) == OLD


def test_a_folder_that_cannot_be_listed_stops_nothing(standing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_lock.os, "listdir", failing(os.listdir, 1, PermissionError(errno.EACCES, "x")))
    save_all(standing, NEW)
    assert {name: (standing / name).read_bytes() for name in NEW} == NEW


def test_the_free_space_is_not_used_twice(standing: Path) -> None:
    """The old is kept by a second name, not by a copy, where the file system can."""
    before = (standing / "a.docx").stat().st_ino
    seen: list[int] = []
    real = os.replace

    def spying(source: Path, target: Path) -> None:
        seen.extend(path.stat().st_ino for path in standing.glob(".reportgen-*.0.old"))
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.os, "replace", spying)
        save_all(standing, NEW)
    assert set(seen) == {before}
