"""Run the workbench until it is interrupted: on this machine for its user alone, or behind the bureau's proxy."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from ..bulk.execution import cores
from ..core.errors import UsageError
from ..isolation import StandingWorkers
from .access import Access
from .app import application
from .calls import warm
from .proxy_access import ProxyAccess
from .proxy_settings import ProxySettings
from .tasks import LIMITS
from .token_access import TokenAccess, new_token
from .words import Words

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8765


def default_folder() -> Path:
    """Return the folder of documents where none is given."""
    return Path.home() / "Documents" / "reportgen"


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen: an address of this machine, the port, and the proxy before the workbench.

    Without a proxy it is loopback only. Without ``port`` it is the usual one, or any that is free where there is no
    proxy that has to know it.
    """

    port: int | None = None
    host: str = LOOPBACK
    proxy: ProxySettings | None = None


def serve(folder: Path, where: Listening, languages: Mapping[str, Words], tell: Callable[[str], object]) -> None:
    """Serve the workbench of ``folder`` until it is interrupted; ``tell`` gets the address to open.

    Raises:
        UsageError: the port is taken, or the host is not an address of this machine.
        OutputError: the folder cannot be created.
    """
    assert where.proxy is not None or where.host == LOOPBACK
    with (
        _listening(where) as listener,
        closing(StandingWorkers(count := max(2, cores()) + 1, LIMITS, warm)) as workers,
    ):
        taken = listener.getsockname()[1]
        access, address = _access(where, taken)
        app = application(folder, access, languages, workers)
        for _ in range(count):
            workers.start(len, "")  # the first page need not wait for its worker
        tell(address)
        config = uvicorn.Config(
            app, access_log=False, log_level="critical", server_header=False, date_header=False, proxy_headers=False,
            lifespan="off", timeout_graceful_shutdown=2, http="h11", h11_max_incomplete_event_size=16 << 10, ws="none",
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listener])


def _access(where: Listening, port: int) -> tuple[Access, str]:
    """Who is let in, and the address that they open."""
    if where.proxy is not None:
        return ProxyAccess(where.proxy), f"{where.proxy.address}/"
    access = TokenAccess(new_token(), frozenset(f"{name}:{port}" for name in (LOOPBACK, "localhost")))
    return access, f"http://{LOOPBACK}:{port}/?token={access.token}"


def _listening(where: Listening) -> socket.socket:
    """Return a socket at the address."""
    ports = (where.port,) if where.port is not None else (USUAL_PORT,) if where.proxy else (USUAL_PORT, 0)
    try:
        family = socket.AF_INET6 if ip_address(where.host).version == 6 else socket.AF_INET
    except ValueError:
        hint = "如 0.0.0.0（本机的全部地址）"
        raise UsageError("地址 {host} 不是 IP 地址", hint, host=where.host[:80]) from None
    for wanted in ports:
        with suppress(OSError, OverflowError):
            return socket.create_server((where.host, wanted), family=family, backlog=128, reuse_port=False)
    message = "端口 {port} 用不了（{host}）：已被占用、没有权限，或不是本机的地址"
    raise UsageError(message, "换一个 --port 再试", host=where.host, port=str(ports[0]))
