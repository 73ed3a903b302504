"""The user of this machine, known by a token that only the printed address has: without a proxy, all that is asked."""

from __future__ import annotations

import getpass
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from .access import from_another_site, refused, unfit
from .roles import BOTH, User

COOKIE = "reportgen-token"


def new_token() -> str:
    """Return a token that cannot be guessed."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class TokenAccess:
    """The token, and the addresses (``127.0.0.1:8765``) under which the pages may be asked for."""

    token: str = field(repr=False)
    hosts: frozenset[str]

    @property
    def way_in(self) -> str:
        """How to come in."""
        return "用启动时印出的完整地址打开（带 token）。"

    def admitted(self, scope: Scope, closed: str) -> User | Response:
        """Return the user of this machine, who has both roles; or a refusal."""
        headers = Headers(scope=scope)
        if refusal := unfit(scope, self.hosts):
            return refusal
        if self._asked_with_token(scope):
            return self._entered(headers)
        if not _same(_cookies(headers.getlist("cookie")), self.token):
            return refused(403, closed)
        return from_another_site(scope, f"http://{headers['host']}") or User(_user_of_this_machine(), BOTH)

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


def _user_of_this_machine() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "-"


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
