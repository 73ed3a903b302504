"""What statements say, as plain values that a YAML file can hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportgen.recognise.blocks import ReadParagraph
from reportgen.recognise.prose.statement import Base, Change, Statement, Subject

YEAR = 2026


def paragraphs(lines: str | Iterable[str]) -> list[ReadParagraph]:
    """The lines as paragraphs; one that begins with # is a heading."""
    texts = [lines] if isinstance(lines, str) else list(lines)
    return [
        ReadParagraph(text.removeprefix("# "), f"第 1 页第 {number} 段", 1, 1 if text.startswith("# ") else 0)
        for number, text in enumerate(texts, 1)
    ]


def said(statement: Statement) -> dict[str, Any]:
    """What a statement says, without what it does not say."""
    found = {
        "of": subject(statement.subject),
        "amount": statement.amount and statement.amount.text,
        "change": statement.change and change(statement.change),
        "share": statement.share and f"{statement.share.percent.text} {statement.share.of}".strip(),
        "completed": bool(statement.share and statement.share.completed),
        "bases": [base(one) for one in statement.bases],
        "likely": statement.confidence == "likely",
        "parts": [said(part) for part in statement.parts],
    }
    return {name: value for name, value in found.items() if value}


def subject(found: Subject) -> str:
    levels = "/".join(found.levels)
    parts = (
        found.key or f"“{found.name}”",
        found.fund,
        found.code,
        levels or (found.name if found.key == "function" else ""),
    )
    return " ".join(part for part in parts if part)


def change(found: Change) -> str:
    figures = (found.amount, found.rate)
    parts = [found.direction or "unclear", *(one.text for one in figures if one)]
    if found.base is not None and (said_base := base(found.base)):
        parts.append(f"from {said_base}")
    if found.flat and found.direction not in ("flat",):
        parts.append(f"but {found.flat}")
    if found.against:
        parts.append(f"against {found.against}")
    return " ".join(parts)


def base(found: Base) -> str:
    parts = (str(found.year or ""), found.of, found.amount.text if found.amount else "")
    return " ".join(part for part in parts if part)
