"""Watching: one item for each save, none while a file is being written, in any way an editor saves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from reportgen.layout.load import load_layout
from reportgen.pipeline.file_watch import EVERY, STILL, saves, stamps


def after(seen: Iterator[str], wanted: int) -> tuple[int, float]:
    """How many saves are reported when one look after the other sees ``seen``, and how long that took."""
    waited: list[float] = []
    found = saves(lambda: (next(seen),), waited.append)
    try:
        reported = len(list(islice(found, wanted)))
    except RuntimeError:  # the looks ran out
        reported = -1
    return reported, sum(waited)


@pytest.mark.parametrize(
    ("seen", "saves"),
    [
        ("abb", 1),
        ("aaaabb", 1),
        ("abcdd", 1),  # written in pieces: reported once it is complete
        ("abbcc", 2),
        ("abbaa", 2),  # and changed back
    ],
)
def test_a_save_is_told_once_when_it_is_still(seen: str, saves: int) -> None:
    reported, seconds = after(iter(seen), saves)
    assert reported == saves
    assert seconds <= len(seen) * EVERY


def test_nothing_is_told_while_the_file_goes_on_changing() -> None:
    assert after(iter("abcdefgh"), 1)[0] == -1


def test_within_a_second() -> None:
    assert EVERY + 2 * STILL < 0.5


def in_place(path: Path) -> None:
    path.write_text("new", encoding="utf-8")


def by_renaming(path: Path) -> None:
    path.with_suffix(".tmp").write_text("old", encoding="utf-8")
    os.replace(path.with_suffix(".tmp"), path)


def by_removing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("save", [in_place, by_renaming, by_removing])
def test_every_way_of_saving_is_seen(save: object, tmp_path: Path) -> None:
    path = tmp_path / "预算.json"
    path.write_text("old", encoding="utf-8")
    before = stamps([path], None)
    assert stamps([path], None) == before
    save(path)  # type: ignore[operator]
    assert stamps([path], None) != before


@pytest.mark.parametrize("name", ["layout.yaml", "tables/01.yaml", "text/duties.j2", "fonts/x.ttf"])
def test_a_file_of_the_layout_is_watched_too(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "版式"
    folder.mkdir()
    (folder / "layout.yaml").write_text("title: 试\nextends: zhejiang\n", encoding="utf-8")
    layout = load_layout(str(folder))
    before = stamps([], layout)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("title: 又\nextends: zhejiang\n", encoding="utf-8")
    assert stamps([], layout) != before
