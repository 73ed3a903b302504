"""Templates in a sandbox, strict on undefined names, compiled once a process for all documents of a layout.

A template reads the values of fact groups by their names and nothing else: no Python attribute of our objects can be
reached, so no method can be called and nothing can be changed. Every value that it prints goes through the
:class:`Marks` of the document that is being composed, which also limit its work: each pass through a loop, macro or
branch counts as a step, each character as one more, so that no template runs or grows without bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Template, TemplateRuntimeError, Undefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.filters import do_rejectattr, do_selectattr
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from ..core.errors import ReportgenError
from ..facts import Fact, FactGroup, SourceText
from ..layout.limits import SMALL_NUMBER
from .filters import FILTERS, FUNCTIONS, SOURCES
from .template_errors import MissingName, layout_error
from .template_files import TemplateFiles

JINJA_FILTERS = ("length", "first", "last")
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

    def spend(self, steps: int) -> None:
        """Count steps of work, or characters; raise an error when all that a document may take are used up."""
        ...

    def decide(self, value: Fact | FactGroup) -> str:
        """Return what ``{{ value | decided }}`` leaves."""
        ...

    def adding_up(self, records: Iterable[FactGroup], name: str) -> list[FactGroup]:
        """Return what ``records | adding_up(name)`` gives."""
        ...

    def listing(
        self,
        groups: Iterable[FactGroup | SourceText | Fact],
        attribute: str = "",
        separator: str = "、",
        last: str = "",
        brackets: str = "full",
    ) -> str:
        """Return what ``{{ groups | listing(…) }}`` leaves."""
        ...


_MARKS: ContextVar[Marks] = ContextVar("marks")
"""The marks of the document that is being composed: the compiled templates are shared by all documents."""


class _CodeGenerator(CodeGenerator):
    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:
        """Compile an assignment, so that the error of one that is not allowed names its line."""
        self.newline(node)
        super().visit_Assign(node, frame)

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Compile the body of a loop, macro or branch, which counts its steps whenever it is run."""
        body = list(body)
        steps = 1 + sum(map(_length, body))
        self.writeline(f"environment.spend({steps})", body[0] if body else None)
        super().blockvisit(body, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Compile ``a ~ b``: the parts are joined as they are printed."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def _length(node: nodes.Node) -> int:
    """Return the number of characters that a node prints as they are."""
    if not isinstance(node, nodes.Output):
        return 0
    return sum(len(part.data) for part in node.nodes if isinstance(part, nodes.TemplateData))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which fact groups have their values and no attributes, and most other objects have none."""

    code_generator_class = _CodeGenerator
    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operation: of small whole numbers, or of two texts or lists that are added."""
        small = all(isinstance(value, int) and abs(value) < SMALL_NUMBER for value in (left, right))
        if small and operator != "**" and (right or operator not in ("/", "//", "%")):
            return super().call_binop(context, operator, left, right)
        if operator == "+" and type(left) is type(right) and type(left) in (str, list):
            self.spend(len(left) + len(right))
            return left + right
        raise TemplateRuntimeError(f"模板里不能这样运算：{operator}")

    def spend(self, steps: int) -> None:
        """Count steps of work of the document that is being composed."""
        _MARKS.get().spend(steps)

    def joined(self, parts: Iterable[Any]) -> str:
        """Return the parts as they are printed, one after the other."""
        return "".join(map(_printed, parts))

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Return what raises an error: the attribute cannot be read in a template."""
        return self.undefined(f"模板里不能读“{attribute}”")

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
        if isinstance(group, FactGroup):
            # a code without quotation marks (expenditure.203.total), or one of the document (units[row.code])
            name = name.text if isinstance(name, SourceText) else str(name)
        return group[name] if name in group else self.undefined(obj=group, name=name)


@lru_cache(maxsize=16)
def environment_of(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """Return the environment of the layout in ``folders``, the nearest first; a changed template is compiled again."""
    environment = _Sandbox(
        loader=TemplateFiles(folders),
        undefined=MissingName,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # folding constants takes longer than it saves: most templates are rendered once a process
    )
    environment.globals = {name: environment.globals[name] for name in JINJA_GLOBALS} | FUNCTIONS
    environment.filters = {name: environment.filters[name] for name in JINJA_FILTERS} | {
        "list": lambda values: list(_counted(values)),
        "selectattr": _selected(do_selectattr),
        "rejectattr": _selected(do_rejectattr),
        "listing": lambda *args, **named: _MARKS.get().listing(*args, **named),
        "adding_up": lambda *args: _MARKS.get().adding_up(*args),
        "decided": lambda value: _MARKS.get().decide(value),
        **{name: _counting(function) if name in SOURCES else function for name, function in FILTERS.items()},
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
    except ReportgenError:
        raise
    except Exception as error:  # a template is a program: what it can raise has no end
        raise layout_error(error, place, facts) from None
    finally:
        _MARKS.reset(token)


def _counted(values: Iterable[Any]) -> Iterator[Any]:
    """Iterate over values, each of which counts as a step."""
    for value in values:
        _MARKS.get().spend(1)
        yield value


def _counting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter of records whose steps are counted."""

    def counting(records: Any, *args: Any) -> Any:
        _MARKS.get().spend(len(records) if isinstance(records, list | tuple) else 1)
        return function(records, *args)

    return counting


def _selected(function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Return a filter of Jinja whose steps are counted."""

    @pass_context
    def counted(context: Context, values: Iterable[Any], *args: Any, **named: Any) -> Iterator[Any]:
        return function(context, _counted(values), *args, **named)

    return counted


def _printed(value: object) -> str:
    if isinstance(value, Undefined):  # strict ones raise here; a plain one is an "if" without an "else"
        return str(value)
    text = _MARKS.get().mark(value)
    _MARKS.get().spend(len(text))
    return text
