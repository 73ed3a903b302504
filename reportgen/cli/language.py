"""The language a user is told things in: Chinese as the code holds it, or English (see :mod:`.phrases`)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

CODES = ("zh", "en")
VARIABLE = "REPORTGEN_LANG"
ENGLISH_MARKS = {"、": ", ", "；": "; "}


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
        from .translation import quoted

        kept = quoted(template, words)
        return words.format(**{name: one if name in kept else self.text(one) for name, one in values.items()})

    def text(self, text: str) -> str:
        """A message, a term or an amount in this language, unfilled; what the catalogue lacks stays as it is."""
        if self.code == "zh" or text.isascii():
            return text
        from .translation import translated  # not before it is needed: most runs are Chinese

        return translated(text) or text

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
