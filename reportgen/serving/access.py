"""Who is let in: the address that the browser asked for, where a form comes from, how much is sent.

Every request passes here before anything else sees it, and every answer gets the headers that keep a browser from
loading, framing or guessing anything. How a user is known differs: by the token of this machine
(:mod:`.token_access`) or by what the bureau's proxy says (:mod:`.proxy_access`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .roles import User

METHODS = {"GET", "HEAD", "POST"}
LARGEST_BODY = 64 << 20
"""Bytes of a request: a document's largest file, and several of them."""
LONGEST_ADDRESS = 2048
LARGEST_HEADERS = 32 << 10
"""Bytes of names and values; behind a proxy a user may be in many groups."""
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


class Access(Protocol):
    """The way by which users come in."""

    @property
    def way_in(self) -> str:
        """What those read who are not let in, in Chinese: how to come in."""
        ...

    def admitted(self, scope: Scope, closed: str) -> User | Response:
        """Return the user of a request, or the answer to one that is not let in: ``closed`` where no user is known."""
        ...


def unfit(scope: Scope, hosts: frozenset[str]) -> Response | None:
    """Return the answer to a request that no user may send: another method, an address too long, another host.

    A request that states its length in two ways is refused, too, and the connection ended: what one program takes for
    its body is a request of its own to another (RFC 9112, section 6.1).
    """
    headers = Headers(scope=scope)
    if scope.get("http_version", "1.1") not in ("1.0", "1.1"):
        return refused(400, "Unknown version of HTTP")
    if sum(len(name) + len(value) for name, value in headers.raw) > LARGEST_HEADERS:
        return refused(431, "The headers are too large")
    if "transfer-encoding" in headers and "content-length" in headers:
        return refused(400, "Two lengths", {"connection": "close"})
    if scope["method"] not in METHODS:
        return refused(405, "Method not allowed")
    if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return refused(414, "The address is too long")
    if headers.getlist("host") not in [[host] for host in hosts]:
        return refused(421, "This address is not served here")
    return None


def from_another_site(scope: Scope, origin: str) -> Response | None:
    """Return the answer to a form that no page of ``origin`` sent, and to what another site loads into its pages."""
    headers = Headers(scope=scope)
    if scope["method"] == "POST" and headers.getlist("origin") != [origin]:
        return refused(403, "This form does not come from the workbench")
    if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
        return refused(403, "Asked for by another site")
    return None


class AccessMiddleware:
    """Lets in what :class:`Access` lets in, stops what is too large, and adds the headers to every answer."""

    def __init__(
        self, app: ASGIApp, access: Access, closed: str, failed: Callable[[Exception], str],
        too_large: Callable[[Request], Response],
    ) -> None:  # fmt: skip
        """Stand before ``app``.

        ``failed`` records an error of the program and returns what the reader gets; ``too_large`` returns the page
        about a request that is too large.
        """
        self._app, self._access, self._closed, self._failed, self._too_large = app, access, closed, failed, too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _WithHeaders(send))

    async def _answer(self, scope: Scope, receive: Receive, send: _WithHeaders) -> None:
        admitted = self._access.admitted(scope, self._closed)
        if isinstance(admitted, Response):
            await admitted(scope, receive, send)
            return
        scope["user"] = admitted
        try:
            refusal = self._refused_length(scope)
            if refusal is not None:
                await refusal(scope, receive, send)
                return
            await self._app(scope, _limited(receive), send)
        except Exception as error:
            text = self._failed(error)
            if not send.begun:
                await refused(500, text)(scope, receive, send)

    def _refused_length(self, scope: Scope) -> Response | None:
        length = Headers(scope=scope).get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return refused(400, "Wrong length")
        return self._too_large(Request(scope)) if len(length) > 20 or int(length) > LARGEST_BODY else None


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


def refused(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer to a request that is not let in."""
    return PlainTextResponse(text + "\n", status, headers)


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
