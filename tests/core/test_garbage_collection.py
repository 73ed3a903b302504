"""The command line and workers collect garbage rarely; functions of the library leave the thresholds as they are."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportgen
from reportgen.cli import main
from reportgen.core.garbage_collection import NEW_OBJECTS, collect_rarely
from reportgen.core.paths import shipped
from reportgen.isolation import run_one
from tests.isolation import jobs

DEMO = shipped("data") / "samples" / "demo-2023.json"
USUAL = (701, 11, 12)
RARE = (NEW_OBJECTS, *USUAL[1:])


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


def test_only_the_threshold_of_the_youngest_generation_is_raised() -> None:
    collect_rarely()
    assert gc.get_threshold() == RARE


@pytest.mark.parametrize("own", [(0, 10, 10), (NEW_OBJECTS + 1, 5, 5), (NEW_OBJECTS, 5, 5)])
def test_higher_thresholds_and_a_disabled_collector_stay(own: tuple[int, int, int]) -> None:
    gc.set_threshold(*own)
    collect_rarely()
    assert gc.get_threshold() == own


def test_library_calls_leave_the_thresholds(tmp_path: Path) -> None:
    seen: list[tuple[int, int, int]] = []

    def record(phase: str, info: dict[str, int]) -> None:
        seen.append(gc.get_threshold())

    gc.callbacks.append(record)
    try:
        reportgen.build(DEMO, tmp_path)
        reportgen.check(DEMO.read_bytes())
    finally:
        gc.callbacks.remove(record)
    assert gc.get_threshold() == USUAL
    assert len(seen) > 10
    assert set(seen) == {USUAL}


def test_the_command_line_collects_rarely(capsys: pytest.CaptureFixture[str]) -> None:
    main(["layouts"])
    assert gc.get_threshold() == RARE


def test_a_worker_collects_rarely_and_not_during_a_job() -> None:
    assert run_one(jobs.garbage_collection, 0).value == (NEW_OBJECTS, False)
