"""Behind the bureau's proxy: whom it names comes in, in the role that it names, and does what the role may."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

import reportgen
from reportgen.cli import main
from reportgen.core.errors import UsageError
from reportgen.serving.app import application
from reportgen.serving.proxy_access import ProxyAccess
from reportgen.serving.proxy_settings import read_settings
from reportgen.serving.roles import ACTIONS, MAY, ROLES, User
from reportgen.serving.states import STEPS
from tests.population import size

from .browsing import DEMO, kept, languages, words

PROXY, ELSEWHERE = "10.1.2.3", "10.1.2.4"
PUBLIC = "https://budget.example.gov.cn"
SETTINGS = {
    "peers": '["10.1.2.3", "fd00::/120"]', "address": f'"{PUBLIC}/"', "user_header": '"X-Remote-User"',
    "role_header": '"X-Remote-Role"', "roles": '{department = ["dept", "部门"], finance = ["finance"]}',
}  # fmt: skip
DEPARTMENT = {"x-remote-user": "zhang", "x-remote-role": "staff,dept"}
FINANCE = {"x-remote-user": "li", "x-remote-role": "finance"}
HOSTILE = size(1000, 200)


def settings_file(folder: Path, **changed: str) -> Path:
    path = folder / "proxy.toml"
    path.write_text("\n".join(f"{name} = {value}" for name, value in (SETTINGS | changed).items()), encoding="utf-8")
    return path


@pytest.fixture
def comes(tmp_path: Path) -> Callable[..., TestClient]:
    """Makes browsers of one workbench: who comes, from where."""
    (tmp_path / "folder").mkdir()
    app = application(tmp_path / "folder", ProxyAccess(read_settings(settings_file(tmp_path))), languages())

    def browser(headers: dict[str, str], peer: str = PROXY) -> TestClient:
        more = {"origin": PUBLIC, "accept-language": "zh-CN"}
        return TestClient(app, base_url=PUBLIC, headers=more | headers, client=(peer, 5000))

    return browser


def test_the_user_and_the_role_are_those_that_the_proxy_names(comes: Any, tmp_path: Path) -> None:
    page = words(comes(DEPARTMENT).get("/").text)
    assert "zhang（部门）" in page
    assert "二、上传" in page
    page = words(comes(FINANCE).get("/").text)
    assert "li（财政）" in page
    assert "二、上传" not in page
    named = {"x-remote-user": "张三".encode(), "x-remote-role": "部门".encode()}
    assert "张三（部门）" in words(comes(named).get("/").text)
    assert "zhang（部门、财政）" in words(comes(DEPARTMENT | {"x-remote-role": "dept, finance"}).get("/").text)
    assert "zhang（部门）" in words(comes(DEPARTMENT, "fd00::7").get("/").text)
    assert "zhang（部门）" in words(comes(DEPARTMENT, f"::ffff:{PROXY}").get("/").text)


@pytest.mark.parametrize("peer", [ELSEWHERE, "127.0.0.1", "::1", "fd00::1:1", "::ffff:10.1.2.4", "testclient", ""])
def test_the_headers_are_not_believed_from_elsewhere(comes: Any, tmp_path: Path, peer: str) -> None:
    forged = DEPARTMENT | {"x-forwarded-for": PROXY, "x-real-ip": PROXY, "forwarded": f"for={PROXY}"}
    browser = comes(forged, peer)
    assert browser.get("/").status_code == 403
    assert browser.post("/documents", files={"file": ("x", DEMO)}).status_code == 403
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.parametrize(
    "changed",
    [{"x-remote-user": ""}, {"x-remote-user": " "}, {"x-remote-user": "a" * 101},
     {"x-remote-user": "a\tb"}, {"x-remote-user": "\u3164".encode()}, {"x-remote-user": "甲\u202e乙".encode()},
     {"x-remote-role": ""}, {"x-remote-role": "admin"}, {"x-remote-role": "department"}, {"x-remote-role": "DEPT"},
     {"x-remote-role": "dept finance"}],
)  # fmt: skip
def test_without_a_name_and_a_role_a_request_is_refused(comes: Any, changed: dict[str, Any]) -> None:
    answer = comes(DEPARTMENT | changed).get("/")
    assert answer.status_code == 403
    assert "请从单位登录后的地址打开" in answer.text


@pytest.mark.parametrize("header", [b"x-remote-user", b"x-remote-role"])
def test_a_header_that_is_no_text_is_refused(tmp_path: Path, header: bytes) -> None:
    headers = {b"host": b"budget.example.gov.cn", b"x-remote-user": b"zhang", b"x-remote-role": b"dept"}
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "client": (PROXY, 1)}
    access = ProxyAccess(read_settings(settings_file(tmp_path)))
    assert isinstance(access.admitted(scope | {"headers": list(headers.items())}, ""), User)
    broken = headers | {header: b"\xff" if header == b"x-remote-user" else b"\xff,dept"}
    assert isinstance(access.admitted(scope | {"headers": list(broken.items())}, ""), Response)


def test_a_header_that_comes_twice_is_refused(comes: Any) -> None:
    """Some proxies add their header to the one that the browser sent."""
    for name, second in (("x-remote-user", "root"), ("x-remote-role", "finance"), ("X-Remote-Role", "dept")):
        headers = [*DEPARTMENT.items(), (name, second)]
        assert comes({}).get("/", headers=headers).status_code == 403


def test_no_other_host_and_no_other_site(comes: Any) -> None:
    browser = comes(FINANCE)
    for host in ("127.0.0.1:8765", "budget.example.gov.cn:8765", "evil.example", "", "budget.example.gov.cn."):
        assert browser.get("/", headers={"host": host}).status_code == 421
    for origin in ("http://budget.example.gov.cn", "null", "", "https://evil.example", f"{PUBLIC}/", f"{PUBLIC}:443"):
        assert browser.post("/city", data={"a": "1"}, headers={"origin": origin}).status_code == 403
    assert browser.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}).status_code == 403
    del browser.headers["origin"]
    assert browser.post("/city", data={"a": "1"}).status_code == 403


def step(browser: TestClient, document: str, name: str, note: str = "") -> int:
    return int(
        browser.post(f"{document}/state", data={"base": "1", "step": name, "note": note, "sure": "1"}).status_code
    )


def test_both_roles_take_their_own_steps_and_the_log_names_them(comes: Any, tmp_path: Path) -> None:
    document = kept(tmp_path / "folder")
    department, finance = comes(DEPARTMENT), comes(FINANCE)
    assert step(finance, document, "reviewed") == 403
    assert step(department, document, "reviewed") == 200
    for name in ("approved", "returned"):
        assert step(department, document, name, "x") == 403
    assert step(finance, document, "returned", "写清用途") == 200
    assert step(department, document, "reviewed") == 200
    for name in ("confidentiality", "signed"):
        assert step(finance, document, name, "张三") == 403
        assert step(department, document, name, "张三") == 200
    assert step(finance, document, "approved") == 200
    assert step(department, document, "final") == 403
    page = words(department.get(f"{document}/versions").text)
    assert "定稿" not in page.partition("以后再改")[0]  # no button of a step that the role may not take
    assert step(finance, document, "final") == 200
    assert "财政已审 li" in words(finance.get(f"{document}/versions").text)
    log = [json.loads(line) for line in (tmp_path / "folder" / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["who"], line["what"]) for line in log] == [
        ("zhang", "reviewed"), ("li", "returned"), ("zhang", "reviewed"), ("zhang", "confidentiality"),
        ("zhang", "signed"), ("li", "approved"), ("li", "final"),
    ]  # fmt: skip


def forms(document: str) -> dict[str, str]:
    """The addresses of all forms, and the action of each."""
    return {
        "/documents": "fill", f"{document}/upload": "fill", f"{document}/last": "fill",
        f"{document}/initial": "fill", f"{document}/pull": "fill",
        f"{document}/wording": "wording", f"{document}/edit": "wording", f"{document}/accept": "accept",
        "/city": "city", "/city/stop": "city", f"{document}/layout": "fill", "/audit": "audit", "/work/0/stop": "stop",
    }  # fmt: skip


def test_a_form_of_another_role_changes_nothing(comes: Any, tmp_path: Path) -> None:
    document = kept(tmp_path / "folder")
    before = {path: path.read_bytes() for path in (tmp_path / "folder").rglob("*") if path.is_file()}
    for address, action in forms(document).items():
        for role, headers in (("department", DEPARTMENT), ("finance", FINANCE)):
            if role not in MAY[action]:
                answer = comes(headers).post(address, data={"base": "1"}, files={"file": ("x", DEMO)})
                assert answer.status_code == 403, address
                assert "您的角色不能做" in words(answer.text)
    assert {path: path.read_bytes() for path in (tmp_path / "folder").rglob("*") if path.is_file()} == before


def test_every_form_asks_for_a_role(comes: Any) -> None:
    posts = {(route.path, route.endpoint.action) for route in comes({}).app.routes if "POST" in (route.methods or ())}
    expected = {(address.replace("/documents/1", "/documents/{document}").replace("/work/0", "/work/{task}"), action)
                for address, action in forms("/documents/1").items()}  # fmt: skip
    assert posts == expected | {("/documents/{document}/state", "step")}


def test_what_an_audit_found_is_shown_to_its_user_only(comes: Any) -> None:
    zhang = comes(DEPARTMENT)
    published = next(iter(reportgen.render(DEMO, ["xlsx"]).files.values()))
    answer = zhang.post("/audit", files={"file": ("x", published)})
    assert answer.status_code == 200
    address = answer.url.path
    for more in ("", "/report.html", "/1.png"):
        assert comes(FINANCE).get(f"{address}{more}").status_code == 404
        assert comes(DEPARTMENT | {"x-remote-user": "wang"}).get(f"{address}{more}").status_code == 404
    assert zhang.get(f"{address}/report.html").status_code == 200


def test_nothing_is_changed_by_get(comes: Any, tmp_path: Path) -> None:
    document = kept(tmp_path / "folder")
    for address in (*forms(document), f"{document}/state"):
        answer = comes(DEPARTMENT | FINANCE).get(address, params={"base": "1", "step": "reviewed", "file": "x"})
        assert answer.status_code in (200, 404, 405)
    for address in (f"{document}/versions", f"{document}/check"):
        comes(FINANCE).get(address, params={"step": "approved", "base": "1"})
    assert not (tmp_path / "folder" / "log.jsonl").exists()
    assert "填报中" in words(comes(FINANCE).get("/").text)


FORWARDED = ["x-forwarded-for", "x-real-ip", "client-ip", "x-remote-addr"]
PEERS = [ELSEWHERE, "127.0.0.1", "::1", "10.1.2.30", "0.0.0.0", "not an address"]
ORIGINS = ["null", "", "https://evil.example", f"{PUBLIC}.evil.example", "https://"]
HOSTS = ["evil.example", "localhost", PUBLIC, "budget.example.gov.cn:1", "[::1]"]
NO_ROLES = ["dept;finance", "root", "finance\u00a0", "Finance", "finance dept", ",", "*"]


def hostile(chance: Random, document: str) -> tuple[str, str, str, list[tuple[str, str]]]:
    """A request that must not be served: method, address, peer, and headers; one of them is wrong."""
    headers = {"host": PUBLIC.partition("//")[2], "origin": PUBLIC, **chance.choice([DEPARTMENT, FINANCE])}
    method, address, peer = "POST", chance.choice([*forms(document), f"{document}/state"]), PROXY
    more: list[tuple[str, str]] = []
    match chance.randrange(7):
        case 0:
            peer, more = chance.choice(PEERS), [(chance.choice(FORWARDED), PROXY)]
        case 1:
            headers["origin"] = chance.choice(ORIGINS)
        case 2:
            headers["host"] = chance.choice(HOSTS)
        case 3:
            name = chance.choice(["x-remote-user", "X-REMOTE-ROLE", "Host", "Origin"])
            more = [(name, chance.choice(["root", "finance"]))]
        case 4:
            del headers[chance.choice(["x-remote-user", "x-remote-role", "origin"])]
        case 5:
            method = chance.choice(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
        case _:
            headers["x-remote-role"] = chance.choice(NO_ROLES)
    return method, address, peer, [*headers.items(), *more]


@pytest.mark.campaign
def test_hostile_requests_change_nothing(comes: Any, tmp_path: Path) -> None:
    document, chance = kept(tmp_path / "folder"), Random(20261129)
    before = {path: path.read_bytes() for path in (tmp_path / "folder").rglob("*") if path.is_file()}
    for _ in range(HOSTILE):
        method, address, peer, headers = hostile(chance, document)
        browser = comes({}, peer)
        browser.headers.clear()
        data = {"base": "1", "step": "reviewed"}
        answer = browser.request(method, address, headers=[(a, b.encode("latin-1")) for a, b in headers], data=data)
        assert answer.status_code in (400, 403, 405, 421), (method, address, peer, headers)
    assert {path: path.read_bytes() for path in (tmp_path / "folder").rglob("*") if path.is_file()} == before


def test_the_table_of_roles_is_the_documented_one() -> None:
    text = (Path(__file__).parents[2] / "docs" / "workbench.md").read_text(encoding="utf-8")
    for action, name in ACTIONS.items():
        row = f"| {name} | " + " | ".join("✓" if role in MAY[action] else "" for role in ROLES) + " |"
        assert row in text
    assert set(STEPS) <= set(MAY) == set(ACTIONS)


WRONG = {
    "peers": ["[]", '"10.1.2.3"', '["proxy"]', '["0.0.0.0/0"]', '["::/0"]', "[1]", '["10.1.2.3/24"]'],
    "address": ['"budget.example.gov.cn"', '"https://x.gov.cn/a"', '"ftp://x"', "1", '"https://"', '"https://a b"', '"http://x.gov.cn"'],
    "user_header": ['""', '"Cookie"', '"a b"', "1", '"X-Remote-Role"', '"host"'],
    "role_header": ['"用户"', '"User-Agent"'],
    "roles": ["{}", "[]", '{department = ["a"]}', '{department = ["a"], finance = ["a"]}',
              '{department = "a", finance = ["b"]}', '{department = ["a,b"], finance = ["b"]}', "{", '"x"'],
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_wrong_settings_are_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UsageError, match="代理的设置"):
        read_settings(settings_file(tmp_path, **{name: value}))


@pytest.mark.parametrize("payload", [b"", b"\xff", b"a" * 70_000, b"peers = [" * 5000])
def test_a_file_that_holds_no_settings_is_told(tmp_path: Path, payload: bytes) -> None:
    path = tmp_path / "proxy.toml"
    path.write_bytes(payload)
    with pytest.raises(UsageError, match="代理的设置"):
        read_settings(path)


def test_an_unknown_setting_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不认识的 token"):
        read_settings(settings_file(tmp_path, token='"x"'))
    with pytest.raises(UsageError, match="不存在"):
        read_settings(tmp_path / "none.toml")


def test_an_address_without_tls_is_one_of_this_machine(tmp_path: Path) -> None:
    assert read_settings(settings_file(tmp_path, address='"http://localhost:8080"')).host == "localhost:8080"
    for address in ("http://x.gov.cn", "http://localhost.x.gov.cn", "http://127.0.0.10:80"):
        with pytest.raises(UsageError, match="没有加密"):
            read_settings(settings_file(tmp_path, address=f'"{address}"'))


def test_the_usual_port_of_the_address_is_left_out(tmp_path: Path) -> None:
    assert read_settings(settings_file(tmp_path, address='"https://X.gov.cn:443"')).host == "x.gov.cn"
    assert read_settings(settings_file(tmp_path, address='"https://x.gov.cn:8443"')).host == "x.gov.cn:8443"


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1", "::"])
def test_a_host_needs_a_proxy(tmp_path: Path, capsys: pytest.CaptureFixture[str], host: str) -> None:
    assert main(["serve", "--folder", str(tmp_path / "x"), "--host", host]) == 2
    printed = capsys.readouterr()
    assert "--behind-proxy" in printed.err
    assert "Traceback" not in printed.err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("host", ["example.com", "192.0.2.1", "x" * 300, "::ffff:"])
def test_a_host_that_is_no_address_of_this_machine_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    settings = str(settings_file(tmp_path))
    assert main(["serve", "--folder", str(tmp_path / "x"), "--host", host, "--behind-proxy", settings]) == 2
    assert "Traceback" not in capsys.readouterr().err
