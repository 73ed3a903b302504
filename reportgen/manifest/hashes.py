"""Hashes of bytes, files and folders: SHA-256 in hexadecimal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def of_bytes(payload: bytes) -> str:
    """The hash of ``payload``."""
    return hashlib.sha256(payload).hexdigest()


def of_file(path: Path) -> str:
    """The hash of a file's contents, or ``""`` when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def of_stamped(path: Path) -> str:
    """The same for what is asked for again and again: a file is read anew when its size or time of change differs."""
    try:
        stamp = path.stat()
    except OSError:
        return ""
    return _of_stamped(path, stamp.st_size, stamp.st_mtime_ns)


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """One hash over files: their names below ``root`` and their contents, in order of the names."""
    named = sorted((path.relative_to(root).as_posix(), of_stamped(path)) for path in paths)
    return of_bytes("".join(f"{name}\0{digest}\n" for name, digest in named).encode())


@cache
def of_program() -> str:
    """The hash of this program's own source, as it lies on the disk when first asked for."""
    return of_files(PACKAGE, (path for path in PACKAGE.rglob("*.py") if "_shipped" not in path.parts))


@lru_cache(maxsize=512)
def _of_stamped(path: Path, size: int, changed: int) -> str:
    return of_file(path)
