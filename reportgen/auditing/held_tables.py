"""Hold the printed tables against others that should show the same money: every row that both have, amount by amount.

The others are those that the data gives, or those of last year's document beside the columns of last year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..core.finding import Finding, Place, Severity
from ..recognise.table import UNITS, RecognisedRow, RecognisedTable, StatedAmount
from ..recognise.words import plain
from ..tree.nodes import Figure
from .report import AuditFinding, Confidence
from .tables import printed

LEAST = Decimal("0.5")
"""The share of the amounts of a table that agree with the data; if fewer do, the table is not held cell by cell."""
FEWEST = 4
"""A table with fewer amounts is held cell by cell in any case."""
ZERO = Decimal(0)
RowKey = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Words:
    """What a finding says: its code, its severity at most, its message and what to do."""

    code: str
    severity: Severity
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What the findings about a reference say; None for what is not reported.

    ``form_matters`` is whether tables of another form than the reference's make findings less sure.
    """

    differs: Words
    only_printed: Words | None
    not_printed: Words | None
    other_money: Words
    form_matters: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """What tables are held against: recognised tables, the place of each of their cells, and the figures printed there.

    ``places`` is asked with the place of a cell of these tables; ``figures`` has those whose exact value is known.
    """

    tables: Sequence[RecognisedTable]
    places: Mapping[str, Place] = field(repr=False)
    figures: Mapping[str, Figure] = field(repr=False)
    wording: Wording


@dataclass(slots=True)
class HeldTables:
    """What came of it: the findings, the places of the cells that were held, how many figures of sentences were."""

    findings: list[AuditFinding] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    figures: int = 0


@dataclass(frozen=True, slots=True)
class _Pair:
    """An amount as printed (None: the cell is blank) and as the data gives it (None: nothing)."""

    row: RecognisedRow
    column: str
    printed: StatedAmount | None
    right: StatedAmount | None

    @property
    def place(self) -> str:
        return self.printed.place if self.printed else self.row.place


def hold_tables(tables: Sequence[RecognisedTable], reference: Reference) -> HeldTables:
    """Compare each printed table with the one of its kind that agrees with it best."""
    held = HeldTables()
    for table in tables:
        candidates = [_Comparison(table, one, reference) for one in reference.tables if one.kind is table.kind]
        if table.rows and candidates:
            max(candidates, key=lambda one: one.agreeing).report(held)
    return held


class _Comparison:
    """A printed table beside one of the reference."""

    def __init__(self, table: RecognisedTable, right: RecognisedTable, reference: Reference) -> None:
        self._table, self._right, self._reference = table, right, reference
        self._wording = reference.wording
        self._same_form = _labels(table) == _labels(right)
        """Whether both have the same heads: else rows and columns of one name may be of other money."""
        self._rows, self._right_rows = _by_key(table), _by_key(right)
        self._pairs = list(self._paired())
        self._differing = [one for one in self._pairs if not self._agrees(one)]
        self.agreeing = len(self._pairs) - len(self._differing)

    def report(self, held: HeldTables) -> None:
        """Add the findings about the table."""
        held.places |= {one.printed.place for one in self._pairs if one.printed}
        telling = len(self._pairs)
        if telling >= FEWEST and self.agreeing < LEAST * telling:
            held.findings.append(self._other_money(telling))
            return
        held.findings += [self._differs(one) for one in self._differing]
        if self._wording.only_printed:
            held.findings += [self._only_printed(*one) for one in self._without(self._rows, self._right_rows)]
        if self._wording.not_printed:
            held.findings += [self._not_printed(*one) for one in self._without(self._right_rows, self._rows)]

    def _without(
        self, rows: Mapping[RowKey, RecognisedRow], others: Mapping[RowKey, RecognisedRow]
    ) -> Iterator[tuple[RecognisedRow, StatedAmount]]:
        """Yield the rows that the other table lacks, with an amount; of another form only those with a code."""
        for key, row in rows.items():
            comparable = self._same_form or (row.kind == "code" and self._table.kind.rows != "panels")
            if key not in others and comparable and (amount := _first_amount(row)):
                yield row, amount

    def _paired(self) -> Iterator[_Pair]:
        """Yield the amounts of rows and columns that both have, but for those that both leave out or print as zero."""
        for key, row in self._rows.items():
            right = self._right_rows.get(key)
            for column in dict.fromkeys((*row.amounts, *right.amounts)) if right else ():
                if right and self._table.kind.rows == "goals" and not right.amounts:
                    continue  # the amount of a project stands beside the first of its goals
                if not (self._has(self._table, row, column) and self._has(self._right, row, column)):
                    continue
                one = _Pair(row, column, row.amounts.get(column), right.amounts.get(column) if right else None)
                if any(amount and amount.value for amount in (one.printed, one.right)):
                    yield one

    @staticmethod
    def _has(table: RecognisedTable, row: RecognisedRow, column: str) -> bool:
        return column in table.columns or (f"{row.side}.{column}" in table.columns)

    def _agrees(self, one: _Pair) -> bool:
        """Whether a printed amount is the exact one as it is rounded, or prints the same digits."""
        said, rounding = (one.printed.value, one.printed.rounding) if one.printed else (ZERO, ZERO)
        if one.right is None:
            return said == 0
        if abs(said - one.right.value) <= rounding:
            return True
        figure = self._reference.figures.get(one.right.place)
        shown = Decimal(figure.text.replace(",", "")) * UNITS[figure.unit] if figure else one.right.value
        return said == shown

    def _values(self, row: RecognisedRow) -> dict[str, str]:
        name = f"{row.key} {row.name}" if row.kind == "code" and row.name != row.key else row.name
        return {"table": self._table.kind.name, "row": name}

    def _source(self, amount: StatedAmount | None) -> tuple[Place, ...]:
        place = self._reference.places.get(amount.place) if amount else None
        return (place,) if place else ()

    def _title(self) -> Place:
        return Place(printed=self._table.title, cell=self._table.title_place)

    def _differs(self, one: _Pair) -> AuditFinding:
        values = self._values(one.row) | {
            "printed": printed(one.printed.value if one.printed else ZERO, self._table.unit),
            "right": printed(one.right.value if one.right else ZERO, self._table.unit),
        }
        where = (Place(cell=one.place), *self._source(one.right))
        return self._found(self._wording.differs, where, values, "certain")

    def _only_printed(self, row: RecognisedRow, amount: StatedAmount) -> AuditFinding:
        values = self._values(row) | {"printed": printed(amount.value, self._table.unit)}
        return self._found(self._wording.only_printed, (Place(cell=row.place),), values, "likely")

    def _not_printed(self, row: RecognisedRow, amount: StatedAmount) -> AuditFinding:
        values = self._values(row) | {"right": printed(amount.value, self._table.unit)}
        return self._found(self._wording.not_printed, (self._title(), *self._source(amount)), values, "likely")

    def _other_money(self, telling: int) -> AuditFinding:
        values = {"table": self._table.kind.name, "count": str(telling), "differing": str(len(self._differing))}
        return self._found(self._wording.other_money, (self._title(),), values, "likely")

    def _found(
        self, words: Words | None, where: tuple[Place, ...], values: Mapping[str, str], sure: Confidence
    ) -> AuditFinding:
        assert words is not None
        known = self._same_form or not self._wording.form_matters
        severity = words.severity if known else Severity.WARNING
        found = Finding(words.code, severity, words.message, where, words.hint, values)
        return AuditFinding(found, sure if known else "likely")


def _by_key(table: RecognisedTable) -> dict[RowKey, RecognisedRow]:
    """Return the rows by what they are of; of those that are of the same, each by its number."""
    found: dict[RowKey, RecognisedRow] = {}
    counts: dict[tuple[str, str, str, str], int] = {}
    for row in table.rows:
        name = "" if row.key else plain(row.name)
        same = (row.side, row.kind, plain(row.unit), row.key or name)
        counts[same] = counts.get(same, 0) + 1
        found[*same, counts[same]] = row
    return found


def _labels(table: RecognisedTable) -> list[tuple[str, ...]]:
    """Return the labels of a table's head, column by column."""
    return [tuple(map(plain, column.labels)) for column in table.head.columns] if table.head else []


def _first_amount(row: RecognisedRow) -> StatedAmount | None:
    """Return the first amount of a row that is not zero."""
    return next((amount for amount in row.amounts.values() if amount.value), None)
