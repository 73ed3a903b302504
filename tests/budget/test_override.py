"""Hand edits in the document: what an entry means that leaves a field out."""

from __future__ import annotations

from reportgen.budget.load import read_budget
from tests.document.quoting import demo


def test_an_entry_changes_its_paragraph_unless_it_says_that_it_stands_after_it() -> None:
    runs = ["改过的一段。"]
    entries = [{"block": "支出/1", "runs": runs}, {"block": "支出/1", "after": True, "runs": runs}]
    changed, added = read_budget(demo(overrides=entries)).overrides
    assert (changed.after, added.after) == (False, True)
