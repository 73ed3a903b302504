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
from ..core.finding import Finding
from ..tree.locations import located_blocks
from ..tree.nodes import Paragraph, Text, plain
from .report import Prepared

_WRITTEN = re.compile(
    r"/(totals/[a-z_]+/reason|expenditure/\d+/use|projects/\d+/(use|basis|content)|department/duties/\d+|reception_use"
    r"|glossary/\d+/text|sections/[^/]+/\d+)"
)
"""The pointers of texts that are written for this document; names and codes are data."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that was written for the document, by its JSON pointer.

    ``printed`` is the place of the paragraph that has it, ``sentence`` that paragraph as it prints; both are "" for a
    text that is missing, and ``asked`` is the finding that asks for it.
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
    found = {one.pointer: replace(one, text=_value(data, one.pointer)) for one in _printed(prepared)}
    missing = ((place.pointer, finding) for finding in findings for place in finding.where)
    wanted = {
        pointer: Wording(pointer, "", asked=finding)
        for pointer, finding in missing
        if is_wording(pointer) and pointer not in found
    }
    return (*wanted.values(), *found.values())


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
            for run in block.runs:
                if isinstance(run, Text) and is_wording(run.source):
                    yield Wording(run.source, run.text, located.place, plain(block.runs))
