"""The way of a clerk in a real browser, against the real server: upload, check, write, look, take the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

import reportgen
from reportgen.budget.json_edit import with_text
from reportgen.serving.folder import Folder
from tests.browser import WIDTHS, faults_for_readers

from .browsing import DEMO, kept, pages_of
from .pictures import with_questions
from .test_server import started

GUIDE = Path(__file__).parents[2] / "docs" / "clerk.md"
STEP = re.compile(
    r"点 \*\*(?P<click>.+?)\*\*(?:，得到 `(?P<file>.+?)`)?|在 \*\*(?P<field>[^*]+)\*\* 里写 `(?P<text>.+?)`"
    r"|在 \*\*(?P<upload>[^*]+)\*\* 里选|看到 \*\*(?P<seen>.+?)\*\*"
)
"""What a step of the guide does: click (and take a file), write in a field, choose the workbook, see a text."""
QUESTIONED = with_text(with_text(DEMO, "/totals/revenue/reason", ""), "/totals/revenue/last/execution", "2000000.00")
"""The sample without a reason, and with an amount of last year that is odd beside this year's."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("folder")


class Server:
    """The program, working in a folder; it can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running = ExitStack()
        self.start()

    def start(self) -> None:
        self._process, self.address = self._running.enter_context(started(self._folder))

    def kill(self) -> None:
        self._process.kill()
        self._running.close()


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """One for all tests: a start takes longer than most of them."""
    running = Server(folder)
    yield running
    running.kill()


@pytest.fixture
def address(server: Server) -> str:
    return server.address


def opened(browser: Browser, address: str, **options: Any) -> Page:
    """A page of the workbench, in Chinese; what the browser complains about fails the test at its end."""
    page = browser.new_context(**{"locale": "zh-CN"} | options).new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(address)
    return page


def past_progress(page: Page) -> None:
    """Wait for the page itself: the one with the progress may come first, and opens it."""
    page.locator("[data-running=yes]").wait_for(state="detached")
    page.wait_for_load_state()


def uploaded(page: Page, payload: bytes, name: str) -> str:
    page.get_by_label("填好的填报表").set_input_files({"name": name, "mimeType": "x/y", "buffer": payload})
    page.get_by_role("button", name="上传").click()
    past_progress(page)
    return page.url.removesuffix("/check")


def test_the_steps_of_the_guide_lead_from_the_form_to_the_files(browser: Browser, address: str, tmp_path: Path) -> None:
    """Every step of ``docs/clerk.md`` as it stands there."""
    page = opened(browser, address)
    assert "token" not in page.url
    filled = {"name": "填报.xlsx", "mimeType": "x/y", "buffer": reportgen.workbook(QUESTIONED)}
    files: list[Path] = []
    steps = GUIDE.read_text(encoding="utf-8").partition("<!-- clicks -->")[2].partition("\n\n|")[0]
    assert len(STEP.findall(steps)) == steps.count("**") // 2 > 20
    for step in STEP.finditer(steps):
        if step["click"]:
            files += clicked(page, step["click"], step["file"], tmp_path)
        elif step["field"]:
            page.get_by_label(step["field"]).first.fill(step["text"])
        elif step["upload"]:
            page.get_by_label(step["upload"]).set_input_files(filled)
        else:
            page.get_by_text(step["seen"]).first.wait_for()
        if step["click"] == "预览":
            image = page.get_by_role("img", name="第 1 页")
            assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    assert [path.suffix for path in files] == [".xlsx", ".docx", ".pdf", ".xlsx", ".html", ".zip"]
    assert all(path.stat().st_size > 10_000 for path in files)
    assert page.complaints == []
    page.context.close()


def clicked(page: Page, name: str, file: str, folder: Path) -> list[Path]:
    """Click a button or a link; keep the file that comes of it."""
    control = page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True))
    if not file:
        control.first.click()
        page.locator("[data-running=yes]").wait_for(state="detached")  # the page with the progress may come first
        return []
    with page.expect_download() as download:
        control.first.click()
    assert download.value.suggested_filename == file
    target = folder / file
    download.value.save_as(target)
    return [target]


def test_a_clerk_who_goes_back_finds_the_page_as_it_was_and_overwrites_nothing(
    browser: Browser, address: str, folder: Path
) -> None:
    document = kept(folder)
    id = document.rpartition("/")[2]
    page = opened(browser, address)
    page.goto(f"{address.partition('/?')[0]}{document}/check")
    past_progress(page)
    clicked(page, "文字", "", folder)
    page.locator("textarea").first.fill("先存的职能。")
    clicked(page, "存为新的一版", "", folder)
    page.get_by_text("第 2 版").first.wait_for()
    page.go_back()
    page.get_by_text("第 2 版").first.wait_for()  # the page is asked for anew
    assert page.locator("textarea").first.input_value() == "先存的职能。"
    page.locator("textarea").first.fill("回来以后又写的职能。")
    clicked(page, "存为新的一版", "", folder)
    page.get_by_text("第 3 版").first.wait_for()
    kept_here = Folder(folder)
    versions = kept_here.record(id).versions
    assert ["先存的职能。" in kept_here.payload(id, one).decode() for one in versions] == [False, True, False]
    page.context.close()


def test_a_finding_and_a_figure_lead_to_their_pages_by_the_keyboard_and_without_script(
    browser: Browser, address: str, folder: Path
) -> None:
    document = kept(folder, with_questions())
    page = opened(browser, address, java_script_enabled=False)
    page.goto(f"{address.partition('/?')[0]}{document}/check")
    settled(page)
    by_keyboard(page, page.get_by_role("link", name="在页面上看").first)
    marks = page.locator("svg .found")
    assert [one.text_content() for one in marks.all()] == [
        "表01「收 入 总 计」收入·预算数 2994.911",
        "表01「支 出 总 计」支出·预算数 3001.102",
    ]
    picture, box = page.locator("svg image").bounding_box(), marks.first.bounding_box()
    assert picture
    assert box
    assert picture["x"] < box["x"] < picture["x"] + picture["width"]
    assert picture["y"] < box["y"] < picture["y"] + picture["height"]
    by_keyboard(page, page.get_by_role("link", name="3001.10").first)
    page.get_by_role("heading", name="3001.10 从哪里来、用在哪里").wait_for()
    by_keyboard(page, page.locator(".sources tbody a").last)
    assert page.locator("#mark .mark").count() == 1
    page.context.close()


def by_keyboard(page: Page, link: Locator) -> None:
    """Open a link with the Enter key, and the page with the progress again until it is done."""
    settled(page)
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    settled(page)


def settled(page: Page) -> None:
    """Ask again, without script, until the page itself is there and not the one with the progress."""
    while page.locator("[data-running=yes]").count():
        with page.expect_navigation():
            page.get_by_role("link", name="刷新").click()


def test_the_steps_of_the_review_by_clicks(browser: Browser, address: str, folder: Path) -> None:
    document = kept(folder)
    page = opened(browser, address)
    page.goto(address.partition("/?")[0] + f"{document}/versions")
    past_progress(page)
    for button, note in (
        ("部门已审", ""),
        ("保密审查", "张三"),
        ("负责人审签", "李四"),
        ("财政已审", ""),
        ("定稿", ""),
    ):
        form = page.locator("form").filter(has=page.get_by_role("button", name=button, exact=True))
        form.get_by_role("textbox").fill(note)
        if button == "定稿":
            form.get_by_role("button").click()  # the browser asks for the tick first
            assert "财政已审" in page.get_by_role("status").inner_text()
            form.get_by_role("checkbox").check()
        form.get_by_role("button").click()
    assert "定稿" in page.get_by_role("status").inner_text()
    page.context.close()


def test_of_two_tabs_the_second_overwrites_nothing(browser: Browser, address: str, folder: Path) -> None:
    document = address.partition("/?")[0] + kept(folder)
    one = opened(browser, address)
    other = one.context.new_page()
    for tab in (one, other):
        tab.goto(f"{document}/wording")
        past_progress(tab)
    one.locator("textarea").nth(0).fill("甲方先存的职能。")
    one.get_by_role("button", name="存为新的一版").click()
    other.locator("textarea").nth(1).fill("乙方后存的职能。")
    other.get_by_role("button", name="存为新的一版").click()
    assert "您的改动没有存" in other.get_by_role("alert").inner_text()
    other.get_by_role("button", name="存为新的一版").click()
    texts = [other.locator("textarea").nth(n).input_value() for n in (0, 1)]
    assert texts == ["甲方先存的职能。", "乙方后存的职能。"]
    one.context.close()


def test_a_bad_file_is_told_and_one_can_go_on(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    uploaded(page, b"PK\3\4 nothing", "坏的.xlsx")
    assert page.get_by_role("heading", name="没有做成").is_visible()
    page.get_by_role("link", name="再上传一次").click()
    uploaded(page, DEMO, "预算.json")
    page.get_by_text("可以公开。").wait_for()
    page.context.close()


def test_a_run_over_documents_is_followed_without_loading_the_page_again(
    browser: Browser, address: str, folder: Path
) -> None:
    chosen = kept(folder).replace("/documents/", "document/")
    page = opened(browser, address)
    page.get_by_role("link", name="全市").click()
    for box in page.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("name") == chosen)
    page.get_by_role("button", name="生成全部").click()
    page.get_by_text("做完了。").wait_for(timeout=60_000)
    assert page.locator("tbody tr").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="汇总表").click()
    assert download.value.suggested_filename == "summary.xlsx"
    assert page.complaints == []
    page.context.close()


@pytest.fixture(scope="module")
def two_documents(folder: Path) -> tuple[str, str]:
    """A document without findings, and one with some."""
    return kept(folder), kept(folder, with_questions())


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_fits_and_hinders_no_reader(
    browser: Browser, address: str, two_documents: tuple[str, str], language: str
) -> None:
    """Each page is loaded once and looked at in both widths."""
    page = opened(browser, address, bypass_csp=True, locale=language)
    base = address.partition("/?")[0]
    for path in pages_of(*two_documents):
        page.goto(base + path)
        past_progress(page)
        assert page.evaluate("document.documentElement.lang") == language
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
            assert faults_for_readers(page) == [], (path, width)
    page.context.close()


def test_a_figure_of_a_wide_page_is_hit_on_a_telephone(
    browser: Browser, address: str, two_documents: tuple[str, str]
) -> None:
    page = opened(browser, address, viewport={"width": 400, "height": 800}, has_touch=True)
    page.goto(f"{address.partition('/?')[0]}{two_documents[0]}/page/15")
    past_progress(page)
    page.get_by_role("link", name="放大").click()
    figure = page.get_by_role("link", name="3001.10").first
    box = figure.bounding_box()
    assert box
    assert box["height"] > 20
    figure.tap()
    page.get_by_role("heading", name="3001.10 从哪里来、用在哪里").wait_for()
    page.context.close()


def test_a_killed_server_loses_nothing(browser: Browser, server: Server) -> None:
    page = opened(browser, server.address)
    document = uploaded(page, DEMO, "预算.json").partition("/documents/")[2]
    page.context.close()
    server.kill()
    server.start()
    page = opened(browser, server.address)
    assert page.locator(f'a[href="/documents/{document}"]').count() == 1
    saved = page.request.get(f"{server.address.partition('/?')[0]}/documents/{document}/versions/1.json")
    assert saved.body() == DEMO
    page.context.close()
