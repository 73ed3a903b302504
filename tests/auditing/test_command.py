"""``reportgen audit``: exit codes, JSON, folders, files that cannot be read, the page with marked pictures."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from reportgen.auditing import many
from reportgen.auditing.html import write_report
from reportgen.intake.readers.pdf import pictures
from tests.auditing.test_own_documents import DEMO, figure, rendered, with_runs
from tests.bad_input.command import run

pytest.importorskip("pypdfium2")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound PDF, one with a changed figure, and a file that is none."""
    path = tmp_path_factory.mktemp("published")
    (path / "a.pdf").write_bytes(rendered(DEMO)["pdf"])
    (path / "b.pdf").write_bytes(with_runs(lambda block, run: figure(run, "basic.301.total", "1.11")))
    (path / "c.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (path / "a.txt").write_text("no file to audit")
    return path


@pytest.mark.parametrize(("name", "code"), [("a.pdf", 0), ("b.pdf", 1), ("c.pdf", 3), ("", 3), ("none.pdf", 3)])
def test_the_exit_code_says_whether_something_is_wrong(folder: Path, name: str, code: int) -> None:
    assert run("audit", str(folder / name))[0] == code


def test_a_finding_is_printed_with_its_place_and_what_to_do(folder: Path) -> None:
    found = run("audit", str(folder / "b.pdf"))
    assert re.search("错误 AU101 “一般公共预算基本支出表”「301 工资福利支出」.*印的是 1.11万元", found[2])
    assert re.search("位置：.*第 [0-9]+ 页第 [0-9]+ 行", found[2])
    assert "提示：对照原表" in found[2]


def test_json_has_what_was_found_and_how_much_was_read(folder: Path) -> None:
    result = run("audit", str(folder), "--json", "-j", "2")
    sound, changed, broken = json.loads(result[1])["files"]
    assert [finding for finding in sound["findings"] if finding["severity"] == "error"] == []
    assert {finding["code"] for finding in changed["findings"]} >= {"AU101"}
    assert "error" in broken
    assert sound["coverage"]["tied"] > 100
    assert len(sound["tables"]) >= 9
    assert {finding["confidence"] for finding in changed["findings"]} <= {"certain", "likely"}


def test_the_page_shows_the_finding_on_its_page(folder: Path, tmp_path: Path) -> None:
    assert run("audit", str(folder / "b.pdf"), "--report", str(tmp_path / "out" / "审核.html"))[0] == 1
    page = (tmp_path / "out" / "审核.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == len(set(re.findall("第 [0-9]+ 页(?=第)", page)))
    assert page.count('<span style="left:') >= 1
    assert "<script" not in page


def test_the_report_as_pdf_says_the_same_with_the_finding_on_its_page(folder: Path, tmp_path: Path) -> None:
    import pypdfium2

    path = tmp_path / "out" / "审核.pdf"
    assert run("audit", str(folder / "b.pdf"), str(folder / "c.pdf"), "--report", str(path))[0] == 3
    page = tmp_path / "审核.html"
    run("audit", str(folder / "b.pdf"), str(folder / "c.pdf"), "--report", str(page))
    with pypdfium2.PdfDocument(path) as document:
        texts = ["".join(one.get_textpage().get_text_range().split()) for one in document]
        pictures = [sum(thing.type == 3 for thing in one.get_objects()) for one in document]
    assert "印的是1.11万元" in "".join(texts)
    assert "c.pdf" in texts[0]
    html = page.read_text(encoding="utf-8")
    assert sum(pictures) == html.count("data:image/png;base64,") > 0
    codes = re.findall("AU[0-9]{3}", re.sub('base64,[^"]*', "", html))
    assert sorted(re.findall("AU[0-9]{3}", "".join(texts))) == sorted(codes)
    first = path.read_bytes()
    run("audit", str(folder / "b.pdf"), str(folder / "c.pdf"), "--report", str(path))
    assert path.read_bytes() == first, "the same audits give the same bytes"
    assert b"Helvetica" not in first, "only our own typefaces"


def test_the_language_of_a_pdf_report_is_said_in_it(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.pdf"
    run("audit", "--lang", "en", str(folder / "b.pdf"), "--report", str(path))
    assert b"/Lang (en)" in path.read_bytes()


def test_the_places_of_an_english_report_are_english(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.html"
    run("audit", "--lang", "en", str(folder / "b.pdf"), "--report", str(path))
    text = re.sub('base64,[^"]*', "", path.read_text(encoding="utf-8"))
    assert re.search("page [0-9]+, row [0-9]+", text)
    assert re.search("第 [0-9]+ 页", text) is None


def test_a_report_never_replaces_what_is_audited(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<table><tr><td>表</td></tr></table>", encoding="utf-8")
    before = page.read_bytes(), (folder / "a.pdf").read_bytes()
    assert run("audit", str(page), "--report", str(page))[0] == 2
    assert run("audit", str(folder / "a.pdf"), "--report", str(folder / "a.pdf"))[0] == 2
    assert (page.read_bytes(), (folder / "a.pdf").read_bytes()) == before


def test_what_is_no_disclosure_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<table><tr><td>名单</td></tr></table>", encoding="utf-8")
    code, _, err = run("audit", str(tmp_path / "a.html"))
    assert (code, "AU192" in err) == (0, True)


def test_sentences_without_a_table_are_a_note(tmp_path: Path) -> None:
    sentences = "".join(f"<p>2026年支出预算{n}.00万元。</p>" for n in range(1, 8))
    (tmp_path / "a.html").write_text(f"<html><body><h1>2026年部门预算</h1>{sentences}</body></html>", encoding="utf-8")
    code, _, err = run("audit", str(tmp_path / "a.html"), "-v")
    assert (code, "文字里的数没有表可以核对" in err) == (0, True), err


def test_a_folder_without_files_and_a_wrong_number_are_refused(tmp_path: Path) -> None:
    assert run("audit", str(tmp_path))[0] == 2
    assert run("audit", str(DEMO), "-j", "-1")[0] == 2


def test_json_is_no_published_document(tmp_path: Path) -> None:
    found = run("audit", str(DEMO))
    assert found[0] == 3
    assert "JSON" in found[2]


def test_a_link_out_of_the_folder_is_left_out(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "a.pdf", tmp_path / "a.pdf")
    (tmp_path / "b.pdf").symlink_to(folder / "b.pdf")
    assert run("audit", str(tmp_path))[0] == 0


def test_what_cannot_be_read_is_said_also_when_only_errors_are_printed(folder: Path) -> None:
    code, out, err = run("audit", "-q", str(folder / "c.pdf"), str(folder / "b.pdf"))
    assert (code, out) == (3, "")
    assert f"{folder / 'c.pdf'}：" in err
    assert err.index(str(folder / "b.pdf")) < err.index("错误 AU101"), "an error follows the name of its file"


def test_english_reaches_the_places_and_the_page(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "audit.html"
    _, _, err = run("audit", "--lang", "en", str(folder / "b.pdf"), "--report", str(page))
    assert re.search("Where: page [0-9]+, row [0-9]+", err)
    text = page.read_text(encoding="utf-8")
    assert "figures checked in tables" in text
    assert '<html lang="en">' in text
    run("audit", str(folder / "a.pdf"), "--report", str(page))
    assert '<html lang="zh-CN">' in page.read_text(encoding="utf-8")


def test_pages_without_a_picture_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"basic.301.total", "general_public.201.total"}
    payload = with_runs(
        lambda block, run: next((one for fact in wrong if (one := figure(run, fact, "1.11")) != run), run)
    )
    (tmp_path / "a.pdf").write_bytes(payload)
    monkeypatch.setattr(pictures, "MOST_PICTURES", 1)
    done = many.audit_file(tmp_path / "a.pdf", many.Asked(pictures=True))
    assert len(done.pictures) == 1
    write_report([done], tmp_path / "a.html", lambda text, values: text.format(**values))
    assert re.search("这几页也有问题，没有附图：[0-9]+", (tmp_path / "a.html").read_text(encoding="utf-8"))
