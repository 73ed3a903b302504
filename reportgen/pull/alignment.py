"""Which paragraph of the edited file is which of ours: by bookmarks, and where an editor took those out, by the text.

Bookmarks first; of the rest those with the same text between two that are known; of the rest those that are alike.
A paragraph that is left over was typed in, a slot that is left over was deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ..tree.edited_docx import EditedParagraph
from ..tree.matching import longest_rising_sequence
from ..tree.nodes import Figure
from .anchors import Anchor
from .normalize import key

ALIKE = 0.5
"""A ratio of :class:`difflib.SequenceMatcher`: paragraphs below it are not taken for one another."""
_MOST = 900
"""Pairs of paragraphs of one gap whose likeness is measured; in a larger gap only equal texts are found."""


@dataclass(slots=True)
class Aligned:
    """Anchor number → paragraph number; ``moved`` are the slots whose paragraph stands in another order.

    ``by_mark`` are the slots found by their bookmark.
    """

    pairs: dict[int, int] = field(default_factory=dict)
    by_mark: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)


def align(
    slots: Sequence[Anchor], found: Sequence[EditedParagraph], figures: Mapping[str, tuple[str, Figure]]
) -> Aligned:
    """Pair the slots with the paragraphs."""
    aligned = Aligned(_by_marks(slots, found, figures))
    aligned.by_mark = set(aligned.pairs)
    kept = dict(longest_rising_sequence(sorted(aligned.pairs.items())))
    aligned.moved = aligned.by_mark - kept.keys()
    before = (-1, -1)
    for here in (*sorted(kept.items()), (len(slots), len(found))):
        ours = [n for n in range(before[0] + 1, here[0]) if n not in aligned.pairs]
        taken = set(aligned.pairs.values())
        theirs = [n for n in range(before[1] + 1, here[1]) if n not in taken]
        aligned.pairs |= _by_text(slots, found, ours, theirs)
        before = here
    return aligned


def _by_marks(
    slots: Sequence[Anchor], found: Sequence[EditedParagraph], figures: Mapping[str, tuple[str, Figure]]
) -> dict[int, int]:
    """The pairs that bookmarks tell. A split paragraph is its first part, two put together are the first of them."""
    told = {mark: n for n, slot in enumerate(slots) for mark in slot.marks}
    own = {slot.block.id: n for n, slot in enumerate(slots) if slot.block is not None}
    pairs: dict[int, int] = {}
    for n, paragraph in enumerate(found):
        named = [told[span.name] for span in paragraph.spans if span.name in told]
        quoted = [own.get(figures[span.name][0], -1) for span in paragraph.spans if span.name in figures]
        candidates = [slot for slot in dict.fromkeys(named or quoted) if slot >= 0 and slot not in pairs]
        if candidates:
            pairs[_beginning(slots, candidates, key(paragraph.text))] = n
    return pairs


def _beginning(slots: Sequence[Anchor], candidates: Sequence[int], text: str) -> int:
    """The slot whose text the paragraph begins with: of one that was deleted the bookmark may have been left over."""
    like = (n for n in candidates if _likeness(slots[n].key, text[: len(slots[n].key)]) >= ALIKE)
    return candidates[0] if len(candidates) == 1 else next(like, candidates[-1])


def _by_text(
    slots: Sequence[Anchor], found: Sequence[EditedParagraph], ours: Sequence[int], theirs: Sequence[int]
) -> dict[int, int]:
    """The pairs in a gap: same texts, and between those the ones that are alike."""
    left, right = [slots[n].key for n in ours], [key(found[n].text) for n in theirs]
    pairs: dict[int, int] = {}
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs |= zip(ours[a:b], theirs[c:d], strict=True)
        elif tag == "replace":
            pairs |= {ours[a + i]: theirs[c + j] for i, j in _alike(left[a:b], right[c:d])}
    return pairs


def _alike(left: Sequence[str], right: Sequence[str]) -> Iterable[tuple[int, int]]:
    """The pairs of like texts, in order, that are most alike together; one alone with one is a text typed anew."""
    if len(left) == len(right) == 1:
        return [(0, 0)]
    if len(left) * len(right) > _MOST:
        return []
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    ratios = [[_likeness(one, other) for other in right] for one in left]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            paired = ratios[i][j] + best[i + 1][j + 1] if ratios[i][j] >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return list(_traced(best, ratios))


def _traced(best: list[list[float]], ratios: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(ratios) and j < len(ratios[0]):
        if ratios[i][j] >= ALIKE and best[i][j] == ratios[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; of texts that cannot be alike it is not measured."""
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one[:2000], other[:2000], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
