"""The temporary files of a run in a folder, and the removal of those that ended runs left.

A run holds a lock file while it lasts; the names of its other temporary files have the same token. The system releases
the lock when the process ends, in whatever way, so a lock that can be acquired belongs to a run that has ended, and its
files can be removed. Process numbers cannot serve: they are reused, and mean nothing on a shared drive.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_OURS = re.compile(r"\.reportgen-([0-9a-f]{16})\.(?:lock|[0-9]+\.(?:part|old))")


@contextlib.contextmanager
def run_token(folder: Path) -> Iterator[str]:
    """Yield a token for the names of this run's temporary files in ``folder``; they are removed at the end.

    What ended runs left in the folder is removed first.

    Raises:
        OSError: no file can be created in the folder.
    """
    remove_leftovers(folder)
    token, lock = _locked(folder)
    try:
        yield token
    finally:
        _remove(folder, token)
        if sys.platform == "win32":
            os.close(lock)  # Windows removes no open file
        with contextlib.suppress(OSError):
            _lock_file(folder, token).unlink()
        if sys.platform != "win32":
            os.close(lock)


@contextlib.contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold ``folder`` against other runs that do the same, waiting for them; for reading a file and writing it again.

    The folder itself is locked, so no file is left. Where the system cannot lock a folder nothing is held.
    """
    handle = -1
    with contextlib.suppress(OSError):
        if sys.platform != "win32":
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def temporary(folder: Path, token: str, number: int, kind: str) -> Path:
    """Return the path of a temporary file: ``part`` is a new file being written, ``old`` a backup of the old file."""
    return folder / f".reportgen-{token}.{number}.{kind}"


def remove_leftovers(folder: Path) -> None:
    """Remove what ended runs left; files of runs that last, and files that cannot be removed, stay."""
    with contextlib.suppress(OSError):
        names = os.listdir(folder)
        for token in {match[1] for name in names if (match := _OURS.fullmatch(name))}:
            with contextlib.suppress(OSError):
                _remove_if_ended(folder, token)


def _remove_if_ended(folder: Path, token: str) -> None:
    path = _lock_file(folder, token)
    if sys.platform == "win32":
        path.unlink(missing_ok=True)  # refused while its owner has it open
        _remove(folder, token)
        return
    if not path.exists():
        _remove(folder, token)
        return
    lock = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(folder, token)
        path.unlink(missing_ok=True)
    finally:
        os.close(lock)


def _locked(folder: Path) -> tuple[str, int]:
    """Return a new token and the descriptor of its locked file."""
    while True:
        token = os.urandom(8).hex()
        path = _lock_file(folder, token)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        if _is_held(lock, path):
            return token, lock
        os.close(lock)


def _is_held(lock: int, path: Path) -> bool:
    """Lock the file and return whether it still exists: another run may have removed it before it was locked."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(lock).st_ino == path.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        return False
    except OSError:  # a file system without locks: no other run can acquire it either
        return True


def _remove(folder: Path, token: str) -> None:
    """Remove every file of the token but its lock, which is removed last: files without a lock belong to ended runs."""
    for path in folder.glob(f".reportgen-{token}.*.*"):
        with contextlib.suppress(OSError):
            path.unlink()


def _lock_file(folder: Path, token: str) -> Path:
    return folder / f".reportgen-{token}.lock"
