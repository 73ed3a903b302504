"""What only final accounts (决算) have: 本年收入合计, carry-over by fund and by item, counts of “三公”, 绩效."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from ..budget.field_types import Integer
from ..budget.final_accounts import Evaluation, ProjectCount, ThreePublicDetails
from ..budget.model import Budget
from ..budget.purchases import Contracts
from ..budget.terms import FISCAL_ACCOUNT, FISCAL_FUNDS, OVERSEAS, RECEIVED, RECEPTION, SURPLUS_USED, VEHICLES
from .fact import ZERO, Fact, FactGroup, SourceText, counted, less, read, source_text, total
from .past import Past
from .share import shares

APPROPRIATION = "appropriation"
DETAILS, CONTRACTS = "three_public_details", "procurement/contracts"
OPENING, INCOME, CLOSING = "opening", "income", "closing"


def put_final_accounts(facts: FactGroup, budget: Budget, past: Past) -> None:
    """Put into the groups of facts what only final accounts have."""
    facts.revenue.put(received=_received(facts.revenue, past))
    _put_fiscal_balance(facts, budget)
    for fund in FISCAL_FUNDS:
        _put_item_balances(facts[fund.key], fund.name, facts, budget)
    _put_three_public(facts.three_public, budget, past)
    facts.put(evaluation=_evaluation(budget.evaluation))
    bought = facts.procurement.total
    facts.procurement.put(
        contracts=_contracts(budget.procurement.contracts, bought), stated=next(bought.cells(), None) is not None
    )


def _received(revenue: FactGroup, past: Past) -> FactGroup:
    """Return 本年收入合计, without 使用非财政拨款结余: its columns, and the ``sources`` with their shares of it.

    ``rows`` are those of 收入决算表, by function code.
    """
    group = _received_columns("revenue.received", revenue)
    used = {key: text for key, text in RECEIVED.items() if group[key]}
    parts = shares([group[key] for key in used], group.total, past.printing)
    group.put(
        sources=[
            FactGroup(f"revenue.received.sources.{key}", key=key, name=SourceText(text), total=group[key], share=share)
            for (key, text), share in zip(used.items(), parts, strict=True)
        ]
    )
    rows = []
    for of_code in revenue.functions.rows:
        row = _received_columns(f"revenue.received.{of_code.key}", of_code)
        row.put(**{name: of_code[name] for name in ("key", "code", "name", "level")})
        rows += [row] if row.total else []
    group.put(rows=rows)
    return group


def _received_columns(name: str, revenue: FactGroup) -> FactGroup:
    """Return the columns of 收入决算表: 财政拨款 is one source, 财政专户管理资金 is 事业收入."""
    parts = {
        APPROPRIATION: [revenue.appropriation.this],
        "business": [revenue.this[FISCAL_ACCOUNT.key], revenue.this.business_income],
    }
    columns = {key: total(f"{name}.{key}", parts.get(key) or [revenue.this[key]]) for key in RECEIVED}
    return FactGroup(name, total=less(f"{name}.total", revenue.income, revenue.this[SURPLUS_USED.key]), **columns)


def _put_fiscal_balance(facts: FactGroup, budget: Budget) -> None:
    """Put 年末财政拨款结转和结余 into each fiscal fund, and their sum and 总计 into ``appropriation``."""
    forwards = []
    for fund in FISCAL_FUNDS:
        amount = getattr(budget.fiscal_carried_forward, fund.key, None)
        forward = read(f"{fund.key}.carried_forward", amount, f"/fiscal_carried_forward/{fund.key}")
        facts[fund.key].put(
            carried_forward=forward,
            grand_total=total(f"{fund.key}.grand_total", [facts[fund.key].total, forward]),
        )
        forwards.append(forward)
    group = facts.appropriation
    whole = total("appropriation.carried_forward", forwards)
    group.put(carried_forward=whole, grand_total=total("appropriation.grand_total", [group.total, whole]))


def _put_item_balances(group: FactGroup, fund: str, facts: FactGroup, budget: Budget) -> None:
    """Put 年初结转和结余, 本年收入 and 年末结转和结余 into a fund and into each of its rows."""
    closings = [
        (line.function, read(f"{group.dotted}.{line.function}.{CLOSING}@{n}", line.carried_forward, pointer))
        for n, line in enumerate(budget.expenditure)
        if line.fund == fund and line.carried_forward is not None
        for pointer in (f"/expenditure/{n}/carried_forward",)
    ]
    functions = facts.revenue.functions
    for row in (*group.rows, group):
        code = row.key if row is not group else ""
        income = functions[code] if code in functions.names() else None
        whole = facts.revenue if row is group else income
        amounts = {
            OPENING: ZERO_OF if whole is None else whole.carry[group.dotted],
            INCOME: ZERO_OF if whole is None else whole.this[group.dotted],
        }
        row.put(**{key: total(f"{row.dotted}.{key}", [amount]) for key, amount in amounts.items()})
        own = [fact for function, fact in closings if function.startswith(code)]
        row.put(**{CLOSING: total(f"{row.dotted}.{CLOSING}", own)})


ZERO_OF = Fact("none", ZERO)
"""What an item without income received."""


def _put_three_public(group: FactGroup, budget: Budget, past: Past) -> None:
    """Put the ``shares`` of the three items and the ``details`` into “三公”."""
    columns = (OVERSEAS.key, VEHICLES, RECEPTION.key)
    parts = shares([group[column] for column in columns], group.total, past.printing)
    group.put(shares=FactGroup("three_public.shares", **dict(zip(columns, parts, strict=True))))
    stated = budget.three_public_details or ThreePublicDetails()
    details = FactGroup("three_public.details")
    for field in fields(ThreePublicDetails):
        name, value = field.name, getattr(stated, field.name)
        pointer, dotted = f"/{DETAILS}/{name}", f"three_public.details.{name}"
        if name.endswith("_use"):
            details.put(**{name: source_text(value, pointer)})
        elif isinstance(field.metadata["type"], Integer):
            details.put(**{name: _counted(dotted, value, field.metadata["unit"], pointer)})
        else:
            details.put(**{name: read(dotted, value, pointer)})
    group.put(details=details)


def _counted(name: str, value: int | None, unit: str, pointer: str) -> Fact:
    """Return a count; one that is not stated is zero without a pointer."""
    return counted(name, value or 0, unit, *(() if value is None else (pointer,)))


def _evaluation(stated: Evaluation | None) -> FactGroup | None:
    """Return ``evaluation``, or None where the document does not state it."""
    if stated is None:
        return None
    group = FactGroup("evaluation")
    for field in fields(Evaluation):
        name, value = field.name, getattr(stated, field.name)
        pointer, dotted = f"/evaluation/{name}", f"evaluation.{name}"
        if isinstance(value, ProjectCount):
            group.put(**{name: _projects(dotted, value, pointer)})
        elif isinstance(field.metadata["type"], Integer):
            group.put(**{name: _counted(dotted, value, field.metadata["unit"], pointer)})
    group.put(systems=[SourceText(text, f"/evaluation/systems/{n}") for n, text in enumerate(stated.systems)])
    group.put(mechanism=source_text(stated.mechanism, "/evaluation/mechanism"))
    score = None if stated.score is None else Fact(
        "evaluation.score", Decimal(stated.score), "percent", "分", pointers=("/evaluation/score",)
    )  # fmt: skip
    group.put(score=score)
    return group


def _projects(name: str, stated: ProjectCount, pointer: str) -> FactGroup:
    count = _counted(f"{name}.count", stated.count, "个", f"{pointer}/count")
    return FactGroup(name, count=count, amount=read(f"{name}.amount", stated.amount, f"{pointer}/amount"))


def _contracts(stated: Contracts | None, whole: Fact) -> FactGroup:
    """Return the contracts of small and medium enterprises; ``stated`` is whether the document has them."""
    name = "procurement.contracts"
    group = FactGroup(name, stated=stated is not None, whole=whole)
    values = stated or Contracts()
    for field in fields(Contracts):
        key = field.name
        group.put(**{key: read(f"{name}.{key}", getattr(values, key), f"/{CONTRACTS}/{key}")})
    return group
