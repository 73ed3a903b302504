"""The words of sentences, from ``data/recognition/prose.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ...core.errors import LayoutError
from ...layout.fields import build
from ..words import words_file
from .statement import BaseOf


@dataclass(frozen=True, slots=True)
class ComparedWords:
    """Words that begin a comparison, words for the year before, and words that compare without a year.

    ``own`` are words for the budget of this year, with which final accounts compare what was spent.
    """

    begin: tuple[str, ...]
    when: tuple[str, ...]
    own: tuple[str, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LimitWords:
    """Words after and before an amount that is a limit or a price."""

    after: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProseWords:
    """What is known of the words of sentences; the file explains each list."""

    subjects: Mapping[str, tuple[str, ...]]
    funds: Mapping[str, tuple[str, ...]]
    wholes: Mapping[str, tuple[str, ...]]
    within: Mapping[str, str]
    within_all: Mapping[str, str]
    sides: Mapping[str, tuple[str, ...]]
    fillers: tuple[str, ...]
    publishers: tuple[str, ...]
    compared: ComparedWords
    up: tuple[str, ...]
    down: tuple[str, ...]
    flat: tuple[str, ...]
    nearly: tuple[str, ...]
    after_direction: tuple[str, ...]
    bases: Mapping[BaseOf, tuple[str, ...]]
    parts: tuple[str, ...]
    all_parts: tuple[str, ...]
    reasons: tuple[str, ...]
    uses: tuple[str, ...]
    share: tuple[str, ...]
    completed: tuple[str, ...]
    limits: LimitWords
    cells: Mapping[str, tuple[str, ...]]
    budgeted_cells: Mapping[str, tuple[str, ...]]
    all_money: tuple[str, ...]
    function_tables: Mapping[str, tuple[str, ...]]


@cache
def prose_words() -> ProseWords:
    """Return the words of sentences.

    Raises:
        LayoutError: the file has an unknown name, a wrong value, or a word with two meanings.
    """
    return build(ProseWords, words_file("prose"))


def by_word(meanings: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the meaning of each word.

    Raises:
        LayoutError: a word has two meanings.
    """
    found: dict[str, str] = {}
    for meaning, words in meanings.items():
        for word in words:
            if found.setdefault(word, meaning) != meaning:
                message = "{file}：“{label}”写了两个意思"
                raise LayoutError(message, "只留一个", file="prose.yaml", label=word)
    return found
