"""Version 1 of the document: it reads as version 2, its pointers stay, and ``upgrade`` rewrites its text alone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from reportgen.budget.json_input import parse_json
from reportgen.budget.load import read_budget
from reportgen.budget.upgrade import upgraded
from reportgen.core.errors import InputError
from reportgen.core.paths import shipped
from reportgen.pipeline import check, trace
from tests.bad_input.command import run_json

OLD = (Path(__file__).parent.parent / "samples" / "demo-version-1.json").read_bytes()
NEW = (shipped("data") / "samples" / "demo-2023.json").read_bytes()
FIGURE = {"figure": "revenue.change.rate", "printed": "1.7"}


def changed(**members: Any) -> bytes:
    return json.dumps(json.loads(OLD) | members, ensure_ascii=False).encode()


def test_the_old_sample_prints_what_the_new_one_prints() -> None:
    old, new = check(OLD).prepared, check(NEW).prepared
    assert old is not None
    assert new is not None
    facts = [{fact.name: fact.value for fact in one.facts.facts()} for one in (old, new)]
    assert facts[0] == facts[1]
    assert [block.id for block in old.document.blocks()] == [block.id for block in new.document.blocks()]


def test_upgrade_keeps_the_spelling_and_the_order() -> None:
    assert upgraded(OLD) == NEW
    assert upgraded(NEW) == NEW
    assert upgraded(OLD.replace(b"\n", b"\r\n")) == NEW.replace(b"\n", b"\r\n")


@pytest.mark.parametrize("gone", [("comparison",), ("reasons",), ("comparison", "reasons")])
def test_a_document_without_a_part_is_upgraded(gone: tuple[str, ...]) -> None:
    data = {key: value for key, value in json.loads(OLD).items() if key not in gone}
    old = json.dumps(data, ensure_ascii=False).encode()
    new = json.loads(upgraded(old))
    assert ("totals" in new) == (len(gone) == 1)
    assert not {"comparison", "reasons"} & new.keys()
    assert read_budget(parse_json(upgraded(old))).schema == "reportgen/budget/2"


def test_figures_in_hand_edits_get_the_present_names() -> None:
    overrides = [{"block": "收入/规模", "runs": ["收入增长", FIGURE, "%。"]}]
    new = json.loads(upgraded(changed(overrides=overrides)))
    assert new["overrides"][0]["runs"][1] == FIGURE | {"figure": "revenue.change.execution.rate"}
    (override,) = read_budget(parse_json(changed(overrides=overrides))).overrides
    assert override.runs[1].figure == "revenue.change.execution.rate"  # type: ignore[union-attr]


def test_pointers_are_those_of_the_file() -> None:
    data = json.loads(OLD)
    del data["reasons"]["reception"]
    del data["comparison"]["execution"]["revenue"]
    findings = {f.code: f.where[0].pointer for f in check(json.dumps(data).encode()).findings}
    assert findings["GJ401"] == "/reasons/reception"
    assert findings["GJ409"] == "/comparison/execution/revenue"
    assert trace(OLD).of_pointer("/comparison/budget/reception")
    assert trace(OLD).of_pointer("/reasons/reception")


@pytest.mark.parametrize(
    ("payload", "pointer"),
    [
        (changed(totals={}), "/totals"),
        (changed(revenue=[{"source": "其他收入", "amount": 1, "last": {"budget": 1}}]), "/revenue/0/last"),
        (NEW.replace(b'"totals"', b'"comparison"'), "/comparison"),
        (OLD.replace(b'"revenue": 29500000.00', b'"revnue": 1'), "/comparison/execution/revnue"),
        (OLD.replace(b"29500000.00", b'"x"'), "/comparison/execution/revenue"),
    ],
)
def test_both_forms_at_once_and_mistakes_are_refused_at_their_place(payload: bytes, pointer: str) -> None:
    with pytest.raises(InputError) as error:
        read_budget(parse_json(payload))
    assert pointer in [finding.where[0].pointer for finding in error.value.findings]


def test_the_command_rewrites_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path, other = tmp_path / "a.json", tmp_path / "b.json"
    path.write_bytes(OLD)
    path.chmod(0o640)
    assert json.loads(run_json("upgrade", str(path), "-o", str(other)).out) == {"file": str(other)}
    assert (path.read_bytes(), other.read_bytes()) == (OLD, NEW)
    assert run_json("upgrade", str(path)).exit_code == 0
    assert path.read_bytes() == NEW
    assert os.stat(path).st_mode & 0o777 == 0o640
    assert json.loads(run_json("upgrade", str(path)).out) == {"file": None}


def test_a_document_that_breaks_its_contract_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(OLD.replace(b'"year": 2023', b'"year": "x"'))
    before = path.read_bytes()
    assert run_json("upgrade", str(path)).exit_code != 0
    assert path.read_bytes() == before
