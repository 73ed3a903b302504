"""The pages as they will print: pictures, the sources of each figure, and what each finding speaks of marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..budget.field_names import field_name
from ..budget.key_places import key_place
from ..core.finding import Finding
from ..facts.meanings import meaning
from ..tracing import FigureSource, Use
from .finding_links import MarkedPlace, first_page, inputs_of, marked_places
from .layout_pages import layouts_of
from .pages import place_text
from .tasks import shown, taken
from .words import Words
from .workbench import Opened, opened, record_of, see_other, version_of, workbench

MOST_CELLS, MOST_USES = 12, 200
PIXELS = 1.4
"""Of a page's picture for each point."""
LARGE = 1.8
"""Pixels for each point of an enlarged page: its figures can be read and hit with a finger on a telephone."""
_FACT = re.compile(r"[a-z][\w一-鿿]*(?:\.[\w一-鿿]+)+")


def preview_page(request: Request) -> Response:
    """The pages as they will print, each loaded when it comes into view."""
    here, one = workbench(request), opened(request)
    sizes = [(round(width * PIXELS), round(height * PIXELS)) for width, height in one.results.sizes]
    return here.pages.page(
        request, "preview.html", document=one.shown(), step="preview", pages=sizes,
        publishable=one.results.publishable, layout=one.results.prepared.layout.name,
        layouts=layouts_of(one.results.source.data.stage),
    )  # fmt: skip


def one_page(request: Request) -> Response:
    """One page with its figures as links.

    Of the figure that was chosen: where it comes from, every printing of it and of what is computed from it. Of the
    finding that was chosen: what it speaks of, marked.
    """
    here, one, page = workbench(request), opened(request), request.path_params["page"]
    try:
        figures = one.results.figures(page)
    except KeyError:
        raise HTTPException(404) from None
    words = here.pages.words(request)
    chosen = one.results.index.of_name(request.query_params.get("figure", ""))
    number, finding = _finding(one, request.query_params.get("finding", ""))
    places = marked_places(one.results, finding) if finding else ()
    return here.pages.page(
        request, "page.html", document=one.shown(), step="preview", page=page, size=one.results.sizes[page - 1],
        figures=figures, last=len(one.results.sizes), chosen=_chosen(one, chosen, words) if chosen else None,
        marks=[mark for place in places for mark in place.marks if mark.page == page],
        finding=next(here.pages.findings(request, (finding,)), None) if finding else None, finding_number=number,
        places=[_place(place, words) for place in places], this=_this(request), large=enlarged(request),
    )  # fmt: skip


def _this(request: Request) -> str:
    """What the address of a page says of the figure or the finding that was chosen."""
    chosen = {name: value for name, value in request.query_params.items() if name in ("figure", "finding")}
    return urlencode(chosen)


def enlarged(request: Request) -> float:
    """Return how many pixels a point of a page gets where it is asked for enlarged, to be scrolled; 0 where it fits."""
    return LARGE if request.query_params.get("large") == "1" else 0


def _finding(one: Opened, written: str) -> tuple[str, Finding | None]:
    """Return the finding that an address names by version and number; none if there is none, or a later version."""
    version, _, number = written.partition("-")
    findings = one.results.shown_findings
    known = version == str(one.version.number) and number.isascii() and number.isdigit() and len(number) < 6
    return (written, findings[int(number)]) if known and int(number) < len(findings) else ("", None)


def _place(place: MarkedPlace, words: Words) -> dict[str, Any]:
    """A place of a finding in words, with the pages that have its marks."""
    pages = list(dict.fromkeys(mark.page for mark in place.marks))
    return {"number": place.number, "text": place_text(place.place, words), "pages": pages, "is_parts": place.is_parts}


def _chosen(one: Opened, use: Use, words: Words) -> dict[str, Any]:
    """A figure: its source, and where it and what is computed from it are printed."""
    results = one.results
    source = FigureSource(use, results.tracer.fact(use.fact))
    cells = list(dict.fromkeys(_cell(one, pointer, words) for pointer in source.cells))
    same, further = results.index.same(use), results.index.computed_from(use)
    return {
        "text": use.text, "name": use.name, "fact": _meaning(source.fact.name, words),
        "value": words.value(source.value), "formula": _formula(source.fact.formula, words),
        "cells": cells[:MOST_CELLS], "more": max(0, len(cells) - MOST_CELLS),
        "uses": list(_uses(one, same, words)),
        "further": list(_uses(one, further[:MOST_USES], words)), "more_further": max(0, len(further) - MOST_USES),
    }  # fmt: skip


def _uses(one: Opened, uses: Iterable[Use], words: Words) -> Iterator[dict[str, Any]]:
    for use in uses:
        page = one.results.boxes(use)[0].page
        yield {"place": words.location(use.place), "text": use.text, "name": use.name, "page": page}


def _cell(one: Opened, pointer: str, words: Words) -> str:
    """The cell of the workbook that a value was read from, or else the name of the value."""
    if cell := one.results.source.cells.get(pointer):
        return words.location(cell)
    place = key_place(one.results.prepared.budget, pointer)
    return field_name(place) if words.code == "zh" else place


def _meaning(fact: str, words: Words) -> str:
    """What a fact is: its name in Chinese; in English its dotted name, which is English."""
    return meaning(fact) if words.code == "zh" else fact


def _formula(formula: str, words: Words) -> str:
    return _FACT.sub(lambda name: _meaning(name[0], words), formula)


def finding_page(request: Request) -> Response:
    """Go to the first page on which what a finding speaks of is marked; where it is printed nowhere, say so.

    Findings of an earlier version may be others by now: their addresses lead to those of the latest version.
    """
    here, one = workbench(request), opened(request)
    if 0 < request.path_params["number"] < one.version.number:
        return see_other(f"/documents/{one.id}/check")
    written = f"{request.path_params['number']}-{request.path_params['finding']}"
    number, finding = _finding(one, written)
    if finding is None:
        raise HTTPException(404)
    page = first_page(marked_places(one.results, finding))
    if page:
        return see_other(f"/documents/{one.id}/page/{page}?finding={number}#mark")
    words = here.pages.words(request)
    return here.pages.page(
        request, "not_printed.html", document=one.shown(), step="check",
        finding=next(here.pages.findings(request, (finding,))), inputs=list(inputs_of(one.id, finding, words)),
    )  # fmt: skip


def picture(request: Request) -> Response:
    """One page of a version as PNG."""
    record = record_of(request)
    results = workbench(request).results.of(request.path_params["document"], version_of(request, record))
    try:
        return Response(results.picture(request.path_params["page"]), media_type="image/png")
    except KeyError:
        raise HTTPException(404) from None


_ONE = "/documents/{document}"
ROUTES = [
    shown(f"{_ONE}/preview", preview_page),
    shown(f"{_ONE}/page/{{page:int}}", one_page),
    shown(f"{_ONE}/finding/{{number:int}}/{{finding:int}}", finding_page),
    taken(f"{_ONE}/pages/{{number:int}}/{{page:int}}.png", picture),
]
