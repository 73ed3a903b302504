"""``build`` after a department got a new name: what it has under the old one is removed, or said to stay."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from reportgen import Report, build
from reportgen.core.errors import OutputError
from reportgen.manifest import NAME
from tests.bad_input.sample import changed

NEW = {"/department/name": "青溪市新局"}


def made(folder: Path, edits: dict[str, Any] | None = None, formats: tuple[str, ...] = ("xlsx",)) -> Report:
    return build(changed(edits or {}), folder / "公开", formats)


def files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "公开").iterdir()} - {NAME}


def known(folder: Path) -> set[str]:
    return set(json.loads((folder / "公开" / NAME).read_bytes())["documents"])


def told(report: Report) -> list[str]:
    return [finding.text for finding in report.findings if finding.code == "PL207"]


def names(report: Report) -> set[str]:
    return {path.name for path in report.files}


def test_the_files_of_the_old_name_are_removed(tmp_path: Path) -> None:
    old = made(tmp_path, formats=("xlsx", "docx"))
    new = made(tmp_path, NEW)
    gone = "、".join(sorted(names(old)))
    assert told(new) == [f"部门由“青溪市财政局”改名“青溪市新局”；旧名的文件已删去：{gone}"]
    assert files(tmp_path) == names(new)
    assert known(tmp_path) == {Path(name).stem for name in names(new)}
    assert {path.stem for path in (tmp_path / "公开.state").glob("*.state")} == known(tmp_path)
    assert told(made(tmp_path, NEW)) == []


def test_a_file_of_the_old_name_that_was_edited_stays(tmp_path: Path) -> None:
    (old,) = made(tmp_path).files
    old.write_bytes(b"edited")
    new = made(tmp_path, NEW)
    assert told(new) == [f"部门由“青溪市财政局”改名“青溪市新局”；旧名的文件已删去：—；手工改过的留着：{old.name}"]
    assert old.read_bytes() == b"edited"
    with pytest.raises(OutputError, match="不是本程序生成的"):
        made(tmp_path)


@pytest.mark.parametrize(
    "other",
    [
        {"/department/code": "451", **NEW},
        {"/year": 2024, **NEW},
        {"/scope": "unit", "/department/units": [{"code": "450", "name": "青溪市新局", "nature": "行政"}], **NEW},
        {"/department/duties/0": "办别的事。"},
    ],
    ids=["another department", "another year", "a unit", "the same name"],
)
def test_the_files_of_other_documents_stay(other: dict[str, Any], tmp_path: Path) -> None:
    (old,) = made(tmp_path).files
    before = files(tmp_path)
    new = build(changed(other), tmp_path / "公开", ("xlsx",), force=True)
    assert told(new) == []
    assert before <= files(tmp_path)
    assert old.exists()


def test_another_layout_of_the_same_department_stays(tmp_path: Path) -> None:
    layout = tmp_path / "版式"
    layout.mkdir()
    title = 'title: 试\nextends: zhejiang\ndocument: {title: "{{ department.name }}另表", author: 甲, subject: 乙}\n'
    (layout / "layout.yaml").write_text(title, encoding="utf-8")
    made(tmp_path)
    report = build(changed({}), tmp_path / "公开", ("xlsx",), str(layout))
    assert told(report) == []
    assert len(files(tmp_path)) == 2
    assert len(told(made(tmp_path, NEW))) == 1
    assert len(files(tmp_path)) == 1


def test_a_manifest_of_an_earlier_version_is_followed_by_the_state(tmp_path: Path) -> None:
    made(tmp_path)
    manifest = tmp_path / "公开" / NAME
    data = json.loads(manifest.read_bytes())
    for entry in data["documents"].values():
        del entry["department"], entry["name"]
    manifest.write_text(json.dumps(data), encoding="utf-8")
    new = made(tmp_path, NEW)
    assert len(told(new)) == 1
    assert files(tmp_path) == names(new)


def test_without_the_state_the_file_names_say_what_was_renamed(tmp_path: Path) -> None:
    (old,) = made(tmp_path).files
    shutil.rmtree(tmp_path / "公开.state")
    new = made(tmp_path, NEW)
    (text,) = told(new)
    assert f"由“{old.stem}”改名“青溪市新局”" in text
    assert files(tmp_path) == names(new)


def test_a_run_that_finds_its_own_files_current_removes_what_an_earlier_one_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = made(tmp_path).files
    unlink = Path.unlink

    def locked(path: Path, missing_ok: bool = False) -> None:
        if path == old:
            raise PermissionError(13, "in use")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", locked)
        with pytest.raises(OutputError, match="删不了旧名的文件"):
            made(tmp_path, NEW)
    assert old.exists()
    again = made(tmp_path, NEW)
    assert len(again.current_files) == 1
    assert len(told(again)) == 1
    assert not old.exists()


def test_a_refused_document_removes_nothing(tmp_path: Path) -> None:
    (old,) = made(tmp_path).files
    report = made(tmp_path, {**NEW, "/revenue/0/amount": "1"})
    assert not report.publishable
    assert old.exists()
