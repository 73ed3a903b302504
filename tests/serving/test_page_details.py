"""What a reader sees on the pages: the years that are meant, one main button, names that differ, good English."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportgen.pipeline import load
from reportgen.serving.folder import Folder
from reportgen.serving.reading import title_of
from reportgen.serving.start_pages import usual_years

from .browsing import DEMO, client, kept, pages_of, words
from .pictures import with_questions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("folder")


@pytest.fixture(scope="module")
def browser(folder: Path) -> TestClient:
    return client(folder)


@pytest.mark.parametrize(
    ("today", "budget", "final"),
    [("2026-11-29", 2027, 2025), ("2026-09-01", 2027, 2025), ("2026-08-31", 2026, 2025), ("2027-01-05", 2027, 2026)],
)
def test_the_years_of_the_empty_forms_are_those_that_are_worked_on(today: str, budget: int, final: int) -> None:
    assert usual_years(date.fromisoformat(today)) == {"budget_year": budget, "final_year": final}


def test_the_first_page_asks_for_each_year_of_its_own(browser: TestClient) -> None:
    years = usual_years(date.today())
    found = re.findall(r'<label>(\S+) <input name="year"[^>]* value="(\d+)"', browser.get("/").text)
    assert found == [("预算年度", str(years["budget_year"])), ("决算年度", str(years["final_year"]))]


def test_pages_have_one_main_button_and_english_is_written_as_english(browser: TestClient, folder: Path) -> None:
    shown = r"<(?:h[1-4]|th|label|button|dt|summary|a)\b[^>]*>\s*([^<\s][^<]*)"
    for path in pages_of(kept(folder), kept(folder, with_questions())):
        page = browser.get(path, headers={"accept-language": "en"}).text
        main = re.findall(r"<button(?![^>]*quiet)", page)
        assert len(main) <= 1, path
        begun = [text for text in re.findall(shown, page) if re.match("[a-z]", text)]
        assert begun == [], path
        english = re.sub(r"<(\w+) lang=\"zh-CN\".*?</\1>", "", page)
        assert re.findall(r"[a-z]\s?[：（）；，。、]|[：（）；，。、]\s?[a-z]", words(english)) == [], path


def test_a_reviewer_is_told_of_errors_beside_the_steps(browser: TestClient, folder: Path) -> None:
    bad = kept(folder, with_questions())
    page = browser.get(f"{bad}/versions").text
    alert = page.partition('role="alert">')[2].partition("</p>")[0]
    assert re.match(r"有 [1-9]\d* 个错误，改正之前不能定稿。", alert)
    assert f'href="{bad}/check"' in alert
    assert 'role="alert"' not in browser.get(f"{kept(folder)}/versions").text


def test_the_versions_are_shown_where_the_latest_cannot_be_read(browser: TestClient, folder: Path) -> None:
    document = kept(folder)
    id = document.rpartition("/")[2]
    (folder / id / Folder(folder).record(id).latest.file).write_bytes(b"{")
    answer = browser.get(f"{document}/versions")
    assert answer.status_code == 200
    assert "最新的一版核对不了，审不了" in words(answer.text)


def test_a_return_and_the_end_of_the_review_are_ticked_first(browser: TestClient, folder: Path) -> None:
    document = kept(folder)
    for step, note in (("reviewed", ""), ("confidentiality", "张三"), ("signed", "李四"), ("approved", "")):
        browser.post(f"{document}/state", data={"base": "1", "step": step, "note": note, "sure": "1"})
    forms = browser.get(f"{document}/versions").text.split("<form")[1:]
    assert [re.findall(r'name="step" value="(\w+)"', form) for form in forms] == [["final"], ["returned"]]
    assert all('<input type="checkbox" name="sure" value="1" required>' in form for form in forms)
    assert ['class="quiet"' in form for form in forms] == [False, True]


def test_a_page_is_enlarged_and_its_links_keep_that(browser: TestClient, folder: Path) -> None:
    document = kept(folder)
    fits = browser.get(f"{document}/page/15").text
    assert "<svg viewBox" in fits
    link = re.search(r'href="([^"]+)">放大</a>', fits)
    assert link
    large = browser.get(unescape(link[1])).text
    assert re.search(r'<svg width="15\d\d" viewBox', large)
    links = [unescape(one) for one in re.findall(rf'href="({document}/page/[^"]+)"', large)]
    assert [one for one in links if "large=1" not in one and "lang=" not in one] == [f"{document}/page/15"]  # 缩小
    figure = next(one for one in links if "figure=" in one)
    chosen = browser.get(figure).text
    assert "从哪里来" in words(chosen)
    smaller = re.search(r'href="([^"]+)">缩小</a>', chosen)
    assert smaller
    assert "figure=" in smaller[1]


def test_places_that_are_printed_nowhere_are_named_without_empty_brackets(browser: TestClient, folder: Path) -> None:
    document = kept(folder, with_questions())
    for link in re.findall(r'href="([^"]+)">在页面上看', browser.get(f"{document}/check").text):
        places = browser.get(link).text.partition('<ol class="places">')[2].partition("</ol>")[0]
        assert places
        assert not re.search(r"<li>\s*[（：]", places)


def test_documents_of_the_same_name_are_told_apart(browser: TestClient, folder: Path) -> None:
    first = kept(folder)
    Folder(folder).save(first.rpartition("/")[2], 1, DEMO, "甲", "上传", "青溪市财政局2023年预算")
    choices = re.findall(r"<li><label>(.+?)</label></li>", browser.get("/city").text)
    told = r"青溪市财政局2023年预算 第 2 版 \d{4}-\d\d-\d\d \d\d:\d\d 填报中"
    assert any(re.search(told, words(one)) for one in choices)
    unit = json.dumps(json.loads(DEMO) | {"scope": "unit"}).encode()
    assert title_of(load(unit)) == "青溪市财政局2023年单位预算"
