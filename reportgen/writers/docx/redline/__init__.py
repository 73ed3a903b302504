"""The redline: the new document with tracked changes (§17.13.5) that lead back to the old one.

Both documents are written as usual, then the differences are marked in the mark-up of the new one. Accepting all
changes gives the new document as the writer makes it; what only follows from it (row heights, page breaks) is
not tracked.
``docs/diff.md`` says what is marked how, and why.
"""

from .body import redline_body

__all__ = ["redline_body"]
