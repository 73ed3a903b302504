"""Text to lines of type: line breaking, table cells, column widths. Nothing here is on a page yet."""
