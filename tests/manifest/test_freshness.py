"""What a second build makes anew: exactly what depends on what was changed. Each case changes one thing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen import Report, build
from reportgen.budget import codes
from reportgen.core.errors import OutputError
from reportgen.core.paths import shipped
from reportgen.layout.load import load_layout
from reportgen.manifest import NAME, fingerprint, record
from reportgen.pipeline import LocalFolder, current_report
from reportgen.pipeline.state_folder import state_records

DEMO = shipped("data") / "samples" / "demo-2023.json"
LAYOUT = "title: 试\nextends: zhejiang\n"
ALL = {"docx", "xlsx"}
OLD, NEW = "青溪市", "青山市"
"""Part of the department's name in the sample, and what it is changed to."""


@dataclass
class Desk:
    """A budget, a layout with a typeface of its own, code books and an output folder, all in one place."""

    root: Path
    patch: pytest.MonkeyPatch

    @property
    def source(self) -> Path:
        return self.root / "预算.json"

    @property
    def layout(self) -> Path:
        return self.root / "版式"

    @property
    def out(self) -> Path:
        return self.root / "公开"

    def build(self, *wanted: str, force: bool = False, sources: bool = False) -> Report:
        return build(self.source, self.out, wanted or sorted(ALL), str(self.layout), sources=sources, force=force)

    def data(self, old: str, new: str) -> None:
        self.edit(self.source, old, new)

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def override(self, name: str, old: str, new: str) -> None:
        """A file of the layout, changed: the nearest file wins."""
        text = (shipped("layouts") / "zhejiang" / name).read_text(encoding="utf-8")
        assert old in text
        (self.layout / name).parent.mkdir(exist_ok=True)
        (self.layout / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def blocks(self) -> Mapping[str, str]:
        (slug,) = record.read(self.out)
        kept = state_records(LocalFolder(self.out)).read(slug)
        assert kept is not None
        return kept.blocks

    def output(self, suffix: str) -> Path:
        return next(self.out.glob(f"*.{suffix}"))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path, monkeypatch)
    shutil.copy(DEMO, desk.source)
    shutil.copytree(shipped("data") / "codes", tmp_path / "data" / "codes")
    monkeypatch.setattr(codes, "shipped", lambda name: tmp_path / name)
    (desk.layout / "fonts").mkdir(parents=True)
    (desk.layout / "layout.yaml").write_text(LAYOUT, encoding="utf-8")
    face = load_layout("zhejiang").style.faces["song"].file
    shutil.copy(face, desk.layout / "fonts" / face.name)
    return desk


def rewritten(report: Report) -> set[str]:
    return {path.suffix[1:] for path in report.files if path not in report.current_files}


def older_font(desk: Desk) -> None:
    font = next((desk.layout / "fonts").iterdir())
    font.write_bytes(font.read_bytes() + b"\0\0\0\0")


CHANGES: dict[str, tuple[Callable[[Desk], object], set[str]]] = {
    "nothing": (lambda desk: None, set()),
    "a name in the data": (lambda desk: desk.data(OLD, NEW), ALL),
    "only the data's white space": (lambda desk: desk.data("{", "{\n\n"), set()),
    "a table's title": (lambda desk: desk.override("tables/01-balance.yaml", "收支预算总表", "收支总表"), ALL),
    "a remark in a table's YAML": (
        lambda desk: desk.override("tables/01-balance.yaml", "title", "# 备忘\ntitle"), set()),
    "a typeface of the style": (older_font, ALL),
    "a typeface that nothing uses": (lambda desk: (desk.layout / "fonts" / "x.ttf").write_bytes(b"x"), set()),
    "a code book's remark": (
        lambda desk: desk.edit(desk.root / "data/codes/2023/functions.csv", ",seed,\n", ",seed,记\n"), set()),
    "a name in the code book": (
        lambda desk: desk.edit(desk.root / "data/codes/2023/functions.csv", "201,一般公共服务", "201,一般公用服务"),
        ALL),
    "a code book of a later year": (
        lambda desk: shutil.copytree(desk.root / "data/codes/2023", desk.root / "data/codes/2030"), set()),
    "the program": (lambda desk: desk.patch.setattr(fingerprint, "of_program", lambda: "another"), ALL),
    "a file is gone": (lambda desk: desk.output("xlsx").unlink(), {"xlsx"}),
    "the manifest is gone": (lambda desk: (desk.out / NAME).unlink(), ALL),
    "the manifest is damaged": (lambda desk: (desk.out / NAME).write_text('{"form": 7'), ALL),
    "the manifest names a file elsewhere": (
        lambda desk: desk.edit(desk.out / NAME, f'"{desk.output("xlsx").name}"', '"../x"'), ALL),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_second_build_writes_only_what_the_change_affects(change: str, desk: Desk) -> None:
    act, expected = CHANGES[change]
    assert rewritten(desk.build()) == ALL
    act(desk)
    again = desk.build()
    assert rewritten(again) == expected
    assert {path.suffix[1:] for path in again.files} == ALL
    assert desk.build().current


def test_the_check_by_hashes_reports_what_the_build_reported(desk: Desk) -> None:
    assert current_report(desk.source, desk.out, sorted(ALL), str(desk.layout)) is None
    built = desk.build()
    stands = current_report(desk.source, desk.out, sorted(ALL), str(desk.layout))
    assert stands is not None
    assert stands.findings == built.findings
    assert set(stands.files) == set(built.files)
    desk.data(OLD, NEW)
    assert current_report(desk.source, desk.out, sorted(ALL), str(desk.layout)) is None


def test_another_format_is_added_and_the_annex_too(desk: Desk) -> None:
    desk.build("docx")
    assert rewritten(desk.build()) == {"xlsx"}
    more = desk.build(sources=True)
    assert [path.name[-9:] for path in more.files if path not in more.current_files] == ["数字出处.xlsx"]


def test_force_writes_current_files_again(desk: Desk) -> None:
    first = desk.build()
    before = {path: (path.stat().st_ino, path.read_bytes()) for path in first.files}
    again = desk.build(force=True)
    assert not again.current_files
    for path, (number, payload) in before.items():
        assert path.stat().st_ino != number
        assert path.read_bytes() == payload


def test_an_edited_file_is_not_replaced_without_force(desk: Desk) -> None:
    desk.build()
    edited = desk.output("docx")
    edited.write_bytes(edited.read_bytes() + b"by hand")
    desk.data("青溪市国库支付中心", "青溪市国库集中支付中心")
    everything = {path: path.read_bytes() for path in desk.out.iterdir()}
    with pytest.raises(OutputError, match=edited.name):
        desk.build()
    assert {path: path.read_bytes() for path in desk.out.iterdir()} == everything
    assert not desk.build(force=True).current_files


def test_a_file_whose_edits_were_pulled_may_be_replaced(desk: Desk) -> None:
    desk.build()
    edited = desk.output("docx")
    edited.write_bytes(edited.read_bytes() + b"by hand")
    entries = record.read(desk.out)
    slug, entry = next(iter(entries.items()))
    known = record.with_known(entry, edited.name, edited.read_bytes())
    (desk.out / NAME).write_bytes(record.written({slug: known}))
    assert rewritten(desk.build()) == {"docx"}


def test_two_departments_share_a_folder(desk: Desk) -> None:
    desk.build()
    first = set(desk.out.iterdir())
    desk.data(OLD, NEW)
    desk.data('"code": "450"', '"code": "451"')
    desk.build()
    assert len(record.read(desk.out)) == 2
    assert first < set(desk.out.iterdir())
    desk.data(NEW, OLD)
    desk.data('"code": "451"', '"code": "450"')
    assert desk.build().current


def test_manifest_and_state_record_what_files_were_made_from(desk: Desk) -> None:
    report = desk.build()
    text = (desk.out / NAME).read_text(encoding="utf-8")
    ((slug, entry),) = record.read(desk.out).items()
    kept = state_records(LocalFolder(desk.out)).read(slug)
    assert kept is not None
    assert kept.payload(entry.fingerprint["data"]) == desk.source.read_bytes()
    assert kept.last_payload() is None
    assert (desk.out / kept.source).resolve() == desk.source
    assert kept.findings == report.findings
    assert set(entry.files) == {path.name for path in report.files}
    assert all(name.startswith(slug) for name in entry.files)
    assert len(kept.blocks) > 90
    assert str(desk.root) not in text  # a folder that is moved stays right
    assert json.loads(text)["form"] == record.FORM


def test_one_changed_row_changes_the_keys_of_the_blocks_that_show_it(desk: Desk) -> None:
    desk.build()
    before = desk.blocks()
    desk.override("tables/01-balance.yaml", "收支预算总表", "收支总表")
    desk.build()
    after = desk.blocks()
    assert {block for block in before if before[block] != after[block]} == {"contents", "表/收支"}
