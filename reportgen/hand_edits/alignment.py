"""Align the paragraphs of the edited file with the anchors of the document.

Paragraphs are found by their bookmarks; where an editor removed those, by the same text between two paragraphs that are
found; of the rest by similar text. A paragraph without an anchor was inserted, an anchor without a paragraph deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ..tree.edited_docx import EditedParagraph
from ..tree.matching import longest_rising_sequence
from ..tree.nodes import Figure
from .anchors import Anchor
from .normalize import text_key

SIMILAR = 0.5
"""The ratio of :class:`difflib.SequenceMatcher` from which two texts may be versions of one another."""
_MOST_PAIRS = 900
"""Pairs of paragraphs of one gap whose similarity is measured; in a larger gap only equal texts are found."""
_MOST_CHARACTERS = 2000  # of a text that are compared


@dataclass(slots=True)
class Alignment:
    """The number of each anchor's paragraph.

    ``by_bookmark`` are the anchors found by a bookmark, ``moved`` those of them whose paragraph changed its order.
    """

    pairs: dict[int, int] = field(default_factory=dict)
    by_bookmark: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)


def align(
    anchors: Sequence[Anchor], paragraphs: Sequence[EditedParagraph], figures: Mapping[str, tuple[str, Figure]]
) -> Alignment:
    """Pair the anchors with the paragraphs; ``figures`` are those of the document by their bookmarks."""
    alignment = Alignment(_by_bookmarks(anchors, paragraphs, figures))
    alignment.by_bookmark = set(alignment.pairs)
    in_order = longest_rising_sequence(sorted(alignment.pairs.items()))
    alignment.moved = alignment.by_bookmark - {anchor for anchor, _ in in_order}
    before = (-1, -1)
    for here in (*in_order, (len(anchors), len(paragraphs))):
        open_anchors = [n for n in range(before[0] + 1, here[0]) if n not in alignment.pairs]
        paired = set(alignment.pairs.values())
        open_paragraphs = [n for n in range(before[1] + 1, here[1]) if n not in paired]
        alignment.pairs |= _by_text(anchors, paragraphs, open_anchors, open_paragraphs)
        before = here
    return alignment


def _by_bookmarks(
    anchors: Sequence[Anchor], paragraphs: Sequence[EditedParagraph], figures: Mapping[str, tuple[str, Figure]]
) -> dict[int, int]:
    """The pairs found by bookmarks. Of a split paragraph the first part is paired, of joined ones the first anchor."""
    by_bookmark = {bookmark: n for n, anchor in enumerate(anchors) for bookmark in anchor.bookmarks}
    by_block = {anchor.block.id: n for n, anchor in enumerate(anchors) if anchor.block is not None}
    pairs: dict[int, int] = {}
    for n, paragraph in enumerate(paragraphs):
        own = [by_bookmark[span.name] for span in paragraph.spans if span.name in by_bookmark]
        of_figures = [by_block.get(figures[span.name][0], -1) for span in paragraph.spans if span.name in figures]
        candidates = [anchor for anchor in dict.fromkeys(own or of_figures) if anchor >= 0 and anchor not in pairs]
        if candidates:
            pairs[_beginning(anchors, candidates, text_key(paragraph.text))] = n
    return pairs


def _beginning(anchors: Sequence[Anchor], candidates: Sequence[int], text: str) -> int:
    """The anchor whose text the paragraph begins with: the bookmark of a deleted paragraph may be left over."""
    similar = (n for n in candidates if _similarity(anchors[n].key, text[: len(anchors[n].key)]) >= SIMILAR)
    return candidates[0] if len(candidates) == 1 else next(similar, candidates[-1])


def _by_text(
    anchors: Sequence[Anchor],
    paragraphs: Sequence[EditedParagraph],
    open_anchors: Sequence[int],
    open_paragraphs: Sequence[int],
) -> dict[int, int]:
    """The pairs in a gap: equal texts, and between those the similar ones."""
    left, right = [anchors[n].key for n in open_anchors], [text_key(paragraphs[n].text) for n in open_paragraphs]
    pairs: dict[int, int] = {}
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs |= zip(open_anchors[a:b], open_paragraphs[c:d], strict=True)
        elif tag == "replace":
            pairs |= {open_anchors[a + i]: open_paragraphs[c + j] for i, j in _most_similar(left[a:b], right[c:d])}
    return pairs


def _most_similar(left: Sequence[str], right: Sequence[str]) -> Iterable[tuple[int, int]]:
    """The pairs of similar texts, in order, with the highest sum of ratios; a single text replaces a single one."""
    if len(left) == len(right) == 1:
        return [(0, 0)]
    if len(left) * len(right) > _MOST_PAIRS:
        return []
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    ratios = [[_similarity(text, other) for other in right] for text in left]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            paired = ratios[i][j] + best[i + 1][j + 1] if ratios[i][j] >= SIMILAR else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return list(_pairs_of_best(best, ratios))


def _pairs_of_best(best: list[list[float]], ratios: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(ratios) and j < len(ratios[0]):
        if ratios[i][j] >= SIMILAR and best[i][j] == ratios[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _similarity(text: str, other: str) -> float:
    """The ratio of two texts, from 0 to 1; 0 for texts that a quick estimate finds not similar."""
    if text == other:
        return 1.0
    matcher = SequenceMatcher(None, text[:_MOST_CHARACTERS], other[:_MOST_CHARACTERS], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR else 0.0
