"""Requests that mean harm, sent as bytes to the program itself, with and without the token: none is served."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from random import Random

import pytest

from tests.auditing import hostile_pdfs
from tests.intake.hostile import HOSTILE as WORKBOOKS
from tests.population import sample, size

from .browsing import kept
from .hostile_requests import KINDS, Server, broken, request
from .test_server import started

REQUESTS = size(1000, 100)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("folder")
    document = kept(folder)
    with started(folder) as (_, address):
        port, token = re.findall(r":(\d+)/\?token=([\w-]+)", address)[0]
        with socket.create_connection(("127.0.0.1", int(port)), timeout=20) as connection:
            connection.sendall(f"GET /?token={token} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            cookie = re.findall(rb"set-cookie: ([^;]+)", connection.makefile("rb").read())[0].decode()
        yield Server(int(port), cookie, folder, document)


@pytest.mark.campaign
def test_nothing_hostile_is_served_and_nothing_is_changed(server: Server) -> None:
    chance, before = Random(20261129), server.files()
    for number in range(REQUESTS):
        kind = KINDS[number % len(KINDS)]
        made = kind(server, chance)
        statuses = server.sent(made, 0.5 if kind is broken else 60)  # half a request gets no answer
        assert all(400 <= status < 500 for status in statuses), (made, statuses)
        assert len(statuses) == 1 or kind is broken, (made, statuses)
    assert server.files() == before
    good = request(server, "GET", f"{server.document}/versions", [f"Cookie: {server.cookie}", "Connection: close"])
    assert server.sent(good) == [200]
    log = (server.folder / "log.jsonl").read_text(encoding="utf-8") if (server.folder / "log.jsonl").exists() else ""
    assert "error" not in log


LONGEST = 60
"""Seconds in which a file that is still being read, or that ended its worker, is kept nowhere."""
UPLOADS = {str(one): one.make for one in WORKBOOKS} | {
    f"{kind} {n}": lambda kind=kind, n=n: hostile_pdfs.KINDS[kind](n)
    for kind, n in sample(list(hostile_pdfs.hostile()), 3)
}


@pytest.mark.campaign
@pytest.mark.parametrize("name", sample(list(UPLOADS), 6))
def test_a_hostile_file_is_refused_and_kept_nowhere(server: Server, name: str) -> None:
    before = server.files()
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="../../x.xlsx"\r\n\r\n'
        + UPLOADS[name]()
        + b"\r\n--b--\r\n"
    )
    headers = [
        f"Cookie: {server.cookie}",
        f"Origin: http://127.0.0.1:{server.port}",
        f"Content-Length: {len(body)}",
        "Content-Type: multipart/form-data; boundary=b",
        "Connection: close",
    ]
    (status,) = server.sent(request(server, "POST", "/documents", headers, body))
    assert status in (303, 400, 413, 422)  # 303: to the page with the progress, which will say it
    end = time.monotonic() + LONGEST
    while server.files() != before and time.monotonic() < end:  # until it is given up
        time.sleep(0.1)
    assert server.files() == before


def parts(count: int, name: str = "f") -> bytes:
    return b"".join(
        b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n1\r\n' % name.encode() for _ in range(count)
    )


@pytest.mark.parametrize(
    "body",
    [
        parts(6000),
        parts(1, 'file"; filename="a') * 60,
        b"--b\r\n" + b"X: y\r\n" * 20_000,
        b"--b\r\n",
        b"\0" * 1000,
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * (1 << 20) + b"\r\n--b--\r\n",
    ],
    ids=["fields", "files", "headers", "nothing", "zeros", "large field"],
)
def test_a_form_with_too_much_or_nothing_in_it_is_refused(server: Server, body: bytes) -> None:
    before = server.files()
    headers = [
        f"Cookie: {server.cookie}",
        f"Origin: http://127.0.0.1:{server.port}",
        f"Content-Length: {len(body)}",
        "Content-Type: multipart/form-data; boundary=b",
        "Connection: close",
    ]
    (status,) = server.sent(request(server, "POST", "/documents", headers, body))
    assert status in (400, 413, 422)
    assert server.files() == before
