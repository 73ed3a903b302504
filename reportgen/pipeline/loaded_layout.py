"""A layout, loaded once: for one document, or for all that a process makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from ..layout import load
from ..layout.defaults import default_layout
from ..layout.spec import Layout
from ..manifest.fingerprint import layout_fingerprint


@dataclass(frozen=True)
class LoadedLayout:
    """A layout as it was read, and the fingerprint of all that it was read from."""

    layout: Layout

    @cached_property
    def fingerprint(self) -> Mapping[str, str]:
        """The hashes of the layout, the program and the typefaces, taken once."""
        return layout_fingerprint(self.layout)


LayoutSource: TypeAlias = LoadedLayout | str | Path
"""A layout: its name, the path of its folder, or loaded already."""


def load_layout(layout: LayoutSource | None = None) -> LoadedLayout:
    """Load a layout by its name or the path of its folder; one that is loaded already is returned as it is.

    Without ``layout`` it is the one that budget documents have by default.

    Returns:
        The layout, for any number of documents.

    Raises:
        UsageError: there is no such layout.
        LayoutError: something in it is wrong; file and line are named.
    """
    if isinstance(layout, LoadedLayout):
        return layout
    return LoadedLayout(load.load_layout(default_layout() if layout is None else str(layout)))
