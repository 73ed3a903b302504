"""The jobs of a run: one for each document, each with an output folder of its own."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import UsageError
from ..core.finding import Finding
from ..pipeline import StateFolder, default_state
from .inputs import FoundDocument, documents, set_aside

RESERVED = ("summary.json", "summary.xlsx", "index.html")
"""Names in the output folder that the summary takes."""
SHOWN = 5
"""Other files named in a message at most."""


@dataclass(frozen=True, slots=True)
class Job:
    """One department's document, output folder, formats and layout. Small and plain: it travels to a worker.

    ``name`` is the output folder's path below that of the run, with ``/``; ``last`` is last year's document or ``""``,
    ``initial`` the budget of the year, for final accounts.
    ``out`` is "" for a job that writes no files.
    ``state`` is the state folder of the run, or its URL; "" for the default place.
    A job with a ``problem`` is set aside: nothing is built.
    """

    name: str
    source: str
    out: str
    layout: str
    formats: tuple[str, ...] = ()
    last: str = ""
    force: bool = False
    problem: Finding | None = None
    state: str = ""
    initial: str = ""

    def state_folder(self) -> StateFolder:
        """Return the folder of this machine for the state of the department."""
        return StateFolder(Path(self.state), self.name) if self.state else default_state(Path(self.out))


def find_jobs(
    inputs: Sequence[str], out: Path, layout: str = "", formats: Sequence[str] = (), force: bool = False
) -> list[Job]:
    """Return a job for every document in ``inputs`` (see :func:`~reportgen.bulk.inputs.documents`), by name.

    Raises:
        UsageError: nothing is found, or an input is missing.
    """
    found = list(documents(inputs, out))
    if not found:
        raise UsageError("{inputs} 中没有 JSON 文件", "给出文件夹、通配符或清单文件", inputs="、".join(inputs))
    return [
        Job(
            document.name, str(document.path), _folder(out, document), layout, tuple(formats), "", force,
            document.problem,
        )
        for document in sorted(_with_own_folders(found), key=lambda document: document.name)
    ]  # fmt: skip


def _folder(out: Path, document: FoundDocument) -> str:
    return str(out.joinpath(*document.name.split("/")))


def _with_own_folders(found: Iterable[FoundDocument]) -> list[FoundDocument]:
    """Return the documents, those set aside that would share a folder on some file system or take the summary's place.

    These are named by their paths, so that each still has a name of its own.
    """
    by_folder: defaultdict[str, list[FoundDocument]] = defaultdict(list)
    for document in found:
        by_folder[_folded(document.name)].append(document)
    checked = []
    for folder, documents_there in by_folder.items():
        for document in documents_there:
            others = [str(other.path) for other in documents_there if other is not document]
            if folder in RESERVED:
                others.append(folder)
            checked.append(_sharing(document, others) if others else document)
    return checked


def _sharing(document: FoundDocument, others: Sequence[str]) -> FoundDocument:
    message = "{path} 和 {others} 的输出文件夹都是“{name}”，都没有生成"
    hint = "改一个文件的名称，或分两次生成到两个文件夹"
    listed = "、".join(others[:SHOWN]) + ("…" if len(others) > SHOWN else "")
    problem = set_aside("PL205", message, hint, document.path, others=listed, name=document.name)
    return replace(document, name=str(document.path), problem=document.problem or problem)


def _folded(name: str) -> str:
    """Return a name as a file system without upper and lower case (Windows, macOS) compares it."""
    return unicodedata.normalize("NFC", name).casefold()
