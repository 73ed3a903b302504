"""What the texts of a column mean. Each different text is read once and has a number from then on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from ...budget.characters import faults
from ...budget.terms import OWN_FUNDS, REVENUE_SOURCES
from ...recognise.cell_values import read_code
from ...recognise.grid import GridCell
from . import row_problems as kinds
from .mapping import KINDS, LedgerMapping
from .problems import RowProblem

SOURCE_NAMES = ("", *(source.name for source in REVENUE_SOURCES), OWN_FUNDS.name)
"""What a row's money can be, in the order of the tables; 单位资金 is the one whose source another column has."""
KIND_NAMES = ("", *KINDS)
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff\u3000]+")
_NOTHING = re.compile(r"[-－—–_/]*|无|空")
"""What stands in a cell of text that has nothing."""
_UNIT = re.compile("[0-9]{3,12}")


class WrongText(Exception):
    """A text that a column cannot have; ``kind`` is what is wrong."""

    def __init__(self, kind: RowProblem) -> None:
        """Make it for one kind of problem."""
        super().__init__(kind.code)
        self.kind = kind


class Reading(dict[str, int]):
    """Number of each text of a column; ``meanings`` has the meaning by number. Number 0 is an empty cell.

    ``read`` returns the meaning of a text or raises :class:`WrongText`; such texts have numbers, too, and are in
    ``wrong``. ``noted`` has texts that are used and reported.
    """

    def __init__(self, read: Callable[[str], str], first: Sequence[str] = ("",)) -> None:
        """Start with the meanings that have fixed numbers."""
        super().__init__()
        self.meanings = list(first)
        self.wrong: dict[int, RowProblem] = {}
        self.noted: dict[int, RowProblem] = {}
        self._numbers = {value: n for n, value in enumerate(first)}
        self._read = read

    def __missing__(self, text: str) -> int:
        """Read a text that was not seen before."""
        try:
            meaning = self._read(text)
        except WrongText as error:
            number = self._append(text)
            self.wrong[number] = error.kind
        else:
            number = self._numbers.get(meaning) or (0 if not meaning else self._append(meaning))
            self._numbers[meaning] = number
            if meaning[:1] in "+-@" and meaning:
                self.noted[number] = kinds.LIKE_FORMULA
        self[text] = number
        return number

    def _append(self, value: str) -> int:
        self.meanings.append(value)
        return len(self.meanings) - 1


def readings(mapping: LedgerMapping) -> dict[str, Reading]:
    """Return a new reading for each column of a ledger that is not an amount, by field."""
    values, columns = mapping.values, mapping.columns.used()
    known: dict[str, Reading] = {
        "unit": Reading(lambda text: _code(text, _UNIT.fullmatch, kinds.UNIT_LENGTH)),
        "department": Reading(lambda text: _code(text, _UNIT.fullmatch, kinds.UNIT_LENGTH)),
        "function": Reading(lambda text: _code(text, lambda code: len(code) == 7, kinds.FUNCTION_LENGTH)),
        "economic": Reading(_economic),
        "government_economic": Reading(_government_economic),
        "fund": Reading(_choice(values.funds), SOURCE_NAMES),
        "source": Reading(_source(values.funds), SOURCE_NAMES),
        "kind": Reading(_choice(values.kinds), KIND_NAMES),
        "carry_over": Reading(
            _choice({text: "是" if yes else "" for text, yes in values.carry_over.items()}), ("", "是")
        ),
        "procurement": Reading(_choice(values.procurement)),
        "project": Reading(lambda text: _text(text, 200)),
        **{
            name: Reading(lambda text: _text(text, 60))
            for name in ("department_name", "function_name", "economic_name")
        },
        "unit_name": Reading(lambda text: _text(text, 100)),
    }
    return {name: reading for name, reading in known.items() if name in columns}


def plain(text: str) -> str:
    """Return a text without blanks, full-width characters replaced by ordinary ones."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def _code(text: str, fits: Callable[[str], object], wrong: RowProblem) -> str:
    if text.lstrip().startswith("="):
        raise WrongText(kinds.FORMULA)
    reading = read_code(GridCell(text, ""))
    if reading.value == "合计" or plain(text) in ("小计", "总计"):
        raise WrongText(kinds.TOTAL_ROW)
    if reading.problem:
        raise WrongText(kinds.NOT_CODE)
    if reading.value is None:
        return ""
    if not fits(reading.value):
        raise WrongText(wrong)
    return reading.value


def _economic(text: str) -> str:
    code = _code(text, lambda code: len(code) == 5, kinds.ECONOMIC_LENGTH)
    if code and not code.startswith("3"):
        raise WrongText(kinds.NOT_DEPARTMENT_ECONOMIC)
    return code


def _government_economic(text: str) -> str:
    return _code(text, re.compile("5[0-9]{2}(?:[0-9]{2})?").fullmatch, kinds.NOT_GOVERNMENT_ECONOMIC)


def _choice(meanings: Mapping[str, str]) -> Callable[[str], str]:
    known = {plain(text): meaning for text, meaning in meanings.items()}

    def read(text: str) -> str:
        key = plain(text)
        if not key:
            return ""
        if key not in known:
            raise WrongText(kinds.FORMULA if key.startswith("=") else kinds.UNKNOWN_VALUE)
        return known[key]

    return read


def _source(meanings: Mapping[str, str]) -> Callable[[str], str]:
    """Return how the source of 单位资金 is read: other words, which the column may have for other funds, are none."""
    own = {source.name for source in REVENUE_SOURCES if source.fund is OWN_FUNDS}
    known = {plain(text): meaning for text, meaning in meanings.items() if meaning in own}
    return lambda text: known.get(plain(text), "")


def _text(text: str, longest: int) -> str:
    clean = text.strip().strip("\ufeff\u3000\u00a0 ")
    if _NOTHING.fullmatch(clean):
        return ""
    if clean.startswith("="):
        raise WrongText(kinds.FORMULA)
    if len(clean) > longest:
        raise WrongText(kinds.TOO_LONG)
    if next(iter(faults(clean)), None):
        raise WrongText(kinds.NOT_PRINTABLE)
    return clean
