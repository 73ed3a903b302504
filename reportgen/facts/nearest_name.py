"""The name of a fact that is most like one that does not exist."""

from __future__ import annotations

from ..core.suggest import nearest
from .fact import FactGroup


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
