"""The HTML writer: the document as one page for a web site, complete in itself, without script.

The page has the words of the document and none of its own. Each figure has its name as ``id``
(:mod:`reportgen.tree.figure_ids`), so an address that ends in ``#name`` opens at it. Printed, it is A4.
"""

from __future__ import annotations

from ...tree.nodes import Document
from ...tree.readback import ReadDocument
from ...tree.style import Style

__all__ = ["SUFFIX", "read_back", "write"]

SUFFIX = ".html"


def write(document: Document, style: Style) -> bytes:
    """Return the page in UTF-8, the same bytes for the same ``document`` and ``style``.

    Raises:
        ValueError: a text has a character that no mark-up can have, two blocks share an id, a contents entry has no
            target, the spans of a table do not close. The message names the block.
    """
    from .page import page

    return page(document, style).encode("utf-8")


def read_back(payload: bytes) -> ReadDocument:
    """Return what the page shows.

    Raises:
        Exception: it is no page of the kind that this writer makes.
    """
    from .readback import read_back

    return read_back(payload)
