"""One word, one meaning: words that were used before for terms of CONTRIBUTING's vocabulary do not come back."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportgen

PACKAGE = Path(reportgen.__file__).parent
INSTEAD = {
    "beneath": "below",
    "bury": "remove",
    "buried": "removed",
    "charming": "say what it does",
    "door": "the module or function by its name",
    "doors": "the modules or functions by their names",
    "hands": "worker, writer, reader",
    "house": "the package",
    "nobody": "name what is absent",
    "somebody": "user, process, reader",
    "stories": "steps",
    "story": "steps, pipeline",
    "strangers": "readers without the code that wrote the file",
    "stranger": "reader without the code that wrote the file",
    "told": "reported, passed",
    "unhurried": "say how long",
    "whoever": "the caller, the reader",
    "wishes": "options",
}
"""Words that say something else than they seem to, and what is written in their place."""

CHINESE_INSTEAD = {"收回": "取回"}
"""The same in what users read."""


def words(source: str) -> Iterator[tuple[int, str]]:
    """The English words of names, comments and docstrings, in lower case, with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.NAME, tokenize.COMMENT):
            for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", token.string):
                yield token.start[0], word.lower()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            for n, line in enumerate(node.value.value.splitlines()):
                yield from ((node.lineno + n, word.lower()) for word in re.findall(r"[A-Za-z]+", line))


def unwanted(source: str) -> list[tuple[int, str]]:
    return [(line, word) for line, word in words(source) if word in INSTEAD]


def test_the_package_uses_the_vocabulary() -> None:
    found = [
        f"{path.relative_to(PACKAGE.parent)}:{line} {word}: write {INSTEAD[word]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "_shipped" not in path.parts
        for line, word in unwanted(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def read_door(): pass", [(1, "door")]),
        ("class BulkWishes: pass", [(1, "wishes")]),
        ("x = 1  # nobody reads it", [(1, "nobody")]),
        ('"""First line.\n\nA stranger."""', [(3, "stranger")]),
        ('x = "told in a message"\nindoors = storyboard = 2', []),
    ],
)
def test_a_word_of_before_is_seen(source: str, expected: list[tuple[int, str]]) -> None:
    assert unwanted(source) == expected


def test_texts_for_users_have_one_chinese_word_for_one_thing() -> None:
    root = PACKAGE.parent
    texts = [*PACKAGE.rglob("*.py"), *root.glob("*.md"), *(root / "docs").rglob("*.md"), *root.glob("layouts/*.md")]
    assert len(texts) > 200
    found = [
        f"{path.relative_to(root)}: {word}: write {CHINESE_INSTEAD[word]}"
        for path in texts
        for word in CHINESE_INSTEAD
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
