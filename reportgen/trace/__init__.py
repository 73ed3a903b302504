"""Where a printed figure comes from, and where an input cell goes: promise 1, answered both ways.

``Tracer`` holds one document and its facts. A *use* is one printing of a figure (or of words) at a place; a
*fact* is what the figure states; a *cell* is a value of the input file, named by its JSON pointer.
"""

from .annex import annex
from .tracer import Source, Tracer
from .uses import Use, cell_place, head_names, number_of, uses

__all__ = ["Source", "Tracer", "Use", "annex", "cell_place", "head_names", "number_of", "uses"]
