"""Rare collections: only inside, and whatever happens there."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportgen
from reportgen.core.errors import ReportgenError
from reportgen.core.garbage_collection import NEW_OBJECTS, rare_collections

USUAL = (701, 11, 12)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


def test_the_thresholds_are_put_back_by_the_last_one_inside() -> None:
    with rare_collections():
        with rare_collections():
            assert gc.get_threshold() == (NEW_OBJECTS, *USUAL[1:])
        assert gc.get_threshold() == (NEW_OBJECTS, *USUAL[1:])
    assert gc.get_threshold() == USUAL


def test_they_are_put_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError):
        reportgen.build(tmp_path / "none.json", tmp_path)
    assert gc.get_threshold() == USUAL


@pytest.mark.parametrize("own", [(0, 10, 10), (NEW_OBJECTS + 1, 5, 5)])
def test_what_a_caller_chose_stays(own: tuple[int, int, int]) -> None:
    gc.set_threshold(*own)
    with rare_collections():
        assert gc.get_threshold() == own
    assert gc.get_threshold() == own
