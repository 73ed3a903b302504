"""Pages about what was not done: they lead back to the page of the form, in both languages, and lose no reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from .browsing import client, kept, words
from .test_final_accounts import FINAL

FORMS = {
    "last": "upload", "initial": "upload", "pull": "upload", "upload": "upload", "accept": "check", "state": "versions",
    "layout": "preview", "edit": "wording", "wording": "wording",
}  # fmt: skip
"""The addresses of the forms of a document, and the page that has each."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("folder")


@pytest.fixture(scope="module")
def browser(folder: Path) -> TestClient:
    return client(folder)


@pytest.fixture(scope="module")
def document(folder: Path) -> str:
    return kept(folder)


def links(page: str) -> list[str]:
    return re.findall(r'<a href="([^"]+)"[^>]*>(?:English|返回)</a>', page)


@pytest.mark.parametrize(("form", "page"), FORMS.items())
def test_a_refused_form_leads_back_to_its_page_in_both_languages(
    browser: TestClient, document: str, form: str, page: str
) -> None:
    answer = browser.post(f"{document}/{form}", data={"base": "x"})
    assert answer.status_code in (400, 422)
    english, back = links(answer.text)
    assert (english, back) == (f"{document}/{page}?lang=en", f"{document}/{page}")
    assert f'href="{document}/versions"' in answer.text  # the steps of the document are there


@pytest.mark.parametrize("form", [form for form, page in FORMS.items() if form != page])
def test_the_address_of_a_form_says_where_the_form_is(browser: TestClient, document: str, form: str) -> None:
    answer = browser.get(f"{document}/{form}")
    assert answer.status_code == 405
    assert "这个地址只收表单" in words(answer.text)
    assert links(answer.text)[1] == f"{document}/{FORMS[form]}"
    assert "<body>" in browser.get("/documents").text


def test_what_was_written_is_given_back(browser: TestClient, document: str) -> None:
    reason = "核实<属实>：本年新建办公楼"
    answer = browser.post(f"{document}/accept", data={"base": "9", "code": "GJ1", "place": "x", "reason": reason})
    assert answer.status_code == 400
    assert f"您写的没有存，可以从这里复制 {reason}" in words(answer.text)
    assert "textarea" not in browser.post(f"{document}/accept", data={"base": "9"}).text
    note = {"base": "7", "step": "reviewed", "note": "看过了"}
    assert "看过了</textarea>" in browser.post(f"{document}/state", data=note).text


@pytest.mark.parametrize("path", ["/check/", "/upload/", "/", "//check"])
def test_no_address_is_redirected_for_its_slashes(browser: TestClient, document: str, path: str) -> None:
    """The redirect would name http://, which a proxy with TLS does not have."""
    for method in ("GET", "POST"):
        answer = browser.request(method, f"{document}{path}", follow_redirects=False)
        assert answer.status_code == 404
        assert "location" not in answer.headers


def test_the_form_of_final_accounts_asks_for_those_of_last_year(
    browser: TestClient, document: str, folder: Path
) -> None:
    final = kept(folder, FINAL)
    assert "上年的决算（JSON、工作簿或已公开的文件），用来核对上年决算数" in words(browser.get(f"{final}/upload").text)
    assert "上年的预算或决算" in words(browser.get(f"{document}/upload").text)
