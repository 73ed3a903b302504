"""What one run worked out and the next may read: plain bytes in the user's cache folder, found by their key.

A key names the content that the payload was made from (its digest, and the version of the code that made it), so an
entry is never out of date, only unused. Everything may be lost at any moment: a folder that is missing, full, damaged,
read-only or someone else's is the same as an empty one, and no function here raises.

Payloads must be plain data (numbers, text, JSON): never code and nothing that constructs objects when read. An entry
is read only if it is this user's own, no other user can write it, and its digest fits its key and its payload.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from hashlib import blake2b
from pathlib import Path

VARIABLE = "REPORTGEN_CACHE"
"""In the environment: another folder for the cache, or ``off`` (or nothing) for none."""
OFF = ("", "0", "no", "off")
MOST_ENTRIES = 64
"""Above this many, the oldest go."""
LARGEST = 64 * 1024 * 1024
"""Bytes of one entry."""

_DIGEST = 32

_enabled = False


def enable() -> None:
    """Let this process use the cache in the user's folder; the command line and its workers do.

    Until then only a folder named by :data:`VARIABLE` is used: a library must not write where it was not told to.
    """
    global _enabled
    _enabled = True


def folder() -> Path | None:
    """Where entries are, whether it exists or not; None where there is no cache."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return None if given.strip().lower() in OFF else Path(given)
    if not _enabled:
        return None
    try:
        return _users() / "reportgen"
    except RuntimeError:  # a user without a home
        return None


def load(key: str) -> bytes | None:
    """The payload saved under ``key``, or None: nothing is there, or nothing that can be trusted."""
    where = folder()
    if where is None:
        return None
    try:
        with (where / _name(key)).open("rb") as file:
            whole = file.read(LARGEST + 1) if _only_ours(os.fstat(file.fileno())) else b""
    except (OSError, ValueError):
        return None
    payload = whole[_DIGEST:]
    return payload if whole[:_DIGEST] == _seal(key, payload) else None


def save(key: str, payload: bytes) -> None:
    """Keep ``payload`` under ``key``: the whole of it in one step, or nothing. Runs that write at once do no harm."""
    where = folder()
    if where is None or len(payload) + _DIGEST > LARGEST:
        return
    with contextlib.suppress(OSError, ValueError):
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _only_ours(where.stat()):
            _put(where / _name(key), _seal(key, payload) + payload)
            _tidy(where)


def _users() -> Path:
    """The folder in which this system keeps a user's caches."""
    if sys.platform == "win32":
        given, usual = os.environ.get("LOCALAPPDATA", ""), Path("AppData", "Local")
    elif sys.platform == "darwin":
        given, usual = "", Path("Library", "Caches")
    else:
        given, usual = os.environ.get("XDG_CACHE_HOME", ""), Path(".cache")
    return Path(given) if os.path.isabs(given) else Path.home() / usual


def _name(key: str) -> str:
    return f"{blake2b(key.encode(), digest_size=16).hexdigest()}.kept"


def _seal(key: str, payload: bytes) -> bytes:
    return blake2b(payload, digest_size=_DIGEST, key=blake2b(key.encode(), digest_size=32).digest()).digest()


def _only_ours(status: os.stat_result) -> bool:
    """Whether a file or folder is this user's and no other can write it; Windows guards a user's folders itself."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _put(place: Path, content: bytes) -> None:
    handle, part = tempfile.mkstemp(suffix=".part", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(part, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


def _tidy(where: Path) -> None:
    """Let the oldest entries go, and what a dead run left half written."""
    names = [name for name in os.listdir(where) if name.endswith((".kept", ".part"))]
    if len(names) > MOST_ENTRIES:
        by_age = sorted((where / name for name in names), key=lambda path: path.stat().st_mtime)
        for path in by_age[: len(names) - MOST_ENTRIES]:
            path.unlink(missing_ok=True)
