"""English from ``locale/en.po``: looked up, or taken apart and looked up.

Messages are templates with named places, so most are looked up as they stand. What was put together in the code
(``f"{name}支出"``) is in the catalogue as a template too, and is taken apart again: 一般公共预算支出 is ``{name}支出``
of 一般公共预算, "general public budget expenditure". Values that are the domain's own words (funds, tables, amounts)
are translated where the catalogue knows all of them. The document's words stay as they are: a place that stands in
quotation marks, in the template or in its translation, is a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parent.parent / "locale" / "en.po"
LONGEST = 300
"""Characters: a longer text that is no message is the document's, not put together from terms."""

_HANZI = re.compile(r"[\u3400-\u9fff]")
_OWN = re.compile(r"[\u3400-\u9fff「（]")
"""A template without any of these is only a frame ({label}：{message}); it would take titles with a colon apart."""
_AMOUNT = re.compile(r"(-?[0-9][0-9,.]*)(\D+)")
_QUOTATION = re.compile(r"“\{(\w+)\}")
_NAMES = re.compile(r"“[^”]*”|《[^》]*》|\[[^]]*\]|表[0-9]+")
"""What may stay Chinese in an English text: quotations, titles, named rows, labels of tables."""


class Template(NamedTuple):
    """A message with places: the pattern of its filled form, the names of its places, its translation."""

    pattern: re.Pattern[str]
    places: tuple[str, ...]
    quoted: frozenset[str]
    words: str


class Phrases(NamedTuple):
    """A catalogue: translations by message; the templates among them, those with most words of their own first."""

    words: Mapping[str, str]
    templates: Sequence[Template]


@cache
def phrases() -> Phrases:
    """The English catalogue, read once."""
    with CATALOGUE.open("rb") as file:
        messages = [(str(one.id), str(one.string)) for one in read_po(file, locale="en") if one.id and one.string]
    templates = [_template(message, words) for message, words in messages if "{" in message and _OWN.search(message)]
    templates.sort(key=lambda one: -len(one.pattern.pattern))
    return Phrases(dict(messages), templates)


def _template(message: str, words: str) -> Template:
    parts = list(Formatter().parse(message))
    pattern = "".join(re.escape(before) + ("" if name is None else "(.+?)") for before, name, _, _ in parts)
    places = tuple(name for _, name, _, _ in parts if name is not None)
    return Template(re.compile(pattern, re.DOTALL), places, quoted(message, words), words)


def quoted(message: str, words: str) -> frozenset[str]:
    """The places that stand in quotation marks, in a message or in its translation."""
    return frozenset(_QUOTATION.findall(message) + _QUOTATION.findall(words))


@lru_cache(maxsize=4096)  # also keeps a text like 支出支出支出… from being taken apart in every possible way
def translated(text: str) -> str:
    """The English of a text, or nothing."""
    if len(text) > LONGEST:
        return phrases().words.get(text, "")
    return phrases().words.get(text) or _amount(text) or _list(text) or _taken_apart(text)


def _amount(text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    unit = phrases().words.get(found[2]) if found else None
    return f"{found[1]} {unit}" if found and unit else ""


def _list(text: str) -> str:
    """A row of known words: 产出、效益."""
    pieces = [piece if piece.isascii() else translated(piece) for piece in text.split("、")] if "、" in text else []
    return ", ".join(pieces) if pieces and all(pieces) else ""


def _taken_apart(text: str) -> str:
    """The English of a text that is a filled template; nothing, if some Chinese would be left that is no name."""
    for template in phrases().templates:
        if found := template.pattern.fullmatch(text):
            values = {
                name: piece if name in template.quoted or piece.isascii() else translated(piece) or piece
                for name, piece in zip(template.places, found.groups(), strict=True)
            }
            words = _filled(template.words, values)
            if not _HANZI.search(_NAMES.sub("", words)):
                return words
    return ""


def _filled(words: str, values: Mapping[str, str]) -> str:
    """Like ``str.format`` with values that may be templates themselves."""
    parts = Formatter().parse(words)
    return "".join(before + ("" if name is None else values[name]) for before, name, _, _ in parts)
