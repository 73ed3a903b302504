"""What a published document is held against beside itself: its data, last year's document."""

from __future__ import annotations

from dataclasses import dataclass

from ..pipeline import BudgetSource, LayoutSource


@dataclass(frozen=True, slots=True)
class Beside:
    """What a published document is held against beside itself.

    ``data`` is the canonical document that it was made from, with the ``layout`` that it was made with; ``last`` is
    last year's document, as it was published or as canonical JSON. ``inspection`` asks for what an inspection needs.
    """

    data: BudgetSource | None = None
    last: BudgetSource | None = None
    layout: LayoutSource | None = None
    inspection: bool = False


ALONE = Beside()
