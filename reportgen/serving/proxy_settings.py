"""The settings of the proxy before the workbench, as a TOML file has them (``docs/workbench.md`` shows one)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from ..core.errors import UsageError, os_error_reason
from .roles import ROLES, Role

LARGEST_FILE = 64 << 10
MOST_ADDRESSES = 256
"""Addresses of a network of proxies: what is larger holds more than proxies."""
KEYS = ("peers", "address", "user_header", "role_header", "roles")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_UNENCRYPTED = re.compile(r"http://(?!(?:localhost|127\.0\.0\.1)(?::|$)).*")
"""Addresses that browsers on other machines open without TLS."""
_ADDRESS = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]{0,252})(?::[1-9][0-9]{0,4})?")
SENT_BY_BROWSERS = {"accept-language", "cookie", "host", "origin", "referer", "user-agent", "content-type"}
"""Headers that every browser sends: they cannot be the proxy's own."""
_HINT = "写法见 docs/workbench.md 的“放在代理后面”"


@dataclass(frozen=True, slots=True)
class ProxySettings:
    """Where the proxy connects from, the public address, the headers, and the groups that stand for each role.

    ``address`` is the origin that browsers show: ``https://budget.example.gov.cn``, without a path.
    """

    peers: tuple[IPv4Network | IPv6Network, ...]
    address: str
    user_header: str
    role_header: str
    roles: Mapping[Role, frozenset[str]]

    @property
    def host(self) -> str:
        """The Host of a request for the public address."""
        return self.address.partition("//")[2]


def read_settings(path: Path) -> ProxySettings:
    """Return the settings that a file has.

    Raises:
        UsageError: it cannot be read, or a setting is missing, unknown or wrong.
    """
    data = _data(path)
    for name in KEYS:
        if name not in data:
            raise UsageError("代理的设置里没有 {name}", _HINT, name=name)
    for name in data:
        if name not in KEYS:
            raise UsageError("代理的设置里有不认识的 {name}", "可以写的：{known}", name=name, known="、".join(KEYS))
    user, role = _header("user_header", data), _header("role_header", data)
    if user == role:
        raise UsageError("代理的设置里 user_header 和 role_header 是同一个", _HINT)
    return ProxySettings(_peers(data["peers"]), _address(data["address"]), user, role, _roles(data["roles"]))


def _data(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            payload = file.read(LARGEST_FILE + 1)
        if len(payload) > LARGEST_FILE:
            raise ValueError("64 KB")
        return tomllib.loads(payload.decode("utf-8"))
    except (OSError, UnicodeError) as error:
        why = os_error_reason(error) if isinstance(error, OSError) else "不是 UTF-8"
    except (ValueError, RecursionError) as error:
        why = str(error)[:200]
    raise UsageError("读不了代理的设置 {path}：{why}", _HINT, path=str(path), why=why)


def _header(name: str, data: Mapping[str, Any]) -> str:
    value = data[name]
    if not isinstance(value, str) or not _HEADER.fullmatch(value) or value.lower() in SENT_BY_BROWSERS:
        message, hint = "代理的设置里 {name} 应为一个请求头的名称", "如 X-Remote-User；浏览器自己会发的不行"
        raise UsageError(message, hint, name=name)
    return value.lower()


def _address(value: Any) -> str:
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value.rstrip("/").lower()):
        message = "代理的设置里 address 应为浏览器地址栏里的地址，只到主机名和端口"
        raise UsageError(message, "如 https://budget.example.gov.cn，后面不带路径")
    address = value.rstrip("/").lower()
    if _UNENCRYPTED.fullmatch(address):
        message = "代理的设置里 address 是 http://，浏览器和代理之间没有加密，没有启动"
        raise UsageError(message, "在代理上设好证书（TLS），写 https:// 开头的地址")
    usual = ":443" if address.startswith("https:") else ":80"
    return address.removesuffix(usual)


def _peers(values: Any) -> tuple[IPv4Network | IPv6Network, ...]:
    hint = '如 ["10.1.2.3"]，或不超过 {most} 个地址的网段 ["10.1.2.0/28"]'
    wrong = UsageError("代理的设置里 peers 应为代理连过来的地址", hint, most=str(MOST_ADDRESSES))
    if not isinstance(values, list) or not values or not all(isinstance(one, str) for one in values):
        raise wrong
    try:
        networks = tuple(ip_network(one) for one in values)
    except ValueError:
        raise wrong from None
    if any(network.num_addresses > MOST_ADDRESSES for network in networks):
        raise wrong
    return networks


def _roles(values: Any) -> Mapping[Role, frozenset[str]]:
    if not isinstance(values, dict) or set(values) != set(ROLES):
        raise UsageError("代理的设置里 roles 应有 department（部门）和 finance（财政）两项", _HINT)
    roles = {role: frozenset(_groups(role, values[role])) for role in ROLES}
    if roles["department"] & roles["finance"]:
        raise UsageError("代理的设置里 roles 的两项有同一个组", _HINT)
    return roles


def _groups(role: str, values: Any) -> list[str]:
    texts = [one.strip() for one in values if isinstance(one, str)] if isinstance(values, list) else []
    if not texts or len(texts) != len(values) or not all(texts) or any("," in one for one in texts):
        raise UsageError("代理的设置里 roles.{role} 应为组的名称", '如 ["finance"]，名称里没有逗号', role=role)
    return texts
