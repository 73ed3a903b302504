"""The document as a plain value: its blocks (``nodes``), their style, spans on a grid, names of places, matching."""
