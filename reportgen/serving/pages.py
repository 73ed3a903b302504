"""Pages: a template filled in the reader's language, and errors as pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from ..core.errors import InputError, ReportgenError
from ..core.finding import Finding, Place, Severity
from .addresses import page_of
from .finding_links import FindingLinks, Link
from .folder import Folder
from .page_words import PageWords
from .reading import ReadUpload
from .records import clock
from .roles import ROLES
from .words import Words

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
_TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE_COOKIE = "reportgen-lang"
WRITTEN = "reportgen.written"
"""Where a request has what its user wrote into a form, which an error page gives back."""
NAMED = frozenset({"state", "step", "sure", "kind"})
"""The values of errors that name what the workbench itself has: they are translated as the messages are."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in the words of a language; ``place`` is what an acceptance of it names, "" if it allows none.

    ``page`` is the address of the page that marks it, "" if it is printed nowhere; ``inputs`` are links to where it is
    changed, None where nothing is known of pages and inputs.
    """

    severity: str
    label: str
    code: str
    text: str
    where: tuple[str, ...]
    hint: str
    accepted: str
    place: str = ""
    page: str = ""
    inputs: tuple[Link, ...] | None = None


class Pages:
    """The templates, in every language."""

    def __init__(self, languages: Mapping[str, Words], folder: Folder) -> None:
        """Use these languages; the first is that of a browser that asks for none of them.

        Every page says if the log of ``folder`` cannot be written.
        """
        self._languages = languages
        self._folder = folder
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES), autoescape=select_autoescape(), undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._templates.filters["clock"] = clock

    def words(self, request: Request) -> Words:
        """Return the language that the reader chose, or the browser asks for."""
        chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
        asked = chosen or request.headers.get("accept-language", "")
        language = self._languages.get(asked[:2].lower()) or next(iter(self._languages.values()))
        return PageWords(language, language.code)

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page: ``template`` with ``values``."""
        words = self.words(request)
        path = request.url.path if request.method in ("GET", "HEAD") else page_of(request.url.path)
        shared: dict[str, Any] = {
            "_": lambda message: begun(words.gettext(message)), "mark": words.mark,
            "fill": lambda template, values: begun(words.message(template, values)),
            "lang": words.code, "path": path,
        }  # fmt: skip
        shared["log_problem"] = self._folder.log.problem()
        shared |= {"user": request.user, "may": request.user.may, "roles": ROLES}
        text = self._templates.get_template(template).render(shared | values)
        response = HTMLResponse(text, status)
        if request.query_params.get("lang") in self._languages:
            response.set_cookie(LANGUAGE_COOKIE, words.code, samesite="lax", httponly=True)
        return response

    def error(self, request: Request, error: ReportgenError, status: int, **values: Any) -> HTMLResponse:
        """Return an error as a page, with what to do next."""
        words = self.words(request)
        shown = {name: words.gettext(text) if name in NAMED else text for name, text in error.values.items()}
        message = begun(words.message(error.message, shown))
        hint = begun(words.message(error.hint or error.next_step, shown))
        found = list(self.findings(request, error.findings))
        usual = {"document": None, "step": "", "back": "/", "written": request.scope.get(WRITTEN, ())}
        values = {**usual, "message": message, "hint": hint, "findings": found, **values}
        return self.page(request, "error.html", status, **values)

    def refused_upload(self, request: Request, read: ReadUpload, back: str) -> HTMLResponse:
        """Return the page about a file that was not kept: what was recognised in it and what is wrong."""
        error = InputError(read.message, read.hint, findings=read.findings, **read.values)
        recognised = [
            {"name": one.name, "kind": self.words(request).value(one.kind), "unit": one.unit, "rows": one.rows}
            for one in read.recognised
        ]
        return self.error(request, error, 422, recognised=recognised, back=back)

    def findings(
        self, request: Request, findings: tuple[Finding, ...], acceptable: Mapping[int, str] | None = None,
        links: Mapping[int, FindingLinks] | None = None,
    ) -> Iterator[ShownFinding]:  # fmt: skip
        """Yield findings to be shown, errors first; ``acceptable`` has the places of those to be accepted by ``id``.

        ``links`` are theirs by ``id``.
        """
        words, places, linked = self.words(request), acceptable or {}, links or {}
        for one in sorted(findings, key=lambda one: -one.severity):
            yield ShownFinding(
                one.severity.name.lower(), words.gettext(SEVERITIES[one.severity]), one.code,
                words.message(one.message, one.values), tuple(place_text(place, words) for place in one.where),
                words.message(one.hint, one.values) if one.hint else "", one.accepted, places.get(id(one), ""),
                linked[id(one)].page if links else "", linked[id(one)].inputs if links else None,
            )  # fmt: skip


def begun(text: str) -> str:
    """Return a text as it begins a heading, a label or a cell: in a language with capitals, with one."""
    return text[:1].upper() + text[1:]


def place_text(place: Place, words: Words) -> str:
    """Return a place of a finding: where it is printed, and its cell."""
    printed, address = words.location(place.printed), words.location(place.cell or place.part)
    both = f"{printed}{words.mark('（')}{address}{words.mark('）')}"
    return both if printed and address else printed or address or place.pointer
