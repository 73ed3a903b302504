"""What an inspection has to know of one published document: who, when, how far it goes, the reasons of changes.

It is a small value, which travels from the worker that reads the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...recognise.blocks import ReadDocument
from ...recognise.prose.statement import Prose
from ...recognise.table import RecognisedTable
from ...recognise.words import plain
from ..audit import notes_of
from ..report import AuditFinding
from ..tables import withholds
from .detail import detail_findings
from .parts import missing_parts
from .reasons import Reason, reason_findings, reasons_of

TITLES = 12
"""Paragraphs at the beginning in which titles and the date of the cover stand."""
_DATE = r"(20[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?"
_LABELLED = re.compile(rf"(?:公开|发布|公布)(?:日期|时间)[:：]?{_DATE}")
_ALONE = re.compile(_DATE)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Who published a document (codes and names as its tables state them, the most frequent first), its titles, when.

    ``unit_budget`` is whether its tables or titles say that it is of a unit. ``findings`` are those of the inspection.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    titles: tuple[str, ...]
    unit_budget: bool
    published: date | None
    findings: tuple[AuditFinding, ...]
    reasons: tuple[Reason, ...]


def disclosed(read: ReadDocument, tables: Sequence[RecognisedTable], prose: Prose) -> Disclosed:
    """Return what is known of a document that was read."""
    paragraphs = list(read.paragraphs())
    first = tuple(plain(one.text) for one in paragraphs[:TITLES])
    codes = Counter(table.publisher_code for table in tables if table.publisher_code)
    names = Counter(table.publisher for table in tables if table.publisher)
    scopes = Counter(table.scope for table in tables if table.scope)
    said = " ".join((*first, *(table.title for table in tables)))
    of_unit = scopes["unit"] > scopes["department"] if scopes else "单位预算" in said and "部门预算" not in said
    reasons = tuple(reasons_of(paragraphs, prose))
    withheld = withholds([*(one.text for one in paragraphs), *notes_of(tables)])
    findings = (*missing_parts(paragraphs), *detail_findings(tables, withheld), *reason_findings(reasons))
    return Disclosed(
        tuple(code for code, _ in codes.most_common()), tuple(name for name, _ in names.most_common()),
        tuple(text for text in first if len(text) <= 60), of_unit, _published(read, first), findings, reasons,
    )  # fmt: skip


def _published(read: ReadDocument, first: Sequence[str]) -> date | None:
    """Return the date of publication: what is called so anywhere, else a date alone on the cover."""
    for paragraph in read.paragraphs():
        if (found := _LABELLED.search(plain(paragraph.text))) and (day := _day(found)):
            return day
    return next((day for text in first if (found := _ALONE.fullmatch(text)) and (day := _day(found))), None)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
