"""Hashes of bytes, files and groups of files: SHA-256 in hexadecimal."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from ..core import cache as disk_cache

PACKAGE = Path(__file__).resolve().parent.parent
SETTLED = 2.0
"""Seconds after which a stamp identifies a file's contents: until then a change may leave it the same."""

Stamp = tuple[str, int, int, int, int]
"""A file's path, size, time of writing, time of change and number: equal as long as the file is not changed."""


def of_bytes(payload: bytes) -> str:
    """Return the hash of ``payload``."""
    return hashlib.sha256(payload).hexdigest()


def of_file(path: Path) -> str:
    """Return the hash of a file's contents, or ``""`` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def of_stamped(paths: Iterable[Path]) -> list[str]:
    """Return the hashes of files that rarely change, cached for this run and the next ones."""
    return list(_of_stamped(tuple(map(_stamp, paths))))


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """Return one hash of files: their names below ``root`` and their contents, in order of the names."""
    listed = sorted(paths)
    named = sorted(zip((path.relative_to(root).as_posix() for path in listed), of_stamped(listed), strict=True))
    return of_bytes("".join(f"{name}\0{digest}\n" for name, digest in named).encode())


@cache
def of_program() -> str:
    """Return the hash of this program's source, as it is on the disk at the first call."""
    return of_files(PACKAGE, (path for path in PACKAGE.rglob("*.py") if "_shipped" not in path.parts))


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return (str(path), 0, 0, 0, 0)
    return (str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _changed(stamp: Stamp) -> int:
    return stamp[3]


@lru_cache(maxsize=64)
def _of_stamped(stamps: tuple[Stamp, ...]) -> tuple[str, ...]:
    """Look the hashes up in the cache of earlier runs; typefaces are some 40 MB to read."""
    key = f"hashes 1 {stamps}"
    if (known := disk_cache.load(key)) is not None:
        return tuple(json.loads(known))
    digests = tuple(of_file(Path(name)) for name, *_ in stamps)
    if all(digests) and max(map(_changed, stamps), default=0) < (time.time() - SETTLED) * 1e9:
        disk_cache.save(key, json.dumps(digests).encode())
    return digests
