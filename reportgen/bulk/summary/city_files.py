"""The files of the city's document: composed, written, read back, compared and saved like those of a department.

Files that are current are not made again, files that were edited by hand are not replaced (:mod:`...pipeline`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...compose import compose
from ...core.finding import Finding
from ...core.version import __version__
from ...facts.city import City, city_facts
from ...manifest import NAME, record
from ...manifest.content_keys import block_keys
from ...manifest.fingerprint import Fingerprint, document_fingerprint
from ...manifest.freshness import current_files, entries_made_from
from ...manifest.hashes import fingerprint_hash
from ...pipeline import LoadedLayout, OutputStorage
from ...pipeline.output_files import content_key, file_key, output_file, write_file
from ...pipeline.output_folder import BuildInputs, OutputFolder
from ...pipeline.state_folder import StateRecords
from ...tree.nodes import Document
from ...writers import default_formats

Made = tuple[tuple[str, ...], tuple[Finding, ...]]
"""The names of the files, and what differs when one is read back: then none is saved."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What the files are made from."""

    city: City
    payload: bytes
    layout: LoadedLayout

    @property
    def fingerprint(self) -> Fingerprint:
        return document_fingerprint(self.payload, None, self.city.year, self.layout.fingerprint)

    def document(self) -> Document:
        """Return the composed document.

        Raises:
            TypesettingError: no typeface has a character of it.
        """
        from ...writers.glyph_check import check_characters
        from ...writers.page_numbers import with_page_numbers
        from ...writers.page_widths import with_wide_pages

        layout = self.layout.layout
        document = with_wide_pages(compose(city_facts(self.city, layout.printing), layout), layout.style)
        check_characters(document, layout.style)
        return with_page_numbers(document, layout.style)

    def inputs(self, document: Document) -> BuildInputs:
        return BuildInputs(
            None, self.payload, None, self.fingerprint, __version__, self.city.year, (), block_keys(document)
        )


def save_files(
    city: City, payload: bytes, layout: LoadedLayout, storage: OutputStorage, states: StateRecords,
    formats: Sequence[str], force: bool,
) -> Made:  # fmt: skip
    """Make the files of ``city``, whose plain data is ``payload``, in ``storage``; the default ``formats`` if none.

    Raises:
        TypesettingError, OutputError: they cannot be made or saved, or one was edited by hand.
    """
    source, formats = _Source(city, payload, layout), formats or default_formats()
    if not force and (names := _current(source, storage, formats)):
        return tuple(names), ()
    document = source.document()
    inputs, folder, style = source.inputs(document), OutputFolder(storage, document.slug, states), layout.layout.style
    content = content_key(document, style, inputs.fingerprint, inputs.blocks)
    files = {file_key(file, content): file for file in (output_file(document, name, name) for name in formats)}
    kept = [file.name for key, file in files.items() if not force and folder.is_current(file.name, key)]
    written = {key: write_file(file, style) for key, file in files.items() if file.name not in kept}
    if differences := tuple(finding for file in written.values() for finding in file.findings):
        return (), differences
    if not force:
        folder.refuse_edited(written.values())
    folder.save(inputs, kept, written)
    return tuple(file.name for file in files.values()), ()


def _current(source: _Source, storage: OutputStorage, formats: Sequence[str]) -> list[str] | None:
    """Return the names of the files if all are current; else None."""
    now = fingerprint_hash(source.fingerprint)
    entries = entries_made_from(record.parse(storage.read(NAME)), source.payload)
    return next((names for _, entry in entries if (names := current_files(entry, formats, now, storage.digest))), None)
