"""Compose the document from facts and a layout. Wording is in the layout's templates, arithmetic in the facts."""

from .amend import amend
from .outline import compose

__all__ = ["amend", "compose"]
