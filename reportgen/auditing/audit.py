"""Audit one published document: read, recognise, hold everything in it against everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..budget.codes import code_book
from ..core.errors import InputError
from ..core.finding import Finding, Place, Severity
from ..core.stored_data import read_regular
from ..intake.readers.published import LARGEST, read_document
from ..recognise.absent_tables import absent_kinds
from ..recognise.balance_sums import balance_sums
from ..recognise.blocks import ReadDocument
from ..recognise.cell_values import read_amount
from ..recognise.codes import WIDTHS
from ..recognise.final_lines import is_final
from ..recognise.grid import GridCell
from ..recognise.list_relations import list_relations
from ..recognise.prose.read import read_prose
from ..recognise.prose.statement import Prose
from ..recognise.recognise import Recognised, recognise
from ..recognise.relation import Relation
from ..recognise.table import RecognisedTable
from ..rules.final_words import TABLES, in_words_of_final, in_words_of_final_accounts
from .against_data import hold_against_data
from .against_last import hold_against_last, read_last_year
from .beside import ALONE, Beside
from .between import compare_tables
from .by_rules import hold_against_rules
from .cascades import gathered
from .cells_without_values import cells_without_values
from .changes_in_tables import changes_of, rates_of
from .completeness import empty_without_note, missing_tables, notes_of_other_funds, years_of_titles
from .contents import check_contents
from .held_tables import HeldTables
from .hierarchy import missing_rows, missing_sections, rows_of_others
from .names import names_between, names_of_blank_rows
from .other_departments import other_departments
from .places import row_of
from .printed_twice import printed_twice
from .prose_alone import check_statements
from .prose_completion import check_budget_directions, check_completion
from .prose_counts import check_counts
from .prose_damage import check_damage
from .prose_items import check_items
from .prose_projects import check_projects
from .prose_reasons import check_new, check_reasons
from .prose_repeated import check_repeated
from .prose_tables import hold_against_tables
from .prose_text import check_texts
from .prose_units import check_units_of_sentences
from .prose_wholes import check_wholes
from .report import AuditedTable, AuditFinding, AuditReport, Confidence, Coverage
from .required_counts import missing_counts
from .several_documents import of_several, several_documents
from .stage_of_amounts import check_stage_of_amounts
from .stage_words import check_stage_words
from .table_numbers import left_out_numbers
from .tables import Withheld, broken_sums, relations_of, table_findings, withholds
from .title_years import last_year_in_titles
from .units_of_tables import check_units
from .years import is_of_final_accounts, year_of

FEWEST_FIGURES = 5
"""A file without a table and with fewer figures in its sentences is no disclosure."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A published document as it was read, and what was recognised in it: its year, its tables, its sentences."""

    read: ReadDocument
    year: int
    recognised: Recognised
    prose: Prose


def audit(source: bytes | str | Path, isolated: bool = True, beside: Beside = ALONE) -> AuditReport:
    """Return what is wrong in a published document, made by any program.

    Args:
        source: the path or the content of a PDF, DOCX or XLSX file, of an older workbook or a web page.
        isolated: read it in a worker process of its own; otherwise the caller is in one.
        beside: what else it is held against.

    Raises:
        InputError: the file, or one that it is held against, cannot be read, or has no text.
        UsageError: it is a PDF, and the extra ``reportgen[audit]`` is not installed; there is no such layout.
    """
    return audit_understood(understand(read_published(source, isolated)), beside, isolated)


def read_published(source: bytes | str | Path, isolated: bool = True) -> ReadDocument:
    """Return a published document as it is read.

    Raises:
        InputError, UsageError: as :func:`audit`.
    """
    payload = source if isinstance(source, bytes) else read_regular(Path(source), LARGEST)
    if payload is None:
        message, hint = "读不了“{path}”，或超过 {most} MB", "检查路径、文件和权限"
        raise InputError(message, hint, path=str(source), most=str(LARGEST >> 20))
    return read_document(payload, isolated)


def understand(read: ReadDocument) -> Understood:
    """Return what is recognised in a document that was read."""
    year = year_of(read)
    recognised = recognise([table.grid for table in read.tables()], year)
    return Understood(read, year, recognised, read_prose(read.paragraphs(), year))


def audit_read(read: ReadDocument, beside: Beside = ALONE) -> AuditReport:
    """Return what is wrong in a document that was read."""
    return audit_understood(understand(read), beside)


def audit_understood(understood: Understood, beside: Beside = ALONE, isolated: bool = False) -> AuditReport:
    """Return what is wrong in a document in which everything was recognised."""
    read, year, recognised, prose = understood.read, understood.year, understood.recognised, understood.prose
    tables = recognised.tables
    of_tables, tied = _of_tables(read, recognised, year)
    held, bases = _held(understood, beside, isolated)
    missing = list(missing_tables(read, recognised, year))
    named = {place.cell for one in missing for place in one.finding.where}
    findings = [
        *of_tables,
        *missing,
        *left_out_numbers(read),
        *empty_without_note(read, tables),
        *(one for one in notes_of_other_funds(read, tables) if not _is_of_missing(one, missing)),
        *years_of_titles(tables, year),
        *last_year_in_titles(read, tables, year),
        *other_departments(read, tables),
        *check_units(tables, prose.statements),
        *(one for one in check_contents(read) if one.finding.where[0].cell not in named),
        *(missing_counts(read, prose) if is_of_final_accounts(read.paragraphs()) else ()),
        *_of_prose(read, prose, tables, year),
        *_not_read(read, recognised),
        *cells_without_values(read),
        *_no_disclosure(tables, prose),
        *held.findings,
        *bases.findings,
    ]
    if (several := several_documents(tables)) is not None:
        findings = of_several(findings, several)
    findings = gathered(sorted(findings, key=lambda one: -one.finding.severity), tables)
    audited = tuple(_audited(tables, read))
    if is_final(tables):
        audited = tuple(replace(one, name=in_words_of_final(one.name, TABLES)) for one in audited)
        findings = list(map(_in_final_words, findings))
    cells = _figure_cells(read)
    coverage = Coverage(
        len(cells), len(cells & tied), prose.figures, prose.figures - len(prose.untied),
        len(cells & held.places), held.figures, len(bases.places) + bases.figures,
    )  # fmt: skip
    places = {place.cell for one in findings for each in (one.finding, *one.consequences) for place in each.where}
    boxes = {place: read.boxes[place] for place in places if place in read.boxes}
    return AuditReport(tuple(findings), coverage, audited, len(read.pages), year, read.pages, boxes)


def _in_final_words(one: AuditFinding) -> AuditFinding:
    """Return what was found in final accounts with the tables named as there."""
    finding, *consequences = in_words_of_final_accounts((one.finding, *one.consequences), TABLES)
    return replace(one, finding=finding, consequences=tuple(consequences))


def _is_of_missing(note: AuditFinding, missing: Iterable[AuditFinding]) -> bool:
    """Whether a note that speaks of another fund is that of the fund's own table, which is missing."""
    return any(note.finding.values["other"] in one.finding.text for one in missing)


def _held(understood: Understood, beside: Beside, isolated: bool) -> tuple[HeldTables, HeldTables]:
    """Return what came of holding a document against its data, and against last year's, as far as they are given."""
    read, year, prose, tables = understood.read, understood.year, understood.prose, understood.recognised.tables
    held, bases = HeldTables(), HeldTables()
    if beside.data is not None:
        held = hold_against_data(read, tables, prose, year, beside.data, beside.layout)
    if beside.last is not None:
        bases = hold_against_last(tables, prose, year, read_last_year(beside.last, None, isolated))
    return held, bases


def _of_tables(read: ReadDocument, recognised: Recognised, year: int) -> tuple[list[AuditFinding], set[str]]:
    """Return what is wrong in and between the tables, and the places of all cells that were in a relation."""
    tables = recognised.tables
    withheld = withholds([*(paragraph.text for paragraph in read.paragraphs()), *notes_of(tables)])
    compared = compare_tables(tables)
    findings: list[AuditFinding] = []
    tied = set(compared.places)
    for table in tables:
        relations = relations_of(table)
        tied.update(place for relation in relations for place in relation.places())
        findings += table_findings(table, relations, code_book(year or 9999), withheld)
    findings += names_of_blank_rows(tables, code_book(year or 9999))
    findings += [*names_between(tables, findings), *printed_twice(tables, findings)]
    book = code_book(year or 9999)
    findings += [*compared.findings, *missing_rows(tables, book), *missing_sections(tables, book)]
    findings += rows_of_others(tables)
    by_rules = hold_against_rules(recognised, year, withheld, findings)
    findings += by_rules.findings
    lists = [(table, [one for one in _sums_of_lists(table) if not one.is_zero]) for table in tables]
    tied |= {place for _, relations in lists for relation in relations for place in relation.places()}
    findings += _of_lists(lists, withheld, findings)
    for printed, changes in ((table, changes) for table in tables for changes in changes_of(table)):
        tied |= {place for relation in changes.relations for place in relation.places()}
        findings += [*_of_lists([(printed, changes.relations)], withheld, findings), *rates_of(printed, changes)]
    return findings, tied | by_rules.places


def _sums_of_lists(table: RecognisedTable) -> Iterator[Relation]:
    yield from list_relations(table)
    yield from balance_sums(table)


def _of_lists(
    lists: Sequence[tuple[RecognisedTable, Sequence[Relation]]], withheld: Withheld, said: Sequence[AuditFinding]
) -> list[AuditFinding]:
    """Return the sums of lists that do not hold, but for those of rows of which something is said already."""
    reported = {row_of(place.cell) for one in said for place in one.finding.where if place.cell}
    return [
        finding
        for table, relations in lists
        for finding in broken_sums(table, relations, withheld)
        if reported.isdisjoint(row_of(place.cell) for place in finding.finding.where)
    ]


def _of_prose(read: ReadDocument, prose: Prose, tables: Sequence[RecognisedTable], year: int) -> Iterator[AuditFinding]:
    """Yield what is wrong in the sentences: by themselves, as texts, against the tables."""
    held = hold_against_tables(prose.statements, tables, absent_kinds(tables))
    of_budgets = (*check_completion(prose), *check_budget_directions(read.paragraphs(), prose))
    of_words = (*check_texts(read.paragraphs(), year), *check_counts(read.paragraphs()))
    of_items = check_items(read.paragraphs(), code_book(year or 9999))
    stages = check_stage_of_amounts(list(read.paragraphs()), prose, held, year)
    of_titles = (*check_stage_words(read.paragraphs()), *stages)
    of_words = (*of_words, *check_damage(read.paragraphs()), *of_items, *of_titles)
    of_sentences = (*check_statements(prose, year), *check_repeated(prose), *check_wholes(prose), *of_budgets)
    of_units = check_units_of_sentences(prose, (*of_sentences, *held.findings))
    of_reasons = (*check_reasons(list(read.paragraphs()), prose), *check_new(read.paragraphs()))
    of_projects = check_projects(read.paragraphs(), prose, tables)
    for finding in (*of_sentences, *of_units, *of_reasons, *of_projects, *of_words, *held.findings):
        yield AuditFinding(finding, _confidence(finding))


def _no_disclosure(tables: Sequence[RecognisedTable], prose: Prose) -> Iterator[AuditFinding]:
    """Yield a finding if the file has neither tables nor figures of a disclosure, a note if it has no tables only."""
    if not tables and prose.figures < FEWEST_FIGURES:
        message = "没有认出一张公开的表，也几乎没有带数的句子"
        hint = "检查是不是公开的文件；填报表用 reportgen import 读"
        yield AuditFinding(Finding("AU192", Severity.WARNING, message, (), hint), "likely")
    elif not tables:
        message = "没有认出一张公开的表，文字里的数没有表可以核对"
        hint = "表在另一份文件里的，合成一份再审核，或另外审核那一份"
        yield AuditFinding(Finding("AU192", Severity.NOTE, message, (), hint), "likely")


def _confidence(finding: Finding) -> Confidence:
    """A statement that had to be inferred gives a warning at most (:mod:`.statement_finding`)."""
    return "certain" if finding.severity is Severity.ERROR else "likely"


def notes_of(tables: Iterable[RecognisedTable]) -> Iterable[str]:
    """Yield the longer texts that stand in tables, such as notes."""
    for table in tables:
        cells = table.grid.cells.values() if table.grid is not None else ()
        yield from (str(cell.value) for cell in cells if isinstance(cell.value, str) and len(cell.value) > 12)


def _figure_cells(read: ReadDocument) -> set[str]:
    """Return the places of the cells that print an amount other than zero: with a point or thousands separators."""
    return {
        cell.place
        for table in read.tables()
        for cell in table.grid.cells.values()
        if (any(mark in str(cell.value) for mark in ".,") or _is_plain_amount(cell))
        and (value := read_amount(cell, "万元").value) is not None
        and value.strip("0.-")
    }


def _is_plain_amount(cell: GridCell) -> bool:
    """Whether a cell holds a whole number that cannot be a code (3, 5 or 7 digits)."""
    return isinstance(cell.value, int) and not isinstance(cell.value, bool) and len(str(cell.value)) not in WIDTHS


def _not_read(read: ReadDocument, recognised: Recognised) -> Iterable[AuditFinding]:
    """Yield notes on what could not be read: pages without text, tables that were not recognised."""
    if read.without_text:
        pages = "、".join(map(str, read.without_text[:20]))
        message, hint = "第 {pages} 页没有文字（扫描的图片），没有审核", "要有文字的 PDF；图片里的数字程序不认"
        yield AuditFinding(Finding("AU190", Severity.WARNING, message, (), hint, {"pages": pages}))
    places = [finding.where[0].cell for finding in recognised.findings if finding.code in ("XL130", "XL131")]
    if places:
        message = "没有认出来、没有审核的表有 {number} 张"
        where = tuple(Place(cell=place) for place in places[:5])
        yield AuditFinding(Finding("AU191", Severity.NOTE, message, where, "", {"number": str(len(places))}), "likely")


def _audited(tables: Sequence[RecognisedTable], read: ReadDocument) -> Iterable[AuditedTable]:
    pages = {id(table.grid): table.page for table in read.tables()}
    for table in tables:
        yield AuditedTable(table.kind.name, table.title, table.unit, len(table.rows), pages.get(id(table.grid), 0))
