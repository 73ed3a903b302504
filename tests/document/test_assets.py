"""Vehicles and planned purchases by any category: the layout names the categories, and their order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportgen.core.finding import Finding, Severity
from reportgen.pipeline.in_memory import prepare
from tests.document.quoting import composed, demo, facts_of, printed
from tests.strategies import dumped

OWN = {"应急保障用车": 6, "机要通信用车": 1}
TEMPLATE = """\
@车 共有车辆{{ assets.vehicles.total }}辆，其中：
{%- for use in ("机要通信用车", "应急保障用车", "其他用车") -%}
{{ use }}{{ assets.vehicles[use] }}辆{{ "、" if not loop.last else "。" }}
{%- endfor %}

"""


def with_assets(**members: Any) -> Any:
    return demo(assets={"as_of": "2022-12-31", **members})


def about_counts(data: Any, template: str, folder: Path) -> list[Finding]:
    return [finding for finding in composed(data, template, folder).findings if finding.code == "GJ005"]


def test_the_layout_names_the_categories_and_their_order(tmp_path: Path) -> None:
    text = "共有车辆7辆，其中：机要通信用车1辆、应急保障用车6辆、其他用车0辆。"
    assert printed(with_assets(vehicles=OWN), TEMPLATE, tmp_path) == [text]


def test_a_layout_can_list_what_the_document_states(tmp_path: Path) -> None:
    template = "{% for row in assets.vehicles.rows %}\n{{ row.name }}{{ row.count }}辆\n{% endfor %}\n"
    assert printed(with_assets(vehicles=OWN), template, tmp_path) == ["应急保障用车6辆", "机要通信用车1辆"]


def test_a_category_that_the_layout_does_not_print_is_a_warning_beside_the_total(tmp_path: Path) -> None:
    (finding,) = about_counts(with_assets(vehicles={**OWN, "执法执勤用车": 2, "其他": 0}), TEMPLATE, tmp_path)
    assert (finding.severity, finding.text) == (Severity.WARNING, "车辆里的 执法执勤用车，这个版式哪里都不印")
    assert finding.where[0].pointer == "/assets/vehicles/执法执勤用车"
    assert about_counts(with_assets(vehicles=OWN), TEMPLATE, tmp_path) == []


def test_a_layout_may_print_the_total_alone(tmp_path: Path) -> None:
    template = "共有车辆{{ assets.vehicles.total }}辆。\n"
    assert about_counts(with_assets(vehicles=OWN), template, tmp_path) == []


def test_a_misspelt_field_of_version_1_is_found_with_the_shipped_layout() -> None:
    findings = prepare(dumped(with_assets(vehicles={"leader": 1}))).findings
    assert "车辆里的 leader，这个版式哪里都不印" in {finding.text for finding in findings}


def test_planned_purchases_have_any_name_and_vehicles_may_be_stated_by_use() -> None:
    planned = {"单价100万元（含）以上设备": 3}
    assets = facts_of(with_assets(planned=planned, planned_vehicles={"执法执勤用车": 2})).assets
    assert (assets.planned.vehicles.value, assets.planned["单价100万元（含）以上设备"].value) == (2, 3)
    assert (assets.planned.any, assets.planned.equipment.value) == (True, 0)
    assert [*assets.planned.vehicles.cells()] == ["/assets/planned_vehicles/执法执勤用车"]
    assert facts_of(with_assets()).assets.planned.any is False


def test_a_name_that_neither_total_nor_category_prints_is_a_note(tmp_path: Path) -> None:
    (finding,) = about_counts(with_assets(others={"船舶": 1}), TEMPLATE, tmp_path)
    assert (finding.severity, finding.text) == (Severity.NOTE, "其他资产里的 船舶，这个版式哪里都不印")
