"""What only final accounts (决算) must keep: carry-over of funds and items, counts of “三公”, contracts, 绩效."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..budget.model import Budget
from ..budget.terms import FINAL, FISCAL_FUNDS, GENERAL_PUBLIC, RECEPTION, VEHICLE_OPERATION, VEHICLE_PURCHASE, Fund
from ..core.finding import Finding, Place, Severity
from ..facts import Fact, FactGroup
from ..facts.fact import total
from .equality import equal, not_more, softened
from .rule import rule

STAGES = (FINAL,)
COUNTED = (
    # item, counts of what it pays for, whether they need money of this year
    ("overseas", "overseas_groups", "因公出国（境）团组"),
    ("overseas", "overseas_persons", "因公出国（境）人次"),
    (VEHICLE_PURCHASE.key, "vehicles_bought", "购置公务用车"),
    (VEHICLE_OPERATION.key, "vehicles_kept", "公务用车保有量"),
    (RECEPTION.key, "receptions", "国内公务接待批次"),
    (RECEPTION.key, "reception_persons", "国内公务接待人次"),
)
NAMES = {
    "overseas": "因公出国（境）费", VEHICLE_PURCHASE.key: VEHICLE_PURCHASE.name,
    VEHICLE_OPERATION.key: VEHICLE_OPERATION.name, RECEPTION.key: RECEPTION.name,
}  # fmt: skip


@rule("GJ127", "财政拨款年初结转、本年收入、本年支出与年末结转相符", stages=STAGES)
def fiscal_funds_balance(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """每项财政拨款：年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余。

    来源：勾稽关系第 27 条（财政拨款收入支出决算总表两边的总计）。
    """
    for fund in FISCAL_FUNDS:
        left = (f"财政拨款收入支出决算总表「{fund.name}」年初结转和结余 + 本年收入", facts.revenue[fund.key].total)
        right = (f"财政拨款收入支出决算总表「{fund.name}」本年支出 + 年末结转和结余", facts[fund.key].grand_total)
        hint = "核对年初结转（carry_over）、收入、支出和 fiscal_carried_forward"
        yield from equal("GJ127", budget, left, right, 3, hint)


@rule("GJ128", "每个科目的年初结转、本年收入、本年支出与年末结转相符", stages=STAGES)
def items_balance(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """政府性基金、国有资本经营预算的每个科目：年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余。

    一般公共预算的表不印年末结转，各项写了的也查，不相符的是警告：下一年各科目的年初结转由它来。
    收入没有按科目编报的不查。来源：勾稽关系第 27 条（基金表、国资表的每一行）。
    """
    for fund in FISCAL_FUNDS if facts.revenue.functions.rows else ():
        group = facts[fund.key]
        if fund is not GENERAL_PUBLIC:
            yield from _each_balances(budget, fund, group.rows)
        elif group.closing.inputs or group.closing.pointers:
            yield from softened(_each_balances(budget, fund, group.items))


def _each_balances(budget: Budget, fund: Fund, rows: Sequence[FactGroup]) -> Iterator[Finding]:
    """Yield each row of a fund that had and received other than it spent and has left."""
    for row in rows:
        name = f"{fund.table}「{row.key} {row.name.text}」"
        left = (f"{name}年初结转和结余 + 本年收入", total(f"{row.dotted}.in", [row.opening, row.income]))
        right = (f"{name}本年支出 + 年末结转和结余", total(f"{row.dotted}.out", [row.total, row.closing]))
        hint = "核对这个科目的收入行、支出行和 carried_forward"
        yield from equal("GJ128", budget, left, right, 3, hint)


@rule("GJ129", "年末结转的合计、各项资金与各科目相符", stages=STAGES)
def closings_add_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """每项财政拨款年末结转和结余 = 各科目之和（一般公共预算没有写科目的不查）；各项资金之和不大于全部资金的。

    来源：勾稽关系第 27 条。
    """
    for fund in FISCAL_FUNDS:
        group = facts[fund.key]
        if fund is not GENERAL_PUBLIC or group.closing.inputs or group.closing.pointers:
            whole = (f"财政拨款收入支出决算总表「{fund.name}」年末结转和结余", group.carried_forward)
            parts = ("各科目年末结转和结余之和", group.closing)
            yield from equal(
                "GJ129", budget, whole, parts, len(group.closing.inputs) or 1, "核对各行的 carried_forward"
            )
    part = ("财政拨款收入支出决算总表「年末财政拨款结转和结余」", facts.appropriation.carried_forward)
    whole = ("收入支出决算总表「年末结转和结余」", facts.expenditure.carried_forward)
    yield from not_more("GJ129", budget, part, whole, Severity.ERROR, "核对 carried_forward 与 fiscal_carried_forward")


@rule("GJ317", "“三公”的数量与金额相符", acceptable=True, stages=STAGES)
def counts_match_money(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """有出国费就有团组和人次，有购置费就有购置数量，有运行费就有保有量，有接待费就有批次和人次；反过来也一样，只有保有量可以没有费用。
    外宾接待的支出、批次和人次也要相符。没有读到数量的（unread）不查。

    来源：财预〔2016〕143号：决算要说明团组、人次、购置数、保有量、接待批次和人次。
    """
    details = facts.three_public.details
    for item, key, name in COUNTED if "/three_public_details" not in budget.unread else ():
        money, count = facts.three_public[item], details[key]
        if bool(money) != bool(count) and (money or key != "vehicles_kept"):
            values = {"item": NAMES[item], "name": name}
            message = "有{item}，没有{name}" if money else "有{name}，没有{item}"
            where = (Place(f"/three_public_details/{key}", "“三公”经费"),)
            yield Finding("GJ317", Severity.ERROR, message, where, "补上数量或金额", values)
    if "/three_public_details" not in budget.unread:
        yield from _foreign_counts(details)


def _foreign_counts(details: FactGroup) -> Iterator[Finding]:
    """Yield where 外宾接待 has money or persons and no visit, or visits and no persons; visits may cost nothing."""
    money, visits, persons = details.foreign_reception, details.foreign_receptions, details.foreign_persons
    for has, name, lacks, key, other, severity in (
        (money, "外宾接待支出", visits, "foreign_receptions", "外宾接待批次", Severity.ERROR),
        (persons, "外宾接待人次", visits, "foreign_receptions", "外宾接待批次", Severity.ERROR),
        (visits, "外宾接待批次", persons, "foreign_persons", "外宾接待人次", Severity.ERROR),
        (visits, "外宾接待批次", money, "foreign_reception", "外宾接待支出", Severity.WARNING),
    ):
        if has and not lacks:
            where = (Place(f"/three_public_details/{key}", other),)
            values, hint = {"item": name, "name": other}, "核对外宾接待的金额、批次和人次"
            yield Finding("GJ317", severity, "有{item}，没有{name}", where, hint, values)


@rule("GJ318", "外宾接待是公务接待的一部分", stages=STAGES)
def foreign_reception_is_a_part(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """外宾接待支出、批次、人次都不大于国内公务接待的。来源：财预〔2016〕143号：其中外宾。"""
    details = facts.three_public.details
    part, whole = ("外宾接待支出", details.foreign_reception), ("公务接待费", facts.three_public.reception)
    yield from not_more("GJ318", budget, part, whole, Severity.ERROR, "核对外宾接待的金额")
    for key, of, name in (
        ("foreign_receptions", "receptions", "批次"),
        ("foreign_persons", "reception_persons", "人次"),
    ):
        if details[key].value > details[of].value:
            values = {"name": name, "part": str(details[key].value), "whole": str(details[of].value)}
            where = (Place(f"/three_public_details/{key}", "“三公”经费"),)
            message = "外宾接待{name} {part} 大于公务接待{name} {whole}"
            yield Finding("GJ318", Severity.ERROR, message, where, "公务接待的数量包括外宾接待", values)


@rule("GJ319", "授予中小企业的合同不大于采购额", acceptable=True, stages=STAGES)
def contracts_are_within_procurement(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """授予小微企业 ≤ 授予中小企业 ≤ 政府采购金额；预留项目里的与其他项目里的之和 = 授予中小企业的。

    来源：政府采购促进中小企业发展管理办法。
    """
    contracts = facts.procurement.contracts
    sme = ("授予中小企业合同金额", contracts.sme)
    hint = "核对 procurement.contracts"
    yield from not_more("GJ319", budget, sme, ("政府采购金额", facts.procurement.total), Severity.ERROR, hint)
    yield from not_more("GJ319", budget, ("授予小微企业合同金额", contracts.small), sme, Severity.ERROR, hint)
    parts: list[Fact] = [contracts.sme_reserved, contracts.sme_other]
    if contracts.sme and all(part.pointers for part in parts):
        both = ("预留项目里和其他项目里授予中小企业的", total("contracts.sme", parts))
        yield from equal("GJ319", budget, sme, both, 2, hint)
