"""Pictures of the workbench's pages for the guides: ``python -m tests.serving.pictures`` writes them all anew.

With a language and a folder (``en folder``) they are only to be looked at.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Page

from reportgen.budget.json_edit import with_text
from reportgen.pipeline import load
from reportgen.serving.folder import Folder
from reportgen.serving.reading import title_of
from tests.browser import chromium

from .browsing import DEMO, kept
from .test_server import started

FOLDER = Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parents[2] / "docs" / "images" / "workbench")
COLOURS = 64
"""A page has few; fewer make smaller files."""


@contextmanager
def opened(width: int = 1280, height: int = 800, language: str = "zh-CN") -> Iterator[tuple[Page, str, Path]]:
    """A page of a workbench with an empty folder, the address without the token, and the folder."""
    with TemporaryDirectory() as folder, started(Path(folder)) as (_, address), chromium() as browser:
        page = browser.new_context(locale=language, viewport={"width": width, "height": height}).new_page()
        page.goto(address)
        yield page, address.partition("/?")[0], Path(folder)


def with_questions() -> bytes:
    """The sample with two amounts that disagree, a reason that is missing, and one that is odd."""
    data: Any = json.loads(DEMO, parse_float=str)
    data["revenue"][0]["amount"] = "16000000.00"
    del data["totals"]["expenditure"]["reason"]
    data["totals"]["revenue"]["last"]["execution"] = "2000000.00"
    return json.dumps(data, ensure_ascii=False).encode()


def take(page: Page, name: str, whole: bool = False) -> None:
    """Keep what the browser shows as a small file."""
    page.locator("[data-running=yes]").wait_for(state="detached")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)  # until it has scrolled
    picture = Image.open(BytesIO(page.screenshot(full_page=whole)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(COLOURS, kmeans=2).save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    """Take all pictures."""
    with opened(language=sys.argv[1] if len(sys.argv) > 1 else "zh-CN") as (page, base, folder):
        good, bad = kept(folder), kept(folder, with_questions())
        id = good.rpartition("/")[2]
        changed = with_text(DEMO, "/totals/revenue/reason", "新增两个项目")
        Folder(folder).save(id, 1, changed, "甲", "改文字", title_of(load(changed)))
        for name, box in (("check", ""), ("wording", "#text/totals/expenditure/reason")):
            page.goto(f"{base}{bad}/{name}{box}")
            take(page, name)
        page.goto(f"{base}{bad}/check")
        page.locator(".findings a").first.click()
        take(page, "marked")
        for name in ("upload", "preview", "versions", "compare", "export"):
            page.goto(f"{base}{good}/{name}")
            take(page, name)
        page.goto(f"{base}{good}/page/5")
        page.get_by_role("link", name="2776.60").first.click()
        take(page, "page")
        for name, path in (("home", "/"), ("city", "/city"), ("audit", "/audit")):
            page.goto(base + path)
            take(page, name)
        page.set_viewport_size({"width": 400, "height": 800})
        page.goto(f"{base}{bad}/check")
        take(page, "telephone")


if __name__ == "__main__":
    main()
