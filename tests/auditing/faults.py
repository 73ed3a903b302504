"""Kinds of faults that a publisher makes: each changes one place of a finished document, or finds no place for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from random import Random

from reportgen.tree.nodes import Contents, Document, Figure, Paragraph, Run, Table, Text, plain

from .decidable import contradicted, direction_is_held, is_said_again, rate_is_excluded
from .fault_parts import (
    SENTENCE,
    SUMS,
    At,
    Fault,
    Kind,
    amounts_of,
    digit_changed,
    figures,
    in_prose,
    in_table,
    is_money_table,
    paragraphs,
    pick_amount,
    with_block,
    with_cell,
    with_rows,
    with_run,
)
from .faults_seen import SEEN

__all__ = ["FAULTS", "Fault", "Kind", "amounts_of", "in_table", "run_of"]


def digit_in_table(document: Document, chance: Random) -> Fault | None:
    at = pick_amount(document, chance)
    return None if at is None else in_table(document, at, digit_changed(run_of(at).text, chance))


def run_of(at: At) -> Run:
    return at.table.body[at.row].cells[at.cell].runs[at.run]


def digit_in_sentence(document: Document, chance: Random) -> Fault | None:
    """A digit of an amount that something else in the document contradicts."""
    places = [(one, n) for one in paragraphs(document) for n in figures(one)]
    if not places:
        return None
    one, n = chance.choice(places)
    text = digit_changed(one.runs[n].text, chance)
    return in_prose(document, one, with_run(one.runs, n, text)) if contradicted(document, one, {n: text}) else None


def swapped_in_table(document: Document, chance: Random) -> Fault | None:
    """Two amounts of one row, or of one column in neighbouring rows, in each other's place."""
    at = pick_amount(document, chance)
    if at is None:
        return None
    near = [
        one
        for one in amounts_of(at.table)
        if ((one.row == at.row) != (one.cell == at.cell and abs(one.row - at.row) == 1))
        and (one.row, one.cell) != (at.row, at.cell)
        and not _same(run_of(one).text, run_of(at).text)
    ]
    if not near:
        return None
    other = chance.choice(near)
    runs = [run for run in (run_of(at), run_of(other)) if isinstance(run, Figure)]
    if other.cell == at.cell and not any(is_said_again(document, at.table, run) for run in runs):
        return None  # one sum has both: only the same figure elsewhere could say that they changed places
    first = in_table(document, at, run_of(other).text)
    table = next(one for one in first.document.tables() if one.id == at.table.id)
    second = in_table(first.document, other._replace(table=table), run_of(at).text)
    return Fault(second.document, f"{first.what} and {second.what}")


def _same(a: str, b: str) -> bool:
    return a.replace(",", "") == b.replace(",", "")


def swapped_in_sentence(document: Document, chance: Random) -> Fault | None:
    """Two amounts of a sentence in each other's place: not parts of one list that are named nowhere else."""
    places = []
    for one in paragraphs(document):
        numbers = figures(one)
        places += [(one, a, b) for a, b in pairwise(numbers) if _far(one, a, b)]
    if not places:
        return None
    one, a, b = chance.choice(places)
    texts = {a: one.runs[b].text, b: one.runs[a].text}
    if not contradicted(document, one, texts):
        return None
    return in_prose(document, one, with_run(with_run(one.runs, a, texts[a]), b, texts[b]))


def _far(one: Paragraph, a: int, b: int) -> bool:
    """Whether two figures differ by more than rounding."""
    return abs(float(one.runs[a].text.replace(",", "")) - float(one.runs[b].text.replace(",", ""))) > 0.05


def lost_row(document: Document, chance: Random) -> Fault | None:
    at = pick_amount(document, chance, lambda at: _is_item(at.table, at.row))
    if at is None:
        return None
    rows = [row for n, row in enumerate(at.table.body) if n != at.row]
    text = " ".join(cell.text for cell in at.table.body[at.row].cells)
    return Fault(with_rows(document, at.table, rows), f"{plain(at.table.title)}: without {text}")


def _is_item(table: Table, row: int) -> bool:
    """Whether a row is one of the items of a list: not a total, nothing spans over it."""
    line = table.body[row]
    spans = any(cell.rowspan > 1 for one in table.body for cell in one.cells)
    return line.role == "item" and not spans and not table.panels and len(table.body) > 2


def row_twice(document: Document, chance: Random) -> Fault | None:
    at = pick_amount(document, chance, lambda at: _is_item(at.table, at.row))
    if at is None:
        return None
    row = at.table.body[at.row]
    again = replace(row, id=f"{row.id}-again")
    rows = [*at.table.body[: at.row + 1], again, *at.table.body[at.row + 1 :]]
    text = " ".join(cell.text for cell in row.cells)
    return Fault(with_rows(document, at.table, rows), f"{plain(at.table.title)}: twice {text}")


def wrong_total(document: Document, chance: Random) -> Fault | None:
    at = pick_amount(document, chance, lambda at: at.table.body[at.row].role == "total")
    return None if at is None else in_table(document, at, digit_changed(run_of(at).text, chance))


def wrong_rate(document: Document, chance: Random) -> Fault | None:
    places = [(one, n) for one in paragraphs(document) for n in figures(one, ("%",)) if _is_rate(one, n)]
    if not places:
        return None
    one, n = chance.choice(places)
    text = digit_changed(one.runs[n].text, chance)
    return in_prose(document, one, with_run(one.runs, n, text)) if rate_is_excluded(one, n, text) else None


def _is_rate(one: Paragraph, n: int) -> bool:
    before = "".join(run.text for run in one.runs[:n])
    return bool(re.search("(?:增长|下降|增加|减少|上升|降低|提高)[^，。；]{0,4}$", before))


def wrong_share(document: Document, chance: Random) -> Fault | None:
    places = [(one, n) for one in paragraphs(document) for n in figures(one, ("%",)) if not _is_rate(one, n)]
    if not places:
        return None
    one, n = chance.choice(places)
    text = digit_changed(one.runs[n].text, chance)
    return in_prose(document, one, with_run(one.runs, n, text)) if rate_is_excluded(one, n, text) else None


TURNED = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}


def wrong_direction(document: Document, chance: Random) -> Fault | None:
    """The word of direction before one figure turned round, where the sentence says by which rate, from which base or
    why it changed; else only the figures of last year, which are not printed, could say that it is wrong."""
    places = []
    for one in paragraphs(document):
        for n in figures(one):
            before = one.runs[n - 1] if n else None
            found = re.search("(增加|减少)$", before.text) if isinstance(before, Text) else None
            if found and before is not None and direction_is_held(document, one, n):
                places.append((one, n - 1, before.text[: found.start()] + TURNED[found[1]]))
    if not places:
        return None
    one, n, text = chance.choice(places)
    return in_prose(document, one, with_run(one.runs, n, text))


YEAR = re.compile("(20[0-9]{2})(?=年)")


def wrong_year(document: Document, chance: Random) -> Fault | None:
    """A year in a sentence two years off."""
    places = []
    for one in paragraphs(document):
        if one.role == "note" or re.search("[“《〔]", plain(one.runs)):
            continue
        text = plain(one.runs)
        places += [(one, found) for found in YEAR.finditer(text)]
    if not places:
        return None
    one, found = chance.choice(places)
    text = plain(one.runs)
    changed = f"{text[: found.start()]}{int(found[1]) - 2}{text[found.end() :]}"
    return in_prose(document, one, (Text(changed),))


def wrong_year_in_title(document: Document, chance: Random) -> Fault | None:
    tables = [table for table in document.tables() if YEAR.search(plain(table.title))]
    if not tables:
        return None
    table = chance.choice(tables)
    title = YEAR.sub(lambda found: str(int(found[1]) - 1), plain(table.title))
    return Fault(with_block(document, table, replace(table, title=(Text(title),))), f"{plain(table.title)} → {title}")


def wrong_unit(document: Document, chance: Random) -> Fault | None:
    """元 after an amount of a sentence whose other amounts are in 万元."""
    places = []
    for one in paragraphs(document):
        numbers = figures(one)
        for n in numbers:
            after = one.runs[n + 1] if n + 1 < len(one.runs) else None
            if isinstance(after, Text) and re.match(r"\s*万元", after.text):
                places.append((one, n + 1, after.text.replace("万元", "元", 1)))
    if not places:
        return None
    one, n, text = chance.choice(places)
    return in_prose(document, one, with_run(one.runs, n, text))


def wrong_unit_of_table(document: Document, chance: Random) -> Fault | None:
    tables = [t for t in document.tables() if "元" in plain(t.right) and is_money_table(t) and any(amounts_of(t))]
    if not tables:
        return None
    table = chance.choice(tables)
    right = plain(table.right)
    other = right.replace("万元", "元") if "万元" in right else right.replace("元", "万元")
    return Fault(
        with_block(document, table, replace(table, right=(Text(other),))), f"{plain(table.title)} {right} → {other}"
    )


def _coded_rows(document: Document) -> list[tuple[Table, int, int]]:
    """Rows with a code of 3, 5 or 7 digits in a cell of its own and a name after it: table, row, cell of the code."""
    found = []
    for table in document.tables():
        for n, row in enumerate(table.body):
            for c, cell in enumerate(row.cells[:-1]):
                if re.fullmatch("[23][0-9]{2}(?:[0-9]{2}){0,2}", cell.text) and re.match(
                    r"\s*[一-鿿]", row.cells[c + 1].text
                ):
                    found.append((table, n, c))
                    break
    return found


def wrong_name(document: Document, chance: Random) -> Fault | None:
    """The name of another row of the same table in the place of a code's name."""
    places = _coded_rows(document)
    if not places:
        return None
    table, n, c = chance.choice(places)
    own = table.body[n].cells[c + 1]
    code = table.body[n].cells[c].text
    others = [
        one.body[r].cells[k + 1].text
        for one, r, k in places
        if one is table
        and one.body[r].cells[k].text != code
        and one.body[r].cells[k + 1].text.strip() != own.text.strip()
    ]
    if not others:
        return None
    name = chance.choice(others)
    changed = with_cell(table, n, c + 1, replace(own, runs=(Text(name),)))
    return Fault(with_block(document, table, changed), f"{plain(table.title)} {code} {own.text} → {name}")


def doubled_code(document: Document, chance: Random) -> Fault | None:
    """The code of the row above in the place of a code."""
    places = [
        (table, n, c)
        for table, n, c in _coded_rows(document)
        if n and len(table.body[n - 1].cells) > c
        and len(table.body[n - 1].cells[c].text) == len(table.body[n].cells[c].text)
        and table.body[n - 1].cells[c].text.isdigit()
        and table.body[n - 1].cells[c].text != table.body[n].cells[c].text
    ]  # fmt: skip
    if not places:
        return None
    table, n, c = chance.choice(places)
    own, code = table.body[n].cells[c], table.body[n - 1].cells[c].text
    changed = with_cell(table, n, c, replace(own, runs=(Text(code),)))
    return Fault(with_block(document, table, changed), f"{plain(table.title)} {own.text} → {code}")


LEFTOVERS = (
    "（公开时请删除）",
    "XX",
    "【请填写】",
    "增加（减少）",
    "（此处填写原因）",
    "××",
    "____",
    "（略）",
    "XXX万元",
)


def leftover(document: Document, chance: Random) -> Fault | None:
    one = chance.choice([one for one in paragraphs(document) if len(plain(one.runs)) > 20 and one.role != "note"])
    left = chance.choice(LEFTOVERS)
    text = plain(one.runs)
    at = [n for n, c in enumerate(text) if c in "，。"] or [len(text)]
    place = chance.choice(at)
    return in_prose(document, one, (Text(text[:place] + left + text[place:]),))


def missing_note(document: Document, chance: Random) -> Fault | None:
    """A table of funds without rows, and without the note that says so, here and in the sentences."""
    empty = [
        table
        for table in document.tables()
        if re.search("政府性基金|国有资本", plain(table.title)) and not any(amounts_of(table)) and table.notes
    ]
    if not empty:
        return None
    table = chance.choice(empty)
    changed = with_block(document, table, replace(table, notes=()))
    name = "政府性基金" if "政府性基金" in plain(table.title) else "国有资本"
    for one in paragraphs(changed):
        if name in plain(one.runs):
            changed = with_block(changed, one, None)
    return Fault(changed, f"{plain(table.title)} without its note")


def _tables(document: Document, words: str) -> list[Table]:
    return [table for table in document.tables() if re.search(words, plain(table.title) + plain(table.heading.runs))]


def part_of_three_public(document: Document, chance: Random) -> Fault | None:
    places = [at for table in _tables(document, "三公") for at in amounts_of(table)]
    if not places:
        return None
    at = chance.choice(places)
    run = run_of(at)
    assert isinstance(run, Figure)
    if re.search("named", run.fact) and not is_said_again(document, at.table, run):
        return None  # 会议费 and 培训费 beside “三公” are no part of any sum
    return in_table(document, at, digit_changed(run.text, chance))


def figure_of_project(document: Document, chance: Random) -> Fault | None:
    tables = [t for t in _tables(document, "项目") if is_money_table(t) and not re.search("基本", plain(t.title))]
    places = [at for table in tables for at in amounts_of(table)]
    if not places:
        return None
    at = chance.choice(places)
    return in_table(document, at, digit_changed(run_of(at).text, chance))


NOT_IN_THE_BODY = ("十五、预决算公开整改情况", "附录：以前年度问题整改台账", "七、债务限额和余额明细")


def contents_line(document: Document, chance: Random) -> Fault | None:
    """A line of the contents that repeats another one, or names what the body does not have."""
    contents = next((block for block in document.blocks() if isinstance(block, Contents)), None)
    if contents is None or len(contents.entries) < 6:
        return None
    entries = list(contents.entries)
    n = chance.randrange(1, len(entries))
    text, before = plain(entries[n].runs), plain(entries[n - 1].runs)
    is_sibling = entries[n].level == entries[n - 1].level
    other = chance.choice([before if is_sibling else NOT_IN_THE_BODY[0], chance.choice(NOT_IN_THE_BODY)])
    entries[n] = replace(entries[n], runs=(Text(other),))
    changed = with_block(document, contents, replace(contents, entries=tuple(entries)))
    return Fault(changed, f"contents: {text} → {other}")


def doubled_mark(document: Document, chance: Random) -> Fault | None:
    one = chance.choice([one for one in paragraphs(document) if re.search("[，。；]", plain(one.runs))])
    text = plain(one.runs)
    places = [n for n, c in enumerate(text) if c in "，。；"]
    n = chance.choice(places)
    return in_prose(document, one, (Text(text[:n] + text[n] + text[n:]),))


def doubled_word(document: Document, chance: Random) -> Fault | None:
    places = [one for one in paragraphs(document) if "万元" in plain(one.runs)]
    if not places:
        return None
    one = chance.choice(places)
    text = plain(one.runs)
    at = chance.choice([m.end() for m in re.finditer("万元", text)])
    return in_prose(document, one, (Text(f"{text[:at]}万元{text[at:]}"),))


def missing_table(document: Document, chance: Random) -> Fault | None:
    tables = [t for t in document.tables() if re.search("收支|收入|支出|三公", plain(t.title)) and is_money_table(t)]
    table = chance.choice([t for t in tables if not re.search("项目|国有|经济分类|按", plain(t.title))])
    without = with_block(document, table, None)
    for contents in [block for block in without.blocks() if isinstance(block, Contents)]:
        entries = tuple(entry for entry in contents.entries if entry.target != table.heading.id)
        without = with_block(without, contents, replace(contents, entries=entries))
    return Fault(without, f"without {plain(table.title)}")


YEARS = frozenset({"AU118", "AU107", "GJ404"})
FAULTS: Mapping[str, Kind] = {
    "digit in table": Kind(digit_in_table, SUMS),
    "digit in sentence": Kind(digit_in_sentence, SENTENCE),
    "swapped in table": Kind(swapped_in_table, SUMS),
    "swapped in sentence": Kind(swapped_in_sentence, SENTENCE),
    "lost row": Kind(lost_row, SUMS | {"AU108"}),
    "row twice": Kind(row_twice, SUMS | {"AU108"}),
    "wrong total": Kind(wrong_total, SUMS),
    "wrong rate": Kind(wrong_rate, SENTENCE),
    "wrong share": Kind(wrong_share, SENTENCE),
    "wrong direction": Kind(wrong_direction, SENTENCE),
    "wrong year": Kind(wrong_year, YEARS),
    "wrong year in title": Kind(wrong_year_in_title, YEARS),
    "wrong unit": Kind(wrong_unit, SENTENCE),
    "wrong unit of table": Kind(wrong_unit_of_table, SUMS | {"AU126"}),
    "wrong name": Kind(wrong_name, frozenset({"AU103"})),
    "doubled code": Kind(doubled_code, SUMS | {"AU103", "AU108"}),
    "leftover": Kind(leftover, frozenset({"AU119", "AU120"})),
    "missing note": Kind(missing_note, frozenset({"AU106"})),
    "missing table": Kind(missing_table, frozenset({"AU105"})),
    "part of 三公": Kind(part_of_three_public, SUMS),
    "figure of project": Kind(figure_of_project, SUMS),
    "contents line": Kind(contents_line, frozenset({"AU109"})),
    "doubled mark": Kind(doubled_mark, frozenset({"AU120"})),
    "doubled word": Kind(doubled_word, frozenset({"AU119"})),
    **SEEN,
}
