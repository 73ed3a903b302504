"""What the styles of a DOCX file make of its paragraphs and runs, through inheritance (ECMA-376 part 1, 17.7).

Only what a reader may miss or misread is looked up: strike-through, hidden text, white text, outline levels, automatic
numbers. The file may be hostile: circles in the inheritance end, and a missing style counts as none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .markup import W as _SPACE

_W = f"{{{_SPACE}}}"
_OFF = {"0", "false", "off", "none"}
PART = "word/styles.xml"
Levels = tuple[str | None, str | None, str | None]
"""The ids of the styles of a run: of its table, its paragraph, its own."""


class EffectiveStyles:
    """The styles of one file; ``root`` is its styles part, None if it has none that can be read."""

    def __init__(self, root: Any = None) -> None:
        """Collect the styles by their ids."""
        styles = [] if root is None else root.findall(f"{_W}style")
        self._styles = {style.get(f"{_W}styleId"): style for style in styles}
        self._default = next((id for id, style in self._styles.items() if _is_default_paragraph(style)), None)
        self._defaults = None if root is None else root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        self._inherited = lru_cache(maxsize=None)(self._lookup)

    def levels(self, run: Any, paragraph: Any, table_style: str | None) -> Levels:
        """Return the styles that a run has, from the outermost: of its table, its paragraph, its own."""
        style = run.find(f"{_W}rPr/{_W}rStyle")
        return table_style, self._style_of(paragraph), None if style is None else style.get(f"{_W}val")

    def is_on(self, run: Any, name: str, levels: Levels) -> bool:
        """Whether a run has the switch ``name`` (``strike``, ``vanish`` …): by itself, else by its styles together.

        Where both the paragraph's and the run's style switch it on, it is off (17.7.3). A table's style counts with
        all its conditional parts.
        """
        own = _switch(run.find(f"{_W}rPr/{_W}{name}"))
        if own is not None:
            return own
        styles = [self._inherited(id, name) for id in levels]
        if _switch(None if self._defaults is None else self._defaults.find(f"{_W}{name}")):
            return True
        return sum(_switch(element) is True for element in styles) % 2 == 1

    def color(self, run: Any, levels: Levels) -> str:
        """Return the colour of a run in hexadecimal, "" if there is none; that of a table's style is not asked for."""
        own = run.find(f"{_W}rPr/{_W}color")
        inherited = (self._inherited(id, "color") for id in reversed(levels[1:]))
        found = next((element for element in (own, *inherited, self._default_color()) if element is not None), None)
        return "" if found is None else (found.get(f"{_W}val") or "").upper()

    def outline_level(self, paragraph: Any) -> int:
        """Return the outline level of a paragraph, from 1; 0 for body text."""
        value = self._of_paragraph(paragraph, "outlineLvl")
        level = "" if value is None else value.get(f"{_W}val") or ""
        return int(level) + 1 if level in tuple("012345678") else 0

    def is_numbered(self, paragraph: Any) -> bool:
        """Whether a paragraph has an automatic number or bullet."""
        value = self._of_paragraph(paragraph, "numPr")
        number = None if value is None else value.find(f"{_W}numId")
        return number is not None and number.get(f"{_W}val") not in (None, "0")

    def _of_paragraph(self, paragraph: Any, name: str) -> Any:
        own = paragraph.find(f"{_W}pPr/{_W}{name}")
        return self._inherited(self._style_of(paragraph), name) if own is None else own

    def _style_of(self, paragraph: Any) -> str | None:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        id = None if style is None else style.get(f"{_W}val")
        return id if id in self._styles else self._default

    def _default_color(self) -> Any:
        return None if self._defaults is None else self._defaults.find(f"{_W}color")

    def _lookup(self, id: str | None, name: str) -> Any:
        """The element of a property in a style or the nearest one that it is based on."""
        for style in self._with_bases(id):
            for path in ("rPr", "pPr", "tblStylePr/rPr"):
                found = style.find("/".join(f"{_W}{part}" for part in (*path.split("/"), name)))
                if found is not None:
                    return found
        return None

    def _with_bases(self, id: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while id is not None and id not in seen and (style := self._styles.get(id)) is not None:
            yield style
            seen.add(id)
            base = style.find(f"{_W}basedOn")
            id = None if base is None else base.get(f"{_W}val")


def _is_default_paragraph(style: Any) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") not in (None, *_OFF)


def _switch(element: Any) -> bool | None:
    return None if element is None else element.get(f"{_W}val") not in _OFF
