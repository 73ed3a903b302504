"""Our own published samples: nothing is wrong in them; a figure changed in the file is found, with page and amounts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

import reportgen
from reportgen.auditing.audit import audit
from reportgen.auditing.report import AuditReport
from reportgen.core.finding import Severity
from reportgen.core.paths import shipped
from reportgen.pipeline.in_memory import prepare
from reportgen.pipeline.source import load
from reportgen.tree.nodes import Document, Figure, Paragraph, Run, Table
from reportgen.writers.pdf import write
from tests.office import needed

pytest.importorskip("pypdfium2")
SAMPLES = sorted((shipped("data") / "samples").glob("*.json"))
DEMO = shipped("data") / "samples" / "demo-2023.json"

WRONG_AS_PUBLISHED = {
    "shaoxing-hrss-2023": [
        "“人才专项工作经费”总体指标权重之和为 90，应为 100，相差 10",
        "“人才专项政策兑现企业”总体指标权重之和为 110，应为 100，相差 10",
    ],
}
"""What is wrong in the published document that a sample is taken from."""


@cache
def rendered(sample: Path) -> dict[str, bytes]:
    layout = sample.stem if (shipped("layouts") / sample.stem).is_dir() else None
    made = reportgen.render(sample.read_bytes(), formats=("pdf", "xlsx", "html"), layout=layout)
    return {name.rpartition(".")[2]: payload for name, payload in made.files.items()}


def errors(report: AuditReport) -> list[str]:
    return [str(one.finding) for one in report.of(Severity.ERROR)]


@pytest.mark.parametrize("format", ["pdf", "xlsx", "html"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_nothing_is_wrong_in_what_we_publish(sample: Path, format: str) -> None:
    report = audit(rendered(sample)[format], isolated=False)
    found = [one.finding for one in report.findings if one.finding.severity > Severity.NOTE]
    assert [one.text for one in found] == WRONG_AS_PUBLISHED.get(sample.stem, [])
    assert all(place.cell for one in found for place in one.where)
    assert len(report.tables) >= 9
    assert report.year == json.loads(sample.read_bytes())["year"]
    assert format == "xlsx" or report.coverage.understood > 10


@cache
def document() -> tuple[Document, object]:
    prepared = prepare(load(DEMO), None)
    return prepared.document, prepared.layout.style


def with_runs(change: object) -> bytes:
    """The PDF of the demo, its runs changed by ``change(block id, run)``."""
    made, style = document()

    def runs(block: str, given: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(change(block, run) for run in given)  # type: ignore[operator]

    def blocks(given: tuple[object, ...]) -> Iterator[object]:
        for block in given:
            if isinstance(block, Paragraph):
                yield replace(block, runs=runs(block.id, block.runs))
            elif isinstance(block, Table):
                rows = tuple(
                    replace(row, cells=tuple(replace(cell, runs=runs(row.id, cell.runs)) for cell in row.cells))
                    for row in block.body
                )
                yield replace(block, body=rows)
            else:
                yield block

    sections = tuple(replace(section, blocks=tuple(blocks(section.blocks))) for section in made.sections)
    return write(replace(made, sections=sections), style)  # type: ignore[arg-type]


def figure(run: Run, fact: str, text: str) -> Run:
    """The run, with another text if it is the figure of ``fact``."""
    return replace(run, text=text) if isinstance(run, Figure) and run.fact == fact else run


@pytest.mark.parametrize(
    ("table", "fact", "code"),
    [
        ("05-general-public/", "general_public.201.total", "AU101"),
        ("05-general-public/", "general_public.201.basic", "AU101"),
        ("05-general-public/", "general_public.201.basic", "AU102"),
        ("06-basic/", "basic.301.total", "AU101"),
        ("03-expenditure/", "expenditure.201.total", "AU101"),
        ("03-expenditure/", "expenditure.201.project", "AU102"),
        ("03-expenditure/", "expenditure.total", "AU104"),
        ("01-balance/", "revenue.total", "AU104"),
    ],
)
def test_a_figure_that_is_changed_in_tables_is_found(table: str, fact: str, code: str) -> None:
    payload = with_runs(lambda block, run: figure(run, fact, "1.11") if table in block else run)
    report = audit(payload, isolated=False)
    found = [one for one in report.every() if one.code == code and one.severity > Severity.NOTE]
    assert found, [str(one.finding) for one in report.findings]
    assert any("1.11" in one.finding.text for one in report.findings)
    places = [place.cell for one in found for place in one.where]
    assert all(place.startswith("第 ") for place in places)
    assert all(report.boxes[place] for place in places)


def test_a_finding_of_a_table_says_both_sums() -> None:
    payload = with_runs(lambda block, run: figure(run, "basic.301.total", "1.11"))
    report = audit(payload, isolated=False)
    (found,) = (one.finding for one in report.findings if one.finding.code == "AU101" and "「301" in one.finding.text)
    assert found.values["whole"] == "1.11万元"
    gap = Decimal(found.values["gap"].replace(",", "").removesuffix("万元"))
    total = Decimal(found.values["sum"].replace(",", "").removesuffix("万元"))
    assert total - gap == Decimal("1.11")


def test_a_document_that_another_program_made_is_audited_the_same(tmp_path: Path) -> None:
    """Through LibreOffice, DOCX to PDF."""
    docx = reportgen.render(DEMO.read_bytes(), formats=("docx",)).files
    (payload,) = docx.values()
    source = tmp_path / "demo.docx"
    source.write_bytes(payload)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [needed(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    report = audit(source.with_suffix(".pdf").read_bytes(), isolated=False)
    assert errors(report) == []
    assert len(report.tables) >= 9
    assert report.coverage.tied > 100
