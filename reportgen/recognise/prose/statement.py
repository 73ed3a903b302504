"""What a sentence says, as plain values: subject, amount, change, share, parts, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Direction = Literal["up", "down", "flat", "nearly flat", ""]
Confidence = Literal["certain", "likely"]
BaseOf = Literal["budget", "adjusted", "execution", ""]


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as printed: its value (元, or percent), how far it may be rounded (half of its last digit), its text.

    ``start`` and ``end`` are positions in the paragraph's text. ``unit`` is 元, 万元 … or %.
    """

    value: Decimal
    rounding: Decimal
    text: str
    unit: str
    start: int = 0
    end: int = 0

    @property
    def low(self) -> Decimal:
        """The least value that is printed like this."""
        return self.value - self.rounding

    @property
    def high(self) -> Decimal:
        """The greatest value that is printed like this."""
        return self.value + self.rounding


@dataclass(frozen=True, slots=True)
class Subject:
    """What an amount is of.

    ``key`` is a meaning of ``data/recognition/prose.yaml`` (``three_public.reception``), ``function`` or ``economic``
    (with ``code`` or ``levels``), or "" for what is only named. A total has ``revenue``, ``expenditure`` or ``both``
    (with ``.this`` or ``.total`` where the sentence says so). ``fund`` is the money that it is of. ``levels`` has the
    names of 类, 款 and 项. ``whose`` is what stands before the name: year, department, the unit that the amount is of.
    """

    name: str
    key: str = ""
    fund: str = ""
    code: str = ""
    levels: tuple[str, ...] = ()
    whose: str = ""

    @property
    def same(self) -> tuple[str, ...]:
        """What two subjects have in common that are the same."""
        return (self.key, self.fund, self.code, *self.levels, *(() if self.key else (self.name,)))


@dataclass(frozen=True, slots=True)
class Base:
    """What an amount is compared with: of which year (0: last year, not by its number), of what, and its amount.

    ``own`` is whether it is the budget of this year (年初预算), of which final accounts say what was spent.
    """

    year: int = 0
    of: BaseOf = ""
    amount: Printed | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A change from the base: direction, the word for it, amount and rate (percent), as far as they are stated.

    ``flat`` is the word by which the sentence says that nothing changed, whatever else it says; ``against`` the word of
    the rate where that says another direction than the word of the amount.
    """

    direction: Direction
    word: str
    amount: Printed | None = None
    rate: Printed | None = None
    base: Base | None = None
    flat: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of a whole: ``of`` names it; ``completed`` is whether it says how much of a budget was spent."""

    percent: Printed
    of: str = ""
    of_subject: Subject | None = None
    completed: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says of one subject. ``parts`` are the statements of its list (其中：…).

    ``place`` is that of the paragraph, ``start`` and ``end`` are positions in its text, ``section`` has the headings
    above it, from the highest. ``confidence`` is *likely* where the subject, or what the change is of, was inferred.
    ``more`` are further changes of the amount, from other bases: 比上年增加…，比年初预算减少….
    ``names_all`` is whether the word that begins its list (包括) says that all parts are named.
    """

    subject: Subject
    amount: Printed | None = None
    change: Change | None = None
    share: Share | None = None
    bases: tuple[Base, ...] = ()
    parts: tuple[Statement, ...] = ()
    place: str = ""
    page: int = 0
    start: int = 0
    end: int = 0
    section: tuple[str, ...] = ()
    text: str = ""
    confidence: Confidence = "certain"
    more: tuple[Change, ...] = ()
    names_all: bool = False

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes of the amount: that from last year first."""
        return (*(() if self.change is None else (self.change,)), *self.more)

    def all(self) -> Iterator[Statement]:
        """Yield the statement and those of its parts, at any depth."""
        yield self
        for part in self.parts:
            yield from part.all()


@dataclass(frozen=True, slots=True)
class Untied:
    """A figure of a sentence that no subject was found for."""

    text: str
    place: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prose:
    """What was read of paragraphs: statements in their order, and what was not understood.

    ``figures`` counts the amounts and percentages, but for those of reasons, uses and limits.
    """

    statements: tuple[Statement, ...]
    figures: int
    untied: tuple[Untied, ...]

    def all(self) -> Iterator[Statement]:
        """Yield every statement, with those of lists."""
        for statement in self.statements:
            yield from statement.all()
