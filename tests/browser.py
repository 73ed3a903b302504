"""A real browser for tests: chromium as the system has it; without it the tests are skipped and say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, sync_playwright

WIDTHS = (1280, 400)
"""A desk and a telephone, in pixels."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("needs chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def faults_for_readers(page: Any) -> list[str]:
    """What axe finds on a page that hinders readers, moderately or more; its context bypasses the page's policy.

    The script is put into a page once, however often it is asked, and only what it finds is taken from there.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(results => results.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] != "minor"]
