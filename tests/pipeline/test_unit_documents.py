"""单位预算 of a department: figures from its lines, no word of the department about a unit, sums that agree."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportgen import InputError, UsageError, check, save_unit_documents, unit_documents
from reportgen.core.finding import Severity
from reportgen.core.paths import shipped
from reportgen.layout.load import load_layout, names
from reportgen.pipeline import prepare
from tests.bad_input.command import run_json
from tests.strategies import dumped
from tests.variants import printed

FUNDS = ("general_public", "government_fund", "state_capital", "fiscal_account", "own_funds")
COLUMNS = ("basic", "personnel", "operating", "project", "business", "paid_up", "subsidies")
HEAD, CENTRE = "606001", "606002"


def department() -> dict[str, Any]:
    """A sample that has all amounts by unit, with all that its units say in words."""
    data = json.loads((shipped("data") / "samples" / "shenzhen.json").read_text(encoding="utf-8"), parse_float=Decimal)
    for unit in data["department"]["units"]:
        unit["duties"] = [f"负责{unit['name']}的工作。"]
        unit["sections"] = {key: [f"{unit['name']}的说明。"] for key in data["sections"]}
    return {**data, "layout": "shenzhen"}


def completed(folder: Path) -> None:
    """Write into the documents what a person has to write: last year's figures, reasons, assets."""
    for path in folder.glob("*.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        totals = {"revenue": {"last": {"budget": "1"}}, "expenditure": {"last": {"budget": "1"}}}
        for key in ("revenue", "expenditure", "overseas", "reception", "vehicle_purchase", "agency_operating"):
            totals.setdefault(key, {})["reason"] = "按批准的计划安排"
        if "agency_operating" in data:
            totals["agency_operating"]["last"] = {"budget": "2400000.00"}
        data["totals"] = totals
        data["assets"] = {"as_of": "2025-10-31", "vehicles": {}}
        data["glossary"] = data.get("glossary", [])
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def sums(data: dict[str, Any]) -> dict[str, Decimal]:
    """The sums of a document, added up here: revenue, expenditure, basic expenditure, projects, “三公”, procurement."""

    def added(part: str, names: tuple[str, ...]) -> Decimal:
        return sum((Decimal(line.get(name, 0)) for line in data.get(part, ()) for name in names), Decimal(0))

    lines = data.get("procurement", {}).get("lines", ())
    return {
        "revenue": added("revenue", ("amount", "carry_over")),
        "expenditure": added("expenditure", COLUMNS),
        "basic": added("basic_expenditure", ("amount",)),
        "economic": added("economic_expenditure", ("basic", "project")),
        "projects": added("projects", FUNDS),
        "three_public": added("three_public", ("overseas", "vehicle_purchase", "vehicle_operation", "reception")),
        "procurement": sum((Decimal(line["amount"]) for line in lines), Decimal(0)),
        "carried_forward": Decimal(data.get("carried_forward", 0)),
        "agency_operating": Decimal(data.get("agency_operating", 0)),
    }


def test_the_units_add_up_to_their_department() -> None:
    whole, documents = department(), unit_documents(dumped(department()))
    parts = [sums(json.loads(dumped(unit.data))) for unit in documents.units]
    assert {name: sum(part[name] for part in parts) for name in sums(whole)} == sums(whole)
    assert all(sums(whole).values())
    assert documents.findings == ()


def test_each_document_that_is_completed_has_no_error(tmp_path: Path) -> None:
    save_unit_documents(unit_documents(dumped(department())), tmp_path)
    completed(tmp_path)
    for code in (HEAD, CENTRE):
        found = [str(one) for one in check(tmp_path / f"{code}.json").findings if one.severity is Severity.ERROR]
        assert found == []


def test_nothing_that_the_department_says_of_itself_is_said_of_a_unit() -> None:
    data = department()
    for unit in data["department"]["units"]:
        del unit["duties"], unit["sections"]
    data["reception_use"] = "接待来访单位"
    said = [*data["department"]["duties"], *(t for texts in data["sections"].values() for t in texts)]
    said += [total["reason"] for total in data["totals"].values() if "reason" in total]
    for unit in unit_documents(dumped(data)).units:
        text = json.dumps(json.loads(dumped(unit.data)), ensure_ascii=False)
        assert [words for words in (*said, data["reception_use"]) if words in text] == []
        pointers = {one.pointer for one in unit.missing}
        assert {"/department/duties", "/sections/内设机构", "/totals/revenue/reason", "/reception_use"} <= pointers
        assert "/totals/revenue/last/budget" in pointers


def test_what_is_missing_is_refused_by_a_check(tmp_path: Path) -> None:
    data = department()
    del data["department"]["units"][0]["duties"]
    save_unit_documents(unit_documents(dumped(data)), tmp_path)
    findings = check(tmp_path / f"{HEAD}.json").findings
    assert ("GJ405", "/department/duties/0") in {(one.code, one.where[0].pointer) for one in findings if one.where}


def test_only_a_unit_with_offices_has_their_running_costs() -> None:
    head, centre = unit_documents(dumped(department())).units
    assert head.data["agency_operating"] == Decimal("2435600.00")
    assert "agency_operating" not in centre.data
    assert "/agency_operating" not in {one.pointer for one in centre.missing}


def test_a_use_that_only_another_unit_states_is_missing() -> None:
    data = department()
    own, other = ({"unit": unit, "function": "2080199", "project": 1} for unit in (HEAD, CENTRE))
    data["expenditure"] = [own, {**other, "use": "训练耗材"}]
    head, centre = unit_documents(dumped(data)).units
    assert "/expenditure/0/use" in {one.pointer for one in head.missing}
    assert "/expenditure/0/use" not in {one.pointer for one in centre.missing}


def test_what_the_units_pay_each_other_is_set_off() -> None:
    """The head pays the centre 100 元; the department states its totals without them."""
    data = department()
    data["revenue"].append({"unit": CENTRE, "source": "上级补助收入", "amount": 100})
    data["expenditure"].append({"unit": HEAD, "function": "2080199", "fund": "单位资金", "subsidies": 100})
    before = sums(department())
    data["totals"]["revenue"]["amount"] = str(before["revenue"])
    data["totals"]["expenditure"]["amount"] = str(before["expenditure"])
    assert unit_documents(dumped(data)).findings == ()
    data["totals"]["revenue"]["amount"] = str(before["revenue"] + 30)
    (finding,) = unit_documents(dumped(data)).findings
    assert finding.code == "GJ010"
    assert "收入总计" in finding.text
    assert "抵销内部补助和上缴 100.00元 以后" in finding.text
    assert "相差 30.00元" in finding.text


def test_a_difference_says_by_how_much() -> None:
    data = department()
    data["revenue"].append({"source": "其他收入", "amount": 1234})
    findings = {one.code: one.text for one in unit_documents(dumped(data)).findings}
    assert "1 行没有写单位" in findings["GJ011"]
    assert "相差 1,234.00元" in findings["GJ010"]


def test_the_only_unit_has_the_lines_that_name_none() -> None:
    data = json.loads((shipped("data") / "samples" / "shanghai.json").read_text(encoding="utf-8"))
    (unit,) = unit_documents(dumped({**data, "scope": "department"})).units
    assert sums(json.loads(dumped(unit.data)))["revenue"] == sums(data)["revenue"]


def test_a_second_run_keeps_what_a_person_has_written(tmp_path: Path) -> None:
    data = department()
    del data["department"]["units"][0]["duties"]
    save_unit_documents(unit_documents(dumped(data)), tmp_path)
    path = tmp_path / f"{HEAD}.json"
    own = json.loads(path.read_text(encoding="utf-8"))
    own["department"]["duties"] = ["自己写的职能。"]
    own["totals"] = {"revenue": {"reason": "自己写的原因"}}
    own["expenditure"][0]["use"] = "自己写的用途"
    path.write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    data["revenue"][0]["amount"] = "20905601.00"
    save_unit_documents(unit_documents(dumped(data), tmp_path), tmp_path)
    again = json.loads(path.read_text(encoding="utf-8"))
    assert again["department"]["duties"] == ["自己写的职能。"]
    assert again["totals"]["revenue"]["reason"] == "自己写的原因"
    assert again["expenditure"][0]["use"] == "自己写的用途"
    assert again["revenue"][0]["amount"] == "20905601.00"


def test_another_file_of_the_name_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / f"{HEAD}.json").write_bytes(dumped(department()))
    with pytest.raises(InputError, match="不是单位 606001 的单位预算"):
        unit_documents(dumped(department()), tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [({"scope": "unit"}, "这是单位预算"), ({"code": None}, "没有代码"), ({"twice": True}, "写了两次")],
)
def test_what_cannot_be_divided_is_refused(change: dict[str, Any], says: str) -> None:
    data = copy.deepcopy(department())
    if "code" in change:
        del data["department"]["units"][1]["code"]
    elif "twice" in change:
        data["department"]["units"][1]["code"] = HEAD
    else:
        data.update(change)
    with pytest.raises(UsageError, match=says):
        unit_documents(dumped(data))


OFFICIAL = (
    "财政部门", "各部门", "主管部门", "部门预算支出经济分类", "部门经济分类", "部门整体支出", "部门评价",
    "部门（单位）",
)  # fmt: skip
"""Terms that have the word in the document of a unit, too."""


BUDGETS = [name for name in names() if load_layout(name).stage == "budget"]


def test_final_accounts_of_a_unit_are_final_accounts() -> None:
    """The same split: what only the department states is said to be missing, nothing is invented."""
    sample = (shipped("data") / "samples" / "final-accounts.json").read_bytes()
    head = unit_documents(sample).units[0]
    document = prepare(dumped(head.data)).document
    assert document.title == "青溪市财政局本级2023年度单位决算"
    own = [line for line in json.loads(sample, parse_float=Decimal)["expenditure"] if line["unit"] == "450001"]
    assert [line["budgeted"] for line in head.data["expenditure"]] == [line["budgeted"] for line in own]


def test_the_surplus_goes_to_the_unit_that_alone_can_have_it_and_is_asked_of_several() -> None:
    """Only money that is not 财政拨款 is distributed; 450003 alone has 3.20 of it, and 0.60 is no 年末结转."""
    sample = json.loads((shipped("data") / "samples" / "final-accounts.json").read_bytes(), parse_float=Decimal)
    made = unit_documents(dumped(sample))
    assert [unit.data["surplus_distributed"] for unit in made.units] == [0, 0, 6000]
    carried = [Decimal(unit.data.get("carried_forward", 0)) for unit in made.units]
    assert (carried[2], sum(carried)) == (26_000, sample["carried_forward"])
    assert not any(one.pointer == "/surplus_distributed" for unit in made.units for one in unit.missing)
    assert not any("年末结转和结余" in finding.text for finding in made.findings)
    sample["revenue"].append({"unit": "450002", "source": "其他收入", "function": "2010601", "amount": 5000})
    several = unit_documents(dumped(sample))
    asked = [any(one.pointer == "/surplus_distributed" for one in unit.missing) for unit in several.units]
    assert asked == [False, True, True]
    (finding,) = [finding for finding in several.findings if finding.text.startswith("年末结转和结余")]
    assert "部门的结余分配还没有分到单位" in finding.hint_text


@pytest.mark.parametrize("layout", [name for name in BUDGETS if name != "shanghai"])  # whose form is that of units
def test_the_document_of_a_unit_speaks_of_a_unit(layout: str) -> None:
    head = unit_documents(dumped(department())).units[0]
    document = prepare(dumped(head.data), layout).document
    assert "单位预算" in document.title
    for text in printed(document).values():
        for term in OFFICIAL:
            text = text.replace(term, "")
        assert "部门" not in text


def test_the_command_writes_the_documents_and_lists_what_is_missing(tmp_path: Path) -> None:
    data = department()
    del data["department"]["units"][1]["duties"]
    source = tmp_path / "部门.json"
    source.write_bytes(dumped(data))
    result = run_json("units", str(source), "-o", str(tmp_path / "单位"))
    assert result.exit_code == 0
    units = json.loads(result.out)["units"]
    assert [(unit["code"], Path(unit["file"]).is_file()) for unit in units] == [(HEAD, True), (CENTRE, True)]
    assert "/department/duties" in {one["pointer"] for one in units[1]["missing"]}
