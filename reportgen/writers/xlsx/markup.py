"""SpreadsheetML from strings: how addresses are written (ECMA-376 part 1 (transitional), §18).

Written as text, because an object for each cell costs ten times as much. Every text of the document goes
through :mod:`.cells` or :func:`.opc.escaped`; orders of elements follow the schema.
"""

from __future__ import annotations

from functools import lru_cache

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The namespace of a workbook's parts."""


@lru_cache(maxsize=256)
def letters(column: int) -> str:
    """Return the letters of a column, counted from 1.

    >>> letters(1), letters(27), letters(702)
    ('A', 'AA', 'ZZ')
    """
    above, digit = divmod(column - 1, 26)
    return (letters(above) if above else "") + chr(ord("A") + digit)


def quoted(sheet: str) -> str:
    """Return the name of a sheet as it is written before the ``!`` of a reference.

    >>> quoted("表01 o'x")
    "'表01 o''x'"
    """
    return "'" + sheet.replace("'", "''") + "'"
