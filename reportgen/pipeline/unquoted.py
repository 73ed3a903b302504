"""GJ005: what a document states under names of its own choice (sections, vehicles) and the layout prints nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from ..tree.nodes import Document, Figure, Text
from .unprinted import block_runs

COUNTS = {
    "vehicles": "车辆", "others": "其他资产", "planned": "本年安排购置", "planned_vehicles": "本年安排购置的车辆",
}  # fmt: skip
"""The counts of ``assets`` that have categories, with the names that messages print."""


def unquoted_parts(budget: Budget, facts: FactGroup, document: Document) -> Iterator[Finding]:
    """Yield a note that names all sections of which no text is printed, and a finding for each kind of count.

    A category of vehicles that is left out is a warning where their total is printed: its parts do not add up to it.
    A layout that prints the total alone leaves nothing out.
    """
    runs = [run for block in document.blocks() for piece in block_runs(block) for run in piece]
    sources = {run.source for run in runs if isinstance(run, Text)}
    printed = {source.split("/")[2] for source in sources if source.startswith("/sections/")}
    unprinted = [key for key in budget.sections or {} if key not in printed]
    if unprinted:
        where = tuple(Place(f"/sections/{key}", "各章文字") for key in unprinted)
        values = {"keys": "、".join(unprinted)}
        message, hint = "各章文字里的 {keys}，这个版式哪里都不印", "核对键名；版式里用 sections 加键名引用"
        yield Finding("GJ005", Severity.NOTE, message, where, hint, values)
    figures = {run.fact for run in runs if isinstance(run, Figure)}
    yield from _unprinted_counts(facts.counts, "其他数量", figures)
    if budget.assets:
        for part, name in COUNTS.items():
            yield from _unprinted_counts(facts.assets[part], name, figures)


def _unprinted_counts(group: FactGroup, name: str, figures: set[str]) -> Iterator[Finding]:
    """Yield a finding about the categories of one kind of count that are not zero and not printed."""
    sums = [figure for figure in figures if figure.startswith("sum(")]
    printed_total = group.total.name in figures
    unprinted = [
        row.key
        for row in group.rows
        if row.count and row.count.name not in figures and not any(row.count.name in figure for figure in sums)
    ]
    others = figures - {group.total.name}
    total_alone = printed_total and not any(figure.startswith(f"{group.dotted}.") for figure in others)
    if unprinted and not total_alone:
        path = "/" + group.dotted.replace(".", "/")
        where = tuple(Place(f"{path}/{key}", name) for key in unprinted)
        severity = Severity.WARNING if printed_total else Severity.NOTE
        values = {"part": name, "keys": "、".join(unprinted)}
        message, hint = "{part}里的 {keys}，这个版式哪里都不印", "核对名称；版式的分类里没有的，归入其他"
        yield Finding("GJ005", severity, message, where, hint, values)
