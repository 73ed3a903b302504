"""政府采购: the totals by kind, single purchases, and what 支出总表 states of purchases by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..budget.codes import Entry
from ..budget.purchases import KINDS_OF_PURCHASE
from ..budget.terms import FUNDS, OWN_FUNDS
from .builder import Builder
from .codes import code_and_name
from .stated_sums import less, sum_of
from .table import RecognisedRow, StatedAmount
from .words import plain, row_meanings, unnumbered

FUND_NAMES = {fund.key: fund.name for fund in FUNDS[:3]} | {"other_funds": OWN_FUNDS.name}
TEXTS = ("project", "item", "method")
SERVICES, BOUGHT_SERVICES = KINDS_OF_PURCHASE["services"], "政府购买服务"


def add_procurement(builder: Builder) -> None:
    """Add the totals of goods, works and services, and the single purchases."""
    single = list(_single(builder))
    for line in (*_by_function(builder), *(single or _services(builder))):
        builder.add_nested("procurement", "lines", line)
    _add_totals(builder)
    if "procurement" not in builder.data:
        builder.unread.add("/procurement")


def _add_totals(builder: Builder) -> None:
    """Add the total, and of each kind what its row says, else the sum of its purchases."""
    bought: dict[str, list[StatedAmount]] = {}
    for row in builder.rows("procurement"):
        amount = row.amounts.get("amount") or _of_funds(row)
        key = kind_of_purchase(row) if row.kind == "record" else "total"
        if amount is None or not key:
            continue
        if key == "total":
            builder.put("/totals/procurement/amount", amount)
        elif is_single_purchase(row):
            bought.setdefault(key, []).append(amount)
        elif key not in builder.data.get("procurement", {}):
            builder.put(f"/procurement/{key}", amount)
    for key, amounts in bought.items():
        if key not in builder.data.get("procurement", {}):
            builder.put(f"/procurement/{key}", sum_of(amounts))


def kind_of_purchase(row: RecognisedRow) -> str:
    """Return ``goods``, ``works`` or ``services`` or ``total``, as a row says; "" where it does not say it.

    A column 采购目录 may have the kind of each purchase, or what is bought.
    """
    labels = [row.texts[name].value for name in ("kind", "item") if name in row.texts] or [row.name]
    meanings = row_meanings("purchases")
    return next((meaning for label in labels if (meaning := meanings.get(unnumbered(label), ""))), "")


def is_single_purchase(row: RecognisedRow) -> bool:
    """Whether a row is one purchase, and not the sum of a kind or of a unit."""
    return any(name in row.texts for name in TEXTS if name != "item") or bool(_item(row))


def _item(row: RecognisedRow) -> str:
    """Return what is bought; "" where the column has the kind of the purchase."""
    item = row.texts["item"].value if "item" in row.texts else ""
    return "" if row_meanings("purchases").get(unnumbered(item)) else item


def _of_funds(row: RecognisedRow) -> StatedAmount | None:
    funds = [row.amounts[key] for key in FUND_NAMES if key in row.amounts]
    return sum_of(funds) if funds else None


def _by_function(builder: Builder) -> Iterator[dict[str, object]]:
    """Yield what 支出总表 states of purchases, item by item."""
    for row in builder.rows("expenditure"):
        amount = row.amounts.get("purchases")
        if row.kind == "code" and len(row.key) == 7 and amount is not None and amount.value:
            fields: dict[str, object] = {"unit": builder.unit_of(row), "function": row.key, "amount": amount}
            yield fields | {key: row.amounts.get(f"purchases_{key}") for key in ("sme", "small")}


def _single(builder: Builder) -> Iterator[dict[str, object]]:
    """Yield the single purchases; the rows above them say their kind and their unit."""
    kind = unit = ""
    for row in builder.rows("procurement"):
        label = row.texts["kind"].value if "kind" in row.texts else ""
        own = kind_of_purchase(row)
        if row.kind == "total" or not (own or label or is_single_purchase(row)):
            continue
        if own:
            kind, unit = KINDS_OF_PURCHASE.get(own, ""), ""
        elif label:
            unit = label
        if is_single_purchase(row):
            yield _purchase(builder, row, kind, row.unit or unit)


def _services(builder: Builder) -> Iterator[dict[str, object]]:
    """Yield 政府购买服务 line by line, and for each kind one line with the rest of what is stated of it."""
    rows = [row for row in builder.rows("purchased_services") if row.kind == "record" and "amount" in row.amounts]
    for row in rows:
        yield {
            "unit": builder.unit_of(row),
            "kind": SERVICES,
            "project": row.name or None,
            "item": row.texts["service"].value if "service" in row.texts else None,
            "method": BOUGHT_SERVICES,
            "amount": row.amounts["amount"],
        }
    kinds = row_meanings("purchases")
    for row in builder.rows("procurement") if rows else ():
        label = row.texts["kind"].value if "kind" in row.texts else ""
        kind = KINDS_OF_PURCHASE.get(kinds.get(unnumbered(label), ""), "")
        if kind and "amount" in row.amounts:
            own = [one.amounts["amount"] for one in rows] if kind == SERVICES else []
            rest = less(row.amounts["amount"], own)
            if rest.value > 0:
                yield {"kind": kind, "amount": rest}


def _purchase(builder: Builder, row: RecognisedRow, kind: str, unit: str) -> dict[str, object]:
    funds = {key: row.amounts[key] for key in FUND_NAMES if key in row.amounts and row.amounts[key].value}
    fund = next(iter(funds), "")
    carry = row.amounts.get("carry")
    amount: StatedAmount | None = sum_of(list(funds.values())) if funds else None
    builder.compare_sum(f"政府采购表“{row.name}”", row.amounts.get("amount"), [one for one in (amount, carry) if one])
    economic = row.texts["economic"].value if "economic" in row.texts else ""
    return {
        "unit": builder.unit_code(unit, row.place) if unit and not builder.is_department(unit) else None,
        "kind": kind or None,
        "economic": _economic_code(economic, builder.book.economic),
        **{name: row.texts[name].value for name in ("project", "method") if name in row.texts},
        "item": _item(row) or None,
        "fund": FUND_NAMES.get(fund),
        "amount": amount if amount is not None or carry is not None else row.amounts.get("amount"),
        "carry_over": carry,
    }


def _economic_code(text: str, entries: Mapping[str, Entry]) -> str | None:
    """Return the code of an economic section by its code or its name."""
    if pair := code_and_name(text):
        return pair.code
    if plain(text) in entries:
        return plain(text)
    return next((code for code, entry in entries.items() if len(code) == 5 and plain(entry.name) == plain(text)), None)
