"""The names of the document's own choice that a layout quotes: keys of sections, named amounts, counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from .spec import Layout

PARTS = ("sections", "named", "counts")
"""The parts of the document whose keys a layout chooses."""
_NAME = re.compile(rf"\b({'|'.join(PARTS)})\.([a-z][a-z0-9_]*|[一-鿿0-9][一-鿿A-Za-z0-9（）“”]*)")
_NOT_QUOTED = frozenset({"get", "items", "keys", "rows", "total", "values"})
_SUFFIXES = (".j2", ".yaml")


def quoted_names(layout: Layout) -> Mapping[str, tuple[str, ...]]:
    """Return for each of ``PARTS`` the names that the templates and tables of a layout quote, in their order."""
    found: dict[str, dict[str, None]] = {part: {} for part in PARTS}
    for path in _files(layout):
        for part, name in _NAME.findall(path.read_text(encoding="utf-8")):
            if name not in _NOT_QUOTED:
                found[part].setdefault(name)
    return {part: tuple(names) for part, names in found.items()}


def _files(layout: Layout) -> Iterator[Path]:
    """Yield the files of a layout, those that are replaced by nearer ones left out."""
    nearest: dict[str, Path] = {}
    for folder in layout.folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                nearest.setdefault(path.relative_to(folder).as_posix(), path)
    yield from (path for _, path in sorted(nearest.items()))
