"""Errors that clerks make in final accounts (决算): each plants one in a document and says where."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

Data = dict[str, Any]
Plant = Callable[[Data, Random], str | None]


class Kind(NamedTuple):
    """A kind of error: its name, the rules that may find it, how it is planted; None where there is no place for it."""

    name: str
    codes: tuple[str, ...]
    plant: Plant


KINDS: list[Kind] = []
GENERAL = "一般公共预算"
BALANCE = ("GJ101", "GJ127", "GJ128", "GJ217")


def kind(name: str, *codes: str) -> Callable[[Plant], Plant]:
    def declare(plant: Plant) -> Plant:
        KINDS.append(Kind(name, codes, plant))
        return plant

    return declare


def lines(data: Data, part: str, wanted: Callable[[Data], Any]) -> list[tuple[str, Data]]:
    return [(f"/{part}/{n}", line) for n, line in enumerate(data.get(part, ())) if wanted(line)]


def one(found: list[tuple[str, Data]], dice: Random) -> tuple[str, Data] | None:
    return dice.choice(found) if found else None


def raised(holder: Data | None, name: str, pointer: str, by: int = 10_000) -> str | None:
    if not holder or not holder.get(name):
        return None
    holder[name] += by
    return f"{pointer}/{name}"


def of_line(part: str, name: str, path: tuple[str, ...] = ()) -> Plant:
    """Add an amount to a field of a line of the list, or of what is below it."""

    def plant(data: Data, dice: Random) -> str | None:
        def holder(line: Data) -> Data:
            for step in path:
                line = line.get(step, {})
            return line

        found = one(lines(data, part, lambda line: holder(line).get(name)), dice)
        return found and raised(holder(found[1]), name, "/".join((found[0], *path)))

    return plant


kind("收入抄错", *BALANCE)(of_line("revenue", "amount"))
kind("年初结转抄错", *BALANCE, "GJ607")(of_line("revenue", "carry_over"))
kind("项目支出抄错", *BALANCE)(of_line("expenditure", "project"))
kind("基本支出抄错", *BALANCE, "GJ202")(of_line("expenditure", "basic"))
kind("经济科目抄错", "GJ202", "GJ104")(of_line("basic_expenditure", "amount"))
kind("科目的年末结转抄错", "GJ128", "GJ129")(of_line("expenditure", "carried_forward"))
kind("年初预算与公开的不同", "GJ608")(of_line("expenditure", "initial", ("budgeted",)))
kind("三公年初预算与公开的不同", "GJ608")(of_line("three_public", "reception", ("budgeted", "initial")))
kind("上年决算数与公开的不同", "GJ606")(of_line("expenditure", "execution", ("last",)))


@kind("年末结转合计抄错", "GJ101")
def closing(data: Data, dice: Random) -> str | None:
    return raised(data, "carried_forward", "")


@kind("财政拨款年末结转抄错", "GJ127", "GJ129")
def fiscal_closing(data: Data, dice: Random) -> str | None:
    stated = data["fiscal_carried_forward"]
    used = [fund for fund, amount in stated.items() if amount]
    return raised(stated, dice.choice(used), "/fiscal_carried_forward") if used else None


@kind("结余分配漏写", "GJ101")
def distributed(data: Data, dice: Random) -> str | None:
    data["surplus_distributed"] = data.get("surplus_distributed", 0) + 6_000
    return "/surplus_distributed"


def with_reason(line: Data) -> bool:
    return bool(line.get("budgeted", {}).get("reason"))


@kind("差异没有写原因", "GJ414")
def no_reason(data: Data, dice: Random) -> str | None:
    found = one(lines(data, "expenditure", with_reason), dice)
    if found is None:
        return None
    found[1]["budgeted"].pop("reason")
    return found[0]


@kind("原因与方向相反", "GJ417")
def opposite(data: Data, dice: Random) -> str | None:
    found = one(lines(data, "expenditure", lambda line: with_reason(line) and line.get("project")), dice)
    if found is None:
        return None
    same = [line for line in data["expenditure"] if line["function"] == found[1]["function"] and "budgeted" in line]
    columns = ("basic", "project", "business", "paid_up", "subsidies")
    moved = sum(sum(line.get(name, 0) for name in columns) - line["budgeted"]["initial"] for line in same)
    found[1]["budgeted"]["reason"] = "厉行节约，经费结余" if moved > 0 else "新增工作任务"
    return f"{found[0]}/budgeted/reason"


@kind("持平却写了原因", "GJ416")
def flat(data: Data, dice: Random) -> str | None:
    def is_flat(line: Data) -> bool:
        same = [one for one in data["expenditure"] if one["function"] == line["function"] and "budgeted" in one]
        return "budgeted" in line and len(same) == 1 and line.get("basic") == line["budgeted"]["initial"]

    found = one(lines(data, "expenditure", is_flat), dice)
    if found is None:
        return None
    found[1]["budgeted"]["reason"] = "缴费基数调整"
    return f"{found[0]}/budgeted/reason"


@kind("年初预算小数点错一位", "GJ510", "GJ608")
def shifted(data: Data, dice: Random) -> str | None:
    found = one(lines(data, "expenditure", lambda line: line.get("budgeted", {}).get("initial", 0) > 100_000), dice)
    if found is None:
        return None
    found[1]["budgeted"]["initial"] *= 10
    return f"{found[0]}/budgeted/initial"


def counted(item: str, name: str) -> Plant:
    def plant(data: Data, dice: Random) -> str | None:
        if not any(line.get(item) for line in data["three_public"]) or not data["three_public_details"].get(name):
            return None
        data["three_public_details"][name] = 0
        return f"/three_public_details/{name}"

    return plant


kind("有出国费没有团组", "GJ317")(counted("overseas", "overseas_groups"))
kind("有购置费没有数量", "GJ317")(counted("vehicle_purchase", "vehicles_bought"))
kind("有接待费没有批次", "GJ317")(counted("reception", "receptions"))


@kind("没有出国费却有团组", "GJ317")
def groups_without_money(data: Data, dice: Random) -> str | None:
    if any(line.get("overseas") for line in data["three_public"]):
        return None
    data["three_public_details"]["overseas_groups"] = 2
    return "/three_public_details/overseas_groups"


@kind("外宾比公务接待多", "GJ318")
def foreign(data: Data, dice: Random) -> str | None:
    details = data["three_public_details"]
    details["foreign_persons"] = details.get("reception_persons", 0) + 5
    return "/three_public_details/foreign_persons"


@kind("评级的个数不符", "GJ130")
def grades(data: Data, dice: Random) -> str | None:
    data["evaluation"]["good"] = data["evaluation"].get("good", 0) + 1
    return "/evaluation/evaluated/count"


@kind("合同大于采购额", "GJ319")
def contracts(data: Data, dice: Random) -> str | None:
    stated = data.get("procurement", {}).get("contracts")
    return raised(stated, "sme", "/procurement/contracts", 10**9)


@kind("资产的日期还是上年的", "GJ503")
def assets(data: Data, dice: Random) -> str | None:
    data["assets"]["as_of"] = f"{int(data['year']) - 1}-12-31"
    return "/assets/as_of"


@kind("公开日期不合年度", "GJ507")
def published(data: Data, dice: Random) -> str | None:
    data["published"] = f"{data['year']}-08-20"
    return "/published"


@kind("漏写主要用于", "GJ407")
def use(data: Data, dice: Random) -> str | None:
    found = one(lines(data, "expenditure", lambda line: line.get("use") and line.get("fund", GENERAL) == GENERAL), dice)
    if found is None:
        return None
    found[1].pop("use")
    return "/expenditure"


@kind("照抄往年的年份", "GJ404")
def year(data: Data, dice: Random) -> str | None:
    found = one(lines(data, "expenditure", with_reason), dice)
    if found is None:
        return None
    found[1]["budgeted"]["reason"] += f"（{int(data['year']) - 3}年批复）"
    return f"{found[0]}/budgeted/reason"


@kind("留下模板的空", "GJ405")
def placeholder(data: Data, dice: Random) -> str | None:
    data["totals"]["general_public"]["reason"] = "XX经费增加"
    return "/totals/general_public/reason"


@kind("一行写了两遍", "GJ108")
def repeated(data: Data, dice: Random) -> str | None:
    data["expenditure"].append(dict(data["expenditure"][-1]))
    return f"/expenditure/{len(data['expenditure']) - 1}"


@kind("没有写上年决算数", "GJ409")
def no_last(data: Data, dice: Random) -> str | None:
    data["totals"]["revenue"].pop("last")
    return "/totals/revenue/last/execution"
