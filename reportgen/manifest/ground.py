"""What a document's files stand on: its data, last year's, the layout, the code book, the typefaces, the program.

A :class:`Ground` holds a hash of each. Two builds on equal grounds make equal files; a ground that differs in one name
says what changed. Findings may be of anything in it, so it is equal or it is not: no part is left out for a format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..budget.codes import book_folder
from ..layout.spec import Layout
from ..tree.style import Style
from .hashes import of_bytes, of_files, of_program, of_stamped

Ground = Mapping[str, str]
"""Names to hashes: ``data``, ``last`` ("" for none), ``layout``, ``codes``, ``program``, ``font:<file name>``."""


def ground(payload: bytes, last: bytes | None, layout: Layout, year: int) -> Ground:
    """The ground of a document: its JSON as read, last year's, its layout as loaded, its year."""
    return beneath(payload, last, year, of_layout(layout))


def of_layout(layout: Layout) -> Ground:
    """What all documents of one layout have in common: the part of the ground that many can share."""
    fonts = sorted(set(_fonts(layout.style)))
    digests = {f"font:{file.name}": digest for file, digest in zip(fonts, of_stamped(fonts), strict=True)}
    return {"layout": _layout(layout), "program": of_program(), **digests}


def beneath(payload: bytes, last: bytes | None, year: int, common: Ground) -> Ground:
    """The ground of a document, given what :func:`of_layout` says of its layout."""
    own = {"data": of_bytes(payload), "last": "" if last is None else of_bytes(last), "codes": _codes(year)}
    return {**own, **common}


def _layout(layout: Layout) -> str:
    """Everything the layout was read from; where it lies does not matter."""
    files = [
        (folder, path) for folder in layout.folders for path in folder.rglob("*") if path.suffix in (".yaml", ".j2")
    ]
    parts = [of_files(folder, [path for owner, path in files if owner == folder]) for folder in layout.folders]
    return of_bytes("\n".join((layout.name, *parts)).encode())


def _codes(year: int) -> str:
    """The code book that the year finds: a book of its own that appears later is another one."""
    folder = book_folder(year)
    return of_files(folder.parent, folder.glob("*.csv"))


def _fonts(style: Style) -> Iterator[Path]:
    yield from (face.file for face in style.faces.values())
    yield style.fallback.file
