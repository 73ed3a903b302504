"""An interrupt while the city's workbook is made is told when nothing of it is half open."""

from __future__ import annotations

import gc
import signal
import threading

import pytest

from reportgen.bulk.outcome import Outcome
from reportgen.bulk.summary import xlsx
from reportgen.bulk.summary.model import Summary
from reportgen.core.interrupts import delay_interrupt

SUMMARY = Summary(tuple(Outcome(name=f"单位{n}", status="failed") for n in range(3)))


def test_an_interrupt_between_rows_is_told_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = []

    def interrupted(one: Outcome) -> list[xlsx.Value]:
        rows.append(one.name)
        signal.raise_signal(signal.SIGINT)
        return [one.name]

    monkeypatch.setattr(xlsx, "_department", interrupted)
    with pytest.raises(KeyboardInterrupt):
        xlsx.sheet(SUMMARY)
    assert rows == ["单位0", "单位1", "单位2"]
    gc.collect()  # what openpyxl leaves half open would complain here, and a complaint is an error in the tests


def test_who_ignored_interrupts_still_does() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with delay_interrupt():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread_makes_it_too() -> None:
    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.append(xlsx.sheet(SUMMARY)))
    thread.start()
    thread.join()
    assert made == [xlsx.sheet(SUMMARY)]
