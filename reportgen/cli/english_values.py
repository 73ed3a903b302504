"""Values of messages in English: terms, amounts, lists of terms, and labels that the code puts together.

Messages are templates and are looked up as they are (:meth:`.language.Language.gettext`). Their values come filled.
Terms are in the catalogue of messages as well. The one kind of text that must be matched against templates is the
*label*: rules and the reading back of files name what they compare with an f-string (``f"{name}支出"``), and findings
carry the result through the manifest and between processes as plain text. Those templates, about forty, are the
catalogue ``labels``; no message and no hint is matched. 一般公共预算支出 is ``{name}支出`` of 一般公共预算, "general
public budget expenditure". A value in quotation marks, in the template or in its translation, is the document's and
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from string import Formatter
from typing import NamedTuple

from .catalogues import catalogue, catalogue_file

LONGEST = 300
"""Characters: a longer text that is no term is the document's, not put together from terms."""

_HANZI = re.compile(r"[\u3400-\u9fff]")
_AMOUNT = re.compile(r"(-?[0-9][0-9,.]*)(\D+)")
_QUOTATION = re.compile(r"“\{(\w+)\}")
_NAMES = re.compile(r"“[^”]*”|《[^》]*》|\[[^]]*\]|表[0-9]+")
"""What may stay Chinese in an English text: quotations, titles, named rows, labels of tables."""


class LabelTemplate(NamedTuple):
    """The pattern of a label's filled form, the names of its places, those in quotation marks, its translation."""

    pattern: re.Pattern[str]
    names: tuple[str, ...]
    quoted: frozenset[str]
    english: str


@cache
def label_templates() -> Sequence[LabelTemplate]:
    """Return the templates of labels, those with most words of their own first."""
    from babel.messages.pofile import read_po  # gettext can look messages up, but cannot list them

    with catalogue_file("en", "labels").open("rb") as file:
        entries = [(str(entry.id), str(entry.string)) for entry in read_po(file, locale="en") if entry.id]
    return sorted((_template(*entry) for entry in entries), key=lambda template: -len(template.pattern.pattern))


def _template(label: str, english: str) -> LabelTemplate:
    parts = list(Formatter().parse(label))
    pattern = "".join(re.escape(before) + ("" if name is None else "(.+?)") for before, name, _, _ in parts)
    names = tuple(name for _, name, _, _ in parts if name is not None)
    return LabelTemplate(re.compile(pattern, re.DOTALL), names, quoted_names(label, english), english)


def quoted_names(template: str, translated: str) -> frozenset[str]:
    """Return the names of the places that are in quotation marks, in a template or in its translation."""
    return frozenset(_QUOTATION.findall(template) + _QUOTATION.findall(translated))


@lru_cache(maxsize=4096)  # also keeps a text like 支出支出支出… from being taken apart in every possible way
def english_value(text: str) -> str:
    """Return the English of a value, or "" if it is not the domain's own."""
    term = _term(text)
    return term if term or len(text) > LONGEST else _amount(text) or _list(text) or _label(text)


def _term(text: str) -> str:
    translated = catalogue("en", "messages").gettext(text)
    return "" if translated == text else translated


def _amount(text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    unit = _term(found[2]) if found else ""
    return f"{found[1]} {unit}" if found and unit else ""


def _list(text: str) -> str:
    """Return a list of known terms (产出、效益) in English."""
    parts = [part if part.isascii() else english_value(part) for part in text.split("、")] if "、" in text else []
    return ", ".join(parts) if parts and all(parts) else ""


def _label(text: str) -> str:
    """Return a label in English, or "" if Chinese that is no name would be left in it."""
    for template in label_templates():
        if found := template.pattern.fullmatch(text):
            values = {
                name: part if name in template.quoted or part.isascii() else english_value(part) or part
                for name, part in zip(template.names, found.groups(), strict=True)
            }
            english = template.english.format(**values)
            if not _HANZI.search(_NAMES.sub("", english)):
                return english
    return ""
