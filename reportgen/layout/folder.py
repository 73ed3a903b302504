"""One folder of a layout: its YAML files, their content, and whether they have changed since they were read.

The content is cached twice: in the process, and as JSON in the user's cache, so that most runs need no YAML reader.
A file that is changed, added or deleted has another :func:`stamp`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

from ..core import cache
from ..core.errors import LayoutError, os_error_reason
from ..core.paths import shipped
from .limits import YAML_BYTES
from .yaml_mapping import Mapping

LAYOUT, STYLE, TABLES, CHARTS = "layout.yaml", "style.yaml", "tables", "charts"
DEFAULTS = "defaults.yaml"
"""Beside the folders of the shipped layouts: which of them documents of a stage have by default."""
PLAIN = (str, int, float, bool, type(None))
MOST_VALUES = 100_000
"""Of one folder, in the cache: a line of YAML aliases can stand for more than a disk holds."""
_VERSION = "layout 2"
_PLACE = ""
"""The key under which the cache keeps the places of a mapping and of its names."""

Stamp = tuple[tuple[str, int, int, int, int], ...]
"""Name, time of writing, time of change, size and number of each file."""


def stamp(folder: Path, inner: tuple[str, ...] = ("", TABLES, CHARTS, "fonts")) -> Stamp:
    """Return what changes when a file in ``folder``, or in one of the folders ``inner`` below it, changes."""
    return tuple(sorted(entry for name in inner for entry in _stamped(folder / name)))


def _stamped(folder: Path) -> Iterator[tuple[str, int, int, int, int]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file():
                    status = entry.stat()
                    yield entry.path, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
    except OSError:  # no such folder: it has no files
        return


@lru_cache(maxsize=32)
def read_folder(folder: Path, now: Stamp) -> AnyMapping[str, Mapping]:
    """Return the YAML files of a layout in ``folder``, whose stamp is ``now``, by their names below it.

    Raises:
        LayoutError: one of them cannot be read, is no YAML, or no mapping.
    """
    texts = {name: _bytes(folder, name) for name in _names(folder)}
    key = _key(folder, texts)
    kept = cache.load(key)
    if kept is not None:
        found: dict[str, Mapping] = json.loads(kept, object_hook=_mapping)
        return found
    from .yaml_reader import parsed  # only for what the cache does not know

    files = {name: parsed(text, shown(folder / name)) for name, text in texts.items()}
    if payload := _payload(files):
        cache.save(key, payload)
    return files


def shown(path: Path) -> str:
    """Return a layout's file as messages name it: with the name of the layout's folder."""
    return printable("/".join(path.parts[-3 if path.parent.name in (TABLES, CHARTS, "text") else -2 :]))


def _names(folder: Path) -> list[str]:
    inner = (sorted(f"{name}/{path.name}" for path in (folder / name).glob("*.yaml")) for name in (TABLES, CHARTS))
    return [name for name in (LAYOUT, STYLE, DEFAULTS, *chain(*inner)) if (folder / name).is_file()]


def check_inside(path: Path, folders: Sequence[Path]) -> None:
    """Raise an error if a file of a layout is a link to a file outside of all ``folders``."""
    real = os.path.realpath(path)
    if not any(real.startswith(os.path.join(os.path.realpath(folder), "")) for folder in folders):
        message = "{file}：是链接，指向版式文件夹之外"
        raise LayoutError(message, "把文件本身放进版式文件夹", file=shown(path))


def printable(text: str) -> str:
    """Return a name of a file with the bytes that are not UTF-8 as codes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _bytes(folder: Path, name: str) -> bytes:
    path = folder / name
    check_inside(path, (folder, shipped("layouts")))
    try:
        with path.open("rb") as file:
            return file.read(YAML_BYTES + 1)
    except OSError as error:
        raise LayoutError(
            "{file}：读不了：{why}", "检查文件的权限", file=shown(path), why=os_error_reason(error)
        ) from None


def _key(folder: Path, texts: AnyMapping[str, bytes]) -> str:
    digest = blake2b(f"{_VERSION} {folder.name}".encode("utf-8", "surrogateescape"))
    for name, text in texts.items():
        digest.update(f"\0{name} {len(text)}\0".encode("utf-8", "surrogateescape") + text)
    return digest.hexdigest()


def _payload(files: AnyMapping[str, Mapping]) -> bytes | None:
    """Return the files as JSON, or None if JSON cannot hold them: dates, sets, too many values."""
    try:
        plain = {name: _plain(data, iter(range(MOST_VALUES))) for name, data in files.items()}
        return json.dumps(plain, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError):
        return None


def _plain(value: Any, left: Iterator[int]) -> Any:
    if next(left, None) is None:
        raise ValueError("too many values")
    if isinstance(value, Mapping) and _PLACE not in value:
        return {_PLACE: [value.place, value.places]} | {key: _plain(one, left) for key, one in value.items()}
    if type(value) is list:
        return [_plain(one, left) for one in value]
    if type(value) in PLAIN:
        return value
    raise TypeError(type(value).__name__)


def _mapping(cached: dict[str, Any]) -> Any:
    """Return an object of the cache as a mapping with its places (the outermost object has none)."""
    place = cached.pop(_PLACE, None)
    if place is None:
        return cached
    mapping = Mapping(cached)
    mapping.place, mapping.places = place
    return mapping
