"""The layout of a document that names none: ``layouts/defaults.yaml`` says it by stage (``budget``, ``final``)."""

from __future__ import annotations

from ..core.errors import LayoutError
from ..core.paths import shipped
from ..core.suggest import nearest
from .fields import shown as shown_value
from .folder import DEFAULTS, read_folder, shown, stamp
from .load import names
from .yaml_mapping import Mapping

BUDGET = "budget"


def default_layout(stage: str = BUDGET) -> str:
    """Return the name of the layout that documents of a stage have by default.

    Raises:
        LayoutError: ``layouts/defaults.yaml`` names none, or none that there is.
    """
    folder = shipped("layouts")
    stages = read_folder(folder, stamp(folder, ("",))).get(DEFAULTS, Mapping())
    if stage not in stages:
        message, hint = "{file}：没有写 {stage} 阶段用哪个版式", "补上一行，或用 --layout 指定版式"
        raise LayoutError(message, hint, file=shown(folder / DEFAULTS), stage=stage)
    name = stages[stage]
    if name not in names():
        near = nearest(str(name), names())
        hint = "是否想写 {near}？" if near else "可用的版式：{names}"
        message, known = "{place}：没有“{name}”这个版式", "、".join(names())
        raise LayoutError(message, hint, place=stages.at(stage), name=shown_value(name), near=near, names=known)
    return str(name)
