"""The types of field that the canonical document has: each gives its JSON Schema and reads its value.

The published schema is printed from these types and the loader reads with them, so the two cannot differ. They have no
``__eq__`` and no ``__repr__``, which nothing uses: the classes are imported faster without.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from ..core.money import LIMIT, MoneyUnit, yuan
from ..core.suggest import nearest
from .characters import faults
from .json_input import InvalidNumber
from .mended_text import mended

LONGEST_WORD = 40
"""Characters of a wrong word for which the nearest choice is sought."""

DECIMALS = 8
"""The most decimals of an amount: 万元 with six are exact to 分. A longer fraction comes from a binary float."""
AMOUNT = re.compile(rf"-?(0|[1-9][0-9]{{0,17}})(\.[0-9]{{1,{DECIMALS}}})?")
_NUMERAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")


class ReadContext(Protocol):
    """What a field type uses while it reads: the money unit of the file, and the collector of violations."""

    money_unit: MoneyUnit

    def add_violation(self, pointer: str, message: str, hint: str, **values: str) -> None:
        """Record one violation at ``pointer``; reading goes on."""
        ...

    def read_object(self, model: type[Any], value: object, pointer: str) -> Any:
        """Return ``value`` as an object of the class ``model``, or None after a violation."""
        ...


class FieldType(Protocol):
    """A type of field."""

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the JSON Schema of this type; ``refer`` gives the reference to the definition of a model class."""
        ...

    def read(self, value: object, pointer: str, context: ReadContext) -> Any:
        """Return the value as the model holds it, or None after reporting a violation to ``context``."""
        ...


def shown(value: object) -> str:
    """Return a value of the file as JSON writes it, short enough for a message."""
    if isinstance(value, dict | list):
        return f"{'对象' if isinstance(value, dict) else '列表'}（{len(value)} 项）"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value[:60]) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Amount:
    """Money: a JSON number, or the same as a string, in the file's ``money_unit``. In the model: exact 元."""

    negative: bool = False

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of a number or of a string of digits."""
        pattern = AMOUNT.pattern if self.negative else AMOUNT.pattern.removeprefix("-?")
        number: dict[str, Any] = {"type": "number"} if self.negative else {"type": "number", "minimum": 0}
        return {"anyOf": [number, {"type": "string", "pattern": f"^{pattern}$"}]}

    def read(self, value: object, pointer: str, context: ReadContext) -> Decimal | None:
        """Return exact 元, or None."""
        text = value if isinstance(value, str) else _digits(value)
        numeral = _NUMERAL.fullmatch(text) if text is not None else None
        if text is None or numeral is None:
            message = "{found} 不是金额" if isinstance(value, InvalidNumber) else "应为金额，读到 {found}"
            hint = "写成数字或数字字符串，如 17633.63；不带千分位、单位和空格；不适用的金额请整个删去该字段"
            context.add_violation(pointer, message, hint, found=shown(value))
            return None
        return self._exact(text, numeral[1] or "", shown(value), pointer, context)

    def _exact(self, text: str, fraction: str, found: str, pointer: str, context: ReadContext) -> Decimal | None:
        if len(fraction) > DECIMALS:
            message = "金额的小数多于 {most} 位：{found}"
            hint = "多半是浮点运算的尾巴；请导出原来的金额，或按分四舍五入"
            context.add_violation(pointer, message, hint, most=str(DECIMALS), found=found)
        elif text.startswith("-") and not self.negative:
            context.add_violation(pointer, "金额不能为负：{found}", "减少的钱写在收入或上年数里", found=found)
        elif not AMOUNT.fullmatch(text) or abs(yuan(text, context.money_unit)) >= LIMIT:
            context.add_violation(pointer, "金额大得不合常理：{found}", "检查 money_unit 与小数点", found=found)
        else:
            return yuan(text, context.money_unit)
        return None


def _digits(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Text:
    """Text of 1 to ``max_length`` characters that are not all spaces; ``multiline``: it may have line breaks.

    It is mended (:mod:`.mended_text`) unless it is ``verbatim``; ``lead_in`` is what the layout prints before it,
    ``tail`` what it prints after it, ``stop`` is whether it may end with a full stop.
    """

    max_length: int = 200
    multiline: bool = False
    verbatim: bool = False
    lead_in: re.Pattern[str] | None = None
    stop: bool = True
    tail: re.Pattern[str] | None = None

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of a string with length limits."""
        return {"type": "string", "minLength": 1, "maxLength": self.max_length}

    def read(self, value: object, pointer: str, context: ReadContext) -> str | None:
        """Return the text, or None."""
        if not isinstance(value, str):
            context.add_violation(
                pointer, "应为文字，读到 {found}", "文字要加引号；没有内容的字段请整个删去", found=shown(value)
            )
            return None
        if not 1 <= len(value) <= self.max_length:
            context.add_violation(
                pointer, "文字长度应为 1 至 {most} 字，现为 {found} 字",
                "没有内容的字段请整个删去", most=str(self.max_length), found=str(len(value)),
            )  # fmt: skip
            return None
        if not value.strip():
            context.add_violation(pointer, "只有空格，没有文字", "没有内容的字段请整个删去")
            return None
        wrong = list(faults(value, "\n" if self.multiline else ""))
        for fault in wrong:
            context.add_violation(pointer, fault.message, fault.hint, **fault.values)
        return None if wrong else self._mended(value, pointer, context)

    def _mended(self, value: str, pointer: str, context: ReadContext) -> str | None:
        text = value if self.verbatim else mended(value, self.lead_in, self.stop, self.tail)
        if text:
            return text
        context.add_violation(pointer, "“{found}”之外没有文字", "没有内容的字段请整个删去", found=value.strip())
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Code:
    """A code that matches ``pattern``; ``description`` is what a message calls it."""

    pattern: str
    description: str

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of a string with a pattern."""
        return {"type": "string", "pattern": f"^({self.pattern})$"}

    def read(self, value: object, pointer: str, context: ReadContext) -> str | None:
        """Return the code, or None."""
        if isinstance(value, str) and re.fullmatch(self.pattern, value, re.ASCII):
            return value
        context.add_violation(
            pointer, "应为{says}，读到 {found}", "编码要加引号", says=self.description, found=shown(value)
        )
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Choice:
    """One of a few strings."""

    options: tuple[str, ...]

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of an enumeration."""
        return {"enum": list(self.options)}

    def read(self, value: object, pointer: str, context: ReadContext) -> str | None:
        """Return the string, or None."""
        if isinstance(value, str) and value in self.options:
            return value
        near = nearest(value, self.options) if isinstance(value, str) and len(value) <= LONGEST_WORD else ""
        message, hint = "只能是 {words} 之一，读到 {found}", "是否想写 {near}？" if near else "照写其中一个，加引号"
        context.add_violation(pointer, message, hint, words="、".join(self.options), found=shown(value), near=near)
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Integer:
    """A whole number from ``minimum`` to ``maximum``."""

    minimum: int = 0
    maximum: int = 1_000_000

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of an integer in its range."""
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}

    def read(self, value: object, pointer: str, context: ReadContext) -> int | None:
        """Return the number, or None."""
        number = int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
        if isinstance(number, int) and not isinstance(number, bool) and self.minimum <= number <= self.maximum:
            return number
        context.add_violation(
            pointer, "应为 {least} 至 {most} 的整数，读到 {found}", "写成整数，不带小数、单位和引号",
            least=str(self.minimum), most=str(self.maximum), found=shown(value),
        )  # fmt: skip
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Boolean:
    """True or false."""

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of a boolean."""
        return {"type": "boolean"}

    def read(self, value: object, pointer: str, context: ReadContext) -> bool | None:
        """Return True or False, or None for anything else."""
        if isinstance(value, bool):
            return value
        context.add_violation(
            pointer, "应为 true 或 false，读到 {found}", "写成 true 或 false，不加引号", found=shown(value)
        )
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Date:
    """A date as 2023-02-09, from 1990 on: office files can hold no date before 1980, and no budget has one."""

    PATTERN: ClassVar[str] = "(199[0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}"

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of a full date of ISO 8601."""
        return {"type": "string", "format": "date", "pattern": f"^{self.PATTERN}$"}

    def read(self, value: object, pointer: str, context: ReadContext) -> date | None:
        """Return the date, or None."""
        try:
            if isinstance(value, str) and re.fullmatch(self.PATTERN, value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        context.add_violation(
            pointer,
            "应为日期（如 2023-02-09），读到 {found}",
            "写成四位年、两位月、两位日，用短横连接",
            found=shown(value),
        )
        return None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Object:
    """An object of the class ``model``."""

    model: type[Any]

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return a reference to the definition of the class."""
        return refer(self.model)

    def read(self, value: object, pointer: str, context: ReadContext) -> Any:
        """Return the object, or None."""
        return context.read_object(self.model, value, pointer)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TextOrObject:
    """A text or an object of the class ``model``: a JSON string is read as the text, all else as the object."""

    text: Text
    model: type[Any]

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of a string or a reference to the definition of the class."""
        return {"anyOf": [self.text.schema(refer), refer(self.model)]}

    def read(self, value: object, pointer: str, context: ReadContext) -> Any:
        """Return the text or the object, or None."""
        if isinstance(value, str):
            return self.text.read(value, pointer, context)
        return context.read_object(self.model, value, pointer)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class List:
    """A list of ``min_items`` to ``max_items`` values of one type."""

    items: FieldType
    min_items: int = 0
    max_items: int = 100_000

    def schema(self, refer: Callable[[type[Any]], dict[str, Any]]) -> dict[str, Any]:
        """Return the schema of an array with its limits."""
        return {
            "type": "array",
            "items": self.items.schema(refer),
            "minItems": self.min_items,
            "maxItems": self.max_items,
        }

    def read(self, value: object, pointer: str, context: ReadContext) -> tuple[Any, ...] | None:
        """Return the items (None for one that is wrong), or None for anything but a list of the right length."""
        if not isinstance(value, list):
            context.add_violation(
                pointer, "应为列表 […]，读到 {found}", "写成方括号括起的列表，只有一项也一样", found=shown(value)
            )
            return None
        if not self.min_items <= len(value) <= self.max_items:
            context.add_violation(
                pointer, "列表应有 {least} 至 {most} 项，现有 {found} 项", "补上缺少的项，或删去多余的项",
                least=str(self.min_items), most=str(self.max_items), found=str(len(value)),
            )  # fmt: skip
            return None
        return tuple(self.items.read(item, f"{pointer}/{n}", context) for n, item in enumerate(value))
