"""What table layout has in common in all formats: sizes, heights and widths estimated without font metrics."""
