"""The text role in which the cells of a table row are set."""

from __future__ import annotations

from ...tree.nodes import RowRole

_TEXT_ROLES: dict[RowRole, str] = {"head": "table-head", "number": "table-number", "total": "table-total"}


def text_role(row_role: RowRole) -> str:
    """Return the role of :class:`~reportgen.tree.style.Style` for the cells of a row.

    >>> text_role("total"), text_role("subtotal"), text_role("item")
    ('table-total', 'table-cell', 'table-cell')
    """
    return _TEXT_ROLES.get(row_role, "table-cell")
