"""What the planted kinds of faults are made with: changed documents, and places that can be changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from reportgen.tree.nodes import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
    plain,
)

AMOUNTS = ("万元", "元")
SUMS = frozenset(
    {"AU101", "AU102", "AU104", "XL141", *(f"GJ{n}" for n in (101, 102, 103, 104, 107, 109, 117, 118, 120, 121, 122)),
     *(f"GJ{n}" for n in (201, 202, 203, 212, 301, 302, 304, 307, 309, 310, 315, 316, 501, 502, 508)), "AU121"}
)  # fmt: skip
SENTENCE = frozenset(
    {
        "AU110",
        "AU111",
        "AU112",
        "AU113",
        "AU114",
        "AU115",
        "AU116",
        "AU117",
        "AU121",
        "AU122",
        "AU123",
        "AU124",
        "AU125",
    }
)


@dataclass(frozen=True)
class Fault:
    """A document with a fault, and what was changed."""

    document: Document
    what: str


Plant = Callable[[Document, Random], Fault | None]


@dataclass(frozen=True)
class Kind:
    """A kind of fault: how it is planted, and the codes of the findings that say it."""

    plant: Plant
    codes: frozenset[str]


class At(NamedTuple):
    """A run of a cell: the table, the numbers of row and cell, of the run in it."""

    table: Table
    row: int
    cell: int
    run: int


# What is changed.


def with_block(document: Document, old: Block, new: Block | None) -> Document:
    """The document with another block in the place of one, or without it."""
    sections = []
    for section in document.sections:
        blocks = tuple(new if block is old else block for block in section.blocks if not (block is old and new is None))
        sections.append(replace(section, blocks=tuple(block for block in blocks if block is not None)))
    return replace(document, sections=tuple(sections))


def with_rows(document: Document, table: Table, rows: Sequence[Row]) -> Document:
    return with_block(document, table, replace(table, body=tuple(rows)))


def with_cell(table: Table, row: int, number: int, cell: Cell) -> Table:
    cells = list(table.body[row].cells)
    cells[number] = cell
    body = list(table.body)
    body[row] = replace(body[row], cells=tuple(cells))
    return replace(table, body=tuple(body))


def with_run(runs: tuple[Run, ...], number: int, text: str) -> tuple[Run, ...]:
    return (*runs[:number], replace(runs[number], text=text), *runs[number + 1 :])


def in_table(document: Document, at: At, text: str) -> Fault:
    cell = at.table.body[at.row].cells[at.cell]
    was = cell.runs[at.run].text
    changed = with_cell(at.table, at.row, at.cell, replace(cell, runs=with_run(cell.runs, at.run, text)))
    name = at.table.body[at.row].cells[0].text or at.table.body[at.row].cells[min(1, at.cell)].text
    what = f"{plain(at.table.title)} 「{name}」 {was} → {text}"
    return Fault(with_block(document, at.table, changed), what)


def in_prose(document: Document, paragraph: Paragraph | Heading, runs: tuple[Run, ...]) -> Fault:
    changed = replace(paragraph, runs=runs)
    return Fault(with_block(document, paragraph, changed), f"“{plain(paragraph.runs)}” → “{plain(runs)}”")


# Where.


def amounts_of(table: Table) -> Iterator[At]:
    """Every amount in a table that is not zero."""
    for row, line in enumerate(table.body):
        for number, cell in enumerate(line.cells):
            for at, run in enumerate(cell.runs):
                if is_amount(run):
                    yield At(table, row, number, at)


def is_amount(run: Run) -> bool:
    return isinstance(run, Figure) and run.unit in AMOUNTS and run.text.strip("0.-") != ""


def is_money_table(table: Table) -> bool:
    """Whether a table prints amounts that others add up to: no goals, no assets."""
    title = plain(table.title) + plain(table.heading.runs)
    return not re.search("绩效|目标|资产|车辆|采购", title)


def paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks() if isinstance(block, Paragraph)]


def figures(paragraph: Paragraph, unit: Sequence[str] = AMOUNTS) -> list[int]:
    """The numbers of the runs that print a figure of a unit other than zero."""
    return [
        n
        for n, run in enumerate(paragraph.runs)
        if isinstance(run, Figure) and run.unit in unit and run.text.strip("0.-") != ""
    ]


def digit_changed(text: str, chance: Random) -> str:
    """A numeral with another digit at one place; not the last decimal, which rounding may change."""
    places = [n for n, c in enumerate(text) if c.isdigit()]
    places = places[:-1] if "." in text else places
    n = chance.choice(places or [len(text) - 1])
    others = [d for d in "0123456789" if d != text[n] and not (n == 0 and d == "0")]
    return text[:n] + chance.choice(others) + text[n + 1 :]


def pick_amount(document: Document, chance: Random, wanted: Callable[[At], bool] = lambda at: True) -> At | None:
    tables = [table for table in document.tables() if is_money_table(table)]
    places = [at for table in tables for at in amounts_of(table) if wanted(at)]
    return chance.choice(places) if places else None
