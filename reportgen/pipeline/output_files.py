"""The files of a document: what each is to say, and its bytes, read back before anybody trusts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..core.finding import Finding
from ..manifest.content_keys import block_keys, document_key, look_key
from ..manifest.hashes import of_bytes
from ..trace import Tracer, annex
from ..tree.nodes import Document, Table
from ..verify import compare
from ..writers import read_back, writer
from .report import Made, Prepared

SOURCES = "sources"
"""The format, so to speak, of the annex of sources: a workbook beside the others."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be: ``format`` is what is asked for, ``writer`` makes it; ``key`` stands for all that will be in it."""

    file: str
    format: str
    writer: str
    document: Document
    key: str


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file that is not saved yet, and how it differs, read back, from what it should say."""

    output: Output
    payload: bytes
    findings: tuple[Finding, ...]


def outputs(prepared: Prepared, wanted: Iterable[str], made: Made) -> Iterator[Output]:
    """The files of the ``wanted`` formats, not written yet."""
    shown = [digest for name, digest in made.fingerprint.items() if _shows(name)]
    look = "\n".join((look_key(prepared.layout.style), *shown))
    said = document_key(prepared.document, made.blocks)
    for one in wanted:
        if one == SOURCES:
            listed = _annex(prepared)
            yield _output(listed, one, "xlsx", document_key(listed, block_keys(listed)) + look, "-数字出处")
        else:
            yield _output(prepared.document, one, one, said + look)


def write(prepared: Prepared, output: Output) -> Written:
    """The bytes of a file, and what a stranger finds in them that is not as it should be."""
    payload = writer(output.writer).write(output.document, prepared.layout.style)
    found = compare(output.document, read_back(output.writer, payload), output.file)
    return Written(output, payload, tuple(found))


def _shows(fingerprint: str) -> bool:
    """Whether a part of the fingerprint shows in files beyond what it puts into the document."""
    return fingerprint == "program" or fingerprint.startswith("font:")


def _output(document: Document, name: str, writer_name: str, content: str, part: str = "") -> Output:
    key = of_bytes(f"{writer_name}\n{content}".encode())
    return Output(f"{document.slug}{part}{writer(writer_name).SUFFIX}", name, writer_name, document, key)


def _annex(prepared: Prepared) -> Document:
    """The annex of sources, on the page of the tables."""
    document = prepared.document
    page = next(section.page for section in document.sections if any(isinstance(b, Table) for b in section.blocks))
    return annex(Tracer(prepared.facts, document), document, page)
