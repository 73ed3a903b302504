"""The folder of one department from run to run: it stays that department's, and a change of its name is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ...budget.model import Budget
from ...core.errors import OutputError
from ...core.finding import Finding, Place, Severity
from ...manifest import NAME as MANIFEST
from ...manifest import record
from ...manifest.record import Entry, File
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


def remove_old_files(
    storage: OutputStorage, owner: Totals | None, outcome: Outcome, remove: Callable[[str], object]
) -> Outcome:
    """Remove the files that the department has under its old name, and return the outcome that reports it (PL207).

    Files that were edited since they were made are kept. ``owner`` is from :func:`check_owner`.

    Raises:
        OutputError: a file cannot be removed.
    """
    totals = outcome.totals
    if not (
        owner and totals and (owner.year, owner.scope) == (totals.year, totals.scope) and owner.name != totals.name
    ):
        return outcome
    files = dict(_of_old_names(record.parse(storage.read(MANIFEST)), outcome.files, totals.year))
    digests = {name: digest for name in files if (digest := storage.digest(name))}
    edited = [name for name, digest in digests.items() if digest != files[name].sha256]
    unedited = [name for name in digests if name not in edited]
    for name in unedited:
        remove(name)
    return replace(outcome, findings=(*outcome.findings, _renamed(owner.name, totals.name, unedited, edited)))


def _of_old_names(entries: Mapping[str, Entry], current: Sequence[str], year: int) -> Iterator[tuple[str, File]]:
    for entry in entries.values():
        if entry.year == year and not entry.files.keys() & set(current):
            yield from entry.files.items()


def _renamed(old: str, new: str, removed: Sequence[str], kept: Sequence[str]) -> Finding:
    """PL207: the department has a new name; what became of the files of its old one."""
    message, hint = "部门由“{old}”改名“{new}”；旧名的文件已删去：{files}", "旧名的文件已经公开的，一并撤下"
    values = {"old": old, "new": new, "files": "、".join(removed) or "—"}
    if kept:
        message = "部门由“{old}”改名“{new}”；旧名的文件已删去：{files}；手工改过的留着：{edited}"
        hint, values["edited"] = "留着的文件自己决定取舍", "、".join(kept)
    where = tuple(Place(printed=name) for name in (*removed, *kept))
    return Finding("PL207", Severity.WARNING, message, where, hint, values)
