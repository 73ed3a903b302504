"""All facts of a document by their names, those that a layout computes included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from .adding_up import adding_up
from .fact import Fact, FactGroup
from .share import share_of, sum_of

_COMPUTED = re.compile(r"(share|sum|adding_up)\((.*)\)")
_BETWEEN = re.compile(r", (?![^()]*\))")
"""A comma between two names, of which one may be a sum that has commas of its own."""


class FactsByName(Mapping[str, Fact]):
    """The facts of a document by their names.

    Besides those that :meth:`FactGroup.facts` lists it finds the zero of a code that the document does not have
    (``expenditure.203.total``), the share that a layout computes (``share(basic.total, expenditure.total)``) and the
    sum of a group of rows (``sum(projects.0.total, projects.1.total)``), and an amount rounded so that it adds up with
    others (:mod:`.adding_up`).
    """

    def __init__(self, facts: FactGroup) -> None:
        """Index ``facts``."""
        self._group = facts
        self._facts = {fact.name: fact for fact in facts.facts()}

    def __getitem__(self, name: str) -> Fact:
        """Return the fact called ``name``.

        Raises:
            KeyError: there is none.
        """
        if name not in self._facts:
            self._facts[name] = self._computed(name)
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the facts that have been found."""
        return iter(tuple(self._facts))

    def __len__(self) -> int:
        """Return the number of the facts that have been found."""
        return len(self._facts)

    def _computed(self, name: str) -> Fact:
        found = _COMPUTED.fullmatch(name)
        if found is None:
            value = self._group.look_up(name)
        elif found[1] == "sum":
            value = sum_of([self[part] for part in found[2].split(", ")])
        elif found[1] == "adding_up":
            value = self._adding_up(found[2])
        else:
            value = self._share(found[2])
        if not isinstance(value, Fact):
            raise KeyError(name)
        return value

    def _adding_up(self, arguments: str) -> Fact | None:
        """Return the amount that the arguments of ``adding_up(n, step, …)`` name."""
        index, step, *names = _BETWEEN.split(arguments)
        if not names or not index.isascii() or not index.isdigit():
            return None
        parts = adding_up([self[name] for name in names], Decimal(step))
        return dict(enumerate(parts, 1)).get(int(index))

    def _share(self, both: str) -> Fact | None:
        """Return the share of two names; one of them may be a sum, which has commas of its own."""
        cuts = [cut.start() for cut in re.finditer(", ", both)]
        for cut in cuts:
            part, whole = both[:cut], both[cut + 2 :]
            if part.count("(") == part.count(")") and part in self and whole in self:
                return share_of(self[part], self[whole])
        return None
