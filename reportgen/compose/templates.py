"""The sentences of a layout; what a template prints stays an object until the sentence is cut into runs.

Every ``{{ … }}`` that names a fact or words leaves a *mark* in the rendered text: a private-use pair of characters
around a number (such characters are refused in data and in templates). Cutting the text at the marks gives runs: the
layout's own words, the document's words, figures. So a numeral in the layout's own words is seen for what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..core.errors import LayoutError
from ..facts import Fact, FactGroup, SourceText
from ..layout.spec import Layout
from ..tree.nodes import Run, Text
from .figures import Format, quoted
from .sandbox import book, filled, short, source

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")
NAMED = re.compile(r"\{\{ *([a-z_][a-z0-9_.]*) *\}\}")
NUMERAL = re.compile(r"[0-9０-９]+")


class Templates:
    """The sentences of one layout, filled with one document's facts."""

    def __init__(self, layout: Layout, facts: FactGroup) -> None:
        """Templates are looked for in the layout's folders, the nearest first."""
        self._facts = {name: facts[name] for name in facts.names()}
        self._fixed = layout.fixed_numerals
        printing = layout.printing
        self._how = Format(printing.unit, printing.decimals, printing.grouped, printing.percent_decimals)
        self._marked: list[tuple[Run, ...]] = []
        self._decided: dict[int, tuple[str, ...]] = {}
        self._book = book(tuple(folder / "text" for folder in layout.folders))

    def render(self, file: str) -> str:
        """The text of a template file, with marks where facts and words go."""
        return filled(lambda: self._book.get_template(file), self._facts, self, f"text/{file}")

    def inline(self, template: str, place: str) -> tuple[Run, ...]:
        """The runs of a short template written in YAML at ``place``."""
        text = self._spelled_out(template)
        if text is None:
            text = filled(lambda: short(self._book, template), self._facts, self, place)
        return self.runs(text, place)

    def _spelled_out(self, template: str) -> str | None:
        """A short template that only names facts and words, as most do, filled without Jinja; None if it needs it."""
        pieces = NAMED.split(template)
        if any("{" in words or "\n" in words for words in pieces[::2]):
            return None
        for n in range(1, len(pieces), 2):
            value = named(self._facts, pieces[n])
            if value is None:
                return None
            pieces[n] = self.mark(value)
        return "".join(pieces)

    def runs(self, text: str, place: str) -> tuple[Run, ...]:
        """A rendered line cut at its marks. A numeral of the layout's own must be declared fixed."""
        runs: list[Run] = []
        for index, piece in enumerate(MARK.split(text)):
            if index % 2:
                runs += self._marked[int(piece)]
            elif piece:
                self._check_numerals(piece, place)
                runs.append(Text(piece))
        return tuple(runs)

    def basis(self, text: str) -> tuple[str, ...]:
        """The names of the facts that a rendered line was decided on, each once."""
        marks = (int(piece) for piece in MARK.findall(text))
        return tuple(dict.fromkeys(name for mark in marks for name in self._decided.get(mark, ())))

    def plain(self, text: str) -> str:
        """A rendered text with its marks replaced by what they print: for ids, never for pages."""
        return MARK.sub(lambda mark: "".join(run.text for run in self._marked[int(mark[1])]), text)

    def _check_numerals(self, piece: str, place: str) -> None:
        rest = piece
        for fixed in self._fixed:
            rest = rest.replace(fixed, "")
        if found := NUMERAL.search(rest):
            raise LayoutError(
                "{place}：“{piece}”中的数字 {found} 没有出处",
                "用事实代替，或列入 layout.yaml 的 fixed_numerals",
                place=self._located(place, piece.strip()), piece=piece.strip()[:40], found=found[0],
            )  # fmt: skip

    def _located(self, place: str, piece: str) -> str:
        """The place with the line of the template in which the words stand, if it is a template file."""
        if not place.startswith("text/"):
            return place
        written = source(self._book, place.removeprefix("text/"))
        lines = (n for n, line in enumerate(written.split("\n"), 1) if piece[:20] in line)
        return f"{place}:{next(lines, 1)}"

    def mark(self, value: object) -> str:
        """What ``{{ value }}`` leaves in the rendered text."""
        if isinstance(value, Fact):
            return self._keep(quoted(value, self._how))
        if isinstance(value, SourceText):
            return self._keep((Text(value.text, value.pointer or "codes"),))
        if isinstance(value, str):
            return value
        raise TypeError(f"{type(value).__name__} 不能印在句子里" if value is not None else "引用的内容在数据中没有")

    def _keep(self, runs: tuple[Run, ...]) -> str:
        self._marked.append(runs)
        return f"{OPEN}{len(self._marked) - 1}{CLOSE}"

    def decide(self, value: Fact | FactGroup) -> str:
        """A mark that prints nothing and says that the wording here was decided on this fact or change."""
        facts = [value] if isinstance(value, Fact) else [value[key] for key in ("this", "base") if key in value]
        mark = self._keep(())
        self._decided[len(self._marked) - 1] = tuple(fact.name for fact in facts)
        return mark

    def listing(self, groups: Iterable[FactGroup], attribute: str, separator: str = "、", last: str = "") -> str:
        """The named words of each group in a row: 基本工资、津贴补贴、奖金; ``last`` before the last one instead."""
        marks = [
            self.mark(group[attribute]) + (self.decide(group.total) if "total" in group else "") for group in groups
        ]
        if last and len(marks) > 1:
            return separator.join(marks[:-1]) + last + marks[-1]
        return separator.join(marks)


def named(facts: Mapping[str, Any], dotted: str) -> Fact | SourceText | None:
    """The fact or the words of a dotted name; None for anything else: Jinja finds the words for what is wrong."""
    value: Any = facts
    for name in dotted.split("."):
        if not isinstance(value, Mapping | FactGroup) or name not in value:
            return None
        value = value[name]
    return value if isinstance(value, Fact | SourceText) else None
