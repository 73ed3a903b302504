"""Run the workbench on this machine: an address that only its user knows, until it is interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import uvicorn

from ..core.errors import UsageError
from .access import Access, new_token
from .app import application
from .words import Words

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8765


def default_folder() -> Path:
    """Return the folder of documents where none is given."""
    return Path.home() / "Documents" / "reportgen"


def serve(folder: Path, port: int | None, languages: Mapping[str, Words], tell: Callable[[str], object]) -> None:
    """Serve the workbench of ``folder`` until it is interrupted; ``tell`` gets the address with the token.

    Without ``port`` it is the usual one, or any that is free.

    Raises:
        UsageError: the port is taken.
        OutputError: the folder cannot be created.
    """
    with _listening(port) as listener:
        taken = listener.getsockname()[1]
        hosts = frozenset(f"{name}:{taken}" for name in (LOOPBACK, "localhost"))
        access = Access(new_token(), hosts)
        app = application(folder, access, languages)
        tell(f"http://{LOOPBACK}:{taken}/?token={access.token}")
        config = uvicorn.Config(
            app, access_log=False, log_level="critical", server_header=False, date_header=False, proxy_headers=False,
            lifespan="off", timeout_graceful_shutdown=2, h11_max_incomplete_event_size=16 << 10,
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int | None) -> socket.socket:
    """Return a socket that this machine only can reach."""
    for wanted in (USUAL_PORT, 0) if port is None else (port,):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.bind((LOOPBACK, wanted))
            listener.listen(128)
            return listener
        except OSError:
            listener.close()
    raise UsageError("端口 {port} 用不了：已被占用，或没有权限", "不写 --port，由系统选", port=str(port))
