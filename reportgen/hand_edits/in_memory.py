"""Pull the edits of a DOCX into a document's JSON, in memory: bytes in, bytes out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..budget.json_edit import with_member
from ..budget.json_input import parse_json
from ..budget.load import read_budget
from ..budget.model import Override
from ..compose import amend
from ..core.finding import Finding, blocking
from ..pipeline import BudgetSource, LayoutSource, load, prepare
from ..writers.docx import write
from ..writers.docx.read_beyond_text import read_beyond_text
from ..writers.docx.read_edited import read_edited
from .changes import Change
from .edits import find_edits
from .overrides import new_overrides
from .remainder import compare_beyond_text, compare_prose
from .tables import compare_tables

FIELD = "overrides"
"""The only field of the document that is changed."""
TAKEN = ("QH106", "QH107")
"""The codes of findings that leave nothing of the file behind; after any other one the file is kept."""


@dataclass(frozen=True, slots=True)
class PulledEdits:
    """The changes of paragraphs, the findings, and the JSON with the changes, equal to the given one without any."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    payload: bytes = field(repr=False)
    complete: bool = False
    """Whether every difference of the file was taken, so that a build may replace it."""

    @property
    def clean(self) -> bool:
        """Whether no finding is an error: nothing contradicts the data."""
        return not blocking(self.findings)


def pull_edits(
    edited: bytes,
    source: BudgetSource,
    layout: LayoutSource | None = None,
    reviewed: bool = False,
    last: BudgetSource | None = None,
    initial: BudgetSource | None = None,
) -> PulledEdits:
    """Find the edits of prose in a DOCX and put them into the ``overrides`` of the document it was made from.

    Args:
        edited: the bytes of a DOCX that ``build`` or ``render`` made and a person changed.
        source: the document.
        layout: the layout with which the file was made.
        reviewed: a person has reviewed all overrides: take the present figures and generated texts as theirs.
        last, initial: last year's document and the budget of the year with which the file was made.

    Returns:
        The edits, the findings about them, and the JSON of the document with its new ``overrides``.

    Raises:
        InputError: the document or the DOCX cannot be read, or the DOCX was made from another document.
        UsageError, LayoutError: there is no such layout, or something in it is wrong.
    """
    budget = load(source)
    prepared = prepare(budget, layout, last, initial)
    generated, current = prepared.generated, prepared.document
    written_payload = write(current, prepared.layout.style)
    file, written = read_edited(edited), read_edited(written_payload)
    edits = find_edits(generated, current, written, file)
    overrides = new_overrides(generated, current, prepared.budget.overrides, edits.changes, reviewed)
    payload = budget.payload if overrides is None else with_member(budget.payload, FIELD, overrides)
    next_document, reviews = amend(generated, _overrides_of(payload, budget.payload), prepared.facts, prepared.layout)
    tables = compare_tables(current.tables(), written.tables(), file.tables())
    beyond = compare_beyond_text(read_beyond_text(written_payload), read_beyond_text(edited))
    about_file = (*edits.findings, *compare_prose(next_document, edits), *tables, *beyond)
    complete = all(finding.code in TAKEN for finding in about_file)
    return PulledEdits(tuple(edits.changes), (*about_file, *reviews), payload, complete)


def _overrides_of(payload: bytes, old: bytes) -> tuple[Override, ...]:
    """The overrides of a document, after a check that its other fields are those of the ``old`` one."""
    after, before = parse_json(payload), parse_json(old)
    assert [item for item in after.items() if item[0] != FIELD] == [item for item in before.items() if item[0] != FIELD]
    return read_budget(after).overrides
