"""Rewrite a document of version 1 as version 2 in its text: what does not change keeps every character.

``comparison`` and ``reasons`` become ``totals``; the figures in overrides get the present names of their facts. The
spelling of numbers, the order of keys, the indentation and the line ends of the file are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from .json_edit import Member, list_items, object_members, white_space_before
from .json_input import parse_json
from .load import read_budget
from .model import SCHEMA
from .terms import KINDS
from .version_1 import SCHEMA_1, renamed_fact

Edit = tuple[int, int, str]
"""A piece of the text, from and to which offset, and what takes its place."""


def upgraded(payload: bytes) -> bytes:
    """Return a document as version 2; one that is version 2 already comes back as it is.

    Raises:
        InputError: the document breaks the contract of its version.
    """
    if read_budget(parse_json(payload)).schema != SCHEMA_1:
        return payload
    text = payload.decode("utf-8")
    edits = list(_edits(text, list(object_members(text))))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text.encode("utf-8")


def _edits(text: str, top: list[Member]) -> Iterator[Edit]:
    by_name = {member.name: member for member in top}
    schema = by_name["schema"]
    yield schema.value, schema.end, json.dumps(SCHEMA)
    old = [by_name[name] for name in ("comparison", "reasons") if name in by_name]
    totals = _totals(text, by_name)
    kept = old[0] if old and totals else None
    if kept is not None:
        colon = text[kept.start : kept.value].rpartition(":")[2]
        yield kept.start, kept.end, f'"totals":{colon}{_object(text, top, totals)}'
    for n, member in enumerate(top):
        if member in old and member is not kept:
            start, end = (top[n - 1].end, member.end) if n else (member.start, top[1].start)
            yield start, end, ""
    if "overrides" in by_name:
        yield from _figures(text, by_name["overrides"])


def _totals(text: str, by_name: dict[str, Member]) -> dict[str, str]:
    """Return the JSON of each total, by its key, in the order in which the file mentions them."""
    last: dict[str, dict[str, str]] = {}
    reasons: dict[str, str] = {}
    for kind, part in _members_of(text, by_name.get("comparison")):
        for key, amount in _members_of(text, part):
            last.setdefault(key, {})[kind] = text[amount.value : amount.end]
    for key, reason in _members_of(text, by_name.get("reasons")):
        reasons[key] = text[reason.value : reason.end]
    return {key: _total(last.get(key, {}), reasons.get(key)) for key in dict.fromkeys([*last, *reasons])}


def _members_of(text: str, member: Member | None) -> Iterator[tuple[str, Member]]:
    for inner in object_members(text, member.value) if member is not None else ():
        yield inner.name, inner


def _total(last: dict[str, str], reason: str | None) -> str:
    parts = []
    if last:
        figures = ", ".join(f'"{kind}": {last[kind]}' for kind in KINDS if kind in last)
        parts.append(f'"last": {{{figures}}}')
    if reason is not None:
        parts.append(f'"reason": {reason}')
    return "{" + ", ".join(parts) + "}"


def _object(text: str, top: list[Member], values: dict[str, str]) -> str:
    """Return an object of JSON values with the indentation of the file, a member to a line, or on one line as it is."""
    lines = [f'"{key}": {value}' for key, value in values.items()]
    space = white_space_before(text, top[0])
    if "\n" not in space:
        return "{" + ", ".join(lines) + "}"
    end = "\r\n" if "\r\n" in space else "\n"
    margin = space.rpartition("\n")[2]
    return "{" + ",".join(f"{end}{margin * 2}{line}" for line in lines) + f"{end}{margin}}}"


def _figures(text: str, overrides: Member) -> Iterator[Edit]:
    """Yield the renamed facts of the figures in the overrides."""
    for override in list_items(text, overrides.value):
        for name, runs in ((one.name, one) for one in object_members(text, override)):
            for run in list_items(text, runs.value) if name == "runs" else ():
                for member in object_members(text, run) if text[run] == "{" else ():
                    fact = json.loads(text[member.value : member.end]) if member.name == "figure" else ""
                    if renamed_fact(fact) != fact:
                        yield member.value, member.end, json.dumps(renamed_fact(fact), ensure_ascii=False)
