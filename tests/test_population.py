"""Populations: the same slice in every ordinary run, all of it in a campaign."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import population, subsets

ROOT = Path(__file__).parent.parent


def test_a_slice_is_the_same_in_every_run_and_keeps_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(population.VARIABLE, raising=False)
    taken = population.sample(range(1000), 10)
    assert taken == population.sample(range(1000), 10) == sorted(set(taken))
    assert len(taken) == 10
    assert population.sample(range(1000), 10, seed=2) != taken
    assert population.sample("abc", 10) == ["a", "b", "c"]
    assert population.size(1000, 10) == 10


def test_a_campaign_takes_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(population.VARIABLE, "1")
    assert population.sample(range(1000), 10) == list(range(1000))
    assert population.size(1000, 10) == 1000


@pytest.mark.parametrize(("expression", "seeds"), [("campaign", 1000), ("not campaign", 0), ("", 25)])
def test_the_marker_expression_decides(expression: str, seeds: int) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--collect-only",
        "tests/writers/test_pdf_pages.py",
        "-m",
        expression,
    ]
    environment = {name: value for name, value in os.environ.items() if name != population.VARIABLE}
    listed = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True).stdout
    assert len(re.findall(r"twice_or_leaves_its_page\[", listed)) == seeds


def test_every_campaign_draws_from_a_population() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("tests/*/test_*.py")}
    marked = {path for path, text in texts.items() if "@pytest.mark.campaign" in text}
    assert len(marked) >= 10
    assert marked == {path for path, text in texts.items() if "from tests.population import" in text}


@pytest.mark.parametrize("chosen", subsets.QUICK)
def test_the_quick_subset_names_what_there_is(chosen: str) -> None:
    file, _, function = chosen.partition("::")
    assert (ROOT / file).exists()
    assert not function or f"def {function}(" in (ROOT / file).read_text(encoding="utf-8")


def test_a_test_is_quick_by_its_function_file_or_folder() -> None:
    names = ["tests/test_seed.py::test_x[1]", "tests/core/test_cache.py::test_y", "reportgen/core/money.py::doc"]
    assert all(map(subsets.is_quick, names))
    assert subsets.is_quick("tests/test_guides.py::test_every_link_leads_to_a_file[README.md]")
    assert not subsets.is_quick("tests/test_guides.py::test_the_lint_commands_run[x]")
    assert not subsets.is_quick("tests/coretest.py::test_x")


def test_a_file_is_read_for_the_quick_subset_if_one_of_its_tests_belongs_to_it() -> None:
    assert subsets.has_quick("tests/test_guides.py")
    assert subsets.has_quick("tests/rules/test_rules.py")
    assert not subsets.has_quick("tests/test_language.py")
