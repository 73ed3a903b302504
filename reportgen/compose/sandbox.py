"""Templates in a sandbox, strict on undefined names, compiled once a process for all documents of a layout.

A template reads the values of fact groups by their names and nothing else: no Python attribute of our objects can be
reached, so no method can be called and nothing can be changed. Every value that it prints goes through the
:class:`Marks` of the document that is being composed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import Assign
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from ..core.errors import LayoutError
from ..facts import Fact, FactGroup, SourceText

JINJA_FILTERS = ("length", "list", "selectattr", "rejectattr", "first", "last")
"""The filters of Jinja that a sentence needs; the others make numbers or texts that have no source."""
JINJA_GLOBALS = ("namespace",)
"""The functions of Jinja that a template may call; the others make numbers or texts that have no source."""

_READABLE = (LoopContext, TemplateModule, Namespace, Undefined)
"""Jinja's own objects, whose public attributes a template may read (``loop.last``); an undefined one raises."""


class Marks(Protocol):
    """What the values of one document leave in a rendered text."""

    def mark(self, value: object) -> str:
        """Return what ``{{ value }}`` leaves."""
        ...

    def decide(self, value: Fact | FactGroup) -> str:
        """Return what ``{{ value | decided }}`` leaves."""
        ...

    def listing(self, groups: Iterable[FactGroup], attribute: str, separator: str = "、", last: str = "") -> str:
        """Return what ``{{ groups | listing(…) }}`` leaves."""
        ...


_MARKS: ContextVar[Marks] = ContextVar("marks")
"""The marks of the document that is being composed: the compiled templates are shared by all documents."""


class _CodeGenerator(CodeGenerator):
    def visit_Assign(self, node: Assign, frame: Frame) -> None:
        """Compile an assignment, so that the error of one that is not allowed names its line."""
        self.newline(node)
        super().visit_Assign(node, frame)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which fact groups have their values and no attributes, and most other objects have none."""

    code_generator_class = _CodeGenerator

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the value of a fact group (``revenue.total``), or an attribute of one of Jinja's own objects."""
        if isinstance(obj, FactGroup | dict):
            return self._value(obj, attribute)
        if isinstance(obj, _READABLE):
            return super().getattr(obj, attribute)
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return the value of a fact group (``procurement[part]``), or an item of a list."""
        if isinstance(obj, FactGroup | dict):
            return self._value(obj, argument)
        return self.getattr(obj, argument) if isinstance(argument, str) else super().getitem(obj, argument)

    def _value(self, group: FactGroup | dict[Any, Any], name: Any) -> Any:
        return group[name] if name in group else self.undefined(obj=group, name=name)


@lru_cache(maxsize=16)
def environment_of(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """Return the environment of the templates in ``folders``, the nearest first; a changed file is compiled again."""
    environment = _Sandbox(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # folding constants takes longer than it saves: most templates are rendered once a process
    )
    environment.globals = {name: environment.globals[name] for name in JINJA_GLOBALS}
    environment.filters = {name: environment.filters[name] for name in JINJA_FILTERS} | {
        "stem": stem,
        "listing": lambda *args, **named: _MARKS.get().listing(*args, **named),
        "decided": lambda value: _MARKS.get().decide(value),
    }
    return environment


@lru_cache(maxsize=1024)
def inline_template(environment: ImmutableSandboxedEnvironment, template: str) -> Template:
    """Compile a short template written in YAML, once a process."""
    return environment.from_string(template)


def template_source(environment: ImmutableSandboxedEnvironment, file: str) -> str:
    """Return the text of a template file."""
    text, *_ = environment.loader.get_source(environment, file)  # type: ignore[union-attr]
    return text


def render(template: Callable[[], Template], facts: Mapping[str, Any], marks: Marks, place: str) -> str:
    """Render the template at ``place``, which ``template`` compiles.

    Raises:
        LayoutError: it is no template, or names what does not exist, must not be used or cannot be printed.
    """
    token = _MARKS.set(marks)
    try:
        return str(template().render(facts))
    except TemplateSyntaxError as error:
        raise LayoutError(
            "{place}：模板写错：{why}", place=f"{error.name or place}:{error.lineno}", why=str(error.message)
        ) from None
    except (TemplateError, TypeError, AttributeError, KeyError, ZeroDivisionError) as error:
        raise LayoutError(
            "{place}：{why}", "数据项的名称见 docs/facts.md", place=_line(error, place), why=str(error)
        ) from None
    finally:
        _MARKS.reset(token)


def stem(text: SourceText) -> SourceText:
    """Return a class's name without its last word 支出: 教育支出 → 教育."""
    return SourceText(text.text.removesuffix("支出"), text.pointer)


def _printed(value: object) -> str:
    if isinstance(value, Undefined):  # strict ones raise here; a plain one is an "if" without an "else"
        return str(value)
    return _MARKS.get().mark(value)


def _line(error: BaseException, place: str) -> str:
    """The template line that raised an error, from the traceback that Jinja rewrites."""
    trace, line = error.__traceback__, place
    while trace:
        code = trace.tb_frame.f_code
        if code.co_filename.endswith(".j2"):
            line = f"text/{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return line
