"""What a layout's files say is remembered; a change is seen all the same, and what is remembered is what they say."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportgen.core import cache
from reportgen.core.errors import LayoutError
from reportgen.core.paths import shipped
from reportgen.layout import folder, yaml_reader
from reportgen.layout.load import load_layout
from reportgen.layout.yaml_mapping import Mapping

TABLE = "title: 甲\ncolumns: [{head: 栏, value: name}]\nrows: units.rows\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    folder.read_folder.cache_clear()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A layout of its own beside the shipped ones."""
    place = tmp_path / "layouts" / "own"
    (place / "tables").mkdir(parents=True)
    (place / "layout.yaml").write_text("extends: zhejiang\ntitle: 一\n", encoding="utf-8")
    return place


def places(value: Any) -> Any:
    """A value with the place of every mapping."""
    if isinstance(value, Mapping):
        return value.place, {key: places(one) for key, one in value.items()}
    return [places(one) for one in value] if isinstance(value, list) else (type(value), value)


@pytest.mark.parametrize("name", ["gongwen", "zhejiang"])
def test_the_cache_says_what_the_files_say(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = shipped("layouts") / name
    written = {n: places(data) for n, data in folder.read_folder(place, folder.stamp(place)).items()}
    folder.read_folder.cache_clear()
    monkeypatch.setattr(yaml_reader, "parsed", None)  # the second time nothing may be parsed
    kept = {n: places(data) for n, data in folder.read_folder(place, folder.stamp(place)).items()}
    assert kept == written
    assert list(kept) == list(written)


def test_a_layout_that_has_not_changed_is_not_made_again(own: Path) -> None:
    assert load_layout(str(own)) is load_layout(str(own))


CHANGES: dict[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "other words of the same length": (
        lambda own: (own / "layout.yaml").write_text("extends: zhejiang\ntitle: 二\n", encoding="utf-8"),
        lambda own: load_layout(str(own)).title == "二",
    ),
    "a new file": (
        lambda own: (own / "tables" / "99-new.yaml").write_text(TABLE, encoding="utf-8"),
        lambda own: "99-new" in load_layout(str(own)).tables,
    ),
    "a file of the layout that it extends": (
        lambda own: (own.parent / "zhejiang").mkdir(),
        lambda own: load_layout(str(own)).folders[1] == own.parent / "zhejiang",
    ),
    "a typeface": (
        lambda own: (
            (own / "fonts").mkdir(),
            (own / "fonts" / "GongwenSong.ttf").write_bytes(b""),
        ),
        lambda own: own / "fonts" in {face.file.parent for face in load_layout(str(own)).style.faces.values()},
    ),
}


@pytest.mark.parametrize(("change", "seen"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_in_the_same_process(
    own: Path, change: Callable[[Path], object], seen: Callable[[Path], object]
) -> None:
    before = load_layout(str(own))
    base = shipped("layouts") / "zhejiang"
    change(own)
    if (beside := own.parent / "zhejiang").is_dir():
        shutil.copytree(base, beside, dirs_exist_ok=True)
    assert seen(own)
    assert load_layout(str(own)) is not before


ODD = {"an empty name": '"": 甲\n'}
REFUSED = {
    "a set": "title: !!set {甲, 乙}\n",
    "pairs": "title: !!pairs [甲: 乙]\n",
    "bytes": "title: !!binary abc\n",
    "a date": "title: !!timestamp 2023-02-30\n",
    "more than a disk holds": "a0: &a0 [甲]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 7)),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_no_layout_has_is_refused_when_it_is_read(own: Path, text: str) -> None:
    (own / "layout.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError):
        folder.read_folder(own, folder.stamp(own))


def test_a_date_is_a_text(own: Path) -> None:
    (own / "layout.yaml").write_text("title: 2023-02-30\n", encoding="utf-8")
    assert folder.read_folder(own, folder.stamp(own))["layout.yaml"] == {"title": "2023-02-30"}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_json_cannot_say_is_read_and_not_kept(own: Path, text: str, tmp_path: Path) -> None:
    (own / "layout.yaml").write_text(text, encoding="utf-8")
    first = folder.read_folder(own, folder.stamp(own))
    assert first["layout.yaml"] == yaml_reader.parsed(text.encode(), "own/layout.yaml")
    assert not list((tmp_path / "cache").glob("*"))


def test_a_damaged_cache_is_ignored(own: Path, tmp_path: Path) -> None:
    before = load_layout(str(own)).title
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    folder.read_folder.cache_clear()
    os.utime(own / "layout.yaml")
    assert load_layout(str(own)).title == before
