"""The files of a document: what each has to show, its bytes, and what differs when they are read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..core.finding import Finding
from ..manifest.content_keys import document_key, style_key
from ..manifest.hashes import of_bytes
from ..tracing import Tracer, annex
from ..tree.nodes import Document, Table
from ..tree.style import PROSE_PAGE, Style
from ..verify import compare
from ..writers import read_back, writer
from .report import Prepared

SOURCES = "sources"
"""The name under which the workbook of sources is asked for like a format."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to be made: its ``name``, the ``format`` that was asked for, the writer that makes it, what it shows."""

    name: str
    format: str
    writer: str
    document: Document


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """The bytes of a file, not saved yet, and a finding for each difference from its document."""

    output: OutputFile
    payload: bytes
    findings: tuple[Finding, ...]


def document_files(prepared: Prepared, formats: Iterable[str]) -> Iterator[OutputFile]:
    """Yield the files of these ``formats``, not written yet."""
    for name in formats:
        if name == SOURCES:
            yield output_file(_sources_document(prepared), name, "xlsx", "-数字出处")
        else:
            yield output_file(prepared.document, name, name)


def output_file(document: Document, name: str, writer_name: str, suffix: str = "") -> OutputFile:
    """Return the file of ``document`` for the format ``name``; ``suffix`` is added to the document's file name."""
    return OutputFile(f"{document.slug}{suffix}{writer(writer_name).SUFFIX}", name, writer_name, document)


def write_file(output: OutputFile, style: Style) -> WrittenFile:
    """Write a file, read it back and compare it with its document."""
    payload = writer(output.writer).write(output.document, style)
    differences = compare(output.document, read_back(output.writer, payload), output.name)
    return WrittenFile(output, payload, tuple(differences))


def content_key(document: Document, style: Style, fingerprint: Mapping[str, str], blocks: Mapping[str, str]) -> str:
    """Return a key of all that the files of ``document`` show: its words and figures, its style, typefaces, program.

    ``blocks`` are the keys of its blocks, ``fingerprint`` is that of what the files depend on.
    """
    visible = [digest for part, digest in fingerprint.items() if _is_visible(part)]
    return "\n".join((document_key(document, blocks), style_key(style), *visible))


def file_key(output: OutputFile, content: str) -> str:
    """Return the key of a file whose document has the key ``content``: equal keys, equal bytes."""
    return of_bytes(f"{output.writer}\n{content}".encode())


def _is_visible(part: str) -> bool:
    """Whether a part of the fingerprint shows in files other than through the document."""
    return part == "program" or part.startswith("font:")


def _sources_document(prepared: Prepared) -> Document:
    """The table of sources, on the page setup of the document's own tables, if it has any."""
    document = prepared.document
    page = next((page for page, block in document.blocks_with_page() if isinstance(block, Table)), PROSE_PAGE)
    return annex(Tracer(prepared.facts, document), document, page)
