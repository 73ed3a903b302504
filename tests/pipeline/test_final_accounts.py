"""Final accounts (决算) go the same way as budgets: build, trace, diff, pull, bulk, units, and the year's chain."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen import bulk
from reportgen.budget.json_input import parse_json
from reportgen.budget.load import read_budget
from reportgen.core.errors import InputError, UsageError
from reportgen.core.finding import Severity
from reportgen.core.paths import shipped
from reportgen.facts import DocumentFacts, derive_facts
from reportgen.hand_edits import pull
from reportgen.layout.load import load_layout
from reportgen.pipeline import build, check, prepare, trace
from reportgen.pipeline.source import load
from reportgen.tree.nodes import Document, Paragraph, Row, Table, plain
from reportgen.writers.docx import write
from tests.bad_input.command import run_json
from tests.hand_edits.docx_edits import edited
from tests.strategies import dumped

SAMPLES = shipped("data") / "samples"
FINAL, SHANGHAI, BUDGET = (
    SAMPLES / f"{name}.json" for name in ("final-accounts", "final-accounts-shanghai", "demo-2023")
)


def data(path: Path = FINAL) -> Any:
    return parse_json(path.read_bytes())


def tables(document: Document) -> dict[str, Table]:
    return {block.id: block for block in document.blocks() if isinstance(block, Table)}


def texts(document: Document) -> dict[str, str]:
    return {block.id: plain(block.runs) for block in document.blocks() if isinstance(block, Paragraph)}


def cells(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def facts_of(document: Any, initial: Any = None, last: Any = None) -> DocumentFacts:
    printing = load_layout("final-accounts").printing
    beside = [None if one is None else derive_facts(read_budget(one), printing) for one in (last, initial)]
    return derive_facts(read_budget(document), printing, *beside)


def test_the_stage_decides_the_layout() -> None:
    assert prepare(FINAL).layout.name == "final-accounts"
    assert prepare(BUDGET).layout.name == "zhejiang"
    with pytest.raises(UsageError, match="版式“zhejiang”是预算的，文件是决算"):
        prepare(FINAL, "zhejiang")
    with pytest.raises(UsageError, match="版式“final-accounts”是决算的，文件是预算"):
        prepare(BUDGET, "final-accounts")


@pytest.mark.parametrize(
    "field", ["surplus_distributed", "fiscal_carried_forward", "evaluation", "three_public_details"]
)
def test_a_budget_has_no_field_of_final_accounts(field: str) -> None:
    budget = {**data(BUDGET), field: data()[field]}
    with pytest.raises(InputError) as error:
        read_budget(budget)
    assert [finding.where[0].pointer for finding in error.value.findings] == [f"/{field}"]
    assert "只用于决算" in error.value.findings[0].text


def test_the_nine_tables_of_the_national_form_in_their_order() -> None:
    found = [one for one in tables(prepare(FINAL).document).values() if one.label]
    assert [(one.label, plain(one.title)) for one in found] == [
        ("公开01表", "收入支出决算总表"),
        ("公开02表", "收入决算表"),
        ("公开03表", "支出决算表"),
        ("公开04表", "财政拨款收入支出决算总表"),
        ("公开05表", "一般公共预算财政拨款支出决算表"),
        ("公开06表", "一般公共预算财政拨款基本支出决算明细表"),
        ("公开07表", "政府性基金预算财政拨款收入支出决算表"),
        ("公开08表", "国有资本经营预算财政拨款收入支出决算表"),
        ("公开09表", "财政拨款“三公”经费支出决算表"),
    ]


def test_a_locality_has_other_places_and_no_line_numbers() -> None:
    made = tables(prepare(SHANGHAI).document)
    assert list(made)[-3:] == ["表/三公", "表/政府性基金", "表/国有资本"]
    assert [cells(row) for row in made["表/收支"].head] == [["收入", "支出"], ["项目", "决算数", "项目", "决算数"]]


def test_lines_are_numbered_down_one_side_and_on_down_the_other() -> None:
    table = tables(prepare(FINAL).document)["表/收支"]
    assert cells(table.head[-1]) == ["栏次", "", "1", "栏次", "", "2"]
    numbers = [(row.cells[1].text, row.cells[4].text) for row in table.body]
    assert numbers == [(str(n), str(n + len(table.body))) for n in range(1, len(table.body) + 1)]
    assert [cells(row)[0] for row in table.body][-5:] == [
        "本年收入合计", "使用非财政拨款结余（含专用结余）", "年初结转和结余", "", "总计",
    ]  # fmt: skip


def test_a_fund_states_opening_income_spending_and_closing_of_each_item() -> None:
    table = tables(prepare(FINAL).document)["表/政府性基金"]
    assert cells(table.body[0]) == ["", "合计", "10.00", "125.00", "118.00", "", "118.00", "17.00"]
    assert cells(table.body[-1])[2:] == ["10.00", "125.00", "118.00", "", "118.00", "17.00"]


def test_income_of_the_year_is_without_the_surplus_that_is_used() -> None:
    facts = facts_of(data())
    assert facts.revenue.received.total.value == facts.revenue.income.value - 12_000
    assert [row.name.text for row in facts.revenue.received.sources] == [
        "财政拨款收入",
        "事业收入",
        "经营收入",
        "其他收入",
    ]
    assert facts.revenue.total.value == facts.expenditure.grand_total.value


def test_an_empty_table_keeps_its_form_and_says_so() -> None:
    table = tables(prepare(SHANGHAI).document)["表/国有资本"]
    assert [plain(note.runs) for note in table.notes][-1] == (
        "说明：青溪市数据局本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。"
    )


def test_wording_is_decided_on_printed_figures() -> None:
    """No rate of a zero base, rates above 100 %, as much without a reason."""
    said = texts(prepare(FINAL).document)
    zero = said["一般公共预算/具体/2010604"]
    assert "年初预算为0.00万元，支出决算为26.00万元。决算数大于预算数的主要原因：" in zero
    assert "%" not in zero
    assert "完成年初预算的103.45%。决算数大于预算数的主要原因：" in said["一般公共预算/具体/2010605"]
    assert said["一般公共预算/具体/2080505"].endswith("完成年初预算的100.00%。决算数与预算数持平。")
    document = data()
    for line in document["three_public"]:
        line["reception"] = 20 if line["unit"] == "450001" else 0
    said = texts(prepare(dumped(document)).document)
    assert "公务接待费支出决算为0.00万元，完成预算的0.00%。" in said["三公/总体/预算"]
    assert "公务接待费支出决算减少4.30万元，下降100.00%" in said["三公/总体/上年"]
    new = texts(prepare(SHANGHAI).document)["总体/总计"]
    assert "增加484.43万元（上年度没有，不计增长率）" in new
    assert "%" not in new


def test_the_initial_budget_is_looked_up_in_the_budget_of_the_year() -> None:
    document = data()
    for line in document["expenditure"]:
        line.get("budgeted", {}).pop("initial", None)
    row = facts_of(document, initial=data(BUDGET)).general_public["2010602"]
    assert (row.budgeted.initial.total.value, row.change.initial.direction) == (Decimal("1560000.00"), "down")
    assert row.budgeted.initial.total.formula == "this year's budget: general_public.2010602.total"
    assert facts_of(document).general_public["2010602"].change.initial.direction == "unknown"


def test_a_budget_is_compared_with_last_years_final_accounts() -> None:
    """The chain: budget, its final accounts, the budget of the next year, none of them with a finding."""
    assert [f.code for f in check(FINAL, initial=BUDGET).findings if f.severity is not Severity.NOTE] == []
    final = facts_of(data())
    following = {**data(BUDGET), "year": 2024}
    following["published"], following["assets"] = "2024-02-20", {**following["assets"], "as_of": "2023-12-31"}
    for key in ("revenue", "expenditure", "general_public", "government_fund", "state_capital"):
        following["totals"][key] = {"last": {"execution": f"{final[key].total.value:f}"}, "reason": "项目有增减"}
    found = check(dumped(following), last=FINAL).findings
    assert [f.text for f in found if f.code in ("GJ601", "GJ602", "GJ606")] == []
    following["totals"]["general_public"]["last"]["execution"] = "1.00"
    assert "GJ606" in {f.code for f in check(dumped(following), last=FINAL).findings}


def test_what_is_compared_with_is_of_the_right_stage() -> None:
    with pytest.raises(InputError, match="决算要与上年的决算核对，给出的上年文件（--last）是 2022 年的预算"):
        load(FINAL, last=dumped({**data(BUDGET), "year": 2022}))
    with pytest.raises(InputError, match="给作预算的文件（--budget）是 2023 年的决算，不是预算"):
        load(FINAL, initial=FINAL)
    load(FINAL, last=FINAL, initial=BUDGET)
    load(BUDGET, last=BUDGET)
    load(BUDGET, last=FINAL)


def test_last_years_final_accounts_give_the_bases_and_the_carry_over() -> None:
    last = {**data(), "year": 2022, "published": "2023-08-28"}
    document = data()
    for part in ("expenditure", "three_public"):
        for line in document[part]:
            line.pop("last", None)
    document["expenditure"] = [line for line in document["expenditure"] if len(line) > 2]
    group = facts_of(document, last=last).general_public["2010602"]
    assert group.last.execution.total.value == group.total.value
    assert "GJ607" in {f.code for f in check(dumped(document), last=dumped(last)).findings}


def test_a_rate_of_completion_is_traced_to_both_amounts() -> None:
    (source,) = trace(FINAL).of_figure("96.07")
    assert set(source.cells) == {"/expenditure/2/project", "/expenditure/2/budgeted/initial"}


def test_a_change_is_found_where_it_is_printed() -> None:
    new = data()
    new["expenditure"][2]["budgeted"]["initial"] = "1570000.00"
    found = reportgen.diff(FINAL, dumped(new)).differences
    assert [one.now for one in found.changes if "完成年初预算的96.07%" in one.was and "95.46%" in one.now]
    assert found.reviews == ()


def test_a_reason_whose_direction_turned_is_to_be_reviewed() -> None:
    new = data()
    new["expenditure"][2]["budgeted"]["initial"] = "1400000.00"
    (review,) = reportgen.diff(FINAL, dumped(new)).differences.reviews
    assert (review.pointer, review.was, review.now) == ("/expenditure/2/budgeted/reason", "down", "up")


def test_a_hand_edit_is_taken_back(tmp_path: Path) -> None:
    source = Path(shutil.copy(FINAL, tmp_path / "final.json"))
    prepared = prepare(source)
    payload = edited(
        write(prepared.document, prepared.layout.style),
        [("replace", "主要原因：人员工资标准调整。", "主要原因：工资标准提高。")],
    )
    (tmp_path / "edited.docx").write_bytes(payload)
    pull(tmp_path / "edited.docx", source)
    assert "主要原因：工资标准提高。" in texts(prepare(source).document)["总体/总计"]


def test_a_build_is_current_until_the_budget_beside_it_changes(tmp_path: Path) -> None:
    budget = Path(shutil.copy(BUDGET, tmp_path / "budget.json"))
    first = build(FINAL, tmp_path / "out", ("xlsx",), initial=budget)
    assert (len(first.files), first.current_files) == (1, ())
    assert len(build(FINAL, tmp_path / "out", ("xlsx",), initial=budget).current_files) == 1
    changed = data(BUDGET)
    changed["expenditure"][2]["project"] = "1570000.00"
    budget.write_bytes(dumped(changed))
    again = build(FINAL, tmp_path / "out", ("xlsx",), initial=budget)
    assert "GJ608" in {finding.code for finding in again.findings}


def test_a_run_makes_documents_of_both_stages(tmp_path: Path) -> None:
    city = tmp_path / "city"
    city.mkdir()
    shutil.copy(SHANGHAI, city / "final.json")
    other = data(BUDGET)
    other["year"] = 2025
    (city / "budget.json").write_bytes(dumped(other))
    done = bulk.run([city], tmp_path / "out", bulk.BulkOptions(jobs=1, formats=("xlsx",)))
    assert sorted(one.status for one in done.outcomes) == ["generated", "generated"]
    assert {path.name for path in (tmp_path / "out").rglob("*.xlsx")} >= {
        "青溪市数据局2025年度部门决算.xlsx", "青溪市财政局2025年部门预算.xlsx",
    }  # fmt: skip


def test_a_run_holds_each_department_against_its_budget(tmp_path: Path) -> None:
    for name, path in (("final", FINAL), ("budgets", BUDGET)):
        (tmp_path / name).mkdir()
        shutil.copy(path, tmp_path / name / "450.json")
    options = bulk.BulkOptions(jobs=1, formats=("xlsx",), budget=str(tmp_path / "budgets"))
    done = bulk.run([tmp_path / "final"], tmp_path / "out", options)
    assert [one.status for one in done.outcomes] == ["generated"]
    again = bulk.run([tmp_path / "final"], tmp_path / "out", options)
    assert [(one.status, one.current) for one in again.outcomes] == [("generated", True)]
    changed = data(BUDGET)
    changed["expenditure"][2]["project"] = "1570000.00"
    (tmp_path / "budgets" / "450.json").write_bytes(dumped(changed))
    broken = bulk.run([tmp_path / "final"], tmp_path / "out", options)
    assert [(one.status, "GJ608" in {f.code for f in one.findings}) for one in broken.outcomes] == [("refused", True)]
    (tmp_path / "budgets" / "450.json").write_text("{", encoding="utf-8")
    damaged = bulk.run([tmp_path / "final"], tmp_path / "out", options)
    assert [(one.status, [f.code for f in one.findings]) for one in damaged.outcomes] == [("failed", ["GJ713"])]
    assert "预算文件" in damaged.outcomes[0].findings[0].text


def test_the_command_holds_the_initial_budget_against_the_budget(tmp_path: Path) -> None:
    changed = data()
    changed["expenditure"][2]["budgeted"]["initial"] = "1498700.00"
    changed["expenditure"][2]["budgeted"].pop("reason")
    (tmp_path / "final.json").write_bytes(dumped(changed))
    result = run_json("check", str(tmp_path / "final.json"), "--budget", str(BUDGET))
    assert "GJ608" in {one["code"] for one in json.loads(result.out)["findings"]}
    assert result.exit_code == 1
