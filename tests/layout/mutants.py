"""Layouts that are wrong at random: the files of the shipped layout with one or more changes, by seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from reportgen.core.paths import shipped
from reportgen.layout.load import CITY

Files = dict[str, bytes]
"""The files of a layout by their names."""

VALUES = [
    "2023-02-30",
    "!!int abc",
    "!!float x",
    "!!bool 甲",
    "!!binary 甲",
    "!!python/object:os.system {}",
    "!!timestamp 1",
    "[]",
    "{}",
    "[[[]]]",
    "~",
    "true",
    "-1",
    "0",
    "99999999999999999999",
    "1e400",
    ".nan",
    ".inf",
    "1.5",
    '""',
    '" "',
    '"\\x01"',
    '"\\ue0000\\ue001"',
    "“”",
    "grandtotal",
    "亿元",
    "biggest",
    "expediture.rows",
    "revenue",
    "department.duties",
    "'{n.__class__}'",
    "'{'",
    "'{n:99999999999}'",
    "'{{ x'",
    "'{{ year }}'",
    "'{% for a in b %}'",
    "../../x",
    "/etc/passwd",
    "&a [*a]",
    "*none",
    "<<",
    "- 甲",
    "0o777",
    "1:30",
    "\t",
    "'" + "长" * 5000 + "'",
    "[" * 200 + "]" * 200,
]
"""Values that are put in place of another."""
SNIPPETS = [
    "{% for a in range(10**9) %}x{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ '{'.format() }}",
    "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ 'x' * 10**10 }}",
    "{{ lipsum(99999) }}",
    "{{ 'x' | center(999999999) }}",
    "{% set ns = namespace(x='x') %}{% for a in expenditure.rows %}{% for b in expenditure.rows %}"
    "{% set ns.x = ns.x ~ ns.x %}{% endfor %}{% endfor %}",
    "{% include 'overview.j2' %}",
    "{% include 'none.j2' %}",
    "{% for a in expenditure.rows %}{% for b in expenditure.rows %}{% for c in expenditure.rows %}"
    "{% for d in expenditure.rows %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    "{{ revenue.totl }}",
    "{{ reveneu.total }}",
    "{{ year.__class__ }}",
    "{{ '%999999999d' % 1 }}",
    "{{ 1 / 0 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ [1] * 999999999 }}",
    "{{ '\ue0000\ue001' }}",
    "{% set x %}{{ department.name }}{% endset %}{{ x }}",
    "# 甲\n# @ 乙\n- \n@ \n",
    "{{ year | nope }}",
    "{{ '甲' is nope }}",
    "{% extends 'overview.j2' %}",
    "{% import 'none.j2' as x %}",
    "{{ loop }}",
    "{{ self }}",
    "{{ namespace }}",
    "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
    "{% if 1 %}" * 60 + "{% endif %}" * 60,
    "{{ dict() }}",
    "{% raw %}",
    "{# ",
    "{% for x in expenditure.rows recursive %}{{ loop(expenditure.rows) }}{% endfor %}",
    "{{ year() }}",
    "{{ year[0] }}",
    "{{ expenditure.rows | list | list }}",
    "{{ expenditure.rows | first }}",
    "{{ [] | first }}",
    "{{ caller() }}",
    "12万元",
    "\x00",
    "{{ -year }}",
    "{{ year < 'a' }}",
    "{{ revenue.sources | listing('none') }}",
    "{{ 3 | listing('name') }}",
    "{{ none | decided }}",
    "{% set a = [1] %}{{ a + a }}",
    "{{ expenditure.rows[99999] }}",
    "{{ expenditure.rows['x'] }}",
    "{{ {'a': 1}.a }}",
]
"""What is put into a template."""


def base() -> Files:
    """Return the files of the shipped layout and of the one that it extends, as one layout."""
    files: Files = {}
    for name in ("gongwen", "zhejiang"):
        folder = shipped("layouts") / name
        for path in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.j2"))):
            if CITY not in path.relative_to(folder).parts:
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
    files["layout.yaml"] = files["layout.yaml"].replace(b"extends: gongwen\n", b"")
    return files


def mutant(seed: int) -> Files:
    """Return the layout with the changes of one seed."""
    draw = random.Random(seed)
    files = base()
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        name = draw.choice(sorted(files))
        if draw.random() < 0.1:
            files[name] = draw.choice(BYTE_CHANGES)(files[name], draw)
        else:
            change = draw.choice(TEMPLATE_CHANGES if name.endswith(".j2") else YAML_CHANGES)
            files[name] = change(files[name].decode("utf-8", "surrogateescape"), draw).encode(
                "utf-8", "surrogateescape"
            )
    return files


def write(files: Files, folder: Path) -> Path:
    """Write a layout, and return its folder."""
    for name, payload in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(payload)
    return folder


def _value(text: str, draw: random.Random) -> str:
    """Another value after one of the colons."""
    found = list(re.finditer(r": ?([^\s{\[][^,}\n]*|\{\}|\[[^\]\n]*\])", text)) or [re.match("", text)]
    at = draw.choice(found)
    return f"{text[: at.start()]}: {draw.choice(VALUES)}{text[at.end() :]}" if at else text


def _key(text: str, draw: random.Random) -> str:
    """A name misspelt or written twice."""
    found = [one for one in re.finditer(r"[a-z_]{3,}(?=: )", text)]
    if not found:
        return text + "\nabc: 1\n"
    at = draw.choice(found)
    new = draw.choice((at[0][:-1], at[0] + "s", at[0].upper(), draw.choice(found)[0], "name", "place", "__class__"))
    return text[: at.start()] + new + text[at.end() :]


def _line(text: str, draw: random.Random) -> str:
    """A line gone, doubled, or with other spaces before it."""
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    lines[at : at + 1] = draw.choice(([], [lines[at]] * 2, ["  " + lines[at]], [lines[at].strip()]))
    return "\n".join(lines)


def _character(text: str, draw: random.Random) -> str:
    """A character gone or put in."""
    at = draw.randrange(len(text) + 1)
    return (
        text[:at]
        + draw.choice(("", "{", "}", "[", "]", ":", "*", "&", "%", "'", '"', "#", "@", "|", "\n", "甲", "\x00", "7"))
        + text[at + draw.randrange(2) :]
    )


def _snippet(text: str, draw: random.Random) -> str:
    """A line of a template put in."""
    lines = text.split("\n")
    lines.insert(draw.randrange(len(lines) + 1), draw.choice(SNIPPETS))
    return "\n".join(lines)


def _name(text: str, draw: random.Random) -> str:
    """A dotted name with a letter less, or another word."""
    found = list(re.finditer(r"[a-z_]{3,}", text))
    if not found:
        return text
    at = draw.choice(found)
    return text[: at.start()] + draw.choice((at[0][:-1], draw.choice(found)[0], "none", "loop")) + text[at.end() :]


def _gbk(payload: bytes, draw: random.Random) -> bytes:
    return payload.decode("utf-8", "ignore").encode("gbk", "ignore")


def _cut(payload: bytes, draw: random.Random) -> bytes:
    return payload[: draw.randrange(len(payload) + 1)]


def _noise(payload: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(payload) + 1)
    return payload[:at] + draw.randbytes(3) + payload[at:]


Change = Callable[[str, random.Random], str]
YAML_CHANGES: list[Change] = [_value, _value, _value, _value, _key, _key, _line, _character]
TEMPLATE_CHANGES: list[Change] = [_snippet, _snippet, _name, _line, _character]
BYTE_CHANGES: list[Callable[[bytes, random.Random], bytes]] = [_gbk, _cut, _noise]
