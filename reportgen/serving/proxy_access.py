"""Users whom the bureau's proxy names: it brings TLS and single sign-on, and two headers tell the user and the role.

The headers are believed only on connections from the proxy's own addresses; every other connection is refused, whatever
it says. A request must have each of the two exactly once: a second one was smuggled past the proxy.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from ..budget.characters import fault_of
from .access import from_another_site, refused, unfit
from .proxy_settings import ProxySettings
from .roles import Role, User

LONGEST_NAME = 100
"""Characters of a user's name."""


@dataclass(frozen=True, slots=True)
class ProxyAccess:
    """The settings of the proxy, and what they let in."""

    settings: ProxySettings

    @property
    def way_in(self) -> str:
        """How to come in."""
        return "请从单位登录后的地址打开；代理没有说明您是谁，或您没有“部门”“财政”的角色，请找管理员。"

    def admitted(self, scope: Scope, closed: str) -> User | Response:
        """Return the user whom the proxy names, or a refusal."""
        if not self._is_proxy(scope):
            return refused(403, closed)
        if refusal := unfit(scope, frozenset({self.settings.host})):
            return refusal
        headers = Headers(scope=scope)
        name = _user_name(headers.getlist(self.settings.user_header))
        roles = self._roles(headers.getlist(self.settings.role_header))
        if not name or not roles:
            return refused(403, closed)
        return from_another_site(scope, self.settings.address) or User(name, roles, is_named=True)

    def _is_proxy(self, scope: Scope) -> bool:
        """Whether the other end of the connection is the proxy, not a name that someone writes into a header."""
        try:
            peer = ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        if isinstance(peer, IPv6Address) and peer.ipv4_mapped:
            peer = peer.ipv4_mapped
        return any(peer in network for network in self.settings.peers)

    def _roles(self, lines: list[str]) -> frozenset[Role]:
        """The roles among the groups of a user, with commas between them; other groups mean nothing here."""
        if len(lines) != 1:
            return frozenset()
        groups = {group.strip(" \t") for group in _text(lines[0]).split(",")}
        return frozenset(role for role, names in self.settings.roles.items() if groups & names)


def _user_name(lines: list[str]) -> str:
    """The name in a header; "" if there is not exactly one, or it is no name."""
    name = _text(lines[0]).strip(" \t") if len(lines) == 1 else ""
    is_seen = any(one.isalnum() and fault_of(one) is None for one in name)
    return name if len(name) <= LONGEST_NAME and name.isprintable() and is_seen else ""


def _text(header: str) -> str:
    """The text of a header, which holds bytes: in UTF-8; "" where they are not."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""
