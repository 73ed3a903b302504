"""The relations (勾稽) that the workbook shows while it is filled in, as pairs of formulas that must be equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...budget.purchases import KINDS_OF_PURCHASE
from ...budget.terms import FINAL, FISCAL_FUNDS, FUNDS, GENERAL_PUBLIC, THREE_PUBLIC, VEHICLE_ITEMS, VEHICLES
from . import formulas
from .plan import CHECK, plans

BASIC = ("personnel", "operating")


@dataclass(frozen=True, slots=True)
class Relation:
    """Two amounts that must be equal. ``group`` is 收支, 表间, 上下级 …; ``applies`` is when it is checked at all."""

    group: str
    left: str
    right: str
    left_formula: str
    right_formula: str
    hint: str
    applies: str = "TRUE"


def relations(stage: str) -> Iterator[Relation]:
    """Yield the relations in the order of the sheet."""
    carried = f"N({formulas.single(stage, 'carried_forward')})"
    yield from _balances_of_final_accounts(carried) if stage == FINAL else _balances(stage, carried)
    basic = formulas.expenditure(stage, GENERAL_PUBLIC, BASIC)
    yield Relation(
        "表与表", "“支出”一般公共预算的基本支出", "“基本支出”合计", basic, formulas.basic_expenditure(stage),
        "两张表是同一笔钱，一张按功能科目，一张按经济科目", f"{formulas.basic_expenditure(stage)}<>0",
    )  # fmt: skip
    for fund in FUNDS:
        yield Relation(
            "表与表", f"“支出”{fund.name}的项目支出", "“项目支出”同一栏合计",
            formulas.expenditure(stage, fund, ("project",)), formulas.projects(stage, fund),
            "核对“项目支出”表有没有漏项、错栏", f"{formulas.projects(stage, fund)}<>0",
        )  # fmt: skip
    for key, kind in KINDS_OF_PURCHASE.items():
        stated = formulas.single(stage, f"procurement.{key}")
        yield Relation(
            "表与表", f"“单项数字”政府采购·{kind}", "“采购明细”合计", f"N({stated})", formulas.purchases(stage, kind),
            "有明细的，合计可以不填", f'AND({stated}<>"",{formulas.purchases(stage, kind)}<>0)',
        )  # fmt: skip


def _balances(stage: str, carried: str) -> Iterator[Relation]:
    """Yield 收支相等 of a budget, in sum and by fund."""
    yield Relation(
        "收支相等", "收入总计（含上年结转）", "支出合计＋年终结转结余", formulas.revenue(stage),
        f"{formulas.expenditure(stage)}+{carried}", "核对“收入”“支出”两张表，或补填“单项数字”的年终结转结余",
    )  # fmt: skip
    for fund in FUNDS:
        yield Relation(
            "收支相等", f"{fund.name}收入", f"{fund.name}支出",
            formulas.revenue(stage, formulas.sources_of(fund)), formulas.expenditure(stage, fund),
            "有年终结转的资金可以不等；否则核对这种资金的收入和支出", f"{carried}=0",
        )  # fmt: skip


def _balances_of_final_accounts(carried: str) -> Iterator[Relation]:
    """Yield 收支相等 of final accounts: what there was is what was spent, distributed and carried forward."""
    distributed = f"N({formulas.single(FINAL, 'surplus_distributed')})"
    yield Relation(
        "收支相等", "收入总计（含年初结转和结余）", "支出合计＋结余分配＋年末结转和结余", formulas.revenue(FINAL),
        f"{formulas.expenditure(FINAL)}+{distributed}+{carried}",
        "核对“收入”“支出”两张表，或补填“单项数字”的结余分配、年终结转结余",
    )  # fmt: skip
    for fund in FISCAL_FUNDS:
        left = formulas.single(FINAL, f"fiscal_carried_forward.{fund.key}")
        yield Relation(
            "收支相等", f"{fund.name}收入（含年初结转）", f"{fund.name}支出＋年末结转",
            formulas.revenue(FINAL, formulas.sources_of(fund)), f"{formulas.expenditure(FINAL, fund)}+N({left})",
            "核对这种资金的收入、支出，或补填“单项数字”的年末财政拨款结转和结余", f'OR({carried}=0,{left}<>"")',
        )  # fmt: skip


def row_checks(stage: str) -> Iterator[Relation]:
    """Yield a relation for each sheet whose rows are checked: no row may have a fault."""
    for name, plan in plans(stage).items():
        if CHECK in plan.automatic:
            count = f'COUNTIF({plan.range(CHECK)},"✗*")'
            yield Relation("逐行检查", f"“{name}”有问题的行数", "应为", count, "0", f"看“{name}”表“检查”一栏的红字")


def line_sums(stage: str) -> Mapping[str, str]:
    """Return the formula of the sum of lines for each key of the totals."""
    items = {item.key: formulas.three_public(stage, (item.key,)) for item in THREE_PUBLIC}
    bought = "+".join(
        f'IF({formulas.single(stage, f"procurement.{key}")}<>"",N({formulas.single(stage, f"procurement.{key}")}),'
        f"{formulas.purchases(stage, kind)})"
        for key, kind in KINDS_OF_PURCHASE.items()
    )
    kept = ("carried_forward", "surplus_distributed") if stage == FINAL else ("carried_forward",)
    left = (f"N({formulas.single(stage, name)})" for name in kept)
    fiscal = tuple(name for fund in FISCAL_FUNDS for name in formulas.sources_of(fund))
    return {
        "revenue": formulas.revenue(stage),
        "expenditure": formulas.expenditure(stage),
        "grand_total": "+".join((formulas.expenditure(stage), *left)),
        "appropriation": "+".join(formulas.expenditure(stage, fund) for fund in FISCAL_FUNDS),
        "appropriation_revenue": formulas.revenue(stage, fiscal),
        **{fund.key: formulas.expenditure(stage, fund) for fund in FUNDS},
        "basic": formulas.expenditure(stage, None, BASIC),
        **{key: formulas.expenditure(stage, None, (key,)) for key in (*BASIC, "project")},
        "basic_expenditure": formulas.basic_expenditure(stage),
        "three_public": formulas.three_public(stage),
        **items,
        VEHICLES: "+".join(items[item.key] for item in VEHICLE_ITEMS),
        "agency_operating": f"N({formulas.single(stage, 'agency_operating')})",
        "procurement": bought,
    }
