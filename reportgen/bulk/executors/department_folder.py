"""The folder of one department from run to run: it stays that department's, and a change of its name is followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ...budget.model import Budget
from ...core.errors import OutputError
from ...core.finding import Finding, Place, Severity
from ...manifest import NAME as MANIFEST
from ...manifest import record
from ...manifest.record import Entry
from ...manifest.state import file_name
from ...pipeline import OutputStorage
from ..department_totals import Totals
from ..outcome import Outcome
from ..outcome_file import NAME as OUTCOME
from ..outcome_file import department_of


def check_owner(storage: OutputStorage, state: OutputStorage, budget: Budget) -> Totals | None:
    """Return the department whose files are in the folder by the outcome in its state; None if there is none.

    Raises:
        OutputError: it is not the department of ``budget``.
    """
    owner = department_of(state.read(OUTCOME))
    if owner and (owner.scope, owner.code) != (budget.scope, budget.department.code):
        raise OutputError(
            "{folder} 里是 {code}“{name}”的文件，没有覆盖",
            "换一个输出文件夹；如果部门代码改了，先把那个文件夹移走",
            folder=storage.location(""),
            code=owner.code,
            name=owner.name,
        )
    return owner


Remove = Callable[[str], object]
"""Removes the file of a name, if it is there."""


def remove_old_files(
    storage: OutputStorage, owner: Totals | None, outcome: Outcome, remove: Remove, remove_state: Remove
) -> Outcome:
    """Remove what the department has under its old name, and return the outcome that reports it (PL207).

    That is its files, its entry in the manifest and its state. Files that were edited since they were made are kept;
    from then on they are not known to the manifest, so nothing replaces them. ``owner`` is from :func:`check_owner`.

    Raises:
        OutputError: a file cannot be removed.
    """
    totals = outcome.totals
    if not (
        owner and totals and (owner.year, owner.scope) == (totals.year, totals.scope) and owner.name != totals.name
    ):
        return outcome
    old = _of_old_names(record.parse(storage.read(MANIFEST)), outcome.files, totals.year)
    files = {name: file for entry in old.values() for name, file in entry.files.items()}
    digests = {name: digest for name in files if (digest := storage.digest(name))}
    edited = [name for name, digest in digests.items() if digest != files[name].sha256]
    unedited = [name for name in digests if name not in edited]
    for name in unedited:
        remove(name)
    for slug in old:
        remove_state(file_name(slug))
    _forget(storage, old)
    return replace(outcome, findings=(*outcome.findings, _renamed(owner.name, totals.name, unedited, edited)))


def _of_old_names(entries: Mapping[str, Entry], current: Sequence[str], year: int) -> dict[str, Entry]:
    """Return the entries of the year that have none of the ``current`` files."""
    return {
        slug: entry for slug, entry in entries.items() if entry.year == year and not entry.files.keys() & set(current)
    }


def _forget(storage: OutputStorage, old: Mapping[str, Entry]) -> None:
    """Take the entries ``old`` out of the manifest."""
    if not old:
        return
    with storage.exclusive():
        entries = record.parse(storage.read(MANIFEST))
        left = {slug: entry for slug, entry in entries.items() if slug not in old}
        storage.save({MANIFEST: record.written(left)})


def _renamed(old: str, new: str, removed: Sequence[str], kept: Sequence[str]) -> Finding:
    """PL207: the department has a new name; what became of the files of its old one."""
    message, hint = "部门由“{old}”改名“{new}”；旧名的文件已删去：{files}", "旧名的文件已经公开的，一并撤下"
    values = {"old": old, "new": new, "files": "、".join(removed) or "—"}
    if kept:
        message = "部门由“{old}”改名“{new}”；旧名的文件已删去：{files}；手工改过的留着：{edited}"
        hint, values["edited"] = "留着的文件自己决定取舍", "、".join(kept)
    where = tuple(Place(printed=name) for name in (*removed, *kept))
    return Finding("PL207", Severity.WARNING, message, where, hint, values)
