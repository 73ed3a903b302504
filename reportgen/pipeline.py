"""The story, from the canonical JSON to the files. ``docs/architecture.md`` tells it in the same words."""

from __future__ import annotations

from collections.abc import Sequence
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
from .writers import formats, writer


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


def prepare(source: str | Path, layout: str = DEFAULT) -> Prepared:
    """From the canonical JSON to the tree, with everything that was found on the way."""
    chosen = load_layout(layout)
    budget = load_budget(Path(source))
    facts = derive_facts(budget, chosen.printing)
    findings = rules.run(budget, facts)
    return Prepared(chosen, facts, findings, compose(facts, chosen, budget.published))


def trace(source: str | Path, layout: str = DEFAULT) -> Tracer:
    """The document in ``source``, ready to be asked where its figures come from and where its cells go."""
    prepared = prepare(source, layout)
    return Tracer(prepared.facts, prepared.document)


def check(source: str | Path, layout: str = DEFAULT) -> Report:
    """Find what is wrong with the document in ``source``; write nothing."""
    return Report(prepare(source, layout).findings)


def build(
    source: str | Path,
    out: str | Path = ".",
    wanted: Sequence[str] = (),
    layout: str = DEFAULT,
    sources: bool = False,
) -> Report:
    """Make the files of the document in ``source`` in the folder ``out``; nothing is written if a finding blocks.

    Args:
        source: the canonical JSON document.
        out: the folder for the files; made if missing.
        wanted: formats, all if empty.
        layout: the name of a layout, or the path of a layout's folder.
        sources: also write the annex, a workbook that says of every printed figure where it comes from.

    Raises:
        Stop: the run cannot go on; the exception's class and message say why.
    """
    chosen_formats = _known(wanted)
    prepared = prepare(source, layout)
    report = Report(prepared.findings)
    if not report.publishable:
        return report
    document, style = prepared.document, prepared.layout.style
    payloads = {f"{document.slug}{writer(name).SUFFIX}": writer(name).write(document, style) for name in chosen_formats}
    if sources:
        payloads |= _annex(prepared)
    return Report(report.findings, tuple(save_all(Path(out), payloads)))


def _annex(prepared: Prepared) -> dict[str, bytes]:
    """The annex of sources as a workbook, on the page of the tables."""
    document = prepared.document
    page = next(section.page for section in document.sections if any(isinstance(b, Table) for b in section.blocks))
    sheets = writer("xlsx")
    listed = annex(Tracer(prepared.facts, document), document, page)
    return {f"{document.slug}-数字出处{sheets.SUFFIX}": sheets.write(listed, prepared.layout.style)}


def _known(wanted: Sequence[str]) -> tuple[str, ...]:
    known = formats()
    for name in wanted:
        if name not in known:
            raise Usage("没有“{name}”这个格式", "可用的格式：" + "、".join(known), name=name)
    return tuple(dict.fromkeys(wanted)) or known
