"""The log of the workbench: who did what, a line of JSON each."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from ..core.errors import os_error_reason

LOG = "log.jsonl"


class Log:
    """The log in the folder of the workbench."""

    def __init__(self, folder: Path) -> None:
        """Write to the file in ``folder``, which begins with its first line."""
        self._path = folder / LOG

    def add(self, who: str, what: str, document: str = "", version: int = 0) -> None:
        """Add a line.

        A log that cannot be written stops no work: the line is printed, and the pages say it (:meth:`problem`).
        """
        line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "who": who, "what": what}
        line |= {"document": document, "version": str(version)} if document else {}
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            sys.stderr.write(f"{LOG}: {os_error_reason(error)}: {json.dumps(line, ensure_ascii=False)}\n")

    def problem(self) -> str:
        """Return why the log cannot be written now; "" if it can, or has no line yet."""
        try:
            with self._path.open("r+b"):
                return ""
        except FileNotFoundError:
            return ""
        except OSError as error:
            return os_error_reason(error)
