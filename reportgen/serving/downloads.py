"""Answers that a browser saves as a file."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from starlette.requests import Request
from starlette.responses import Response

from ..bulk.publication import PATTERN, PROJECT_PATTERN

TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


def download(name: str, payload: bytes) -> Response:
    """Return a file to be saved as ``name`` (RFC 6266): it is never shown within the workbench."""
    suffix = name[name.rfind(".") :]
    disposition = f"attachment; filename=\"file{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
    media = TYPES.get(suffix, "application/octet-stream")
    return Response(payload, media_type=media, headers={"content-disposition": disposition})


def patterns(request: Request) -> tuple[str, str]:
    """Return the patterns of the names in a package: of documents, and of the tables of single projects."""
    asked = request.query_params
    return asked.get("pattern") or PATTERN, asked.get("project_pattern") or PROJECT_PATTERN


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP archive; the same files give the same bytes."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, payload in files.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, payload)
    return target.getvalue()
