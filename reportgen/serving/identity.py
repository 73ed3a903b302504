"""Which department, year, scope and stage a document or a file beside it is of: an upload of another is refused."""

from __future__ import annotations

from ..core.errors import InputError, UsageError
from ..pipeline import load, prepare
from ..pipeline.source import LoadedBudget
from .reading import ReadUpload, title_of
from .records import BesideKind

ANOTHER: dict[BesideKind, str] = {"last": "GJ601", "initial": "GJ609"}
"""The finding about a file beside a document that is not the one wanted."""


def check_same_document(old: bytes | None, new: bytes) -> None:
    """Check that a version is of the same department, year, scope and stage as the one before it.

    A name or a code may be corrected, not both at once. Without ``old``, or if it breaks the contract, all is accepted.

    Raises:
        UsageError: it is of another department, year, scope or stage.
    """
    before = _loaded(old)
    if before is None:
        return
    after = load(new)
    same_department = before.department.code == after.department.code or before.department.name == after.department.name
    same_document = (before.year, before.data.stage) == (after.year, after.data.stage) and same_scope(before, after)
    if not (same_department and same_document):
        raise _another(before, after, "选这一份的文件再上传；另一份文件，在第一页作为新的文件上传")


def same_scope(document: LoadedBudget, other: LoadedBudget) -> bool:
    """Whether both are of a department or both of a unit; tables that were published do not say which (``unread``)."""
    is_known = not other.data.unread or other.data.scope == "unit"
    return not is_known or document.data.scope == other.data.scope


def check_same_title(title: str, read: ReadUpload) -> None:
    """Check an upload for a document of which no version can be read by the title that its record has.

    Raises:
        UsageError: it has another title.
    """
    if read.title != title:
        message = "这一份是“{own}”，传上来的是“{other}”；没有存。各版的文件都读不了，只能按名称核对"
        hint = "从备份恢复这一份的文件；或在第一页把它作为新的文件上传"
        raise UsageError(message, hint, own=title, other=read.title)


def check_beside(document: bytes, beside: bytes, kind: BesideKind) -> None:
    """Check that a file is last year's of a document, or the budget of its year, as GJ601 and GJ609 do.

    Raises:
        UsageError: it is of another department or year, or of a department where the document is a unit's.
        InputError: one of them breaks the contract.
    """
    own, given = load(document), load(beside)
    prepared = prepare(own, last=given) if kind == "last" else prepare(own, initial=given)
    other = next((finding for finding in prepared.findings if finding.code == ANOTHER[kind]), None)
    if other is not None:
        raise UsageError(other.message, other.hint, findings=(), **other.values)
    if not same_scope(own, given):
        raise _another(own, given, "部门的用部门的文件核对，单位的用单位的文件核对；选好再上传")


def _another(own: LoadedBudget, other: LoadedBudget, hint: str) -> UsageError:
    message = "这一份是“{own}”（部门 {code}），传上来的是“{other}”（部门 {their_code}）；没有存"
    return UsageError(
        message, hint, own=title_of(own), code=own.department.code, other=title_of(other),
        their_code=other.department.code,
    )  # fmt: skip


def _loaded(payload: bytes | None) -> LoadedBudget | None:
    try:
        return None if payload is None else load(payload)
    except InputError:
        return None
