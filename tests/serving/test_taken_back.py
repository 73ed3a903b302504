"""An older file uploaded as a new version: what it would take back is listed, and taken only with a tick."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportgen.pipeline import load
from reportgen.serving import reading
from reportgen.serving.folder import Folder
from reportgen.serving.taken_back import taken_back
from tests.strategies import dumped

from .browsing import DEMO, client, kept, words
from .test_final_accounts import FINAL

EDIT = {"block": "收入/规模", "runs": ["收入预算如上。"], "was": "收入预算3001.10万元。"}
ACCEPTED = {"code": "GJ125", "place": "x", "reason": "已核实"}


def changed(**members: Any) -> bytes:
    """The sample with the reason of the revenue, and other members, changed."""
    data = json.loads(DEMO)
    data["totals"]["revenue"]["reason"] = members.pop("reason", data["totals"]["revenue"]["reason"])
    if not data["totals"]["revenue"]["reason"]:
        del data["totals"]["revenue"]["reason"]
    return dumped(data | members)


NEWER = changed(reason="新增两个项目", layout="beijing", overrides=[EDIT], accepted=[ACCEPTED])


def test_what_an_older_file_takes_back_is_asked_for(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    folder, id = Folder(tmp_path), document.rpartition("/")[2]
    folder.save(id, 1, NEWER, "甲", "文字", folder.record(id).latest.title)

    def sent(payload: bytes, **more: str) -> Any:
        return browser.post(f"{document}/upload", data={"base": "2", **more}, files={"file": ("x", payload)})

    answer = sent(DEMO)
    assert answer.status_code == 422
    page = words(answer.text)
    for said in ("版式", "手工改动：收入预算如上。", "接受的问题 GJ125：已核实", "新增两个项目 → 在职人员工资标准调整"):
        assert said in page
    assert len(folder.record(id).versions) == 1 + 1
    ticked = answer.text.partition('name="taken_back" value="')[2].partition('"')[0]
    assert (
        sent(changed(reason="在职人员工资标准调整 "), taken_back=ticked).status_code == 422
    )  # another file than was listed
    assert sent(DEMO, taken_back=ticked).status_code == 200
    assert folder.payload(id, folder.record(id).latest) == DEMO


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads are read without a process of their own, which takes seconds to start."""
    monkeypatch.setattr(reading, "in_worker", lambda: True)


@pytest.mark.parametrize(
    ("upload", "expected"),
    [
        (NEWER, set()),
        (changed(reason="又改了", layout="beijing", overrides=[EDIT], accepted=[ACCEPTED]), set()),
        (changed(reason="又改了"), {"/layout", "/overrides/0", "/accepted/0"}),
        (changed(layout="beijing", overrides=[EDIT], accepted=[ACCEPTED]), {"/totals/revenue/reason"}),
        (
            changed(reason=None, layout="beijing", overrides=[EDIT], accepted=[ACCEPTED]),
            {"/totals/revenue/reason"},
        ),
    ],
)  # fmt: skip
def test_only_what_is_older_or_missing_is_taken_back(upload: bytes, expected: set[str]) -> None:
    earlier, latest, given = (load(one).data for one in (DEMO, NEWER, upload))
    assert {cause.old for cause in taken_back([earlier], latest, given)} == expected


def test_figures_of_an_earlier_version_are_taken_back_too() -> None:
    data = json.loads(DEMO)
    data["expenditure"][0]["basic"] = "1.00"
    row = data["expenditure"].pop()
    earlier, latest = load(DEMO).data, load(dumped(data)).data
    found = taken_back([earlier], latest, earlier)
    assert [(cause.kind, cause.old) for cause in found] == [("changed", "/expenditure/0/basic"), ("added", "")]
    assert row["function"] in found[1].label
    assert taken_back([], latest, earlier) == ()


@pytest.mark.parametrize("name", ["department", "year", "stage"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_damaged_version_is_not_replaced_by_another_document(tmp_path: Path, name: str, number: int) -> None:
    """What it is of is taken from the version before it, or from the record."""
    browser, document = client(tmp_path), kept(tmp_path)
    folder, id = Folder(tmp_path), document.rpartition("/")[2]
    if number == 2:
        folder.save(id, 1, NEWER, "甲", "文字", folder.record(id).latest.title)
    (tmp_path / id / folder.record(id).latest.file).write_bytes(b"{}")
    other = {"department": {**json.loads(DEMO)["department"], "code": "360", "name": "青溪市教育局"}, "year": 2024}
    payload = FINAL if name == "stage" else changed(**{name: other[name]})
    answer = browser.post(f"{document}/upload", data={"base": str(number)}, files={"file": ("x", payload)})
    assert answer.status_code == 400
    assert "这一份是“青溪市财政局2023年预算”" in words(answer.text)
    assert len(folder.record(id).versions) == number
