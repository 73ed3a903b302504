"""PL207: a department got a new name, and its files have new names; what the folder has under the old one is removed.

The manifest of a folder has for each document the hash of its department (scope and code) and of the department's name.
A folder may hold many departments, and one department in several layouts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..manifest import NAME, record
from ..manifest.hashes import of_bytes
from ..manifest.record import Entry
from ..manifest.state import file_name, unpacked
from .state_folder import StateRecords
from .storage import LocalFolder, OutputStorage

Remove = Callable[[str], object]
"""Removes the file of a name, if it is there."""
Owner = tuple[str, str]
"""The hash of a department (scope and code) and the hash of its name."""


def owner_of(budget: Budget) -> Owner:
    """Return whose document a budget is, as the manifest has it."""
    return _owner(budget.scope, budget.department.code, budget.department.name)


def remove_old_names(storage: OutputStorage, states: StateRecords, files: Iterable[str]) -> tuple[Finding, ...]:
    """Remove what a folder of this machine has of the department of ``files`` under another name in the same year.

    That is files, entries of the manifest and states; files that were changed since they were made stay, and are known
    to the manifest no longer.

    Returns:
        A finding that says what was removed and what stays; none if there was nothing.

    Raises:
        OutputError: a file cannot be removed.
    """
    if not isinstance(storage, LocalFolder):
        return ()
    entries, names = record.parse(storage.read(NAME)), set(files)
    own = next((slug for slug, entry in entries.items() if entry.files.keys() & names), None)
    if own is None:
        return ()
    old = _under_other_names(entries, own, states)
    if not old:
        return ()
    before = next((name for slug in old if (name := _stated(slug, states)[2])), min(old))
    removed, kept = remove_entries(storage, old, storage.remove, states.remove)
    return (renamed(before, _stated(own, states)[2] or own, removed, kept),)


def remove_entries(
    storage: OutputStorage, old: Mapping[str, Entry], remove: Remove, remove_state: Remove
) -> tuple[list[str], list[str]]:
    """Remove the files of the entries ``old``, their states, and then the entries.

    Returns:
        The names of the files that were removed, and of those that stay because they were changed by hand.

    Raises:
        OutputError: a file cannot be removed.
    """
    files = {name: file for entry in old.values() for name, file in entry.files.items()}
    digests = {name: digest for name in files if (digest := storage.digest(name))}
    kept = [name for name, digest in digests.items() if digest != files[name].sha256]
    removed = [name for name in digests if name not in kept]
    for name in removed:
        remove(name)
    for slug in old:
        remove_state(file_name(slug))
    if old:
        with storage.exclusive():
            entries = record.parse(storage.read(NAME))
            left = {slug: entry for slug, entry in entries.items() if slug not in old}
            storage.save({NAME: record.written(left)})
    return removed, kept


def renamed(old: str, new: str, removed: Sequence[str], kept: Sequence[str]) -> Finding:
    """Return the finding about the files of the old name."""
    message, hint = "部门由“{old}”改名“{new}”；旧名的文件已删去：{files}", "旧名的文件已经公开的，一并撤下"
    values = {"old": old, "new": new, "files": "、".join(removed) or "—"}
    if kept:
        message = "部门由“{old}”改名“{new}”；旧名的文件已删去：{files}；手工改过的留着：{edited}"
        hint, values["edited"] = "留着的文件自己决定取舍", "、".join(kept)
    where = tuple(Place(printed=name) for name in (*removed, *kept))
    return Finding("PL207", Severity.WARNING, message, where, hint, values)


def _under_other_names(entries: Mapping[str, Entry], own: str, states: StateRecords) -> dict[str, Entry]:
    """Return the entries of the same department and year under a name other than that of the entry ``own``."""
    year, (department, name) = entries[own].year, _owner_of_entry(own, entries[own], states)
    others = {slug: entry for slug, entry in entries.items() if slug != own and entry.year == year and department}
    owners = {slug: _owner_of_entry(slug, entry, states) for slug, entry in others.items()}
    return {slug: others[slug] for slug, owner in owners.items() if owner[0] == department and owner[1] != name}


def _owner_of_entry(slug: str, entry: Entry, states: StateRecords) -> Owner:
    """Return the owner that an entry states, or one of an earlier version its state; ("", "") if it is not known."""
    if entry.department:
        return entry.department, entry.name
    scope, code, name = _stated(slug, states)
    return _owner(scope, code, name) if code and name else ("", "")


def _stated(slug: str, states: StateRecords) -> tuple[str, str, str]:
    """Return scope, code and name in the document that a state holds; "" for each if there is none."""
    state = states.read(slug)
    try:
        data = json.loads(unpacked(state.data)) if state else {}
    except (ValueError, RecursionError):
        data = {}
    department = data.get("department") if isinstance(data, dict) else None
    if not isinstance(department, dict):
        return "", "", ""
    return str(data.get("scope", "department")), str(department.get("code", "")), str(department.get("name", ""))


def _owner(scope: str, code: str, name: str) -> Owner:
    return of_bytes(f"{scope}\0{code}".encode("utf-8", "replace")), of_bytes(name.strip().encode("utf-8", "replace"))
