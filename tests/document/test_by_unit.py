"""Lists by unit (``unit_rows``), and the groups of each unit below ``units``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportgen.facts import FactGroup, FactsByName
from tests.document.quoting import demo, facts_of, printed


def shown(rows: list[FactGroup], column: str = "total") -> list[tuple[str, str, int]]:
    """Unit, code and amount of each row."""
    return [
        (row.unit.text if row.unit else "", row.code.text if row.code else "", int(row[column].value)) for row in rows
    ]


def without_units() -> Any:
    data = demo()
    for part in ("revenue", "expenditure"):
        for line in data[part]:
            line.pop("unit", None)
    return data


def test_a_department_that_does_not_tell_units_apart_is_one_row_before_its_items() -> None:
    facts = facts_of(without_units())
    rows = shown(facts.state_capital.unit_rows)
    assert rows[0] == ("青溪市财政局", "", 560000)
    assert [code for _, code, _ in rows[1:]] == ["223", "22301", "2230105"]
    assert [row.level for row in facts.state_capital.unit_rows] == [1, 2, 3, 4]


def test_the_department_and_then_each_unit_with_its_own_items() -> None:
    facts = facts_of(demo())
    rows = shown(facts.general_public.unit_rows)
    heads = [row for row in rows if row[0]]
    assert [unit for unit, _, _ in heads] == [
        "青溪市财政局", "青溪市财政局本级", "青溪市国库支付中心", "青溪市财政信息中心"
    ]  # fmt: skip
    units = [row.total.value for row in facts.general_public.unit_rows if row.unit]
    assert units[0] == sum(units[1:])
    assert ("", "2010601", 3713500) in rows
    assert rows.index(("", "2010601", 3713500)) > rows.index(heads[2])


def test_rows_of_units_have_keys_and_names_of_their_own_and_their_figures_are_found_by_name() -> None:
    facts = facts_of(demo())
    rows = facts.expenditure.unit_rows
    assert len({row.key for row in rows}) == len(rows)
    own = facts.expenditure.units["450002"]["2010601"]
    assert own.total.name == "expenditure.units.450002.2010601.total"
    assert FactsByName(facts)[own.total.name].value == 3713500
    assert facts.appropriation.units["450003"].total.value == facts.general_public.units["450003"].total.value


def test_projects_of_units_follow_their_unit() -> None:
    rows = facts_of(demo()).projects.unit_rows
    assert [row.unit.text for row in rows if row.unit] == ["青溪市财政局", "青溪市财政局本级", "青溪市财政信息中心"]
    assert rows[-1].name.text == "财政一体化系统运行维护"


def test_what_a_unit_buys_is_in_its_rows() -> None:
    lines = [
        {"unit": "450001", "function": "2010601", "amount": "9000"},
        {"unit": "450002", "function": "2010601", "amount": "500", "sme": "400"},
    ]
    facts = facts_of(demo(procurement={"lines": lines}))
    assert facts.expenditure.procurement.total.value == 9500
    own = {row.key: row.procurement.total.value for row in facts.expenditure.unit_rows if row.level == 1}
    assert own == {"department": 9500, "450001": 9000, "450002": 500, "450003": 0}
    assert facts.expenditure.units["450002"]["2010601"].procurement.sme.value == 400


def test_a_template_goes_through_units_by_their_codes(tmp_path: Path) -> None:
    template = (
        "{% for unit in units.rows if unit.unit_code in expenditure.units %}\n"
        "{{ unit.name }}{{ expenditure.units[unit.unit_code].basic }}\n"
        "{% endfor %}\n"
        "共{{ units.count }}家\n"
    )
    assert printed(demo(), template, tmp_path)[1:] == [
        "青溪市国库支付中心496.50万元", "青溪市财政信息中心230.41万元", "共3家"
    ]  # fmt: skip
