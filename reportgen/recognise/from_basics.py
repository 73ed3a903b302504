"""What the basics have beside the tables: last year's totals with reasons, and single figures no table has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .builder import Builder

SINGLE = ("agency_operating", "procurement", "three_public_details", "evaluation", "named")
"""Parts that are taken as they are where no table has them."""
OF_TOTALS = ("last", "budgeted", "reason")
"""What is taken of a total; its amount is that of the tables."""


def add_from_basics(builder: Builder, basics: Mapping[str, Any]) -> None:
    """Add to the document what the basics have and the tables lack, and report what was not used of them.

    Amounts are taken only where the basics are in the money unit of the tables.
    """
    same_unit = basics.get("money_unit") in (None, builder.money_unit)
    used = _add_totals(builder, basics, same_unit)
    for part in SINGLE:
        if basics.get(part) and part not in builder.data:
            used = used and same_unit
            if same_unit:
                builder.data[part] = basics[part]
                builder.unread.discard(f"/{part}")
    if not used:
        message = "给出的基本情况是{unit}的，表是{own}的：其中的上年数和单项数字没有用到"
        hint = "金额单位改成与表一样，再导入"
        own, unit = builder.money_unit, str(basics.get("money_unit"))
        builder.warn("XL168", message, "", hint, unit=unit, own=own)


def _add_totals(builder: Builder, basics: Mapping[str, Any], same_unit: bool) -> bool:
    """Add last year's amounts and the reasons; return whether all could be used."""
    given = basics.get("totals")
    used = True
    for key, total in given.items() if isinstance(given, Mapping) else ():
        for name in OF_TOTALS:
            if not isinstance(total, Mapping) or not total.get(name):
                continue
            known = builder.data.setdefault("totals", {}).setdefault(key, {})
            if name == "reason" or same_unit:
                known.setdefault(name, total[name])
            else:
                used = False
    return used
