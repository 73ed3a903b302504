"""Hold printed tables against the data's own cell by cell, where both are of one form, whatever their columns mean.

Two grids are of one form if the rows of the head of the one stand in the other, column by column. Their rows are paired
by their texts. So figures are held of which the recogniser does not know what they are: counts, 年初结转, other forms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from ..core.finding import Finding, Place, Severity
from ..recognise.cell_values import read_amount
from ..recognise.grid import Grid, GridCell
from ..recognise.words import plain
from ..tree.nodes import Figure
from .composed import Composed
from .held_tables import HeldTables, Words
from .report import AuditFinding

Texts = tuple[tuple[int, str], ...]


def hold_grids(grids: Sequence[Grid], composed: Composed, held: Collection[str], words: Words) -> HeldTables:
    """Compare the figures of printed grids whose places are not ``held`` yet with those of the data's grids."""
    found = HeldTables()
    for own in grids:
        fitting = [
            (first, right)
            for right, head in composed.grids
            if (first := _after_head(own, head)) and _has_title(own, right, first)
        ]
        if fitting:  # 收支总表 stands in 财政拨款收支总表, too: the longest title is its own
            first, right = max(fitting, key=lambda one: len(plain(one[1].text(1, 1))))
            _hold(own, first, right, composed, held, words, found)
    return found


def _texts(cells: Mapping[int, GridCell], figures: Mapping[str, Figure] | None = None) -> Texts:
    """Return the texts of a row by column; what reads as a number is none."""
    return tuple(
        (column, text)
        for column, cell in sorted(cells.items())
        if isinstance(cell.value, str)
        and (figures is None or cell.place not in figures)
        and (text := plain(cell.value))
        and read_amount(cell).value is None
    )


def _after_head(grid: Grid, head: Sequence[Texts]) -> int:
    """Return the row after the rows of a head in a grid; 0 if they are not in it."""
    rows = [(number, _texts(cells)) for number, cells in grid.rows()]
    for n in range(len(rows) - len(head) + 1):
        if head and all(rows[n + k][1] == texts for k, texts in enumerate(head)):
            return rows[n + len(head) - 1][0] + 1
    return 0


def _has_title(own: Grid, right: Grid, first: int) -> bool:
    """Whether the title of the data's table stands above the head of a printed one: several tables have one head."""
    title = plain(right.text(1, 1))
    above = (cell for (row, _), cell in own.cells.items() if row < first)
    return bool(title) and any(title in plain(cell.value) for cell in above)


def _hold(
    own: Grid, first: int, right: Grid, composed: Composed, held: Collection[str], words: Words, found: HeldTables
) -> None:
    by_texts = dict(_numbered((number, cells) for number, cells in own.rows() if number >= first))
    of_data = _numbered(right.rows(), composed.figures)
    for key, cells in of_data:
        printed = by_texts.get(key)
        for column, cell in cells.items() if printed is not None and key[0] else ():
            figure, place = composed.figures.get(cell.place), composed.places.get(cell.place)
            said = printed.get(column) if printed is not None else None
            if figure is None or place is None or said is None or said.place in held:
                continue
            found.places.add(said.place)
            if not _states(said, figure):
                found.findings.append(_differs(own, key[0], said, figure, place, words))


def _numbered(
    rows: Iterator[tuple[int, dict[int, GridCell]]] | Sequence[tuple[int, dict[int, GridCell]]],
    figures: Mapping[str, Figure] | None = None,
) -> Iterator[tuple[tuple[Texts, int], dict[int, GridCell]]]:
    """Yield the rows by their texts; of those with the same texts each by its number."""
    counts: dict[Texts, int] = {}
    for _, cells in rows:
        texts = _texts(cells, figures)
        counts[texts] = counts.get(texts, 0) + 1
        yield (texts, counts[texts]), cells


def _states(cell: GridCell, figure: Figure) -> bool:
    """Whether a cell holds a figure as it is printed, or its exact value, which a workbook shows rounded."""
    value = read_amount(cell, "万元").value
    if value is None:
        return False
    number = Decimal(value)
    if number == Decimal(figure.text.replace(",", "")):
        return True
    return not isinstance(cell.value, str) and abs(number - figure.value) <= Decimal(1).scaleb(-figure.decimals) / 2


def _differs(own: Grid, texts: Texts, said: GridCell, figure: Figure, place: Place, words: Words) -> AuditFinding:
    title = next((str(cell.value).strip() for _, cell in sorted(own.cells.items())), own.name)
    values = {
        "table": title[:40], "row": texts[0][1][:40],
        "printed": f"{str(said.value).strip()}{figure.unit}", "right": f"{figure.text}{figure.unit}",
    }  # fmt: skip
    where = (Place(cell=said.place), place)
    return AuditFinding(Finding(words.code, Severity.ERROR, words.message, where, words.hint, values))
