"""The error of a name that does not exist, with the names among which it was sought."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import UndefinedError

from ..core.suggest import nearest
from ..facts import FactGroup


class UnknownName(UndefinedError):
    """A template or a table reads a name that does not exist."""

    def __init__(self, name: str, known: Iterable[str] | None) -> None:
        """``known`` are the names beside which it was sought; None for the names that every template has."""
        super().__init__(name)
        self.name, self.known = name, known


def nearest_dotted(group: FactGroup, dotted: str) -> str:
    """Return the dotted name below ``group`` most like one that does not exist, or "" where none is similar."""
    before, _, last = dotted.rpartition(".")
    try:
        parent = group.look_up(before) if before else group
    except KeyError:
        near = nearest_dotted(group, before)
        return f"{near}.{last}" if near else ""
    near = nearest(last, parent.names()) if isinstance(parent, FactGroup) else ""
    return f"{before}.{near}" if near and before else near
