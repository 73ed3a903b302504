from __future__ import annotations

import pytest

from tests.generated import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_fresh(name: str) -> None:
    """If this fails: ``python -m tests.generated``."""
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()
