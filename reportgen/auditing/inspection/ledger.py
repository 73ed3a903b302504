"""The ledger of an inspection as a value: of each entry its file, its problems by dimension, how timely it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from ...core.finding import Finding, Place, Severity
from ..many import AuditedFile
from ..report import AuditFinding
from .dimensions import DIMENSIONS, TIMELY, dimension_of
from .matching import match_files
from .roster import Entry
from .same_reasons import SameReason, same_reasons

DAYS = 20
"""Days after the approval in which a department publishes (预算法 第十四条)."""
OTHERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about an entry: in which file ("" if it has none), and of which dimension."""

    file: str
    found: AuditFinding

    @property
    def dimension(self) -> str:
        """The dimension it belongs to."""
        return dimension_of(self.found.finding.code)


@dataclass(frozen=True, slots=True)
class Inspected:
    """An entry with its files, how timely it was published, and its problems, errors first.

    ``was_read`` is whether any of its files could be read.
    """

    entry: Entry
    files: tuple[str, ...]
    timely: str
    published: date | None
    problems: tuple[Problem, ...]
    was_read: bool = True

    def of(self, dimension: str) -> list[Problem]:
        """Return the problems of a dimension, without what is only a note."""
        return [one for one in self.problems if one.dimension == dimension and one.found.finding.severity]

    def says(self, dimension: str) -> str:
        """Return what the ledger says of a dimension."""
        if dimension == TIMELY:
            return self.timely
        if self.entry.exempt or not self.was_read:
            return "—" if not self.of(dimension) else f"{len(self.of(dimension))} 个问题"
        return f"{len(self.of(dimension))} 个问题" if self.of(dimension) else "合格"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The result of an inspection: all entries, the files of none of them, and the reasons that departments share."""

    year: int
    day: date
    inspected: tuple[Inspected, ...]
    unlisted: tuple[tuple[str, Finding], ...] = ()
    same: tuple[SameReason, ...] = field(default=(), repr=False)

    @property
    def blocking(self) -> bool:
        """Whether a problem is an error."""
        errors = (one.found.finding.severity is Severity.ERROR for each in self.inspected for one in each.problems)
        return any(errors)

    def departments(self) -> Iterator[tuple[Inspected | None, list[Inspected]]]:
        """Yield each department (None where the list has only its units) with all that belongs to it, itself first."""
        by_parent: dict[str, list[Inspected]] = {}
        for one in self.inspected:
            by_parent.setdefault(one.entry.parent, []).append(one)
        for group in by_parent.values():
            own = next((one for one in group if one.entry.kind == "department"), None)
            yield own, sorted(group, key=lambda one: one.entry.kind != "department")


def make_ledger(entries: Sequence[Entry], files: Sequence[AuditedFile], root: Path, day: date) -> Ledger:
    """Return the ledger of the ``files`` (below ``root``) as it is on ``day``."""
    making = _Making(entries, files, root, day)
    inspected = tuple(making.inspected(entry) for entry in entries)
    return Ledger(making.year(), day, inspected, tuple(making.of_none()), tuple(making.same))


class _Making:
    """The files beside the entries, while the ledger is made."""

    def __init__(self, entries: Sequence[Entry], files: Sequence[AuditedFile], root: Path, day: date) -> None:
        self._files, self._day = files, day
        self._contents = [one.disclosed for one in files]
        self._names = [_below(one.path, root) for one in files]
        paths = [one.path for one in files]
        self._matched = match_files(entries, list(zip(paths, self._contents, strict=True)))
        owners = {self._names[number]: entry for entry in entries for number in self._matched.of(entry)}
        known = zip(self._names, self._contents, strict=True)
        given = {name: (owners[name].parent, one.reasons) for name, one in known if one is not None and name in owners}
        self.same = same_reasons(given)
        self._shared = dict(_shared(self.same, owners))

    def inspected(self, entry: Entry) -> Inspected:
        """Return an entry with what was found about it."""
        own = self._matched.of(entry)
        names = tuple(self._names[number] for number in own)
        read = [content for number in own if (content := self._contents[number]) is not None]
        published = entry.published or next((one.published for one in read if one.published is not None), None)
        timely, late = _timeliness(entry, bool(own), published, self._day)
        problems = [
            *(problem for number in own for problem in _of_file(self._names[number], self._files[number])),
            *(problem for name in names for problem in self._shared.get(name, ())),
            *_several(entry, names),
            *((Problem("", AuditFinding(late)),) if late is not None else ()),
        ]
        problems.sort(key=lambda one: (-one.found.finding.severity, DIMENSIONS.index(one.dimension)))
        return Inspected(entry, names, timely, published, tuple(problems), bool(read))

    def of_none(self) -> Iterator[tuple[str, Finding]]:
        """Yield the files of none of them, each with the finding that says so."""
        for number in self._matched.unlisted:
            name = self._names[number]
            message = "名单里没有这份文件的部门或单位"
            hint = "加进名单，或移出文件夹；名称写法不同的，名单里写上文件名"
            if self._files[number].report is None:
                message, hint = "这份文件读不了，也看不出是谁的", "换成能打开的文件；文件名里写上部门或单位的名称"
            yield name, Finding("AU161", Severity.WARNING, message, (Place(printed=name),), hint)

    def year(self) -> int:
        """Return the year of most files."""
        years = [one.report.year for one in self._files if one.report is not None and one.report.year]
        return max(sorted(set(years)), key=years.count) if years else self._day.year


def _below(path: Path, root: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.name


def _of_file(name: str, file: AuditedFile) -> Iterator[Problem]:
    if file.report is None:
        values = {"why": file.error.format(**file.values) if file.values else file.error}
        message, hint = "公开的文件读不了：{why}", "换成能打开的文件重新公开"
        found = Finding("AU160", Severity.ERROR, message, (Place(printed=name),), hint, values)
        yield Problem(name, AuditFinding(found))
        return
    content = file.disclosed
    yield from (Problem(name, one) for one in (*file.report.findings, *(content.findings if content else ())))


def _several(entry: Entry, files: Sequence[str]) -> Iterator[Problem]:
    if len(files) > 1:
        message, hint = "有 {count} 份公开的文件：{files}", "只留一份；预算和决算、不同年度的分开检查"
        values = {"count": str(len(files)), "files": "、".join(files[:OTHERS_SHOWN])}
        found = Finding("AU162", Severity.WARNING, message, (Place(printed=entry.label),), hint, values)
        yield Problem(files[0], AuditFinding(found, "likely"))


def _timeliness(entry: Entry, has_file: bool, published: date | None, day: date) -> tuple[str, Finding | None]:
    """Return what the ledger says of an entry, and the finding if it is late, not published, or not known."""
    if entry.exempt:
        return f"免于公开（{entry.exempt}）", None
    deadline = entry.approved + timedelta(days=DAYS) if entry.approved else None
    values = {
        "name": entry.label, "approved": str(entry.approved or ""), "deadline": str(deadline or ""),
        "published": str(published or ""),
    }  # fmt: skip
    where = (Place(printed=entry.label),)
    if not has_file:
        if deadline is not None and day <= deadline and published is None:
            return f"还在期限内（{deadline}）", None
        message, hint = "没有公开，或文件夹里没有公开的文件", "批复后 20 日内公开；已经公开的，给出它的文件"
        return "未公开", Finding("AU150", Severity.ERROR, message, where, hint, values)
    if deadline is None or published is None:
        missing = "批复日期" if deadline is None else "公开日期"
        message, hint = "不知道{missing}，没有核对是否在 20 日内公开", "写进名单"
        return f"不详（没有{missing}）", Finding("AU152", Severity.NOTE, message, where, hint, {"missing": missing})
    if published > deadline:
        late = (published - deadline).days
        message = "{approved} 批复，{published} 才公开，超过 20 日的期限（{deadline}）{count} 天"
        hint = "今后在批复后 20 日内公开"
        values |= {"count": str(late)}
        return f"逾期 {late} 天", Finding("AU151", Severity.ERROR, message, where, hint, values)
    if entry.approved is not None and published < entry.approved:
        message, hint = "公开日期 {published} 早于批复日期 {approved}", "核对两个日期"
        return "日期有误", Finding("AU151", Severity.WARNING, message, where, hint, values)
    return "按时", None


def _shared(same: Sequence[SameReason], owners: dict[str, Entry]) -> Iterator[tuple[str, list[Problem]]]:
    """Yield the problems of each file whose reasons other departments give, too."""
    by_file: dict[str, list[Problem]] = {}
    for one in same:
        for file, reason in one.given:
            others = [owners[other].label for other, _ in one.given if other != file]
            message, hint = "{name}的增减原因与{others}一字不差：“{reason}”", "写本部门自己的原因"
            values = {"name": reason.name or "这一项", "reason": reason.text[:60], "others": _listed(others)}
            severity = Severity.NOTE if one.policy else Severity.WARNING
            found = Finding("AU159", severity, message, (Place(cell=reason.place),), hint, values)
            by_file.setdefault(file, []).append(Problem(file, AuditFinding(found, "likely")))
    yield from by_file.items()


def _listed(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 家" if len(names) > OTHERS_SHOWN else ""
    return "、".join(names[:OTHERS_SHOWN]) + more
