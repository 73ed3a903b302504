"""Say once that something could not be read, where far more is wrong than errors in print would break.

A table of which a column was taken for another one adds up nowhere; a document whose sentences are about other money
than its tables agrees with them nowhere. Listing every place would hide what is wrong in the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..core.finding import Finding, Place, Severity
from ..recognise.relation import Relation
from .places import row_of

MISREAD = "AU193"
"""The code of what is said in place of many findings."""
MOST_ROWS = 5
"""So many rows of a table, or sentences of a document, may be wrong before the share of them counts."""
MOST = 4
"""One of so many may be wrong: of the sums of a table, of the sentences that were held."""
SHOWN = 3


def is_misread(wrong: int, held: int) -> bool:
    """Whether so many of what was held are wrong that it was not read right.

    >>> is_misread(5, 5), is_misread(6, 20), is_misread(6, 30)
    (False, True, False)
    """
    return wrong > MOST_ROWS and wrong * MOST > held


def misread_sums(table: str, broken: Sequence[Relation], held: Sequence[Relation]) -> Finding | None:
    """Return what is said in place of the ``broken`` sums of a table, or None where they can be errors in print."""
    rows = {row_of(one.whole.place) for one in broken}
    if not is_misread(len(rows), len({row_of(one.whole.place) for one in held})):
        return None
    message = "“{table}”有 {count} 行加不起来，多半是没有读对，没有逐行列出"
    values = {"table": table, "count": str(len(rows))}
    where = tuple(Place(cell=one.whole.place) for one in broken[:SHOWN])
    return Finding(MISREAD, Severity.WARNING, message, where, "对照原表看前几行；确是原表错了，逐行核对", values)


def misread_sentences(found: Sequence[Finding], held: int, message: str) -> list[Finding]:
    """Return findings about sentences, or what is said in their place if they are too many of those that were held.

    ``message`` says so, with a place for their ``count``.
    """
    wrong = [one for one in found if one.severity is Severity.ERROR]
    if not is_misread(len(wrong), held):
        return list(found)
    where = tuple(one.where[0] for one in wrong[:SHOWN])
    hint = "看前几处；确是印错了，逐句核对"
    said = Finding(MISREAD, Severity.WARNING, message, where, hint, {"count": str(len(wrong))})
    return [said, *(one for one in found if one.severity is not Severity.ERROR)]


def of_table(found: Iterable[Finding], table: str) -> list[Finding]:
    """Return the findings about codes and names of a table, or one in their place if there are many."""
    listed = list(found)
    if len(listed) <= MOST_ROWS:
        return listed
    message = "“{table}”有 {count} 个编码的名称和目录不同，可能用的是另一年的目录，没有逐个列出"
    where = tuple(one.where[0] for one in listed[:SHOWN])
    values = {"table": table, "count": str(len(listed))}
    return [Finding(MISREAD, Severity.WARNING, message, where, "看前几处；确是写错了，逐个核对", values)]
