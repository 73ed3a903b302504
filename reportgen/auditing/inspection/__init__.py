"""The bureau's inspection: every department and unit in five dimensions, and notices (``docs/inspection.md``)."""
