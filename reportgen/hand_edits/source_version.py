"""Determine from which version of which document an edited file was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..compose.review import masked
from ..core.errors import InputError
from ..tree.edited_docx import EditedParagraph
from ..tree.locations import COVER
from ..tree.nodes import Document
from ..writers.docx import style_ids
from .alignment import Alignment
from .anchors import Anchor, anchors
from .normalize import text_key

_LEAST_FOUND = 0.5
"""The share of the document's paragraphs that must be in the file; a file with fewer is of another document."""


@dataclass(frozen=True, slots=True)
class SourceVersion:
    """The version of the document that a file was made from.

    ``is_older``: it is not the present document; ``data_changed``: nor is it that without overrides. ``generated`` are
    the texts without overrides by their bookmarks.
    """

    is_older: bool
    data_changed: bool
    generated: Mapping[tuple[str, ...], str]

    def is_unedited(self, bookmarks: tuple[str, ...], text: str, paragraph: EditedParagraph) -> bool:
        """Whether the paragraph of an older file has the generated text; ``text`` is the present one."""
        comparable, generated = wording if self.data_changed else text_key, self.generated.get(bookmarks, "")
        return self.is_older and comparable(paragraph.text) in (comparable(text), comparable(generated))

    def may_be_missing(self, bookmarks: tuple[str, ...]) -> bool:
        """Whether a paragraph that is not in the file may have been added after the file was made."""
        return self.data_changed or (self.is_older and bookmarks not in self.generated)


def source_version(
    generated: Document,
    current: Document,
    ours: Sequence[Anchor],
    paragraphs: Sequence[EditedParagraph],
    alignment: Alignment,
) -> SourceVersion:
    """Return what the file with these paragraphs was made from; ``current`` is ``generated`` with its overrides.

    Raises:
        InputError: it was made from another document.
    """
    marks = {span.name for paragraph in paragraphs for span in paragraph.spans}
    states = {name for name in marks if name.startswith(style_ids.STATE)}
    _check_same_document(ours, paragraphs, alignment, states, style_ids.state_bookmark(generated))
    is_older = bool(states) and style_ids.state_bookmark(current) not in states
    data_changed = is_older and style_ids.state_bookmark(generated) not in states
    texts = {anchor.bookmarks: anchor.text for anchor in anchors(generated) if anchor.block is not None}
    return SourceVersion(is_older, data_changed, texts)


def wording(text: str) -> str:
    """Return a text without its numbers: texts with the same wording differ only in the data."""
    return masked(text_key(text))


def _check_same_document(
    ours: Sequence[Anchor],
    paragraphs: Sequence[EditedParagraph],
    alignment: Alignment,
    states: set[str],
    own_state: str,
) -> None:
    """Departments share sentences and bookmarks: a file without the mark of its document must have the same cover."""
    prose = [n for n, anchor in enumerate(ours) if anchor.block is not None]
    count = sum(n in alignment.pairs for n in prose)
    texts = {text_key(paragraph.text) for paragraph in paragraphs}
    department = own_state.rpartition("_")[0]
    is_same = (
        any(state.startswith(department) for state in states)
        if states
        else all(anchor.key in texts for anchor in ours if anchor.place == COVER)
    )
    if not is_same:
        raise InputError("这个文件不是由这份预算生成的：部门或年度不同", "检查 --into 的文件；封面请勿改动")
    if count < _LEAST_FOUND * len(prose):
        message = "这个文件不像是由这份预算生成的：{most} 段中只找到 {found} 段"
        raise InputError(message, "检查 --into 的文件和版式", most=str(len(prose)), found=str(count))
