"""Import a ledger: its rows become one document of each department, every table a grouping of the same rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...budget.codes import code_book
from ...core.errors import UsageError
from ...core.finding import Finding, Place, Severity
from ..imported import Imported, RecognisedSheet
from .departments import Known, department_of_units, read_basics, read_unit_list, settled
from .mapping import LedgerMapping, load_mapping
from .missing import missing_parts, unit_findings

if TYPE_CHECKING:
    from .checks import Checks
    from .problems import Problems
    from .rows import Table
    from .totals import LedgerTotals

_UNIT_ABOVE = re.compile(r"单位[:：]\s*(万元|元)")
_UNIT_IN_HEAD = re.compile(r"[(（](万元|元)[)）]")


@dataclass(frozen=True, slots=True)
class DepartmentDocument:
    """The document of one department. ``imported.unread`` has what it needs and the ledger does not hold."""

    code: str
    name: str
    imported: Imported


@dataclass(frozen=True, slots=True)
class LedgerImport:
    """What came of a ledger: documents in the order of the departments' codes, none where a finding is an error.

    ``recognised`` says as what the file was read; ``totals`` is None where there is an error.
    """

    documents: tuple[DepartmentDocument, ...]
    findings: tuple[Finding, ...]
    recognised: RecognisedSheet
    totals: LedgerTotals | None = None


def import_ledger(path: Path, mapping_path: Path, basics: Iterable[Path] = ()) -> LedgerImport:
    """Return the documents of all departments that the ledger ``path`` has rows of.

    Args:
        path: a CSV, TSV or XLSX file.
        mapping_path: the ``mapping.yaml`` that names its columns (``docs/ledger.md``).
        basics: documents, or folders of them, with what a ledger does not hold: names, natures, duties, reasons.

    Raises:
        UsageError: the extra ``ledger`` is not installed.
        InputError: a file cannot be read, or the mapping is wrong.
    """
    _check_installed()
    mapping = load_mapping(mapping_path)
    known: dict[str, Known] = {}
    read_basics(basics, known)
    findings: list[Finding] = []
    if mapping.units:
        findings += read_unit_list(mapping_path.parent / mapping.units, known, mapping.department_digits)
    settled(known)
    from .rows import open_table

    columns = tuple(mapping.columns.used().values())
    with open_table(
        path, columns, encoding=mapping.encoding, delimiter=mapping.delimiter, sheet=mapping.sheet
    ) as table:
        return _Import(mapping, known, findings).run(table, columns)


def _check_installed() -> None:
    try:
        import polars  # noqa: F401
    except ImportError:
        message, hint = "导入明细账要用 polars，没有安装", "运行 pip install 'reportgen[ledger]'"
        raise UsageError(message, hint) from None


class _Import:
    """The steps of one import."""

    def __init__(self, mapping: LedgerMapping, known: dict[str, Known], findings: list[Finding]) -> None:
        self._mapping, self._known, self._findings = mapping, known, findings

    def run(self, table: Table, columns: tuple[str, ...]) -> LedgerImport:
        """Read the rows, check them, group them."""
        from .checks import Checks
        from .frame import read_ledger
        from .problems import Problems

        problems = Problems(table.place)
        for finding in self._findings:
            problems.say(finding)
        table.find_head(columns, (), problems)
        _check_money_unit(table, self._mapping, problems)
        sheet = RecognisedSheet(table.name, table.what, self._mapping.money_unit)
        if problems.blocking:
            return LedgerImport((), tuple(problems.findings()), sheet)
        ledger = read_ledger(table, self._mapping, problems)
        sheet = RecognisedSheet(table.name, table.what, self._mapping.money_unit, ledger.count)
        checks = Checks(ledger, self._mapping, problems)
        rows = checks.completed(department_of_units(self._known))
        if not len(rows) and not problems.blocking:
            problems.say(_without_rows(table))
        book = code_book(self._mapping.year)
        checks.check_codes(book)
        names = _names(checks, ledger_has_departments="department" in self._mapping.columns.used())
        if problems.blocking:
            return LedgerImport((), tuple(problems.findings()), sheet)
        return self._grouped(rows, checks, names, problems, sheet)

    def _grouped(
        self,
        rows: Any,
        checks: Checks,
        names: Mapping[str, Mapping[str, str]],
        problems: Problems,
        sheet: RecognisedSheet,
    ) -> LedgerImport:
        from .document import Documents
        from .tables import Tables
        from .totals import differences, of_rows

        mapping = self._mapping
        tables = Tables(rows, checks.ledger, mapping.values)
        made = Documents(tables, mapping.year, code_book(mapping.year), names)
        documents = []
        for code in made.departments():
            known = self._known.get(code, Known())
            data = made.document(code, known)
            if not _has_amounts(data):
                problems.say(_only_last_year(code, data))
                continue
            documents.append(_document(code, data, problems))
            for finding in unit_findings(code, known, made.units[code]):
                problems.say(finding)
        totals = of_rows(rows, checks.ledger)
        wrong = list(differences(totals, [one.imported.data for one in documents]))
        if wrong:
            raise AssertionError(f"the documents do not add up to the rows: {'; '.join(wrong[:5])}")
        return LedgerImport(tuple(documents), tuple(problems.findings()), sheet, totals)


def _check_money_unit(table: Table, mapping: LedgerMapping, problems: Problems) -> None:
    """Report a unit of amounts over the head or in it that is not the mapping's."""
    used = mapping.columns.used()
    heads = [used[name] for name in ("amount", "last_budget", "last_execution") if name in used]
    found = {match[1] for text in table.head.above if (match := _UNIT_ABOVE.search(text))}
    found |= {match[1] for text in heads if (match := _UNIT_IN_HEAD.search(text))}
    for unit in found - {mapping.money_unit}:
        message, hint = "表里写的金额单位是{found}，mapping.yaml 里是{unit}", "核对后改 mapping.yaml 的 money_unit"
        place = Place(printed=table.place(table.head.row))
        values = {"found": unit, "unit": mapping.money_unit}
        problems.say(Finding("XL301", Severity.ERROR, message, (place,), hint, values))


def _without_rows(table: Table) -> Finding:
    place = Place(printed=table.place(table.head.row))
    return Finding("XL301", Severity.ERROR, "表头下面没有一行有金额", (place,), "检查是否选错了文件")


def _names(checks: Checks, *, ledger_has_departments: bool) -> dict[str, dict[str, str]]:
    """Return the names of codes that the ledger gives; a department's needs the column of its code."""
    found = {name: checks.names(name, f"{name}_name") for name in ("unit", "function", "economic")}
    return found | {"department": checks.names("department", "department_name") if ledger_has_departments else {}}


def _has_amounts(data: Mapping[str, Any]) -> bool:
    return any(name in line for line in data["revenue"] for name in ("amount", "carry_over"))


def _only_last_year(code: str, data: Mapping[str, Any]) -> Finding:
    message = "部门 {code} 只有上年的金额，没有写文件"
    hint = "撤并的部门不用改；别的部门核对明细账是不是缺了行"
    name = data["department"].get("name", "")
    return Finding("XL314", Severity.WARNING, message, (Place(printed=name),) if name else (), hint, {"code": code})


def _document(code: str, data: dict[str, Any], problems: Problems) -> DepartmentDocument:
    unread, finding = missing_parts(code, data)
    if finding:
        problems.say(finding)
    return DepartmentDocument(code, str(data["department"].get("name", "")), Imported(data, {}, (), (), unread))


def documents_of(imported: LedgerImport) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the name of the file of each document, and its data."""
    yield from ((f"{one.code}.json", one.imported.data) for one in imported.documents)
