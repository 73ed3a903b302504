"""The seed as a clerk might change it, and every printed place of a document by a name."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from reportgen.budget.json_input import parse_json
from reportgen.budget.load import read_budget
from reportgen.budget.model import Budget
from reportgen.core.paths import shipped
from reportgen.tree.grid import place
from reportgen.tree.nodes import Block, Contents, Cover, Document, Heading, Paragraph, Run, Table, plain

SEED = shipped("data") / "samples" / "shaoxing-hrss-2023.json"
MENDED = {
    "/revenue/0/amount": "17545.57",
    "/basic_expenditure/30199/amount": "528.70",
    "/projects/7/general_public": "301.39",
}
"""The published amounts are rounded each by itself; with these three the leaves add up exactly."""


@cache
def _seed() -> Any:
    return parse_json(SEED.read_bytes())


def seed_data() -> Any:
    """The seed's JSON as plain values, for the caller to change."""
    return copy.deepcopy(_seed())


def unstated_data() -> Any:
    """The seed without its stated subtotals: every parent is computed, and all totals agree to the last 分."""
    data = seed_data()
    for part, key in (("expenditure", "function"), ("basic_expenditure", "economic")):
        codes = {line[key] for line in data[part]}
        data[part] = [line for line in data[part] if not _is_parent(line[key], codes)]
    for pointer, amount in MENDED.items():
        put(data, pointer, amount)
    return data


def _is_parent(code: str, codes: set[str]) -> bool:
    return code == "合计" or any(other != code and other.startswith(code) for other in codes)


def budget_of(data: Any) -> Budget:
    return read_budget(data)


def _step(at: Any, token: str) -> Any:
    """One token down: a key, a line by its code (2080105), or else a line by its number."""
    if isinstance(at, dict):
        return token
    for n, line in enumerate(at):
        if isinstance(line, dict) and token in (line.get("function"), line.get("economic")):
            return n
    return int(token)


def pointer_of(data: Any, address: str) -> str:
    """The JSON pointer of an address whose lines may be named by their codes."""
    tokens, at = [], data
    for token in address.strip("/").split("/"):
        step = _step(at, token)
        tokens.append(str(step))
        at = at.get(step) if isinstance(at, dict) else at[step]
    return "/" + "/".join(tokens)


def get(data: Any, pointer: str) -> Any:
    at = data
    for token in pointer.strip("/").split("/"):
        at = at[_step(at, token)]
    return at


def put(data: Any, pointer: str, value: str) -> None:
    head, _, last = pointer.strip("/").rpartition("/")
    at = get(data, head) if head else data
    at[_step(at, last)] = Decimal(value)


def places(document: Document) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """Every place where something is printed: a readable address, each once, and the runs that stand there."""
    seen: dict[str, int] = {}
    for section in document.sections:
        for block in section.blocks:
            for address, runs in _block(block):
                seen[address] = seen.get(address, 0) + 1
                yield address if seen[address] == 1 else f"{address} #{seen[address]}", runs


def _block(block: Block) -> Iterator[tuple[str, tuple[Run, ...]]]:
    if isinstance(block, Heading | Paragraph):
        yield block.id, block.runs
    elif isinstance(block, Cover):
        yield from ((f"{block.id} {n}", line) for n, line in enumerate(block.lines, 1))
    elif isinstance(block, Contents):
        yield from ((f"{block.id} {entry.target}", entry.runs) for entry in block.entries)
    elif isinstance(block, Table):
        yield from ((f"{block.id} {part}", getattr(block, part)) for part in ("title", "left", "right"))
        yield from _cells(block)
        yield from ((note.id, note.runs) for note in block.notes)


def _cells(table: Table) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """``table | words to the left | head``: a cell's address as a reader would give it."""
    width = len(table.columns)
    head = place([row for row in table.head if row.role == "head"], width)
    names = [placed.cell.text.replace(" ", "") for placed in head[-1]]
    for r, line in enumerate(place(table.body, width)):
        for c, placed in enumerate(line):
            if (placed.row, placed.column) == (r, c):
                words = [p.cell.text for p in line[:c] if p.cell.text and not _figure(p.cell.runs)]
                label = words[-1].replace(" ", "") if words else ""
                yield f"{table.id} | {label} | {names[c]}", placed.cell.runs


def _figure(runs: tuple[Run, ...]) -> bool:
    return any(hasattr(run, "fact") for run in runs)


def printed(document: Document) -> dict[str, str]:
    """What stands in every place."""
    return {address: plain(runs) for address, runs in places(document)}


def moved(old: Document, new: Document) -> dict[str, tuple[str, str]]:
    """The places whose text changed: address → (before, after). A place that only one has counts as changed."""
    before, after = printed(old), printed(new)
    return {
        address: (before.get(address, ""), after.get(address, ""))
        for address in (*before, *(a for a in after if a not in before))
        if before.get(address) != after.get(address)
    }
