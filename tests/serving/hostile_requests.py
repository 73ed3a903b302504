"""Requests that mean harm, as bytes: made for a running server, with its token or without."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

LIFE = ["Expect: 100-continue", "Connection: close", "Connection: keep-alive, upgrade\r\nUpgrade: h2c"]
"""Headers that change nothing."""


@dataclass(frozen=True)
class Server:
    """The program: its port, the cookie of a browser that came in, its folder, the address of a document in it."""

    port: int
    cookie: str
    folder: Path
    document: str

    def sent(self, request: bytes, seconds: float = 60) -> list[int]:
        """Send bytes on a connection of their own; return the statuses of all answers to them within ``seconds``."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            with suppress(OSError):  # it may be refused before all of it is sent
                connection.sendall(request)
            answer = b""
            with suppress(OSError):  # no more within the time, or the connection was ended
                while piece := connection.recv(1 << 16):
                    answer += piece
                    connection.settimeout(0.05)
        if b'data-running="yes"' in answer:  # not made yet: what it will be is asked for again
            return self.sent(request, seconds)
        return [int(status) for status in re.findall(rb"(?:^|\r\n|\n)HTTP/1\.1 (\d{3}) ", answer)]

    def files(self) -> dict[Path, bytes]:
        """All files of the folder but the log."""
        paths = (path for path in self.folder.rglob("*") if path.is_file() and path.name != "log.jsonl")
        return {path: path.read_bytes() for path in paths}


def request(server: Server, method: str, path: str, headers: list[str], body: bytes = b"", host: str = "") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{server.port}'}", *headers, "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + body


def without_token(server: Server, chance: Random) -> bytes:
    """A request as an own page sends it, but for the token."""
    paths = [
        "/",
        "/documents",
        f"{server.document}/check",
        f"{server.document}/files/1/pdf",
        "/static/workbench.css",
        f"{server.document}/state",
        "/city/files.zip",
        "/log.jsonl",
        "/?token=",
        f"/?token={'a' * 32}",
    ]
    name = server.cookie.partition("=")[0]
    cookies = [
        "",
        f"{name}=",
        f"{name}={'a' * 32}",
        f"{server.cookie[:-1]}",
        f"{server.cookie}x",
        f'{name}="',
        f"{name}=;;;=",
        f"x{server.cookie}",
        f"{name.upper()}={server.cookie[len(name) + 1 :]}",
        f"{name}=\xff",
    ]
    headers = [f"Cookie: {chance.choice(cookies)}", f"Origin: http://127.0.0.1:{server.port}", chance.choice(LIFE)]
    return request(
        server, chance.choice(["GET", "POST", "HEAD"]), chance.choice(paths), [*headers, "Content-Length: 0"]
    )


def another_address(server: Server, chance: Random) -> bytes:
    """With the token, to another host, of another origin, by another method, or by a link of another site."""
    own = f"http://127.0.0.1:{server.port}"
    headers, method, host = [f"Cookie: {server.cookie}", f"Origin: {own}", "Content-Length: 0"], "POST", ""
    match chance.randrange(5):
        case 0:
            host = chance.choice(
                [
                    "evil.example",
                    f"evil.example:{server.port}",
                    "127.0.0.1",
                    f"127.0.0.1:{server.port}.",
                    f"[::1]:{server.port}",
                    f"LOCALHOST:{server.port}",
                    f"0.0.0.0:{server.port}",
                    f"127.0.0.1:{server.port}\r\nHost: 127.0.0.1:{server.port}",
                    f"a@127.0.0.1:{server.port}",
                    f"127.0.0.1:0{server.port}",
                    "127.1:80",
                ]
            )
        case 1:
            other = [
                "null",
                "",
                "http://evil.example",
                f"{own}.evil.example",
                own.replace("http", "https"),
                f"{own}/",
                f"{own}\r\nOrigin: http://evil.example",
                f"{own} http://evil.example",
            ]
            headers[1] = f"Origin: {chance.choice(other)}"
        case 2:
            method = chance.choice(
                ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "post", "GET2", "M-SEARCH"]
            )
        case 3:
            del headers[1]
        case _:
            method = "GET"
            headers += ["Sec-Fetch-Site: cross-site", f"Sec-Fetch-Mode: {chance.choice(['no-cors', 'cors', 'x'])}"]
    return request(
        server, method, f"{server.document}/{chance.choice(['state', 'check', 'wording'])}", headers, host=host
    )


def no_such_path(server: Server, chance: Random) -> bytes:
    """With the token, for what is not to be had: paths out of the folder, in every spelling."""
    id = server.document.rpartition("/")[2]
    up = chance.choice(
        [
            "..",
            "%2e%2e",
            "..%2f..",
            "%2e%2e%2f%2e%2e",
            "..;",
            ".%00.",
            "..%5c..",
            "%c0%ae%c0%ae",
            "%252e%252e",
            "..%c0%af..",
            "\u2025",
            "....//",
            "%uff0e%uff0e",
        ]
    )
    ends = ["record.json", "log.jsonl", "etc/passwd", f"{id}/record.json", f"{id}/last.json", "server.py"]
    end = chance.choice(ends)
    paths = [
        f"/static/{up}/{end}",
        f"/documents/{up}/{end}",
        f"/documents/{id}/{up}/{end}",
        f"/documents/{id}/files/1/{up}",
        f"/documents/{id}/versions/{up}.json",
        f"/documents/{id}/pages/1/{up}.png",
        f"/{end}",
        f"//{end}",
        f"/\\{end}",
        f"/documents/{id[:-1]}/check",
        f"/documents/{id.upper()}x/check",
        f"/documents/{id}%00/check",
        f"/work/{up}",
        f"/documents/{id}/versions/{10**30}.json",
        f"/documents/{id}/versions/-1.json",
        f"/audit/{up}/report.html",
        f"/documents/{id}/pages/1/{10**20}.png",
        f"/documents/{id}/finding/1/{10**9}",
        f"/documents/{id}/page/{10**9}",
        f"/documents/{id}/files/1/{chance.choice(['exe', 'PDF', 'pdf%00', '..', 'sources', '__init__'])}",
        f"/documents/{id}/compare?old=9&new=9",
        f"/{'a' * 3000}",
        f"/x?{'a' * 3000}",
        f"/workbook.xlsx?year={end}",
        f"/documents/{id}/package/1.zip?pattern={{0.__class__}}",
        f"/city/{up}",
        "/documents/check",
        f"/documents//{id}/check",
    ]
    return request(server, "GET", chance.choice(paths), [f"Cookie: {server.cookie}"])


def broken(server: Server, chance: Random) -> bytes:
    """Bytes that are no request, are two in one, or state their length twice; with the token."""
    own, cookie = f"127.0.0.1:{server.port}", server.cookie
    inner = f"GET {server.document}/check HTTP/1.1\r\nHost: {own}\r\nCookie: {cookie}\r\n\r\n"
    post = f"POST {server.document}/state HTTP/1.1\r\nHost: {own}\r\nCookie: {cookie}\r\nOrigin: http://{own}\r\n"
    get = f"GET / HTTP/1.1\r\nHost: {own}\r\n"
    texts = [
        f"{post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}",
        f"{post}Transfer-Encoding: chunked\r\nContent-Length: {len(inner)}\r\n\r\n0\r\n\r\n{inner}",
        f"{post}Content-Length: 5\r\nContent-Length: 0\r\n\r\n{inner}",
        f"{post}Content-Length: +5\r\n\r\nxxxxx",
        f"{post}Content-Length: -1\r\n\r\n",
        f"{post}Content-Length: {10**30}\r\n\r\n",
        f"{post}Content-Length: 5,0\r\n\r\n",
        f"{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        f"{post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        f"{post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        f"{post}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        f"{post}Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n",
        f"{get}Cookie : {cookie}\r\n\r\n",
        f"{get} Cookie: {cookie}\r\n\r\n",
        f"{get}X: a\0b\r\nCookie: {cookie}\r\n\r\n",
        f"{get}: x\r\nCookie: {cookie}\r\n\r\n",
        f"{get}X: {'a' * 70_000}\r\nCookie: {cookie}\r\n\r\n",
        f"{get}{'X: a' * 9}\rCookie: {cookie}\r\n\r\n",
        f"GET / HTTP/9.9\r\nHost: {own}\r\nCookie: {cookie}\r\n\r\n",
        f"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nCookie: {cookie}\r\n\r\n",
        f"CONNECT {own} HTTP/1.1\r\nHost: {own}\r\nCookie: {cookie}\r\n\r\n",
        "GET /\r\n\r\n",
        f"GET / / HTTP/1.1\r\nHost: {own}\r\nCookie: {cookie}\r\n\r\n",
        "\x16\x03\x01\x02\0\x01\0",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        f"GET / HTTP/1.1\r\nCookie: {cookie}\r\n\r\n",
        f"GET /\t HTTP/1.1\r\nHost: {own}\r\nCookie: {cookie}\r\n\r\n",
    ]
    return chance.choice(texts).encode("latin-1")


KINDS = (without_token, another_address, no_such_path, broken)
