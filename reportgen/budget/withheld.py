"""保密: rows that are withheld from the document, by table or by code, and the note that is printed for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .field_types import Choice, Code, Text
from .fields import model_field
from .lines import ALL

BY_CODE = ("expenditure", "basic_expenditure", "economic_expenditure")
"""The lists with codes: of these the classes (类), or the classes and sections (款), are kept."""
TABLES = {
    "expenditure": "支出", "basic_expenditure": "基本支出", "economic_expenditure": "按经济分类的支出",
    "three_public": "“三公”经费", "projects": "项目支出", "performance": "绩效指标",
    "procurement": "采购明细", "named": "其他金额",
}  # fmt: skip
"""The lists that rows may be withheld from, with the names that messages print."""
KEPT = {"类": 3, "款": 5}
"""The lowest level at which all rows are printed, with the length of its codes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Withheld:
    """剔除: rows below one code, or of one list, that are not in the document; what it states for them stands."""

    table: str | None = model_field(
        Choice(tuple(TABLES)), "哪张表", "文件里这一部分的名称，如 projects；与编码写一样", default=None
    )
    code: str | None = model_field(
        Code(r"[0-9]{3}|[0-9]{5}", "类或款的编码（3 位或 5 位）"),
        "哪个科目",
        "功能分类或经济分类的类、款，其下级有剔除",
        default=None,
    )
    kept: str | None = model_field(
        Choice(tuple(KEPT)),
        "保留到",
        "到这一级为止各行齐全；写了编码的不填为编码自己的级次，项目、采购等没有编码的表不填",
        default=None,
    )
    note: str = model_field(Text(500), "注", "印在有剔除的表之下，带“注：”和句号")

    @property
    def kept_length(self) -> int:
        """The length of the codes of the level that is kept; 0 for a list without codes."""
        return KEPT.get(self.kept or "", len(self.code or ""))

    def is_below(self, part: str, code: str = "") -> bool:
        """Whether rows of the list ``part`` below ``code`` may be withheld; of a list without codes, any rows."""
        if part not in BY_CODE:
            return self.table == part
        if code == ALL or len(code) < max(self.kept_length, 3):
            return False
        return self.table == part or (self.code is not None and code.startswith(self.code))


def may_lack_rows(marks: Iterable[Withheld], part: str, code: str = "") -> bool:
    """Whether the document marks rows of the list ``part`` below ``code`` as withheld."""
    return any(mark.is_below(part, code) for mark in marks)
