"""Jinja, sandboxed and strict: what a template may do, compiled once a process for all documents of a layout.

Every value that a template prints goes through the :class:`Filling` of the moment, which says what is printed for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..core.errors import LayoutError
from ..facts import Fact, FactGroup, SourceText

HARMLESS = ("length", "list", "selectattr", "rejectattr", "first", "last")
"""The filters a sentence needs of Jinja's own; the others make numbers or text that have no source."""

_OWN = frozenset((Fact, FactGroup, SourceText))


class Filling(Protocol):
    """One document's facts on their way into sentences: what its values leave in the rendered text."""

    def mark(self, value: object) -> str:
        """What ``{{ value }}`` leaves."""
        ...

    def decide(self, value: Fact | FactGroup) -> str:
        """What ``{{ value | decided }}`` leaves."""
        ...

    def listing(self, groups: Iterable[FactGroup], attribute: str, separator: str = "、", last: str = "") -> str:
        """What ``{{ groups | listing(…) }}`` leaves."""
        ...


_FILLING: ContextVar[Filling] = ContextVar("filling")
"""Whose sentences are being filled: the templates are the same for all."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which need not look far where a template reads our own values, as it does hundreds of times."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read ``attr``; of our own values all that is public and changes nothing."""
        if type(obj) in _OWN:
            return attr[:1] != "_" and attr != "put"
        return super().is_safe_attribute(obj, attr, value)


@lru_cache(maxsize=16)
def book(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """The templates in ``folders``, the nearest first, compiled once a process (again when a file changes)."""
    environment = _Sandbox(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # folding constants takes longer than it saves: most templates are filled once a process
    )
    environment.filters = {name: environment.filters[name] for name in HARMLESS} | {
        "stem": stem,
        "listing": lambda *args, **named: _FILLING.get().listing(*args, **named),
        "decided": lambda value: _FILLING.get().decide(value),
    }
    return environment


@lru_cache(maxsize=1024)
def short(environment: ImmutableSandboxedEnvironment, template: str) -> Template:
    """A short template written in YAML, compiled once."""
    return environment.from_string(template)


def source(environment: ImmutableSandboxedEnvironment, file: str) -> str:
    """The template file as it was written."""
    text, *_ = environment.loader.get_source(environment, file)  # type: ignore[union-attr]
    return text


def filled(template: Callable[[], Template], facts: Mapping[str, Any], filling: Filling, place: str) -> str:
    """What the template at ``place`` renders to.

    Raises:
        LayoutError: it is no template, or names what does not exist or cannot be printed.
    """
    token = _FILLING.set(filling)
    try:
        return str(template().render(facts))
    except TemplateSyntaxError as error:
        raise LayoutError(
            "{place}：模板写错：{why}", place=f"{error.name or place}:{error.lineno}", why=str(error.message)
        ) from None
    except (TemplateError, TypeError, AttributeError, KeyError, ZeroDivisionError) as error:
        raise LayoutError(
            "{place}：{why}", "事实的名称见 docs/facts.md", place=_line(error, place), why=str(error)
        ) from None
    finally:
        _FILLING.reset(token)


def stem(words: SourceText) -> SourceText:
    """A class's name without its last word 支出: 教育支出 → 教育."""
    return SourceText(words.text.removesuffix("支出"), words.pointer)


def _printed(value: object) -> str:
    if isinstance(value, Undefined):  # strict ones raise here; a plain one is an "if" without an "else"
        return str(value)
    return _FILLING.get().mark(value)


def _line(error: BaseException, place: str) -> str:
    """The template line an error came through, from the traceback that Jinja rewrites."""
    trace, found = error.__traceback__, place
    while trace:
        code = trace.tb_frame.f_code
        if code.co_filename.endswith(".j2"):
            found = f"text/{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
