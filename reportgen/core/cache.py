"""A cache of computed bytes in the user's cache folder, by key; shared by the runs of a user.

A key contains the digest of the input and the version of the code, so an entry is never out of date. Entries may be
lost at any moment: a folder that is missing, full, damaged, read-only or of another user counts as empty, and no
function here raises.

Payloads are plain data (numbers, text, JSON), never code or anything that constructs objects when read. An entry is
read only if this user owns it, no other user can write it, and its digest fits its key and its payload.
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
"""Environment variable: another folder for the cache; ``off`` or an empty value turns the cache off."""
OFF = ("", "0", "no", "off")
MOST_ENTRIES = 64
"""When there are more, the oldest are removed."""
LARGEST = 64 * 1024 * 1024
"""Bytes of one entry."""

_DIGEST = 32

_enabled = False


def enable() -> None:
    """Let this process use the cache in the user's folder; the command line and its workers do.

    Until then only a folder named by :data:`VARIABLE` is used: a library must not write to folders that its caller did
    not name.
    """
    global _enabled
    _enabled = True


def folder() -> Path | None:
    """Return the folder of the entries, which need not exist; None without a cache."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return None if given.strip().lower() in OFF else Path(given)
    if not _enabled:
        return None
    try:
        return _user_caches() / "reportgen"
    except RuntimeError:  # a user without a home folder
        return None


def load(key: str) -> bytes | None:
    """Return the payload saved under ``key``, or None if there is none or it cannot be trusted."""
    where = folder()
    if where is None:
        return None
    try:
        with (where / _file_name(key)).open("rb") as file:
            whole = file.read(LARGEST + 1) if _is_private(os.fstat(file.fileno())) else b""
    except (OSError, ValueError):
        return None
    payload = whole[_DIGEST:]
    return payload if whole[:_DIGEST] == _digest(key, payload) else None


def save(key: str, payload: bytes) -> None:
    """Save ``payload`` under ``key``, completely or not at all; several runs may do so at the same time."""
    where = folder()
    if where is None or len(payload) + _DIGEST > LARGEST:
        return
    with contextlib.suppress(OSError, ValueError):
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_private(where.stat()):
            _write_atomically(where / _file_name(key), _digest(key, payload) + payload)
            _remove_oldest(where)


def _user_caches() -> Path:
    """Return the folder for the caches of a user on this system."""
    if sys.platform == "win32":
        given, usual = os.environ.get("LOCALAPPDATA", ""), Path("AppData", "Local")
    elif sys.platform == "darwin":
        given, usual = "", Path("Library", "Caches")
    else:
        given, usual = os.environ.get("XDG_CACHE_HOME", ""), Path(".cache")
    return Path(given) if os.path.isabs(given) else Path.home() / usual


def _file_name(key: str) -> str:
    return f"{blake2b(key.encode(), digest_size=16).hexdigest()}.kept"


def _digest(key: str, payload: bytes) -> bytes:
    return blake2b(payload, digest_size=_DIGEST, key=blake2b(key.encode(), digest_size=32).digest()).digest()


def _is_private(status: os.stat_result) -> bool:
    """Whether this user owns a file or folder and no other can write it; Windows protects the user's folders."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write_atomically(place: Path, content: bytes) -> None:
    handle, part = tempfile.mkstemp(suffix=".part", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(part, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


def _remove_oldest(where: Path) -> None:
    """Remove the oldest entries, and temporary files of runs that ended."""
    names = [name for name in os.listdir(where) if name.endswith((".kept", ".part"))]
    if len(names) > MOST_ENTRIES:
        by_age = sorted((where / name for name in names), key=lambda path: path.stat().st_mtime)
        for path in by_age[: len(names) - MOST_ENTRIES]:
            path.unlink(missing_ok=True)
