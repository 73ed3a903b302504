"""Faults that a publisher makes are found by kind; files without a fault have no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.auditing.audit import audit
from reportgen.core.finding import Severity
from reportgen.pipeline.in_memory import prepare, with_contents
from reportgen.pipeline.source import load
from reportgen.writers.docx import write as write_docx
from reportgen.writers.pdf import write as write_pdf
from tests.cities import department, final_accounts, make_city, text
from tests.population import in_full, size

from .faults import Fault
from .planted import (
    FINAL_ACCOUNTS,
    OF_BUDGETS,
    OF_FINAL_ACCOUNTS,
    SAMPLES,
    Planted,
    found,
    pdf_of,
    pdfs_by_office,
    plant,
    published,
)

pytest.importorskip("pypdfium2")
FOUND = 0.95
"""The share that is to be found of every kind."""
BY_OFFICE = ("digit in table", "wrong rate", "wrong total", "leftover")


def share(every: list[tuple[Planted, bytes]]) -> float:
    hits = [bool(found(planted, audit(payload, isolated=False))) for planted, payload in every]
    return sum(hits) / len(hits)


@pytest.mark.campaign
@pytest.mark.parametrize("kind", OF_BUDGETS if in_full() else OF_BUDGETS[::3])
def test_planted_faults_are_found_by_kind(kind: str) -> None:
    every = list(plant(size(20, 1), kinds=[kind]))
    assert share([(one, pdf_of(one)) for one in every]) >= FOUND


@pytest.mark.campaign
def test_planted_faults_are_found_in_final_accounts() -> None:
    every = list(plant(size(10, 1), kinds=() if in_full() else OF_FINAL_ACCOUNTS, samples=FINAL_ACCOUNTS))
    assert share([(one, pdf_of(one)) for one in every]) >= FOUND


@pytest.mark.campaign
def test_planted_faults_are_found_through_another_program(tmp_path: Path) -> None:
    every = list(plant(size(20, 1), kinds=OF_BUDGETS if in_full() else BY_OFFICE))
    payloads = pdfs_by_office(every, tmp_path)
    assert share(list(zip(every, payloads, strict=True))) >= FOUND


@pytest.mark.campaign
@pytest.mark.parametrize("final", [False, True])
def test_documents_of_a_city_have_no_finding(final: bool) -> None:
    for number in range(size(30, 1) if final else size(100, 1)):
        who = department(1, number)
        data = text(final_accounts(who, 2023)) if final else make_city.made(who, 2023)
        prepared = with_contents(prepare(load(data.encode())))
        report = audit(write_pdf(prepared.document, prepared.layout.style), isolated=False)
        assert [str(one.finding) for one in report.findings if one.finding.severity > Severity.NOTE] == [], number


@pytest.mark.campaign
def test_files_of_another_program_without_a_fault_have_no_finding(tmp_path: Path) -> None:
    samples = SAMPLES if in_full() else SAMPLES[:1]
    every = [Planted("none", sample.stem, Fault(published(sample)[0], ""), published(sample)[1]) for sample in samples]
    for payload in pdfs_by_office(every, tmp_path):
        report = audit(payload, isolated=False)
        assert [str(one.finding) for one in report.findings if one.finding.severity > Severity.NOTE] == []


def test_a_planted_fault_is_in_the_file_and_the_same_in_every_run() -> None:
    first, again = (next(plant(1, kinds=["wrong rate"])) for _ in range(2))
    assert first.fault == again.fault
    assert write_docx(first.fault.document, first.style) != write_docx(
        *published(next(p for p in SAMPLES if p.stem == first.sample))
    )
