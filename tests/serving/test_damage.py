"""A folder that is full, read-only, gone or changed by others: one clear page, nothing lost, nothing replaced."""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.budget.json_edit import with_text
from reportgen.bulk import Outcome
from reportgen.core import files
from reportgen.core.errors import OutputError
from reportgen.serving.city_run import CityRun
from reportgen.serving.folder import Folder
from reportgen.serving.pending import Pending, Uploads, parsed
from reportgen.serving.records import parse
from reportgen.serving.roles import BOTH, User
from reportgen.serving.saved_files import ChangedOutside, SavedCells
from reportgen.serving.workbench import Form

from .browsing import DEMO, client, kept, upload, words

REASON = "/totals/revenue/reason"
PAGES = ("check", "wording", "preview", "versions", "upload", "compare", "export", "page/5")


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "log.jsonl"}


@pytest.fixture
def stop_writing(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes every write fail with an error of the system."""

    def stop(number: int) -> None:
        def fails(*_: object) -> None:
            raise OSError(number, "x")

        monkeypatch.setattr(files, "_write", fails)

    return stop


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读"), (errno.EACCES, "没有权限"), (errno.EIO, "读写出错")],
)
def test_what_cannot_be_written_is_told_and_nothing_is_changed(
    tmp_path: Path, stop_writing: Callable[[int], None], number: int, says: str
) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    before = contents(tmp_path)
    stop_writing(number)
    forms: list[tuple[str, dict[str, str], dict[str, tuple[str, bytes]] | None]] = [
        (f"{document}/wording", {"base": "1", f"text{REASON}": "新增两个项目"}, None),
        (f"{document}/state", {"base": "1", "step": "reviewed"}, None),
    ]
    for address, data, sent in forms:
        answer = browser.post(address, data=data, files=sent)
        assert answer.status_code == 422
        assert says in words(answer.text)
    assert "新增两个项目" in browser.post(forms[0][0], data=forms[0][1]).text  # what was entered is still in the form
    assert contents(tmp_path) == before
    assert browser.get(f"{document}/check").status_code == 200


def test_an_upload_onto_a_full_disk_is_told(tmp_path: Path, stop_writing: Callable[[int], None]) -> None:
    browser = client(tmp_path)
    stop_writing(errno.ENOSPC)
    answer = browser.post("/documents", files={"file": ("x", DEMO)})
    assert answer.status_code == 422
    assert "磁盘已满" in words(answer.text)
    assert contents(tmp_path) == {}


def test_a_folder_that_is_gone_is_told_and_not_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    browser, document = client(folder), kept(folder)
    folder.rename(tmp_path / "away")
    for answer in (browser.get("/"), browser.get("/city"), browser.post("/documents", files={"file": ("x", DEMO)})):
        assert answer.status_code == 422
        assert "打不开文件夹" in words(answer.text)
    for page in PAGES:
        assert browser.get(f"{document}/{page}").status_code == 422
        assert "打不开文件夹" in words(browser.get(f"{document}/{page}").text)
    for name in ("state", "upload", "last", "pull", "wording", "layout", "accept"):
        sent = {"base": "1", "step": "reviewed", f"text{REASON}": "新增两个项目"}
        answer = browser.post(f"{document}/{name}", data=sent, files={"file": ("x", DEMO)})
        assert (answer.status_code, "打不开文件夹" in words(answer.text)) == (422, True)
        assert ("新增两个项目" in words(answer.text)) == (name == "wording")
    uploads, pending = Uploads(folder), parsed(Pending("f", Form({}, {}), (), "/", "", User("甲", BOTH)).payload())
    with pytest.raises(OutputError, match="打不开文件夹"):
        uploads.keep("x", pending)
    run = CityRun(folder / "city")
    for step in (
        lambda: run.start({"a.json": DEMO}),
        lambda: run.begun(1, 0),
        lambda: run.ended(Outcome("a", "generated")),
    ):
        with pytest.raises(OutputError, match="打不开文件夹"):
            step()
    assert not Folder(folder).path.exists()
    (tmp_path / "away").rename(folder)
    assert browser.get(f"{document}/check").status_code == 200


def test_a_document_that_is_removed_is_not_there(tmp_path: Path) -> None:
    browser, document, other = client(tmp_path), kept(tmp_path), kept(tmp_path)
    shutil.rmtree(tmp_path / document.rpartition("/")[2])
    assert browser.get(f"{document}/check").status_code == 404
    assert browser.post(f"{document}/upload", data={"base": "1"}, files={"file": ("x", DEMO)}).status_code == 404
    assert browser.get(f"{other}/check").status_code == 200


def latest(folder: Path, document: str) -> Path:
    place = folder / document.rpartition("/")[2]
    return place / parse((place / "record.json").read_bytes()).latest.file


@pytest.mark.parametrize("payload", [with_text(DEMO, REASON, "改了"), b"["])
def test_a_version_that_was_changed_outside_is_not_used_and_not_replaced(tmp_path: Path, payload: bytes) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    assert browser.get(f"{document}/check").status_code == 200
    latest(tmp_path, document).write_bytes(payload)
    before = contents(tmp_path)
    for page in ("check", "wording", "preview", "export", "files/1/pdf", "versions/1.json", "workbook/1.xlsx"):
        answer = browser.get(f"{document}/{page}")
        assert answer.status_code == 422
        assert "第 1 版的文件" in words(answer.text)
        assert "从备份恢复这个文件" in words(answer.text)
    step = browser.post(f"{document}/state", data={"base": "1", "step": "reviewed"})
    assert step.status_code == 422
    assert contents(tmp_path) == before
    for page in ("versions", "upload"):
        assert browser.get(f"{document}/{page}").status_code == 200
    answer = browser.post(f"{document}/upload", data={"base": "1"}, files={"file": ("x", DEMO)})
    assert answer.status_code == 200
    assert "可以公开" in words(answer.text)
    assert {path: contents(tmp_path)[path] for path in before if path.name != "record.json"} == {
        path: payload for path, payload in before.items() if path.name != "record.json"
    }


def test_a_version_that_is_missing_is_told(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    latest(tmp_path, document).unlink()
    answer = browser.get(f"{document}/check")
    assert answer.status_code == 422
    assert "不存在" in words(answer.text)
    assert browser.post(f"{document}/upload", data={"base": "1"}, files={"file": ("x", DEMO)}).status_code == 200


def test_another_pair_can_be_compared_where_a_version_is_missing(tmp_path: Path) -> None:
    browser, document, folder = client(tmp_path), kept(tmp_path), Folder(tmp_path)
    id = document.rpartition("/")[2]
    for number in (1, 2):
        folder.save(id, number, with_text(DEMO, REASON, str(number)), "甲", "改文字", folder.record(id).latest.title)
    (tmp_path / id / folder.record(id).versions[1].file).unlink()
    answer = browser.get(f"{document}/compare")
    assert answer.status_code == 422
    for said in ("不存在", "可以选别的两版来比较"):
        assert said in words(answer.text)
    assert answer.text.count("<option") == 2 * 3
    assert "没有差别" not in words(answer.text)
    assert browser.get(f"{document}/compare?old=1&new=3").status_code == 200
    assert browser.get(f"{document}/redline?old=2&new=3").status_code == 422


def test_a_version_that_cannot_be_checked_cannot_be_reviewed(tmp_path: Path) -> None:
    """The file beside it is damaged: the reviewer reads it; only the return is possible."""
    browser, document, folder = client(tmp_path), kept(tmp_path), Folder(tmp_path)
    id = document.rpartition("/")[2]
    beside = folder.save_beside(id, 1, "last", (DEMO, "题"), "甲", "上传上年的文件").beside["last"].file
    folder.add_event(id, 2, lambda _: "reviewed", "甲")
    (tmp_path / id / beside).write_bytes(DEMO + b" ")
    page = browser.get(f"{document}/versions").text
    assert "最新的一版核对不了，审不了：放在旁边的“题”的文件" in words(page)
    assert re.findall(r'name="step" value="(\w+)"', page) == ["returned"]
    for step in ("approved", "confidentiality", "signed", "final"):
        answer = browser.post(f"{document}/state", data={"base": "2", "step": step, "note": "某", "sure": "on"})
        assert (answer.status_code, "放在旁边的“题”" in words(answer.text)) == (422, True)
    assert len(folder.record(id).events) == 1
    returned = {"base": "2", "step": "returned", "note": "某", "sure": "on"}
    assert browser.post(f"{document}/state", data=returned).status_code == 200


def test_records_of_before_have_no_digest_and_are_read(tmp_path: Path) -> None:
    document = kept(tmp_path)
    path = tmp_path / document.rpartition("/")[2] / "record.json"
    data = json.loads(path.read_bytes())
    del data["versions"][0]["digest"]
    path.write_text(json.dumps(data))
    folder, id = Folder(tmp_path), document.rpartition("/")[2]
    assert folder.payload(id, folder.record(id).latest) == DEMO


@pytest.mark.parametrize("payload", [b"{", b"[]", b'{"cells": {"/x": 1}}', b'{"/x": "A!B2"}', b"[" * 100_000])
def test_damaged_cells_name_no_cells(tmp_path: Path, payload: bytes) -> None:
    folder = Folder(tmp_path)
    id = folder.create(DEMO, "甲", "上传", "题", SavedCells({"/revenue/0/amount": "收入!B2"}))
    (cells,) = (tmp_path / id).glob("*.cells.json")
    cells.write_bytes(payload)
    assert client(tmp_path).get(f"/documents/{id}/check").status_code == 200


BAD = {"file": "../../etc/passwd", "title": 1, "time": None, "who": ["x"], "number": True, "digest": 1}


@pytest.mark.parametrize("name", BAD)
def test_a_record_with_other_values_is_damaged(tmp_path: Path, name: str) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    path = tmp_path / document.rpartition("/")[2] / "record.json"
    data = json.loads(path.read_bytes())
    data["versions"][0][name] = BAD[name]
    path.write_text(json.dumps(data))
    answer = browser.get(f"{document}/check")
    assert answer.status_code == 422
    assert "损坏或读不了" in words(answer.text)
    assert "记录损坏" in words(browser.get("/").text)


def test_a_record_with_an_unknown_step_is_damaged(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    path = tmp_path / document.rpartition("/")[2] / "record.json"
    data = json.loads(path.read_bytes())
    data["events"] = [{"kind": "published", "version": 1, "time": "t", "who": "w", "note": ""}]
    path.write_text(json.dumps(data))
    assert browser.get(f"{document}/versions").status_code == 422


def test_a_clerk_who_goes_back_overwrites_nothing(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = upload(browser)
    browser.post(f"{document}/wording", data={"base": "1", f"text{REASON}": "第一次"})
    back: list[tuple[str, dict[str, str]]] = [
        ("wording", {"base": "1", f"text{REASON}": "第二次"}), ("state", {"base": "1", "step": "reviewed"}),
    ]  # fmt: skip
    for address, data in back:
        assert browser.post(f"{document}/{address}", data=data).status_code == 409
    sent = {"file": ("x", with_text(DEMO, REASON, "第三次"))}
    assert browser.post(f"{document}/upload", data={"base": "1"}, files=sent).status_code == 409
    id, folder = document.rpartition("/")[2], Folder(tmp_path)
    record = folder.record(id)
    assert [version.number for version in record.versions] == [1, 2]
    assert not record.events
    assert json.loads(folder.payload(id, record.latest))["totals"]["revenue"]["reason"] == "第一次"


def test_two_clerks_with_programs_of_their_own_lose_nothing(tmp_path: Path) -> None:
    """Two servers on one folder, as on a shared drive."""
    one, two = client(tmp_path), client(tmp_path)
    document = kept(tmp_path)
    assert one.get(f"{document}/check").status_code == two.get(f"{document}/check").status_code == 200
    assert one.post(f"{document}/wording", data={"base": "1", f"text{REASON}": "甲"}).status_code == 200
    answer = two.post(f"{document}/wording", data={"base": "1", f"text{REASON}": "乙"})
    assert answer.status_code == 409
    assert "乙" in answer.text
    assert "主要是甲。" in words(two.get(f"{document}/wording").text)


def test_a_changed_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    document = kept(tmp_path)
    latest(tmp_path, document).write_bytes(DEMO + b" ")
    folder, id = Folder(tmp_path), document.rpartition("/")[2]
    with pytest.raises(ChangedOutside, match="在工作台之外改过"):
        folder.payload(id, folder.record(id).latest)


def test_a_line_of_the_log_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The step is taken; who took it is printed, and every page says that the log is not written."""
    browser, document = client(tmp_path), kept(tmp_path)
    assert "写不了 log.jsonl" not in words(browser.get("/").text)
    assert not (tmp_path / "log.jsonl").exists()
    (tmp_path / "log.jsonl").mkdir()
    answer = browser.post(f"{document}/state", data={"base": "1", "step": "reviewed"})
    assert answer.status_code == 200
    assert "写不了 log.jsonl" in words(answer.text)
    assert "写不了 log.jsonl" in words(browser.get("/").text)
    printed = capsys.readouterr().err
    line = json.loads(printed[printed.index("{") :])
    assert (line["what"], line["document"]) == ("reviewed", document.rpartition("/")[2])
    (tmp_path / "log.jsonl").rmdir()
    assert "写不了 log.jsonl" not in words(browser.post(f"{document}/state", data={"base": "1", "step": "x"}).text)
