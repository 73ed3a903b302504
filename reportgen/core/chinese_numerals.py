"""Numbers not written in plain digits: in Chinese (五千, 百分之五十, 壹佰), ½, ①, digits of other scripts."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {char: n % 10 for n, char in enumerate("〇一二三四五六七八九零壹贰叁肆伍陆柒捌玖")} | {"两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8, "萬": 10**4}
_CLASS = "".join((*_DIGITS, *_STEPS, *_GROUPS))
_FIRST = "".join((*_DIGITS, *_STEPS))
CHINESE = f"[{_FIRST}][{_CLASS}]*?(?:点[{_CLASS}]+?)??"
"""A pattern of a number in Chinese, as short as what follows allows."""
PERCENT = f"百分之[{_FIRST}]+(?:点[{_FIRST}]+)?"
"""A pattern of a percentage in Chinese."""
OTHER_DIGITS = r"(?:[^\W0-9A-Za-z_０-９\u3007\u3400-\u9fff](?<=[\d²³¹⁰-⁹₀-₉①-⓿❶-➓Ⅰ-ↈ¼-¾⅐-⅞㈠-㈩㊀-㊉]))+"
"""A pattern of digits of other scripts, superscripts, circled and Roman numbers, fractions."""
SIGN = r"(?:(?<![0-9０-９A-Za-z.．])[-−－﹣+＋]|负)?"
"""A pattern of the sign before digits; a dash between two numbers is none."""


def chinese_number(text: str) -> Decimal | None:
    """Return the number of a Chinese numeral; None if it is not one.

    >>> [str(chinese_number(text)) for text in ("三千零一点一", "负两亿", "①")]
    ['3001.1', '-200000000', 'None']
    """
    whole, point, decimals = text.removeprefix("负").partition("点")
    number = _whole(whole)
    if number is None or any(char not in _DIGITS for char in decimals) or bool(point) != bool(decimals):
        return None
    digits = "".join(str(_DIGITS[char]) for char in decimals)
    return Decimal(f"{'-' if text.startswith('负') else ''}{number}{'.' if point else ''}{digits}")


def _whole(text: str) -> int | None:
    total = section = digit = 0
    if not text or not all(char in _CLASS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _STEPS:
            section, digit = section + (digit or 1) * _STEPS[char], 0
        else:
            total, section, digit = (total + section + digit or 1) * _GROUPS[char], 0, 0
    return total + section + digit
