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
from ..tree.nodes import Document, Paragraph, Run, Table, Text, heading_of, plain
from .blank_texts import with_every_text
from .report import Prepared
from .source import LoadedBudget

_WRITTEN = re.compile(
    r"/(?!accepted/|overrides/)(?:[^/]+/)*(?:reason|use|[a-z_]+_use|goal|basis|content|mechanism)"
    r"|/department/duties/\d+|/evaluation/systems/\d+|/glossary/\d+/text|/sections/[^/]+/\d+"
)
"""The pointers of texts that are written for this document; names, codes and indicators are data."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that is written for the document, or may be, by its JSON pointer; "" where it is not written yet.

    ``headings`` are the headings of the document above the place where it prints, ``printed`` is that place, a
    paragraph or a cell, ``sentence`` that paragraph as it prints and others that have the text, a line each. All are
    empty for a text that this layout prints nowhere. ``is_edited``: its paragraph was edited by hand in Word and prints
    as it was edited, so that there is no ``sentence``. ``asked`` is the finding that speaks of the text, if any.
    """

    pointer: str
    text: str
    headings: tuple[str, ...] = ()
    printed: str = ""
    sentence: str = ""
    is_edited: bool = False
    asked: Finding | None = None


def wordings(source: LoadedBudget, prepared: Prepared, findings: Iterable[Finding] = ()) -> tuple[Wording, ...]:
    """Return the texts in the order in which they print, written or not; after them what ``findings`` speak of besides.

    A text that is not written has its place and its sentence with ``BLANK`` where it goes. ``prepared`` was made from
    ``source``.
    """
    data = parse_json(source.payload)
    asked: dict[str, Finding] = {}
    for finding in findings:
        for place in finding.where:
            asked.setdefault(asked_pointer(place), finding)
    asked.pop("", None)
    printed = {one.pointer: one for one in _joined(prepared.document)}
    amended, generated = with_every_text(source, prepared, is_wording)
    places = {one.pointer: one for one in _joined(generated)}
    edited = places.keys() - {one.pointer for one in _joined(amended)}
    return tuple(
        replace(
            places.get(pointer) or printed.get(pointer) or Wording(pointer, ""),
            text=_value(data, pointer),
            sentence=_sentence(printed.get(pointer, places.get(pointer)) if pointer not in edited else None),
            is_edited=pointer in edited,
            asked=asked.get(pointer),
        )
        for pointer in dict.fromkeys((*places, *printed, *asked))
    )


def _sentence(place: Wording | None) -> str:
    return place.sentence if place else ""


def written_texts(payload: bytes, pointers: Iterable[str]) -> dict[str, str]:
    """Return the texts at JSON pointers of a document, without blanks around them; "" where nothing is written."""
    data = parse_json(payload)
    return {pointer: _value(data, pointer).strip() for pointer in pointers}


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
    if "\n" in text:
        hint = "删去换行，或改成分号"
        if pointer[-1].isdecimal():
            hint = "删去换行；要另起一段的，在导出的填报表里加一行，再上传"
        raise UsageError("第 {n} 字后面有换行；这里只能写一段", hint, n=str(text.index("\n")))
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
    """The string at a JSON pointer, as it is in the file; "" where there is none."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(data, list):
            data = data[int(name)] if name.isascii() and name.isdigit() and int(name) < len(data) else None
        else:
            data = data.get(name) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""


def _joined(document: Document) -> Iterable[Wording]:
    """The texts of a document by their first places, each with all its sentences."""
    found: dict[str, Wording] = {}
    for one in _printed(document):
        before = found.setdefault(one.pointer, one)
        if one.sentence not in before.sentence.split("\n"):
            found[one.pointer] = replace(before, sentence=f"{before.sentence}\n{one.sentence}")
    return found.values()


def _printed(document: Document) -> Iterator[Wording]:
    headings: dict[int, str] = {}
    for located in located_blocks(document):
        block = located.block
        if heading := heading_of(block):
            headings = {level: text for level, text in headings.items() if level < heading.level}
            headings[heading.level] = plain(heading.runs)
        above = tuple(headings.values())
        if isinstance(block, Paragraph):
            yield from _of_runs(block.runs, located.place, above)
        elif isinstance(block, Table):
            cells = TableCells(block)
            for row, column, cell in cells.origins():
                yield from _of_runs(cell.runs, cells.place(row, column), above)
            for note in block.notes:
                yield from _of_runs(note.runs, note_place(block), above)


def _of_runs(runs: tuple[Run, ...], place: str, headings: tuple[str, ...]) -> Iterator[Wording]:
    for run in runs:
        if isinstance(run, Text) and is_wording(run.source):
            yield Wording(run.source, run.text, headings, place, plain(runs))
