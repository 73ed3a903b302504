"""Mark-up of texts and figures, and the ids of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from ...tree.figure_ids import FigureNames
from ...tree.nodes import Chart, Document, Figure, Run, Table, Text, heading_of
from ..opc import escaped

_BLANKS = re.compile(r"\s+")
_RESERVED = "_"
"""How the names of figures begin, and the ids of tables that rules of the style sheet refer to."""


def element(tag: str, content: str, **attributes: str | int | None) -> str:
    """Return an element; attributes that are None or "" are left out, ``_`` ends a name that Python reserves.

    Values of attributes are escaped already; ``aria_label`` becomes ``aria-label``.
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{value}"'
        for name, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{tag}{written}>{content}</{tag}>"


class PageIds:
    """The ids of the headings, tables and charts of a page: those of their blocks, without blanks, each once."""

    def __init__(self, document: Document) -> None:
        """Assign an id to every block that can be linked to.

        Raises:
            ValueError: two blocks have the same id.
        """
        self._ids: dict[str, str] = {}
        self._taken: set[str] = set()
        for block in document.blocks():
            heading = heading_of(block)
            if heading:
                self._add(heading.id)
            if isinstance(block, Table | Chart) and not (heading and heading.id == block.id):
                self._add(block.id)

    def of(self, block: str) -> str:
        """Return the id of a block, escaped."""
        return escaped(self._ids[block], block)

    def link(self, target: str, where: str) -> str:
        """Return the address of a block on the same page.

        Raises:
            ValueError: the entry of the contents block ``where`` refers to nothing.
        """
        if target not in self._ids:
            raise ValueError(f"{where}: no heading or table has the id {target!r}")
        return f"#{quote(self._ids[target])}"

    def _add(self, block: str) -> None:
        if block in self._ids:
            raise ValueError(f"{block}: two headings, tables or charts have this id")
        wanted = _BLANKS.sub("-", block) or "-"
        wanted = f"id{wanted}" if wanted.startswith(_RESERVED) else wanted
        chosen, count = wanted, 1
        while chosen in self._taken:
            count += 1
            chosen = f"{wanted}-{count}"
        self._taken.add(chosen)
        self._ids[block] = chosen


class RunMarkup:
    """Runs as mark-up, each figure with its name as id."""

    def __init__(self) -> None:
        """Start without any figure."""
        self._names = FigureNames()

    def runs(self, runs: Iterable[Run], place: str) -> str:
        """Return the runs that are printed at ``place``: a block's id, or row id and column."""
        return "".join(
            escaped(run.text, place) if isinstance(run, Text) else self.figure(run, run.text, place) for run in runs
        )

    def figure(self, figure: Figure, shown: str, place: str, tag: str = "span") -> str:
        """Return a figure that is ``shown`` in these words in an element of its own."""
        text = escaped(shown, place)
        return element(tag, text, id=self._names.name(place, figure)) if figure.text else text
