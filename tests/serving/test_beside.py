"""What is beside the steps: versions compared, an edited Word file taken back, a published file audited."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from starlette.testclient import TestClient

import reportgen
from reportgen.budget.json_edit import with_member, with_text
from reportgen.core.errors import UsageError
from reportgen.hand_edits.in_memory import pull_edits
from reportgen.pipeline import prepare
from reportgen.pipeline.hand_edited import hand_edits, without_hand_edit
from reportgen.serving.folder import Folder
from reportgen.tree.nodes import plain

from .browsing import DEMO, client, kept, words

REASON = "/totals/revenue/reason"
NEW = with_text(DEMO, REASON, "新增两个项目")


def two_versions(folder: Path) -> str:
    document = kept(folder)
    Folder(folder).save(document.rpartition("/")[2], 1, NEW, "甲", "改文字", "题")
    return document


def test_versions_are_compared_cause_by_cause_and_place_by_place(tmp_path: Path) -> None:
    document, browser = two_versions(tmp_path), client(tmp_path)
    page = browser.get(f"{document}/compare").text
    assert "在职人员工资标准调整 → 新增两个项目" in words(page)
    assert "<ins>" in page
    assert "没有差别。" in words(browser.get(f"{document}/compare?old=2&new=2").text)
    redline = browser.get(f"{document}/redline?old=1&new=2")
    assert redline.content == reportgen.diff(DEMO, NEW).redline()


@pytest.mark.parametrize("query", ["old=0&new=1", "old=1&new=9", "old=x", "old=１", "old=-1"])
def test_a_version_that_is_not_there_is_not_compared(tmp_path: Path, query: str) -> None:
    document, browser = two_versions(tmp_path), client(tmp_path)
    for page in ("compare", "redline"):
        assert browser.get(f"{document}/{page}?{query}").status_code == 404


def edited(payload: bytes, was: str = "工资标准调整", now: str = "工资标准提高") -> bytes:
    word = docx.Document(BytesIO(payload))
    run = next(run for paragraph in word.paragraphs for run in paragraph.runs if was in run.text)
    run.text = run.text.replace(was, now)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def test_an_edited_word_file_comes_back_as_a_version(tmp_path: Path) -> None:
    document, browser = kept(tmp_path), client(tmp_path)
    word = edited(edited(browser.get(f"{document}/files/1/docx").content), "51.10", "52.10")
    answer = browser.post(f"{document}/pull", data={"base": "1"}, files={"file": ("x.docx", word)})
    assert "文字的改动已存为新的一版。" in words(answer.text)
    assert "工资标准提高" in answer.text
    assert "QH101" in answer.text
    assert "数字错了在填报表里改，再上传" in answer.text
    assert "JSON" not in words(answer.text)
    compared = words(browser.get(f"{document}/compare").text)
    assert re.search(r"新增 手工改动 二/（二）第1段：[^：]*工资标准提高", compared)
    assert "收入/规模" not in compared
    assert json.loads(browser.get(f"{document}/versions/2.json").content)["overrides"]
    stale = browser.post(f"{document}/pull", data={"base": "1"}, files={"file": ("x.docx", word)})
    assert stale.status_code in (200, 409)
    assert browser.get(f"{document}/versions/3.json").status_code == 404


def test_a_paragraph_edited_in_word_is_shown_with_its_text_and_can_be_taken_back(tmp_path: Path) -> None:
    document, browser = kept(tmp_path), client(tmp_path)
    word = edited(next(iter(reportgen.render(DEMO, ["docx"]).files.values())), "在职人员工资标准调整", "新增两个项目")
    assert "在 Word 里改过的句子" not in words(browser.get(f"{document}/wording").text)
    taken = pull_edits(word, DEMO).payload
    Folder(tmp_path).save(document.rpartition("/")[2], 1, taken, "甲", "导入修改稿", "题")
    page = browser.get(f"{document}/wording").text
    shown = words(page)
    assert re.search("二/（二）第1段 ?：[^：]*主要是新增两个项目。 撤回后印成： [^：]*在职人员工资标准调整。", shown)
    assert f'name="text{REASON}"' in page  # the box is where it was
    assert "印它的那一段在 Word 里改过，照改过的印。" in shown
    stale = browser.post(f"{document}/edit", data={"base": "1", "edit": "0"})
    assert stale.status_code == 409
    assert browser.post(f"{document}/edit", data={"base": "2", "edit": "1"}).status_code == 400
    back = words(browser.post(f"{document}/edit", data={"base": "2", "edit": "0"}).text)
    assert "在 Word 里改过的句子" not in back
    assert "主要是在职人员工资标准调整。" in back
    assert browser.get(f"{document}/versions/3.json").content == DEMO


def test_paragraphs_that_were_deleted_or_added_in_word_are_shown_as_such() -> None:
    block = next(one for one in reportgen.check(DEMO).prepared.document.prose() if "工资标准调整" in plain(one.runs)).id
    edits = [{"block": block, "runs": []}, {"block": block, "after": True, "runs": ["另有说明。"]}]
    payload = with_member(DEMO, "overrides", edits)
    deleted, added = hand_edits(prepare(payload))
    assert (deleted.text, deleted.added) == ("", False)
    assert "工资标准调整" in deleted.generated
    assert (added.text, added.generated, added.added) == ("另有说明。", "", True)
    assert deleted.place == added.place == "二/（二）第1段"
    assert without_hand_edit(without_hand_edit(payload, 1), 0) == DEMO
    with pytest.raises(UsageError):
        without_hand_edit(DEMO, 0)


def test_an_edited_word_file_that_is_uploaded_is_sent_to_its_own_form(tmp_path: Path) -> None:
    document, browser = kept(tmp_path), client(tmp_path)
    word = edited(next(iter(reportgen.render(DEMO, ["docx"]).files.values())))
    answer = browser.post(f"{document}/upload", data={"base": "1"}, files={"file": ("x.docx", word)})
    assert answer.status_code == 422
    assert "导入修改稿" in words(answer.text)
    assert f'<a href="{document}/upload"' in answer.text
    assert browser.get(f"{document}/versions/2.json").status_code == 404


def pull(browser: TestClient, document: str, base: int, word: bytes) -> str:
    answer = browser.post(f"{document}/pull", data={"base": str(base)}, files={"file": ("x.docx", word)})
    return words(answer.text)


def test_a_word_file_of_an_earlier_version_undoes_nothing_that_was_saved_since(tmp_path: Path) -> None:
    """Only its own change is taken; one of a paragraph that was changed since is a conflict."""
    document, browser = kept(tmp_path), client(tmp_path)
    word = next(iter(reportgen.render(DEMO, ["docx"]).files.values()))
    other = edited(word, "维修经费增加", "维修经费上涨")
    both = edited(word)
    Folder(tmp_path).save(document.rpartition("/")[2], 1, NEW, "甲", "改文字", "题")
    told = pull(browser, document, 2, both)
    assert "什么也没有存" in told
    assert "新增两个项目" in told
    assert "工资标准提高" in told
    assert browser.get(f"{document}/versions/3.json").status_code == 404
    told = pull(browser, document, 2, other)
    assert "文字的改动已存为新的一版。" in told
    assert "QH110" not in told
    saved = json.loads(browser.get(f"{document}/versions/3.json").content)
    assert saved["totals"]["revenue"]["reason"] == "新增两个项目"
    assert len(saved["overrides"]) == 1
    assert "维修经费上涨" in json.dumps(saved["overrides"], ensure_ascii=False)
    assert "文字没有改动。" in pull(browser, document, 3, other)


@pytest.mark.parametrize("payload", [b"PK\3\4", DEMO, b"%PDF-1.7"])
def test_what_is_no_word_file_of_this_document_is_told(tmp_path: Path, payload: bytes) -> None:
    document, browser = kept(tmp_path), client(tmp_path)
    answer = browser.post(f"{document}/pull", data={"base": "1"}, files={"file": ("x.docx", payload)})
    assert answer.status_code == 422
    assert "没有做成" in words(answer.text)


def test_a_published_file_is_audited_with_its_pages_marked(tmp_path: Path) -> None:
    browser = client(tmp_path)
    pdf = next(iter(reportgen.render(DEMO, ["pdf"]).files.values()))
    answer = browser.post("/audit", files={"file": ("../x.pdf", pdf)})
    assert "没有发现问题。" in words(answer.text)
    assert "公开件检查：x.pdf" in words(answer.text)
    assert "x.pdf" in browser.get(f"{answer.url.path}/report.html").text
    word = docx.Document(BytesIO(next(iter(reportgen.render(DEMO, ["docx"]).files.values()))))
    cell = next(c for t in word.tables for row in t.rows for c in row.cells if c.text == "1304.15")
    cell.paragraphs[0].runs[0].text = "1404.15"
    out = BytesIO()
    word.save(out)
    found = browser.post("/audit", files={"file": ("x.docx", out.getvalue())})
    assert "错误" in words(found.text)
    assert "由此：" in words(found.text), "what follows from the slip stands below it"
    report = browser.get(f"{found.url.path}/report.html")
    assert "1,404.15" in report.text
    assert '<html lang="zh-CN">' in report.text
    assert '<html lang="en">' in browser.get(f"{found.url.path}/report.html?lang=en").text
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_an_audit_that_is_not_there(tmp_path: Path) -> None:
    browser = client(tmp_path)
    for address in ("/audit/000000000000", "/audit/x/1.png", "/audit/x/report.html"):
        assert browser.get(address).status_code == 404
    assert browser.post("/audit", files={"file": ("x", b"nothing")}).status_code == 422
