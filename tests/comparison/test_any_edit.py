"""Any single edit of the seed: nothing missed, nothing invented, and all of it hangs on the one change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from reportgen.comparison import differences
from reportgen.core.errors import ReportgenError
from tests.comparison import text_counts
from tests.comparison.patches import base, base_data, side
from tests.population import sample


def edits(data: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every place of the data with what can be done to it."""
    if isinstance(data, dict | list):
        for name, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield f"{pointer}/{name}", "drop"
            if isinstance(data, list):
                yield f"{pointer}/{name}", "twice"
            yield from edits(value, f"{pointer}/{name}")
    else:
        yield pointer, "other"


def edited(pointer: str, how: str) -> Any:
    data = holder = base_data()
    *path, last = pointer.strip("/").split("/")
    for step in path:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    key: Any = int(last) if isinstance(holder, list) else last
    if how == "drop":
        del holder[key]
    elif how == "twice":
        holder.insert(key, holder[key])
    else:
        holder[key] = _other(holder[key])
    return data


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + {Decimal: Decimal("3.21"), int: 1, str: "改"}[type(value)]


SAMPLE = sample(sorted(edits(base_data())), 30, seed=20230209)


@pytest.mark.campaign
@pytest.mark.parametrize(("pointer", "how"), SAMPLE)
def test_any_edit(pointer: str, how: str) -> None:
    try:
        new = side(edited(pointer, how))
    except ReportgenError:
        return  # no valid document
    found = differences(base(), new)
    old_texts, new_texts = text_counts.texts(base().document), text_counts.texts(new.document)
    gone, come = text_counts.of_changes(found.changes)
    for where in old_texts.keys() | new_texts.keys() | gone.keys() | come.keys():
        was, now = old_texts.get(where, Counter()), new_texts.get(where, Counter())
        assert (gone.get(where, Counter()), come.get(where, Counter())) == (was - now, now - was), where
    assert [one.location.place for one in found.changes if not one.causes] == []
