"""The way of a clerk through the workbench, from the empty form to the files."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from PIL import Image

import reportgen
from reportgen.core.errors import UsageError
from reportgen.core.paths import shipped
from reportgen.serving import reading
from reportgen.serving.identity import check_beside, check_same_document
from reportgen.serving.records import BesideKind
from reportgen.writers import formats, writer

from .browsing import DEMO, client, kept, upload, words


def test_the_empty_form_is_a_workbook_of_the_year(tmp_path: Path) -> None:
    answer = client(tmp_path).get("/workbook.xlsx?year=2026")
    assert answer.content == reportgen.workbook(year=2026)
    assert "2026" in answer.headers["content-disposition"]


@pytest.mark.parametrize("year", ["", "26", "１９９９", "2026a", "99999"])
def test_a_year_that_is_none_is_refused(tmp_path: Path, year: str) -> None:
    assert client(tmp_path).get("/workbook.xlsx", params={"year": year}).status_code == 400


def test_a_budget_goes_through_all_steps(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = upload(browser)
    assert "青溪市财政局2023年预算" in words(browser.get("/").text)
    assert "错误 0，警告 0，提示 0。可以公开。" in words(browser.get(f"{document}/check").text)
    preview = browser.get(f"{document}/preview").text
    assert preview.count("<img") == 29
    assert 'loading="lazy"' in preview
    picture = browser.get(f"{document}/pages/1/29.png")
    assert Image.open(BytesIO(picture.content)).width > 1000  # the last page lies on its side
    rendered = reportgen.render(DEMO, formats())
    for name in formats():
        answer = browser.get(f"{document}/files/1/{name}")
        assert answer.content == rendered.files[f"青溪市财政局2023年部门预算{writer(name).SUFFIX}"]
        assert answer.headers["content-disposition"].startswith("attachment;")
    with ZipFile(BytesIO(browser.get(f"{document}/files/1/zip").content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == dict(rendered.files)
    assert browser.get(f"{document}/versions/1.json").content == DEMO


def test_a_workbook_is_read_and_can_be_had_again(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = upload(browser, reportgen.workbook(DEMO), "x.xlsx")
    assert browser.get(f"{document}/files/1/pdf").status_code == 200
    again = browser.get(f"{document}/workbook/1.xlsx")
    assert openpyxl.load_workbook(BytesIO(again.content)).sheetnames
    following = browser.get(f"{document}/workbook/1.xlsx?next=1")
    assert "2024" in following.headers["content-disposition"]


def with_wrong_sum() -> bytes:
    data = json.loads(DEMO)
    data["revenue"][0]["amount"] = "1.00"
    return json.dumps(data, ensure_ascii=False).encode()


def test_errors_are_listed_and_forbid_files_but_not_the_view(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path, with_wrong_sum())
    check = words(browser.get(f"{document}/check").text)
    assert "改正错误之前不能公开。" in check
    assert "GJ201" in check or "GJ2" in check
    assert "这里只供查看" in words(browser.get(f"{document}/preview").text)
    assert browser.get(f"{document}/pages/1/1.png").status_code == 200
    assert "有错误，没有文件可以导出" in words(browser.get(f"{document}/export").text)
    for name in (*formats(), "zip"):
        assert browser.get(f"{document}/files/1/{name}").status_code == 400


def test_the_cells_of_a_workbook_are_named_in_its_findings(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(reportgen.workbook(DEMO)))
    sheet = book["收入"]
    row, column = next(
        (cell.row, cell.column) for line in sheet for cell in line if isinstance(cell.value, float | int)
    )
    sheet.cell(row, column).value = 1
    out = BytesIO()
    book.save(out)
    browser = client(tmp_path)
    document = upload(browser, out.getvalue(), "x.xlsx")
    assert "（收入" in words(browser.get(f"{document}/check").text)


@pytest.mark.parametrize("payload", [b"PK\3\4 nothing", b"{", b"%PDF-1.4", b"\xd0\xcf\x11\xe0" + bytes(600), b"[]"])
def test_what_cannot_be_read_is_told_and_kept_nowhere(tmp_path: Path, payload: bytes) -> None:
    browser = client(tmp_path)
    answer = browser.post("/documents", files={"file": ("x", payload)})
    assert answer.status_code == 422
    assert "没有做成" in words(answer.text)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"Rar!\x1a\x07\x01", "压缩包（.rar、.7z 等）"),
        ("预算说明".encode(), "文本"),
        (b"MZ\0", "程序文件"),
    ],
)
def test_a_file_that_is_never_read_is_named_with_what_to_choose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, payload: bytes, kind: str
) -> None:
    monkeypatch.setattr(reading, "in_worker", lambda: True)  # a process of its own takes half a second
    page = client(tmp_path).post("/documents", files={"file": ("x.pdf", payload)}).text
    assert f"这是“{kind}”，不能" in words(page)
    assert "检查是否选错了文件" in words(page) or "先解压" in words(page)
    assert '<a href="/">再上传一次</a>' in page


def test_a_workbook_with_an_unknown_sheet_only_says_what_was_recognised(tmp_path: Path) -> None:
    book, out = openpyxl.Workbook(), BytesIO()
    book.active.title = "通讯录"
    book.active.append(["姓名", "电话"])
    book.save(out)
    answer = client(tmp_path).post("/documents", files={"file": ("x.xlsx", out.getvalue())})
    assert answer.status_code == 422
    assert words(answer.text).strip()


def test_a_form_without_a_file_is_told(tmp_path: Path) -> None:
    answer = client(tmp_path).post("/documents", data={"file": "x"})
    assert answer.status_code == 422
    assert "没有选文件" in words(answer.text)


@pytest.mark.parametrize(
    ("changes", "title"),
    [({"year": 2024}, "青溪市财政局2024年预算"), ({"department": "451"}, "青溪市教育局2023年预算")],
)
def test_a_version_of_another_department_or_year_is_refused(tmp_path: Path, changes: dict, title: str) -> None:
    browser, document, data = client(tmp_path), kept(tmp_path), json.loads(DEMO)
    if "department" in changes:
        data["department"] |= {"code": "451", "name": "青溪市教育局"}
    else:
        data |= changes
    answer = browser.post(f"{document}/upload", data={"base": "1"}, files={"file": ("x", json.dumps(data).encode())})
    assert answer.status_code == 400
    assert f"这一份是“青溪市财政局2023年预算”（部门 450），传上来的是“{title}”" in words(answer.text)
    assert browser.get(f"{document}/versions/2.json").status_code == 404


def test_a_version_of_another_stage_is_refused() -> None:
    with pytest.raises(UsageError, match="这一份是"):
        check_same_document(DEMO, FINAL)


FINAL = (shipped("data") / "samples" / "final-accounts.json").read_bytes()
UNIT = json.dumps(json.loads(DEMO) | {"scope": "unit"}).encode()


def test_a_version_of_another_scope_is_refused_but_one_that_does_not_say_its_scope_is_not() -> None:
    for old, new in ((DEMO, UNIT), (UNIT, DEMO)):
        with pytest.raises(UsageError, match="2023年单位预算"):
            check_same_document(old, new)
    check_same_document(UNIT, json.dumps(json.loads(DEMO) | {"unread": ["/procurement"]}).encode())


@pytest.mark.parametrize("kind", ["last", "initial"])
def test_a_file_beside_a_document_is_of_the_same_scope(kind: BesideKind) -> None:
    document = {"last": json.loads(DEMO), "initial": json.loads(FINAL)}[kind]
    beside = json.loads(DEMO) | {"year": document["year"] - (kind == "last")}
    scopes = ("department", "unit")
    for own, other in product(scopes, scopes):
        given = json.dumps(document | {"scope": own}).encode(), json.dumps(beside | {"scope": other}).encode()
        if own == other:
            check_beside(*given, kind)
        else:
            with pytest.raises(UsageError, match="单位"):
                check_beside(*given, kind)
    unknown = json.dumps(beside | {"unread": ["/procurement"]}).encode()
    check_beside(json.dumps(document | {"scope": "unit"}).encode(), unknown, kind)


def test_the_name_or_the_code_of_a_department_can_be_corrected() -> None:
    for name in ("name", "code"):
        data = json.loads(DEMO)
        data["department"][name] = "451"
        check_same_document(DEMO, json.dumps(data).encode())


def test_pages_are_english_when_asked(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    assert "Check" in words(browser.get(f"{document}/check?lang=en").text)
    again = browser.get(f"{document}/check").text  # the choice is kept
    assert '<html lang="en">' in again
    assert '<html lang="zh-CN">' in browser.get(f"{document}/check?lang=zh").text


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    for address in ("/x", "/documents/000000000000/check", "/documents/x/check", f"{document}/pages/1/99.png",
                    f"{document}/pages/9/1.png", f"{document}/files/1/exe", f"{document}/versions/0.json",
                    "/static/x", "/static/..%2fapp.py", f"{document}/nothing"):  # fmt: skip
        assert browser.get(address).status_code == 404, address


def test_the_package_for_a_platform_has_named_files_and_their_list(tmp_path: Path) -> None:
    browser, document = client(tmp_path), kept(tmp_path)
    answer = browser.get(f"{document}/package/1.zip", params={"pattern": "{year}{name}"})
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist()[0] == "目录.xlsx"
        assert {name.rpartition(".")[0] for name in archive.namelist()[1:]} == {"2023青溪市财政局"}
    assert browser.get(f"{document}/package/1.zip", params={"pattern": "{x}"}).status_code == 400
    assert browser.get(f"{kept(tmp_path, with_wrong_sum())}/package/1.zip").status_code == 400
