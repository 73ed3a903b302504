"""Text broken into lines: where it breaks, which characters are moved together or apart.

All widths are thousandths of the type size (1000 is one full-width character), so the same lines serve every
size. A line with free width is spread evenly between its characters; a part that nearly fits is pulled in:
first the blank half of the line's last mark hangs over the edge, then marks within the line give up to a quarter.
The nearer of the two is taken. The gaps between hanzi and figures never give within a line: all of a text are as wide,
narrower than usual only where a line would be spread too much otherwise. A pass is linear in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from ...punctuation import (
    BLANK,
    HALF_BLANK,
    NO_END,
    NO_START,
    is_single,
    long_unbreakable_parts,
    meet,
    meeting,
    rigid,
    soft,
    spaced,
    unbreakable_parts,
)

EM = 1000.0
_HALF, _QUARTER, _TOLERANCE = EM / 2, EM / 4, 0.01
_FULL_WIDTH = 0.9 * EM
_NARROWER = (1.0, 1 / 2, 0.0)  # shares of the gap that a text may have, tried in order
_LOOSE = EM / 6  # a line that is spread more is worse than narrower gaps
_SLACK = (1 / 8, 1 / 4)  # shares of a line that may be free so that the last line has two characters, tried in order

Cut = tuple[int, int, int]
"""A line as positions in the text: its start, the end of its ink, its end with trailing blanks."""


@dataclass(slots=True, eq=False)
class Line:
    """A line: characters ``start`` to ``ink`` of the text, and trailing blanks to ``end`` that are not seen.

    ``width`` is the line's, without the blank half of a last mark that hangs over. ``spread`` is added after each
    character; ``kerns`` are (index, more) pairs, added on top of it.
    """

    start: int
    ink: int
    end: int
    width: float
    spread: float = 0
    kerns: tuple[tuple[int, float], ...] = ()


def break_lines(
    text: str,
    widths: Sequence[float],
    width: float,
    *,
    first: float = 0,
    justify: bool = False,
    joined: Set[int] = frozenset(),
    gap: float = 0,
    natural: float | None = None,
) -> list[Line]:
    """Break ``text`` into lines of ``width``, the first shorter by ``first``; ``widths`` are those of its characters.

    ``justify`` makes all lines but the last flush. ``joined`` are positions where the text must not break.
    ``gap`` is added between hanzi and letters or digits, less of it where a line would be loose. ``natural`` is the sum
    of ``widths``, if it is known.
    """
    natural = sum(widths) if natural is None else natural
    if natural <= width - first and text and text[-1] not in BLANK and not (gap or meet(text)):
        return [Line(0, len(text), len(text), natural)]
    parts = unbreakable_parts(text, joined)
    if not (gap and justify):
        return _lines(_Ruler(text, widths, gap), parts, width, first, justify)
    best, least = list[Line](), 2 * EM
    for share in _NARROWER:
        lines = _lines(_Ruler(text, widths, gap * share), parts, width, first, justify)
        loosest = max([_looseness(line, width - (0 if n else first)) for n, line in enumerate(lines[:-1])], default=0)
        is_fewer = loosest <= _LOOSE and len(lines) < len(best)
        if loosest < least or is_fewer:
            best, least = lines, loosest
        if least <= _LOOSE and not _gaps_hold(best, gap):
            break
    return best


def _gaps_hold(lines: Sequence[Line], gap: float) -> bool:
    """Whether the gaps of a text are together as wide as its last line: without them it may take a line less."""
    return len(lines) > 1 and gap * sum(len(line.kerns) for line in lines) >= lines[-1].width


def _lines(ruler: _Ruler, parts: list[tuple[int, int]], width: float, first: float, justify: bool) -> list[Line]:
    """Return the lines of a text, the first shorter by ``first``."""
    cuts = _without_single_end(ruler, parts, _cuts(ruler, parts, width, first), (width, first), justify)
    last = len(cuts) - 1
    return [ruler.line(cut, width - (0 if n else first), justify and n < last) for n, cut in enumerate(cuts)]


def _looseness(line: Line, limit: float) -> float:
    """Return how much a line is spread; a full character if it is not, though it is short."""
    return EM if not line.spread and line.width < limit - _TOLERANCE else line.spread


def widest_unbreakable_part(text: str, widths: Sequence[float]) -> float:
    """Return the width of the widest word, figure or bracket of ``text``, which must stay on one line."""
    return max((sum(widths[start:end]) for start, end in long_unbreakable_parts(text)), default=0.0)


class _Ruler:
    """Measures stretches of one text and makes lines of them."""

    def __init__(self, text: str, widths: Sequence[float], gap: float) -> None:
        self.text = text
        self._adjusted = {i: -_HALF for i in meeting(text) if widths[i] > _FULL_WIDTH and widths[i + 1] > _FULL_WIDTH}
        self._shrinkable = {i: _QUARTER for i in soft(text) if i not in self._adjusted and widths[i] > _FULL_WIDTH}
        if gap:
            gaps = spaced(text)
            self._adjusted |= dict.fromkeys(gaps, gap)
        self._soft = list(self._shrinkable)  # in the order of the text
        set_widths = widths
        if self._adjusted:
            set_widths = list(widths)
            for i, more in self._adjusted.items():
                set_widths[i] += more
        self._widths, self._kerned = widths, sorted(self._adjusted)
        self.places = list(accumulate(set_widths, initial=0.0))
        self._rigid: list[int] | None = None

    def width(self, start: int, ink: int) -> float:
        """Return the width of a stretch on a line of its own."""
        if ink <= start:
            return 0
        return self.places[ink] - self.places[start] - self._adjusted.get(ink - 1, 0)

    def hang(self, ink: int) -> float:
        """Return how much of a line whose ink ends there may hang over the edge."""
        return _HALF if self.text[ink - 1] in HALF_BLANK and self._widths[ink - 1] > _FULL_WIDTH else 0

    def give(self, start: int, ink: int) -> float:
        """Return how much narrower than its width a stretch may be set."""
        return self.hang(ink) + sum(map(self._shrinkable.__getitem__, _within(self._soft, start, ink - 1)))

    def pulls_in(self, start: int, kept: int, ink: int, limit: float, over: float) -> bool:
        """Return whether to squeeze a line up to ``ink`` by ``over``, rather than spread one up to ``kept``."""
        free = limit - self.width(start, kept) if kept > start else limit
        return over <= self.give(start, ink) + _TOLERANCE and over - self.hang(ink) < free - _TOLERANCE

    def split(self, start: int, ink: int, limit: float) -> int:
        """Return where to break a word longer than a line: the last place that fits, off marks if possible."""
        most = bisect_right(self.places, self.places[start] + limit + _TOLERANCE, start + 1, ink + 1) - 1
        most = place = max(most, start + 1)
        while place > start + 1 and (self.text[place] in NO_START or self.text[place - 1] in NO_END):
            place -= 1
        return place if place > start + 1 else most

    def line(self, cut: Cut, limit: float, flush: bool) -> Line:
        """Return the line of a cut, squeezed into ``limit`` where it is wider, spread to it if ``flush``."""
        start, ink, end = cut
        width = self.width(start, ink)
        if width > limit + _TOLERANCE:
            return Line(start, ink, end, limit, 0, self._squeezed(start, ink, width - limit - self.hang(ink)))
        kerns = [(i, self._adjusted[i]) for i in _within(self._kerned, start, ink - 1)] if self._kerned else []
        if not flush or limit - width < _TOLERANCE:
            return Line(start, ink, end, width, 0, tuple(kerns))
        if self._rigid is None:
            self._rigid = rigid(self.text)
        held = _within(self._rigid, start, ink - 1)
        gaps = ink - 1 - start - len(held)
        spread = (limit - width) / gaps if gaps else EM
        if spread > _HALF:
            return Line(start, ink, end, width, 0, tuple(kerns))
        kerns += [(i, -spread) for i in held]
        return Line(start, ink, end, limit, spread, tuple(sorted(kerns)))

    def _squeezed(self, start: int, ink: int, over: float) -> tuple[tuple[int, float], ...]:
        """Return the kerns of a line made narrower by ``over``, each in proportion to what it can give."""
        kerns = {i: self._adjusted[i] for i in _within(self._kerned, start, ink - 1)}
        if over > _TOLERANCE:
            soft = _within(self._soft, start, ink - 1)
            given = sum(map(self._shrinkable.__getitem__, soft))
            share = over / given if given else 0  # one character that is wider than its line
            kerns |= {i: kerns.get(i, 0) - share * self._shrinkable[i] for i in soft}
        return tuple(sorted(kerns.items()))


def _within(places: list[int], start: int, end: int) -> list[int]:
    return places[bisect_left(places, start) : bisect_left(places, end)] if places else places


def _cuts(ruler: _Ruler, parts: list[tuple[int, int]], width: float, first: float) -> list[Cut]:
    cuts: list[Cut] = []
    start, kept, kept_end, limit, n = 0, 0, 0, width - first, 0
    while True:
        n, seen = _certain(ruler, parts, n, start, limit), n
        if n > seen:
            kept, kept_end = parts[n - 1]
        if n == len(parts):
            break
        ink, end = parts[n]
        n += 1
        while (over := ruler.width(start, ink) - limit) > _TOLERANCE:
            if ruler.pulls_in(start, kept, ink, limit, over):
                break
            if kept_end > start:
                cuts.append((start, kept, kept_end))
                start = kept_end
            else:
                kept_end = ruler.split(start, ink, limit)
                cuts.append((start, kept_end, kept_end))
                start = kept_end
            limit = width
        kept, kept_end = ink, end
        if over > _TOLERANCE:
            cuts.append((start, ink, end))
            start, limit = end, width
    return [*cuts, (start, kept, kept_end)] if kept_end > start else cuts


def _certain(ruler: _Ruler, parts: list[tuple[int, int]], n: int, start: int, limit: float) -> int:
    """Return the first of the parts from ``n`` on that may not fit; those before it need not be measured exactly."""
    last = bisect_right(ruler.places, ruler.places[start] + limit - _HALF) - 1
    return bisect_right(parts, last, n, key=itemgetter(0)) if n < len(parts) and parts[n][0] <= last else n


def _without_single_end(
    ruler: _Ruler, parts: list[tuple[int, int]], cuts: list[Cut], measure: tuple[float, float], flush: bool
) -> list[Cut]:
    """Return the cuts with a last line of one character pulled into the line before, or given a part of that line."""
    if len(cuts) < 2 or not is_single(ruler.text[cuts[-1][0] : cuts[-1][1]]):
        return cuts
    (start, _, _), (_, ink, end) = cuts[-2:]
    limit = measure[0] - (measure[1] if len(cuts) == 2 else 0)
    if ruler.width(start, ink) - limit <= ruler.give(start, ink):
        return [*cuts[:-2], (start, ink, end)]
    tries = (_lent(ruler, parts, cuts, len(cuts) - 1, measure, slack) for slack in (_SLACK if flush else (1.0,)))
    return next(filter(None, tries), cuts)


def _lent(
    ruler: _Ruler, parts: list[tuple[int, int]], cuts: list[Cut], n: int, measure: tuple[float, float], slack: float
) -> list[Cut] | None:
    """Return the cuts with the last part of the line before line ``n`` moved to that line; None if that cannot be.

    If the line before then has more than the share ``slack`` free, it gets a part of the line before it in turn.
    """
    (start, _, middle), (_, ink, end) = cuts[n - 1 : n + 1]
    before = bisect_left(parts, middle, key=itemgetter(1)) - 1
    kept, kept_end = parts[before] if before >= 0 else (0, 0)
    wide = ruler.width(kept_end, ink)
    last = n == len(cuts) - 1
    if kept_end <= start or wide > measure[0] or (not last and measure[0] - wide > measure[0] * slack):
        return None
    lent = [*cuts[: n - 1], (start, kept, kept_end), (kept_end, ink, end), *cuts[n + 1 :]]
    limit = measure[0] - (measure[1] if n == 1 else 0)
    if limit - ruler.width(start, kept) <= limit * slack:
        return lent
    return _lent(ruler, parts, lent, n - 1, measure, slack) if n > 1 else None
