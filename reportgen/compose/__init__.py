"""Facts and a layout → the document. Wording is in the layout's templates, arithmetic in the facts; none is here."""

from .amend import amend
from .outline import compose

__all__ = ["amend", "compose"]
