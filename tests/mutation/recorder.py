"""A pytest plugin (``-p tests.mutation.recorder``): coverage with the running test as its context.

What a fixture's set-up reaches counts for every test that uses the fixture. Child processes are recorded too: the
environment carries coverage's settings and the name of the test to them. Files go to the folder ``RECORD_IN``.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import coverage
import pytest

ID = str(os.getpid())
SETTINGS = """[run]
source = {root}/reportgen
data_file = {folder}/child
parallel = true
context = ${{RECORD_TEST}}
patch = _exit
disable_warnings = no-data-collected,module-not-measured,module-not-imported
"""


class Recorder:
    """One test process: its coverage, and for each test its outcome, processor seconds (with children) and fixtures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.coverage = coverage.Coverage(
            data_file=str(folder / f"process.{ID}"), source=[str(Path.cwd() / "reportgen")], config_file=False
        )
        self.coverage.set_option("run:disable_warnings", ["no-data-collected", "module-not-imported"])
        self.tests: dict[str, dict[str, Any]] = {}
        self.file = ""
        settings = folder / f"coveragerc.{ID}"
        settings.write_text(SETTINGS.format(root=Path.cwd(), folder=folder), encoding="utf-8")
        os.environ["COVERAGE_PROCESS_START"] = str(settings)
        os.environ["RECORD_TEST"] = ""
        self.coverage.start()

    def context(self, name: str) -> None:
        self.coverage.switch_context(name)
        os.environ["RECORD_TEST"] = name

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, None, None]:
        if str(item.path) != self.file:
            self.file = str(item.path)
            forget_caches()
        fixtures = [f"fixture:{name}" for name in getattr(item, "fixturenames", ())]
        self.tests[item.nodeid] = {"seconds": 0.0, "passed": True, "fixtures": fixtures}
        self.context(item.nodeid)
        before = sum(os.times()[:4])
        yield
        self.tests[item.nodeid]["seconds"] = sum(os.times()[:4]) - before
        self.context("")

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, None, None]:
        before = os.environ["RECORD_TEST"]
        self.context(f"fixture:{fixturedef.argname}" if fixturedef.scope != "function" else before)
        yield
        self.context(before)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if (test := self.tests.get(report.nodeid)) is not None:
            test["passed"] &= not report.failed

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        self.coverage.save()
        (self.folder / f"tests.{ID}.json").write_text(json.dumps(self.tests), encoding="utf-8")


def forget_caches() -> None:
    """Empty every ``functools`` cache of project and tests, so that each file of tests reaches the lines itself."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("reportgen", "tests"):
            for value in list(vars(module).values()):
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()


def pytest_configure(config: pytest.Config) -> None:
    """Record in the processes that run tests: the workers of xdist, or the only one."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        config.pluginmanager.register(Recorder(Path(os.environ["RECORD_IN"])), "mutation-recorder")
