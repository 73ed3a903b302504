"""Findings: problems in the data as values, with what is wrong, where, by how much, and what to do.

``message`` and ``hint`` are templates in Chinese; ``values`` fills their placeholders. So a catalogue can hold a
template in another language, and a program can read the figures without parsing a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Severity(IntEnum):
    """The severity of a finding; with an ``ERROR`` no file is written."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: a JSON pointer, and the name of the place as printed (表03「行政运行」总计).

    ``cell`` is where the value stood in the file that the document was imported from (``支出!D17``). Of what stands in
    no cell of such a file, ``part`` is the cell or the sheet of the fill-in workbook where it would be written.
    ``parts`` are the pointers of the values that a sum is made of, where ``pointer`` names the list that has them.
    """

    pointer: str = ""
    printed: str = ""
    cell: str = ""
    part: str = ""
    parts: tuple[str, ...] = field(default=(), compare=False)

    @property
    def address(self) -> str:
        """Where the reader of the input file looks: the cell of a workbook, the JSON pointer of a document."""
        return self.cell or self.part or self.pointer

    def __str__(self) -> str:
        """Return the printed name and the address, or the one that is given."""
        if self.printed and self.address:
            return f"{self.printed}（{self.address}）"
        return self.printed or self.address


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. ``code`` is declared in :mod:`.finding_codes`; ``where`` may be several places that disagree.

    ``accepted`` is the reason for which the document accepts it as odd but true; such a finding is a note.
    """

    code: str
    severity: Severity
    message: str
    where: tuple[Place, ...] = ()
    hint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    accepted: str = ""

    @property
    def text(self) -> str:
        """The message in Chinese with its values filled in."""
        return self.message.format(**self.values) if self.values else self.message

    @property
    def hint_text(self) -> str:
        """What to do, in Chinese with the values filled in; "" where there is nothing to advise."""
        return self.hint.format(**self.values) if self.values else self.hint

    def __str__(self) -> str:
        """Code, message and places, as one line of Chinese."""
        places = "；".join(map(str, self.where))
        return f"{self.code} {self.text}（{places}）" if places else f"{self.code} {self.text}"


def blocking(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
