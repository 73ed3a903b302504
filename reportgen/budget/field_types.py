"""The kinds of value that the canonical document knows. Each can say itself as JSON Schema and read itself.

One home for the contract: the schema is printed from these kinds and the loader reads with them, so the two
cannot drift apart. Nobody compares or prints a kind; without the methods for that the classes are imported sooner.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from ..core.money import LIMIT, MoneyUnit, yuan
from .characters import faults
from .json_input import NoNumber

DECIMALS = 8
"""万元 to six places are 分; two more are spare. A longer fraction is the tail of a float."""
AMOUNT = re.compile(rf"-?(0|[1-9][0-9]{{0,17}})(\.[0-9]{{1,{DECIMALS}}})?")
_NUMERAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")


class Reader(Protocol):
    """What a kind needs while it reads: the money unit of the file, and somewhere to complain."""

    money_unit: MoneyUnit

    def complain(self, pointer: str, message: str, hint: str = "", **values: str) -> None:
        """Note one violation at ``pointer``; the reading goes on."""
        ...

    def record(self, model: type[Any], value: object, pointer: str) -> Any:
        """Read an object of the model's class, or None if it is none."""
        ...


class Kind(Protocol):
    """A kind of value: its JSON Schema, and how it is read (None when it is wrong; the reader was told)."""

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """This kind as JSON Schema; ``refer`` gives the reference to a model's definition."""
        ...

    def read(self, value: object, pointer: str, reader: Reader) -> Any:
        """The value as the model holds it."""
        ...


def shown(value: object) -> str:
    """A found value, as JSON would write it and short enough for a message."""
    if isinstance(value, dict | list):
        return f"{'对象' if isinstance(value, dict) else '列表'}（{len(value)} 项）"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value[:60]) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Amount:
    """Money, in the file's ``money_unit``; a JSON number or the same as a string, read exactly. In the model: 元."""

    negative: bool = False

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Number or numeral string."""
        pattern = AMOUNT.pattern if self.negative else AMOUNT.pattern.removeprefix("-?")
        number: dict[str, Any] = {"type": "number"} if self.negative else {"type": "number", "minimum": 0}
        return {"anyOf": [number, {"type": "string", "pattern": f"^{pattern}$"}]}

    def read(self, value: object, pointer: str, reader: Reader) -> Decimal | None:
        """Exact 元, or None."""
        text = value if isinstance(value, str) else _digits(value)
        numeral = _NUMERAL.fullmatch(text) if text is not None else None
        if text is None or numeral is None:
            message = "{found} 不是金额" if isinstance(value, NoNumber) else "应为金额，读到 {found}"
            hint = "写成数字或数字字符串，如 17633.63；不带千分位、单位和空格；不适用的金额请整个删去该字段"
            reader.complain(pointer, message, hint, found=shown(value))
            return None
        return self._exact(text, numeral[1] or "", shown(value), pointer, reader)

    def _exact(self, text: str, fraction: str, found: str, pointer: str, reader: Reader) -> Decimal | None:
        if len(fraction) > DECIMALS:
            message = "金额的小数多于 {most} 位：{found}"
            hint = "多半是浮点运算的尾巴；请导出原来的金额，或按分四舍五入"
            reader.complain(pointer, message, hint, most=str(DECIMALS), found=found)
        elif text.startswith("-") and not self.negative:
            reader.complain(pointer, "金额不能为负：{found}", "减少的钱写在收入或上年数里", found=found)
        elif not AMOUNT.fullmatch(text) or abs(yuan(text, reader.money_unit)) >= LIMIT:
            reader.complain(pointer, "金额大得不合常理：{found}", "检查 money_unit 与小数点", found=found)
        else:
            return yuan(text, reader.money_unit)
        return None


def _digits(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Line:
    """Words. ``lines``: line breaks may stand in it. Never empty, never longer than ``longest``."""

    longest: int = 200
    lines: bool = False

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """String with length limits."""
        return {"type": "string", "minLength": 1, "maxLength": self.longest}

    def read(self, value: object, pointer: str, reader: Reader) -> str | None:
        """The text, or None."""
        if not isinstance(value, str):
            reader.complain(pointer, "应为文字，读到 {found}", found=shown(value))
            return None
        if not 1 <= len(value) <= self.longest:
            reader.complain(
                pointer, "文字长度应为 1 至 {most} 字，现为 {found} 字",
                "没有内容的字段请整个删去", most=str(self.longest), found=str(len(value)),
            )  # fmt: skip
            return None
        if not value.strip():
            reader.complain(pointer, "只有空格，没有文字", "没有内容的字段请整个删去")
            return None
        wrong = list(faults(value, "\n" if self.lines else ""))
        for fault in wrong:
            reader.complain(pointer, fault.message, fault.hint, **fault.values)
        return None if wrong else value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Code:
    """A code that must match ``pattern``; ``says`` explains it to a person."""

    pattern: str
    says: str

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """String with a pattern."""
        return {"type": "string", "pattern": f"^({self.pattern})$"}

    def read(self, value: object, pointer: str, reader: Reader) -> str | None:
        """The code, or None."""
        if isinstance(value, str) and re.fullmatch(self.pattern, value, re.ASCII):
            return value
        reader.complain(pointer, "应为{says}，读到 {found}", "编码要加引号", says=self.says, found=shown(value))
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.words)}

    def read(self, value: object, pointer: str, reader: Reader) -> str | None:
        """The word, or None."""
        if isinstance(value, str) and value in self.words:
            return value
        reader.complain(pointer, "只能是 {words} 之一，读到 {found}", words="、".join(self.words), found=shown(value))
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Whole:
    """A whole number from ``least`` to ``most``."""

    least: int = 0
    most: int = 1_000_000

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """An integer in its range."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def read(self, value: object, pointer: str, reader: Reader) -> int | None:
        """The number, or None."""
        number = int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
        if isinstance(number, int) and not isinstance(number, bool) and self.least <= number <= self.most:
            return number
        reader.complain(
            pointer, "应为 {least} 至 {most} 的整数，读到 {found}",
            least=str(self.least), most=str(self.most), found=shown(value),
        )  # fmt: skip
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Flag:
    """Yes or no."""

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}

    def read(self, value: object, pointer: str, reader: Reader) -> bool | None:
        """True or False, or None when it is neither."""
        if isinstance(value, bool):
            return value
        reader.complain(pointer, "应为 true 或 false，读到 {found}", found=shown(value))
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Day:
    """A date as 2023-02-09, from 1990 on: office files can hold no date before 1980, and no budget has one."""

    PATTERN: ClassVar[str] = "(199[0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}"

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """A full date of ISO 8601."""
        return {"type": "string", "format": "date", "pattern": f"^{self.PATTERN}$"}

    def read(self, value: object, pointer: str, reader: Reader) -> date | None:
        """The date, or None."""
        try:
            if isinstance(value, str) and re.fullmatch(self.PATTERN, value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        reader.complain(pointer, "应为日期（如 2023-02-09），读到 {found}", found=shown(value))
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class One:
    """An object of a class of the model."""

    model: type[Any]

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """A reference to the class's definition."""
        return refer(self.model)

    def read(self, value: object, pointer: str, reader: Reader) -> Any:
        """The object, or None."""
        return reader.record(self.model, value, pointer)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Either:
    """Words, or an object of a class of the model: a string is the one, all else is read as the other."""

    words: Line
    model: type[Any]

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """A string or a reference to the class's definition."""
        return {"anyOf": [self.words.schema(refer), refer(self.model)]}

    def read(self, value: object, pointer: str, reader: Reader) -> Any:
        """The text or the object, or None."""
        if isinstance(value, str):
            return self.words.read(value, pointer, reader)
        return reader.record(self.model, value, pointer)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Many:
    """A list of one kind."""

    of: Kind
    least: int = 0
    most: int = 100_000

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """An array with its limits."""
        return {
            "type": "array",
            "items": self.of.schema(refer),
            "minItems": self.least,
            "maxItems": self.most,
        }

    def read(self, value: object, pointer: str, reader: Reader) -> tuple[Any, ...] | None:
        """The items that could be read, or None when it is no list."""
        if not isinstance(value, list):
            reader.complain(pointer, "应为列表 […]，读到 {found}", found=shown(value))
            return None
        if not self.least <= len(value) <= self.most:
            reader.complain(
                pointer, "列表应有 {least} 至 {most} 项，现有 {found} 项",
                least=str(self.least), most=str(self.most), found=str(len(value)),
            )  # fmt: skip
            return None
        return tuple(self.of.read(item, f"{pointer}/{n}", reader) for n, item in enumerate(value))


def holds_words(kind: Kind) -> bool:
    """Whether a value of this kind can hold a text of the clerk's: words, or objects and lists that have some."""
    inner = kind.of if isinstance(kind, Many) else kind
    return isinstance(inner, Line | One | Either)
