"""Valid documents mutated at random: ``check`` ends with a documented exit code and a message, never otherwise.

``python -m tests.bad_input.mutate --count 10000``. Everything follows from the seed and the number of the mutant, so a
mutant that breaks something can be made again: ``--only 4711``.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ..strategies import dumped
from ..variants import unstated_data
from .command import one_layout_reading, run
from .sample import demo

DOCUMENTED = {0, 1, 3, 5}
"""What ``check`` may end with when command line and layout are right; 70 is the fault that is looked for."""

NUMBERS = [
    0, 1, -1, 0.1, 10**6, 10**9, 10**14, 10**15, 10**30, -(10**20), Decimal("0.005"), Decimal("0.00000001"),
    Decimal("1E+3"), Decimal("99999999999.99999999"), "1e5", "-0", "0.00", "00", "1.", ".5", "∞", "12 ", "1_000",
]  # fmt: skip
ABYSS = "一个深渊"
"""In its place come brackets in brackets, as deep as Python reads them, or deeper."""
STRINGS = [
    "", " ", "　", "\n", "\t", "\0", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\ud800", "\ue000", "\ufffe",
    "\U0010ffff", "e\u0301", "🙂", "𠀀", "合计", "{{ 7*7 }}", "{% raw %}", "{", "}", "%s", "{0}", "<b>", "&amp;", "]]>",
    "=1+1", "../..", "CON", "长" * 100, "长" * 10_000, "x" * 500, "null", "NaN", "2010601", "208", "20801", "99999",
    "元", "万元", ABYSS, ABYSS, "全部资金", "budget", "# @x y", "- z", "20231", "（）",
    "×××", "__class__", "names", "total", "0",
]  # fmt: skip
ODDITIES = [None, True, False, [], {}, [[]], [{}], {"": ""}, [None], {"a": {"b": {"c": []}}}]

BYTES = [b"[", b"}", b'"', b",", b"\xff", b"\0", b"NaN", b"1e999", b"\\ud800", b"-", b"e5"]

Place = tuple[Any, Any]
"""A holder and a key or index in it."""


def places(data: Any) -> Iterator[Place]:
    """Every place of a document where a value stands."""
    keys = data.keys() if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in list(keys):
        yield data, key
        yield from places(data[key])


class Mutator:
    """Changes a document in its place, by one of many means, as the dice fall."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._means: list[Callable[[Any], None]] = [
            self.delete, self.rename, self.retype, self.duplicate, self.swap, self.renumber, self.rewrite, self.nest,
            self.sprinkle, self.graft, self.recode, self.recode, self.vary, self.vary, self.vary,
        ]  # fmt: skip

    def mutate(self, data: Any) -> None:
        """One to four changes."""
        for _ in range(self._dice.choice([1, 1, 1, 2, 4])):
            self._dice.choice(self._means)(data)

    def _place(self, data: Any, wanted: type[Any] | tuple[type[Any], ...] = object) -> Place:
        found = [(holder, key) for holder, key in places(data) if isinstance(holder[key], wanted)]
        return self._dice.choice(found or [({"x": ""}, "x")])

    def delete(self, data: Any) -> None:
        holder, key = self._place(data)
        del holder[key]

    def rename(self, data: Any) -> None:
        holder, key = self._place(data)
        if isinstance(holder, dict):
            name = self._dice.choice([key[:-1], key + "s", key.upper(), key[::-1], self._dice.choice(STRINGS)])
            holder[name] = holder.pop(key)

    def retype(self, data: Any) -> None:
        holder, key = self._place(data)
        holder[key] = self._dice.choice([*ODDITIES, *NUMBERS, *STRINGS, str(holder[key])[:50]])

    def duplicate(self, data: Any) -> None:
        holder, key = self._place(data, list)
        if holder[key]:
            holder[key] += [self._dice.choice(holder[key])] * self._dice.choice([1, 1, 2, 50])

    def swap(self, data: Any) -> None:
        (one, a), (other, b) = self._place(data), self._place(data)
        one_value, other_value = one[a], other[b]
        if (
            _depth(one_value) + _depth(other_value) < 12
            and not _holds(one_value, other)
            and not _holds(other_value, one)
        ):
            one[a], other[b] = other_value, one_value

    def renumber(self, data: Any) -> None:
        holder, key = self._place(data, (int, Decimal))
        holder[key] = self._dice.choice(NUMBERS)

    def vary(self, data: Any) -> None:
        """Another amount or count that may well stand there."""
        holder, key = self._place(data, (int, Decimal))
        holder[key] = self._dice.choice([0, 1, 99, Decimal("0.01"), Decimal("3.14"), Decimal(10**8), "12345678.90"])

    def rewrite(self, data: Any) -> None:
        holder, key = self._place(data, str)
        holder[key] = self._dice.choice(STRINGS)

    def nest(self, data: Any) -> None:
        holder, key = self._place(data)
        for _ in range(self._dice.choice([1, 3, 40])):
            holder[key] = [holder[key]] if self._dice.random() < 0.5 else {"x": holder[key]}

    def sprinkle(self, data: Any) -> None:
        """A character, somewhere in a text."""
        holder, key = self._place(data, str)
        text, at = holder[key], self._dice.randrange(len(holder[key]) + 1)
        char = self._dice.choice([chr(self._dice.randrange(0x110000)), *(s[:1] for s in STRINGS)])
        holder[key] = text[:at] + char + text[at:]

    def graft(self, data: Any) -> None:
        """A field or an item from elsewhere in the document."""
        holder, key = self._place(data)
        other, _ = self._place(data)
        if not _holds(holder[key], other):
            if isinstance(other, list):
                other.append(holder[key])
            else:
                other[str(key)] = holder[key]

    def recode(self, data: Any) -> None:
        """Another code: of a parent, of a child, of nothing."""
        holder, key = self._place(data, str)
        if re.fullmatch("[0-9]{3,7}", holder[key]):
            code = holder[key]
            holder[key] = self._dice.choice([code[:3], code[:5], code + "01", code[:-1] + "9", "合计", "0" * len(code)])


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def _holds(value: Any, inner: Any) -> bool:
    """Whether ``inner`` is ``value`` or stands in it: to put it there would make a circle."""
    return value is inner or any(holder[key] is inner for holder, key in places(value))


def mangled(payload: bytes, dice: random.Random) -> bytes:
    """Bytes cut off, flipped, dropped, repeated."""
    data = bytearray(payload)
    for _ in range(dice.choice([1, 1, 5, 50])):
        at = dice.randrange(len(data) or 1)
        means = dice.randrange(5)
        if means == 0:
            del data[at:]
        elif means == 1:
            data[at : at + 1] = bytes([data[at] ^ 1 << dice.randrange(8)]) if data else b"\0"
        elif means == 2:
            del data[at : at + dice.randrange(1, 20)]
        elif means == 3:
            data[at:at] = data[at : at + dice.randrange(1, 200)]
        else:
            data[at:at] = dice.choice(
                [b"[", b"}", b'"', b",", b"\xff", b"\0", b"NaN", b"1e999", b"\\ud800", b"-", b"e5"]
            )
    return bytes(data)


def mutant(seed: int, number: int) -> bytes:
    """The mutant ``number``: three in four by their values, one in four by their bytes."""
    dice = random.Random(f"{seed}/{number}")
    short = dice.choice(["short demo", "short demo", "short seed"])
    data = copy.deepcopy(_bases()[short if number % 20 else dice.choice(["demo", "seed"])])
    if dice.random() < 0.75:
        Mutator(dice).mutate(data)
        depth = dice.choice([100, 800, 900, 950, 990, 2000, 50_000])
        return dumped(data).replace(json.dumps(ABYSS).encode(), b"[" * depth + b"]" * depth)
    return mangled(dumped(data), dice)


@cache
def _bases() -> dict[str, Any]:
    """What is mutated: both samples, whole and short."""
    whole = {"demo": demo(), "seed": unstated_data()}
    return {**whole, "short demo": shortened(whole["demo"], 3), "short seed": shortened(whole["seed"], 2)}


def shortened(value: Any, most: int) -> Any:
    """No list longer than ``most``: what breaks a long document breaks a short one, sooner."""
    if isinstance(value, dict):
        return {name: shortened(inner, most) for name, inner in value.items()}
    return [shortened(inner, most) for inner in value[:most]] if isinstance(value, list) else value


def fault(payload: bytes, folder: Path) -> tuple[int, str]:
    """The exit code of ``check``, and what is wrong with how it ended ("" if nothing)."""
    path = folder / "mutant.json"
    path.write_bytes(payload)
    exit_code, out, err = run("check", str(path))
    if exit_code not in DOCUMENTED:
        return exit_code, f"exit code {exit_code}: {err[-300:]}"
    if "Traceback" in out + err or (exit_code and "错误" not in err):
        return exit_code, f"says {err[-300:]!r}"
    return exit_code, ""


def run_all(count: int, seed: int = 0) -> tuple[Counter[int], dict[int, str]]:
    """How the mutants 0 … ``count`` ended, and the faults by number."""
    codes: Counter[int] = Counter()
    faults: dict[int, str] = {}
    with tempfile.TemporaryDirectory() as folder, one_layout_reading():
        for number in range(count):
            exit_code, wrong = fault(mutant(seed, number), Path(folder))
            codes[exit_code] += 1
            if wrong:
                faults[number] = wrong
    return codes, faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int, help="print this mutant")
    options = parser.parse_args()
    if options.only is not None:
        print(mutant(options.seed, options.only).decode("utf-8", "surrogateescape"))  # noqa: T201
        return
    started = time.perf_counter()
    codes, faults = run_all(options.count, options.seed)
    print(dict(sorted(codes.items())), f"{time.perf_counter() - started:.0f} s")  # noqa: T201
    for number, wrong in faults.items():
        print(number, wrong)  # noqa: T201


if __name__ == "__main__":
    main()
