"""Faults planted into the XML parts of DOCX and XLSX files. Each takes a file and chance, and gives the faulty file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DOCUMENT, PROPERTIES, INDEX = "word/document.xml", "docProps/core.xml", "xl/worksheets/sheet1.xml"
NOTES = ("TableNote",)
Plant = Callable[[bytes, Random], bytes | None]


def edited(payload: bytes, part: str, edit: Callable[[Any], object]) -> bytes | None:
    """The archive with one part changed; None if the edit found nothing to change."""
    with ZipFile(BytesIO(payload)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    tree = etree.fromstring(parts[part])
    if not edit(tree):
        return None
    parts[part] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def another_digit(text: str, chance: Random) -> str:
    places = [n for n, char in enumerate(text) if char in "0123456789"]
    n = chance.choice(places)
    return text[:n] + chance.choice([d for d in "0123456789" if d != text[n]]) + text[n + 1 :]


def has_digit(element: Any) -> bool:
    return any(char in "0123456789" for char in element.text or "")


# DOCX


def _inside(element: Any, tag: str) -> bool:
    return next(element.iterancestors(f"{W}{tag}"), None) is not None


def _style(paragraph: Any) -> str:
    return str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))


def _words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def _prose(body: Any) -> list[Any]:
    hidden = ("TableHeading", *NOTES)
    return [p for p in body.iter(f"{W}p") if not _inside(p, "tbl") and _words(p) and _style(p) not in hidden]


def _word(edit: Callable[[Any, Random], object]) -> Plant:
    return lambda payload, chance: edited(payload, DOCUMENT, lambda body: edit(body, chance))


def _word_digit(within_tables: bool) -> Plant:
    def edit(body: Any, chance: Random) -> bool:
        texts = [t for t in body.iter(f"{W}t") if has_digit(t) and _inside(t, "tbl") == within_tables]
        text = chance.choice(texts)
        text.text = another_digit(text.text, chance)
        return True

    return _word(edit)


def _word_rows(body: Any, head: bool) -> list[Any]:
    rows = [row for row in body.iter(f"{W}tr") if _words(row).strip()]
    return [row for row in rows if (row.find(f"{W}trPr/{W}tblHeader") is not None) == head]


def _word_lost_row(body: Any, chance: Random) -> bool:
    row = chance.choice(_word_rows(body, head=False))
    row.getparent().remove(row)
    return True


def _word_doubled_row(body: Any, chance: Random) -> bool:
    row = chance.choice(_word_rows(body, head=False))
    row.addnext(etree.fromstring(etree.tostring(row)))
    return True


def _word_swapped_cells(body: Any, chance: Random) -> bool:
    table = chance.choice([row.getparent() for row in _word_rows(body, head=False)])
    texts = [t for row in _word_rows(table, head=False) for t in row.iter(f"{W}t")]
    return _swapped(texts, chance)


def _swapped(texts: list[Any], chance: Random) -> bool:
    one = chance.choice(texts)
    others = [t for t in texts if (t.text or "").strip() != (one.text or "").strip()]
    if others:
        other = chance.choice(others)
        one.text, other.text = other.text, one.text
    return bool(others)


def _word_lost_paragraph(body: Any, chance: Random) -> bool:
    paragraph = chance.choice(_prose(body))
    paragraph.getparent().remove(paragraph)
    return True


def _word_doubled_paragraph(body: Any, chance: Random) -> bool:
    paragraph = chance.choice(_prose(body))
    paragraph.addnext(etree.fromstring(etree.tostring(paragraph)))
    return True


def _word_swapped_paragraphs(body: Any, chance: Random) -> bool:
    paragraphs = _prose(body)
    n = chance.randrange(len(paragraphs) - 1)
    one, other = paragraphs[n : n + 2]
    if one.getparent() is not other.getparent() or _words(one) == _words(other):
        return False
    other.addnext(one)
    return True


def _word_line(style: str, change: Callable[[str], str]) -> Plant:
    def edit(body: Any, chance: Random) -> bool:
        paragraphs = [p for p in body.iter(f"{W}p") if _style(p) == style and change(_words(p)) != _words(p)]
        texts = [t for p in paragraphs for t in p.iter(f"{W}t") if change(t.text) != t.text]
        if texts:
            text = chance.choice(texts)
            text.text = change(text.text)
        return bool(texts)

    return _word(edit)


def _word_head(body: Any, chance: Random) -> bool:
    rows = [row for row in _word_rows(body, head=True) if row.find(f".//{W}shd") is not None or "Head" in _kinds(row)]
    text = chance.choice([t for row in rows for t in row.iter(f"{W}t")])
    text.text += "额"
    return True


def _kinds(row: Any) -> str:
    return " ".join(_style(p) for p in row.iter(f"{W}p"))


def _word_lost_note(body: Any, chance: Random) -> bool:
    notes = [p for p in body.iter(f"{W}p") if _style(p) in NOTES]
    if notes:
        note = chance.choice(notes)
        note.getparent().remove(note)
    return bool(notes)


def other_unit(text: str) -> str:
    if not text.startswith("单位："):
        return text
    return "单位：元" if "万元" in text else "单位：万元"


def title_of(payload: bytes, chance: Random) -> bytes | None:
    """Metadata of either format: another year in the title."""

    def edit(core: Any) -> bool:
        title = core.find("{http://purl.org/dc/elements/1.1/}title")
        title.text = another_digit(title.text, chance)
        return True

    return edited(payload, PROPERTIES, edit)


DOCX: dict[str, Plant] = {
    "a digit in prose": _word_digit(within_tables=False),
    "a digit in a table": _word_digit(within_tables=True),
    "a lost row": _word(_word_lost_row),
    "a doubled row": _word(_word_doubled_row),
    "two swapped cells": _word(_word_swapped_cells),
    "a lost paragraph": _word(_word_lost_paragraph),
    "a doubled paragraph": _word(_word_doubled_paragraph),
    "two swapped paragraphs": _word(_word_swapped_paragraphs),
    "a wrong unit line": _word_line("TableLabel", other_unit),
    "a wrong table title": _word_line("TableTitle", lambda text: text.replace("年", "年度", 1)),
    "a changed head": _word(_word_head),
    "a lost note": _word(_word_lost_note),
    "a wrong title in the metadata": title_of,
}

# XLSX


def _sheet(edit: Callable[[Any, Random], object]) -> Plant:
    def plant(payload: bytes, chance: Random) -> bytes | None:
        with ZipFile(BytesIO(payload)) as archive:
            sheets = sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet") and n != INDEX)
        return edited(payload, chance.choice(sheets), lambda tree: edit(tree, chance))

    return plant


def _numbers(sheet: Any) -> list[Any]:
    return [cell for cell in sheet.iter(f"{S}c") if cell.find(f"{S}v") is not None]


def _texts(sheet: Any) -> list[Any]:
    return list(sheet.iter(f"{S}t"))


def _row_number(text: Any) -> int:
    return int(next(text.iterancestors(f"{S}row")).get("r"))


def _head_end(sheet: Any) -> int:
    """The row above which the view is frozen."""
    return int(sheet.find(f".//{S}pane").get("topLeftCell").strip("A")) - 1


def _sheet_digit(sheet: Any, chance: Random) -> bool:
    numbers = [cell.find(f"{S}v") for cell in _numbers(sheet)]
    if numbers:
        value = chance.choice(numbers)
        whole, _, rest = value.text.partition(".")
        value.text = another_digit(whole, chance) + (f".{rest}" if rest else "")
    return bool(numbers)


def _sheet_same_print(sheet: Any, chance: Random) -> bool:
    """Another value that prints the same in two decimals."""
    numbers = [cell.find(f"{S}v") for cell in _numbers(sheet)]
    for value in chance.sample(numbers, len(numbers)):
        exact, cent = Decimal(value.text), Decimal("0.01")
        other = exact + Decimal("0.0013")
        if exact.quantize(cent, ROUND_HALF_UP) == other.quantize(cent, ROUND_HALF_UP):
            value.text = str(other)
            return True
    return False


def _sheet_text_number(sheet: Any, chance: Random) -> bool:
    """A figure that has become a text, which no sum counts."""
    numbers = [c for c in _numbers(sheet) if c.find(f"{S}v").text]
    if numbers:
        cell = chance.choice(numbers)
        value = cell.find(f"{S}v")
        words = value.text
        cell.remove(value)
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t").text = words
    return bool(numbers)


def _sheet_formula(sheet: Any, chance: Random) -> bool:
    numbers = _numbers(sheet)
    if numbers:
        etree.SubElement(chance.choice(numbers), f"{S}f").text = "1+1"
    return bool(numbers)


def _sheet_lost_row(sheet: Any, chance: Random) -> bool:
    rows = [r for r in sheet.iter(f"{S}row") if int(r.get("r")) > _head_end(sheet) and any(len(cell) for cell in r)]
    row = chance.choice(rows)
    for cell in row:
        cell.attrib.pop("t", None)
        cell[:] = []
    return True


def _sheet_removed_row(sheet: Any, chance: Random) -> bool:
    rows = [r for r in sheet.iter(f"{S}row") if int(r.get("r")) > _head_end(sheet) and any(len(cell) for cell in r)]
    row = chance.choice(rows)
    row.getparent().remove(row)
    return True


def _sheet_swapped_cells(sheet: Any, chance: Random) -> bool:
    end = _head_end(sheet)
    values = [v for v in sheet.iter(f"{S}v") if _row_number(v) > end]
    return len(values) > 1 and _swapped(values, chance)


def _sheet_line(change: Callable[[str], str]) -> Plant:
    def edit(sheet: Any, chance: Random) -> bool:
        texts = [t for t in _texts(sheet) if _row_number(t) <= 3 and change(t.text) != t.text]
        if texts:
            text = chance.choice(texts)
            text.text = change(text.text)
        return bool(texts)

    return _sheet(edit)


def _sheet_head(sheet: Any, chance: Random) -> bool:
    text = chance.choice([t for t in _texts(sheet) if 3 < _row_number(t) <= _head_end(sheet)])
    text.text += "额"
    return True


def _sheet_lost_note(sheet: Any, chance: Random) -> bool:
    notes = [t for t in _texts(sheet) if "无数据" in t.text and _row_number(t) > _head_end(sheet)]
    for note in notes[:1]:
        cell = next(note.iterancestors(f"{S}c"))
        cell[:] = []
    return bool(notes)


def _index(payload: bytes, chance: Random) -> bytes | None:
    def edit(sheet: Any) -> bool:
        text = chance.choice([t for t in _texts(sheet) if _row_number(t) > 3])
        text.text = f"{text.text}额"
        return True

    return edited(payload, INDEX, edit)


def _format(payload: bytes, chance: Random) -> bytes | None:
    """A number format that shows fewer decimals."""

    def edit(styles: Any) -> bool:
        codes = {x.get("numFmtId"): x.get("formatCode") for x in styles.iterfind(f"{S}numFmts/{S}numFmt")}
        with_decimals = {id for id, code in codes.items() if "0.00" in code}
        looks = [x for x in styles.iterfind(f"{S}cellXfs/{S}xf") if x.get("numFmtId") in with_decimals]
        if looks:
            chance.choice(looks).set("numFmtId", "1")
        return bool(looks)

    return edited(payload, "xl/styles.xml", edit)


XLSX: dict[str, Plant] = {
    "a digit in a table": _sheet(_sheet_digit),
    "another value behind the same print": _sheet(_sheet_same_print),
    "a figure turned into text": _sheet(_sheet_text_number),
    "a figure turned into a formula": _sheet(_sheet_formula),
    "a number format of fewer decimals": _format,
    "a lost row": _sheet(_sheet_removed_row),
    "an emptied row": _sheet(_sheet_lost_row),
    "two swapped cells": _sheet(_sheet_swapped_cells),
    "a wrong unit line": _sheet_line(other_unit),
    "a wrong table title": _sheet_line(lambda text: text.replace("年", "年度", 1)),
    "a changed head": _sheet(_sheet_head),
    "a lost note": _sheet(_sheet_lost_note),
    "a wrong entry in the list of tables": _index,
    "a wrong title in the metadata": title_of,
}


def names() -> Iterator[str]:
    yield from dict.fromkeys((*DOCX, *XLSX))
