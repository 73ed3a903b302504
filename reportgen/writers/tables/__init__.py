"""Table layout that all formats share: text roles, row heights, column widths, estimates without font metrics."""
