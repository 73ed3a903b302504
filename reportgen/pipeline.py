"""The story, from the canonical JSON to the files. ``docs/architecture.md`` tells it in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import rules
from .budget.load import load_budget
from .compose import compose
from .core.errors import Usage
from .core.files import save_all
from .core.finding import Finding, blocking
from .facts import Group, derive_facts
from .layout.load import DEFAULT, load_layout
from .layout.spec import Layout
from .trace import Tracer, annex
from .tree.nodes import Document, Table
from .tree.style import Style
from .verify import compare
from .writers import formats, read_back, writer
from .writers.characters import check_characters


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a run: everything that was found, and the files that were written."""

    findings: tuple[Finding, ...]
    files: tuple[Path, ...] = ()

    @property
    def publishable(self) -> bool:
        """Whether nothing blocks publication; notes and warnings may stand."""
        return not blocking(self.findings)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be written, with what it was made of."""

    layout: Layout
    facts: Group
    findings: tuple[Finding, ...]
    document: Document


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file that is not saved yet, with the document it was written from."""

    file: str
    format: str
    document: Document
    payload: bytes


def prepare(source: str | Path, layout: str = DEFAULT, last: str | Path | None = None) -> Prepared:
    """From the canonical JSON to the tree, with everything that was found on the way.

    ``last`` is last year's document, whose figures must be the bases this one compares with.
    """
    chosen = load_layout(layout)
    budget = load_budget(Path(source))
    facts = derive_facts(budget, chosen.printing)
    before = None if last is None else derive_facts(load_budget(Path(last)), chosen.printing)
    findings = rules.run(budget, facts, chosen.ties, chosen.rules_off, before)
    return Prepared(chosen, facts, findings, compose(facts, chosen, budget.published))


def trace(source: str | Path, layout: str = DEFAULT) -> Tracer:
    """The document in ``source``, ready to be asked where its figures come from and where its cells go."""
    prepared = prepare(source, layout)
    return Tracer(prepared.facts, prepared.document)


def check(source: str | Path, layout: str = DEFAULT, last: str | Path | None = None) -> Report:
    """Find what is wrong with the document in ``source`` (and against ``last`` year's); write nothing."""
    prepared = prepare(source, layout, last)
    check_characters(prepared.document, prepared.layout.style, prepared.findings)
    return Report(prepared.findings)


def build(
    source: str | Path,
    out: str | Path = ".",
    wanted: Sequence[str] = (),
    layout: str = DEFAULT,
    sources: bool = False,
    keep_unverified: bool = False,
    last: str | Path | None = None,
) -> Report:
    """Make the files of the document in ``source`` in the folder ``out``; nothing is written if a finding blocks.

    Args:
        source: the canonical JSON document.
        out: the folder for the files; made if missing.
        wanted: formats, all if empty.
        layout: the name of a layout, or the path of a layout's folder.
        sources: also write the annex, a workbook that says of every printed figure where it comes from.
        keep_unverified: save the files also if one, read back, is not what the document says, so that one can look.
        last: last year's document; then this year's bases are held against it.

    Raises:
        Stop: the run cannot go on; the exception's class and message say why.
    """
    chosen_formats = _known(wanted)
    prepared = prepare(source, layout, last)
    report = Report(prepared.findings)
    if not report.publishable:
        return report
    document, style = prepared.document, prepared.layout.style
    check_characters(document, style, prepared.findings)
    written = [_write(document, name, style) for name in chosen_formats]
    if sources:
        written.append(_annex(prepared))
    report = Report((*prepared.findings, *_differences(written)))
    if not (report.publishable or keep_unverified):
        return report
    return Report(report.findings, tuple(save_all(Path(out), {one.file: one.payload for one in written})))


def _write(document: Document, name: str, style: Style, part: str = "") -> Written:
    chosen = writer(name)
    return Written(f"{document.slug}{part}{chosen.SUFFIX}", name, document, chosen.write(document, style))


def _differences(written: Iterable[Written]) -> Iterator[Finding]:
    """What the files, opened as a stranger would, say differently from the documents they were written from."""
    for one in written:
        yield from compare(one.document, read_back(one.format, one.payload), one.file)


def _annex(prepared: Prepared) -> Written:
    """The annex of sources as a workbook, on the page of the tables."""
    document = prepared.document
    page = next(section.page for section in document.sections if any(isinstance(b, Table) for b in section.blocks))
    listed = annex(Tracer(prepared.facts, document), document, page)
    return _write(listed, "xlsx", prepared.layout.style, "-数字出处")


def _known(wanted: Sequence[str]) -> tuple[str, ...]:
    known = formats()
    for name in wanted:
        if name not in known:
            raise Usage("没有“{name}”这个格式", "可用的格式：" + "、".join(known), name=name)
    return tuple(dict.fromkeys(wanted)) or known
