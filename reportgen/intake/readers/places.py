"""Places in a published document, as messages name them (`docs/audit.md`); all numbers count from 1."""

from __future__ import annotations


def cell_place(page: int, table: int, row: int, column: int) -> str:
    """Return the place of a cell of a page's table.

    >>> cell_place(12, 1, 3, 4), cell_place(12, 2, 3, 4)
    ('第 12 页第 3 行第 4 列', '第 12 页第 2 个表第 3 行第 4 列')
    """
    if table == 1:
        return f"第 {page} 页第 {row} 行第 {column} 列"
    return f"第 {page} 页第 {table} 个表第 {row} 行第 {column} 列"


def row_place(page: int, table: int, row: int) -> str:
    """Return the place of a row of a page's table."""
    return f"第 {page} 页第 {row} 行" if table == 1 else f"第 {page} 页第 {table} 个表第 {row} 行"


def above_place(page: int, table: int, line: int, piece: int) -> str:
    """Return the place of a piece of a line above a page's table; ``piece`` is 0 for the only one."""
    if table > 1:
        where = f"第 {page} 页第 {table} 个表表题第 {line} 行"
        return f"第 {page} 页第 {table} 个表表题第 {line} 行第 {piece} 列" if piece else where
    where = f"第 {page} 页表题第 {line} 行"
    return f"第 {page} 页表题第 {line} 行第 {piece} 列" if piece else where


def paragraph_place(page: int, paragraph: int) -> str:
    """Return the place of a paragraph of a page; of the whole file where ``page`` is 0."""
    return f"第 {page} 页第 {paragraph} 段" if page else f"第 {paragraph} 段"


def pages_name(first: int, last: int) -> str:
    """Return what the table on these pages is called."""
    return f"第 {first} 页" if first == last else f"第 {first}—{last} 页"


def table_name(table: int) -> str:
    """Return what a table of a file without pages is called."""
    return f"第 {table} 个表"


def table_cell_place(table: int, row: int, column: int) -> str:
    """Return the place of a cell in a file without pages."""
    return f"第 {table} 个表第 {row} 行第 {column} 列"


def caption_place(table: int, line: int) -> str:
    """Return the place of a line of a table's caption in a file without pages."""
    return f"第 {table} 个表表题第 {line} 行"
