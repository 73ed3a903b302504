"""The cache: what is kept is found again, what cannot be trusted is not, and nothing that goes wrong is noticed."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reportgen.core import cache

posix = pytest.mark.xfail(sys.platform == "win32", reason="Windows guards a user's folders by other means", run=False)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_library_call_uses_no_folder_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setattr(cache, "_enabled", False)
    assert cache.folder() is None
    cache.enable()
    assert cache.folder() is not None


def entry(place: Path) -> Path:
    (only,) = place.iterdir()
    return only


def test_what_was_saved_is_loaded_and_nothing_else(place: Path) -> None:
    assert cache.load("a") is None
    cache.save("a", b"one")
    cache.save("a", b"two")
    assert (cache.load("a"), cache.load("b")) == (b"two", None)
    assert entry(place).read_bytes().endswith(b"two")


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda whole: whole[:-1],
    "longer": lambda whole: whole + b"x",
    "one bit": lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
    "empty": lambda whole: b"",
    "another seal": lambda whole: bytes(32) + whole[32:],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_entry_is_none(place: Path, damage: Callable[[bytes], bytes]) -> None:
    cache.save("a", b"payload")
    entry(place).write_bytes(damage(entry(place).read_bytes()))
    assert cache.load("a") is None
    cache.save("a", b"payload")
    assert cache.load("a") == b"payload"


def test_an_entry_moved_to_another_key_is_none(place: Path) -> None:
    cache.save("a", b"payload")
    first = entry(place)
    cache.save("b", b"other")
    second = next(path for path in place.iterdir() if path != first)
    os.replace(first, second)
    assert cache.load("b") is None


@posix
@pytest.mark.parametrize("writable", [stat.S_IWGRP, stat.S_IWOTH])
def test_what_others_can_write_is_not_read(place: Path, writable: int) -> None:
    cache.save("a", b"payload")
    entry(place).chmod(0o600 | writable)
    assert cache.load("a") is None


@posix
def test_nothing_is_kept_where_others_can_write(place: Path) -> None:
    place.mkdir()
    place.chmod(0o777)
    cache.save("a", b"payload")
    assert list(place.iterdir()) == []


@posix
def test_a_new_folder_is_the_users_alone(place: Path) -> None:
    cache.save("a", b"payload")
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_is_no_error(place: Path) -> None:
    place.write_bytes(b"a file")
    cache.save("a", b"payload")
    assert cache.load("a") is None


@pytest.mark.parametrize("value", [*cache.OFF, " OFF "])
def test_the_cache_can_be_switched_off(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, value)
    cache.save("a", b"payload")
    assert (cache.folder(), cache.load("a")) == (None, None)


def test_without_the_variable_it_is_the_systems_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setattr(cache, "_enabled", True)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "users"))
    if sys.platform != "darwin":
        assert cache.folder() == tmp_path / "users" / "reportgen"
    else:
        assert cache.folder() == Path.home() / "Library" / "Caches" / "reportgen"


def test_many_writers_at_once_leave_one_whole_entry(place: Path) -> None:
    payloads = [bytes([n]) * 100_000 for n in range(16)]
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda payload: cache.save("a", payload), payloads))
    assert cache.load("a") in payloads
    assert entry(place).suffix == ".kept"


def test_the_oldest_entries_go(place: Path) -> None:
    for n in range(cache.MOST_ENTRIES):
        cache.save(str(n), b"payload")
    for path in place.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    cache.save("new", b"payload")
    assert len(list(place.iterdir())) == cache.MOST_ENTRIES
    assert cache.load("new") == b"payload"


def test_a_payload_without_measure_is_not_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LARGEST", 100)
    cache.save("a", bytes(100))
    assert cache.load("a") is None
    assert not place.exists()
