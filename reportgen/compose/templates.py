"""Render the sentences of a layout; what a template prints stays an object until the sentence is cut into runs.

Every ``{{ … }}`` that names a fact or a text leaves a *mark* in the rendered text: a private-use pair of characters
around a number (such characters are refused in data and in templates). Cutting the text at the marks gives runs: the
layout's own words, the document's texts, figures. So a numeral in the layout's own words is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from jinja2 import TemplateRuntimeError

from ..core.errors import LayoutError
from ..core.money import YUAN
from ..facts import Fact, FactGroup, SourceText
from ..layout.limits import MARKS, WORK, WORK_PER_RECORD
from ..layout.outline_spec import PlacePrinting
from ..layout.spec import Layout
from ..tree.nodes import Figure, Run, Text
from .figures import NothingToPrint, PrintedFact, changed, format_of, quoted
from .records import value_of, with_sum
from .sandbox import environment_of, inline_template, render, template_source

OPEN, CLOSE = MARKS
MARK = re.compile(f"{OPEN}([0-9]{{1,9}}){CLOSE}")
PLAIN_NAME = re.compile(r"\{\{ *([a-z_][a-z0-9_.]*) *\}\}")
_HALF_WIDTH = str.maketrans("（）", "()")
BRACE = re.compile("[{}｛｝]")
STRAY_BRACE = ("{place}：“{piece}”里有落单的大括号", "引用数据项，前后各写两个半角的大括号")
"""Message and hint for what was meant as a placeholder and would be printed as it stands."""
NUMERAL = re.compile(
    "[0-9０-９]+|百分之[〇零一二两三四五六七八九十百]+"
    "|[〇零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾][〇零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]*元(?![化结次])"
)
"""A numeral in a text; one in hanzi is a figure only with 元 after it or 百分之 before it."""
_UNIT_AGAIN = re.compile(r"\s*(?:万元|元|%|％)")
_DIRECTIONS = {
    "up": re.compile("(?:增加|增长|上升|提高)[了约]*$"),
    "down": re.compile("(?:减少|下降|降低|压减)[了约]*$"),
}
UNIT = "unit"
KINDS = {int: "数", float: "数", bool: "是否", list: "列表", tuple: "列表", dict: "映射", FactGroup: "一组数据项"}
"""What messages call the values that a sentence cannot print."""


QUOTED_SETTINGS = ("completed_against", "three_public_against")
"""The settings under ``printing`` whose value templates may ask for: which budget final accounts are compared with."""


def words_of(layout: Layout, facts: FactGroup) -> Mapping[str, str]:
    """Return the words of a layout as the document has them: that of a unit (单位预算) has some of its own."""
    of_unit = "scope" in facts.names() and facts.scope == UNIT
    return {**layout.words, **layout.unit_budget_words} if of_unit else layout.words


class Templates:
    """The sentences of one layout, rendered with one document's facts."""

    def __init__(self, layout: Layout, facts: FactGroup) -> None:
        """Find templates in the layout's folders, the nearest first."""
        words = FactGroup("words", **words_of(layout, facts))
        settings = FactGroup("printing", **{name: getattr(layout.printing, name) for name in QUOTED_SETTINGS})
        self._facts = {name: facts[name] for name in facts.names()} | {"words": words, "printing": settings}
        self._fixed = layout.fixed_numerals
        self._format = format_of(layout.printing)
        self._work = WORK + WORK_PER_RECORD * _records(facts)
        self._marked: list[tuple[Run, ...]] = []
        self._basis: dict[int, tuple[str, ...]] = {}
        self._changes: dict[int, str] = {}
        self._environment = environment_of(layout.folders)

    @contextmanager
    def printing(self, stated: PlacePrinting | None) -> Iterator[None]:
        """Print figures as one block states it, until the end of the ``with``."""
        usual = self._format
        if stated is not None:
            self._format = changed(usual, stated)
        try:
            yield
        finally:
            self._format = usual

    def render(self, file: str, place: str) -> str:
        """Render a template file that is named at ``place``, with marks for facts and texts."""
        return render(lambda: self._environment.get_template(file), self._facts, self, place)

    def inline(self, template: str, place: str, **more: Any) -> tuple[Run, ...]:
        """Return the runs of a short template written in YAML at ``place``; ``more`` are names besides the facts."""
        facts = self._facts | more if more else self._facts
        text = self._render_plain_names(template, facts)
        if text is None:
            text = render(lambda: inline_template(self._environment, template), facts, self, place)
        return self.runs(text, place)

    def words(self, text: str, place: str, **more: Any) -> tuple[Run, ...]:
        """Return the runs of a text written in YAML: of a template, or the layout's words with any numerals."""
        if "{{" in text or "{%" in text:
            return self.inline(text, place, **more)
        return (Text(text),)

    def _render_plain_names(self, template: str, facts: Mapping[str, Any]) -> str | None:
        """Render a template that only names facts and texts, as most do; None if it needs Jinja.

        Compiling these with Jinja takes 20 of the 92 ms in which the first document of a process is composed.
        """
        pieces = PLAIN_NAME.split(template)
        if any("{" in piece or "\n" in piece for piece in pieces[::2]):
            return None
        for n in range(1, len(pieces), 2):
            value = look_up(facts, pieces[n])
            if value is None:
                return None
            pieces[n] = self.mark(value)
        return "".join(pieces)

    def runs(self, text: str, place: str) -> tuple[Run, ...]:
        """Cut a rendered line at its marks.

        Raises:
            LayoutError: the layout's own words have a numeral that the layout does not declare fixed, repeat the unit
                of the figure before them, or say that a figure went the other way than it did.
        """
        if not set(text).isdisjoint((OPEN, CLOSE)) and not self._are_marks(text):
            raise LayoutError("{place}：模板里有私用区字符", "删去这些字符", place=place)
        runs: list[Run] = []
        before = ""
        for index, piece in enumerate(MARK.split(text)):
            if index % 2:
                self._check_direction(before, int(piece), place)
                runs += self._marked[int(piece)]
            elif piece:
                self._check_own_words(piece, place)
                self._check_unit(runs, piece, place)
                before = piece
                runs.append(Text(piece))
        return tuple(runs)

    def _are_marks(self, text: str) -> bool:
        """Whether the private-use characters of a text are marks that this document has made."""
        pieces = MARK.split(text)
        inside = all(int(mark) < len(self._marked) for mark in pieces[1::2])
        return inside and not any(char in piece for piece in pieces[::2] for char in (OPEN, CLOSE))

    def spend(self, steps: int) -> None:
        """Count steps of work, and characters.

        Raises:
            TemplateRuntimeError: the templates take more than a document of this size can need.
        """
        self._work -= steps
        if self._work < 0:
            raise TemplateRuntimeError("模板循环过多，或印出的字过多")

    def basis(self, text: str) -> tuple[str, ...]:
        """Return the names of the facts that a rendered line was decided on, each once."""
        marks = (int(piece) for piece in MARK.findall(text))
        return tuple(dict.fromkeys(name for mark in marks for name in self._basis.get(mark, ())))

    def plain(self, text: str) -> str:
        """Return a rendered text with its marks replaced by what they print, for ids."""
        return MARK.sub(lambda mark: "".join(run.text for run in self._marked[int(mark[1])]), text)

    def _check_own_words(self, piece: str, place: str) -> None:
        if brace := BRACE.search(piece):
            line = self._line_of(place, piece[max(0, brace.start() - 6) : brace.start() + 6])
            raise LayoutError(*STRAY_BRACE, place=line, piece=piece.strip()[:40])
        rest = piece
        for fixed in self._fixed:
            rest = rest.replace(fixed, "")
        if numeral := NUMERAL.search(rest):
            raise LayoutError(
                "{place}：“{piece}”中的数字 {found} 没有出处",
                "用数据项代替，或列入 layout.yaml 的 fixed_numerals",
                place=self._located(place, piece.strip()), piece=piece.strip()[:40], found=numeral[0],
            )  # fmt: skip

    def _check_unit(self, runs: list[Run], piece: str, place: str) -> None:
        again = _UNIT_AGAIN.match(piece)
        if again and len(runs) > 1 and isinstance(runs[-2], Figure) and runs[-1].text == runs[-2].unit:
            message, hint = "{place}：“{unit}”印了两次", "数自带单位，删去后面的“{unit}”；只要数就用 bare"
            raise LayoutError(message, hint, place=self._line_of(place, "}}" + again[0]), unit=again[0].strip())

    def _check_direction(self, before: str, mark: int, place: str) -> None:
        went = self._changes.get(mark)
        if went and (said := _DIRECTIONS["down" if went == "up" else "up"].search(before)):
            message, hint = "{place}：写的是“{said}”，与后面的数的增减相反", "用 direction 判断，分开写增加、减少"
            raise LayoutError(message, hint, place=self._line_of(place, said[0] + "{{"), said=said[0])

    def _line_of(self, place: str, words: str) -> str:
        """The place with the first line of the template that has ``words``, but for blanks, if it is a file."""
        if not place.startswith("text/"):
            return place
        lines = template_source(self._environment, place.removeprefix("text/")).split("\n")
        found = (n for n, line in enumerate(lines, 1) if "".join(words.split()) in "".join(line.split()))
        return f"{place}:{next(found, 1)}"

    def _located(self, place: str, piece: str) -> str:
        """The place with the line of the template that has the words, if it is a template file."""
        if not place.startswith("text/"):
            return place
        text = template_source(self._environment, place.removeprefix("text/"))
        lines = text.split("\n")
        for length in range(min(len(piece), 20), 0, -1):
            for n, line in enumerate(lines, 1):
                if piece[:length] in line and (found := NUMERAL.search(piece)) and found[0] in line:
                    return f"{place}:{n}"
        return f"{place}:1"

    def mark(self, value: object) -> str:
        """Return what ``{{ value }}`` leaves in the rendered text: a mark, or the layout's own words."""
        if isinstance(value, Fact | PrintedFact):
            mark = self._keep(quoted(value, self._format))
            if went := went_of(value.fact if isinstance(value, PrintedFact) else value):
                self._changes[len(self._marked) - 1] = went
            return mark
        if isinstance(value, SourceText):
            return self._keep((Text(value.text, value.pointer or "codes"),))
        if isinstance(value, str):
            return value
        if value is None:
            raise NothingToPrint
        raise TypeError(f"{KINDS.get(type(value), type(value).__name__)}不能印在句子里")

    def _keep(self, runs: tuple[Run, ...]) -> str:
        self._marked.append(runs)
        return f"{OPEN}{len(self._marked) - 1}{CLOSE}"

    def decide(self, value: Fact | FactGroup) -> str:
        """Return a mark that prints nothing and records that the wording was decided on this fact or change."""
        facts = (
            [value] if isinstance(value, Fact) else [value[key] for key in ("this", "base") if value[key] is not None]
        )
        mark = self._keep(())
        self._basis[len(self._marked) - 1] = tuple(fact.name for fact in facts)
        return mark

    def adding_up(self, records: Iterable[FactGroup], name: str) -> list[FactGroup]:
        """Return the records with amounts that add up with the decimals of this place."""
        records = list(records)
        self.spend(len(records))
        return with_sum(records, name, Decimal(YUAN[self._format.unit]).scaleb(-self._format.decimals))

    def listing(
        self,
        groups: Iterable[FactGroup | SourceText | Fact],
        attribute: str = "",
        separator: str = "、",
        last: str = "",
        brackets: str = "full",
    ) -> str:
        """Return a text of each group as a list: 基本工资、津贴补贴、奖金; ``last`` is its last separator, if given.

        Without an ``attribute`` the values themselves are listed, such as the notes on what is withheld.

        With ``brackets="half"`` the brackets in the texts are half wide: 维修(护)费.
        """
        if brackets not in ("full", "half"):
            raise TemplateRuntimeError("brackets 后写 full、half 之一，加引号")
        groups = list(groups)
        self.spend(len(groups))
        if not attribute and any(isinstance(group, FactGroup) for group in groups):
            raise TemplateRuntimeError("listing 后写名称，加引号，如 listing('name')")
        values = [value_of(group, attribute) if isinstance(group, FactGroup) else group for group in groups]
        if brackets == "half":
            values = [in_half_brackets(value) if isinstance(value, SourceText) else value for value in values]
        marks = [
            self.mark(value) + (self.decide(group.total) if isinstance(group, FactGroup) and "total" in group else "")
            for group, value in zip(groups, values, strict=True)
        ]
        if last and len(marks) > 1:
            return separator.join(marks[:-1]) + last + marks[-1]
        return separator.join(marks)


def went_of(fact: Fact) -> str:
    """Return ``up`` or ``down`` for the difference or rate of a change, "" for any other fact."""
    if fact.name.endswith(".rate") and fact.inputs:
        fact = fact.inputs[0]
    if not fact.name.endswith(".delta") or len(fact.inputs) < 2:
        return ""
    this, base = fact.inputs[:2]
    return "up" if this.value > base.value else "down" if this.value < base.value else ""


def in_half_brackets(text: SourceText) -> SourceText:
    """Return a text of the data with half-wide brackets, as budget systems export names."""
    return SourceText(text.text.translate(_HALF_WIDTH), text.pointer)


def _records(facts: FactGroup) -> int:
    """Return about how many records the lists of the facts have."""
    values = [facts[name] for name in facts.names()]
    inner = [group[name] for group in values if isinstance(group, FactGroup) for name in group.names()]
    return sum(len(value) for value in (*values, *inner) if isinstance(value, list | tuple))


def look_up(facts: Mapping[str, Any], dotted: str) -> Fact | SourceText | str | None:
    """Return the fact or the text of a dotted name; None for anything else, which Jinja then reports."""
    value: Any = facts
    for name in dotted.split("."):
        if not isinstance(value, Mapping | FactGroup) or name not in value:
            return None
        value = value[name]
    return value if isinstance(value, Fact | SourceText | str) else None
