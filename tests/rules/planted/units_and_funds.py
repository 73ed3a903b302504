"""Errors between revenue and expenditure: of units, of funds, of projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.rules.planted.document import INCOME, SPENDING, Document, number, whole, write_three_public
from tests.rules.planted.kind import kind

PROJECT_FUNDS = ("general_public", "government_fund", "state_capital", "fiscal_account", "own_funds")
OWN_SOURCES = ("事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")


def other_unit(document: Document, line: Any) -> str:
    return str(document.one(code for code in document.units if code != line["unit"]))


def moved_to_another_unit(document: Document, part: str, columns: tuple[str, ...]) -> str | None:
    """A line with more than what is carried forward, so that it cannot be made up by that; its amount is misplaced."""
    kept = number(document.data.get("carried_forward", 0))
    found = document.one(document.lines(part, lambda line: whole(line, columns) > kept))
    if not document.by_unit or len(document.units) < 2 or not found:
        return None
    pointer, line = found
    line["unit"] = other_unit(document, line)
    return f"{pointer}/{next(key for key in columns if number(line.get(key, 0)))}"


@kind("收入记在别的单位", "GJ211")
def income_of_another_unit(document: Document) -> str | None:
    return moved_to_another_unit(document, "revenue", INCOME)


@kind("支出记在别的单位", "GJ211")
def expenditure_of_another_unit(document: Document) -> str | None:
    return moved_to_another_unit(document, "expenditure", SPENDING)


@kind("单位的“三公”大于它的支出", "GJ309")
def three_public_of_a_unit(document: Document) -> str | None:
    found = document.one(document.lines("three_public", lambda line: line["unit"] != "合计"))
    if not document.by_unit or not found:
        return None
    pointer, line = found
    key = document.one(("reception", "vehicle_operation"))
    write_three_public(document, line, key, document.spent(unit=line["unit"]) + document.dice.randint(1, 10**6))
    return f"{pointer}/{key}"


def income_moved(document: Document, source: str, fits: Callable[[Any], object]) -> str | None:
    """Part of the income of one source is entered as another, so that the whole still agrees."""
    others = [one for one in document.lines("revenue") if fits(one[1]) and number(one[1].get("amount", 0)) > 2]
    found = document.one(document.lines("revenue", lambda x: x["source"] == source and number(x.get("amount", 0)) > 2))
    if not found or not others:
        return None
    pointer, line = found
    _, other = document.one(others)
    part = number(line["amount"]) // 2
    other["amount"] = str(number(other["amount"]) + part)
    line["amount"] = str(number(line["amount"]) - part)
    return f"{pointer}/amount"


@kind("一般公共预算收支不等", "GJ201")
def general_public(document: Document) -> str | None:
    return income_moved(document, "一般公共预算", lambda line: line["source"] != "一般公共预算")


@kind("政府性基金收支不等", "GJ201")
def government_fund(document: Document) -> str | None:
    return income_moved(document, "政府性基金预算", lambda line: line["source"] == "一般公共预算")


@kind("国有资本经营预算收支不等", "GJ201")
def state_capital(document: Document) -> str | None:
    return income_moved(document, "国有资本经营预算", lambda line: line["source"] == "一般公共预算")


@kind("财政专户支出多于收入", "GJ212")
def fiscal_account(document: Document) -> str | None:
    return income_moved(document, "财政专户管理资金", lambda line: line["source"] == "一般公共预算")


@kind("单位资金支出多于收入", "GJ212")
def own_funds(document: Document) -> str | None:
    """More than what is carried forward is missing: all of the largest source is entered as 一般公共预算."""
    kept = number(document.data.get("carried_forward", 0))
    own = document.lines("revenue", lambda x: x["source"] in OWN_SOURCES and number(x.get("amount", 0)) > kept)
    other = document.one(document.lines("revenue", lambda x: x["source"] == "一般公共预算"))
    if not own or not other:
        return None
    pointer, line = document.one(own)
    other[1]["amount"] = str(number(other[1].get("amount", 0)) + number(line["amount"]))
    line["amount"] = "0"
    return f"{pointer}/amount"


@kind("有经营支出，没有经营收入", "GJ212")
def operating_income(document: Document) -> str | None:
    own = document.lines("revenue", lambda x: x["source"] == "事业单位经营收入")
    if not own:
        return None
    amount = sum(whole(line, INCOME) for _, line in own)
    for _, line in own:
        line.update(amount="0", carry_over="0")
    document.data["revenue"][0]["amount"] = str(number(document.data["revenue"][0].get("amount", 0)) + amount)
    return f"{own[-1][0]}/amount"


@kind("项目记在别的单位", "GJ214")
def project_of_another_unit(document: Document) -> str | None:
    return moved_to_another_unit(document, "projects", PROJECT_FUNDS)


@kind("全部资金的小计不等", "GJ102")
def sum_of_all_funds(document: Document) -> str | None:
    codes = sorted({line["function"] for line in document.leaves() if len(line["function"]) == 7})
    code = document.one(codes)[: document.dice.choice((3, 5, 7))]
    column = document.one(("personnel", "operating", "project"))
    own = [line for line in document.leaves() if line["function"].startswith(code)]
    line: dict[str, Any] = {"function": code, "fund": "全部资金"}
    line |= {key: str(sum(number(x.get(key, 0)) for x in own)) for key in SPENDING}
    line[column] = str(number(line[column]) + document.dice.randint(1000, 10**6))
    document.data["expenditure"].append(line)
    return f"/expenditure/{len(document.data['expenditure']) - 1}/{column}"
