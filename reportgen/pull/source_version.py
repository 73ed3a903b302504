"""Of what a file was made that comes back: of this document or another, and of which state of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..compose.review import masked
from ..core.errors import InputError
from ..tree.edited_docx import EditedParagraph
from ..tree.locations import COVER
from ..tree.nodes import Document
from ..writers.docx import style_ids
from .alignment import Aligned
from .anchors import Anchor, slots
from .normalize import key

_FEWEST = 0.5
"""The part of our paragraphs that must be found again; a file with fewer is another document."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The state of the document that a file was made of.

    ``older``: it is not the document as it is; ``stale``: nor of the same data without overrides. ``before`` are the
    generated texts by their marks.
    """

    older: bool
    stale: bool
    before: Mapping[tuple[str, ...], str]

    def untouched(self, marks: tuple[str, ...], text: str, paragraph: EditedParagraph) -> bool:
        """Whether the paragraph of an older file says what was generated, so that nobody wrote in it.

        ``text`` is what the document says there now.
        """
        same, before = wording if self.stale else key, self.before.get(marks, "")
        return self.older and same(paragraph.text) in (same(text), same(before))

    def may_lack(self, marks: tuple[str, ...]) -> bool:
        """Whether a paragraph that is not in the file may be younger than the file."""
        return self.stale or (self.older and marks not in self.before)


def origin(
    generated: Document,
    current: Document,
    ours: Sequence[Anchor],
    found: Sequence[EditedParagraph],
    aligned: Aligned,
) -> Origin:
    """What the file with the paragraphs ``found`` was made of; ``current`` is ``generated`` with its overrides.

    Raises:
        InputError: it is not a file of this document.
    """
    states = {span.name for paragraph in found for span in paragraph.spans if span.name.startswith(style_ids.STATE)}
    _check_that_it_is_ours(ours, found, aligned, states, style_ids.state_mark(generated))
    older = bool(states) and style_ids.state_mark(current) not in states
    stale = older and style_ids.state_mark(generated) not in states
    return Origin(older, stale, {slot.marks: slot.text for slot in slots(generated) if slot.block is not None})


def wording(text: str) -> str:
    """A text without its numbers: two that agree differ in nothing that a person wrote."""
    return masked(key(text))


def _check_that_it_is_ours(
    ours: Sequence[Anchor], found: Sequence[EditedParagraph], aligned: Aligned, states: set[str], own: str
) -> None:
    """Departments have sentences and marks alike: a file without a mark of whose it is must have our cover."""
    prose = [n for n, slot in enumerate(ours) if slot.block is not None]
    count = sum(n in aligned.pairs for n in prose)
    texts = {key(paragraph.text) for paragraph in found}
    whose = own.rpartition("_")[0]
    same = (
        any(state.startswith(whose) for state in states)
        if states
        else all(slot.key in texts for slot in ours if slot.place == COVER)
    )
    if not same:
        raise InputError("这个文件不是由这份预算生成的：部门或年度不同", "检查 --into 的文件；封面请勿改动")
    if count < _FEWEST * len(prose):
        message = "这个文件不像是由这份预算生成的：{most} 段中只找到 {found} 段"
        raise InputError(message, "检查 --into 的文件和版式", most=str(len(prose)), found=str(count))
