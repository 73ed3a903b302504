"""Check published documents as they were found: tables, relations, prose, leftovers (``docs/audit.md``)."""
