"""A layout, loaded once: for one document, or for all that a process will make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..layout.load import load_layout
from ..layout.spec import Layout
from ..manifest.ground import Ground, of_layout


@dataclass(frozen=True)
class Loaded:
    """A layout as it was read."""

    layout: Layout

    @cached_property
    def ground(self) -> Ground:
        """The hashes of what it was read from, taken once."""
        return of_layout(self.layout)


def loaded(layout: str | Loaded) -> Loaded:
    """The layout ``layout`` (a name or a folder's path), unless it is loaded already.

    Raises:
        Usage: there is no such layout.
        LayoutBroken: something in it is wrong; file and line are named.
    """
    return layout if isinstance(layout, Loaded) else Loaded(load_layout(layout))
