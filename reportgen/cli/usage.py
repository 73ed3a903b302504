"""argparse in the user's language: its own words are English, so in Chinese they are said here."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from .language import Language

USAGE = "用法："
PARTS = {"positional arguments": "参数", "options": "选项"}
COMPLAINTS = (
    (r"argument (?P<name>.+?): (?P<why>.+)", "{name}：{why}"),
    (r"the following arguments are required: (?P<names>.+)", "缺少 {names}"),
    (r"one of the arguments (?P<names>.+) is required", "以下必须有一个：{names}"),
    (r"expected (?:at least )?(?P<count>\w+) arguments?", "后面缺一个值"),
    (r"not allowed with argument (?P<other>.+)", "不能与 {other} 同用"),
    (r"invalid choice: (?P<found>.+) \(choose from (?P<known>.+)\)", "没有 {found}，可选 {known}"),
    (r"unrecognized arguments: (?P<names>.+)", "不认识 {names}"),
    (r"ambiguous option: (?P<name>.+) could match (?P<names>.+)", "{name} 不明确，可能是 {names}"),
    (r"ignored explicit argument (?P<found>.+)", "不带值，却写了 {found}"),
)
"""What argparse complains of, as Python 3.11 to 3.14 word it."""


class Parser(argparse.ArgumentParser):
    """An argument parser, commands of which speak the same language."""

    def __init__(self, language: Language, **given: Any) -> None:
        """Texts among ``given`` are already in ``language``."""
        super().__init__(add_help=False, formatter_class=_formatter(language), **given)
        self.language = language
        for part in self._action_groups:
            part.title = PARTS.get(part.title or "", part.title) if language.code == "zh" else part.title

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and how it is used; exit code 2."""
        if self.language.code != "zh":
            super().error(message)
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}：错误：{complaint(message)}\n")


def complaint(message: str) -> str:
    """What argparse complains of, in Chinese; in its own words where we know no better.

    >>> complaint("argument -v/--verbose: not allowed with argument -q/--quiet")
    '-v/--verbose：不能与 -q/--quiet 同用'
    """
    for pattern, words in COMPLAINTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(**{name: complaint(piece) for name, piece in found.groupdict().items()})
    return message


def _formatter(language: Language) -> type[argparse.HelpFormatter]:
    return _Chinese if language.code == "zh" else argparse.RawDescriptionHelpFormatter


class _Chinese(argparse.RawDescriptionHelpFormatter):
    """Help whose usage line begins in Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, USAGE if prefix is None else prefix)
