"""Hashes of bytes, files and folders: SHA-256 in hexadecimal."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from ..core import cache as kept

PACKAGE = Path(__file__).resolve().parent.parent
SETTLED = 2.0
"""Seconds. What was changed a shorter time ago may change again without another stamp: clocks of files tick slowly."""

Stamp = tuple[str, int, int, int, int]
"""A file's path, size, time of writing, time of change and number: the same as long as nobody touches it."""


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


def of_stamped(paths: Iterable[Path]) -> list[str]:
    """The same of files that are asked for again and again, by this run and the next: read anew when touched."""
    return list(_of_stamped(tuple(map(_stamp, paths))))


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """One hash over files: their names below ``root`` and their contents, in order of the names."""
    listed = sorted(paths)
    named = sorted(zip((path.relative_to(root).as_posix() for path in listed), of_stamped(listed), strict=True))
    return of_bytes("".join(f"{name}\0{digest}\n" for name, digest in named).encode())


@cache
def of_program() -> str:
    """The hash of this program's own source, as it lies on the disk when first asked for."""
    return of_files(PACKAGE, (path for path in PACKAGE.rglob("*.py") if "_shipped" not in path.parts))


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return (str(path), 0, 0, 0, 0)
    return (str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _changed(stamp: Stamp) -> int:
    return stamp[3]


@lru_cache(maxsize=64)
def _of_stamped(stamps: tuple[Stamp, ...]) -> tuple[str, ...]:
    """Looked up among what earlier runs found; typefaces are some 40 MB to read."""
    key = f"hashes 1 {stamps}"
    if (known := kept.load(key)) is not None:
        return tuple(json.loads(known))
    found = tuple(of_file(Path(name)) for name, *_ in stamps)
    if all(found) and max(map(_changed, stamps), default=0) < (time.time() - SETTLED) * 1e9:
        kept.save(key, json.dumps(found).encode())
    return found
