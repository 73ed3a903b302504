"""A layout, loaded once: for one document, or for all that a process will make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..layout.load import load_layout
from ..layout.spec import Layout
from ..manifest.fingerprint import Fingerprint, layout_fingerprint


@dataclass(frozen=True)
class LoadedLayout:
    """A layout as it was read."""

    layout: Layout

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """The hashes of what it was read from, taken once."""
        return layout_fingerprint(self.layout)


def loaded(layout: str | LoadedLayout) -> LoadedLayout:
    """The layout ``layout`` (a name or a folder's path), unless it is loaded already.

    Raises:
        UsageError: there is no such layout.
        LayoutError: something in it is wrong; file and line are named.
    """
    return layout if isinstance(layout, LoadedLayout) else LoadedLayout(load_layout(layout))
