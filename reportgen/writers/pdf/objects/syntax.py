"""Values as they are written in a PDF file: strings, names, language tags."""

from __future__ import annotations

import re

_REGULAR = frozenset("+-_.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_SPECIAL = re.compile(r"[()\\\r]")


def text_string(value: str) -> str:
    """Return a text string (ISO 32000-1, 7.9.2.2) in UTF-16BE."""
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


def literal(value: str) -> str:
    """Return the inside of a literal byte string (ISO 32000-1, 7.3.4.2) with ``value`` in UTF-8."""
    if "(" in value or ")" in value or "\\" in value or "\r" in value:  # a search by pattern takes four times as long
        value = _SPECIAL.sub(lambda match: "\\r" if match.group() == "\r" else f"\\{match.group()}", value)
    return value if value.isascii() else value.encode("utf-8").decode("latin-1")


def language(value: str) -> str:
    """Return a language tag (ISO 32000-1, 14.9.2), an ASCII string; other characters are left out."""
    return "(" + "".join(c for c in value if c.isascii() and (c.isalnum() or c == "-")) + ")"


def name(value: str) -> str:
    """Return a name object (ISO 32000-1, 7.3.5) in UTF-8."""
    return "/" + "".join([chr(b) if chr(b) in _REGULAR else f"#{b:02X}" for b in value.encode("utf-8")])
