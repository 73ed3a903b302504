"""The files beside a document, last year's and the budget of the year: they belong to its versions and their states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import reportgen
from reportgen.budget.json_edit import with_text
from reportgen.core.errors import OutputError
from reportgen.serving.folder import Folder, StaleSave
from reportgen.serving.records import Version, digest
from reportgen.serving.results import ResultsOfFolder

from .browsing import DEMO, client, kept, words
from .test_final_accounts import FINAL, other_initial

LAST = json.dumps(json.loads(DEMO) | {"year": 2022}).encode()
"""Last year's document with other figures than this year's states: errors."""
REASON = "/totals/revenue/reason"


TITLE = "青溪市财政局2022年预算（450）"


def give(browser: TestClient, document: str, base: int, payload: bytes = LAST, kind: str = "last", **more: str) -> Any:
    sent = {"file": ("x", payload)}
    return browser.post(f"{document}/{kind}", data={"base": str(base), **more}, files=sent, follow_redirects=False)


def remove(browser: TestClient, document: str, base: int, **more: str) -> Any:
    return browser.post(f"{document}/last", data={"base": str(base), "remove": "1", **more}, follow_redirects=False)


def given(folder: Path, document: str, base: int, payload: bytes = LAST) -> Path:
    """Keep a file without an upload, which takes a process; return its path."""
    id = document.rpartition("/")[2]
    version = Folder(folder).save_beside(id, base, "last", (payload, TITLE), "甲", "上传上年的文件")
    return folder / id / version.beside["last"].file


def versions(folder: Path, document: str) -> tuple[Version, ...]:
    return Folder(folder).record(document.rpartition("/")[2]).versions


def test_a_change_of_the_file_is_a_version_with_the_same_document(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    Folder(tmp_path).add_event(document.rpartition("/")[2], 1, lambda _: "reviewed", "甲")
    assert give(browser, document, 1).headers["location"] == f"{document}/check"
    assert f"现在用的是：{TITLE}" in words(browser.get(f"{document}/upload").text)
    page = words(browser.get(f"{document}/versions").text)
    assert "填报中" in page
    assert f"上传上年的文件：{TITLE}" in page
    assert remove(browser, document, 2).headers["location"] == f"{document}/upload"
    assert "现在用的是" not in words(browser.get(f"{document}/upload").text)
    one, two, three = versions(tmp_path, document)
    assert (one.beside, three.beside) == ({}, {})
    assert two.beside["last"].digest == digest(LAST)
    assert (two.what, three.what) == ("上传上年的文件", "不用上年的文件")
    assert one.digest == two.digest == three.digest
    assert [path.read_bytes() for path in tmp_path.rglob("beside-*.json")] == [LAST]
    assert digest(LAST) in (tmp_path / "log.jsonl").read_text(encoding="utf-8")


def test_each_version_is_judged_and_exported_with_its_own_files(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    given(tmp_path, document, 1)
    Folder(tmp_path).save(document.rpartition("/")[2], 2, with_text(DEMO, REASON, "新增两个项目"), "甲", "改文字", "题")
    remove(browser, document, 3)
    results = ResultsOfFolder(Folder(tmp_path))
    found = [results.of(document.rpartition("/")[2], version) for version in versions(tmp_path, document)]
    assert [one.publishable for one in found] == [True, False, False, True]
    assert browser.get(f"{document}/files/2/xlsx").status_code == 400
    assert browser.get(f"{document}/files/1/xlsx").status_code == 200


def test_versions_with_other_files_are_compared(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    given(tmp_path, document, 1)
    given(tmp_path, document, 2, with_text(LAST, REASON, "别的原因"))
    for old, new, line in (
        (1, 2, f"新增 上年的文件：{TITLE}"),
        (2, 3, f"上年的文件：换成内容不同的“{TITLE}”"),
        (3, 1, f"删去 上年的文件：{TITLE}"),
    ):
        page = words(browser.get(f"{document}/compare?old={old}&new={new}").text)
        assert line in page
        assert "没有印出的变化" in page
        assert "修订标记" not in page


def test_after_final_a_change_of_the_file_is_a_correction(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    given(tmp_path, document, 1)
    Folder(tmp_path).add_event(document.rpartition("/")[2], 2, lambda _: "final", "甲")
    for answer in (give(browser, document, 2, DEMO), remove(browser, document, 2)):
        assert answer.status_code == 400
        assert "更正说明" in words(answer.text)
    remove(browser, document, 2, note="上年的文件是草稿")
    page = browser.get(f"{document}/versions").text
    assert "不用上年的文件（上年的文件是草稿）" in words(page)
    assert "填报中" in words(page)
    assert f'href="{document}/files/2/zip"' in page
    exported = browser.get(f"{document}/export").text
    assert "这是第 3 版，还没有定稿。" in words(exported)
    assert f'href="{document}/files/2/zip"' in exported


def test_where_there_is_no_file_none_is_removed_and_nothing_is_logged(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    Folder(tmp_path).add_event(document.rpartition("/")[2], 1, lambda _: "final", "甲")
    assert remove(browser, document, 1).headers["location"] == f"{document}/upload"
    assert len(versions(tmp_path, document)) == 1
    assert not (tmp_path / "log.jsonl").exists()


def test_the_page_must_be_that_of_the_latest_version(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    given(tmp_path, document, 1)
    assert remove(browser, document, 1).status_code == 409
    with pytest.raises(StaleSave):
        given(tmp_path, document, 1, DEMO)
    assert len(versions(tmp_path, document)) == 2


@pytest.mark.parametrize("payload", [b"{", None])
def test_a_file_that_was_changed_outside_is_not_used_and_can_be_given_again(
    tmp_path: Path, payload: bytes | None
) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    path = given(tmp_path, document, 1)
    path.unlink() if payload is None else path.write_bytes(payload)
    answer = browser.get(f"{document}/check")
    assert answer.status_code == 422
    assert path.name in words(answer.text)
    assert ("在工作台之外改过" in words(answer.text)) == (payload is not None)
    assert browser.get(f"{document}/upload").status_code == 200
    assert given(tmp_path, document, 2).read_bytes() == LAST
    assert len(versions(tmp_path, document)) == 2  # the content is the same


def test_a_file_that_breaks_the_contract_is_named(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    given(tmp_path, document, 1, b"{}")
    answer = browser.get(f"{document}/check")
    assert answer.status_code == 422
    assert f"放在旁边的“{TITLE}”读不了" in words(answer.text)


def test_a_file_of_another_year_is_not_kept(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    answer = give(browser, document, 1, DEMO)
    assert answer.status_code == 400
    assert "上年文件是 2023 年的部门 450，本文件是 2023 年的部门 450" in words(answer.text)
    assert not list(tmp_path.rglob("beside-*.json"))


BAD: list[Any] = [
    [], {"other": {"digest": "0" * 64, "title": "x"}}, {"last": {"digest": "../x", "title": "x"}},
    {"last": {"digest": "0" * 64, "title": 1}}, {"last": {"digest": "0" * 64}}, {"last": None},
]  # fmt: skip


@pytest.mark.parametrize("beside", BAD)
def test_a_record_with_other_values_is_damaged(tmp_path: Path, beside: object) -> None:
    id = kept(tmp_path).rpartition("/")[2]
    path = tmp_path / id / "record.json"
    data = json.loads(path.read_bytes())
    data["versions"][0]["beside"] = beside
    path.write_text(json.dumps(data))
    with pytest.raises(OutputError, match="损坏或读不了"):
        Folder(tmp_path).record(id)


def test_the_budget_of_the_year_belongs_to_the_version_of_final_accounts(tmp_path: Path) -> None:
    browser, document, budget = client(tmp_path), kept(tmp_path, FINAL), kept(tmp_path)
    assert "本年的预算" in words(browser.get(f"{document}/upload").text)
    assert "本年的预算" not in words(browser.get(f"{budget}/upload").text)
    give(browser, document, 1, other_initial(), "initial")
    codes = {finding.code for finding in reportgen.check(FINAL, initial=other_initial()).findings}
    page = words(browser.get(f"{document}/check").text)
    assert all(code in page for code in codes)
    assert "现在用的是：青溪市财政局2023年预算（450）" in words(browser.get(f"{document}/upload").text)
    assert versions(tmp_path, document)[1].what == "上传本年的预算"
