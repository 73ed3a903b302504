"""What a template did wrong, as an error that names its file and line, in words that a writer of layouts knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import StrictUndefined, TemplateNotFound, TemplateRuntimeError, TemplateSyntaxError
from jinja2.exceptions import TemplateAssertionError
from jinja2.utils import missing

from ..core.errors import LayoutError
from ..core.suggest import nearest
from ..facts import FactGroup
from ..layout.folder import printable
from ..layout.limits import NAME_SHOWN, REASON_SHOWN
from .figures import NothingToPrint
from .filters import FILTERS
from .template_files import MissingTemplate
from .unknown_name import UnknownName

FILTER_NAMES = (
    "listing",
    "adding_up",
    "decided",
    "length",
    "list",
    "first",
    "last",
    "selectattr",
    "rejectattr",
    *FILTERS,
)
"""The filters of templates."""


_LACKING = re.compile("missing [0-9]+ required positional arguments?: '(\\w+)'|parameter '(\\w+)' was not provided")
_NO_FILTER = re.compile(r"No (?:filter|test) named '(.*)' found")
_SYNTAX = (
    ("Unexpected end of template", "{place}：模板写错：有 if、for 或 macro 没有结束（endif、endfor、endmacro）"),
    ("unexpected end of template", "{place}：模板写错：“{{{{”没有合上"),
    ("expected name or number", "{place}：模板写错：点号后面应写名称"),
    ("Encountered unknown tag '(?P<found>.*?)'", "{place}：模板写错：没有“{found}”这个标记，或它前面没有开头"),
    ("expected token '(?P<wanted>.*?)', got '(?P<found>.*?)'", "{place}：模板写错：这里应为“{wanted}”，读到“{found}”"),
    ("Expected an expression, got '(?P<found>.*?)'", "{place}：模板写错：这里应写名称，读到“{found}”"),
    ("unexpected '(?P<found>.*?)'", "{place}：模板写错：多了“{found}”"),
    ("unexpected char ['\"](?P<found>.)", "{place}：模板写错：不认识的字符“{found}”"),
    ("Missing end of comment tag", "{place}：模板写错：注释没有结束"),
)
"""What the parser says → what the message says."""
_TOKENS = {"end of statement block": "%}", "end of print statement": "}}"}
"""What the parser calls the ends of things → how they are written."""


class MissingName(StrictUndefined):
    """A name that does not exist: whatever is done with it raises an error."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> NoReturn:
        if self._undefined_hint:
            raise self._undefined_exception(self._undefined_hint)
        owner = self._undefined_obj
        known = None if owner is missing else tuple(owner.names()) if isinstance(owner, FactGroup) else ()
        raise UnknownName(str(self._undefined_name), known)

    __iter__ = __str__ = __len__ = _fail_with_undefined_error
    __eq__ = __ne__ = __bool__ = __hash__ = __contains__ = _fail_with_undefined_error
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __call__ = __getitem__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = __neg__ = __pos__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        """Raise an error, except for what Python itself looks for."""
        if name[:2] == name[-2:] == "__":
            raise AttributeError(name)
        self._fail_with_undefined_error()


def layout_error(error: Exception, place: str, facts: Mapping[str, Any]) -> LayoutError:
    """Return the error that reports what a template at ``place`` raised when it was compiled or rendered."""
    if isinstance(error, TemplateAssertionError):
        return _unknown_filter(error, place)
    if isinstance(error, TemplateSyntaxError):
        return _syntax_error(str(error.message), _compiled_line(error, place))
    if isinstance(error, TemplateNotFound):
        return _unknown_template(error, _line(error, place))
    line = _line(error, place)
    if isinstance(error, TemplateRuntimeError) and (missing_one := _NO_FILTER.match(str(error.message))):
        return _no_filter(missing_one[1], line)
    if isinstance(error, UnknownName):
        return _unknown_name(error, line, {*facts, *_defined(error)})
    if isinstance(error, RecursionError):
        return LayoutError("{place}：模板套得太深，或绕回自身", "减少互相引用（import、include、macro）", place=line)
    if isinstance(error, NothingToPrint):
        message = "{place}：引用的内容在数据中没有"
        hint = "先用 if 判断有没有；上年数不知道的，direction 是 unknown，没有增减额和增减率"
        return LayoutError(message, hint, place=line)
    return _failed(error, line)


def _failed(error: Exception, place: str) -> LayoutError:
    if isinstance(error, TypeError) and str(error).endswith("is not iterable"):
        return LayoutError("{place}：for 后面要写一列记录", "名称见 reportgen layout facts", place=place)
    if isinstance(error, TypeError) and " not supported between " in str(error):
        message, hint = "{place}：数据项不能自己比大小", "增减用 direction 判断，是不是零直接写 if 数据项"
        return LayoutError(message, hint, place=place)
    if isinstance(error, TypeError | TemplateRuntimeError) and (lacking := _LACKING.search(str(error))):
        message, hint = "{place}：括号里少写了“{name}”", "写法见 layouts/README.md"
        return LayoutError(message, hint, place=place, name=lacking[1] or lacking[2])
    why = printable(str(error))[:REASON_SHOWN] or type(error).__name__
    return LayoutError("{place}：{why}", "数据项的名称见 docs/facts.md", place=place, why=why)


def _unknown_name(error: UnknownName, place: str, names: Iterable[str]) -> LayoutError:
    near = nearest(error.name, names if error.known is None else error.known)
    hint = "是否想写 {near}？" if near else "名称见 docs/facts.md"
    message = "{place}：没有名为“{name}”的数据项"
    return LayoutError(message, hint, place=place, name=printable(error.name)[:NAME_SHOWN], near=near)


def _unknown_template(error: TemplateNotFound, place: str) -> LayoutError:
    near = error.near if isinstance(error, MissingTemplate) else ""
    hint = "是否想写 {near}？" if near else "模板放在版式的 text/ 文件夹里"
    message = "{place}：没有模板 text/{name}"
    return LayoutError(message, hint, place=place, name=printable(str(error.name))[:NAME_SHOWN], near=near)


def _unknown_filter(error: TemplateAssertionError, place: str) -> LayoutError:
    name = "".join(re.findall(r"'(.*)'", str(error.message)))
    return _no_filter(name, _compiled_line(error, place))


def _no_filter(name: str, place: str) -> LayoutError:
    near = nearest(name, FILTER_NAMES)
    hint = "是否想写 {near}？" if near else "可用的过滤器见 layouts/README.md"
    return LayoutError("{place}：模板里没有“{name}”", hint, place=place, name=name[:NAME_SHOWN], near=near)


def _syntax_error(said: str, place: str) -> LayoutError:
    """Return the error for what the parser of templates says, in words where it is one of its usual messages."""
    hint = "写法和例子见 layouts/README.md 的“text/*.j2”"
    for pattern, message in _SYNTAX:
        if found := re.match(pattern, said):
            values: dict[str, Any] = {
                name: _TOKENS.get(text, text)[:NAME_SHOWN] for name, text in found.groupdict().items()
            }
            return LayoutError(message, hint, place=place, **values)
    return LayoutError("{place}：模板写错：{why}", hint, place=place, why=said[:REASON_SHOWN])


def _compiled_line(error: TemplateSyntaxError, place: str) -> str:
    """Return the template line that cannot be compiled, or ``place`` where it is in no template file."""
    file = error.filename or error.name or ""
    return f"text/{printable(Path(file).name)}:{error.lineno}" if file.endswith(".j2") else place


def _line(error: BaseException, place: str) -> str:
    """Return the template line that raised an error, or ``place`` where it was in no template file."""
    lines = list(_lines(error))
    return f"text/{printable(Path(lines[-1][0]).name)}:{lines[-1][1]}" if lines else place


def _lines(error: BaseException) -> Iterator[tuple[str, int]]:
    """Iterate over the template files and lines of an error, from the traceback that Jinja rewrites."""
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            yield file, trace.tb_lineno
        trace = trace.tb_next


def _defined(error: BaseException) -> set[str]:
    """Return the names that the template of an error defines or imports."""
    files = [file for file, _ in _lines(error)]
    text = Path(files[-1]).read_text(encoding="utf-8", errors="replace") if files else ""
    return set(re.findall(r"(?:\bimport|\bmacro|\bset|\bfor|,) +([a-z_]\w*)", text)) - {str(getattr(error, "name", ""))}
