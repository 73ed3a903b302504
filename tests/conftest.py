"""What the tests share: the seed and its layout, the facts and the document made of them."""

from __future__ import annotations

import atexit
import gc
import os
import re
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from reportgen.budget.load import load_budget
from reportgen.budget.model import Budget
from reportgen.compose import compose
from reportgen.core.paths import shipped
from reportgen.facts import FactGroup, derive_facts
from reportgen.layout.load import load_layout
from reportgen.layout.spec import Layout
from reportgen.tree.nodes import Document
from tests import population, subsets

ROOT = Path(__file__).parents[1]
os.environ.pop("REPORTGEN_LANG", None)  # the tests read Chinese messages, whatever the shell speaks
_CACHE = tempfile.TemporaryDirectory(prefix="reportgen-cache-")
atexit.register(_CACHE.cleanup)  # its own finalizer complains
os.environ["REPORTGEN_CACHE"] = _CACHE.name  # theirs alone, and empty at first: nothing is kept in the user's
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the many processes that tests start would each compile all modules
os.environ.setdefault(
    "PYTHONPYCACHEPREFIX", f"{_CACHE.name}/compiled"
)  # of the first process, for those of pytest-xdist


gc.disable()  # what is collected below stays to the end: to look through it again and again takes a third of the time


def pytest_collection_finish() -> None:
    """Leave what was collected out of the garbage collector, and start it."""
    gc.freeze()
    gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """``-m campaign``: populations in full, in the workers of pytest-xdist too."""
    if re.search(r"(?<!not )campaign", config.getoption("markexpr") or ""):
        os.environ[population.VARIABLE] = "1"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """``-m quick``: files without a test of the quick subset are not even read, which takes longer than the subset."""
    if config.getoption("markexpr") != "quick" or not collection_path.is_file():
        return None
    return None if subsets.has_quick(collection_path.relative_to(ROOT).as_posix()) else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the quick subset, as ``tests/subsets.py`` chooses it."""
    for item in items:
        if subsets.is_quick(item.nodeid):
            item.add_marker(pytest.mark.quick)


SEED = shipped("data") / "samples" / "shaoxing-hrss-2023.json"


@pytest.fixture(scope="session")
def seed_file() -> Path:
    return SEED


@pytest.fixture(scope="session")
def layout() -> Layout:
    return load_layout("zhejiang")


@pytest.fixture(scope="session")
def seed() -> Budget:
    return load_budget(SEED)


@pytest.fixture(scope="session")
def facts(seed: Budget, layout: Layout) -> FactGroup:
    return derive_facts(seed, layout.printing)


@pytest.fixture(scope="session")
def document(facts: FactGroup, layout: Layout) -> Document:
    return compose(facts, layout)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests; each opens a context of its own."""
    from .browser import chromium  # playwright is not needed by most tests

    with chromium() as running:
        yield running


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, None]:
    """In CI every outside tool is there: a skipped check is a failure."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("REPORTGEN_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
