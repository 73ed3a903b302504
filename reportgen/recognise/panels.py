"""收支总表 and 财政拨款收支总表: two tables side by side, the rows of each known by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..budget.codes import Entry
from ..budget.terms import FISCAL_FUNDS
from ..core.finding import Severity
from ..core.suggest import nearest
from .body import Body, bound
from .codes import Names, code_and_name, indent_of
from .grid import GridCell
from .head import Column
from .table import RecognisedRow, Side, StatedAmount, table_finding
from .words import is_numbered, is_part, plain, row_meanings, unnumbered

FISCAL = tuple(fund.key for fund in FISCAL_FUNDS)
_CARRIED = re.compile("结余|结转")


def split_panels(columns: Sequence[Column]) -> list[list[Column]]:
    """Return the columns of each table side by side: each begins with a column of labels (项目)."""
    panels: list[list[Column]] = []
    for column in columns:
        if column.meaning.endswith(("item_label", "name")):
            panels.append([])
        if panels:
            panels[-1].append(column)
    return panels


def side_of(panel: Sequence[Column], number: int) -> Side | None:
    """Return which side of the balance a panel is, or None for 支出按经济分类, which other tables state."""
    heads = "".join(plain(label) for column in panel for label in column.labels)
    if "经济" in heads:
        return None
    if number == 0:
        return "revenue"
    return "expenditure" if number == 1 else None


class PanelRows:
    """Reads the rows of one side."""

    def __init__(self, body: Body, panel: Sequence[Column], side: Side, book: Mapping[str, Entry]) -> None:
        """Prepare to read one side; ``book`` has the names of 功能分类."""
        self._body, self._side = body, side
        self._label = panel[0]
        self.columns = dict(bound(panel[1:], body.kind.columns))
        self._meanings = row_meanings("revenue" if side == "revenue" else "expenditure")
        self._names = Names(book)
        self._before, self._carried = "", False
        self._indent: int | None = None

    def read(self) -> Iterator[RecognisedRow]:
        """Yield the rows of this side that have amounts."""
        for row in self._body.numbers:
            if self._body.is_note(row):
                continue
            cell = self._body.cell(row, self._label.number)
            amounts = self._body.amounts(row, self.columns)
            if cell is None:
                if amounts:
                    self._report(row, "", amounts)
                continue
            label = str(cell.value).strip()
            kind, key = self._key(label)
            if not key and self._is_below(cell):
                continue
            if key and amounts:
                self._indent = indent_of(cell) if kind == "code" and len(key) == 3 else self._indent
                yield RecognisedRow(kind, key, unnumbered(label), cell.place, amounts, side=self._side)  # type: ignore[arg-type]
            elif amounts:
                self._report(row, label, amounts)

    def _is_below(self, cell: GridCell) -> bool:
        """Whether a row of expenditure is indented below a class, whose amount has what it states."""
        deeper = self._indent is not None and indent_of(cell) > self._indent
        return self._side == "expenditure" and deeper and not is_numbered(str(cell.value))

    def _key(self, label: str) -> tuple[str, str]:
        """Return the kind and the key of a row: the meaning of its label, or a code."""
        meaning = self._meanings.get(unnumbered(label), "")
        if self._side == "revenue":
            return "total" if meaning == "total" else "item", self._revenue_key(label, meaning)
        if meaning:
            return "total" if meaning == "total" else "item", meaning
        if pair := code_and_name(label):
            self._before = pair.code
            return "code", pair.code
        codes = self._names.candidates(label, 0, self._before)
        if not codes:
            return "item", ""
        self._before = codes[0]
        return "code", codes[0]

    def _revenue_key(self, label: str, meaning: str) -> str:
        """Return the key of a row of revenue: a fund below or with 结转 is carried over."""
        if meaning in ("this", "total") or (meaning and meaning not in (*FISCAL, "carry") and "carry" not in meaning):
            self._carried = False
        if meaning == "carry":
            self._carried = True
        carried = meaning in FISCAL and (self._carried or bool(_CARRIED.search(plain(label))))
        return f"carry.{meaning}" if carried else meaning

    def _report(self, row: int, label: str, amounts: Mapping[str, StatedAmount]) -> None:
        """Report amounts in a row whose label is not known."""
        if all(not amount.value for amount in amounts.values()) or is_part(label):
            return
        place = next(iter(amounts.values())).place
        side = {"revenue": "收入", "expenditure": "支出"}.get(self._side, "")
        near = nearest(unnumbered(label), [*self._meanings, *self._names.known()]) if 0 < len(label) < 40 else ""
        message = (
            "“{table}”{side}一侧有数字，没有认出是哪一项：“{label}”"
            if label
            else "“{table}”{side}一侧有数字，前面没有项目名称"
        )
        hint = "是否想写 {near}？" if near else "写上项目或科目的通行名称"
        self._body.findings.append(
            table_finding(
                "XL136",
                Severity.ERROR,
                message,
                place,
                hint,
                table=self._body.kind.name,
                side=side,
                label=label[:40],
                near=near,
            )
        )
