"""The language of messages: Chinese as the code holds it, or English from a catalogue."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

CODES = ("zh", "en")
VARIABLE = "REPORTGEN_LANG"
COUNT = "{count}"
"""The place of a template that decides between singular and plural."""
ENGLISH_MARKS = {"、": ", ", "；": "; ", "：": ": ", "（": " (", "）": ")"}


class Language:
    """One language: ``gettext`` translates a message, ``message`` translates it and fills it with its values."""

    def __init__(self, code: str = "zh") -> None:
        """Chinese needs no catalogue of messages; the English one is read when it is first used."""
        self.code = code

    def gettext(self, message: str) -> str:
        """Return a message in this language, its named places unfilled; one that is not translated stays Chinese."""
        if self.code == "zh" or message.isascii():
            return message
        from .catalogues import catalogue

        return catalogue(self.code, "messages").gettext(message)

    def message(self, template: str, values: Mapping[str, str] | None = None) -> str:
        """Return a message with its named places filled; if it is not translated, all of it stays Chinese."""
        translated = (
            self._counted(template, values["count"]) if values and COUNT in template else self.gettext(template)
        )
        if not values:
            return translated
        if translated == template:
            return template.format(**values)
        from .english_values import quoted_names

        quoted = quoted_names(template, translated)
        return translated.format(**{n: text if n in quoted else self.value(text) for n, text in values.items()})

    def _counted(self, template: str, count: str) -> str:
        """Return the template in the form, singular or plural, that ``count`` asks for; Chinese has only one."""
        if self.code == "zh":
            return template
        from .catalogues import catalogue

        return catalogue(self.code, "messages").ngettext(template, template, 1 if count == "1" else 2)

    def value(self, text: str) -> str:
        """Return a term, an amount or a label in this language; the document's own words stay as they are."""
        if self.code == "zh" or text.isascii():
            return text
        from .english_values import english_value  # not before it is needed: most runs are Chinese

        return english_value(text) or text

    def location(self, printed: str) -> str:
        """Return a printed location: perhaps a file's name and a colon before what can be translated."""
        name, colon, where = printed.partition("：")
        while colon and self.value(where) == where and "：" in where:
            more, colon, where = where.partition("：")
            name = "：".join((name, more))
        if self.code == "zh" or not colon:
            return self.value(printed)
        return f"{name}: {self.value(where)}"

    def joined(self, parts: Iterable[str], mark: str) -> str:
        """Return the parts with a Chinese mark between them, or with the mark that English has for it."""
        return self.mark(mark).join(parts)

    def mark(self, mark: str) -> str:
        """Return a Chinese mark, or what English has for it with its blanks."""
        return mark if self.code == "zh" else ENGLISH_MARKS[mark]


def unknown_language() -> str:
    """Return the language that the environment names if there is none of that name, else ""."""
    name = os.environ.get(VARIABLE, "")
    return name if name and name[:2].lower() not in CODES else ""


def chosen_code(arguments: Sequence[str]) -> str:
    """Return the code of the language that a command line names, or else the environment.

    It is needed before the arguments are parsed, because the parser's own messages are translated.

    >>> chosen_code(["check", "--lang", "en", "x.json"]), chosen_code(["--lang=en"]), chosen_code(["--lang"])
    ('en', 'en', 'zh')
    """
    code = os.environ.get(VARIABLE, "")[:2].lower()
    for n, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            code = value if equals else "".join(arguments[n + 1 : n + 2])
    return code if code in CODES else CODES[0]
