"""A build whose file says something else saves nothing, unless one asks to look at it."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import reportgen
from reportgen.cli import main
from reportgen.core.paths import shipped
from reportgen.writers import charts, docx, formats, html, pdf, read_back, xlsx

SAMPLE = shipped("data") / "samples" / "demo-2023.json"


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A DOCX writer that misprints the unit of money."""
    import reportgen.writers.docx.table as table

    whole = table._top_row

    def misprinted(sheet: Any, height: float, *texts: tuple[str, str, str]) -> str:
        return whole(sheet, height, *((style, text.replace("万元", "元"), more) for style, text, more in texts))

    monkeypatch.setattr(table, "_top_row", misprinted)


def test_nothing_is_saved(faulty: None, tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes(b"as it was")
    report = reportgen.build(SAMPLE, tmp_path)
    assert not report.publishable
    assert report.files == ()
    assert {finding.code for finding in report.findings if finding.code.startswith("RB")} == {"RB110"}
    assert [path.name for path in tmp_path.iterdir()] == ["old.pdf"]


def test_the_files_may_be_kept_for_inspection(faulty: None, tmp_path: Path) -> None:
    report = reportgen.build(SAMPLE, tmp_path, keep_unverified=True)
    assert not report.publishable
    assert len(report.files) == 3


def test_the_command_line_reports_the_difference(
    faulty: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(SAMPLE), "-o", str(tmp_path)]) == 1
    assert "RB110" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
    assert main(["build", str(SAMPLE), "-o", str(tmp_path), "--keep-unverified"]) == 1
    assert "只供查看" in capsys.readouterr().err
    assert len(list(tmp_path.glob("*预算.*"))) == 3
    again = reportgen.build(SAMPLE, tmp_path, keep_unverified=True)
    assert not again.current_files  # what does not say what it should is never taken for current


def test_a_build_without_differences_is_saved_with_its_annex(tmp_path: Path) -> None:
    report = reportgen.build(SAMPLE, tmp_path, sources=True)
    assert report.publishable
    assert len(report.files) == 4


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("payload", [b"", b"%PDF-1.7\nstartxref\n0\n%%EOF", b"PK\5\6" + bytes(18)])
def test_an_unreadable_file_is_a_finding(name: str, payload: bytes) -> None:
    assert read_back(name, payload).trouble


def readers(writer_module: ModuleType) -> list[Path]:
    """The modules that read a format back: ``readback*.py`` or the package ``readback``."""
    folder = Path(str(writer_module.__file__)).parent
    return [*folder.glob("readback*.py"), *folder.glob("readback/*.py")]


SHARED = {
    "..zips": "limits of an archive, which every reader of archives keeps",
    "..shown_numbers": "how Office programs show numbers; only readers use it",
    "..charts.readback": "reads the chart part of both Office formats",
    "..xlsx.readback": "reads the workbook embedded in a DOCX for each chart",
}


@pytest.mark.parametrize("writer_module", [charts, docx, html, pdf, xlsx], ids=lambda module: module.__name__)
def test_a_reader_imports_nothing_of_its_writer(writer_module: ModuleType) -> None:
    """A fault in code that both use would not be seen."""
    own = {path.stem for path in readers(writer_module)}
    seen = 0
    for path in readers(writer_module):
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := re.match(r"\s*from (\.+)([\w.]*) import", line):
                seen += 1
                dots, name = found.groups()
                assert name == "tree.readback" or (dots == "." and name in own) or dots + name in SHARED, (path, line)
    assert own
    assert seen >= 2
