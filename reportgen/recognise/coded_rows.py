"""Rows of tables by 功能分类 or 经济分类 (and by unit): the code of each, however the table writes codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from ..budget.codes import Entry
from ..core.finding import Severity
from ..core.suggest import nearest
from .body import Body
from .codes import WIDTHS, Indents, Names, code_and_name, digits, indent_of, joined
from .head import Column
from .table import RecognisedRow, RowKind, StatedText, table_finding
from .words import is_total, plain, unnumbered

TOTAL = "合计"
PARTS = ("class", "section", "item")
TOGETHER, SHOWN = 3, 8
"""Rows without a known name that are reported one by one; names that a message about more of them shows."""


def without_own(name: str) -> str:
    """Return a plain name of a unit without what says that it is the department's own (本级)."""
    return re.sub(r"(?:\((?:本级|机关|本部)\)|本级|本部)$", "", name)


class CodedRows:
    """Reads the rows of one table from top to bottom; the code of a row may depend on that of the row before."""

    def __init__(
        self,
        body: Body,
        columns: Mapping[str, Column],
        texts: Mapping[str, Column],
        book: Mapping[str, Entry],
        units: Set[str] = frozenset(),
        totals: Set[str] = frozenset(),
    ) -> None:
        """Prepare to read the columns of amounts and of texts.

        ``book`` has the names of the codes, ``units`` the plain names of units that stand in the column of
        names, ``totals`` what rows of totals of a part are called.
        """
        self._units, self._totals = units, totals
        self._body, self._columns, self._texts, self._names = body, columns, texts, Names(book)
        self._before, self._unit = "", ""
        self._unknown: list[tuple[str, str]] = []
        name = texts.get("name")
        by_name = name is not None and not any(part in texts for part in ("code", *PARTS))
        cells = [cell for row in body.numbers if name and (cell := body.cell(row, name.number)) is not None]
        self._indents = Indents([indent_of(cell) for cell in cells if not is_total(str(cell.value))] if by_name else ())

    def read(self) -> Iterator[RecognisedRow]:
        """Yield the rows that have amounts."""
        for row in self._body.numbers:
            if self._body.is_empty(row) or self._body.is_note(row):
                continue
            amounts = self._body.amounts(row, self._columns)
            texts = self._body.texts(row, self._texts)
            found = self._row(row, texts)
            if found is None and amounts:
                self._report(row)
            elif found is not None and amounts:
                kind, key, name = found
                level = WIDTHS.index(len(key)) + 1 if kind == "code" and len(key) in WIDTHS else 0
                place = self._body.place(row)
                yield RecognisedRow(kind, key, name, place, amounts, texts, self._unit, level)
        self._report_names()

    def _row(self, row: int, texts: Mapping[str, StatedText]) -> tuple[RowKind, str, str] | None:
        """Return kind, key and name of a row, or None if it has none."""
        labels = {name: text.value for name, text in texts.items()}
        named = [labels[name] for name in ("code", *PARTS, "name", "unit", "unit_code") if name in labels]
        part = next((label for label in named if plain(label) in self._totals), "")
        if part or any(is_total(label) for label in named):
            self._unit = labels["unit"] if "unit" in labels and not is_total(labels["unit"]) else ""
            return "total", TOTAL, part or TOTAL
        if "unit" in labels:
            self._unit = labels["unit"]
        if "year" in labels and self._unit:
            return "unit", self._unit, self._unit
        code, name = self._code(row, labels)
        if code:
            self._before = code
            return "code", code, name
        if without_own(plain(labels.get("name", ""))) in self._units:
            self._unit, self._before = labels["name"].strip(), ""
            return "unit", self._unit, self._unit
        if ("unit" in labels or "unit_code" in labels) and not any(part in labels for part in ("code", *PARTS, "name")):
            return "unit", labels.get("unit") or labels["unit_code"], labels.get("unit", "")
        return None

    def _code(self, row: int, labels: Mapping[str, str]) -> tuple[str, str]:
        """Return the code and the name of a row; "" where it has none."""
        name = plain(labels.get("name", ""))
        if "code" in labels:
            code = digits(self._body.cell(row, self._texts["code"].number))
            pair = code_and_name(labels["code"])
            return (code, name) if code else (pair.code, name or pair.name) if pair else ("", name)
        if any(part in labels for part in PARTS):
            parts = [self._part(row, part) for part in PARTS if part in self._texts]
            if len(parts[0]) > WIDTHS[0] and not any(parts[1:]):
                return parts[0], name
            return joined(parts, self._before), name
        return self._by_name(row, labels["name"]) if "name" in labels else ("", "")

    def _part(self, row: int, part: str) -> str:
        return digits(self._body.cell(row, self._texts[part].number))

    def _by_name(self, row: int, label: str) -> tuple[str, str]:
        """Return the code of a row that has only a name, or a code and a name in one cell."""
        if pair := code_and_name(label):
            return pair.code, pair.name
        cell = self._body.cell(row, self._texts["name"].number)
        level = self._indents.level(indent_of(cell)) if cell is not None else 0
        codes = self._names.candidates(label, level, self._before)
        if len(codes) > 1 and cell is not None and self._body.amounts(row, self._columns):
            message = "“{name}”在科目目录中不止一个（{codes}），不知道是哪一个"
            hint = "在名称前写上编码，如“[{first}]{name}”；或按层次缩进"
            self._body.findings.append(
                table_finding("XL138", Severity.ERROR, message, cell.place, hint,
                        name=unnumbered(label), codes="、".join(codes[:6]), first=codes[0])
            )  # fmt: skip
            return codes[0], unnumbered(label)
        return (codes[0], unnumbered(label)) if codes else ("", "")

    def _report(self, row: int) -> None:
        """Report a row with figures that has no code."""
        cells = self._body.rows.by_row[row].values()
        label = next(
            (str(cell.value).strip() for cell in cells if isinstance(cell.value, str) and digits(cell) == ""), ""
        )
        if label and "name" in self._texts and not any(part in self._texts for part in ("code", *PARTS)):
            self._unknown.append((label, self._body.place(row)))
            return
        self._report_row(label, self._body.place(row))

    def _report_names(self) -> None:
        """Report the rows whose names say no code, in a table without codes: a few one by one, many together."""
        if len(self._unknown) <= TOGETHER:
            for label, place in self._unknown:
                self._report_row(label, place)
            return
        message = "“{table}”没有科目编码，{count} 行的名称在科目目录里没有：{names}"
        hint = "导出时带上科目编码一栏，或在名称前写上编码，如“[2040604]{first}”"
        names = [unnumbered(label) for label, _ in self._unknown]
        shown = "、".join(f"“{name[:20]}”" for name in names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
        values = {"table": self._body.kind.name, "count": str(len(names)), "names": shown, "first": names[0][:20]}
        places = tuple(place for _, place in self._unknown[:SHOWN])
        self._body.findings.append(table_finding("XL136", Severity.ERROR, message, places, hint, **values))

    def _report_row(self, label: str, place: str) -> None:
        near = nearest(unnumbered(label), list(self._names.known())) if label and len(label) < 40 else ""
        message = "“{table}”这一行有数字，没有认出是哪个科目：“{label}”" if label else "“{table}”这一行有数字，没有科目"
        hint = "是否想写 {near}？" if near else "写上科目编码（类 3 位、款 5 位、项 7 位）"
        self._body.findings.append(
            table_finding(
                "XL136",
                Severity.ERROR,
                message,
                place,
                hint,
                table=self._body.kind.name,
                label=label[:40],
                near=near,
            )
        )
