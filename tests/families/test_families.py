"""Every layout with a sample of its own: the document it makes, without findings, in all formats, read back equal."""

from __future__ import annotations

import pytest

from reportgen.core.finding import Severity
from reportgen.pipeline.in_memory import check, render
from reportgen.pipeline.layout_check import layout_mistakes
from reportgen.writers import formats

from .golden import families, golden_file, sample, text_of


@pytest.mark.parametrize("name", families())
def test_the_layout_has_no_mistakes(name: str) -> None:
    assert layout_mistakes(name) == ()


@pytest.mark.parametrize("name", families())
def test_the_sample_has_nothing_to_correct(name: str) -> None:
    found = check(sample(name), name).findings
    assert [finding for finding in found if finding.severity is not Severity.NOTE] == []
    assert [finding for finding in found if finding.code == "GJ004"] == []


@pytest.mark.parametrize("name", families())
def test_the_document_is_the_same(name: str) -> None:
    """``python -m tests.families.golden NAME`` writes what it is now."""
    assert text_of(name) == golden_file(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", families())
def test_every_format_reads_back_equal(name: str) -> None:
    done = render(sample(name), formats(), name, sources=True)
    assert [finding for finding in done.findings if finding.code.startswith("RB")] == []
    assert len(done.files) == len(formats()) + 1
