"""Message catalogues: ``locale/<language>/LC_MESSAGES/<domain>.po``, compiled by babel and read by :mod:`gettext`.

========  ============  =========================================================================================
language  domain        holds
========  ============  =========================================================================================
``zh``    ``argparse``  argparse's own words, which are English in its code (every Chinese run needs them)
``en``    ``messages``  our own messages: the msgid is the Chinese template in the code
``en``    ``labels``    labels that the code puts together with an f-string, as templates (:mod:`.english_values`)
========  ============  =========================================================================================

A wheel holds compiled catalogues only for speed: where a ``.mo`` is missing, as in a checkout, the ``.po`` is compiled
when it is first needed and the result is kept in the user's cache.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from gettext import GNUTranslations
from hashlib import blake2b
from pathlib import Path

from ..core import cache as user_cache

LOCALE = Path(__file__).parent.parent / "locale"
_FORMAT = "catalogue 1"
_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Of every catalogue, so that its bytes depend on its messages only."""


def catalogue_file(language: str, domain: str, suffix: str = ".po") -> Path:
    """Return the path of a catalogue, compiled (``.mo``) or as translators edit it (``.po``)."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}{suffix}"


@cache
def catalogue(language: str, domain: str) -> GNUTranslations:
    """Return a catalogue ready for use, read once per process."""
    compiled = catalogue_file(language, domain, ".mo")
    if compiled.is_file():
        return GNUTranslations(io.BytesIO(compiled.read_bytes()))
    return GNUTranslations(io.BytesIO(_compiled(catalogue_file(language, domain).read_bytes(), language)))


def _compiled(source: bytes, language: str) -> bytes:
    key = f"{_FORMAT} {language} {blake2b(source).hexdigest()}"
    payload = user_cache.load(key)
    if payload is None:
        payload = compile_catalogue(source, language)
        user_cache.save(key, payload)
    return payload


def compile_catalogue(source: bytes, language: str) -> bytes:
    """Return the ``.mo`` file of a ``.po`` file; the same bytes whenever it is made."""
    from babel.messages.mofile import write_mo  # takes longer to import than most runs take to start
    from babel.messages.pofile import read_po

    catalog = read_po(io.BytesIO(source), locale=language)
    catalog.creation_date = catalog.revision_date = _DATE
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()
