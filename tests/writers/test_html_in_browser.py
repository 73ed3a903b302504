"""The page in a real browser: on a desk and on a telephone, for people who hear it, and on paper."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser import WIDTHS, faults_for_readers
from tests.families.golden import families

from .test_html import PAGES, written

NAMES = [name for name in (*PAGES, *families()) if name != "nothing"]
HEARD = ["every kind of block", "charts", "zhejiang-2026"]
A4 = (595, 842)


@pytest.fixture
def address(name: str, tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    path.write_bytes(written(name)[1])
    return path.as_uri()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_as_wide_as_its_window_and_only_tables_scroll(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"  # its style applies
    assert said == []
    page.close()


@pytest.mark.parametrize("name", HEARD)
def test_nothing_hinders_those_who_hear_it(browser: Browser, address: str) -> None:
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(address)
    assert faults_for_readers(page) == []
    page.close()


@pytest.mark.parametrize("name", ["charts", "zhejiang-2026"])
def test_it_prints_as_a4_with_wide_tables_across(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = {tuple(round(float(side)) for side in one.mediabox[2:]) for one in printed.pages}
    assert sizes == {A4, A4[::-1]}
    page.close()


@pytest.mark.parametrize("name", ["zhejiang-2026"])
def test_a_name_in_the_address_opens_at_its_figure(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    name = page.evaluate("[...document.querySelectorAll('td [id]')].at(-1).id")
    page.goto(f"{address}#{name}")
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", name)
    assert 0 <= top < 900
    page.close()
