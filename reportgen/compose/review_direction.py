"""Which way a sentence says that an amount changed, by its words alone, held against the data.

A clause of a hand edit that states no linked figure (比上年略有下降) says a direction too. It is held against the
clauses of the generated text that it replaced, and where those say none, against the changes that the paragraph was
decided on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..facts import FactGroup
from ..tree.nodes import Figure, Heading, Paragraph
from .overrides import runs_without_number

FLAT = "持平"
MORE = ("增加", "增长", "上升", "提高", "上涨", "增幅")
FEWER = ("减少", "下降", "降低", "减幅", "降幅", "压减")
DIRECTION_WORDS = {"up": MORE, "new": MORE, "down": FEWER}
DIRECTION_NAMES = {"up": "增加", "new": "增加", "down": "减少", "flat": "持平"}
LAST, BUDGETED = ".last.", ".budgeted."
"""The part of a base's name that says what it is: last year's figure, or this year's budget of a final figure."""
CHANGE_FIGURE = "\0"
"""Stands for a linked difference or rate, whose clause is held against that figure alone."""
NUMBER = "#"
_CLAUSE = re.compile(r"[，。；：、！？（）]")
_REASON = re.compile("主要|原因|由于|因|为了|用于")
_NONE_BEFORE = re.compile("无此项|没有此项|未安排|没有安排")
_WORDS = {
    "flat": re.compile("持平|相当|不变|一致|相同|没有变化|无变化|无增减"),
    "down": re.compile(f"{'|'.join(FEWER)}|较少|略少|略减|略降|减小|回落|缩减|下滑|下调|走低|少于|低于"),
    "up": re.compile(f"{'|'.join(MORE)}|较多|略多|略增|略升|提升|上浮|上调|攀升|走高|翻番|多于|高于"),
}
_COMPARED = "[比较与同和]?(?:上|去|前一)年|同比|略有|有所|小幅|大幅|明显|基本"
_OF_ITS_OWN = re.compile(f"^(?:也|均|都|则|又|总体|整体|并)*(?:{_COMPARED})")
_ANY_WORD = "|".join(words.pattern for words in _WORDS.values())
_CLAIM = re.compile(f"{_COMPARED}|^(?:{_ANY_WORD})(?:[的约近]|$)|(?:{_ANY_WORD})$")
_BUDGET = "(?:本年|当年|年初|全年|调整后?的?)*预算"
_AGAINST_BUDGET = {
    "flat": re.compile(f"[与和同]{_BUDGET}数?(?:持平|一致|相同|相等)"),
    "down": re.compile(f"(?:小于|少于|低于|不足|未达到?){_BUDGET}"),
    "up": re.compile(f"(?:大于|多于|高于|超过了?|超出|超){_BUDGET}"),
}
"""How final accounts say which way a figure moved from its budget."""


@dataclass(frozen=True, slots=True)
class WrongClaim:
    """A clause that says a direction (the ``word`` in it) while the data say another (``said``)."""

    clause: str
    word: str
    said: str


def wrong_claims(runs: Sequence[object], block: Heading | Paragraph, facts: FactGroup) -> Iterator[WrongClaim]:
    """Iterate over the clauses of an edit's ``runs`` whose direction contradicts what they replace in ``block``."""
    generated, edited = clauses(runs_without_number(block)), clauses(runs)
    by_data, by_budget = directions_of(block, facts), directions_of(block, facts, BUDGETED)
    for tag, a, b, c, d in SequenceMatcher(None, generated, edited, autojunk=False).get_opcodes():
        if tag not in ("replace", "insert"):
            continue
        replaced = {direction for clause in generated[a:b] for direction, _ in _said(clause)}
        allowed = replaced if replaced and "基本" not in "".join(generated[a:b]) else replaced | by_data
        for clause in edited[c:d]:
            if CHANGE_FIGURE in clause:
                continue
            if by_budget and any(words.search(clause) for words in _AGAINST_BUDGET.values()):
                yield from _wrong(clause, by_budget)
            elif replaced or _OF_ITS_OWN.match(clause):
                yield from _wrong(clause, allowed)


def clauses(runs: Sequence[object]) -> list[str]:
    """Return the clauses of runs: texts as they are, figures as one character each."""
    words = (run if isinstance(run, str) else _character(run) for run in runs)
    return [clause for clause in _CLAUSE.split("".join(words)) if clause.strip()]


def directions_of(block: Heading | Paragraph, facts: FactGroup, base: str = LAST) -> set[str]:
    """Return the directions of the changes from last year that a paragraph states or was decided on.

    ``base`` :data:`BUDGETED`: only those of final figures from this year's budget that it was decided on.
    """
    basis = block.basis if isinstance(block, Paragraph) else ()
    changes = [name.replace(base, ".change.", 1) for name in basis if base in name]
    changes = [*changes, *(name.removesuffix(".total") for name in changes)]
    if base == LAST:
        printed = (run.fact for run in block.runs if isinstance(run, Figure) and is_change(run.fact))
        changes += [name.rpartition(".")[0] for name in printed]
    found = {direction_of(change, facts) for change in changes}
    return {"up" if direction == "new" else direction for direction in found if direction in DIRECTION_NAMES}


def is_change(name: str) -> bool:
    """Whether a fact is the difference or the rate of a change."""
    return name.rpartition(".")[2] in ("delta", "rate")


def direction_of(change: str, facts: FactGroup) -> str:
    """Return the direction of the change with this name, "" if there is none."""
    try:
        group = facts.look_up(change)
    except KeyError:
        return ""
    return str(group["direction"]) if isinstance(group, FactGroup) and "direction" in group else ""


def _character(run: object) -> str:
    if isinstance(run, Figure):
        return CHANGE_FIGURE if is_change(run.fact) else NUMBER
    name = getattr(run, "figure", None)
    if name is None:
        return getattr(run, "text", "")
    return CHANGE_FIGURE if is_change(name) else NUMBER


def _said(clause: str) -> Iterator[tuple[str, str]]:
    """The directions that a clause says, up to where it gives a reason, each with its word."""
    statement = _REASON.split(clause)[0].replace(CHANGE_FIGURE, NUMBER).strip()
    if found := _NONE_BEFORE.search(statement):
        yield "up", found[0]
        return
    for direction, words in _AGAINST_BUDGET.items():
        if found := words.search(statement):
            yield direction, found[0]
    if _CLAIM.search(statement):
        for direction, words in _WORDS.items():
            if found := words.search(statement):
                yield direction, found[0]


def _wrong(clause: str, allowed: set[str]) -> Iterator[WrongClaim]:
    said = dict(_said(clause))
    if allowed and said and not allowed & said.keys():
        word = next(iter(said.values()))
        names = "、".join(DIRECTION_NAMES[name] for name in ("up", "down", "flat") if name in allowed)
        yield WrongClaim(clause.replace(NUMBER, "…").strip(), word, names)
