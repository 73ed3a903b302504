"""The temporary files of one run in a folder, told apart from those of dead runs.

A run holds a lock file as long as it lives; its other temporary files carry the same token. The system drops the
lock with the process, however that ends, so a lock that can be had belongs to a dead run and its files may go.
Process numbers would not do: they are used again, and mean nothing on a shared drive.
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
def claim(folder: Path) -> Iterator[str]:
    """Take a token in ``folder``: :func:`temporary` names with it are this run's, and gone when it is done.

    What dead runs left in the folder is removed first.

    Raises:
        OSError: no file can be made in the folder.
    """
    sweep(folder)
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


def temporary(folder: Path, token: str, number: int, kind: str) -> Path:
    """The temporary file ``number`` of a run: ``part`` is a new file in the making, ``old`` what it will replace."""
    return folder / f".reportgen-{token}.{number}.{kind}"


def sweep(folder: Path) -> None:
    """Remove what dead runs left; what a living one holds stays, and so does what cannot be removed."""
    with contextlib.suppress(OSError):
        names = os.listdir(folder)
        for token in {match[1] for name in names if (match := _OURS.fullmatch(name))}:
            with contextlib.suppress(OSError):
                _remove_if_dead(folder, token)


def _remove_if_dead(folder: Path, token: str) -> None:
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
    """A new token and the open lock file that stands for it."""
    while True:
        token = os.urandom(8).hex()
        path = _lock_file(folder, token)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        if _is_held(lock, path):
            return token, lock
        os.close(lock)


def _is_held(lock: int, path: Path) -> bool:
    """Whether the lock is ours: between its making and its locking another run may have swept it away."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(lock).st_ino == path.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        return False
    except OSError:  # a file system without locks: nobody can sweep there either
        return True


def _remove(folder: Path, token: str) -> None:
    """Every file of the token but its lock, which goes last: files without a lock are known to be dead."""
    for path in folder.glob(f".reportgen-{token}.*.*"):
        with contextlib.suppress(OSError):
            path.unlink()


def _lock_file(folder: Path, token: str) -> Path:
    return folder / f".reportgen-{token}.lock"
