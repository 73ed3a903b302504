"""Faults planted into the elements of a page. Each takes a file and chance, and gives the faulty file."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from lxml import etree

from .archives import Plant, another_digit, has_digit, other_unit

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def elements_of(payload: bytes) -> Any:
    return etree.fromstring(payload, etree.HTMLParser(encoding="utf-8")).getroottree()


def rewritten(tree: Any) -> bytes:
    return b"<!DOCTYPE html>\n" + etree.tostring(tree.getroot(), method="html", encoding="utf-8")


def edited(payload: bytes, edit: Callable[[Any], object]) -> bytes | None:
    """The page with its elements changed; None if the edit found nothing to change."""
    tree = elements_of(payload)
    return rewritten(tree) if edit(tree.getroot().find("body")) else None


def _page(edit: Callable[[Any, Random], object]) -> Plant:
    return lambda payload, chance: edited(payload, lambda body: edit(body, chance))


def _words(element: Any) -> str:
    return "".join(element.itertext())


def _texts(body: Any, *tags: str) -> list[Any]:
    """The elements with a text of their own that are one of ``tags`` or within one."""
    return [one for outer in body.iter(*tags) for one in outer.iter() if (one.text or "").strip()]


def _digit(*tags: str) -> Plant:
    def edit(body: Any, chance: Random) -> bool:
        text = chance.choice([one for one in _texts(body, *tags) if has_digit(one)])
        text.text = another_digit(text.text, chance)
        return True

    return _page(edit)


def _rows(body: Any) -> list[Any]:
    return [row for row in body.iter("tr") if row.getparent().tag == "tbody" and _words(row).strip()]


def _lost(choose: Callable[[Any], list[Any]]) -> Plant:
    def edit(body: Any, chance: Random) -> bool:
        found = choose(body)
        if found:
            one = chance.choice(found)
            one.getparent().remove(one)
        return bool(found)

    return _page(edit)


def _doubled(choose: Callable[[Any], list[Any]]) -> Plant:
    def edit(body: Any, chance: Random) -> bool:
        one = chance.choice(choose(body))
        copy = etree.fromstring(etree.tostring(one))
        for element in copy.iter():
            element.attrib.pop("id", None)
        one.addnext(copy)
        return True

    return _page(edit)


def _paragraphs(body: Any) -> list[Any]:
    return [p for p in body.iter("p") if p.get("class") in ("body", "item")]


def _notes(body: Any) -> list[Any]:
    return [p for p in body.iter("p") if p.get("class") == "note" and p.getparent().tag == "section"]


def _swapped_cells(body: Any, chance: Random) -> bool:
    table = chance.choice([one for one in body.iter("tbody") if len(_rows(one)) > 1])
    cells = [cell for row in _rows(table) for cell in row]
    one = chance.choice(cells)
    others = [cell for cell in cells if _words(cell).strip() != _words(one).strip()]
    if others:
        other = chance.choice(others)
        ours, theirs = (list(cell) for cell in (one, other))
        one.text, other.text = other.text, one.text
        one[:], other[:] = theirs, ours
    return bool(others)


def _swapped_paragraphs(body: Any, chance: Random) -> bool:
    pairs = [(p, p.getnext()) for p in _paragraphs(body) if p.getnext() is not None and p.getnext().tag == "p"]
    pairs = [(one, other) for one, other in pairs if _words(one) != _words(other)]
    if pairs:
        one, other = chance.choice(pairs)
        other.addnext(one)
    return bool(pairs)


def _line(kind: str, change: Callable[[str], str]) -> Plant:
    def edit(body: Any, chance: Random) -> bool:
        lines = [part for caption in body.iter("caption") for part in caption if part.get("class") == kind]
        places = [(one, "text") for line in lines for one in line.iter()] + [
            (x, "tail") for line in lines for x in line
        ]
        places = [
            (one, where) for one, where in places if change(getattr(one, where) or "") != (getattr(one, where) or "")
        ]
        if places:
            one, where = chance.choice(places)
            setattr(one, where, change(getattr(one, where)))
        return bool(places)

    return _page(edit)


def _head(body: Any, chance: Random) -> bool:
    cell = chance.choice([cell for head in body.iter("thead") for cell in head.iter("th")])
    cell.text += "额"
    return True


def _heading(body: Any, chance: Random) -> bool:
    heading = chance.choice([one for one in body.iter(*_HEADINGS) if one.text])
    heading.text += "额"
    return True


def _outside(body: Any, chance: Random) -> bool:
    """Words next to an element that may have none: within a row, a table, a list, a section."""
    one = chance.choice([one for one in body.iter("tr", "tbody", "ol", "section", "div", "nav", "caption")])
    one.text = (one.text or "") + "草稿"
    return True


def _link(body: Any, chance: Random) -> bool:
    chance.choice(list(body.iter("a"))).set("href", "#nowhere")
    return True


def _entry(body: Any, chance: Random) -> bool:
    chance.choice(list(body.iter("a"))).text += "额"
    return True


def _hidden(body: Any, chance: Random) -> bool:
    chance.choice(_paragraphs(body)).set("style", "display:none")
    return True


def _script(body: Any, chance: Random) -> bool:
    etree.SubElement(chance.choice(_paragraphs(body)), "script").text = "1"
    return True


def _title(payload: bytes, chance: Random) -> bytes:
    tree = elements_of(payload)
    title = tree.getroot().find("head/title")
    title.text = another_digit(title.text, chance)
    return rewritten(tree)


HTML: dict[str, Plant] = {
    "a digit in prose": _digit("p"),
    "a digit in a table": _digit("td"),
    "a lost row": _lost(_rows),
    "a doubled row": _doubled(_rows),
    "two swapped cells": _page(_swapped_cells),
    "a lost paragraph": _lost(_paragraphs),
    "a doubled paragraph": _doubled(_paragraphs),
    "two swapped paragraphs": _page(_swapped_paragraphs),
    "a wrong unit line": _line("right", other_unit),
    "a wrong table title": _line("title", lambda text: text.replace("年", "年度", 1)),
    "a changed head": _page(_head),
    "a changed heading": _page(_heading),
    "a lost note": _lost(_notes),
    "a wrong title in the metadata": _title,
    "a wrong entry in the contents": _page(_entry),
    "a link that leads nowhere": _page(_link),
    "text outside the structure": _page(_outside),
    "a hidden paragraph": _page(_hidden),
    "a script": _page(_script),
}
