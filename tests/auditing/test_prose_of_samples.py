"""The prose of our own documents: it is understood, it names cells of their tables, and nothing is wrong in it."""

from __future__ import annotations

import json

import pytest

from reportgen.auditing.prose_alone import check_statements
from reportgen.auditing.prose_tables import hold_against_tables
from reportgen.auditing.prose_text import check_texts
from reportgen.intake.readers.pdf import read_pdf
from reportgen.pipeline.in_memory import render
from reportgen.recognise.prose.read import read_prose
from reportgen.recognise.recognise import recognise

from ..families.golden import families, sample

UNDERSTOOD = {"beijing": 0.85}
"""The share of figures that have a subject; in Beijing's key projects the amounts stand below the projects' names."""
NAMED = {"shenzhen": 0.05, "shanghai": 0.7, "beijing": 0.75, "final-accounts": 0.7, "final-accounts-shanghai": 0.5}
"""The share of amounts that name a cell.

Shenzhen's sentences are of projects that its tables do not have, those of final accounts state the year's budgets too.
"""


@pytest.mark.parametrize("name", [*families(), "zhejiang"])
def test_nothing_is_found_in_our_own_documents(name: str) -> None:
    year = json.loads(sample(name).read_bytes())["year"]
    (payload,) = render(sample(name), ["pdf"], name).files.values()
    document = read_pdf(payload)
    paragraphs = list(document.paragraphs())
    prose = read_prose(paragraphs, year)
    held = hold_against_tables(prose.statements, recognise([one.grid for one in document.tables()], year).tables)
    found = [*check_texts(paragraphs, year), *check_statements(prose, year), *held.findings]
    assert [one.code for one in found] == [], [str(one) for one in found]
    amounts = sum(one.amount is not None and bool(one.subject.name) for one in prose.all())
    assert prose.figures >= 40
    assert 1 - len(prose.untied) / prose.figures >= UNDERSTOOD.get(name, 1)
    assert len(held.tied) / amounts >= NAMED.get(name, 0.8)
