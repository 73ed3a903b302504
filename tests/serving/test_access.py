"""Nobody else comes in: hosts, tokens, origins, sizes, paths, names."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from random import Random

import pytest

from reportgen.serving import access
from tests.population import size

from .browsing import BASE, DEMO, HOST, TOKEN, client, kept, upload, without_token, words

HOSTILE = size(1000, 300)


def test_without_the_token_nothing_is_served(tmp_path: Path) -> None:
    browser = without_token(tmp_path)
    for address in ("/", "/static/workbench.css", "/workbook.xlsx?year=2026", "/?token=", "/?token=x",
                    f"/?token={TOKEN}x", f"/?token={TOKEN}&token={TOKEN}", f"/documents?token={TOKEN}"):  # fmt: skip
        answer = browser.get(address)
        assert answer.status_code == 403, address
        assert "token" in answer.text
    assert browser.post("/documents", files={"file": ("x", DEMO)}).status_code == 403
    assert list(tmp_path.iterdir()) == []


def test_the_token_leaves_the_address_and_no_script_can_read_it(tmp_path: Path) -> None:
    answer = without_token(tmp_path, follow_redirects=False).get(f"/?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=lax" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "", "LOCALHOST:8765."]
)
def test_another_host_is_not_served(tmp_path: Path, host: str) -> None:
    """A name of the attacker's that leads to this machine (DNS rebinding)."""
    assert client(tmp_path).get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", f"https://{HOST}", f"{BASE}.evil.example"])
def test_a_form_of_another_site_is_refused(tmp_path: Path, origin: str) -> None:
    browser = client(tmp_path)
    assert browser.post("/documents", files={"file": ("x", DEMO)}, headers={"origin": origin}).status_code == 403
    assert list(tmp_path.iterdir()) == []


def test_a_broken_form_is_told_and_prints_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken, headers = (
        b"--x\r\ncontent-disposition: form-data; name=a\r\n\r\nb\r\n--y",
        {"content-type": "multipart/form-data; boundary=x-"},
    )
    assert client(tmp_path).post("/documents", content=broken, headers=headers).status_code == 400
    assert [one.message for one in caplog.records if one.name.startswith("python_multipart")] == []


def test_a_form_without_an_origin_is_refused(tmp_path: Path) -> None:
    browser = client(tmp_path)
    del browser.headers["origin"]
    assert browser.post("/documents", files={"file": ("x", DEMO)}).status_code == 403


def test_another_site_cannot_load_anything_into_its_pages(tmp_path: Path) -> None:
    browser = client(tmp_path)
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert browser.get("/static/workbench.css", headers=headers).status_code == 403
    assert browser.get("/", headers={**headers, "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(tmp_path: Path, method: str) -> None:
    assert client(tmp_path).request(method, "/").status_code == 405


def test_every_answer_keeps_the_browser_from_loading_framing_and_guessing(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    for address in ("/", "/x", f"{document}/check", f"{document}/files/1/html", "/static/workbench.css"):
        headers = browser.get(address).headers
        assert {name: headers[name] for name in access.HEADERS} == access.HEADERS
    assert without_token(tmp_path).get("/").headers["x-content-type-options"] == "nosniff"


def test_no_page_has_script_or_style_of_its_own(tmp_path: Path) -> None:
    browser = client(tmp_path)
    document = kept(tmp_path)
    for address in ("/", f"{document}/check", f"{document}/preview", f"{document}/export", f"{document}/upload"):
        page = browser.get(address).text
        assert "<script" not in page
        assert "style=" not in page
        assert " onclick" not in page


def test_a_request_that_is_too_large_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = client(tmp_path)
    monkeypatch.setattr(access, "LARGEST_BODY", 2 << 20)
    pieces = (b"x" * (1 << 20) for _ in range(3))
    headers = {"content-type": "multipart/form-data; boundary=b"}
    for answer in (
        browser.post("/documents", files={"file": ("x", bytes(3 << 20))}),
        browser.post("/documents", content=pieces, headers=headers),
    ):
        assert answer.status_code == 413
        assert "超过 2 MB" in words(answer.text)
        assert 'href="/"' in answer.text
    english = browser.post("/documents", content=bytes(3 << 20), headers=headers | {"accept-language": "en"})
    assert "larger than 2 MB" in words(english.text)
    assert browser.get("/", headers={"content-length": "-1"}).status_code == 400
    assert browser.get("/x?" + "a" * 3000).status_code == 414


def test_too_many_fields_and_files_are_refused(tmp_path: Path) -> None:
    browser = client(tmp_path)
    assert browser.post("/documents", files=[("file", ("x", b"1"))] * 60).status_code == 400
    assert browser.post("/documents", data={f"f{n}": "1" for n in range(5000)}, files={"g": b"1"}).status_code == 400


def test_an_error_of_the_program_is_told_and_recorded_without_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr("reportgen.serving.results.checked", broken)
    browser, document = client(tmp_path), kept(tmp_path)
    answer = browser.get(f"{document}/check")
    assert answer.status_code == 500
    assert "程序出了错" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    log = (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    assert "error ZeroDivisionError test_access.py:" in log
    assert "secret" not in answer.text + log
    assert browser.get("/").status_code == 200


NAMES = ("../../etc/passwd", "..\\..\\x", "C:\\x.json", "a\0b", "x" * 500, "<script>", "con", "/etc/passwd", '"; x="')


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_never_becomes_a_path(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    browser = client(folder)
    upload(browser, DEMO, name)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
    (document,) = (path for path in folder.iterdir() if path.is_dir())
    assert len(document.name) == 12
    assert sorted(path.suffix for path in document.iterdir()) == [".json", ".json"]


def hostile(chance: Random) -> tuple[str, str, dict[str, str]]:
    """A request without the right token, or for what is not to be had."""
    paths = ("/", "/documents", "/static/../app.py", "/static/%2e%2e/app.py", "/documents/../../etc/passwd",
             "/documents/%2e%2e%2f%2e%2e%2fetc/check", "/documents/000000000000/check", "//evil.example/", "/%00",
             "/documents/" + "a" * 2000, "/\u202e", "/?token=" + "a" * 40, "/static/workbench.css%0a")  # fmt: skip
    headers = {
        "host": chance.choice([HOST, "evil.example", "localhost:1", "127.0.0.1:8765:1", "[::1]:8765"]),
        "origin": chance.choice([BASE, "http://evil.example", "null"]),
        "cookie": chance.choice(
            ["", "reportgen-token-8765=x", "reportgen-token-8765=", "a" * 500, "reportgen-token=;="]
        ),
    }
    return chance.choice(["GET", "POST", "PUT", "HEAD", "GET"]), chance.choice(paths), headers


@pytest.mark.campaign
def test_hostile_requests_are_never_served(tmp_path: Path) -> None:
    browser, chance = without_token(tmp_path, follow_redirects=False), Random(20261129)
    for _ in range(HOSTILE):
        method, path, headers = hostile(chance)
        answer = browser.request(method, path, headers=headers)
        assert 400 <= answer.status_code < 500, (method, path, headers)
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_is_its_owner_s_alone(tmp_path: Path) -> None:
    """Other users of the machine read nothing in it, whatever the usual permissions of files are."""
    folder = tmp_path / "Documents" / "reportgen"
    before = os.umask(0o022)
    try:
        kept(folder)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        shared = tmp_path / "shared"
        shared.mkdir(mode=0o755)
        kept(shared)
        assert stat.S_IMODE(shared.stat().st_mode) == 0o755  # whoever made it decided
    finally:
        os.umask(before)
