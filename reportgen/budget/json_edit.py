"""One member of a canonical document replaced in its text; every other character stays as it stands.

So the spelling of numbers, the order of keys, indentation and line ends of whoever wrote the file are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import JSONDecoder
from typing import Any, NamedTuple

_SPACE = re.compile(r"[ \t\n\r]*")
_BOM = "\ufeff"


class _Member(NamedTuple):
    """A member of the outermost object: its name, and where name and value begin and the value ends."""

    name: str
    start: int
    value: int
    end: int


def with_member(payload: bytes, name: str, value: Any) -> bytes:
    """The document with the member ``name`` set to ``value``, or without it if that is empty.

    ``payload`` is a JSON object in UTF-8 that :func:`.door.parse` has taken.
    """
    text = payload.decode("utf-8")
    members = list(_members(text))
    own = next((n for n, member in enumerate(members) if member.name == name), None)
    if own is not None:
        text = _replaced(text, members, own, value) if value else _without(text, members, own)
    elif value:
        text = _appended(text, members, name, value)
    return text.encode("utf-8")


def _members(text: str) -> Iterator[_Member]:
    """The members of the object, one after the other."""
    decoder = JSONDecoder()
    at = _after_space(text, _after_space(text, len(_BOM) if text.startswith(_BOM) else 0) + 1)
    while text[at] != "}":
        start = at
        name, at = decoder.raw_decode(text, at)
        value = _after_space(text, _after_space(text, at) + 1)
        _, at = decoder.raw_decode(text, value)
        yield _Member(name, start, value, at)
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _replaced(text: str, members: list[_Member], own: int, value: Any) -> str:
    member = members[own]
    return text[: member.value] + _written(text, members, value) + text[member.end :]


def _without(text: str, members: list[_Member], own: int) -> str:
    """Cut with the comma before it, or if it is the first with the one behind."""
    if own:
        return text[: members[own - 1].end] + text[members[own].end :]
    if len(members) > 1:
        return text[: members[0].start] + text[members[1].start :]
    return text[: members[0].start] + text[members[0].end :]


def _appended(text: str, members: list[_Member], name: str, value: Any) -> str:
    last = members[-1]
    lead = _lead(text, last)
    between = lead if len(members) > 1 or "\n" in lead else " "
    after_colon = text[last.start : last.value].rpartition(":")[2]
    added = f",{between}{json.dumps(name)}:{after_colon}{_written(text, members, value)}"
    return text[: last.end] + added + text[last.end :]


def _lead(text: str, member: _Member) -> str:
    """The white space before a member."""
    before = text[: member.start]
    return before[len(before.rstrip(" \t\r\n")) :]


def _written(text: str, members: list[_Member], value: Any) -> str:
    """The value as JSON in the file's own manner: its indentation and line ends, or all on one line."""
    lead = _lead(text, members[-1])
    if "\n" not in lead:
        return json.dumps(value, ensure_ascii=False)
    margin = lead.rpartition("\n")[2]
    lines = json.dumps(value, ensure_ascii=False, indent=margin or None).split("\n")
    return ("\r\n" if "\r\n" in lead else "\n").join([lines[0], *(margin + line for line in lines[1:])])
