"""Which page has the form that an address answers: where a reader goes on from an error, or in another language."""

from __future__ import annotations

_PAGES = {"last": "upload", "initial": "upload", "pull": "upload", "accept": "check", "state": "versions",
          "layout": "preview", "edit": "wording"}  # fmt: skip
"""The addresses of the forms of a document that have another name than their page."""


def page_of(path: str) -> str:
    """Return the page of an address that only answers forms; of others the page itself, or the nearest above it.

    >>> page_of("/documents/4f0c9a12be77/accept"), page_of("/documents/4f0c9a12be77/wording"), page_of("/documents")
    ('/documents/4f0c9a12be77/check', '/documents/4f0c9a12be77/wording', '/')
    >>> page_of("/documents/4f0c9a12be77/files/1/docx"), page_of("/city/stop"), page_of("//x/audit")
    ('/documents/4f0c9a12be77', '/city', '/')
    """
    match path.split("/"):
        case ["", "documents", document, step] if document:
            return f"/documents/{document}/{_PAGES.get(step, step)}"
        case ["", "documents", document, *_] if document:
            return f"/documents/{document}"
        case ["", "city" | "audit" as part, *_]:
            return f"/{part}"
    return "/"
