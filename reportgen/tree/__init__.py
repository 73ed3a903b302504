"""The value in the middle: the document (``nodes``), its looks (``style``), its spans on a grid (``grid``)."""
