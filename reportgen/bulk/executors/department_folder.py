"""The folder of one department from run to run: it stays that department's, and a change of its name is followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...budget.model import Budget
from ...core.errors import OutputError
from ...manifest import NAME as MANIFEST
from ...manifest import record
from ...manifest.record import Entry
from ...pipeline import OutputStorage
from ...pipeline.old_names import Remove, remove_entries, renamed
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
    removed, kept = remove_entries(storage, old, remove, remove_state)
    return replace(outcome, findings=(*outcome.findings, renamed(owner.name, totals.name, removed, kept)))


def _of_old_names(entries: Mapping[str, Entry], current: Sequence[str], year: int) -> dict[str, Entry]:
    """Return the entries of the year that have none of the ``current`` files."""
    return {
        slug: entry for slug, entry in entries.items() if entry.year == year and not entry.files.keys() & set(current)
    }
