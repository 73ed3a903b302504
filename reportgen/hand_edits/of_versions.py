"""Pull the edits of a DOCX that was made from an earlier version of a document into its latest version.

What the DOCX changed is its difference from the version that it was made from; everything else of the latest version
stays. A paragraph that was changed on both sides is a conflict: nothing is pulled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..budget.json_edit import with_member
from ..compose.overrides import runs_without_number
from ..core.errors import InputError
from ..core.finding import Finding, Place, Severity
from ..pipeline import Prepared, load, prepare
from ..tree.nodes import plain
from ..writers.docx import style_ids
from ..writers.docx.read_edited import read_edited
from .changes import Change, text_of
from .in_memory import FIELD, PulledEdits, pull_edits
from .normalize import text_key
from .overrides import new_overrides
from .source_version import wording

_SHOWN = 200  # characters of a text in a finding


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """The JSON of a version, and last year's document and the budget of the year with which it was composed."""

    payload: bytes
    last: bytes | None = None
    initial: bytes | None = None


def pull_edits_of_versions(edited: bytes, versions: Sequence[SavedVersion]) -> PulledEdits:
    """Find the edits of prose in a DOCX of any of the ``versions`` and put them into the latest.

    Args:
        edited: the bytes of a DOCX that was made from one of the versions and that a person changed.
        versions: all versions of the document, the latest first.

    Returns:
        The edits, the findings about them, and the JSON of the latest version with its new ``overrides``.

    Raises:
        InputError: a file cannot be read, the DOCX is of another document, or a paragraph was changed on both sides.
    """
    known = _Versions(versions)
    made_from = known.made_from(edited)
    source = versions[made_from or 0]
    pulled = pull_edits(edited, source.payload, last=source.last, initial=source.initial)
    if made_from == 0:
        return pulled
    conflicts = list(known.undone(pulled.changes) if made_from is None else known.conflicts(made_from, pulled.changes))
    if conflicts:
        message = "修改稿改的地方，后来在工作台里也改过；什么也没有存"
        hint = "在修改稿里把这几段改成现在的文字再导入；或再导出一次 DOCX，在上面改"
        raise InputError(message, hint, findings=tuple(conflicts))
    return pulled if made_from is None else known.into_latest(made_from, pulled)


def is_made_here(edited: bytes) -> bool:
    """Whether a DOCX has the mark of a version of a document that it was made from.

    Raises:
        InputError: the file cannot be read.
    """
    return _has_state(_marks(edited))


def _marks(edited: bytes) -> set[str]:
    return {span.name for paragraph in read_edited(edited).paragraphs() for span in paragraph.spans}


def _has_state(marks: set[str]) -> bool:
    return any(mark.startswith(style_ids.STATE) for mark in marks)


@dataclass(frozen=True, slots=True)
class _Versions:
    """The versions of a document, the latest first."""

    versions: Sequence[SavedVersion]

    def prepared(self, number: int) -> Prepared:
        """Compose a version; 0 is the latest."""
        version = self.versions[number]
        return prepare(load(version.payload), None, version.last, version.initial)

    def made_from(self, edited: bytes) -> int | None:
        """Return the number of the version whose mark is in the file; None if it is of none, or has lost its marks."""
        marks = _marks(edited)
        if not _has_state(marks):
            return None
        numbers = range(len(self.versions))
        return next((n for n in numbers if style_ids.state_bookmark(self.prepared(n).document) in marks), None)

    def conflicts(self, made_from: int, changes: Sequence[Change]) -> Iterator[Finding]:
        """Return the changes of paragraphs that the latest version has in other words than the one before the edit."""
        before, now = _texts(self.prepared(made_from)), _texts(self.prepared(0))
        for change in changes:
            was, present = before.get(change.block, ""), now.get(change.block)
            if present is None or (not _is_done(change, now) and not _is_beside(change) and _differ(was, present)):
                yield _conflict(change, present or "")

    def undone(self, changes: Sequence[Change]) -> Iterator[Finding]:
        """Return the changes back to the text of an earlier version, by a file that has lost its mark."""
        earlier = [_texts(self.prepared(n)) for n in range(1, len(self.versions))] if changes else []
        for change in changes:
            texts = {text_key(texts[change.block]) for texts in earlier if change.block in texts}
            if not change.added and change.runs and text_key(text_of(change.runs)) in texts:
                yield _conflict(change, change.text)

    def into_latest(self, made_from: int, pulled: PulledEdits) -> PulledEdits:
        """Put the changes into the latest version, without those that it has already."""
        latest, before = self.prepared(0), _texts(self.prepared(made_from))
        now = _texts(latest)
        since = {text_key(text) for block, text in now.items() if block not in before}
        changes = [
            change
            for change in pulled.changes
            if not _is_done(change, now) and not (change.added and text_key(text_of(change.runs)) in since)
        ]
        overrides = new_overrides(latest.generated, latest.document, latest.budget.overrides, changes, reviewed=False)
        payload = self.versions[0].payload
        payload = payload if overrides is None else with_member(payload, FIELD, overrides)
        return replace(pulled, changes=tuple(changes), payload=payload)


def _texts(prepared: Prepared) -> Mapping[str, str]:
    """The texts of headings and paragraphs, without numbers, by their blocks."""
    return {block.id: plain(runs_without_number(block)) for block in prepared.document.prose()}


def _is_done(change: Change, now: Mapping[str, str]) -> bool:
    return not change.added and text_key(now.get(change.block, "")) == text_key(text_of(change.runs))


def _is_beside(change: Change) -> bool:
    """Whether a paragraph is added after one that the layout makes, whatever that says."""
    return change.added and "+" not in change.block


def _differ(one: str, other: str) -> bool:
    """Whether two texts differ in more than their figures, which are of the data."""
    return wording(one) != wording(other)


def _conflict(change: Change, now: str) -> Finding:
    message = "这一段现在是“{now}”，修改稿里是“{found}”；两边都改过"
    hint = "定下用哪一句，在修改稿里改成现在的文字，或在“文字”里改"
    values = {"now": now[:_SHOWN], "found": text_of(change.runs)[:_SHOWN]}
    return Finding("QH118", Severity.ERROR, message, (Place(printed=change.place),), hint, values)
