"""部门汇总: the documents that units returned become that of the department, and what does not fit is said."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from reportgen.core.finding import Finding, Place, Severity
from reportgen.intake.imported import Imported
from reportgen.intake.merge import LINE_PARTS, Returned, merged
from tests.rules.test_rules import base

CODES = ("450001", "450002", "450003")


def texts(value: Any) -> Any:
    """Amounts as decimal texts, as an import gives them."""
    if isinstance(value, dict):
        return {key: texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [texts(item) for item in value]
    return f"{value:f}" if isinstance(value, Decimal) else value


def department() -> dict[str, Any]:
    data: dict[str, Any] = texts(base("demo"))
    data["basic_expenditure"] = [{**line, "unit": CODES[0]} for line in data["basic_expenditure"]]
    return data


def split(data: dict[str, Any]) -> list[Returned]:
    """The department's own workbook, and one for each unit with its lines without their codes."""
    own = {key: value for key, value in data.items() if key not in LINE_PARTS}
    found = [Returned("部门.xlsx", Imported(own, {}))]
    for code in CODES:
        unit = next(one for one in data["department"]["units"] if one["code"] == code)
        mine = {"code": code, "name": unit["name"], "units": [unit]}
        lines = {
            part: [
                {k: v for k, v in line.items() if k != "unit"} for line in data.get(part, []) if line["unit"] == code
            ]
            for part in LINE_PARTS
            if part != "withheld"
        }
        head = {"scope": "unit", "year": data["year"], "money_unit": data["money_unit"], "department": mine}
        cells = {f"/{part}/{n}": f"{part}!{n}" for part, rows in lines.items() for n in range(len(rows))}
        found.append(Returned(f"{code}.xlsx", Imported({**head, **lines}, cells)))
    return found


def told(imported: Imported) -> list[str]:
    return [f"{finding.code} {finding.text}" for finding in imported.findings]


def changed(returned: Returned, **members: Any) -> Returned:
    data = {**copy.deepcopy(dict(returned.imported.data)), **members}
    return Returned(returned.file, Imported(data, returned.imported.cells))


def by_unit(lines: list[Any]) -> list[Any]:
    return sorted(lines, key=lambda line: line["unit"])


def test_what_was_split_by_unit_is_merged_to_the_same_document() -> None:
    data = department()
    whole = merged(split(data))
    assert told(whole) == []
    for part in LINE_PARTS:
        if part in data:
            assert whole.data[part] == by_unit(data[part]), part
    assert {key: value for key, value in whole.data.items() if key not in LINE_PARTS} == {
        key: value for key, value in data.items() if key not in LINE_PARTS
    }


def test_the_parts_that_have_units_are_those_of_the_model() -> None:
    assert {"revenue", "expenditure", "basic_expenditure", "three_public", "projects", "performance"} <= set(LINE_PARTS)


def test_a_cell_is_named_with_its_file() -> None:
    whole = merged(split(department()))
    first_of_second = next(n for n, line in enumerate(whole.data["revenue"]) if line["unit"] == CODES[1])
    assert whole.cells[f"/revenue/{first_of_second}"] == "450002.xlsx revenue!0"


def drop(returned: list[Returned], n: int) -> list[Returned]:
    return [one for k, one in enumerate(returned) if k != n]


CASES: dict[str, tuple[Callable[[list[Returned]], list[Returned]], list[str]]] = {
    "the department is missing": (lambda r: r[1:], ["XL160 没有部门自己的工作簿"]),
    "two of the department": (lambda r: [r[0], *r], ["XL160 部门自己的工作簿有 2 份：部门.xlsx、部门.xlsx"]),
    "a unit is missing": (lambda r: drop(r, 2), ["XL162 还有 1 个单位没有交：450002 青溪市国库支付中心"]),
    "a unit twice": (lambda r: [*r, r[3]], ["XL161 单位 450003 的数在 2 份里都有：450003.xlsx、450003.xlsx"]),
    "a unit of another department": (
        lambda r: [*r, changed(r[1], department={"code": "999001", "name": "别处", "units": []})],
        ["XL163 单位 999001 不在部门的单位名单里"],
    ),
    "another year": (
        lambda r: [*r[:3], changed(r[3], year=2022)],
        ["XL164 预算年度是 2022，部门的是 2023"],
    ),
    "another unit of money": (
        lambda r: [*r[:3], changed(r[3], money_unit="万元")],
        ["XL164 金额单位是 万元，部门的是 元"],
    ),
    "a sum that the department states otherwise": (
        lambda r: [r[0], *(changed(one, agency_operating="1.00") for one in r[1:])],
        ["XL165 部门填的是 1606800.22，各单位之和是 3.00"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_together_is_an_error(case: str) -> None:
    change, says = CASES[case]
    found = merged(change(split(department())))
    assert told(found) == says
    assert all(finding.severity is Severity.ERROR for finding in found.findings)


def test_amounts_that_the_department_leaves_out_are_the_sums_of_its_units() -> None:
    own, *units = split(department())
    left_out = {k: v for k, v in own.imported.data.items() if k not in ("agency_operating", "procurement", "assets")}
    own = Returned(own.file, Imported(left_out, {}))
    more = {
        "agency_operating": "10.50",
        "procurement": {"goods": "3.25", "lines": [{"kind": "货物", "amount": "3.25"}]},
        "counts": {"在职人数": 4},
        "assets": {"as_of": "2022-12-31", "vehicles": {"other": 2}, "equipment": 1},
    }
    found = merged([own, *(changed(unit, **more) for unit in units)])
    assert told(found) == []
    assert found.data["agency_operating"] == "31.50"
    assert found.data["procurement"]["goods"] == "9.75"
    assert [line["unit"] for line in found.data["procurement"]["lines"]] == list(CODES)
    assert found.data["counts"]["在职人数"] == 12
    assert found.data["assets"] == {"as_of": "2022-12-31", "vehicles": {"other": 6}, "equipment": 3}


def transfer(paid: str, received: str, **more: Any) -> list[Returned]:
    """A department whose first unit pays its third one; one line has nothing else, and there is a subtotal."""
    own, first, second, third = split(department())
    all_paid = (
        {"function": "2010602", "subsidies": "2.00"} if Decimal(paid) else {"function": "2010602", "project": "1"}
    )
    part = str(max(Decimal(paid) - 2, Decimal(0)))
    line = {"function": "2010601", "project": "5.00", "total": str(5 + Decimal(part)), "subsidies": part}
    subtotal = {"function": "20106", "subsidies": paid}
    income = {"source": "上级补助收入", "amount": received, **more}
    first = changed(first, expenditure=[all_paid, line, subtotal], revenue=[{"source": "一般公共预算", "amount": "9"}])
    third = changed(third, expenditure=[], revenue=[income, {"source": "一般公共预算", "amount": "1"}])
    return [own, first, second, third]


def test_what_is_paid_within_the_department_is_set_off() -> None:
    found = merged(transfer("7.50", "7.50"))
    assert told(found) == ["XL167 内部往来已抵销：对附属单位补助支出 7.50 = 上级补助收入 7.50"]
    assert found.findings[0].severity is Severity.NOTE
    assert [line["source"] for line in found.data["revenue"] if line["unit"] == CODES[2]] == ["一般公共预算"]
    (line,) = (line for line in found.data["expenditure"] if line["unit"] == CODES[0])
    assert line == {"function": "2010601", "project": "5.00", "total": "5.00", "unit": CODES[0]}


def test_what_is_carried_over_of_a_subsidy_and_its_past_stay() -> None:
    found = merged(transfer("7.50", "7.50", carry_over="3.00", last={"budget": "4.00"}))
    (line,) = (line for line in found.data["revenue"] if line["source"] == "上级补助收入")
    assert line == {"source": "上级补助收入", "carry_over": "3.00", "last": {"budget": "4.00"}, "unit": CODES[2]}


def test_what_a_unit_pays_up_is_set_off_as_well() -> None:
    own, first, second, third = split(department())
    income = {"source": "附属单位上缴收入", "amount": "6.00"}
    first = changed(first, revenue=[*first.imported.data["revenue"], income])
    third = changed(third, expenditure=[{"function": "2010601", "project": "1.00", "paid_up": "6.00"}])
    found = merged([own, first, second, third])
    assert told(found) == ["XL167 内部往来已抵销：上缴上级支出 6.00 = 附属单位上缴收入 6.00"]
    assert {"function": "2010601", "project": "1.00", "unit": CODES[2]} in found.data["expenditure"]


def test_counts_that_the_department_states_are_compared() -> None:
    own, *units = split(department())
    own = changed(own, counts={"编制人数": 30})
    units = [changed(unit, counts={"编制人数": 10}) for unit in units]
    assert told(merged([own, *units])) == []
    units[0] = changed(units[0], counts={"编制人数": 11})
    assert told(merged([own, *units])) == ["XL165 部门填的是 30，各单位之和是 31"]


def test_a_unit_may_be_in_the_workbook_of_the_department() -> None:
    own, first, *others = split(department())
    lines = {
        part: [{**line, "unit": CODES[0]} for line in first.imported.data[part]]
        for part in LINE_PARTS
        if first.imported.data.get(part)
    }
    whole = merged([changed(own, **lines), *others])
    assert told(whole) == []
    assert by_unit(whole.data["expenditure"]) == by_unit(department()["expenditure"])
    assert told(merged([changed(own, **lines), first, *others])) == [
        "XL161 单位 450001 的数在 2 份里都有：450001.xlsx、部门.xlsx"
    ]


def test_what_units_did_not_hold_or_withheld_stays_marked() -> None:
    own, *units = split(department())
    mark = {"code": "20106", "note": "注。"}
    units = [changed(unit, unread=["/projects"], withheld=[mark]) for unit in units]
    found = merged([own, *units])
    assert (found.data["unread"], found.data["withheld"]) == (["/projects"], [mark])


def test_what_is_paid_and_received_must_be_equal() -> None:
    found = merged(transfer("7.50", "7.00"))
    assert told(found) == ["XL166 对附属单位补助支出 7.50 与上级补助收入 7.00 不等，不能抵销"]


def test_subsidies_from_outside_stay() -> None:
    found = merged(transfer("0", "7.00"))
    assert told(found) == []
    assert any(line["source"] == "上级补助收入" for line in found.data["revenue"])


def test_findings_of_the_workbooks_are_kept_with_their_files() -> None:
    own, *units = split(department())
    finding = Finding("XL101", Severity.ERROR, "甲", (Place(cell="支出!D2"),))
    spoiled = Returned(units[0].file, Imported(units[0].imported.data, {}, (finding,)))
    (kept,) = merged([own, spoiled, *units[1:]]).findings
    assert kept.where == (Place(cell="450001.xlsx 支出!D2"),)
