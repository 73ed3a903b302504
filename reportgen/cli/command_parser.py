"""The parser class of the program and its commands: a wrong command line is a :class:`CommandLineError`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

from ..core.errors import UsageError
from ..core.suggest import nearest
from .language import Language


class CommandLineError(UsageError):
    """A command line that cannot be parsed; its texts are in the user's language, ``usage`` is that of the command."""

    def __init__(self, message: str, hint: str, usage: str) -> None:
        """Make an error of texts that are filled in already."""
        super().__init__(message, hint)
        self.usage = usage


class CommandParser(argparse.ArgumentParser):
    """An argparse parser that raises :class:`CommandLineError` instead of ending the process.

    Options are written in full. A string value must not be empty unless its option has ``type=str``.
    """

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        """Take what argparse takes; messages are in ``language``."""
        kwargs["allow_abbrev"] = False
        kwargs["formatter_class"] = argparse.RawDescriptionHelpFormatter
        super().__init__(*args, **kwargs)
        self._language = language
        self.register("type", None, self._not_empty)

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> tuple[Any, list[str]]:  # type: ignore[override]
        """Parse as argparse does, but leave nothing over.

        Raises:
            CommandLineError: an argument is unknown, missing or has a wrong value.
        """
        arguments = list(sys.argv[1:] if args is None else args)
        self._refuse([text for text in self._own(arguments) if self._is_unknown_option(text)])
        known, unknown = super().parse_known_args(arguments, namespace)
        self._refuse(unknown)
        return known, []

    def format_help(self) -> str:
        """Return argparse's help, with the colon of the language after Chinese headings."""
        return re.sub(r"^([\u3400-\u9fff]+):$", r"\1：", super().format_help(), flags=re.MULTILINE)

    def error(self, message: str, hint: str = "") -> NoReturn:
        """Raise the error that ``message`` describes; without a ``hint`` it refers to the command's help."""
        hint = hint or self._language.message("说明和例子：{command} --help", {"command": self.prog})
        raise CommandLineError(message, hint, self.format_usage())

    def _own(self, arguments: Iterable[str]) -> Iterator[str]:
        """Yield the arguments before the name of a command, or all if this parser is a command's; none after ``--``."""
        before = ""
        for text in arguments:
            ends = self._commands() and not text.startswith("-") and not self._takes_value(before)
            if ends or text == "--":
                return
            yield text
            before = text

    def _takes_value(self, option: str) -> bool:
        action = self._option_string_actions.get(option)
        return action is not None and action.nargs != 0

    def _commands(self) -> dict[str, CommandParser]:
        found = (action for action in self._actions if isinstance(action, argparse._SubParsersAction))
        return next((action.choices for action in found), {})

    def _is_unknown_option(self, text: str) -> bool:
        name = text.partition("=")[0]
        return text.startswith("--") and " " not in name and name not in self._option_string_actions

    def _refuse(self, unknown: Sequence[str]) -> None:
        if not unknown:
            return
        name = next((text.partition("=")[0] for text in unknown if text.startswith("-")), "")
        message = self._language.message("不认识“{arguments}”", {"arguments": " ".join(unknown)})
        self.error(message, self._advice(name) if name else "")

    def _advice(self, name: str) -> str:
        """Return what may have been meant by the unknown option ``name``, or ""."""
        in_commands = {option for parser in self._commands().values() for option in parser._option_string_actions}
        if name in in_commands:
            return self._language.message("“{option}”写在命令之后", {"option": name})
        near = nearest(name, {*self._option_string_actions, *in_commands})
        return self._language.message("是否想写 {near}？", {"near": near}) if near else ""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is not among the choices, naming the one that is most like it, or all of them."""
        if action.choices is None or value in action.choices:
            return
        values = {"value": str(value), "option": "/".join(action.option_strings) or str(action.metavar)}
        is_command = isinstance(action, argparse._SubParsersAction)
        message = "没有“{value}”这个命令" if is_command else "{option} 不能是“{value}”"
        if near := nearest(str(value), action.choices):
            hint = self._language.message("是否想写 {near}？", {"near": near})
        else:
            hint = self._language.message("可选：{known}", {"known": "、".join(action.choices)})
        self.error(self._language.message(message, values), hint)

    def _not_empty(self, text: str) -> str:
        if not text.strip():
            raise argparse.ArgumentTypeError(self._language.gettext("不能是空的"))
        return text
