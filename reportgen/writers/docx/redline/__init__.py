"""The redline: the new document with tracked changes (§17.13.5) that lead back to the old one.

Both documents are written as always, then what differs is marked on the mark-up of the new one. So whoever accepts all
changes has the new document as the writer makes it; looks that only follow from it (row heights, page breaks) are
not tracked.
``docs/diff.md`` says what is marked how, and why.
"""

from .body import redline_body

__all__ = ["redline_body"]
