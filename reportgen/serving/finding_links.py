"""Where the findings about a version lead: to the pages that print what they speak of, and to where it is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from ..core.finding import Finding, Place
from ..pipeline.wording import asked_pointer
from .identity import ANOTHER
from .records import BesideKind
from .results import Results
from .words import Words

_OTHER_FILE: Mapping[BesideKind, str] = {"last": "换上年的文件", "initial": "换本年的预算"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its address and the words of it."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class FindingLinks:
    """Where a finding leads: the address of its page, "" where it is printed nowhere, and where it can be changed."""

    page: str
    inputs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked on a page: the number of the place that it belongs to, the page, the box in points, its text."""

    number: int
    page: int
    left: float
    top: float
    width: float
    height: float
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """A place of a finding with its number, its marks, and whether they are the figures that it is the sum of."""

    number: int
    place: Place
    marks: tuple[Mark, ...]
    is_parts: bool


def links_of(document: str, version: int, results: Results, words: Words) -> dict[int, FindingLinks]:
    """Return the links of every finding about a version, by the ``id`` of the finding."""
    links = {}
    for number, finding in enumerate(results.shown_findings):
        is_printed = any(results.printed_at(finding, place).uses for place in finding.where)
        page = f"/documents/{document}/finding/{version}/{number}" if is_printed else ""
        links[id(finding)] = FindingLinks(page, tuple(inputs_of(document, finding, words)))
    return links


def inputs_of(document: str, finding: Finding, words: Words) -> Iterator[Link]:
    """Yield where what a finding speaks of is written: the fields of texts, and the cells of the workbook in one.

    About a file beside the document that is not the one wanted, another file is given first.
    """
    for kind in (kind for kind, code in ANOTHER.items() if code == finding.code):
        yield Link(f"/documents/{document}/upload#{kind}", words.gettext(_OTHER_FILE[kind]))
    texts = {place: pointer for place in finding.where if (pointer := asked_pointer(place))}
    for pointer in texts.values():
        yield Link(f"/documents/{document}/wording#{text_id(pointer)}", words.gettext("在“文字”里写"))
    others = [place for place in finding.where if place not in texts]
    cells = dict.fromkeys(cell for place in others if (cell := words.location(place.cell or place.part)))
    if cells:
        named = words.joined(cells, "、")
        yield Link(f"/documents/{document}/upload", words.message("在填报表里改（{cells}），再上传", {"cells": named}))
    elif others or not texts:
        yield Link(f"/documents/{document}/upload", words.gettext("在数据里改，再上传"))


def text_id(pointer: str) -> str:
    """Return the id of the field for a text, as a page has it and an address ends with it.

    >>> text_id("/sections/机构 设置/0")
    'text/sections/%E6%9C%BA%E6%9E%84%20%E8%AE%BE%E7%BD%AE/0'
    """
    return f"text{quote(pointer)}"


def marked_places(results: Results, finding: Finding) -> tuple[MarkedPlace, ...]:
    """Return the places of a finding, each with its boxes on the pages."""
    return tuple(_marked(results, finding, number, place) for number, place in enumerate(finding.where, 1))


def _marked(results: Results, finding: Finding, number: int, place: Place) -> MarkedPlace:
    printed = results.printed_at(finding, place)
    marks = (
        Mark(
            number, box.page, box.left - 2, box.top - 1, box.right - box.left + 4, box.bottom - box.top + 2,
            use.text, use.place,
        )
        for use in printed.uses
        for box in results.boxes(use)
    )  # fmt: skip
    return MarkedPlace(number, place, tuple(marks), printed.is_parts)


def first_page(places: Iterable[MarkedPlace]) -> int:
    """Return the first page with a mark of the first place that has one; 0 if none has."""
    return next((place.marks[0].page for place in places if place.marks), 0)
