"""One run of the command line in this process: its exit code and its output, as data."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from reportgen.cli import main
from reportgen.layout.load import load_layout
from reportgen.pipeline import loaded_layout


@dataclass(frozen=True)
class Message:
    """A message with its pointers and its hint; ``code`` is empty for what stopped the run."""

    code: str
    message: str
    pointers: tuple[str, ...]
    printed: tuple[str, ...]
    hint: str


@dataclass(frozen=True)
class CommandResult:
    """How a run ended."""

    exit_code: int
    messages: tuple[Message, ...]
    out: str
    err: str

    def has(self, words: str, pointer: str) -> bool:
        """Whether some message has the words, at the pointer if one is wanted."""
        at = [one for one in self.messages if not pointer or pointer in one.pointers]
        return any(words in one.message + one.hint for one in at)


def run_json(*arguments: str) -> CommandResult:
    """Run ``reportgen`` with ``--json``."""
    exit_code, out, err = run(*arguments, "--json")
    data = json.loads(out) if out else {}
    said = [_message(finding) for finding in data.get("findings", ())]
    if "error" in data:
        said.append(Message("", data["error"], (), (), data["hint"]))
    return CommandResult(exit_code, tuple(said), out, err)


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of ``reportgen`` with these arguments."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            exit_code = main(list(arguments))
        except SystemExit as stop:  # argparse
            exit_code = int(str(stop.code))
    return exit_code, out.getvalue(), err.getvalue()


def _message(finding: dict[str, Any]) -> Message:
    where = finding["where"]
    pointers, printed = (tuple(one[key] for one in where) for key in ("pointer", "printed"))
    return Message(finding["code"], finding["message"], pointers, printed, finding["hint"])


@contextlib.contextmanager
def one_layout_reading() -> Iterator[None]:
    """Layouts are read once, for runs by the thousand; what is read is the same."""
    with mock.patch.object(loaded_layout, "load_layout", cache(load_layout)):
        yield


def written(folder: Path, payload: bytes, name: str = "预算.json") -> str:
    """The path of a new file of these bytes."""
    path = folder / name
    path.write_bytes(payload)
    return str(path)
