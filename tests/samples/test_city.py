"""The invented city: the same every time, without findings; sixty departments go every way the layout can."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import pipeline
from reportgen.budget.json_input import parse_json
from reportgen.core.paths import shipped
from reportgen.facts import FactGroup
from reportgen.rules.compared import compared_figures
from reportgen.tree.nodes import Document, Figure, Paragraph, Table
from tests.cities import MAKER, MOST, department, make_city, write
from tests.population import size
from tests.strategies import dumped

from invented.final_accounts import final_accounts as final  # isort: skip  the folder is found by tests.cities
from invented.final_accounts import next_budget  # isort: skip
from invented.money import text  # isort: skip

MANY = 60
SAMPLES = ("demo-2023.json", "shaoxing-hrss-2023.json")


def test_two_runs_write_the_same_files(tmp_path: Path) -> None:
    for name, order in (("a", "1"), ("b", "2")):
        command = [sys.executable, str(MAKER), "--departments", "50", "-o", tmp_path / name]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": order})
    first = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.json"))
    assert len(first) == 50
    assert all((tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes() for path in first)


def test_the_city_is_the_same_on_every_machine() -> None:
    """A deliberate change of the maker changes this hash."""
    made = "".join(make_city.made(department(1, index), 2023) for index in range(50))
    assert hashlib.sha256(made.encode()).hexdigest()[:16] == "4fa697326996b849"


def test_a_department_does_not_depend_on_how_many_are_made(tmp_path: Path) -> None:
    make_city.main(["--departments", "3", "--first", "100", "-o", str(tmp_path)])
    alone = write(tmp_path / "alone", 101)
    assert (tmp_path / alone.relative_to(tmp_path / "alone")).read_bytes() == alone.read_bytes()


def test_codes_and_names_are_given_once() -> None:
    found = [department(1, index) for index in (*range(400), MOST - 2, MOST - 1)]
    codes = [who.code for who in found] + [unit.code for who in found for unit in who.units]
    names = [who.name for who in found] + [unit.name for who in found for unit in who.units]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


def test_more_departments_than_there_are_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        make_city.main(["--first", str(MOST - 1), "--departments", "2", "-o", str(tmp_path)])


@pytest.mark.campaign
@settings(max_examples=size(1000, 10), deadline=None)
@given(seed=st.integers(0, 10**6), index=st.integers(0, MOST - 1), year=st.integers(2020, 2030))
def test_nothing_is_found_in_any_department_nor_against_its_last_year(seed: int, index: int, year: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        this, last = write(folder / "this", index, seed, year), write(folder / "last", index, seed, year - 1)
        known = None if department(seed, index).new else last
        findings = pipeline.check(this, last=known).findings
        assert [finding for finding in findings if finding.code not in NOTES] == []


def final_accounts(index: int, year: int) -> bytes:
    return str(text(final(department(1, index), year))).encode()


def following_budget(index: int, year: int) -> dict[str, Any]:
    """The budget of ``year`` that compares with the final accounts of the year before."""
    data: dict[str, Any] = parse_json(str(text(next_budget(department(1, index), year))).encode())
    return data


def budget(index: int, year: int) -> bytes:
    return str(make_city.made(department(1, index), year)).encode()


@pytest.mark.campaign
@pytest.mark.parametrize("index", range(size(400, 8)))
def test_the_final_accounts_of_a_department_follow_from_its_budget_and_from_last_years(index: int) -> None:
    """The chain: the budget of a year, its final accounts against it and last year's, the next budget against these."""
    last = None if department(1, index).new else final_accounts(index, 2023)
    findings = pipeline.check(final_accounts(index, 2024), last=last, initial=budget(index, 2024)).findings
    assert [finding for finding in findings if finding.code not in NOTES] == []
    following = following_budget(index, 2025)
    found = pipeline.check(following, last=final_accounts(index, 2024)).findings
    assert [finding for finding in found if finding.code not in NOTES] == []
    following["totals"]["revenue"]["last"]["execution"] += 100_000
    broken = {finding.code for finding in pipeline.check(dumped(following), last=final_accounts(index, 2024)).findings}
    assert "GJ606" in broken


@pytest.mark.parametrize(
    ("pointer", "code"),
    [
        ("expenditure/budgeted/initial", "GJ608"),
        ("expenditure/last/execution", "GJ606"),
        ("revenue/carry_over", "GJ607"),
    ],
)
def test_a_break_in_the_chain_is_found(pointer: str, code: str) -> None:
    """In the first department that has such an amount."""
    part, *path, name = pointer.split("/")
    for index in range(MANY):
        data = parse_json(final_accounts(index, 2024))
        places = [functools.reduce(lambda one, key: one.get(key, {}), path, line) for line in data[part]]
        if department(1, index).new or not (found := [place for place in places if place.get(name)]):
            continue
        found[0][name] += 100_000
        last, initial = final_accounts(index, 2023), budget(index, 2024)
        assert code in {finding.code for finding in pipeline.check(dumped(data), last=last, initial=initial).findings}
        return
    raise AssertionError("no department has such an amount")


def test_the_maker_writes_final_accounts_beside_the_budgets(tmp_path: Path) -> None:
    folders = {"-o": "a", "--final": "b", "--next": "c"}
    options = [word for name, folder in folders.items() for word in (name, str(tmp_path / folder))]
    make_city.main(["--departments", "2", *options])
    made = [parse_json(path.read_bytes()) for path in sorted(tmp_path.rglob("*.json"))]
    stages = [(one["stage"], one["year"]) for one in made]
    assert stages == [("budget", 2023)] * 2 + [("final", 2023)] * 2 + [("budget", 2024)] * 2


NOTES = ("GJ210", "GJ308", "GJ411")
"""Notes that are true of an invented department: another year's code book, 尾差 of printed figures, mended texts."""


@cache
def _sixty() -> list[pipeline.Prepared]:
    with tempfile.TemporaryDirectory() as made:
        return [pipeline.prepare(write(Path(made), index)) for index in range(MANY)]


def _figures(document: Document) -> Iterator[str]:
    """The names of the facts that are printed, with codes and counters taken out."""
    for section in document.sections:
        for block in section.blocks:
            runs = block.runs if isinstance(block, Paragraph) else ()
            if isinstance(block, Table):
                runs = tuple(run for row in block.body for cell in row.cells for run in cell.runs)
            for run in runs:
                if isinstance(run, Figure):
                    yield re.sub(r"\b\d+(-sum)?\b", "N", run.fact)


def test_every_fact_that_the_samples_print_is_printed() -> None:
    wanted = {name for sample in SAMPLES for name in _figures(_sample(sample).document)}
    assert wanted - {name for one in _sixty() for name in _figures(one.document)} == set()


def _sample(name: str) -> pipeline.Prepared:
    return pipeline.prepare(shipped("data") / "samples" / name)


def _ways(facts: FactGroup) -> Iterator[str]:
    """Which way the wording goes, wherever it may go several ways."""
    for figure in compared_figures(facts):
        yield f"{figure.key} {figure.change.direction}"
        if figure.change.basically_flat:
            yield f"{figure.key} basically flat {'with' if figure.reason else 'without'} reason"
    for name in TABLES:
        yield f"table {name} {bool(facts[name].rows)}"
    yield f"units {min(len(facts.units.rows), 3)}"
    yield f"agency {bool(facts.units.administrative)} {bool(facts.units.managed)}"
    yield f"assets {facts.assets is not None and facts.assets.planned.any}"
    yield f"reception used for {bool(facts.reception_use)}"
    for name in ("carried_forward", "business", "paid_up", "subsidies"):
        yield f"{name} {bool(facts.expenditure[name])}"
    for name in ("goods", "works", "services", "total"):
        yield f"procurement {name} {bool(facts.procurement[name])}"
    for name in ("general_public", "government_fund", "state_capital", "fiscal_account", "own_funds", "total"):
        yield f"projects {name} {bool(facts.projects[name])}"
    for source in facts.revenue.sources:
        yield f"{source.key} {bool(source.this)} {bool(source.carry)}"


TABLES = ("three_public", "government_fund", "state_capital", "projects", "key_projects", "performance")
"""Those that may be empty."""
MOVES = ("up", "down", "flat", "new")
COMPARED = ("revenue", "expenditure", "general_public", "government_fund", "state_capital", "agency_operating",
            "overseas", "reception", "vehicle_purchase", "vehicle_operation")  # fmt: skip
EITHER = ("carried_forward", "business", "paid_up", "subsidies", "reception used for", "procurement goods",
          "procurement works", "procurement services", "procurement total", "projects total",
          "projects government_fund", "projects state_capital", "projects fiscal_account",
          "projects own_funds")  # fmt: skip
WAYS = {
    *(f"{name} {move}" for name in COMPARED for move in MOVES),
    *(f"{name} {way}" for name in EITHER for way in (True, False)),
    *(f"table {name} {way}" for name in TABLES for way in (True, False)),
    *(f"general_public basically flat {way} reason" for way in ("with", "without")),
    *(f"agency {a} {b}" for a in (True, False) for b in (True, False)),
    "units 1", "units 2", "units 3", "assets True", "assets False",
    "general_public True True", "government_fund True False", "government_fund True True", "government_fund False True",
    "state_capital True False", "business_income True True", "operating_income True False",
    "superior_subsidy True False", "affiliated_income True False", "other_income True False",
}  # fmt: skip


def test_every_way_of_the_wording_is_taken() -> None:
    assert WAYS - {way for one in _sixty() for way in _ways(one.facts)} == set()
