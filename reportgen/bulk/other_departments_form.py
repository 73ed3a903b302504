"""The words of the list of other departments: the heads of its columns, how clerks vary them, what is no department."""

from __future__ import annotations

import re
import unicodedata

from ..budget.terms import OVERSEAS, RECEPTION, VEHICLE_OPERATION, VEHICLE_PURCHASE

NAME = "部门"
COLUMNS = {
    item.name.removesuffix("用"): item.key for item in (OVERSEAS, VEHICLE_PURCHASE, VEHICLE_OPERATION, RECEPTION)
}
"""Heads of the columns → keys of the items; the form of the list has 因公出国（境）费, that of the table 费用."""
LAST, REASONS = "上年", "增减原因"
SUMS = frozenset(("合计", "总计", "小计", "本级合计", "全市合计"))
"""Names of rows that are no departments."""
AMOUNT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,8})?|[0-9]{1,16}(?:\.[0-9]{1,8})?")
UNIT = re.compile(r"单位:?(?:人民币)?(万元|元)")
UNIT_IN_HEAD = re.compile(r"\((万元|元)\)$")
NOT_PRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff]"
)

_SYNONYMS = {"部门名称": NAME, "因公出国（境）费用": "因公出国（境）费", "公务用车运行费": "公务用车运行维护费"}


def normal(text: str) -> str:
    """Return ``text`` with half-width digits, brackets and signs, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def heading(text: str) -> str:
    """Return the head of a column as :data:`COLUMNS` has it, without its unit.

    >>> heading("上年 因公出国(境)费用（万元）")
    '上年因公出国（境）费'
    """
    text = UNIT_IN_HEAD.sub("", normal(text)).replace("(", "（").replace(")", "）")
    last, name = (LAST, text[len(LAST) :]) if text.startswith(LAST) else ("", text)
    return last + _SYNONYMS.get(name, name)


def department_name(text: str) -> str:
    """Return the name of a department without blanks; its own brackets stay."""
    return "".join(text.split())


def shown(text: str) -> str:
    """Return what was typed as a message prints it."""
    return NOT_PRINTABLE.sub("�", text[:40])
