"""Recognise official tables in grids of cells: title, unit, heads, codes, hierarchy, totals (``docs/excel-in.md``)."""
