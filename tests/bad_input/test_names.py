"""Names of files: whatever the department is called, the files stay in their folder and can be opened everywhere."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from reportgen.core.errors import OutputError
from reportgen.core.files import LONGEST_NAME, safe_name, save_all

from ..strategies import dumped
from .command import run, written
from .sample import changed

HOSTILE = [
    "../../x", "..\\..\\x", "/etc/passwd", "C:\\Windows\\x", "C:x", "\\\\server\\share\\x", "~/x", "-rf", "x/", ".",
    "..", "...", "CON", "nul", "NUL.txt", "Com1", "LPT¹.a.b", "conin$", "a:b", 'a"b<c>d|e?f*g', "x ", "x.", " .x",
    "a\nb", "a\0b", "a\u202eb", "\ud800", "　", "长" * 300, "𬬭" * 300, "é" * 300, "x" * 300, "长" * 66 + ".",
]  # fmt: skip
SUFFIX = "-数字出处.docx"
"""The longest that follows a name."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_title_becomes_a_name_that_every_system_takes(name: str) -> None:
    for safe in (safe_name(name), safe_name(name) + SUFFIX):
        assert safe == PurePosixPath(safe).name == PureWindowsPath(safe).name
        assert not PureWindowsPath(safe).is_reserved()
        assert not set('<>:"/\\|?*') & set(safe)
        assert safe.isprintable()
        assert safe.strip(" .") == safe
        assert len(safe.encode("utf-8")) <= LONGEST_NAME


def test_a_good_title_stays_as_it_is() -> None:
    assert safe_name("青溪市财政局2023年部门预算") == "青溪市财政局2023年部门预算"
    assert safe_name("青溪市财政局 2023年（草案）") == "青溪市财政局_2023年（草案）"


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "/x", "", ".", "..", "a\0", "c:x", "长" * 90])
def test_no_file_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="不能作文件名"):
        save_all(tmp_path / "out", {"good.pdf": b"x", name: b"x"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../../x", "C:\\x", "CON", "NUL.txt", "𬬭" * 60, "a:b*c?"])
def test_the_files_of_such_a_department_are_in_the_folder(name: str, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "公开"
    source = written(tmp_path, dumped(changed({"/department/name": name})))
    exit_code, printed, said = run("build", source, "-o", str(out), "--format", "xlsx", "-q")
    assert (exit_code, said) == (0, "")
    assert [path.suffix for path in sorted(out.iterdir()) if path.name != "manifest.json"] == [".xlsx"]
    assert {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file()} == {"预算.json", "a"}
    assert printed == ""
