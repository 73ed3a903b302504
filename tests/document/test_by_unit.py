"""Lists by unit (``unit_rows``), and the groups of each unit below ``units``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportgen.facts import FactGroup, FactsByName
from reportgen.pipeline import prepare
from reportgen.tree.nodes import Table
from tests.document.quoting import demo, facts_of, printed
from tests.strategies import dumped


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


def test_basic_expenditure_of_units_follows_their_unit() -> None:
    """Also an item that one unit counts in the other column than its class, and the other does not."""
    data = demo()
    data["basic_expenditure"] = [
        {"unit": "450001", "economic": "30101", "amount": 100},
        {"unit": "450001", "economic": "30399", "amount": 30, "counted_as": "公用经费"},
        {"unit": "450002", "economic": "30101", "amount": 200},
        {"unit": "450002", "economic": "30399", "amount": 40},
    ]
    facts = facts_of(data)
    assert shown(facts.basic.unit_rows) == [
        ("青溪市财政局", "", 370),
        ("青溪市财政局本级", "", 130), ("", "301", 100), ("", "30101", 100), ("", "303", 30), ("", "30399", 30),
        ("青溪市国库支付中心", "", 240), ("", "301", 200), ("", "30101", 200), ("", "303", 40), ("", "30399", 40),
    ]  # fmt: skip
    columns = [(row.personnel.value, row.operating.value) for row in facts.basic.unit_rows if row.unit]
    assert columns == [(340, 30), (100, 30), (240, 0)]
    own = facts.basic.units["450001"]["30399"].total
    assert FactsByName(facts)[own.name].value == 30


def test_basic_expenditure_without_units_is_that_of_the_department() -> None:
    rows = shown(facts_of(demo()).basic.unit_rows)
    assert rows[0][0] == "青溪市财政局"
    assert all(not unit for unit, _, _ in rows[1:])
    assert rows[1][1] == "301"


def test_a_table_prints_units_with_their_items_beneath(tmp_path: Path) -> None:
    """Expenditure and basic expenditure, in the layout's words."""
    data = demo()
    for line in data["basic_expenditure"]:
        line["unit"] = "450001"
    (tmp_path / "tables").mkdir()
    (tmp_path / "layout.yaml").write_text("extends: zhejiang\ntitle: 分单位\n", encoding="utf-8")
    for name, group in (("03-expenditure", "expenditure"), ("06-basic", "basic")):
        text = (
            f"title: 表\nrows: {group}.unit_rows\ncolumns:\n  - {{head: 单位, value: unit}}\n"
            "  - {head: 编码, value: code}\n  - {head: 合计, value: total, align: right}\n"
        )
        (tmp_path / "tables" / f"{name}.yaml").write_text(text, encoding="utf-8")
    document = prepare(dumped(data), tmp_path).document
    tables = {block.id: block for block in document.blocks() if isinstance(block, Table)}
    cells = [["".join(run.text for run in cell.runs) for cell in row.cells] for row in tables["表/支出"].body]
    assert cells[1] == ["青溪市财政局本级", "", "1822.20"]
    assert cells[2][:2] == ["", "201"]
    assert [row[0] for row in cells if row[0]][2:] == ["青溪市国库支付中心", "青溪市财政信息中心"]
    assert "".join(run.text for run in tables["表/基本支出"].body[1].cells[1].runs) == "301"
