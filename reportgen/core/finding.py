"""A problem in the data is a value: what is wrong, where, by how much, what to do.

``message`` and ``hint`` are templates in Chinese with named places; ``values`` fills them. So a catalogue can
hold the template in another language, and a program can read the figures without parsing a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Severity(IntEnum):
    """How much a finding weighs: only an ``ERROR`` blocks publication."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Two addresses of one thing: the JSON pointer for who mends the file, the printed name for who reads the form."""

    pointer: str = ""
    printed: str = ""

    def __str__(self) -> str:
        """Printed name and pointer, as far as there are any."""
        if self.printed and self.pointer:
            return f"{self.printed}（{self.pointer}）"
        return self.printed or self.pointer


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. ``code`` is stable (documented), ``where`` may name several places that disagree."""

    code: str
    severity: Severity
    message: str
    where: tuple[Place, ...] = ()
    hint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The message in Chinese with its values filled in."""
        return self.message.format(**self.values) if self.values else self.message

    def __str__(self) -> str:
        """Code, message and places, as one line of Chinese."""
        places = "；".join(map(str, self.where))
        return f"{self.code} {self.text}（{places}）" if places else f"{self.code} {self.text}"


def blocking(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings forbids publication."""
    return any(finding.severity is Severity.ERROR for finding in findings)
