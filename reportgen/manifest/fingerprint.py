"""Fingerprints: hashes of everything that a document's files depend on.

These are its data, last year's data, the layout, the codes, the typefaces and the program. Equal fingerprints give
equal files. Findings may depend on any part, so fingerprints are compared as a whole, for every format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..budget.codes import book_folder
from ..layout.spec import Layout
from ..tree.style import Style
from .hashes import of_bytes, of_files, of_program, of_stamped

Fingerprint = Mapping[str, str]
"""Names to hashes: ``data``, ``last`` ("" for none), ``layout``, ``codes``, ``program``, ``font:<file name>``."""


def fingerprint(payload: bytes, last: bytes | None, layout: Layout, year: int) -> Fingerprint:
    """Return the fingerprint of a document from its JSON, last year's, its layout and its year."""
    return document_fingerprint(payload, last, year, layout_fingerprint(layout))


def layout_fingerprint(layout: Layout) -> Fingerprint:
    """Return the parts that all documents of a layout share: layout, program, typefaces."""
    fonts = sorted(set(_fonts(layout.style)))
    digests = {f"font:{file.name}": digest for file, digest in zip(fonts, of_stamped(fonts), strict=True)}
    return {"layout": _layout(layout), "program": of_program(), **digests}


def document_fingerprint(
    payload: bytes, last: bytes | None, year: int, common: Fingerprint, initial: bytes | None = None
) -> Fingerprint:
    """Return the fingerprint of a document; ``common`` is the :func:`layout_fingerprint` of its layout.

    ``initial`` is the JSON of the budget that final accounts were compared with.
    """
    own = {"data": of_bytes(payload), "last": "" if last is None else of_bytes(last), "codes": _codes(year)}
    own |= {} if initial is None else {"initial": of_bytes(initial)}
    return {**own, **common}


def _layout(layout: Layout) -> str:
    """The hash of all files of a layout; their folders' paths do not matter."""
    files = [
        (folder, path) for folder in layout.folders for path in folder.rglob("*") if path.suffix in (".yaml", ".j2")
    ]
    parts = [of_files(folder, [path for owner, path in files if owner == folder]) for folder in layout.folders]
    return of_bytes("\n".join((layout.name, *parts)).encode("utf-8", "surrogateescape"))


def _codes(year: int) -> str:
    """The hash of the code book that is used for the year."""
    folder = book_folder(year)
    return of_files(folder.parent, folder.glob("*.csv"))


def _fonts(style: Style) -> Iterator[Path]:
    yield from (face.file for face in style.faces.values())
    yield style.fallback.file
