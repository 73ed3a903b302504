"""结余分配 by unit: the department states it as a whole, and only money that is not 财政拨款 can have any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

KEY, CARRIED, FISCAL = "surplus_distributed", "carried_forward", "fiscal_carried_forward"


def put_surplus(units: Sequence[dict[str, Any]], department: Mapping[str, Any]) -> None:
    """Put 结余分配 into the documents of units where it is known of which it is, in the department's money unit.

    A unit that has nothing left but 财政拨款 has none. Where one unit alone has more, the whole is its and no part
    of its 年末结转和结余; where several have, it stays to be written.
    """
    whole = Decimal(department.get(KEY, 0))
    if not whole or FISCAL not in department:
        return
    left = [_left(unit) for unit in units]
    having = [n for n, amount in enumerate(left) if amount > 0]
    for n, unit in enumerate(units):
        if n not in having:
            unit[KEY] = Decimal(0)
    if len(having) == 1 and left[having[0]] >= whole:
        unit = units[having[0]]
        unit[KEY], unit[CARRIED] = whole, unit[CARRIED] - whole


def _left(unit: Mapping[str, Any]) -> Decimal:
    """Return what a unit has left of money that is not 财政拨款."""
    fiscal = sum((Decimal(amount) for amount in unit.get(FISCAL, {}).values()), Decimal(0))
    return Decimal(unit.get(CARRIED, 0)) - fiscal
