"""A workbench for tests: a folder, and a client that has come in by the token."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

import reportgen
from reportgen.cli.language import Language
from reportgen.core.paths import shipped
from reportgen.pipeline import load
from reportgen.serving.app import application
from reportgen.serving.folder import Folder
from reportgen.serving.reading import title_of
from reportgen.serving.token_access import TokenAccess

HOST = "127.0.0.1:8765"
BASE = f"http://{HOST}"
TOKEN = "a-token-of-the-tests"
DEMO = (shipped("data") / "samples" / "demo-2023.json").read_bytes()


def languages() -> dict[str, Language]:
    return {"zh": Language("zh"), "en": Language("en")}


def app(folder: Path) -> Any:
    return application(folder, TokenAccess(TOKEN, frozenset({HOST, "localhost:8765"})), languages())


def client(folder: Path, **options: Any) -> TestClient:
    """A browser that was given the address."""
    made = without_token(folder, **options)
    assert made.get(f"/?token={TOKEN}").status_code == 200
    return made


def without_token(folder: Path, **options: Any) -> TestClient:
    """A browser that was not given it."""
    return TestClient(app(folder), base_url=BASE, headers={"origin": BASE, "accept-language": "zh-CN"}, **options)


def upload(browser: TestClient, payload: bytes = DEMO, name: str = "x.json") -> str:
    """Upload a file as a new document; return the address of the document."""
    answer = browser.post("/documents", files={"file": (name, payload)})
    assert answer.status_code == 200, words(answer.text)
    return str(answer.url.path).removesuffix("/check")


def kept(folder: Path, payload: bytes = DEMO) -> str:
    """Keep a document in the folder without an upload, which takes a process; return its address."""
    return f"/documents/{Folder.created(folder).create(payload, '甲', '上传', title_of(load(payload)))}"


STEPS = ("upload", "check", "wording", "preview", "versions", "compare", "export")


def pages_of(good: str, questioned: str) -> list[str]:
    """The addresses of every kind of page, of a document without findings and of one with them."""
    figure = next(use.name for use in reportgen.trace(DEMO).uses if use.text == "2776.60")
    return [
        "/", "/audit", "/city", "/nothing", *(f"{one}/{step}" for one in (good, questioned) for step in STEPS),
        f"{good}/page/5?figure={figure}", f"{good}/page/15?large=1",
        f"{questioned}/page/15?finding=1-0", f"{questioned}/finding/1/2",
    ]  # fmt: skip


def words(page: str) -> str:
    """What a reader sees of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))
