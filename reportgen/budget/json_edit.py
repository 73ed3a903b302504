"""Replace one top-level member of a canonical document in its text; every other character stays as it is.

The spelling of numbers, the order of keys, the indentation and the line ends of the file are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import JSONDecoder
from typing import Any, NamedTuple

_SPACE = re.compile(r"[ \t\n\r]*")
_BOM = "\ufeff"


class Member(NamedTuple):
    """A member of an object: its name, the offsets of name and value, and the end of the value."""

    name: str
    start: int
    value: int
    end: int


def with_member(payload: bytes, name: str, value: Any) -> bytes:
    """Return the document with the member ``name`` set to ``value``, or without it if ``value`` is empty.

    ``payload`` is a JSON object in UTF-8 that :func:`.json_input.parse_json` accepts.
    """
    text = payload.decode("utf-8")
    members = list(object_members(text))
    own = next((n for n, member in enumerate(members) if member.name == name), None)
    if own is not None:
        text = _replaced(text, members, own, value) if value else _without(text, members, own)
    elif value:
        text = _appended(text, members, name, value)
    return text.encode("utf-8")


def with_text(payload: bytes, pointer: str, text: str) -> bytes:
    """Return the document with the string at ``pointer`` set to ``text``, or without that member if it is empty.

    Objects on the way that are missing are added; every other character stays. ``payload`` is as for
    :func:`with_member`.

    Raises:
        KeyError: a list on the way has no such item, something on the way is no object or list, or an item of a list
            would be removed.
    """
    written = payload.decode("utf-8")
    *way, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    at = _after_space(written, len(_BOM) if written.startswith(_BOM) else 0)
    for n, part in enumerate(way):
        inner = _inner(written, at, part)
        if inner is None:
            value: Any = text
            for name in (last, *reversed(way[n + 1 :])):
                value = {name: value}
            return (_with_inner(written, at, part, value) if text else written).encode("utf-8")
        at = inner
    return _with_inner(written, at, last, text).encode("utf-8")


def _inner(text: str, at: int, part: str) -> int | None:
    """The offset of a member or an item of the value at the offset ``at``; None if an object lacks it."""
    if text[at] == "{":
        return next((member.value for member in object_members(text, at) if member.name == part), None)
    if text[at] == "[" and part.isascii() and part.isdigit():
        items = list(list_items(text, at))
        if int(part) < len(items):
            return items[int(part)]
    raise KeyError(part)


def _with_inner(text: str, at: int, part: str, value: Any) -> str:
    """The text with a member or an item of the value at the offset ``at`` set, or a member removed."""
    if text[at] != "{":
        place = _inner(text, at, part)
        if place is None or not value:
            raise KeyError(part)
        _, end = JSONDecoder().raw_decode(text, place)
        return text[:place] + json.dumps(value, ensure_ascii=False) + text[end:]
    members = list(object_members(text, at))
    own = next((n for n, member in enumerate(members) if member.name == part), None)
    if own is not None:
        return _replaced(text, members, own, value) if value else _without(text, members, own)
    if members:
        return _appended(text, members, part, value) if value else text
    return text[: at + 1] + json.dumps({part: value}, ensure_ascii=False)[1:-1] + text[at + 1 :] if value else text


def object_members(text: str, at: int | None = None) -> Iterator[Member]:
    """Yield the members of the object at the offset ``at``, or else of the top-level object, in order."""
    decoder = JSONDecoder()
    start = (len(_BOM) if text.startswith(_BOM) else 0) if at is None else at
    at = _after_space(text, _after_space(text, start) + 1)
    while text[at] != "}":
        start = at
        name, at = decoder.raw_decode(text, at)
        value = _after_space(text, _after_space(text, at) + 1)
        _, at = decoder.raw_decode(text, value)
        yield Member(name, start, value, at)
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)


def list_items(text: str, at: int) -> Iterator[int]:
    """Yield the offset of each item of the list at the offset ``at``."""
    decoder = JSONDecoder()
    at = _after_space(text, at + 1)
    while text[at] != "]":
        yield at
        _, at = decoder.raw_decode(text, at)
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _replaced(text: str, members: list[Member], own: int, value: Any) -> str:
    member = members[own]
    return text[: member.value] + _json_like(text, members, value) + text[member.end :]


def _without(text: str, members: list[Member], own: int) -> str:
    """Remove a member with the comma before it, or the first one with the comma after it."""
    if own:
        return text[: members[own - 1].end] + text[members[own].end :]
    if len(members) > 1:
        return text[: members[0].start] + text[members[1].start :]
    return text[: members[0].start] + text[members[0].end :]


def _appended(text: str, members: list[Member], name: str, value: Any) -> str:
    last = members[-1]
    space = white_space_before(text, last)
    between = space if len(members) > 1 or "\n" in space else " "
    after_colon = text[last.start : last.value].rpartition(":")[2]
    added = f",{between}{json.dumps(name)}:{after_colon}{_json_like(text, members, value)}"
    return text[: last.end] + added + text[last.end :]


def white_space_before(text: str, member: Member) -> str:
    """Return the white space before a member."""
    before = text[: member.start]
    return before[len(before.rstrip(" \t\r\n")) :]


def _json_like(text: str, members: list[Member], value: Any) -> str:
    """Return the value as JSON with the indentation and line ends of the file, or on one line as the file is."""
    space = white_space_before(text, members[-1])
    if "\n" not in space:
        return json.dumps(value, ensure_ascii=False)
    margin = space.rpartition("\n")[2]
    lines = json.dumps(value, ensure_ascii=False, indent=margin or None).split("\n")
    return ("\r\n" if "\r\n" in space else "\n").join([lines[0], *(margin + line for line in lines[1:])])
