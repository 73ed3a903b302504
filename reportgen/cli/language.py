"""The language a user is told things in: Chinese as the code holds it, or English from ``locale/en.po``.

Messages are templates with named places, so most are looked up as they stand. What was put together in the code
(``f"{name}支出"``) is in the catalogue as a template too, and is taken apart again: 一般公共预算支出 is ``{name}支出``
of 一般公共预算, "general public budget expenditure". Values that are the domain's own words (funds, tables, amounts)
are translated where the catalogue knows all of them. The document's words stay as they are: a place that stands in
quotation marks, in the template or in its translation, is a quotation.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

CODES = ("zh", "en")
VARIABLE = "REPORTGEN_LANG"
CATALOGUE = Path(__file__).parent.parent / "locale" / "en.po"
ENGLISH_MARKS = {"、": ", ", "；": "; "}

_HANZI = re.compile(r"[\u3400-\u9fff]")
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


class Language:
    """One language; ``say`` fills a message, ``text`` only translates it."""

    def __init__(self, code: str = "zh") -> None:
        """Chinese is what the code holds; for another language its catalogue is read when first needed."""
        self.code = code

    def say(self, template: str, values: Mapping[str, str] | None = None) -> str:
        """The message with its named places filled; one that the catalogue lacks stays Chinese as a whole."""
        words = self.text(template)
        if not values:
            return words
        if words == template:
            return template.format(**values)
        quoted = _quoted(template, words)
        return words.format(**{name: one if name in quoted else self.text(one) for name, one in values.items()})

    def text(self, text: str) -> str:
        """A message, a term or an amount in this language, unfilled; what the catalogue lacks stays as it is."""
        if self.code == "zh" or not _is_chinese(text):
            return text
        return _translated(text) or text

    def place(self, printed: str) -> str:
        """A place as a reader names it: perhaps a file's name and a colon before what can be translated."""
        name, colon, where = printed.partition("：")
        while colon and self.text(where) == where and "：" in where:
            more, colon, where = where.partition("：")
            name = "：".join((name, more))
        if self.code == "zh" or not colon:
            return self.text(printed)
        return f"{name}: {self.text(where)}"

    def joined(self, parts: Iterable[str], mark: str) -> str:
        """Parts in a row, with a Chinese mark between them or what English has for it."""
        return (mark if self.code == "zh" else ENGLISH_MARKS[mark]).join(parts)


def asked(arguments: Sequence[str]) -> str:
    """The language that a command line asks for, or else the environment.

    It must be known before the arguments are parsed: the parser itself speaks.

    >>> asked(["check", "--lang", "en", "x.json"]), asked(["--lang=en"]), asked(["--lang"])
    ('en', 'en', 'zh')
    """
    code = os.environ.get(VARIABLE, "")[:2].lower()
    for n, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            code = value if equals else "".join(arguments[n + 1 : n + 2])
    return code if code in CODES else CODES[0]


@cache
def phrases() -> Phrases:
    """The English catalogue, read once."""
    from babel.messages.pofile import read_po  # not before it is needed: most runs are Chinese

    with CATALOGUE.open("rb") as file:
        messages = [(str(one.id), str(one.string)) for one in read_po(file, locale="en") if one.id and one.string]
    templates = [_template(message, words) for message, words in messages if "{" in message]
    templates.sort(key=lambda one: -len(one.pattern.pattern))
    return Phrases(dict(messages), templates)


def _template(message: str, words: str) -> Template:
    parts = list(Formatter().parse(message))
    pattern = "".join(re.escape(before) + ("" if name is None else "(.+?)") for before, name, _, _ in parts)
    places = tuple(name for _, name, _, _ in parts if name is not None)
    return Template(re.compile(pattern, re.DOTALL), places, _quoted(message, words), words)


def _quoted(message: str, words: str) -> frozenset[str]:
    return frozenset(_QUOTATION.findall(message) + _QUOTATION.findall(words))


def _is_chinese(text: str) -> bool:
    return not text.isascii()


def _translated(text: str) -> str:
    """The English of a text, or nothing."""
    return phrases().words.get(text) or _amount(text) or _list(text) or _taken_apart(text)


def _amount(text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    unit = phrases().words.get(found[2]) if found else None
    return f"{found[1]} {unit}" if found and unit else ""


def _list(text: str) -> str:
    """A row of known words: 产出、效益."""
    pieces = [_translated(piece) if _is_chinese(piece) else piece for piece in text.split("、")] if "、" in text else []
    return ", ".join(pieces) if pieces and all(pieces) else ""


def _taken_apart(text: str) -> str:
    """The English of a text that is a filled template; nothing, if some Chinese would be left that is no name."""
    for template in phrases().templates:
        if found := template.pattern.fullmatch(text):
            values = {
                name: piece if name in template.quoted or not _is_chinese(piece) else _translated(piece) or piece
                for name, piece in zip(template.places, found.groups(), strict=True)
            }
            words = _filled(template.words, values)
            if not _HANZI.search(_NAMES.sub("", words)):
                return words
    return ""


def _filled(words: str, values: Mapping[str, Any]) -> str:
    """Like ``str.format`` with values that may be templates themselves."""
    parts = Formatter().parse(words)
    return "".join(before + ("" if name is None else str(values[name])) for before, name, _, _ in parts)
