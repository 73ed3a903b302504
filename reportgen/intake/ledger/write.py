"""Write the documents of a ledger into a folder that ``bulk`` takes as it is: one JSON file of each department."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...core.errors import OutputError
from ...core.files import save_all
from .ledger import LedgerImport, documents_of

_PLAIN = json.JSONEncoder(ensure_ascii=False, default=lambda value: f"{value:f}").encode


def write_documents(imported: LedgerImport, folder: Path) -> list[Path]:
    """Write a document of each department as ``<code>.json``, all or none; return their paths.

    Raises:
        OutputError: the folder cannot be written, or there is nothing to write because a finding is an error.
    """
    if not imported.documents:
        raise OutputError("没有可写的部门：先改正明细账里的错误")
    if folder.is_file():
        message, hint = "{path} 是一份文件；明细账写成一个文件夹，一个部门一份", "给 -o 一个文件夹的名称"
        raise OutputError(message, hint, path=str(folder))
    return save_all(folder, {name: document_payload(data) for name, data in documents_of(imported)})


def document_payload(data: Mapping[str, Any]) -> bytes:
    """Return a document as JSON in UTF-8, a record to a line; an exact number keeps its digits as text."""
    return ("".join(_lines(data)) + "\n").encode("utf-8", "surrogatepass")


def _lines(value: Mapping[str, Any]) -> Iterator[str]:
    yield "{"
    for n, (name, one) in enumerate(value.items()):
        yield f"{',' if n else ''}\n  {_PLAIN(name)}: "
        if isinstance(one, list) and one:
            yield "[\n    " + ",\n    ".join(_PLAIN(record) for record in one) + "\n  ]"
        else:
            yield _PLAIN(one)
    yield "\n}"
