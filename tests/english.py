"""What is left in Chinese where English is spoken."""

from __future__ import annotations

import re

from reportgen.cli.language import Language
from tests.catalogue import HANZI

ENGLISH = Language("en")
NAMES = re.compile(r"“[^”]*”|《[^》]*》|\[[^]]*\]|表[0-9]+")
"""What may be Chinese in an English sentence: quotations, titles, named rows, labels of tables."""
READ = re.compile(r"""'[^']*'|"[^"]*"|[^\s“]*\.(?:json|yaml|j2|docx|pdf|xlsx)""")
"""A text as it was read from the input file, and the name of a file."""


def left_over(text: str) -> list[str]:
    """The lines in which Chinese stands that is neither quoted nor a name."""
    return [line for line in text.splitlines() if HANZI.search(READ.sub("", NAMES.sub("", line)))]
