"""argparse in the user's language: its own words are English in its code and Chinese in our catalogue."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager

from .catalogues import LOCALE

DOMAIN = "argparse"
_LANGUAGES = "LANGUAGE"
"""The environment variable that gettext reads first."""


@contextmanager
def argparse_speaks(language: str) -> Iterator[None]:
    """Let argparse use ``language`` while a parser is made and used; afterwards the process is as it was before.

    argparse looks its words up in gettext's current domain, in the languages that the environment names. Both belong
    to the whole process, so they are set here, around parsing, and nowhere else.
    """
    domain, languages = gettext.textdomain(), os.environ.get(_LANGUAGES)
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ[_LANGUAGES] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if languages is None:
            del os.environ[_LANGUAGES]
        else:
            os.environ[_LANGUAGES] = languages
