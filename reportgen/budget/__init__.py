"""The document in: its contract (``model``, ``schema``), how it is read (``door``, ``load``), the code books."""
