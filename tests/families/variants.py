"""The sample of a layout changed as a whole: nothing this year, last year unknown, more or as much."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportgen.budget.json_input import parse_json
from reportgen.budget.terms import BUDGETED_KINDS, FINAL, TOTAL_NAMES
from reportgen.core.money import YUAN
from reportgen.pipeline.in_memory import prepare

from .golden import sample

LISTS = ("revenue", "expenditure", "basic_expenditure", "economic_expenditure", "three_public", "projects")
MONEY = (
    *LISTS, "performance", "named", "procurement", "agency_operating", "carried_forward", "overrides", "glossary",
    "fiscal_carried_forward", "surplus_distributed", "three_public_details", "evaluation",
)  # fmt: skip
KINDS = ("budget", "execution")
MUCH = 10**10
"""元. More than any sample has."""


def data_of(layout: str) -> Any:
    return parse_json(sample(layout).read_bytes())


def nothing(layout: str) -> Any:
    """A department of one unit without money, this year and last year, and without texts of its own."""
    data = data_of(layout)
    for name in (*MONEY, "sections", "totals", "assets"):
        data.pop(name, None)
    data["department"]["units"] = [data["department"]["units"][0] | {"nature": "企业"}]
    unit = data["department"]["units"][0]["code"]
    bought_nothing = {"procurement": {"goods": 0}} if data.get("stage") == FINAL else {}
    return (
        data
        | bought_nothing
        | {
            "revenue": [{"unit": unit, "source": "其他收入", "amount": 0}],
            "expenditure": [{"function": "2010101", "fund": "单位资金", "project": 0}],
        }
    )


def nothing_left(layout: str) -> Any:
    """A department that had money last year and has none, with a reason for each total."""
    return nothing(layout) | {"totals": _totals(layout, _much(layout), "机构撤并"), "assets": {"as_of": "2025-12-31"}}


def nothing_ever(layout: str) -> Any:
    """A department that had no money last year either, and says so."""
    return nothing(layout) | {"totals": _totals(layout, Decimal(0), None)}


def income_alone(layout: str) -> Any:
    """A department that has income and spends nothing of it."""
    return nothing(layout) | {"revenue": [data_of(layout)["revenue"][0]]}


def spending_alone(layout: str) -> Any:
    """A department that states no income."""
    return data_of(layout) | {"revenue": nothing(layout)["revenue"]}


def without_last_year(layout: str) -> Any:
    """The sample without a figure of last year and without a reason."""
    data = _without(data_of(layout), ("last", "reason", "budgeted"))
    for name in LISTS:
        data[name] = [line for line in data.get(name, []) if _has_amount(line)]
    return data


def more_last_year(layout: str) -> Any:
    """The sample with more money in every total of last year."""
    return without_last_year(layout) | {"totals": _totals(layout, _much(layout), "压减一般性支出")}


def as_much_last_year(layout: str) -> Any:
    """The sample with the same money last year in every total that is known, almost the same in two."""
    data = without_last_year(layout)
    facts, unit = prepare(data, layout).facts, YUAN[data["money_unit"]]
    totals = {
        "revenue": facts.revenue.total,
        "expenditure": facts.expenditure.total,
        "grand_total": facts.expenditure.grand_total,
        "appropriation": facts.appropriation.total,
        "appropriation_revenue": facts.revenue.appropriation.total,
        "agency_operating": facts.agency_operating.total,
        "three_public": facts.three_public.total,
        **{fund: facts[fund].total for fund in ("general_public", "government_fund", "state_capital")},
        **{
            item: facts.three_public[item]
            for item in ("overseas", "vehicle_purchase", "vehicle_operation", "reception")
        },
    }
    last = {name: fact.value / unit for name, fact in totals.items()}
    for name in ("general_public", "agency_operating"):
        last[name] *= Decimal("0.999")
    return data | {"totals": {name: _total(layout, f"{value:f}") for name, value in last.items()}}


def _much(layout: str) -> Decimal:
    return Decimal(MUCH) / YUAN[data_of(layout)["money_unit"]]


def _totals(layout: str, amount: Decimal, reason: str | None) -> dict[str, Any]:
    total = _total(layout, str(amount)) | ({"reason": reason} if reason else {})
    return dict.fromkeys(TOTAL_NAMES, total)


def _total(layout: str, amount: str) -> dict[str, Any]:
    """What a total is compared with: last year, and in final accounts this year's budget."""
    last: dict[str, Any] = {"last": dict.fromkeys(KINDS, amount)}
    final = data_of(layout)["stage"] == FINAL
    return last | ({"budgeted": dict.fromkeys(BUDGETED_KINDS, amount)} if final else {})


def _without(value: Any, names: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, names) for key, inner in value.items() if key not in names}
    return [_without(inner, names) for inner in value] if isinstance(value, list) else value


def _has_amount(line: dict[str, Any]) -> bool:
    texts = {"unit", "source", "function", "economic", "fund", "use", "name", "key", "goal", "counted_as"}
    return bool(set(line) - texts)


def other_texts(layout: str) -> Any:
    """The sample with texts and money that a form prints in place of others, and no reason."""
    data = _without(data_of(layout), ("reason",))
    unit = data["department"]["units"][0]["code"]
    sections = {"重点项目": ["建设一个公共服务平台。", "翻修一处场馆。"]}
    if data["stage"] == FINAL:
        data["evaluation"] = data["evaluation"] | {"problems": 0, "systems": ["《绩效管理办法》", "《绩效评价办法》"]}
        data["evaluation"].pop("score", None), data["evaluation"].pop("mechanism", None)
    return data | {
        "sections": sections,
        "projects": [{"unit": "合计", "general_public": 10000}],
        "revenue": [*data["revenue"], {"unit": unit, "source": "使用非财政拨款结余", "amount": 10000}],
        "totals": {"three_public": {"last": dict.fromkeys(KINDS, 0)}},
    }


VARIANTS = (
    nothing,
    nothing_left,
    nothing_ever,
    income_alone,
    spending_alone,
    without_last_year,
    more_last_year,
    as_much_last_year,
    other_texts,
)
