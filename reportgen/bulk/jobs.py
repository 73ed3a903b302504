"""What is to be done: one job a document, each with an output folder of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import UsageError
from .inputs import Found, documents

TAKEN = ("summary.json", "summary.xlsx", "index.html")
"""Names in the output folder that the summary needs."""


@dataclass(frozen=True, slots=True)
class Job:
    """One department's document, where its files go and how they are wanted. Small and plain: it travels to a worker.

    ``name`` is the output folder's path below that of the run, with ``/``; ``last`` is last year's document or ``""``.
    """

    name: str
    source: str
    out: str
    layout: str
    wanted: tuple[str, ...] = ()
    last: str = ""
    force: bool = False


def find_jobs(
    inputs: Sequence[str], out: Path, layout: str, wanted: Sequence[str] = (), force: bool = False
) -> list[Job]:
    """A job for every document that ``inputs`` name (see :func:`~reportgen.bulk.inputs.documents`), by name.

    Raises:
        UsageError: nothing is found, an input is missing, or two documents would share an output folder.
    """
    found = sorted(documents(inputs, out), key=lambda one: one.name)
    if not found:
        raise UsageError("{inputs} 中没有 JSON 文件", "给出文件夹、通配符或清单文件", inputs="、".join(inputs))
    _check_apart(found)
    return [
        Job(one.name, str(one.path), str(out.joinpath(*one.name.split("/"))), layout, tuple(wanted), "", force)
        for one in found
    ]


def _check_apart(found: Iterable[Found]) -> None:
    """No two documents may share a folder, on no file system, and none may take the summary's place."""
    seen: dict[str, Found] = {_folded(name): Found(name, Path(name)) for name in TAKEN}
    for one in found:
        other = seen.setdefault(_folded(one.name), one)
        if other is one:
            continue
        hint = "改一个文件的名称，或分两次生成到两个文件夹"
        message = "{one} 和 {other} 的输出文件夹都是“{name}”"
        raise UsageError(message, hint, one=str(other.path), other=str(one.path), name=one.name)


def _folded(name: str) -> str:
    """A name as a file system sees it that knows no capitals (Windows, macOS)."""
    return unicodedata.normalize("NFC", name).casefold()
