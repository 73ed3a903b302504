"""Which department, year and stage a document or a file beside it is of: an upload of another one is refused."""

from __future__ import annotations

from ..core.errors import InputError, UsageError
from ..pipeline import load, prepare
from ..pipeline.source import LoadedBudget
from .reading import title_of
from .records import BesideKind

ANOTHER: dict[BesideKind, str] = {"last": "GJ601", "initial": "GJ609"}
"""The finding about a file beside a document that is not the one wanted."""


def check_same_document(old: bytes | None, new: bytes) -> None:
    """Check that a version is of the same department, year and stage as the one before it.

    A name or a code may be corrected, not both at once. Without ``old``, or if it breaks the contract, all is accepted.

    Raises:
        UsageError: it is of another department, year or stage.
    """
    before = _loaded(old)
    if before is None:
        return
    after = load(new)
    same_department = before.department.code == after.department.code or before.department.name == after.department.name
    if not same_department or (before.year, before.data.stage) != (after.year, after.data.stage):
        message = "这一份是“{own}”（部门 {code}），传上来的是“{other}”（部门 {their_code}）；没有存"
        hint = "选这一份的文件再上传；另一份文件，在第一页作为新的文件上传"
        raise UsageError(
            message, hint, own=title_of(before), code=before.department.code, other=title_of(after),
            their_code=after.department.code,
        )  # fmt: skip


def check_beside(document: bytes, beside: bytes, kind: BesideKind) -> None:
    """Check that a file is last year's of a document, or the budget of its year, as GJ601 and GJ609 do.

    Raises:
        UsageError: it is of another department or year.
        InputError: one of them breaks the contract.
    """
    prepared = prepare(document, last=beside) if kind == "last" else prepare(document, initial=beside)
    other = next((finding for finding in prepared.findings if finding.code == ANOTHER[kind]), None)
    if other is not None:
        raise UsageError(other.message, other.hint, findings=(), **other.values)


def _loaded(payload: bytes | None) -> LoadedBudget | None:
    try:
        return None if payload is None else load(payload)
    except InputError:
        return None
