"""Inspect what was published against the list of those who have to publish, and write what came of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...core.errors import UsageError
from ...core.files import safe_name, save_all
from ...layout.load import notice_style
from ...writers.docx import write
from ..many import AuditedFile
from .ledger import Ledger, make_ledger
from .notice import NOTICES, notice
from .roster import Entry
from .workbook import LIST, workbook


@dataclass(frozen=True, slots=True)
class InspectionFiles:
    """What was written: the list of problems, and a notice to each department that has some.

    ``left`` are notices of an earlier inspection that stand beside them.
    """

    problems: Path
    notices: tuple[Path, ...]
    left: tuple[Path, ...] = ()


def inspect(entries: Sequence[Entry], files: Sequence[AuditedFile], root: Path, day: date | None = None) -> Ledger:
    """Return the ledger of audited files, which were asked for what an inspection needs, as it is on ``day``."""
    in_order = sorted(files, key=lambda one: str(one.path))
    return make_ledger(entries, in_order, root, day or date.today())


def write_inspection(
    ledger: Ledger, files: Sequence[AuditedFile], root: Path, out: Path, issuer: str = ""
) -> InspectionFiles:
    """Write the list of problems into ``out``, and the notices into a folder there.

    Raises:
        UsageError: one of them would replace a file that was inspected.
        OutputError: they cannot be written.
    """
    notices = _notices(ledger, issuer)
    targets = [out / LIST, *(out / NOTICES / name for name in notices)]
    check_apart(targets, (one.path for one in files))
    payload = workbook(ledger, _checked(files, root))
    written = save_all(out / NOTICES, notices) if notices else []
    (problems,) = save_all(out, {LIST: payload})
    left = tuple(path for path in sorted((out / NOTICES).glob("*.docx")) if path.name not in notices)
    return InspectionFiles(problems, tuple(written), left)


def check_apart(targets: Iterable[Path], audited: Iterable[Path]) -> None:
    """Refuse to replace a file that was audited.

    Raises:
        UsageError: a target is one of the audited files, also by another name.
    """
    known = {os.path.realpath(path) for path in audited}
    for target in targets:
        if os.path.realpath(target) in known:
            message, hint = "输出会盖掉被审核的“{path}”", "用 -o 给出另一个文件夹"
            raise UsageError(message, hint, path=str(target))


def _notices(ledger: Ledger, issuer: str) -> dict[str, bytes]:
    """Return the notices by the names of their files."""
    style = notice_style()
    made: dict[str, bytes] = {}
    for department, group in ledger.departments():
        document = notice(ledger, department, group, issuer)
        if document is not None:
            made[_free_name(safe_name(document.slug), made)] = write(document, style)
    return made


def _free_name(name: str, taken: Mapping[str, bytes]) -> str:
    """Return the name of a file that no other has, also where upper and lower case are the same."""
    folded = {one.casefold() for one in taken}
    numbered = (f"{name}{f'-{n}' if n > 1 else ''}.docx" for n in range(1, len(taken) + 2))
    return next(one for one in numbered if one.casefold() not in folded)


def _checked(files: Sequence[AuditedFile], root: Path) -> dict[str, str]:
    """Return how many of the figures of each file's tables were checked."""
    found: dict[str, str] = {}
    for one in files:
        name = one.path.relative_to(root).as_posix() if one.path.is_relative_to(root) else one.path.name
        if one.report is not None:
            found[name] = f"{one.report.coverage.tied}/{one.report.coverage.cells}"
    return found
