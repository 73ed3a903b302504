"""What comes of importing a file: the document as plain values, and where each of them stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..core.finding import Finding


@dataclass(frozen=True, slots=True)
class RecognisedSheet:
    """One sheet of the file: what it was recognised as ("" if as nothing), its unit (元, 万元 or ""), its rows."""

    name: str
    kind: str
    unit: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that was read from other files than JSON.

    ``data`` is the document as plain values (amounts as decimal texts in its ``money_unit``), ``cells`` has the place
    of the cell that each value came from by JSON pointer. ``findings`` are all problems, and notes of what was
    normalised; with an error among them ``data`` is not to be used. ``unread`` has the JSON pointers of the parts that
    the file does not hold: their amounts are unknown, which is not zero. ``blanks`` has the empty cells in which
    values would be written that are not there, by JSON pointer. ``alternatives`` are documents in which what could not
    be read is filled in, one way and another: what is wrong with all of them does not depend on it. ``published`` is
    whether it was read from a published document, in which nothing can be corrected any more.
    """

    data: Mapping[str, Any]
    cells: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    recognised: tuple[RecognisedSheet, ...] = ()
    unread: frozenset[str] = frozenset()
    blanks: Mapping[str, str] = field(default_factory=dict)
    alternatives: tuple[Mapping[str, Any], ...] = ()
    published: bool = False
