"""Check published documents that nobody prepared for it: tables, relations, prose, leftovers (``docs/audit.md``)."""
