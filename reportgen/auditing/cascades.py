"""Gather what one slip breaks: a wrong figure fails in every sum above it, beside it and in other tables.

Each group becomes one finding, at the place that is most likely wrong, with the others as its consequences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import cached_property

from ..core.finding import Severity
from ..recognise.table import UNITS, RecognisedRow, RecognisedTable
from .odd_rows import OddRow, odd_rows
from .places import row_of
from .report import AuditFinding

GAPS = ("gap", "difference")
"""Values of a finding that say by how much a sum fails."""
SUMS = ("AU101", "AU102", "AU104", "XL141", "GJ")
ROWS = ("AU103", "AU108")
"""Findings about a row that is missing, stands twice or has a wrong code: its amounts are missing in sums."""
OF_CELLS = "AU121"
STATEMENTS = ("AU121", "AU122", "AU115", "AU123", "AU116", "AU110", "AU111", "AU112")
"""Findings about one statement, in the order in which they are likely to be the slip."""
SHARES = ("AU116", "AU117")
"""Findings about the shares of a list: one that is wrong may break those that are rounded so that they are 100 %."""
UNIT_OF_TABLE = "AU126"
OF_ONE_ROW = ("AU103", "AU108", "AU102", "AU101", "AU104", "XL141")
"""Findings about sums in the order in which they are likely to be at the slip: in one row, in one table, between."""
SMALLEST = 1
"""A difference of less (元) comes of figures that stand in another unit than they say."""
ROUNDING, SURELY = Decimal(300), 100
"""One difference is printed with so many 元 more or less, and is so many times as large."""
MOST = 400
"""Each finding is compared with all others: of more, no slips are looked for."""
TELLING = 3
"""Digits of a difference that two slips hardly have in common."""


class _One:
    """A finding with what tells whether another one has the same cause."""

    def __init__(self, audited: AuditFinding, rows: Mapping[str, RecognisedRow]) -> None:
        self.audited, self.finding = audited, audited.finding
        self.cells = [place.cell for place in self.finding.where if place.cell]
        self.lines = {row_of(cell) for cell in self.cells}
        self.rows = [rows[line] for line in self.lines if line in rows]

    @cached_property
    def gap(self) -> Decimal:
        """By how much a sum, or an amount of a sentence, is wrong, in 元; zero for what is no sum."""
        values = self.finding.values
        if self.finding.code.startswith(SUMS):
            return next((abs(_amount(values[name])) for name in GAPS if name in values), Decimal(0))
        if self.finding.code == OF_CELLS:
            return abs(_amount(values["amount"]) - _amount(values["right"])) if "right" in values else Decimal(0)
        return Decimal(0)

    @property
    def codes(self) -> set[str]:
        """The codes of its rows, "" for a total."""
        return {row.key if row.kind == "code" else "" for row in self.rows}

    def has_cause_of(self, other: _One) -> bool:
        """Whether both come of one slip."""
        if {self.finding.code, other.finding.code} <= {*STATEMENTS, *SHARES}:
            return self._is_of_one_statement(other) or self._has_as_part(other) or other._has_as_part(self)
        if UNIT_OF_TABLE in (self.finding.code, other.finding.code):
            same = self.finding.values.get("table") == other.finding.values.get("table")
            return same and max(self.gap, other.gap) < SMALLEST
        if self.finding.code == OF_CELLS or other.finding.code == OF_CELLS:
            return bool(self.lines & other.lines) and self.gap == other.gap != 0
        if self.finding.code in ROWS:
            return other.gap in {abs(amount.value) for row in self.rows for amount in row.amounts.values()} - {0}
        if other.finding.code in ROWS:
            return other.has_cause_of(self)
        if not (self.gap and other.gap) or self._is_of_another_table(other):
            return False
        if self.is_of_one_row(other):
            return True
        return _is_same(self.gap, other.gap) and (_is_telling(self.gap) or self._is_near(other))

    def is_above(self, other: _One) -> bool:
        """Whether this is the sum of rows, and the other one is wrong within one of them."""
        same = self.finding.values.get("table", "") == other.finding.values.get("table") != ""
        own, below = self.codes - {""}, other.codes - {""}
        is_sum = self.finding.code == "AU101" and other.finding.code == "AU102" and same
        return is_sum and any(b != a and b.startswith(a) for a in own for b in below)

    def _is_of_one_statement(self, other: _One) -> bool:
        of_shares = {self.finding.code, other.finding.code} <= set(SHARES) and self.cells[:1] == other.cells[:1]
        slight = Severity.WARNING in (self.finding.severity, other.finding.severity)
        return bool(self.cells) and (self.finding.where[:1] == other.finding.where[:1] or (of_shares and slight))

    def _has_as_part(self, other: _One) -> bool:
        """Whether the wrong amount of another statement is a part of this one's sum."""
        parts = self.finding.values.get("parts", "").split(" + ")
        return other.finding.values.get("amount") in parts and bool(set(self.cells) & set(other.cells[:1]))

    def _is_of_another_table(self, other: _One) -> bool:
        """Whether both are sums of one table each, so that both have to be corrected."""
        within = {self.finding.code, other.finding.code} <= {"AU101", "AU102"}
        return within and self.finding.values["table"] != other.finding.values["table"]

    def is_of_one_row(self, other: _One) -> bool:
        """Whether both are at cells of one row: of a sum of rows and one of columns, it is where they cross."""
        return bool(self.cells) and bool(other.cells) and row_of(self.cells[0]) == row_of(other.cells[0])

    def _is_near(self, other: _One) -> bool:
        """Whether rows are above each other: 类, 款 and 项, or a total."""
        pairs = [(a, b) for a in self.codes for b in other.codes]
        return any(a.startswith(b) or b.startswith(a) for a, b in pairs)


def gathered(findings: Sequence[AuditFinding], tables: Sequence[RecognisedTable]) -> list[AuditFinding]:
    """Return the findings, those that one slip explains as one, in the place of the first of them."""
    rows = {row_of(row.place): row for table in tables for row in table.rows}
    every = [_One(one, rows) for one in findings if one.finding.severity > Severity.NOTE and _may_follow(one)]
    if len(every) > MOST:
        return list(findings)
    groups = _groups(every)
    odd = list(odd_rows(tables)) if any(len(group) > 1 for group in groups) else []
    first = {id(group[0].audited): group for group in groups}
    rest = {id(one.audited) for group in groups for one in group[1:]}
    found = (one for one in findings if id(one) not in rest)
    return [_of_group(first[id(one)], odd) if id(one) in first else one for one in found]


def _may_follow(one: AuditFinding) -> bool:
    """Whether a finding is of a kind that follows from others, or that others follow from."""
    code = one.finding.code
    return code.startswith(SUMS) or code in (*ROWS, *STATEMENTS, *SHARES, UNIT_OF_TABLE)


def _groups(every: Sequence[_One]) -> list[list[_One]]:
    """Divide findings into groups with one cause each, in the order of the first of each."""
    groups: list[list[_One]] = []
    for one in every:
        met = [group for group in groups if any(one.has_cause_of(other) for other in group)]
        merged = [*(other for group in met for other in group), one]
        groups = [group for group in groups if all(group is not other for other in met)]
        groups.append(merged)
    return _with_sums_of(groups)


def _with_sums_of(groups: Sequence[list[_One]]) -> list[list[_One]]:
    """Put a sum that fails by what several of its rows are wrong together into the group of the first of these."""
    kept = list(groups)
    for group in groups:
        below = [other for other in groups if group is not other and len(group) == 1 and group[0].is_above(other[0])]
        if len(below) > 1 and sum(other[0].gap for other in below) == group[0].gap:
            below[0].extend(group)
            kept = [other for other in kept if other is not group]
    return kept


def _of_group(group: Sequence[_One], odd: Sequence[OddRow]) -> AuditFinding:
    if len(group) == 1:
        return group[0].audited
    gaps = {one.gap for one in group}
    codes = {code for one in group for code in one.codes}
    between = any(one.finding.code.startswith(("XL141", "GJ")) for one in group)
    wrong = [row for row in odd if between and row.gap in gaps and any(row.is_below(code) for code in codes)]
    most = max(one.finding.severity for one in group)
    if wrong:
        others = [*(row.finding() for row in wrong[1:]), *(one.finding for one in group)]
        return AuditFinding(wrong[0].finding(), "likely", tuple(others))
    main = max(group, key=lambda one: (one.finding.severity == most, *_likelihood(one, group)))
    others = [one.finding for one in group if one is not main]
    return replace(main.audited, consequences=tuple(others))


def _likelihood(one: _One, group: Sequence[_One]) -> tuple[int, ...]:
    """Return how likely a finding of a group is at the slip itself; greater is likelier."""
    code = one.finding.code
    if code in STATEMENTS and all(other.finding.code in (*STATEMENTS, *SHARES) for other in group):
        return (-STATEMENTS.index(code),)
    if code in (*SHARES, UNIT_OF_TABLE):
        return (int(code == UNIT_OF_TABLE),)
    order = OF_ONE_ROW.index(code) if code in OF_ONE_ROW else len(OF_ONE_ROW)
    crossing = code == "AU101" and any(other.finding.code == "AU102" and one.is_of_one_row(other) for other in group)
    named = sum(bool(set(one.cells) & set(other.cells)) for other in group)
    deepest = max((len(own) for own in one.codes), default=0)
    return (int(crossing), -min(order, OF_ONE_ROW.index("AU104")), named, deepest, -order)


def _amount(text: str) -> Decimal:
    """Return a printed amount in 元, zero for what is none."""
    for unit in sorted(UNITS, key=len, reverse=True):
        if text.endswith(unit):
            try:
                return Decimal(text.removesuffix(unit).replace(",", "")) * UNITS[unit]
            except InvalidOperation:
                break
    return Decimal(0)


def _is_same(gap: Decimal, other: Decimal) -> bool:
    """Whether two differences are one, but for what sums of rounded amounts may differ by."""
    return abs(gap - other) <= min(ROUNDING, gap / SURELY)


def _is_telling(gap: Decimal) -> bool:
    return len(gap.normalize().as_tuple().digits) >= TELLING
