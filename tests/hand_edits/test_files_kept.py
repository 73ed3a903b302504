"""What ``pull`` and ``build`` keep: permissions, links, and every file with an edit that may not have been taken."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.cli import main
from reportgen.core.errors import InputError
from reportgen.hand_edits import pull
from reportgen.manifest import NAME
from reportgen.pipeline import build
from tests.hand_edits.cases import DEMO, overrides_in
from tests.hand_edits.docx_edits import Step, edited

WORDS = ("replace", "主要是在职人员工资标准调整", "主要原因是在职人员工资标准提高")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="permissions and links")


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return Path(shutil.copy(DEMO, tmp_path / "预算.json"))


def published(into: Path, *steps: Step) -> Path:
    """The DOCX that ``build`` left in its folder, changed there by hand."""
    (made,) = build(into, into.parent / "公开", ("docx",)).files
    made.write_bytes(edited(made.read_bytes(), steps))
    return made


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def rebuilt(into: Path) -> int:
    return main(["build", str(into), "-o", str(into.parent / "公开"), "--format", "docx", "-q"])


@pytest.mark.parametrize("permissions", [0o600, 0o640, 0o660])
def test_pull_keeps_the_permissions_of_the_json(into: Path, permissions: int) -> None:
    into.chmod(permissions)
    assert pull(published(into, WORDS), into).file == into
    assert (mode(into), len(overrides_in(into))) == (permissions, 1)


def test_a_json_that_is_a_link_stays_one(into: Path) -> None:
    target = into.parent / "原件" / "450.json"
    target.parent.mkdir()
    into.rename(target)
    target.chmod(0o600)
    into.symlink_to(Path("原件") / "450.json")
    pull(published(into, WORDS), into)
    assert (into.is_symlink(), os.readlink(into)) == (True, "原件/450.json")
    assert (mode(target), len(overrides_in(target))) == (0o600, 1)


def test_build_keeps_the_permissions_of_what_it_replaces(into: Path) -> None:
    made = published(into, WORDS)
    (state,) = (into.parent / "公开.state").iterdir()
    private = (made, made.with_name(NAME), state)
    for path in private:
        path.chmod(0o600)
    pull(made, into)
    before = [path.read_bytes() for path in private]
    assert rebuilt(into) == 0
    assert [mode(path) for path in private] == [0o600] * 3
    assert all(path.read_bytes() != old for path, old in zip(private, before, strict=True))


TOLD: dict[str, Step] = {
    "a table cell": ("cell", "496.50", "497.50"),
    "a table's heading": ("replace", "（十）2023年部门项目支出预算表", "（十）项目表"),
    "the cover": ("replace", "2023年部门预算", "2023年预算公开"),
    "a figure": ("replace", "收支总预算3001.10万元", "收支总预算3002.10万元"),
    "a figure's form": ("replace", "（项）125.00万元，主要", "（项）125万元，主要"),
    "a move": ("move-after", "结转下年0.00万元。", "1.按支出功能分类"),
    "an item's number": ("replace", "3.管理市级行政", "7.管理市级行政"),
    "a line in the contents": ("after-contents", "inside", "特此说明。"),
    "a strike": ("run-property", "主要原因是在职人员工资标准提高", "<w:strike/>"),
    "a formula": ("xml", "主要原因是在职人员工资标准提高", "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"),
    "a deleted table": ("delete-table", "财政干部培训", ""),
}


@pytest.mark.parametrize("edit", TOLD)
def test_a_file_with_an_edit_that_was_told_but_not_taken_is_not_replaced(edit: str, into: Path) -> None:
    """The other edit was taken, so the next build has something to write: it must not write over this one."""
    made = published(into, WORDS, TOLD[edit])
    found = pull(made, into)
    assert ([finding.code for finding in found.findings] != [], len(overrides_in(into))) == (True, 1)
    before = made.read_bytes()
    assert rebuilt(into) == 6
    assert made.read_bytes() == before


def test_a_file_whose_edits_were_all_taken_is_replaced(into: Path) -> None:
    made = published(into, WORDS)
    before = made.read_bytes()
    assert pull(made, into).findings == ()
    assert rebuilt(into) == 0
    assert made.read_bytes() != before


def _is_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _is_a_link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _is_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGED: dict[str, Callable[[Path], object]] = {
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "empty": lambda path: path.write_bytes(b""),
    "another kind of file": lambda path: path.write_bytes(b"%PDF-1.7"),
    "a folder": _is_a_folder,
    "a link to itself": _is_a_link_to_itself,
    "a pipe": _is_a_pipe,
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_file_that_cannot_be_read_is_kept_and_named(
    damage: str, into: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = published(into, WORDS)
    DAMAGED[damage](made)
    kind, before = stat.S_IFMT(made.lstat().st_mode), into.read_bytes()
    if damage != "a pipe":  # which is read when a user names it, and would wait for its writer
        with pytest.raises(InputError):
            pull(made, into)
    into.write_text(into.read_text("utf-8").replace("国库支付中心", "国库集中支付中心"), encoding="utf-8")
    assert rebuilt(into) == 6
    assert made.name in capsys.readouterr().err
    assert stat.S_IFMT(made.lstat().st_mode) == kind
    assert before != into.read_bytes()


MANIFESTS: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "no JSON": lambda path: path.write_bytes(b"{"),
    "of another form": lambda path: path.write_bytes(path.read_bytes().replace(b"manifest/2", b"manifest/9")),
    "a folder": _is_a_folder,
    "without the file": lambda path: path.write_bytes(path.read_bytes().replace(b".docx", b".docy")),
}


@pytest.mark.parametrize("was_pulled", [False, True])
@pytest.mark.parametrize("damage", MANIFESTS)
def test_without_a_whole_manifest_a_changed_file_is_kept(
    damage: str, was_pulled: bool, into: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = published(into, WORDS)
    if was_pulled:
        pull(made, into)
    MANIFESTS[damage](made.with_name(NAME))
    before = made.read_bytes()
    assert rebuilt(into) == 6
    assert made.name in capsys.readouterr().err
    assert made.read_bytes() == before


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_another_name_of_an_output_keeps_its_content_and_is_told(link: Callable[..., None], into: Path) -> None:
    made = published(into, WORDS)
    pull(made, into)
    before, other = made.read_bytes(), into.parent / "另存.docx"
    made.rename(other)
    link(other, made)
    report = build(into, into.parent / "公开", ("docx",))
    assert [finding.code for finding in report.findings] == ["QH117"]
    assert other.read_bytes() == before
    assert made.read_bytes() != before
    again = build(into, into.parent / "公开", ("docx",), force=True)
    assert again.findings == (), "it has one name now"


def test_another_name_of_the_json_keeps_its_content_and_is_told(into: Path) -> None:
    other = into.parent / "另存.json"
    os.link(into, other)
    made, before = published(into, WORDS), into.read_bytes()
    assert [finding.code for finding in pull(made, into, dry_run=True).findings] == []
    assert [finding.code for finding in pull(made, into).findings] == ["QH117"]
    assert (other.read_bytes() == before, into.read_bytes() == before) == (True, False)


def _exported_again(into: Path) -> None:
    """The JSON as the budget system gives it: without ``overrides``."""
    shutil.copy(DEMO, into)


@pytest.mark.parametrize("is_built", [True, False], ids=["built", "pulled only"])
def test_a_json_that_lost_its_hand_edits_replaces_no_file(
    is_built: bool, into: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = published(into, WORDS)
    assert pull(made, into).findings == ()
    kept = into.read_bytes()
    if is_built:
        assert rebuilt(into) == 0
    before = made.read_bytes()
    _exported_again(into)
    assert rebuilt(into) == 6
    said = capsys.readouterr().err
    assert ("overrides" in said, "第1段" in said, "--force" in said) == (True, True, True)
    assert made.read_bytes() == before
    into.write_bytes(kept)
    assert rebuilt(into) == 0
    _exported_again(into)
    assert main(["build", str(into), "-o", str(made.parent), "--format", "docx", "-q", "--force"]) == 0
    assert rebuilt(into) == 0


def test_edits_pulled_into_a_copy_are_not_lost_by_a_build_from_the_first_json(into: Path) -> None:
    made = published(into, WORDS)
    copy = Path(shutil.copy(into, into.with_name("副本.json")))
    pull(made, copy)
    before = made.read_bytes()
    assert rebuilt(into) == 6
    assert made.read_bytes() == before
    assert rebuilt(copy) == 0


def test_an_edit_that_was_pulled_back_is_not_lost(into: Path) -> None:
    made = published(into, WORDS)
    pull(made, into)
    assert rebuilt(into) == 0
    made.write_bytes(edited(made.read_bytes(), [("replace", WORDS[2], WORDS[1])]))
    pull(made, into)
    assert overrides_in(into) == []
    assert rebuilt(into) == 0


@pytest.mark.parametrize("target", ["公开", "公开/内部"])
def test_a_default_state_that_is_a_link_into_the_published_folder_is_refused(target: str, into: Path) -> None:
    (into.parent / target).mkdir(parents=True)
    (into.parent / "公开.state").symlink_to(target)
    assert rebuilt(into) == 2
    assert [path for path in (into.parent / "公开").rglob("*") if path.is_file()] == []
