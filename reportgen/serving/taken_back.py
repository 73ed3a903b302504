"""What an uploaded file would take back: changes saved since the version that it was made from, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from ..budget.model import Budget, Override
from ..comparison import Cause
from ..comparison.cause_lines import cause_line
from ..comparison.causes import causes
from ..core.errors import InputError, OutputError
from ..pipeline import load
from ..pipeline.wording import is_wording
from .folder import Folder
from .records import Record

MOST_VERSIONS = 20
"""Earlier versions that an upload is compared with, the latest first."""
_UNDONE = {"changed": "changed", "added": "removed", "removed": "added"}
"""By what each kind of change is undone."""
_LISTS = ("/overrides/", "/accepted/")
"""Where the hand edits and the accepted findings are, which only people write."""


def taken_back(earlier: Iterable[Budget], latest: Budget, upload: Budget) -> tuple[Cause, ...]:
    """Return the changes from ``latest`` to ``upload`` that lose what people wrote, or restore an ``earlier`` version.

    What is changed to a value that no earlier version had is no loss: that is why a file is uploaded.
    """
    found = causes(latest, upload)
    if not found:
        return ()
    undone = {
        (_UNDONE[cause.kind], cause.new or cause.label, cause.was)
        for version in earlier
        for cause in causes(version, latest)
        if cause.kind in _UNDONE
    }
    return tuple(
        cause for cause in found if _is_lost(cause) or (cause.kind, cause.old or cause.label, cause.now) in undone
    )


def _is_lost(cause: Cause) -> bool:
    """Whether a text, the layout, a hand edit or an accepted finding is not in the upload any more."""
    if cause.kind == "removed":
        return cause.old.startswith(_LISTS) or is_wording(cause.old)
    return cause.kind == "changed" and not cause.now and (cause.old == "/layout" or is_wording(cause.old))


def earlier_versions(folder: Folder, document: str, record: Record, number: int) -> Iterator[Budget]:
    """Yield the versions before ``number``, the latest first, each content once; what cannot be read is left out."""
    digests = {record.versions[number - 1].digest}
    for version in islice(reversed(record.versions[: number - 1]), MOST_VERSIONS):
        if version.digest in digests and version.digest:
            continue
        digests.add(version.digest)
        try:
            yield load(folder.payload(document, version)).data
        except (InputError, OutputError):
            continue


def lines(
    found: Iterable[Cause], latest: Budget, term: Callable[[str], str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the template and the values of a line about each cause, hand edits and acceptances with their words."""
    for cause in found:
        part, index = cause.old.split("/")[1:3] if cause.old.startswith(_LISTS) else ("", "")
        if part == "overrides":
            text = _words(latest.overrides[int(index)])
            yield "手工改动：{text}" if text else "手工改动：删去了一段", {"text": text}
        elif part == "accepted":
            accepted = latest.accepted[int(index)]
            yield "接受的问题 {code}：{reason}", {"code": accepted.code, "reason": accepted.reason}
        else:
            yield cause_line(cause, term)


def _words(edit: Override) -> str:
    return "".join(run if isinstance(run, str) else run.printed for run in edit.runs)
