"""Facts and a layout → the document. Wording is in the layout's templates, arithmetic in the facts; none is here."""

from .outline import compose

__all__ = ["compose"]
