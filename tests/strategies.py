"""Valid canonical documents of any shape, for property tests: every branch, amounts of any size, odd but allowed text.

``documents()`` draws the plain value, :func:`dumped` writes it as the bytes of a file: amounts as numbers or strings,
to the last digit.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from reportgen.budget.codes import code_book
from reportgen.budget.field_types import Amount, Code, Integer, List, Object, Text
from reportgen.budget.final_accounts import Evaluation, FiscalCarriedForward, ThreePublicDetails
from reportgen.budget.lines import ProjectCarryOver, ProjectSources, ThreePublicItems
from reportgen.budget.model import NATURES, SCHEMA, Budget
from reportgen.budget.purchases import KINDS_OF_PURCHASE, Contracts
from reportgen.budget.terms import EVERY_FUND, FISCAL_FUNDS, FUNDS, OWN_SOURCES, REVENUE_SOURCES, THREE_PUBLIC
from reportgen.budget.totals import Totals
from reportgen.budget.withheld import KEPT, TABLES

ODD = "<>&\"'{}[]()=+-@#_|\\/~^`$%*;:,.!? 　《》“”‘’（）、，。；：！？—…·①㈠℃‰㎡ⅠⅡαβéＡ１→■●√×÷±龘𬭎𬬭"
"""Allowed in any text, and awkward in some format."""
LETTERS = "人力资源社会保障预算项目支出就业补助一二三年月日ABCxyz0123456789" + ODD
LARGEST = 10**12
"""元."""
BOOK = code_book(2023)
ITEMS = sorted(code for code in BOOK.functions if len(code) == 7)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(str)
COUNTED = st.sampled_from(["leaders", "other", "vehicles", "equipment", "应急保障用车", "单价100万元（含）以上设备"])
COUNTS = ("vehicles", "others", "planned", "planned_vehicles")
KEYS = st.sampled_from(["tasks", "plan_2", "内设机构", "重点工作（一）"])
SECTIONS = sorted(code for code in BOOK.economic if len(code) == 5)

Data = dict[str, Any]


def texts(longest: int, lines: bool = False) -> st.SearchStrategy[str]:
    """Texts of any length up to ``longest`` with a letter or digit in them, half of them long for a page's purposes."""
    letter, most = st.sampled_from(LETTERS + "\n" if lines else LETTERS), min(longest, 90)
    any_length = st.text(letter, min_size=1, max_size=most)
    return (any_length | st.text(letter, min_size=most * 2 // 3, max_size=most)).filter(
        lambda text: any(one.isalpha() or one.isdecimal() for one in text)  # ① alone is a number before nothing
    )


def optional(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The value, or None for a field that is left out."""
    return st.none() | kind


def record(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    """An object whose fields that came out as None are left out."""
    return st.fixed_dictionaries(members).map(lambda d: {k: v for k, v in d.items() if v is not None})


def amounts(unit: str) -> st.SearchStrategy[Any]:
    """元 to 分, or 万元 to two, four or six places; as a number or as a string."""
    places = 2 if unit == "元" else 6
    most = LARGEST * 100
    cents = st.sampled_from([0, 1, 50, most]) | st.integers(0, 10**9) | st.integers(0, most)
    exact = cents.map(lambda n: Decimal(n).scaleb(-places))
    return exact | exact.map(lambda d: f"{d:f}") | st.integers(0, LARGEST // (1 if unit == "元" else 10_000))


@st.composite
def documents(draw: st.DrawFn) -> Data:
    """A whole document that keeps to the contract; whether it balances is no business of the contract."""
    unit = draw(st.sampled_from(["元", "万元"]))
    money = amounts(unit)
    department = draw(_department())
    codes = [one["code"] for one in department["units"] if "code" in one] or [department["code"]]
    apart = draw(st.booleans())
    members = {
        "schema": st.just(SCHEMA),
        "stage": optional(st.just("budget")),
        "layout": optional(st.sampled_from(["zhejiang", "jiangsu"])),
        "scope": optional(st.sampled_from(["department", "unit"])),
        "year": st.integers(2000, 2100),
        "money_unit": st.just(unit),
        "published": optional(DAYS),
        "approved": optional(DAYS),
        "approved_by": optional(texts(100)),
        "contact": optional(texts(200)),
        "department": st.just(department),
        "revenue": st.lists(_revenue(money, codes if apart else []), min_size=1, max_size=5),
        "expenditure": _expenditure(money, codes if apart else []),
        "carried_forward": optional(money),
        "basic_expenditure": optional(_basic(money)),
        "economic_expenditure": optional(_economic(money, codes if apart else [])),
        "three_public": optional(st.lists(_three_public(money, [*codes, "合计"]), max_size=4)),
        "projects": optional(st.lists(_project(money, [*codes, "合计"]), max_size=4)),
        "performance": optional(st.lists(_performance(money, codes), max_size=2)),
        "totals": _all_of(Totals, _total(money)),
        "sections": optional(st.dictionaries(KEYS, st.lists(texts(20_000), min_size=1, max_size=3), max_size=3)),
        "counts": optional(st.dictionaries(COUNTED, st.integers(0, 1_000_000), max_size=3)),
        "named": optional(st.lists(_named(money, codes), max_size=4)),
        "agency_operating": optional(money),
        "procurement": _procurement(money, codes),
        "assets": optional(_assets()),
        "reception_use": optional(texts(2000)),
        "glossary": optional(st.lists(_term(), max_size=3)),
        "unread": optional(st.lists(st.sampled_from(["/projects", "/expenditure/personnel"]), max_size=2, unique=True)),
        "withheld": optional(st.lists(_withheld(), max_size=2)),
        "accepted": optional(st.lists(_acceptance(), max_size=2)),
        "overrides": optional(st.lists(_override(), max_size=3)),
    }
    own = {one.name for one in fields(Budget) if "stage" not in one.metadata}
    assert members.keys() == own, "a new field needs a strategy"
    return draw(record(**members))


@st.composite
def final_documents(draw: st.DrawFn) -> Data:
    """Final accounts (决算) that keep to the contract: a document, and what only final accounts state."""
    data: Data = {**draw(documents()), "stage": "final"}
    data.pop("layout", None)
    money = amounts(data["money_unit"])
    count, text = optional(st.integers(0, 1_000_000)), optional(texts(200))
    projects = optional(record(count=count, amount=optional(money)))
    kinds: dict[Any, st.SearchStrategy[Any]] = {Amount: optional(money), Integer: count, Text: text, Object: projects}
    kinds |= {List: optional(st.lists(texts(200), max_size=3)), Code: optional(st.sampled_from(["98.50", "100"]))}

    def every(model: type[Any]) -> st.SearchStrategy[Any]:
        return optional(record(**{one.name: kinds[type(one.metadata["type"])] for one in fields(model)}))

    budgeted = optional(record(initial=optional(money), adjusted=optional(money), reason=text))
    more = {
        "carried_forward": optional(money), "surplus_distributed": optional(money),
        "fiscal_carried_forward": every(FiscalCarriedForward), "three_public_details": every(ThreePublicDetails),
        "evaluation": every(Evaluation),
    }  # fmt: skip
    data |= draw(record(**more))
    for line in data["expenditure"]:
        line |= draw(record(budgeted=budgeted, carried_forward=optional(money)))
    for line in data.get("three_public", []):
        items = _all_of(ThreePublicItems, money)
        line |= draw(record(budgeted=optional(record(initial=items, adjusted=items))))
    data["totals"] = draw(_all_of(Totals, record(amount=optional(money), budgeted=budgeted))) or {}
    data["procurement"] = {**data.get("procurement", {}), **draw(record(contracts=every(Contracts)))}
    return data


def _last(money: st.SearchStrategy[Any]) -> st.SearchStrategy[Data | None]:
    """Last year's figures of one amount, or none."""
    return st.none() | record(budget=optional(money), execution=optional(money))


def _past(money: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    """The fields of a line that say what it was last year, mostly absent."""
    return {"last": st.none() | _last(money), "reason": st.none() | optional(texts(2000))}


def _total(money: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    last = record(budget=optional(money), execution=optional(money))
    return record(amount=st.none() | st.none() | money, last=optional(last), reason=optional(texts(2000)))


def _procurement(money: st.SearchStrategy[Any], codes: list[str]) -> st.SearchStrategy[Any]:
    line = record(
        unit=st.none() | _unit(codes), kind=optional(st.sampled_from([*KINDS_OF_PURCHASE.values()])),
        function=optional(st.sampled_from(ITEMS)), project=optional(texts(200)),
        economic=optional(st.sampled_from(SECTIONS)), item=optional(texts(200)), method=optional(texts(40)),
        fund=optional(st.sampled_from([fund.name for fund in FUNDS])), carry_over=optional(money),
        advance_transfer=optional(st.booleans()),
        **{key: optional(money) for key in ("amount", "sme", "small")}, **_past(money),
    )  # fmt: skip
    parts = {key: optional(money) for key in (*KINDS_OF_PURCHASE, "sme", "small")}
    return optional(record(**parts, lines=st.none() | st.lists(line, max_size=4)))


def _named(money: st.SearchStrategy[Any], codes: list[str]) -> st.SearchStrategy[Data]:
    names = st.sampled_from(["会议费", "培训费", "委托业务费", "增人增资（含补发）"])
    return record(
        unit=st.none() | _unit(codes), name=names, amount=optional(money), advance_transfer=optional(st.booleans()),
        **_past(money),
    )  # fmt: skip


def _withheld() -> st.SearchStrategy[Data]:
    """A mark for rows that are withheld, whether or not there is a gap, and whether or not it makes sense."""
    return record(
        table=optional(st.sampled_from([*TABLES])), code=optional(st.sampled_from(["201", "20106", "302"])),
        kept=optional(st.sampled_from([*KEPT])), note=texts(500),
    )  # fmt: skip


def _acceptance() -> st.SearchStrategy[Data]:
    """An accepted finding, whether or not the document has it."""
    code = st.sampled_from(["GJ205", "GJ505", "GJ212", "GJ108", "GJ999"])
    return record(
        code=code, place=st.sampled_from(["expenditure", "projects[101，甲]"]) | texts(40),
        figures=optional(st.lists(texts(200), max_size=3)), reason=texts(500),
    )  # fmt: skip


def _override() -> st.SearchStrategy[Data]:
    """A hand edit, whether or not there is such a block or such a fact."""
    fact = st.sampled_from(["revenue.total", "expenditure.change.execution.rate", "three_public.total", "no.such"])
    printed = st.from_regex(r"[0-9]{1,5}(\.[0-9]{1,2})?", fullmatch=True)
    figure = record(figure=fact, printed=printed, unit=optional(st.sampled_from(["元", "万元"])))
    return record(
        block=st.sampled_from(["总体/总额", "收入/规模", "支出/用途", "概况"]) | texts(40),
        after=optional(st.booleans()),
        role=optional(st.sampled_from(["body", "item"])), runs=st.lists(texts(2000) | figure, max_size=4),
        was=optional(texts(2000)),
    )  # fmt: skip


def _all_of(model: type[Any], kind: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object whose fields are all optional and of one kind; or none at all."""
    return optional(record(**{one.name: optional(kind) for one in fields(model)}))


def _department() -> st.SearchStrategy[Data]:
    code = st.from_regex(r"[0-9]{3,12}", fullmatch=True)
    unit = record(
        code=optional(code), name=texts(100), nature=st.sampled_from(NATURES), called=optional(texts(100)),
        short_name=optional(texts(100)), duties=optional(st.lists(texts(4000), min_size=1, max_size=2)),
        sections=optional(st.dictionaries(KEYS, st.lists(texts(20_000), min_size=1, max_size=2), max_size=2)),
    )  # fmt: skip
    units = st.lists(unit, min_size=1, max_size=4, unique_by=lambda one: one.get("code") or one["name"])
    return record(
        code=code, name=texts(60), short_name=optional(texts(60)), line_name=optional(texts(60)),
        duties=st.lists(texts(4000), min_size=1, max_size=3), units=units,
    )  # fmt: skip


def _unit(codes: list[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from(codes) if codes else st.none()


def _revenue(money: st.SearchStrategy[Any], codes: list[str]) -> st.SearchStrategy[Data]:
    return record(
        unit=_unit(codes),
        source=st.sampled_from([*(s.name for s in REVENUE_SOURCES), "合计"]),
        advance_transfer=optional(st.booleans()),
        amount=optional(money),
        carry_over=optional(money),
        carry_over_last=_last(money),
        function=optional(st.sampled_from(ITEMS)),
        **_past(money),
    )


def _expenditure(money: st.SearchStrategy[Any], codes: list[str]) -> st.SearchStrategy[list[Data]]:
    """Items, and perhaps some of the classes and sections above them, stated (rightly or wrongly)."""
    fund = optional(st.sampled_from([*(fund.name for fund in FUNDS), EVERY_FUND]))
    known = st.sampled_from(ITEMS) | st.from_regex(r"[0-9]{7}", fullmatch=True)
    above = known.flatmap(lambda code: st.sampled_from([code[:3], code[:5], "合计"]))
    parts = ("total", "basic", "personnel", "operating", "project", "business", "paid_up", "subsidies")
    line = record(
        unit=_unit(codes), function=known | known | above, name=optional(texts(60)), fund=fund,
        use=optional(texts(2000)), advance_transfer=optional(st.booleans()),
        **{part: optional(money) for part in parts},
    )  # fmt: skip
    return st.lists(line, min_size=1, max_size=7)


def _basic(money: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Data]]:
    known = st.sampled_from(SECTIONS) | st.from_regex(r"[0-9]{5}", fullmatch=True)
    above = known.flatmap(lambda code: st.sampled_from([code[:3], "合计"]))
    return st.lists(
        record(
            economic=known | known | above,
            name=optional(texts(60)),
            amount=optional(money),
            counted_as=st.none() | st.sampled_from(["人员经费", "公用经费"]),
            **_past(money),
        ),
        max_size=6,
    )


def _economic(money: st.SearchStrategy[Any], codes: list[str]) -> st.SearchStrategy[list[Data]]:
    known = st.sampled_from(SECTIONS) | st.sampled_from(SECTIONS).map(lambda code: code[:3]) | st.just("合计")
    line = record(
        unit=_unit(codes), economic=known, name=optional(texts(60)), basic=optional(money), project=optional(money),
        fund=optional(st.sampled_from([source.name for source in (*FUNDS, *OWN_SOURCES)])),
        carry_over=optional(money), advance_transfer=optional(st.booleans()), **_past(money),
    )  # fmt: skip
    return st.lists(line, max_size=5)


def _three_public(money: st.SearchStrategy[Any], codes: list[str]) -> st.SearchStrategy[Data]:
    items = _all_of(ThreePublicItems, money)
    last = optional(record(budget=items, execution=items))
    fund = optional(st.sampled_from([fund.name for fund in FISCAL_FUNDS]))
    items_of_year = {item.key: optional(money) for item in THREE_PUBLIC}
    marked = optional(st.booleans())
    return record(unit=st.sampled_from(codes), fund=fund, last=last, advance_transfer=marked, **items_of_year)


def _project(money: st.SearchStrategy[Any], codes: list[str]) -> st.SearchStrategy[Data]:
    return record(
        unit=st.sampled_from(codes), name=optional(texts(200)), key=optional(st.booleans()),
        surplus_used=st.none() | optional(money), advance_transfer=optional(st.booleans()),
        goal=optional(texts(8000, lines=True)), use=optional(texts(2000)),
        sources=optional(_all_of(ProjectSources, money)), carry_over=optional(_all_of(ProjectCarryOver, money)),
        **{fund.key: optional(money) for fund in FUNDS}, **_past(money),
    )  # fmt: skip


def _performance(money: st.SearchStrategy[Any], codes: list[str]) -> st.SearchStrategy[Data]:
    indicator = record(
        level1=texts(60), level2=texts(60), level3=texts(1000),
        sign=st.sampled_from(["≥", "≤", "=", ">", "<", "定性"]), value=optional(texts(200)),
        unit=optional(texts(20).map(lambda text: text[:20].strip() or "个")), weight=optional(st.integers(0, 100)),
        remark=optional(texts(2000)),
    )  # fmt: skip
    goal = optional(
        record(goal=optional(texts(8000, lines=True)), indicators=optional(st.lists(indicator, max_size=3)))
    )
    return record(unit=st.sampled_from(codes), name=texts(200), amount=optional(money), overall=goal, annual=goal)


def _assets() -> st.SearchStrategy[Data]:
    count = st.integers(0, 1_000_000)
    return record(
        as_of=DAYS, equipment=optional(count), special_equipment=optional(count),
        **{key: optional(st.dictionaries(COUNTED, count, max_size=4)) for key in COUNTS},
    )  # fmt: skip


def _term() -> st.SearchStrategy[Data]:
    return record(function=optional(st.sampled_from(ITEMS)), term=optional(texts(60)), text=texts(4000))


def dumped(value: Any) -> bytes:
    """A plain value as the bytes of a JSON file; decimals are written digit by digit."""
    return _json(value).encode("utf-8", "surrogatepass")


def _json(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(k))}: {_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_json, value)) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value)
