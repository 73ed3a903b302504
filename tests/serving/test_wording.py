"""Every kind of text goes from the browser into the sentence beside it, the next version and the exported file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportgen.budget.json_edit import with_member, with_text
from reportgen.budget.model import Budget
from reportgen.budget.schema import inner_model
from reportgen.core.paths import shipped
from reportgen.pipeline import load
from reportgen.pipeline.wording import is_wording
from reportgen.serving.text_labels import text_label

from .browsing import DEMO, client, kept, words

NEW = "按核定的标准安排的新写的内容"
KINDS = {
    "demo-2023": [
        "/totals/revenue/reason", "/expenditure/0/use", "/department/duties/0", "/reception_use", "/glossary/0/text",
        "/projects/1/goal",
    ],
    "beijing": ["/sections/机构设置/0"],
    "final-accounts": [
        "/totals/general_public/budgeted/reason", "/expenditure/0/budgeted/reason",
        "/three_public_details/overseas_use", "/evaluation/mechanism", "/evaluation/systems/0",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return client(tmp_path_factory.mktemp("folder"))


def kept_sample(browser: TestClient, name: str) -> str:
    payload = (shipped("data") / "samples" / f"{name}.json").read_bytes()
    if name == "beijing":
        payload = with_member(payload, "layout", name)
    return kept(browser.app.state.workbench.folder.path, payload)


def value(data: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data


@pytest.mark.parametrize("sample", KINDS)
def test_texts_of_every_kind_become_sentences_of_the_file(browser: TestClient, sample: str) -> None:
    document = kept_sample(browser, sample)
    before = browser.get(f"{document}/wording").text
    fields = {f"text{pointer}": f"{NEW}{number}个" for number, pointer in enumerate(KINDS[sample])}
    assert [field for field in fields if f'name="{field}"' not in before] == []
    answer = browser.post(f"{document}/wording", data={"base": "1", **fields})
    assert answer.status_code == 200
    saved = json.loads(browser.get(f"{document}/versions/2.json").content)
    file = re.sub(r"\s", "", words(browser.get(f"{document}/files/2/html").text))
    for field, text in fields.items():
        beside = answer.text.partition(f'name="{field}"')[2].partition('<p lang="zh-CN">')[2].partition("</p>")[0]
        sentences = [line.strip() for line in unescape(beside).split("\n")]
        assert all(text in line for line in sentences), field
        assert value(saved, field.removeprefix("text")) == text
        assert [line for line in sentences if re.sub(r"\s", "", line) not in file] == [], field


def with_lead_in(model: Any, pointer: str, seen: tuple[Any, ...] = ()) -> Iterator[str]:
    """The pointers of the fields that a sentence leads into: reasons and uses, wherever the contract has them."""
    for field in fields(model):
        if getattr(field.metadata.get("type"), "lead_in", None):
            yield f"{pointer}/{field.name}"
    for field in fields(model):
        inner = inner_model(field)
        if inner is not None and inner not in seen:
            item = "/0" if hasattr(field.metadata["type"], "items") else ""
            yield from with_lead_in(inner, f"{pointer}/{field.name}{item}", (*seen, inner))


def test_every_reason_and_use_of_the_contract_can_be_written() -> None:
    pointers = list(with_lead_in(Budget, ""))
    assert len(pointers) > 12
    assert [pointer for pointer in pointers if not is_wording(pointer)] == []
    for pointer in ("/department/name", "/accepted/0/reason", "/overrides/0/reason", "/performance/0/name", "/year"):
        assert not is_wording(pointer)


@pytest.mark.parametrize(
    ("removed", "asked"),
    [("use", "没有写“主要用于”"), ("goal", "没有绩效目标")],
)
def test_a_use_or_a_goal_that_is_missing_is_asked_for_and_written(
    browser: TestClient, removed: str, asked: str
) -> None:
    data = json.loads(DEMO, parse_float=str)
    lines = data["expenditure" if removed == "use" else "projects"]
    for line in lines:
        line.pop(removed, None)
    document = kept(browser.app.state.workbench.folder.path, json.dumps(data, ensure_ascii=False).encode())
    link = re.search(r'href="([^"#]+)#([^"]+)">在“文字”里写', browser.get(f"{document}/check").text)
    assert link
    page = browser.get(link[1]).text
    field = re.search(rf'<textarea name="([^"]+)" id="{re.escape(link[2])}"[^>]*></textarea></label>(.+?)</span>', page)
    assert field
    assert asked in field[2]
    answer = browser.post(f"{document}/wording", data={"base": "1", field[1]: NEW})
    assert f"{NEW}</textarea>" in answer.text
    assert value(json.loads(browser.get(f"{document}/versions/2.json").content), field[1].removeprefix("text")) == NEW


def boxes(page: str) -> list[tuple[str, str]]:
    """The headings of a page and the labels of its boxes, each with the pointer of its text, in their order."""
    found = re.findall(r"<h[23][^>]*>([^<]+)</h|<label>([^<]+)<textarea name=\"text([^\"]+)\"", page)
    return [(pointer, unescape(heading or label)) for heading, label, pointer in found]


def test_a_box_keeps_its_place_and_its_name_whether_it_is_filled_or_empty(browser: TestClient) -> None:
    """Also one that no finding asks for: 接待费主要用于."""
    folder = browser.app.state.workbench.folder.path
    filled = boxes(browser.get(f"{kept(folder)}/wording").text)
    emptied = DEMO
    pointers = ("/totals/revenue/reason", "/reception_use", "/expenditure/3/use", "/performance/0/annual/goal")
    for pointer in pointers:
        emptied = with_text(emptied, pointer, "")
    document = kept(folder, emptied)
    page = browser.get(f"{document}/wording").text
    assert boxes(page) == filled
    assert page.count("还没有写，写了就印出来。") == len(pointers)
    assert "3001.10万元，比上年执行数增加51.10万元，增长1.7%，主要是……。" in page
    assert "还没有写的有 4 处：" in page
    at = filled.index(("/totals/revenue/reason", "收入预算的增减原因"))
    assert filled[at - 1] == ("", "（二）关于青溪市财政局2023年收入预算情况说明")


def test_a_text_that_the_layout_prints_nowhere_is_shown_as_it_is(browser: TestClient) -> None:
    page = browser.get(f"{kept_sample(browser, 'hangzhou')}/wording").text
    last = page.partition("没有印出来的文字</h2>")[2]
    assert "城市体检评估方面的支出</textarea>" in last
    assert "这个版式不印这段文字。" in last
    assert "还没有写" not in page


@pytest.mark.parametrize(
    ("pointer", "label"),
    [
        ("/totals/revenue/budgeted/reason", "收入决算的预决算差异原因"),
        ("/totals/three_public/reason", "“三公”经费的增减原因"),
        ("/expenditure/0/use", "“2010601 行政运行”主要用于"),
        ("/expenditure/0/budgeted/reason", "“2010601 行政运行”的预决算差异原因"),
        ("/glossary/1/text", "“预算管理一体化”的解释"),
        ("/sections/机构~1设置/1", "“机构/设置”第 2 段"),
        ("/evaluation/systems/0", "绩效管理制度第 1 项"),
        ("/expenditure/999/use", "/expenditure/999/use"),
    ],
)
def test_a_text_has_the_name_that_a_clerk_gives_it(pointer: str, label: str) -> None:
    message, values = text_label(load((shipped("data") / "samples" / "final-accounts.json").read_bytes()).data, pointer)
    assert message.format(**values) == label


def test_every_text_of_the_contract_has_a_name() -> None:
    budget = load(DEMO).data
    unnamed = [pointer for pointer in with_lead_in(Budget, "") if text_label(budget, pointer)[0] == "{what}"]
    assert unnamed == ["/economic_expenditure/0/reason", "/procurement/lines/0/reason", "/named/0/reason"]  # no rows


def test_an_acceptance_reaches_the_data_with_its_reason_and_is_shown(browser: TestClient, tmp_path: Path) -> None:
    data = json.loads(DEMO, parse_float=str)
    data["totals"]["revenue"]["last"]["execution"] = "2000000.00"
    document = kept(browser.app.state.workbench.folder.path, json.dumps(data, ensure_ascii=False).encode())
    page = browser.get(f"{document}/check").text
    forms = re.findall(r'name="code" value="(\w+)">\s*<input type="hidden" name="place" value="([^"]*)"', page)
    assert len(forms) > 1
    for base, (code, place) in enumerate(forms, 1):
        fields = {"base": str(base), "code": code, "place": unescape(place), "reason": f"核实无误{base}"}
        assert browser.post(f"{document}/accept", data=fields).status_code == 200
    shown = words(browser.get(f"{document}/check").text)
    accepted = json.loads(browser.get(f"{document}/versions/{len(forms) + 1}.json").content)["accepted"]
    assert [one["reason"] for one in accepted] == [f"核实无误{base}" for base in range(1, len(forms) + 1)]
    assert all(f"已接受，理由：核实无误{base}" in shown for base in range(1, len(forms) + 1))
    assert "核实属实，理由" not in shown
