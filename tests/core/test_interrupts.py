"""An interrupt while the summary's workbook is made is raised when the workbook is complete."""

from __future__ import annotations

import gc
import signal
import threading

import pytest

from reportgen.bulk.outcome import Outcome
from reportgen.bulk.summary import xlsx
from reportgen.bulk.summary.model import Summary
from reportgen.core.interrupts import delay_interrupt, interrupt_on_termination
from tests.interrupts import interrupts_enabled

SUMMARY = Summary(tuple(Outcome(name=f"单位{n}", status="failed") for n in range(3)))


def test_an_interrupt_between_rows_is_raised_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = []

    def interrupted(one: Outcome) -> list[xlsx.Value]:
        rows.append(one.name)
        signal.raise_signal(signal.SIGINT)
        return [one.name]

    monkeypatch.setattr(xlsx, "_department", interrupted)
    with interrupts_enabled(), pytest.raises(KeyboardInterrupt):
        xlsx.workbook(SUMMARY)
    assert rows == ["单位0", "单位1", "单位2"]
    gc.collect()  # a half-written element of openpyxl would warn here, and a warning is an error in the tests


@delay_interrupt()
def terminated(ended: list[bool]) -> None:
    signal.raise_signal(signal.SIGTERM)
    ended.append(True)


def test_termination_is_an_interrupt_and_is_delayed_too() -> None:
    before = signal.getsignal(signal.SIGTERM)
    ended: list[bool] = []
    try:
        interrupt_on_termination()
        with pytest.raises(KeyboardInterrupt):
            terminated(ended)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert ended


def test_ignored_termination_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        interrupt_on_termination()
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_ignored_interrupts_stay_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with delay_interrupt():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_it_works_in_another_thread() -> None:
    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.append(xlsx.workbook(SUMMARY)))
    thread.start()
    thread.join()
    assert made == [xlsx.workbook(SUMMARY)]
