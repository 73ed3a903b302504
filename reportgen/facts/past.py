"""What figures are compared with (bases), the changes and the reasons (``docs/figures-with-a-past.md``).

A base is of one kind: 上年预算数 or 上年执行数, in final accounts also 年初预算数 and 全年预算数. The first known one
counts: the one that the document states, the sum of those of the parts, the fact of the same name in the document that
published it: last year's, or this year's budget.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ..budget.model import Budget
from ..budget.terms import BASE_PARTS, BUDGETED_KINDS, FUNDS, KINDS, KINDS_OF_STAGE, TOTAL_NAMES, BaseKind
from ..budget.totals import NO_BUDGETED, NO_LAST
from ..budget.version_1 import written_pointer
from ..budget.withheld import may_lack_rows
from ..core.settings import Printing
from .bases import NONE, NOT_PUBLISHED, Bases, Earlier, base_name
from .change import as_printed, change, completion
from .fact import ZERO, Fact, FactGroup, SourceText, source_text, total

ADDING_UP_FUNDS = ("expenditure", "appropriation")
"""The groups that add up funds."""
LISTS_BY_CODE = {
    **dict.fromkeys(("expenditure", "appropriation", *(fund.key for fund in FUNDS)), "expenditure"),
    "basic": "basic_expenditure",
    "economic": "economic_expenditure",
}
"""The groups of facts with rows by code, and the list of the document that they are made of."""


class Past:
    """What is known of last year, and in final accounts of the budget, while the facts of a document are derived.

    ``bases`` collects the bases that the document gives and something else gives too, ``totals`` the totals that it
    states: rules compare them. ``kinds`` are those of the bases that documents of this stage have.
    """

    def __init__(self, budget: Budget, printing: Printing, published: Earlier) -> None:
        """Take the document, how figures print, and the facts of the documents that published bases."""
        self.budget, self.printing, self.published = budget, printing, published
        self.kinds = KINDS_OF_STAGE[budget.stage]
        self.bases: list[FactGroup] = []
        self.totals: list[FactGroup] = []

    def earlier(self, dotted: str) -> Earlier:
        """Return the groups of this name in the documents that published bases."""
        if not self.published:
            return NOT_PUBLISHED
        found = {kind: _group_of(facts, dotted) for kind, facts in self.published.items()}
        return {kind: group for kind, group in found.items() if group is not None}

    def earlier_rows(self, dotted: str) -> dict[str, Earlier]:
        """Return the rows of the groups of this name there by their keys, or else by their dotted names."""
        rows: dict[str, dict[BaseKind, FactGroup]] = {}
        for kind, group in self.earlier(dotted).items():
            for row in group.rows:
                rows.setdefault(row.key if "key" in row else row.dotted, {})[kind] = row
        return dict(rows)

    def of_total(self, key: str, group: str, column: str = "total") -> dict[tuple[BaseKind, str], Fact]:
        """Return the bases that ``totals.<key>`` states, for a column of a group."""
        stated = getattr(self.budget.totals, key)
        if stated.last is NO_LAST and stated.budgeted is NO_BUDGETED:
            return {}
        return {
            (kind, column): Fact(base_name(group, kind, column), value, pointers=(self.pointer(key, f"{part}/{kind}"),))
            for kind in self.kinds
            if (value := getattr(getattr(stated, part := BASE_PARTS[kind]), kind)) is not None
        }

    def reason(self, key: str) -> SourceText | None:
        """Return the reason that ``totals.<key>`` states."""
        text = getattr(self.budget.totals, key).reason
        return None if text is None else source_text(text, self.pointer(key, "reason"))

    def budgeted_reason(self, key: str) -> SourceText | None:
        """Return why the final figure differs from the budget, as ``totals.<key>`` states it."""
        text = getattr(self.budget.totals, key).budgeted.reason
        return None if text is None else source_text(text, self.pointer(key, "budgeted/reason"))

    def pointer(self, key: str, part: str) -> str:
        """Return the pointer of a part of ``totals.<key>``, as the file is written."""
        return written_pointer(self.budget, f"/totals/{key}/{part}")

    def whole(self, key: str, summed: Fact) -> Fact:
        """Return the amount that ``totals.<key>`` states, or else the sum of the lines."""
        amount = getattr(self.budget.totals, key).amount
        if amount is None:
            return summed
        stated = Fact(summed.name, amount, pointers=(f"/totals/{key}/amount",))
        name = f"stated_totals.{key}"
        lines = total(f"{name}.lines", [summed])
        self.totals.append(FactGroup(name, key=key, label=TOTAL_NAMES[key], stated=stated, lines=lines))
        return stated

    def put(
        self,
        group: FactGroup,
        columns: tuple[str, ...],
        stated: Bases = NONE,
        summed: Bases = NONE,
        earlier: Earlier = NOT_PUBLISHED,
        label: str | Mapping[str, str] = "",
        reason: SourceText | None = None,
    ) -> None:
        """Put ``last``, ``change`` and ``reason`` into a group, in final accounts also ``budgeted``.

        ``stated`` and ``summed`` are the bases that the document states and those that its parts add up to, ``earlier``
        is the group as others published it, ``label`` is what messages call the figure, or each of the columns.
        """
        moved = FactGroup(f"{group.dotted}.change")
        parts = {part: FactGroup(f"{group.dotted}.{part}") for part in dict.fromkeys(BASE_PARTS[k] for k in self.kinds)}
        for kind in self.kinds:
            bases = {column: self._base(group, (kind, column), stated, summed, earlier, label) for column in columns}
            part = BASE_PARTS[kind]
            parts[part].put(**{kind: FactGroup(f"{group.dotted}.{part}.{kind}", **bases)})
            moved.put(**{kind: changes(group, kind, bases, self.printing)})
        group.put(**parts, change=moved, reason=reason)

    def put_row(
        self,
        row: FactGroup,
        columns: tuple[str, ...],
        stated: Bases = NONE,
        summed: Bases = NONE,
        earlier: Earlier = NOT_PUBLISHED,
        label: str | Mapping[str, str] = "",
        reason: SourceText | None = None,
    ) -> None:
        """Do the same for a row; rows of which nothing is known share one ``last`` and one ``change``."""
        if stated or summed or self.published:
            self.put(row, columns, stated, summed, earlier, label, reason)
        else:
            row.put(**_nothing_known(columns, self.kinds), reason=reason)

    def _base(
        self,
        group: FactGroup,
        key: tuple[BaseKind, str],
        stated: Bases,
        summed: Bases,
        earlier: Earlier,
        label: str | Mapping[str, str],
    ) -> Fact | None:
        kind, column = key
        own = stated.get(key)
        parts = summed.get(key)
        published = self._published(group, kind, column, earlier.get(kind)) if kind in self.published else None
        base = parts if own is None else own
        if base is None:
            return published
        if published is not None or (own is not None and parts is not None and own is not parts):
            self._record(
                label if isinstance(label, str) else label[column],
                kind,
                base,
                None if own is None else parts,
                published,
            )
        return base

    def _published(self, group: FactGroup, kind: BaseKind, column: str, earlier: FactGroup | None) -> Fact | None:
        """Return the figure of the document that published bases of a kind; what it does not have was zero."""
        name, document = base_name(group.dotted, kind, column), _DOCUMENTS[BASE_PARTS[kind]]
        fact = earlier[column] if earlier is not None and column in earlier else None
        if isinstance(fact, Fact) and self._is_unread(fact, self.published[kind]):
            return None
        if not isinstance(fact, Fact):
            if self.is_withheld(group, self.published[kind]):
                return None
            return Fact(name, ZERO, formula=f"not in {document}")
        return Fact(name, fact.value, formula=f"{document}: {fact.name}")

    def _is_unread(self, fact: Fact, facts: FactGroup) -> bool:
        """Whether an imported document gives nothing for a figure because parts of it were not read."""
        past = getattr(facts, "past", None)
        return isinstance(past, Past) and bool(past.budget.unread) and next(fact.cells(), None) is None

    def is_withheld(self, row: FactGroup, facts: FactGroup) -> bool:
        """Whether the document of ``facts`` may have had this row and withholds it."""
        return isinstance(past := getattr(facts, "past", None), Past) and is_withheld(past.budget, row)

    def _record(self, label: str, kind: BaseKind, base: Fact, parts: Fact | None, published: Fact | None) -> None:
        differs = self._is_stated(base) and published is not None and self._prints_otherwise(base, published)
        self.bases.append(
            FactGroup(
                f"stated_bases.{len(self.bases)}",
                label=label, kind=kind, base=base, parts=parts, published=published, differs=differs,
            )
        )  # fmt: skip

    def _is_stated(self, base: Fact) -> bool:
        """Whether the document states a base: itself, or in final accounts by the lines of one fund.

        Other funds may have had the same item, and say nothing of it.
        """
        of_lines = len(self.kinds) > len(KINDS) and base.name.partition(".")[0] not in ADDING_UP_FUNDS
        return bool(base.pointers) or (of_lines and next(base.cells(), None) is not None)

    def _prints_otherwise(self, one: Fact, other: Fact) -> bool:
        return as_printed(one, self.printing) != as_printed(other, self.printing)


_DOCUMENTS = {"last": "last year's document", "budgeted": "this year's budget"}
"""What formulas call the document that published bases."""


def was_published(budget: Budget, rows: Earlier) -> bool:
    """Whether a row had an amount where it was published, and ``budget`` does not withhold it."""
    return any(row.total and not is_withheld(budget, row) for row in rows.values())


def _group_of(facts: FactGroup, dotted: str) -> FactGroup | None:
    try:
        group = facts.look_up(dotted)
    except KeyError:
        return None
    return group if isinstance(group, FactGroup) else None


def is_withheld(budget: Budget, row: FactGroup) -> bool:
    """Whether a document may have withheld (保密) a row: what is above its code, or its list, is marked."""
    name = row.dotted.partition(".")[0]
    part = LISTS_BY_CODE.get(name, name)
    above = str(row.key)[:-2] if name in LISTS_BY_CODE and "key" in row else ""
    return may_lack_rows(budget.withheld, part, above)


def changes(group: FactGroup, kind: BaseKind, bases: Mapping[str, Fact | None], printing: Printing) -> FactGroup:
    """Return ``change.<kind>`` of a group: that of its total, and under its name that of each column of ``bases``."""
    name = f"{group.dotted}.change.{kind}"
    of_columns = {
        column: change(name if column == "total" else f"{name}.{column}", group[column], base, printing)
        for column, base in bases.items()
    }
    if kind in BUDGETED_KINDS:
        for moved in of_columns.values():
            moved.put(completion=completion(moved, printing))
    whole = of_columns.get("total")
    return FactGroup(name, **(whole.as_dict() if whole else {}), **of_columns)


@cache
def _nothing_known(columns: tuple[str, ...], kinds: tuple[BaseKind, ...]) -> dict[str, FactGroup]:
    """Return ``last`` (and ``budgeted``) and ``change`` of a row without a past."""
    unknown = change("", None, None, Printing())
    if len(kinds) > len(KINDS):
        unknown.put(completion=None)
    of_columns: dict[str, Any] = dict.fromkeys(columns, unknown)
    changes = FactGroup("", **unknown.as_dict(), **of_columns)
    bases = FactGroup("", **dict.fromkeys(columns))
    parts = {BASE_PARTS[kind]: {one: bases for one in kinds if BASE_PARTS[one] == BASE_PARTS[kind]} for kind in kinds}
    return {
        **{part: FactGroup("", **of_part) for part, of_part in parts.items()},
        "change": FactGroup("", **dict.fromkeys(kinds, changes)),
    }
