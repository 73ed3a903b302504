"""Find what changed in the data, by meaning: rows are matched by their keys, not by their positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, fields, replace
from typing import Any, Literal

from ..budget.field_types import List, Object, Text
from ..budget.map_type import Map
from ..budget.model import Budget
from ..budget.version_1 import written_pointer
from ..tree.matching import MatchKey, match
from .labels import Labels
from .rows import paired_rows, same

CauseKind = Literal["changed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Cause:
    """A change of the data.

    ``old`` and ``new`` are its JSON pointers in either version ("" where it has none), ``label`` names the row or the
    part of the document (2080101 行政运行), ``term`` the field (项目支出; "" for a whole row), ``was`` and ``now`` its
    values ("" for none; of a row that moved its positions, from 1), in ``unit``.
    """

    kind: CauseKind
    old: str
    new: str
    label: str
    term: str = ""
    was: str = ""
    now: str = ""
    unit: str = ""


def causes(old: Budget, new: Budget) -> tuple[Cause, ...]:
    """Return every change between two budgets, in the order of the model's fields."""
    found = _Comparison(Labels(old), Labels(new)).record(old, new, "", "", "")
    return tuple(
        replace(cause, old=written_pointer(old, cause.old), new=written_pointer(new, cause.new)) for cause in found
    )


class _Comparison:
    """One walk through both documents."""

    def __init__(self, before: Labels, after: Labels) -> None:
        self._before, self._after = before, after

    def record(self, old: Any, new: Any, at: str, to: str, label: str) -> Iterator[Cause]:
        """Compare two records field by field; ``at`` and ``to`` are their pointers."""
        for field in fields(new):
            was, now = getattr(old, field.name), getattr(new, field.name)
            if not same(was, now):
                yield from self._field(field, was, now, (f"{at}/{field.name}", f"{to}/{field.name}"), label)

    def _field(self, field: Field[Any], was: Any, now: Any, where: tuple[str, str], label: str) -> Iterator[Cause]:
        kind, term = field.metadata["type"], field.metadata["term"]
        if isinstance(kind, Object):
            yield from self._part(was, now, where, f"{label} {term}".strip())
        elif isinstance(kind, List) and isinstance(kind.items, Object):
            yield from self._rows(was, now, where, label)
        elif isinstance(kind, List) and isinstance(kind.items, Text):
            yield from _texts(was, now, where, f"{label} {term}".strip())
        elif isinstance(kind, Map):
            yield from self._map(kind, was or {}, now or {}, where, f"{label} {term}".strip(), field)
        else:
            values = self._before.value(was, field), self._after.value(now, field)
            yield Cause("changed", *where, label, term, *values, self._after.unit(field))

    def _part(self, was: Any, now: Any, where: tuple[str, str], label: str) -> Iterator[Cause]:
        if was is None:
            yield Cause("added", "", where[1], label)
        elif now is None:
            yield Cause("removed", where[0], "", label)
        else:
            yield from self.record(was, now, *where, label)

    def _rows(self, was: Sequence[Any], now: Sequence[Any], where: tuple[str, str], within: str) -> Iterator[Cause]:
        for i, j, moved in paired_rows(was, now):
            at, to = f"{where[0]}/{i}", f"{where[1]}/{j}"
            if i is None and j is not None:
                yield Cause("added", "", to, self._after.row(now[j], within), now=self._after.amounts(now[j]))
            elif j is None and i is not None:
                yield Cause("removed", at, "", self._before.row(was[i], within), was=self._before.amounts(was[i]))
            elif i is not None and j is not None:
                label = self._before.row(was[i], within)
                if moved:
                    yield Cause("moved", at, to, label, was=str(i + 1), now=str(j + 1))
                yield from self.record(was[i], now[j], at, to, label)

    def _map(
        self, kind: Map, was: Mapping[str, Any], now: Mapping[str, Any], where: tuple[str, str], label: str, field: Any
    ) -> Iterator[Cause]:
        """Compare the values of a map key by key; texts of a key that is in one version only are added or removed."""
        for key in dict.fromkeys((*was, *now)):
            both = was.get(key), now.get(key)
            at, to = f"{where[0]}/{key}", f"{where[1]}/{key}"
            if same(*both):
                continue
            if isinstance(kind.items, List):
                yield from _texts(both[0] or (), both[1] or (), (at, to), f"{label} {key}")
            else:
                old, new = ("" if value is None else str(value) for value in both)
                yield Cause("changed", at, to, label, key, old, new, field.metadata["unit"])


def _texts(was: Sequence[str], now: Sequence[str], where: tuple[str, str], label: str) -> Iterator[Cause]:
    """Texts without a key (the duties) are matched by the same words, else by similar ones."""
    for i, j in match([MatchKey("", text) for text in was], [MatchKey("", text) for text in now]):
        at, to = f"{where[0]}/{i}", f"{where[1]}/{j}"
        if i is None and j is not None:
            yield Cause("added", "", to, f"{label} {j + 1}", now=now[j])
        elif j is None and i is not None:
            yield Cause("removed", at, "", f"{label} {i + 1}", was=was[i])
        elif i is not None and j is not None and was[i] != now[j]:
            yield Cause("changed", at, to, f"{label} {j + 1}", was=was[i], now=now[j])
