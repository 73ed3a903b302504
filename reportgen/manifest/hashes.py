"""Hashes of bytes, files and groups of files: SHA-256 in hexadecimal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from ..core import cache as disk_cache
from ..core.file_stamp import Stamp, are_settled, stamp_of
from ..core.stored_data import open_regular

PACKAGE = Path(__file__).resolve().parent.parent


def of_bytes(payload: bytes) -> str:
    """Return the hash of ``payload``."""
    return hashlib.sha256(payload).hexdigest()


def fingerprint_hash(fingerprint: Mapping[str, str]) -> str:
    """Return a fingerprint (:mod:`.fingerprint`) as one hash."""
    return of_bytes(json.dumps(fingerprint, sort_keys=True).encode())


def of_file(path: Path) -> str:
    """Return the hash of a file's contents, or ``""`` if it cannot be read."""
    try:
        with open_regular(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def of_stamped(paths: Iterable[Path]) -> list[str]:
    """Return the hashes of files that rarely change, cached for this run and the next ones."""
    return list(_of_stamped(tuple(map(stamp_of, paths))))


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """Return one hash of files: their names below ``root`` and their contents, in order of the names."""
    listed = sorted(paths)
    named = sorted(zip((path.relative_to(root).as_posix() for path in listed), of_stamped(listed), strict=True))
    return of_bytes("".join(f"{name}\0{digest}\n" for name, digest in named).encode())


@cache
def of_program() -> str:
    """Return the hash of this program's source, as it is on the disk at the first call."""
    return of_files(PACKAGE, (path for path in PACKAGE.rglob("*.py") if "_shipped" not in path.parts))


@lru_cache(maxsize=64)
def _of_stamped(stamps: tuple[Stamp, ...]) -> tuple[str, ...]:
    """Look the hashes up in the cache of earlier runs; typefaces are some 40 MB to read."""
    key = f"hashes 1 {stamps}"
    if (known := disk_cache.load(key)) is not None:
        return tuple(json.loads(known))
    digests = tuple(of_file(Path(name)) for name, *_ in stamps)
    if all(digests) and are_settled(stamps):
        disk_cache.save(key, json.dumps(digests).encode())
    return digests
