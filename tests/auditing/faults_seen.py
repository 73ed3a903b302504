"""Kinds of faults that reviewers met in published documents: what a form or last year's file left behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random

from reportgen.tree.nodes import Contents, Document, Figure, Paragraph, Text, plain

from .decidable import rate_is_excluded
from .fault_parts import SENTENCE, Fault, Kind, digit_changed, figures, in_prose, paragraphs, with_block, with_run

COMPLETED = re.compile("完成(?:年初|全年)?预算")
TURNED = {"大于": "小于", "小于": "大于", "持平": "大于"}
CHANGED = re.compile(
    "(?:比|较)(20[0-9]{2}年[^，。；]*?[0-9.,]+万元)(?:增加|减少)[0-9.,]+万元(?:，(?:增长|下降|增加|减少)[0-9.]+%)?"
)
"""A change from a base that the sentence prints."""
COUNTS = ("批次", "保有量", "团组")


def _replaced(document: Document, one: Paragraph, text: str) -> Fault:
    return in_prose(document, one, (Text(text),))


def said_to_be_flat(document: Document, chance: Random) -> Fault | None:
    """持平 in the place of a change, beside both amounts: 减少为0 written as 持平."""
    places = [one for one in paragraphs(document) if CHANGED.search(plain(one.runs))]
    if not places:
        return None
    one = chance.choice(places)
    return _replaced(document, one, CHANGED.sub(r"与\1持平", plain(one.runs), count=1))


def share_without_sign(document: Document, chance: Random) -> Fault | None:
    """One share of a list without its %."""
    share = re.compile(r"(占[0-9]{1,3}\.[0-9]{1,2})%(?=[，；。])")
    places = [one for one in paragraphs(document) if len(share.findall(plain(one.runs))) > 1]
    if not places:
        return None
    one = chance.choice(places)
    found = chance.choice(list(share.finditer(plain(one.runs))))
    text = plain(one.runs)
    return _replaced(document, one, f"{text[: found.start()]}{found[1]}{text[found.end() :]}")


def _completions(document: Document) -> list[tuple[Paragraph, int, int, int]]:
    """Sentences of one budget, what was spent and the rate of completion: the numbers of these runs."""
    found = []
    for one in paragraphs(document):
        rates = [n for n, run in enumerate(one.runs) if isinstance(run, Figure) and run.fact.endswith(".completion")]
        money = [n for n in figures(one) if not rates or n < rates[0]]
        if len(rates) == 1 and len(money) >= 2:
            found.append((one, money[-2], money[-1], rates[0]))
    return found


def wrong_completion(document: Document, chance: Random) -> Fault | None:
    places = _completions(document)
    if not places:
        return None
    one, _, _, rate = chance.choice(places)
    text = digit_changed(one.runs[rate].text, chance)
    return in_prose(document, one, with_run(one.runs, rate, text)) if rate_is_excluded(one, rate, text) else None


def budget_of_zero(document: Document, chance: Random) -> Fault | None:
    """A budget of zero, beside a rate of completion."""
    places = _completions(document)
    if not places:
        return None
    one, budget, _, _ = chance.choice(places)
    return in_prose(document, one, with_run(one.runs, budget, "0.00"))


def wrong_side_of_budget(document: Document, chance: Random) -> Fault | None:
    """决算数大于预算数 where it is less."""
    said = re.compile("(决算数)(?:(大于|小于)(年初|全年)?预算数|与(年初|全年)?预算数持平)")
    places = [one for one, *_ in _completions(document) if said.search(plain(one.runs))]
    if not places:
        return None
    one = chance.choice(places)
    text = said.sub(
        lambda found: f"{found[1]}{TURNED[found[2] or '持平']}{found[3] or found[4] or ''}预算数", plain(one.runs)
    )
    return _replaced(document, one, text)


def stated_otherwise(document: Document, chance: Random) -> Fault | None:
    """Another amount where one figure is stated in two paragraphs."""
    places: dict[str, list[tuple[Paragraph, int]]] = {}
    for one in paragraphs(document):
        for n in figures(one):
            run = one.runs[n]
            assert isinstance(run, Figure)
            places.setdefault(run.fact, []).append((one, n))
    twice = [found for found in places.values() if len({id(one) for one, _ in found}) > 1]
    if not twice:
        return None
    one, n = chance.choice(chance.choice(twice))
    return in_prose(document, one, with_run(one.runs, n, digit_changed(one.runs[n].text, chance)))


def wrong_base_year(document: Document, chance: Random) -> Fault | None:
    """A comparison with two years before last year."""
    compared = re.compile("(?<=[比较与])20[0-9]{2}(?=年)")
    places = [one for one in paragraphs(document) if compared.search(plain(one.runs)) and "万元" in plain(one.runs)]
    if not places:
        return None
    one = chance.choice(places)
    return _replaced(document, one, compared.sub(lambda found: str(int(found[0]) - 2), plain(one.runs), count=1))


def cut_year_in_contents(document: Document, chance: Random) -> Fault | None:
    """202 年度 in a line of the contents."""
    contents = next((block for block in document.blocks() if isinstance(block, Contents)), None)
    year = re.compile("(20[0-9])[0-9](?=年度)")
    lines = [n for n, entry in enumerate(contents.entries) if year.search(plain(entry.runs))] if contents else []
    if contents is None or not lines:
        return None
    n = chance.choice(lines)
    entries = list(contents.entries)
    text = year.sub(r"\1", plain(entries[n].runs), count=1)
    entries[n] = replace(entries[n], runs=(Text(text),))
    return Fault(with_block(document, contents, replace(contents, entries=tuple(entries))), f"contents: {text}")


def missing_counts(document: Document, chance: Random) -> Fault | None:
    """The sentences with one of the counts that final accounts have to state taken out."""
    counts = [count for count in COUNTS if any(_states(one, count) for one in paragraphs(document))]
    if not counts:
        return None
    count = chance.choice(counts)
    for one in paragraphs(document):
        if _states(one, count):
            kept = [said for said in re.split("(?<=。)", plain(one.runs)) if count not in said]
            document = with_block(document, one, replace(one, runs=(Text("".join(kept) or "略。"),)))
    return Fault(document, f"without {count}")


def _states(one: Paragraph, count: str) -> bool:
    return bool(re.search(f"[0-9]+[^。]{{0,6}}{count}|{count}[^。]{{0,6}}[0-9]", plain(one.runs)))


SEEN: Mapping[str, Kind] = {
    "said to be flat": Kind(said_to_be_flat, SENTENCE),
    "share without sign": Kind(share_without_sign, frozenset({"AU120"})),
    "stated otherwise": Kind(stated_otherwise, SENTENCE),
    "wrong base year": Kind(wrong_base_year, frozenset({"AU118"})),
    "cut year in contents": Kind(cut_year_in_contents, frozenset({"AU120"})),
    "wrong completion": Kind(wrong_completion, SENTENCE),
    "budget of zero": Kind(budget_of_zero, SENTENCE),
    "wrong side of budget": Kind(wrong_side_of_budget, SENTENCE),
    "missing counts": Kind(missing_counts, frozenset({"AU127"})),
}
"""The last four are found in final accounts only, the others in budgets too."""
