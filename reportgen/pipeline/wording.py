"""The texts of a document that people write: reasons, uses, duties, terms, chapters, and what each becomes in print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..budget.json_edit import with_text
from ..budget.json_input import parse_json
from ..budget.load import read_budget
from ..core.errors import UsageError
from ..core.finding import Finding, Place
from ..tree.locations import TableCells, located_blocks, note_place
from ..tree.nodes import Paragraph, Run, Table, Text, plain
from .report import Prepared

_WRITTEN = re.compile(
    r"/(?!accepted/|overrides/)(?:[^/]+/)*(?:reason|use|[a-z_]+_use|goal|basis|content|mechanism)"
    r"|/department/duties/\d+|/evaluation/systems/\d+|/glossary/\d+/text|/sections/[^/]+/\d+"
)
"""The pointers of texts that are written for this document; names, codes and indicators are data."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that was written for the document, by its JSON pointer.

    ``printed`` is the first place that has it, a paragraph or a cell, ``sentence`` that paragraph as it prints and
    others that have it, a line each; both are "" for a text that is missing, and ``asked`` is the finding that asks
    for it.
    """

    pointer: str
    text: str
    printed: str = ""
    sentence: str = ""
    asked: Finding | None = None


def wordings(payload: bytes, prepared: Prepared, findings: Iterable[Finding] = ()) -> tuple[Wording, ...]:
    """Return the written texts in the order in which they print, before them those that ``findings`` miss.

    ``payload`` is the JSON from which the document was ``prepared``.
    """
    data = parse_json(payload)
    found: dict[str, Wording] = {}
    for one in _printed(prepared):
        before = found.get(one.pointer)
        if before is None:
            found[one.pointer] = replace(one, text=_value(data, one.pointer))
        elif one.sentence not in before.sentence.split("\n"):
            found[one.pointer] = replace(before, sentence=f"{before.sentence}\n{one.sentence}")
    missing = ((asked_pointer(place), finding) for finding in findings for place in finding.where)
    wanted = {
        pointer: Wording(pointer, "", asked=finding) for pointer, finding in missing if pointer and pointer not in found
    }
    return (*wanted.values(), *found.values())


def asked_pointer(place: Place) -> str:
    """Return the pointer of the text that a place of a finding names, or that would stand there; "" if it is none."""
    return next((pointer for pointer in (place.pointer, *place.parts) if is_wording(pointer)), "")


def is_wording(pointer: str) -> bool:
    """Return whether a text at this JSON pointer may be written.

    >>> is_wording("/totals/revenue/reason"), is_wording("/department/name")
    (True, False)
    """
    return _WRITTEN.fullmatch(pointer) is not None


def with_wording(payload: bytes, pointer: str, text: str) -> bytes:
    """Return the JSON of a document with another text at ``pointer``.

    Raises:
        UsageError: no text is written there.
        InputError: the text breaks the contract.
    """
    if not is_wording(pointer):
        raise UsageError("“{pointer}”不是可以改的文字", "在“文字”一页里改", pointer=pointer[:80])
    try:
        new = with_text(payload, pointer, text)
    except KeyError:
        if not text:  # an item of a list: without it the next one would have its pointer
            hint = "写上文字再存；要删去这一段，在导出的填报表里删去它，再上传"
            raise UsageError("这一段不能清空", hint) from None
        raise UsageError("文件里没有“{pointer}”", "重新打开“文字”一页", pointer=pointer[:80]) from None
    read_budget(parse_json(new))
    return new


def _value(data: Any, pointer: str) -> str:
    """The string at a JSON pointer, as it is in the file."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        data = data[int(name)] if isinstance(data, list) else data[name]
    return str(data)


def _printed(prepared: Prepared) -> Iterator[Wording]:
    for located in located_blocks(prepared.document):
        block = located.block
        if isinstance(block, Paragraph):
            yield from _of_runs(block.runs, located.place)
        elif isinstance(block, Table):
            cells = TableCells(block)
            for row, column, cell in cells.origins():
                yield from _of_runs(cell.runs, cells.place(row, column))
            for note in block.notes:
                yield from _of_runs(note.runs, note_place(block))


def _of_runs(runs: tuple[Run, ...], place: str) -> Iterator[Wording]:
    for run in runs:
        if isinstance(run, Text) and is_wording(run.source):
            yield Wording(run.source, run.text, place, plain(runs))
