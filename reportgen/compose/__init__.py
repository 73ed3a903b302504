"""Compose the document from facts and a layout. Wording is in the layout's templates, arithmetic in the facts."""

from .amend import amend
from .outline import compose, compose_with_left_out
from .parts import LeftOut

__all__ = ["LeftOut", "amend", "compose", "compose_with_left_out"]
