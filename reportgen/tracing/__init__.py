"""Trace a printed figure to its input cells, and an input cell to everything printed from it (``docs/trace.md``).

A *use* is one printing of a figure or a text at a place; a *fact* is what the figure states; a *cell* is a value of the
input file, named by its JSON pointer.
"""

from .annex import annex
from .finding_uses import FindingUses, PrintedAt
from .tracer import FigureSource, Tracer
from .use_index import UseIndex
from .uses import Use, uses

__all__ = ["FigureSource", "FindingUses", "PrintedAt", "Tracer", "Use", "UseIndex", "annex", "uses"]
