"""Errors in amounts: of last year, against other amounts, against counts, of the whole file."""

from __future__ import annotations

from decimal import Decimal

from tests.rules.planted.document import INCOME, SPENDING, Document, number, scaled, times, whole, write_three_public
from tests.rules.planted.kind import kind

FISCAL = ("general_public", "government_fund", "state_capital")


@kind("上年一项财政拨款多写一个零", "GJ504")
def part_of_last_year(document: Document) -> str | None:
    execution = document.bases("execution")
    least = min(execution["revenue"], execution["expenditure"]) / 4
    key = document.one(key for key in FISCAL if execution.get(key, 0) > least)
    return key and document.put_base(key, "execution", times(execution[key], 10))


@kind("上年合计少写一个零", "GJ504", "GJ505")
def total_of_last_year(document: Document) -> str | None:
    execution = document.bases("execution")
    key = document.one(key for key in ("revenue", "expenditure") if execution[key])
    return key and document.put_base(key, "execution", str(execution[key] / 10))


@kind("上年数是本年数的十倍", "GJ505")
def base_of_ten_times(document: Document) -> str | None:
    data = document.data
    this = {
        "execution/revenue": sum(whole(line, INCOME) for line in data["revenue"]),
        "execution/expenditure": document.spent(),
        "execution/general_public": document.spent(fund="一般公共预算"),
        "budget/agency_operating": number(data.get("agency_operating", 0)),
        "budget/reception": sum(number(x.get("reception", 0)) for x in data["three_public"] if x["unit"] != "合计"),
        "budget/vehicle_operation": sum(
            number(x.get("vehicle_operation", 0)) for x in data["three_public"] if x["unit"] != "合计"
        ),
    }
    name = document.one(name for name, amount in this.items() if amount > 1)
    part, key = name.split("/")
    return document.put_base(key, part, times(this[name], 10))


@kind("采购大于人员之外的支出", "GJ311")
def procurement(document: Document) -> str | None:
    stated = document.data.setdefault("procurement", {})
    key = document.one(("goods", "works", "services"))
    stated[key] = str(document.spent(SPENDING[1:]) + document.dice.randint(1, 10**6))
    return f"/procurement/{key}"


@kind("接待费大于支出", "GJ310")
def reception(document: Document) -> str | None:
    found = document.one(document.lines("three_public", lambda line: line["unit"] != "合计"))
    if not found:
        return None
    pointer, line = found
    more = document.dice.randint(1, 10**6)
    total = write_three_public(document, line, "reception", document.spent(fund="一般公共预算") + more)
    return total or f"{pointer}/reception"


@kind("绩效金额大于同名项目", "GJ213")
def performance_amount(document: Document) -> str | None:
    named = {(line["unit"], line["name"]) for _, line in document.lines("projects") if "name" in line}
    found = document.one(document.lines("performance", lambda x: (x["unit"], x["name"]) in named and "amount" in x))
    if not found:
        return None
    pointer, line = found
    line["amount"] = times(line["amount"], 10)
    return f"{pointer}/amount"


@kind("每辆车的运行费太多", "GJ506")
def running_costs(document: Document) -> str | None:
    found = document.one(document.lines("three_public", lambda x: x["unit"] != "合计" and "vehicle_operation" in x))
    if not found or not sum(document.data.get("assets", {}).get("vehicles", {}).values()):
        return None
    pointer, line = found
    yuan = 1 if document.data["money_unit"] == "元" else 10_000
    count = sum(document.data["assets"]["vehicles"].values())
    amount = Decimal(count * document.dice.choice((180_000, 500_000, 1_000_000))) / yuan
    total = write_three_public(document, line, "vehicle_operation", amount)
    return total or f"{pointer}/vehicle_operation"


@kind("全文的元写成了万元", "GJ508")
def yuan_as_ten_thousand(document: Document) -> str | None:
    """The amounts of a file in 元, called 万元."""
    if document.data["money_unit"] == "万元":
        document.data = scaled(document.data, Decimal(10_000))
    document.data["money_unit"] = "万元"
    return "/money_unit"


@kind("全文的万元写成了元", "GJ508")
def ten_thousand_as_yuan(document: Document) -> str | None:
    """The amounts of a file in 万元, called 元."""
    if document.data["money_unit"] == "元":
        document.data = scaled(document.data, Decimal("0.0001"))
    document.data["money_unit"] = "元"
    return "/money_unit"
