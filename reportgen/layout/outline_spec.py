"""The outline of a layout as plain data: its sections, their blocks, and how they are numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..core.money import MoneyUnit
from ..core.settings import ZeroInProse
from .table_spec import Decimals, Level
from .yaml_mapping import Place


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PlacePrinting:
    """What the sentences of a block print otherwise than the layout's ``printing``.

    Wording (up, down, flat) is still decided on the layout's decimals.
    """

    unit: MoneyUnit | None = None
    decimals: Decimals | None = None
    grouped: bool | None = None
    percent_decimals: Decimals | None = None
    trim_zeros: bool | None = None
    zero: ZeroInProse | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PlaceNumbering:
    """Patterns of numbers in a section or a block; levels that are not stated have the layout's.

    ``items_continue``: items are counted on across the headings of one template.
    """

    headings: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    items_continue: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BlockSpec:
    """A heading with what follows it, a template (``text``) or a table; a template without a heading; or a chart.

    A block with an ``entry`` alone is only listed in the contents, before the heading that follows it.

    ``number``: the number is printed (``all``), only listed in the contents (``entry``), or there is none. ``entry`` is
    a template of the title in the contents, if it is another than the printed one. ``new_page: false`` lets a table go
    on below the paragraph before it.
    """

    id: str
    place: Place
    level: Level = 1
    heading: str = ""
    text: str = ""
    table: str = ""
    chart: str = ""
    entry: str = ""
    number: Literal["all", "entry", "none"] = "all"
    new_page: bool = True
    printing: PlacePrinting | None = None
    numbering: PlaceNumbering | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SectionSpec:
    """Pages of one setup: a cover, the contents, or a list of blocks. ``place`` is file and line.

    ``contents`` is the title of the contents, which list headings down to the level ``depth``, with ``page_numbers``
    or without: of all blocks, ``only`` of some, or of all ``without`` some. ``printing`` and ``numbering`` are those
    of all its blocks that state none.
    """

    page: str
    place: Place
    cover: tuple[str, ...] = ()
    contents: str = ""
    depth: Level = 2
    page_numbers: bool = False
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    printing: PlacePrinting | None = None
    numbering: PlaceNumbering | None = None
    blocks: tuple[BlockSpec, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Numbering:
    """Patterns of numbers: {n} 1, {zh} 一. One per heading level; ``items`` one per level of the heading above.

    ``items_continue``: items are counted on across the headings of one template.
    """

    headings: tuple[str, ...] = ("{zh}、", "（{zh}）", "{n}.", "（{n}）")
    items: tuple[str, ...] = ("{n}.", "{n}.", "（{n}）", "（{n}）")
    items_continue: bool = False
