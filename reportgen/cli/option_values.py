"""Types of options with a limited range: each turns a text into its value, or says which values are allowed."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from datetime import date

from .language import Language


def whole_number(language: Language, most: int) -> Callable[[str], int]:
    """Return the type of whole numbers from 1 to ``most``."""

    def parse(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 1 <= int(text) <= most:
            return int(text)
        values = {"most": str(most), "found": text}
        raise ArgumentTypeError(language.message("应为 1 到 {most} 的整数，写的是“{found}”", values))

    return parse


def positive_number(language: Language, most: int) -> Callable[[str], float]:
    """Return the type of numbers, with or without decimals, that are more than 0 and at most ``most``."""

    def parse(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = 0.0
        if 0 < number <= most:
            return number
        values = {"most": str(most), "found": text}
        raise ArgumentTypeError(language.message("应为大于 0、不超过 {most} 的数，写的是“{found}”", values))

    return parse


def format_names(language: Language, known: Sequence[str]) -> Callable[[str], Sequence[str]]:
    """Return the type of lists of format names with commas between them; ``known`` is what the message offers."""

    def parse(text: str) -> Sequence[str]:
        if names := tuple(name.strip() for name in text.split(",") if name.strip()):
            return names
        raise ArgumentTypeError(language.message("至少写一种格式，可用：{known}", {"known": "、".join(known)}))

    return parse


def calendar_day(language: Language) -> Callable[[str], date]:
    """Return the type of dates as 2026-03-31."""

    def parse(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            message = language.message("应为日期，如 2026-03-31，写的是“{found}”", {"found": text})
            raise ArgumentTypeError(message) from None

    return parse
