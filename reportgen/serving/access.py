"""Who is let in: the token, the address that the browser asked for, where a form comes from, how much is sent.

Every request passes here before anything else sees it, and every answer gets the headers that keep a browser from
loading, framing or guessing anything.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = {"GET", "HEAD", "POST"}
LARGEST_BODY = 64 << 20
"""Bytes of a request: a document's largest file, and several of them."""
LONGEST_ADDRESS = 2048
COOKIE = "reportgen-token"
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def new_token() -> str:
    """Return a token that cannot be guessed."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Access:
    """The token, and the addresses (``127.0.0.1:8765``) under which the pages may be asked for.

    ``closed`` is what those read who come without the token.
    """

    token: str = field(repr=False)
    hosts: frozenset[str]
    closed: str = ""

    def refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that is not let in; None if it is."""
        headers = Headers(scope=scope)
        if scope["method"] not in METHODS:
            return _refused(405, "Method not allowed")
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return _refused(414, "The address is too long")
        if headers.getlist("host") not in [[host] for host in self.hosts]:
            return _refused(421, "This address is not served here")
        if self._asked_with_token(scope):
            return self._entered(headers)
        if not _same(_cookies(headers.getlist("cookie")), self.token):
            return _refused(403, self.closed)
        if scope["method"] == "POST" and not self._is_own_form(headers):
            return _refused(403, "This form does not come from the workbench")
        if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return _refused(403, "Asked for by another site")
        return None

    def _asked_with_token(self, scope: Scope) -> bool:
        if scope["method"] != "GET" or scope["path"] != "/":
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        return len(given) == 1 and _same(given, self.token)

    def _entered(self, headers: Headers) -> Response:
        """Keep the token in a cookie that no script reads and no other site's form sends, and out of the address."""
        response = RedirectResponse("/", 303)
        response.set_cookie(_cookie_name(headers["host"]), self.token, httponly=True, samesite="lax", path="/")
        return response

    def _is_own_form(self, headers: Headers) -> bool:
        origins = headers.getlist("origin")
        return origins == [f"http://{headers['host']}"]


class AccessMiddleware:
    """Lets in what :class:`Access` lets in, stops what is too large, and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, access: Access, failed: Callable[[Exception], str]) -> None:
        """Stand before ``app``; ``failed`` records an error of the program and returns what the reader gets."""
        self._app, self._access, self._failed = app, access, failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _WithHeaders(send))

    async def _answer(self, scope: Scope, receive: Receive, send: _WithHeaders) -> None:
        refusal = self._access.refusal(scope) or _too_large(Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        try:
            await self._app(scope, _limited(receive), send)
        except Exception as error:
            text = self._failed(error)
            if not send.begun:
                await _refused(500, text)(scope, receive, send)


class _WithHeaders:
    """Sends an answer with the headers that every answer has; knows whether it has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        self.begun = True
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


class BodyTooLarge(Exception):
    """A request sends more than it may."""


def _too_large(headers: Headers) -> Response | None:
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        return _refused(400, "Wrong length")
    return _refused(413, "Too large") if int(length) > LARGEST_BODY else None


def _limited(receive: Receive) -> Receive:
    """``receive``, which counts what arrives: a body in pieces states no length."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            raise BodyTooLarge
        return message

    return counted


def _refused(status: int, text: str) -> Response:
    return PlainTextResponse(text + "\n", status)


def _cookie_name(host: str) -> str:
    """The cookie of one server: cookies do not tell ports apart."""
    return f"{COOKIE}-{host.rpartition(':')[2]}"


def _cookies(lines: Iterable[str]) -> list[str]:
    """The tokens in the cookies of a request, those of other servers on this machine among them."""
    found: list[str] = []
    for line in lines:
        try:
            cookies = SimpleCookie(line)
        except CookieError:
            continue
        found += [morsel.value for name, morsel in cookies.items() if name.startswith(COOKIE)]
    return found


def _same(given: Iterable[str], token: str) -> bool:
    """Whether one of the given tokens is the right one, in a time that does not depend on how much of it is right."""
    return any([hmac.compare_digest(one.encode("utf-8", "replace"), token.encode()) for one in given])
