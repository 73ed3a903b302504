"""Column widths redistributed: narrow columns are widened at the expense of those with room to spare.

Widths are in any one unit, the same for all arguments.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

_KEPT = 0.7  # of the width of a column, for the heads of others


def widened(
    widths: Sequence[float], least: Sequence[float], givers: Sequence[bool] = (), allowed: float = inf
) -> list[float] | None:
    """Return the widths with every column at least as wide as ``least`` says; their sum stays the same.

    Columns marked in ``givers`` give their spare width first; the others only give where that is not enough.
    None means that the widths cannot be had: more than ``allowed`` would have to move, or more than is spare.

    >>> widened([10, 30, 60], [20, 20, 20]), widened([10, 30], [30, 20])
    ([20.0, 28.0, 52.0], None)
    """
    missing = sum([max(need - have, 0) for have, need in zip(widths, least, strict=True)])
    spare = [max(have - need, 0) for have, need in zip(widths, least, strict=True)]
    if missing > min(allowed, sum(spare)):
        return None
    given_first = [room if gives else 0 for room, gives in zip(spare, givers, strict=True)] if givers else spare
    giving = given_first if sum(given_first) >= missing else spare
    return _taken([max(have, need) for have, need in zip(widths, least, strict=True)], giving, missing)


def with_wanted(
    widths: Sequence[float], least: Sequence[float], wanted: Sequence[tuple[int, float]], more: float = 0.0
) -> list[float]:
    """Return the widths with as many of the ``wanted`` (column, width) as can be had, those that lack least first.

    Other columns keep their ``least`` width and at least seven tenths of theirs, those that are wanted wider all of it;
    the sum may grow by ``more``.

    >>> with_wanted([10, 30], [10, 20], [(0, 15)]), with_wanted([10, 30], [10, 30], [(0, 15), (1, 34)], more=4)
    ([15.0, 25.0], [10.0, 34.0])
    """
    held = [max(need, _KEPT * width) for need, width in zip(least, widths, strict=True)]
    for column, width in wanted:
        held[column] = max(held[column], min(width, widths[column]))
    for column, width in sorted(wanted, key=lambda pair: pair[1] - widths[pair[0]]):
        tried = [*held[:column], max(held[column], width), *held[column + 1 :]]
        if _missing(widths, tried) <= _missing(tried, widths) + more:
            held = tried
    spare = [max(have - need, 0) for have, need in zip(widths, held, strict=True)]
    raised = [max(have, need) for have, need in zip(widths, held, strict=True)]
    return _taken(raised, spare, min(_missing(widths, held), sum(spare)))


def _missing(widths: Sequence[float], least: Sequence[float]) -> float:
    """What the widths lack in all."""
    return sum([max(need - have, 0) for have, need in zip(widths, least, strict=True)])


def shrunk(widths: Sequence[float], least: Sequence[float], total: float) -> list[float]:
    """Return the widths brought down to ``total``, or as near to it as the ``least`` widths allow.

    >>> shrunk([10, 30, 60], [10, 20, 20], 75), shrunk([10, 30], [10, 30], 5)
    ([10.0, 25.0, 40.0], [10.0, 30.0])
    """
    spare = [max(have - need, 0) for have, need in zip(widths, least, strict=True)]
    return _taken(widths, spare, min(max(sum(widths) - total, 0), sum(spare)))


def _taken(widths: Sequence[float], spare: Sequence[float], amount: float) -> list[float]:
    """The widths less ``amount`` in all, taken from each in proportion to what it has to ``spare``."""
    share = amount / sum(spare) if amount else 0.0
    return [width - share * room for width, room in zip(widths, spare, strict=True)]
