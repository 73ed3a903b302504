"""Which layout a document is printed with: the one that is asked for, else the one it names, else that of its stage."""

from __future__ import annotations

from ..budget.json_input import parse_json
from ..budget.model import Budget
from ..budget.terms import STAGES
from ..core.errors import InputError, ReportgenError, UsageError
from ..core.suggest import nearest
from ..intake.kinds import is_workbook
from ..layout.defaults import BUDGET, default_layout
from ..layout.load import names
from .loaded_layout import LayoutSource, LoadedLayout, load_layout

FIELDS = (b'"layout"', b'"stage"')
ESCAPE = b"\\u"
"""With it a name of a field can be written in other letters."""
_SHOWN = 60


def layout_of(budget: Budget, layout: LayoutSource | None = None) -> LoadedLayout:
    """Return ``layout``, or the layout of the document.

    Raises:
        InputError: the document names a layout that is not shipped.
        UsageError, LayoutError: there is no such layout, it is one of another stage, or something in it is wrong.
    """
    loaded = load_layout(named_layout(budget.layout, budget.stage) if layout is None else layout)
    if loaded.layout.stage != budget.stage:
        message, hint = "版式“{name}”是{stage}的，文件是{own}", "换一个版式（--layout），或改正文件的 stage"
        stage, own = STAGES[loaded.layout.stage], STAGES[budget.stage]
        raise UsageError(message, hint, name=loaded.layout.name, stage=stage, own=own)
    return loaded


def layout_of_payload(payload: bytes, layout: LayoutSource | None = None) -> LoadedLayout:
    """Do the same for a document that is not read otherwise; one that cannot be read has the default layout.

    Raises:
        InputError, UsageError, LayoutError: as for :func:`layout_of`.
    """
    return load_layout(layout_name(payload) if layout is None else layout)


def layout_name(payload: bytes) -> str:
    """Return the name of the layout of a document that is not read otherwise.

    Raises:
        InputError: the document names a layout that is not shipped.
        LayoutError: no default layout is known.
    """
    stated, stage = _stated(payload)
    return named_layout(stated, stage)


def named_layout(stated: str | None, stage: str) -> str:
    """Return the layout that a document states, which is the name of a shipped one and never a path, or the default.

    Raises:
        InputError: there is no shipped layout of that name.
        LayoutError: no default layout is known.
    """
    if stated is None:
        return default_layout(stage)
    if stated not in names():
        near = nearest(stated[:_SHOWN], names())
        hint = "是否想写 {near}？" if near else "写随程序安装的版式的名称：{names}；自己的版式用 --layout 指定"
        message, known = "文件写的版式“{name}”不是随程序安装的", "、".join(names())
        raise InputError(message, hint, name=stated[:_SHOWN], near=near, names=known)
    return stated


def _stated(payload: bytes) -> tuple[str | None, str]:
    """Return the layout that a document states, and its stage; most documents state neither."""
    workbook = is_workbook(payload)
    if not workbook and not any(field in payload for field in (*FIELDS, ESCAPE)):
        return None, BUDGET
    try:
        data = _workbook_data(payload) if workbook else parse_json(payload)
    except ReportgenError:
        return None, BUDGET
    found = data if isinstance(data, dict) else {}
    layout, stage = found.get("layout"), found.get("stage")
    return (layout if isinstance(layout, str) else None), (stage if isinstance(stage, str) else BUDGET)


def _workbook_data(payload: bytes) -> object:
    from ..intake.workbook import import_workbook  # most documents are JSON

    return import_workbook(payload).data
