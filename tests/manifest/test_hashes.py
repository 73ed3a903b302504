"""Hashes of files that are asked for again and again: by their stamps, in this run and in the next."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.core import cache
from reportgen.manifest import hashes
from reportgen.manifest.hashes import of_bytes, of_file, of_stamped

LONG_AGO = 1_600_000_000


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The files that were really read, with a cache of the test's own."""
    seen: list[str] = []
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(hashes, "of_file", lambda path: (seen.append(path.name), of_file(path))[1])
    monkeypatch.setattr(hashes, "are_settled", lambda stamps: True)
    yield seen
    hashes._of_stamped.cache_clear()


def next_run() -> None:
    hashes._of_stamped.cache_clear()


def test_an_unchanged_file_is_read_once_for_many_runs(read: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"a")
    for _ in range(3):
        assert of_stamped([tmp_path / "a.ttf"]) == [of_bytes(b"a")]
        next_run()
    assert read == ["a.ttf"]


def test_a_changed_file_is_read_again(read: list[str], tmp_path: Path) -> None:
    file = tmp_path / "a.ttf"
    file.write_bytes(b"a")
    of_stamped([file])
    file.write_bytes(b"b")  # as long as before
    os.utime(file, (LONG_AGO, LONG_AGO))
    assert of_stamped([file]) == [of_bytes(b"b")]


def test_the_hash_of_a_file_changed_just_now_is_not_cached_for_the_next_run(
    read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    (tmp_path / "a.ttf").write_bytes(b"a")
    of_stamped([tmp_path / "a.ttf"])
    assert not (tmp_path / "cache").exists()


def test_a_damaged_cache_is_ignored(read: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"a")
    of_stamped([tmp_path / "a.ttf"])
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(b'["another"]')
    next_run()
    assert of_stamped([tmp_path / "a.ttf"]) == [of_bytes(b"a")]


def test_a_missing_file_has_no_hash(read: list[str], tmp_path: Path) -> None:
    assert of_stamped([tmp_path / "none.ttf"]) == [""]
    assert not (tmp_path / "cache").exists()
