"""Hand edits as the composition and the review see them, and how their figures and numbers print.

An override is plain data from the document. Its class belongs to the package ``budget``, which this package must not
import, so its attributes are declared here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..core.money import MoneyUnit
from ..core.settings import Printing
from ..facts import Fact
from ..tree.nodes import Figure, Heading, Paragraph, Run
from .figures import Format, figure


class LinkedFigure(Protocol):
    """A figure inside an override: its fact, and how it printed when the edit was brought back."""

    @property
    def figure(self) -> str:
        """The name of the fact."""
        ...

    @property
    def printed(self) -> str:
        """The numeral as it was printed; its decimals and thousands separators are kept."""
        ...

    @property
    def unit(self) -> MoneyUnit | None:
        """The unit printed after an amount; None is the layout's."""
        ...


class Override(Protocol):
    """A hand edit: a paragraph's new runs (none: it is left out), or a paragraph added after a block."""

    @property
    def block(self) -> str:
        """The id of the block."""
        ...

    @property
    def after(self) -> bool:
        """Whether the runs are a new paragraph after the block."""
        ...

    @property
    def role(self) -> str:
        """The role of a new paragraph: body or item."""
        ...

    @property
    def runs(self) -> Sequence[object]:
        """Texts and :class:`LinkedFigure` values, without the number of a heading or an item."""
        ...

    @property
    def was(self) -> str | None:
        """The generated text that the runs replaced."""
        ...


def added_id(block: str, n: int) -> str:
    """Return the id of the ``n``-th paragraph (1 …) that is added after ``block``."""
    return f"{block}+{n}"


def has_number(block: Heading | Paragraph) -> bool:
    """Whether the first run is the block's number."""
    return isinstance(block, Heading) or block.role == "item"


def runs_without_number(block: Heading | Paragraph) -> tuple[Run, ...]:
    """Return the runs without the number that begins a heading or an item."""
    return block.runs[1:] if has_number(block) else block.runs


def current_figure(link: LinkedFigure, fact: Fact, printing: Printing) -> Figure:
    """Return the fact as it is now, in the form in which the edit printed it.

    The numeral that was printed tells its decimals, unless the layout cuts zeros off or prints zero as 0.
    """
    decimals = percent = len(link.printed.partition(".")[2])
    if printing.trim_zeros or (link.printed == printing.zero == "0"):
        decimals, percent = max(decimals, printing.decimals), max(decimals, printing.percent_decimals)
    unit, grouped = link.unit or printing.unit, "," in link.printed
    return figure(fact, Format(unit, decimals, grouped, percent, printing.trim_zeros, printing.zero))
