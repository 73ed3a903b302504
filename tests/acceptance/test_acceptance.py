"""Findings that the document accepts: the YAML cases beside this file, the command, reports and bulk runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen import build, check
from reportgen.budget.key_places import key_place
from reportgen.budget.load import read_budget
from reportgen.bulk.outcome import worst_first
from reportgen.core.finding import Severity
from reportgen.pipeline.acceptance import acceptable
from reportgen.rules.acceptance import acceptable_codes
from tests.bad_input.command import run_json
from tests.rules.test_rules import base, edited, found

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
ODD = {"/performance/0/amount": "45000000.00"}
PLACE = "performance[450003，财政一体化系统运行维护].amount"


def file_with(tmp_path: Path, edits: dict[str, Any]) -> Path:
    file = tmp_path / "预算.json"
    file.write_text(json.dumps(edited(base("demo"), edits), ensure_ascii=False, default=str), encoding="utf-8")
    return file


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any]) -> None:
    data = edited(base("demo"), case["edit"])
    data.get("performance", []).sort(key=lambda one: one["name"])
    accepted = dict(case["accepted"])
    if case["expect"] == "accepted":
        (odd,) = (f for f in found(data) if f.code == accepted["code"])
        accepted["figures"] = list(odd.values.values())
    findings = found({**data, "accepted": [accepted]})
    own = [f for f in findings if f.code == accepted["code"]]
    told = {f.code: f.text for f in findings if f.code in ("GJ002", "GJ003")}
    if case["expect"] == "accepted":
        assert [(f.severity, f.accepted) for f in own] == [(Severity.NOTE, accepted["reason"])]
        assert not told
    elif case["expect"] == "lapsed":
        assert [f.severity for f in own] == [Severity.WARNING]
        assert "时的数字是 1.00元，现在是 " in told["GJ003"]
    elif case["expect"] == "unmet":
        assert not own
        assert told == {"GJ003": f"接受的 GJ205（{PLACE}）没有对应的问题"}
    else:
        assert all(f.severity is Severity.ERROR for f in own)
        assert told == {"GJ002": "GJ101 不能接受，只能改正"}


def test_the_command_lists_accepts_and_the_exit_code_becomes_zero(tmp_path: Path) -> None:
    file = file_with(tmp_path, {"/agency_operating": "99999999.00"})
    codes = {one.acceptance.code for one in acceptable(file)}
    assert {"GJ304", "GJ305"} <= codes
    assert run_json("check", str(file)).exit_code == 1
    before = json.loads(file.read_text(encoding="utf-8"))
    for code in codes:
        result = run_json("accept", str(file), code, "--reason", "含上级单位的部分")
        assert result.exit_code == 0
    after = json.loads(file.read_text(encoding="utf-8"))
    assert {"code", "place", "figures", "reason"} == set(after["accepted"][0])
    assert {name: value for name, value in after.items() if name != "accepted"} == before
    assert run_json("check", str(file)).exit_code == 0
    assert acceptable(file) == ()


def test_an_acceptance_with_old_figures_is_replaced(tmp_path: Path) -> None:
    old = {"code": "GJ205", "place": PLACE, "figures": ["1.00元"], "reason": "旧"}
    file = file_with(tmp_path, {**ODD, "/accepted": [old]})
    assert run_json("accept", str(file), "GJ205", "--reason", "新").exit_code == 0
    assert [one["reason"] for one in json.loads(file.read_text(encoding="utf-8"))["accepted"]] == ["新"]
    assert "GJ003" not in {finding.code for finding in check(file).findings}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("GJ205",), "接受问题要写理由"),
        (("GJ205", "--reason", " "), "--reason：不能是空的"),
        (("GJ101", "--reason", "x"), "GJ101 不能接受，只能改正"),
        (("GJ205", "--reason", "x", "--place", "revenue"), "revenue 没有 GJ205 这个问题"),
        (("GJ506", "--reason", "x"), "没有 GJ506 这个问题"),
        (("GJ2O5", "--reason", "x"), "没有“GJ2O5”这个代码"),
        (("gj205", "--reason", "x"), "没有“gj205”这个代码"),
    ],
)
def test_what_cannot_be_accepted_is_refused_and_nothing_is_written(tmp_path: Path, arguments, message) -> None:
    file = file_with(tmp_path, ODD)
    before = file.read_bytes()
    result = run_json("accept", str(file), *arguments)
    assert result.exit_code == 2
    assert json.loads(result.out)["error"] == message
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("gj205", "是否想写 GJ205？"),
        ("GJ2055", "是否想写 GJ205？"),
        ("权重", "用 reportgen accept 文件 列出可以接受的问题"),
    ],
)
def test_a_code_that_does_not_exist_gets_the_nearest_one(tmp_path: Path, code: str, hint: str) -> None:
    result = run_json("accept", str(file_with(tmp_path, ODD)), code, "--reason", "x")
    assert json.loads(result.out)["hint"] == hint


def test_a_report_counts_and_shows_what_is_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from reportgen.cli import main

    file = file_with(tmp_path, ODD)
    assert main(["accept", str(file), "GJ205", "--reason", "含上级直接支付的部分"]) == 0
    assert main(["check", str(file)]) == 0
    printed = capsys.readouterr().err
    assert "提示 GJ205" in printed
    assert "已接受，理由：含上级直接支付的部分" in printed


def test_a_blocked_document_says_that_findings_can_be_accepted(tmp_path: Path, capsys) -> None:
    from reportgen.cli import main

    assert main(["check", str(file_with(tmp_path, {"/agency_operating": "99999999.00"}))]) == 1
    assert "GJ304、GJ305 如经核实属实，可用 reportgen accept" in capsys.readouterr().err
    assert main(["check", str(file_with(tmp_path, {"/revenue/0/amount": "1.00"}))]) == 1
    assert "GJ101" not in capsys.readouterr().err.rpartition("如经核实")[0].rpartition("\n")[2]


def test_the_manifest_and_a_bulk_outcome_keep_the_reason(tmp_path: Path) -> None:
    file = file_with(tmp_path, ODD)
    assert run_json("accept", str(file), "GJ205", "--reason", "含上级直接支付的部分").exit_code == 0
    out = tmp_path / "out"
    findings = build(file, out, formats=["xlsx"]).findings
    kept = [
        path for path in tmp_path.rglob("*") if path.is_file() and "含上级直接支付的部分".encode() in path.read_bytes()
    ]
    assert len(kept) == 2, "the document itself and its state"
    assert not any(file.is_relative_to(out) for file in kept)
    assert [f.accepted for f in worst_first(findings) if f.code == "GJ205"] == ["含上级直接支付的部分"]
    again = build(file, out, formats=["xlsx"])
    assert again.current
    assert [f.accepted for f in again.findings if f.code == "GJ205"] == ["含上级直接支付的部分"]


def test_the_contract_and_the_read_back_cannot_be_accepted() -> None:
    assert all(code.startswith("GJ") for code in acceptable_codes())
    assert not acceptable_codes() & {f"GJ1{n:02}" for n in (1, 2, 3, 4, 8)}


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", ""),
        ("/agency_operating", "agency_operating"),
        ("/expenditure/0/basic", "expenditure[450001，2010601，一般公共预算].basic"),
        ("/department/units/1/name", "department.units[450002].name"),
        ("/department/duties/1", "department.duties[1]"),
        ("/performance/0/overall/indicators/0", "performance[450003，财政一体化系统运行维护].overall.indicators"),
        ("/expenditure/9999/basic", "expenditure[9999].basic"),
    ],
)
def test_places_are_by_keys(pointer: str, place: str) -> None:
    assert key_place(read_budget(base("demo")), pointer).startswith(place)


def test_rows_of_one_key_are_told_apart() -> None:
    data = base("demo")
    data["projects"].append(data["projects"][0])
    last = len(data["projects"]) - 1
    budget = read_budget(data)
    assert key_place(budget, f"/projects/{last}/name") == key_place(budget, "/projects/0/name").replace("]", "]#2")


def test_other_words_at_the_same_place_are_another_finding(tmp_path: Path) -> None:
    file = file_with(tmp_path, {"/totals/expenditure/reason": "请填写增加的支出"})
    assert run_json("accept", str(file), "GJ405", "--reason", "就是这样写的").exit_code == 0
    assert run_json("check", str(file)).exit_code == 0
    other = file.read_text(encoding="utf-8").replace("请填写增加", "增加____")
    file.write_text(other, encoding="utf-8")
    assert {"GJ003", "GJ405"} <= {f.code for f in check(file).findings if f.severity > Severity.NOTE}


def test_a_document_of_version_1_can_accept(tmp_path: Path) -> None:
    file = tmp_path / "1.json"
    data = json.loads((Path(__file__).parents[1] / "samples" / "demo-version-1.json").read_text(encoding="utf-8"))
    file.write_text(json.dumps(edited(data, ODD), ensure_ascii=False), encoding="utf-8")
    assert run_json("accept", str(file), "GJ205", "--reason", "含上级直接支付的部分").exit_code == 0
    assert [f.accepted for f in check(file).findings if f.code == "GJ205"] == ["含上级直接支付的部分"]
