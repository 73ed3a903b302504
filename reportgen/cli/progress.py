"""The progress bar of ``bulk``: one line on a terminal that is overwritten, and nothing anywhere else."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TextIO

from . import streams
from .language import Language

if TYPE_CHECKING:
    from ..bulk import Outcome

BAR = 24
"""Cells of the bar."""
EVERY = 0.1
"""Seconds between two drawings."""
CLEAR = "\r\x1b[2K"


class Progress:
    """Counts finished departments; if ``shown``, draws their rate, the remaining time and the failures."""

    def __init__(self, language: Language, shown: bool, stream: TextIO | None = None) -> None:
        """Draw to ``stream`` (standard error if not given), but nothing before :meth:`begun`."""
        self._language = language
        self._stream = stream or sys.stderr
        self._shown = shown
        self._total = self._done = self._failed = 0
        self._start = self._drawn = 0.0

    def begun(self, jobs: int, current: int) -> None:
        """Start with ``jobs`` departments, of which ``current`` are not built again."""
        self._total = jobs - current
        self._start = time.monotonic()
        self._draw()

    def ended(self, outcome: Outcome) -> None:
        """Count one more department."""
        self._done += 1
        self._failed += outcome.status != "generated"
        if time.monotonic() - self._drawn >= EVERY or self._done == self._total:
            self._draw()

    def close(self) -> None:
        """Remove the line."""
        if self._shown and self._drawn:
            self._write(CLEAR)

    def _draw(self) -> None:
        if self._shown and self._total:
            self._drawn = time.monotonic()
            self._write(CLEAR + self.line(self._drawn - self._start))

    def line(self, seconds: float) -> str:
        """Return the line after so many seconds."""
        full = BAR * self._done // self._total
        bar = "█" * full + "░" * (BAR - full)
        rate = self._done / seconds if seconds > 0 else 0.0
        left = _clock((self._total - self._done) / rate) if rate else "…"
        values = {
            "bar": bar, "done": str(self._done), "total": str(self._total),
            "rate": f"{rate:.1f}", "left": left, "failed": str(self._failed),
        }  # fmt: skip
        return self._language.message("{bar} {done}/{total}  每秒 {rate} 个  剩余 {left}  失败 {failed}", values)

    def _write(self, text: str) -> None:
        streams.write(self._stream, text)
        streams.flush()


def is_shown(quiet: bool, as_json: bool) -> bool:
    """Return whether the bar is drawn: standard error is a terminal that can overwrite a line."""
    return not quiet and not as_json and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _clock(seconds: float) -> str:
    """Return hours, minutes and seconds: 1:02:03 or 2:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
