"""The jobs of a run: one for each document, each with an output folder of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import UsageError
from .inputs import FoundDocument, documents

RESERVED = ("summary.json", "summary.xlsx", "index.html")
"""Names in the output folder that the summary takes."""


@dataclass(frozen=True, slots=True)
class Job:
    """One department's document, output folder, formats and layout. Small and plain: it travels to a worker.

    ``name`` is the output folder's path below that of the run, with ``/``; ``last`` is last year's document or ``""``.
    """

    name: str
    source: str
    out: str
    layout: str
    formats: tuple[str, ...] = ()
    last: str = ""
    force: bool = False


def find_jobs(
    inputs: Sequence[str], out: Path, layout: str, formats: Sequence[str] = (), force: bool = False
) -> list[Job]:
    """Return a job for every document in ``inputs`` (see :func:`~reportgen.bulk.inputs.documents`), by name.

    Raises:
        UsageError: nothing is found, an input is missing, or two documents would share an output folder.
    """
    found = sorted(documents(inputs, out), key=lambda document: document.name)
    if not found:
        raise UsageError("{inputs} 中没有 JSON 文件", "给出文件夹、通配符或清单文件", inputs="、".join(inputs))
    _check_folders_differ(found)
    return [
        Job(document.name, str(document.path), _folder(out, document), layout, tuple(formats), "", force)
        for document in found
    ]


def _folder(out: Path, document: FoundDocument) -> str:
    return str(out.joinpath(*document.name.split("/")))


def _check_folders_differ(found: Iterable[FoundDocument]) -> None:
    """Raise if two documents would share a folder on some file system, or one would take the summary's place."""
    seen = {_folded(name): FoundDocument(name, Path(name)) for name in RESERVED}
    for document in found:
        other = seen.setdefault(_folded(document.name), document)
        if other is not document:
            hint = "改一个文件的名称，或分两次生成到两个文件夹"
            message = "{one} 和 {other} 的输出文件夹都是“{name}”"
            name, path = document.name, str(document.path)
            raise UsageError(message, hint, one=str(other.path), other=path, name=name)


def _folded(name: str) -> str:
    """Return a name as a file system without upper and lower case (Windows, macOS) compares it."""
    return unicodedata.normalize("NFC", name).casefold()
