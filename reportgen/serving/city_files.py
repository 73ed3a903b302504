"""The files that a run over many documents made: given out only as the run left them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..bulk import Summary
from ..bulk.summary.model import HTML, JSON, XLSX
from ..manifest import NAME as MANIFEST
from .records import digest
from .saved_files import ChangedOutside

CITY, DATA, FILES, LAST_YEAR, BUDGETS = "city", "data", "files", "last", "budgets"
"""The folder of runs; in it the documents as they were when the last one began, what was made of them,
last year's documents beside them, and the budgets of the year beside final accounts."""
_SUMMARY = (JSON, XLSX, HTML)
"""The files of a summary, beside the folders of the departments."""


def names_of(made: Summary) -> Iterator[str]:
    """Yield the paths of what a run made, below its folder."""
    yield from _SUMMARY
    yield from (*made.files, MANIFEST) if made.files else ()
    for outcome in made.outcomes:
        if outcome.status == "generated":
            yield from (f"{outcome.name}/{name}" for name in (*outcome.files, MANIFEST))


def digests_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the digests of the files ``names`` below ``folder``; "" for one that cannot be read."""
    return {name: _digest(folder / name) for name in names}


def unchanged(folder: Path, names: Iterable[str], digests: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files ``names`` below ``folder``, in the order of their names, if all are what ``digests`` says.

    Raises:
        ChangedOutside: one was changed, is damaged or missing; then none is given out.
    """
    found: dict[str, bytes] = {}
    wrong: list[str] = []
    for name in sorted(names):
        payload = _read(folder / name)
        if payload is None or digest(payload) != digests.get(name):
            wrong.append(name)
        else:
            found[name] = payload
    if wrong:
        message = "“全市”的 {count} 个文件在工作台之外改过、损坏了或没有了：{names}；一个也没有给出"
        hint = "勾上“全部重做”，再开始一次；要留着改动的，先把这个文件另存到别处"
        raise ChangedOutside(message, hint, count=str(len(wrong)), names="、".join(wrong[:5]))
    return found


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _read(path: Path) -> bytes | None:
    try:
        return None if path.is_symlink() else path.read_bytes()
    except OSError:
        return None
