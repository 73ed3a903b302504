"""What a version of a document comes to: its findings, its pages, its files. Each is made once while it is in use."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from typing import get_args

from ..core.errors import InputError, TypesettingError
from ..core.finding import Finding, Place, blocking
from ..intake.clerk_words import in_words
from ..intake.readers.pdf.pictures import page_pictures
from ..isolation.steps import in_worker, tell
from ..pipeline import Prepared, Report, load
from ..pipeline.draft import draft_pages
from ..pipeline.fill_in import workbook_cells
from ..pipeline.in_memory import render_checked
from ..pipeline.source import LoadedBudget
from ..tracing import FindingUses, PrintedAt, Tracer, Use, UseIndex
from ..writers import formats, writer
from ..writers.pdf import PrintedBox, PrintedFigure, PrintedPlaces
from .checking import checked
from .folder import Folder
from .quiet import wait_until_quiet
from .records import BesideKind, Version

KEPT = 12
"""Versions whose results are kept in memory."""
_checking = threading.Lock()
"""One document is checked at a time: threads of one process would only take turns, and all be done last."""


class Results:
    """The results of one version; what takes long is made when it is first asked for, and once."""

    def __init__(self, source: LoadedBudget) -> None:
        """Work on a document that is loaded already."""
        self.source = source
        self._lock = threading.RLock()
        self._pages_lock = threading.Lock()
        self._report: Report | None = None
        self._draft: tuple[bytes, PrintedPlaces] | None = None
        self._pictures: dict[int, bytes] = {}
        self._printed_at: dict[tuple[int, Place], PrintedAt] = {}
        self._files: dict[str, tuple[str, bytes]] = {}
        self._differences: tuple[Finding, ...] = ()

    @property
    def report(self) -> Report:
        """The findings.

        Raises:
            ReportgenError: the layout is missing or wrong.
        """
        if self._report is None:
            with _checking:
                tell("正在核对")
                self._report = self._report or checked(self.source)
        return self._report

    @property
    def prepared(self) -> Prepared:
        """The composed document."""
        assert self.report.prepared is not None
        return self.report.prepared

    @cached_property
    def shown_findings(self) -> tuple[Finding, ...]:
        """The findings of the report, in its order, in the words of the fill-in workbook whatever was uploaded.

        Their places are the cells of the workbook that was uploaded, or else of the one that the workbench gives.
        """
        findings = self.report.findings
        if not findings or self.source.cells:
            return findings
        return in_words(findings, *workbook_cells(self.source), self.source.data.stage)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, those of the finished files among them."""
        return (*self.report.findings, *self._differences)

    @property
    def publishable(self) -> bool:
        """Whether no error stands."""
        return not blocking(self.findings)

    def _set(self) -> tuple[bytes, PrintedPlaces]:
        """The pages as PDF, whatever the findings, and where everything stands on them."""
        if self._draft is None:
            prepared = self.prepared
            with self._pages_lock:
                tell("正在排版")
                try:
                    self._draft = self._draft or draft_pages(prepared.document, prepared.layout.style)
                except TypesettingError:
                    if self.report.findings == prepared.findings:
                        raise
                    hint = "在“核对”里看是哪几个字，改好再看"
                    raise InputError("有字没有字体可印，排不出页面", hint) from None
        return self._draft

    def set_soon(self) -> None:
        """In a worker: let the pages be set, which are looked at next. What that raises, a later page raises again."""
        if self._draft is None and in_worker():
            threading.Thread(target=self._set_ahead, daemon=True).start()

    def _set_ahead(self) -> None:
        with suppress(Exception):
            wait_until_quiet()
            self._set()

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in points."""
        return self._set()[1].sizes

    def picture(self, number: int) -> bytes:
        """Return a page, counted from 1, as PNG.

        Raises:
            KeyError: there is no such page.
        """
        if not 0 < number <= len(self.sizes):
            raise KeyError(number)
        if number not in self._pictures:
            self._pictures |= page_pictures(self._set()[0], [number])
        return self._pictures[number]

    @cached_property
    def tracer(self) -> Tracer:
        """Where every printed figure comes from."""
        return Tracer(self.prepared.facts, self.prepared.document)

    @cached_property
    def index(self) -> UseIndex:
        """Everything that is printed, by the cells that it comes from."""
        return UseIndex(self.tracer)

    @cached_property
    def _finding_uses(self) -> FindingUses:
        return FindingUses(self.tracer, self.index, self.prepared.document)

    def printed_at(self, finding: Finding, place: Place) -> PrintedAt:
        """Return where what a place of a finding speaks of is printed."""
        key = (id(finding), place)
        if key not in self._printed_at:
            self._printed_at[key] = self._finding_uses.of_place(finding, place)
        return self._printed_at[key]

    def figures(self, page: int) -> list[PrintedFigure]:
        """Return the figures on a page, counted from 1, each with its box.

        Raises:
            KeyError: there is no such page.
        """
        if not 0 < page <= len(self.sizes):
            raise KeyError(page)
        return [one for one in self._set()[1].figures.values() if one.box.page == page]

    def boxes(self, use: Use) -> tuple[PrintedBox, ...]:
        """Return the box of a printing: of its figure, or of the paragraph or cell that has its text, on every page."""
        places = self._set()[1]
        if use.name in places.figures:
            return (places.figures[use.name].box,)
        return places.blocks.get(use.element, ())

    def file(self, format: str) -> tuple[str, bytes] | None:
        """Return a file with its name; None if an error forbids files.

        Raises:
            ReportgenError: it cannot be made.
        """
        with self._lock:
            if format not in self._files and self.publishable:
                rendered = render_checked(self.report, (format,))
                self._differences = rendered.findings[len(self.report.findings) :]
                for made in rendered.files.items():
                    self._files[format] = made
            return self._files.get(format)

    def files(self) -> Mapping[str, bytes]:
        """Return the files of all formats by their names; none if an error forbids them.

        Raises:
            ReportgenError: one of them cannot be made.
        """
        names, made = formats(), []
        for number, name in enumerate(names):
            tell("正在生成文件", number, len(names))
            made.append(self.file(name))
        return dict(one for one in made if one) if all(made) else {}

    def name(self, format: str) -> str:
        """Return the name that a file will have."""
        return f"{self.prepared.document.slug}{writer(format).SUFFIX}"


class ResultsOfFolder:
    """The results of the versions that are looked at, kept by their content."""

    def __init__(self, folder: Folder) -> None:
        """Read versions from ``folder``."""
        self._folder = folder
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Results] = OrderedDict()

    def of(self, document: str, version: Version) -> Results:
        """Return the results of a version.

        Raises:
            OutputError: its file cannot be read.
            InputError: it breaks the contract.
        """
        payload, cells = self._folder.payload(document, version), self._folder.cells(document, version)
        last, initial = (self._folder.beside(document, version, kind) for kind in get_args(BesideKind))

        def made() -> Results:
            budget = load(payload, _beside(version, "last", last), _beside(version, "initial", initial))
            return Results(replace(budget, cells=cells.cells, blanks=cells.blanks))

        return self._once(_digest(payload, last or b"", initial or b"", repr(cells).encode()), made)

    def _once(self, key: bytes, make: Callable[[], Results]) -> Results:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            results = self._kept.setdefault(key, made)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return results


def _beside(version: Version, kind: BesideKind, payload: bytes | None) -> LoadedBudget | None:
    """Load what is kept beside a document; what is wrong in it is in another file than the page is about.

    Raises:
        InputError: it breaks the contract.
    """
    if payload is None:
        return None
    try:
        return load(payload)
    except InputError as error:
        message, hint = "放在旁边的“{name}”读不了：{why}", "在“上传”里把这个文件再传一次"
        name = version.beside[kind].title
        raise InputError(message, hint, findings=error.findings, name=name, why=error.text) from None


def _digest(*parts: bytes) -> bytes:
    """A digest of several contents, each with its length."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
