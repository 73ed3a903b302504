"""GJ123: what is marked as withheld (保密) is missing, and is marked in one way."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..budget.withheld import BY_CODE, KEPT, TABLES, Withheld
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .rule import rule

PLACE = "剔除的行"


@rule("GJ123", "注明剔除的地方有缺口")
def withheld_rows_are_missing(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """注明有剔除（withheld）的地方，各行之和小于列明的合计；没有缺口的注明是多余的，它的注也不会印出。

    注明一张表或一个科目，写保留到哪一级；没有编码的表（项目、采购等）不写。来源：保守国家秘密法；政府信息公开条例第十四条。
    """
    groups = [
        group for group in facts.as_dict().values() if isinstance(group, FactGroup) and "withheld" in group.names()
    ]
    found = {note.pointer for group in groups for note in group.withheld}
    for n, mark in enumerate(budget.withheld):
        where = (Place(f"/withheld/{n}", PLACE),)
        if wrong := _mistake(mark):
            message, hint = wrong
            yield Finding("GJ123", Severity.ERROR, message, where, hint, {"code": mark.code or ""})
        elif f"/withheld/{n}/note" not in found:
            values = {"what": mark.code or TABLES[mark.table or ""]}
            message = "注明{what}有剔除的行，但各行之和等于列明的合计，没有缺口，注不印出"
            hint = "没有剔除就删去这一条；有剔除的，写上包括剔除部分的合计"
            yield Finding("GJ123", Severity.WARNING, message, where, hint, values)


def _mistake(mark: Withheld) -> tuple[str, str] | None:
    """Return message and hint for a mark that does not say what is withheld."""
    if (mark.table is None) == (mark.code is None):
        return (
            "剔除的行要写 table（哪张表）或 code（哪个科目），只写一样",
            "如 table 写 projects，或 code 写类、款的编码",
        )
    if mark.table in BY_CODE and mark.kept is None:
        return "这张表要写保留到哪一级", '写 "kept": "类" 或 "款"'
    if mark.table is not None and mark.table not in BY_CODE and mark.kept is not None:
        return "这张表没有类、款，不写保留到哪一级", "删去 kept"
    if mark.code and mark.kept and KEPT[mark.kept] < len(mark.code):
        return "{code} 是款，不能保留到类", "kept 写“款”，或 code 写类的编码"
    return None
