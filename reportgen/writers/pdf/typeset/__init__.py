"""Blocks of the document to lines of type and table cells, which are not on a page yet."""
