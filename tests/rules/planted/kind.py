"""A kind of error and the list of all; the modules beside this one add theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.rules.planted.document import Document

Plant = Callable[[Document], str | None]
"""Plants one error and returns its pointer, or None where the document has no place for it."""


@dataclass(frozen=True)
class Kind:
    """A kind of error and the codes of findings of which one must name it."""

    name: str
    codes: tuple[str, ...]
    plant: Plant


KINDS: list[Kind] = []


def kind(name: str, *codes: str) -> Callable[[Plant], Plant]:
    def add(plant: Plant) -> Plant:
        KINDS.append(Kind(name, codes, plant))
        return plant

    return add
