"""Versions, wording, acceptances and the steps of the review: nothing is lost, nothing is overwritten unasked."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from reportgen.budget.json_edit import with_text
from reportgen.core.errors import UsageError
from reportgen.serving.folder import Folder, StaleSave
from reportgen.serving.records import Event, Record, Version, clock, parse
from reportgen.serving.roles import BOTH, User
from reportgen.serving.states import check_step, state_of
from reportgen.serving.workbench import check_note

from .browsing import DEMO, client, kept, upload, words

REASON = "/totals/revenue/reason"
REVIEWED = (("reviewed", ""), ("confidentiality", "张三"), ("signed", "李四"), ("approved", ""))
NO_VERSIONS = b'{"schema":"reportgen/workbench/1","versions":[],"events":[]}'


def wording(browser: TestClient, document: str, base: int, text: str, **more: str) -> object:
    return browser.post(f"{document}/wording", data={"base": str(base), f"text{REASON}": text, **more})


def json_of(browser: TestClient, document: str, number: int) -> dict:
    return json.loads(browser.get(f"{document}/versions/{number}.json").content)


def test_a_text_is_changed_in_place_and_its_sentence_follows(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    page = words(browser.get(f"{document}/wording").text)
    assert "主要是在职人员工资标准调整。" in page
    answer = wording(browser, document, 1, "新增两个项目")
    assert "主要是新增两个项目。" in words(answer.text)
    assert json_of(browser, document, 2)["totals"]["revenue"]["reason"] == "新增两个项目"
    assert browser.get(f"{document}/versions/1.json").content == DEMO
    assert browser.get(f"{document}/versions/2.json").content == with_text(DEMO, REASON, "新增两个项目")


def test_a_text_that_a_finding_misses_can_be_written(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path, with_text(DEMO, REASON, ""))
    page = words(browser.get(f"{document}/wording").text)
    assert "收入预算比上年增加" in page
    assert "还没有写，写了就印出来。" in page
    assert "主要是新增两个项目。" in words(wording(browser, document, 1, "新增两个项目").text)


def test_what_a_text_becomes_is_shown_without_saving(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    answer = words(wording(browser, document, 1, "新增两个项目", show="1").text)
    assert "主要是新增两个项目。" in answer
    assert "下面的改动还没有存。" in answer
    assert browser.get(f"{document}/versions/2.json").status_code == 404


def test_nothing_changed_saves_no_version(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    assert "文字没有改动，没有存新的一版" in words(wording(browser, document, 1, "在职人员工资标准调整").text)
    assert browser.get(f"{document}/versions/2.json").status_code == 404


def test_a_text_against_the_contract_is_told_and_kept_in_the_form(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    answer = wording(browser, document, 1, "长" * 3000)
    assert answer.status_code == 422
    assert "长" * 3000 in answer.text
    assert browser.get(f"{document}/versions/2.json").status_code == 404


def test_a_paragraph_of_a_list_that_is_emptied_is_told_where_it_stands(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    answer = browser.post(f"{document}/wording", data={"base": "1", "text/department/duties/0": ""})
    assert answer.status_code == 422
    assert "这一段不能清空" in words(answer.text)
    assert "/department/duties" not in words(answer.text)
    link = re.search(r'<li><a href="#([^"]+)">[^<]+</a>：这一段不能清空', answer.text)
    assert link
    assert f'id="{link[1]}" aria-invalid="true"' in answer.text


def test_all_texts_that_cannot_be_saved_are_told_at_their_boxes_and_the_others_are_kept(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    texts = {
        REASON: "甲\n乙",
        "/totals/agency_operating/reason": "甲\t乙",
        "/reception_use": "接待调研",
        "/expenditure/0/use": "甲😀",
    }
    data = {"base": "1"} | {f"text{pointer}": text for pointer, text in texts.items()}
    answer = browser.post(f"{document}/wording", data=data)
    assert answer.status_code == 422
    page = words(answer.text)
    assert "有 3 处文字不能存，什么也没有存" in page
    assert page.count("第 1 字后面有换行；这里只能写一段 删去换行，或改成分号") == 2  # above, and at the box
    assert page.count("U+0009（制表符）") == 2
    assert answer.text.count('aria-invalid="true"') == 3
    assert ">接待调研</textarea>" in answer.text
    assert not any(f"/{pointer}" in page for pointer in ("totals", "reception_use"))
    assert browser.get(f"{document}/versions/2.json").status_code == 404


def test_a_character_that_no_typeface_has_is_told_at_its_box(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    answer = wording(browser, document, 1, "新增😀两个项目")
    assert answer.status_code == 422
    told = "第 3 字“😀”（U+1F600，GRINNING FACE）没有一种字体有，印不出来 换成通用规范汉字表内的字，或删去"
    assert words(answer.text).count(told) == 2
    assert answer.text.count('aria-invalid="true"') == 1
    assert browser.get(f"{document}/versions/2.json").status_code == 404


def test_a_document_with_a_character_that_no_typeface_has_can_be_mended(tmp_path: Path) -> None:
    """One that was uploaded: it is an error among the others, with its place, and the texts can be written."""
    browser, document = client(tmp_path), kept(tmp_path, with_text(DEMO, REASON, "新增😀两个项目"))
    page = words(browser.get(f"{document}/check").text)
    assert "ZX101 第 3 字“😀”" in page
    assert "二/（二）第1段（合计与原因!" in page
    assert "没有写出文件" not in page
    assert "有字没有字体可印，排不出页面" in words(browser.get(f"{document}/preview").text)
    assert browser.get(f"{document}/files/1/xlsx").status_code == 400
    assert wording(browser, document, 1, "新增两个项目").status_code == 200
    assert "可以公开" in words(browser.get(f"{document}/check").text)


@pytest.mark.parametrize(
    "pointer", ["/department/name", "/year", "/expenditure/999/use", "/expenditure/x/use", "/a/../b"]
)
def test_only_texts_can_be_written(tmp_path: Path, pointer: str) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    answer = browser.post(f"{document}/wording", data={"base": "1", f"text{pointer}": "x"})
    assert answer.status_code == 422
    assert browser.get(f"{document}/versions/2.json").status_code == 404


def test_of_two_tabs_the_second_is_told_and_keeps_its_text(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    wording(browser, document, 1, "第一页写的")
    answer = browser.post(f"{document}/wording", data={"base": "1", "text/reception_use": "第二页写的"})
    assert answer.status_code == 409
    saved = clock(Folder(tmp_path).record(document.rpartition("/")[2]).latest.time)
    assert f" 在 {saved} 存过第 2 版，您的改动没有存" in words(answer.text)
    assert "第二页写的" in answer.text  # in the form, to be saved with the next click
    assert "第一页写的" in answer.text
    assert 'name="base" value="2"' in answer.text
    assert browser.get(f"{document}/versions/3.json").status_code == 404
    again = browser.post(f"{document}/upload", data={"base": "1"}, files={"file": ("x", DEMO)})
    assert again.status_code == 409


def test_a_text_that_two_changed_is_shown_to_the_second_who_decides(tmp_path: Path) -> None:
    """Pressing the button of the page again replaces nothing; the mark beside the text of the other does."""
    browser, document = client(tmp_path), kept(tmp_path)
    wording(browser, document, 1, "甲的说法")
    answer = wording(browser, document, 1, "乙的说法")
    assert answer.status_code == 409
    assert "别人存的： 甲的说法" in words(answer.text)
    link = re.search(r'<a href="#([^"]+)">收入预算的增减原因</a>：别人也改过这一处', answer.text)
    assert link
    assert f'id="{link[1]}"' in answer.text
    hidden = {name: "1" for name in re.findall(r'type="hidden" name="(both[^"]+)"', answer.text)}
    assert list(hidden) == [f"both{REASON}"]
    again = wording(browser, document, 2, "乙的说法", **hidden)
    assert again.status_code == 409
    assert "别人存的： 甲的说法" in words(again.text)
    shown = wording(browser, document, 2, "乙的说法", show="1", **hidden)
    assert "别人存的： 甲的说法" in words(shown.text)
    assert browser.get(f"{document}/versions/3.json").status_code == 404
    assert wording(browser, document, 2, "乙的说法", **hidden, **{f"mine{REASON}": "1"}).status_code == 200
    assert json_of(browser, document, 3)["totals"]["revenue"]["reason"] == "乙的说法"


def test_saves_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    document = folder.create(b"0", "甲", "上传", "题")

    def save(n: int) -> bool:
        try:
            folder.save(document, 1, str(n).encode(), "甲", "上传", "题")
        except StaleSave:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        saved = list(threads.map(save, range(16)))
    assert saved.count(True) == 1
    record = folder.record(document)
    assert [version.number for version in record.versions] == [1, 2]
    assert folder.payload(document, record.latest) == str(saved.index(True)).encode()


def test_an_odd_finding_is_accepted_with_a_reason(tmp_path: Path) -> None:
    browser = client(tmp_path)
    data = json.loads(DEMO, parse_float=str)
    data["totals"]["revenue"]["last"]["execution"] = "2000000.00"
    document = kept(tmp_path, json.dumps(data, ensure_ascii=False).encode())
    page = browser.get(f"{document}/check").text
    form = re.search(r'name="code" value="(\w+)">\s*<input type="hidden" name="place" value="([^"]+)"', page)
    assert form, words(page)
    fields = {"base": "1", "code": form[1], "place": form[2]}
    assert browser.post(f"{document}/accept", data=fields).status_code == 400
    answer = browser.post(f"{document}/accept", data={**fields, "reason": "本年新建办公楼"})
    assert "已接受，理由：本年新建办公楼" in words(answer.text)
    assert json_of(browser, document, 2)["accepted"][0]["code"] == form[1]
    assert (
        browser.post(f"{document}/accept", data={**fields, "base": "2", "code": "XX1", "reason": "x"}).status_code
        == 400
    )


def step(browser: TestClient, document: str, base: int, step: str, note: str = "") -> int:
    return int(
        browser.post(f"{document}/state", data={"base": str(base), "step": step, "note": note, "sure": "1"}).status_code
    )


def test_a_document_becomes_final_after_both_reviews_and_both_signatures(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    assert step(browser, document, 1, "final") == 400
    assert step(browser, document, 1, "approved") == 400
    assert step(browser, document, 1, "reviewed") == 200
    assert step(browser, document, 1, "confidentiality") == 400  # without the name of who checked it
    assert step(browser, document, 1, "confidentiality", "张三") == 200
    assert step(browser, document, 1, "approved") == 200
    assert step(browser, document, 1, "final") == 400
    assert step(browser, document, 1, "signed", "李四") == 200
    assert step(browser, document, 1, "final") == 200
    page = words(browser.get(f"{document}/versions").text)
    assert "状态 ： 定稿" in page or "状态： 定稿" in page
    assert "张三" in page
    assert "李四" in page
    assert "定稿" in words(browser.get("/").text)


def test_a_change_opens_the_review_again_and_after_final_needs_its_reason(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    for name, note in (
        ("reviewed", ""),
        ("confidentiality", "张三"),
        ("signed", "李四"),
        ("approved", ""),
        ("final", ""),
    ):
        assert step(browser, document, 1, name, note) == 200
    answer = wording(browser, document, 1, "新增两个项目")
    assert answer.status_code == 422
    assert "要写更正说明" in words(answer.text)
    assert "新增两个项目" in answer.text
    assert wording(browser, document, 1, "新增两个项目", note="原因写漏了").status_code == 200
    page = words(browser.get(f"{document}/versions").text)
    assert "填报中" in page
    assert "原因写漏了" in page
    assert browser.get(f"{document}/versions/1.json").content == DEMO
    assert step(browser, document, 2, "final") == 400


def test_a_document_with_errors_cannot_be_final(tmp_path: Path) -> None:
    browser = client(tmp_path)
    data = json.loads(DEMO, parse_float=str)
    data["revenue"][0]["amount"] = "1.00"
    document = kept(tmp_path, json.dumps(data, ensure_ascii=False).encode())
    for name, note in REVIEWED:
        assert step(browser, document, 1, name, note) == 200
    assert step(browser, document, 1, "final") == 400


def test_the_last_step_is_not_offered_while_there_are_errors(tmp_path: Path) -> None:
    browser, data = client(tmp_path), json.loads(DEMO, parse_float=str)
    data["revenue"][0]["amount"] = "1.00"
    for payload, is_offered in ((DEMO, True), (json.dumps(data, ensure_ascii=False).encode(), False)):
        document = kept(tmp_path, payload)
        for name, note in REVIEWED:
            Folder(tmp_path).add_event(document.rpartition("/")[2], 1, lambda _, name=name: name, "甲", note)
        page = browser.get(f"{document}/versions").text
        assert ('name="step" value="final"' in page) == is_offered
        assert 'name="step" value="returned"' in page
        assert ("改正之前不能定稿" in words(page)) != is_offered


def test_a_step_that_cannot_be_taken_back_is_ticked_before() -> None:
    user = User("甲", BOTH)
    for done, kind in (((*(name for name, _ in REVIEWED),), "final"), (("reviewed",), "returned")):
        with pytest.raises(UsageError, match="要先打勾"):
            check_step(record(*done), kind, "写清用途", user)
        assert check_step(record(*done), kind, "写清用途", user, is_sure=True) == kind


def test_the_form_of_a_step_that_cannot_be_taken_back_has_the_tick(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    Folder(tmp_path).add_event(document.rpartition("/")[2], 1, lambda _: "reviewed", "甲")
    fields = {"base": "1", "step": "returned", "note": "写清用途"}
    answer = browser.post(f"{document}/state", data=fields)
    assert answer.status_code == 400
    assert "“退回”要先打勾：确定退回，已有的审查和审签作废" in words(answer.text)
    tick = re.search(
        r'<input type="checkbox" name="(\w+)" value="(\w+)" required> 确定退回',
        browser.get(f"{document}/versions").text,
    )
    assert tick
    assert browser.post(f"{document}/state", data={**fields, tick[1]: tick[2]}).status_code == 200


INVISIBLE = ("张\u202e三", "张三\x07", "张\u200b三", "张\n三", "张\u3164三")


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "——", "。", *INVISIBLE, "长" * 501])
def test_names_and_notes_are_such_as_can_be_read(name: str) -> None:
    user = User("甲", BOTH)
    for done, kind in ((("reviewed",), "signed"), (("reviewed",), "confidentiality"), (("reviewed",), "returned")):
        with pytest.raises(UsageError):
            check_step(record(*done), kind, name, user, is_sure=True)
    with pytest.raises(UsageError):
        check_note(record("final"), name)
    check_note(record("final"), "长" * 500)


@pytest.mark.parametrize("note", [*INVISIBLE, "长" * 501])
def test_a_note_that_nobody_asks_for_can_be_read_too(note: str) -> None:
    with pytest.raises(UsageError):
        check_step(record(), "reviewed", note, User("甲", BOTH))
    with pytest.raises(UsageError):
        check_note(record(), note)


def test_files_of_a_draft_and_of_a_final_version_have_different_names(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    assert "这是第 1 版，还没有定稿。" in words(browser.get(f"{document}/export").text)
    names = [browser.get(f"{document}/files/1/zip").headers["content-disposition"]]
    Folder(tmp_path).add_event(document.rpartition("/")[2], 1, lambda _: "final", "甲")
    assert "还没有定稿" not in words(browser.get(f"{document}/export").text)
    names.append(browser.get(f"{document}/files/1/zip").headers["content-disposition"])
    assert ["第1版草稿" in unquote(names[0]), "第1版定稿" in unquote(names[1])] == [True, True]


def record(*kinds: str) -> Record:
    version = Version(1, "0001-20261129T113500Z.json", "t", "w", "上传", "题")
    return Record((version,), tuple(Event(kind, 1, "t", "w", "n") for kind in kinds))


def test_a_return_takes_the_ticks_away() -> None:
    assert state_of(record("reviewed", "confidentiality", "signed")).steps == ("approved", "returned")
    returned = state_of(record("reviewed", "confidentiality", "returned"))
    assert (returned.name, returned.ticks, returned.steps, returned.note) == ("退回", (), ("reviewed",), "n")
    assert state_of(record("reviewed", "confidentiality", "returned", "reviewed")).ticks == ()


def test_a_return_needs_its_reason() -> None:
    with pytest.raises(UsageError, match="没有写明"):
        check_step(record("reviewed"), "returned", " ", User("甲", BOTH))


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b'{"schema": "x"}', NO_VERSIONS])
def test_a_damaged_record_is_told_in_the_list_and_stops_no_other(tmp_path: Path, payload: bytes) -> None:
    browser = client(tmp_path)
    good, bad = kept(tmp_path), kept(tmp_path)
    (tmp_path / bad.rpartition("/")[2] / "record.json").write_bytes(payload)
    page = words(browser.get("/").text)
    assert "记录损坏，读不了" in page
    assert "青溪市财政局2023年预算" in page
    answer = browser.get(f"{bad}/check")
    assert answer.status_code == 422
    assert "损坏或读不了" in words(answer.text)
    assert browser.get(f"{good}/check").status_code == 200


def test_a_record_is_read_as_it_was_written() -> None:
    made = record("reviewed")
    assert parse(made.payload()) == made


def test_what_is_saved_is_there_after_a_new_start(tmp_path: Path) -> None:
    document = upload(client(tmp_path))
    assert client(tmp_path).get(f"{document}/versions/1.json").content == DEMO
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["what"] for line in log] == ["upload"]


def test_a_step_that_is_not_possible_is_told_in_english(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    answer = browser.post(f"{document}/state?lang=en", data={"base": "1", "step": "signed", "note": "Li"})
    assert answer.status_code == 400
    named = words(answer.text).replace("中文", "").replace("青溪市财政局2023年预算", "")  # the title of the document
    assert not re.search("[\u4e00-\u9fff]", named)
