"""The pipeline: canonical JSON → facts → findings → document → files, all in memory.

``docs/architecture.md`` describes the steps in the same words and the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import rules
from ..compose import amend, compose_with_left_out
from ..core.errors import UsageError
from ..core.suggest import nearest
from ..facts import derive_facts
from ..intake.clerk_words import for_clerks
from ..tracing import Tracer
from ..writers import default_formats, formats
from ..writers.glyph_check import check_characters
from ..writers.page_numbers import with_page_numbers
from ..writers.page_widths import with_wide_pages
from .document_layout import layout_of
from .left_out import left_out_notes
from .loaded_layout import LayoutSource
from .output_files import SOURCES, document_files, write_file
from .report import Prepared, Rendered, Report
from .source import BudgetSource, load
from .unprinted import unprinted_amounts, unprinted_details
from .unquoted import unquoted_parts


def prepare(
    source: BudgetSource,
    layout: LayoutSource | None = None,
    last: BudgetSource | None = None,
    initial: BudgetSource | None = None,
) -> Prepared:
    """Derive the facts of a document, check it against every rule and compose it with a layout.

    Without ``layout`` it is the one that the document names, or the default one of its stage. ``initial`` is the budget
    of the same year, for final accounts.

    Raises:
        InputError: ``source`` or ``last`` cannot be read or breaks the contract.
        UsageError, LayoutError: there is no such layout, or something in it is wrong.
    """
    budget = load(source, last, initial)
    chosen = layout_of(budget.data, layout).layout
    last_facts = None if budget.last is None else derive_facts(budget.last.data, chosen.printing)
    initial_facts = None if budget.initial is None else derive_facts(budget.initial.data, chosen.printing)
    facts = derive_facts(budget.data, chosen.printing, last_facts, initial_facts)
    findings = rules.run(budget.data, facts, chosen.ties, chosen.rules_off, last_facts, initial_facts)
    composed, left_out = compose_with_left_out(facts, chosen, budget.data.published)
    generated = with_wide_pages(composed, chosen.style)
    document, reviews = amend(generated, budget.data.overrides, facts, chosen)
    notes = (
        *left_out_notes(left_out),
        *unprinted_amounts(budget.data, facts, document),
        *unprinted_details(budget.data, facts, generated),  # a hand edit has a text's words, but not its source
        *unquoted_parts(budget.data, facts, document),
    )
    every = (*findings, *reviews, *notes)
    located = (*budget.notes, *for_clerks(every, budget.cells, budget.blanks, budget.data.stage))
    return Prepared(chosen, budget.data, facts, located, document, generated)


def check(
    source: BudgetSource,
    layout: LayoutSource | None = None,
    last: BudgetSource | None = None,
    initial: BudgetSource | None = None,
) -> Report:
    """Report everything that is wrong with a document; write nothing.

    Returns:
        The report, with every finding and without files.

    Raises:
        InputError: ``source`` or ``last`` cannot be read or breaks the contract.
        UsageError, LayoutError: there is no such layout, or something in it is wrong.
        TypesettingError: no typeface of the layout has a character of the document.
    """
    prepared = prepare(source, layout, last, initial)
    check_characters(prepared.document, prepared.layout.style, prepared.findings)
    return Report(prepared.findings, prepared=prepared)


def render(
    source: BudgetSource,
    formats: Sequence[str] = (),
    layout: LayoutSource | None = None,
    last: BudgetSource | None = None,
    sources: bool = False,
    initial: BudgetSource | None = None,
) -> Rendered:
    """Make the files of a document in memory; there are none if a finding blocks publication.

    Args:
        source: the document.
        formats: names of formats; the default ones if empty.
        layout: a layout's name, the path of its folder, or a loaded one; by default the one that the document names.
        last: last year's document.
        sources: also make the workbook that states for every printed figure where it comes from.
        initial: the budget of the same year, for final accounts.

    Returns:
        The bytes of the files by their names, and every finding.

    Raises:
        UsageError: there is no such format or layout.
        ReportgenError: as for :func:`check`.
    """
    asked = output_formats(formats, sources)
    return render_checked(check(source, layout, last, initial), asked)


def render_checked(report: Report, formats: Sequence[str]) -> Rendered:
    """Make the files of a document that was checked; there are none if a finding blocks publication.

    Raises:
        TypesettingError: a table does not fit its page.
    """
    assert report.prepared is not None
    if not report.publishable:
        return Rendered({}, report.findings)
    prepared = with_contents(report.prepared)
    written = [write_file(file, prepared.layout.style) for file in document_files(prepared, formats)]
    differences = tuple(finding for file in written for finding in file.findings)
    files = {} if differences else {file.output.name: file.payload for file in written}
    return Rendered(files, (*report.findings, *differences))


def with_contents(prepared: Prepared) -> Prepared:
    """Return the document with the page numbers of its contents, where the layout prints them."""
    return replace(prepared, document=with_page_numbers(prepared.document, prepared.layout.style))


def trace(
    source: BudgetSource,
    layout: LayoutSource | None = None,
    last: BudgetSource | None = None,
    initial: BudgetSource | None = None,
) -> Tracer:
    """Return a tracer that finds where a document's figures come from and where its input cells are printed.

    Raises:
        InputError: ``source`` or ``last`` cannot be read or breaks the contract.
        UsageError, LayoutError: there is no such layout, or something in it is wrong.
    """
    prepared = prepare(source, layout, last, initial)
    return Tracer(prepared.facts, prepared.document)


def output_formats(wanted: Sequence[str] | None, sources: bool = False) -> tuple[str, ...]:
    """Return the formats to be made, each once: the ``wanted`` ones or else the default ones, and the sources.

    Raises:
        UsageError: there is no such format.
    """
    known = formats()
    wanted = (wanted,) if isinstance(wanted, str) else wanted or ()
    for name in wanted:
        if name not in known:
            near = nearest(name, known)
            hint = "是否想写 {near}？" if near else "可用的格式：{known}"
            raise UsageError("没有“{name}”这个格式", hint, name=name, near=near, known="、".join(known))
    return (tuple(dict.fromkeys(wanted)) or default_formats()) + ((SOURCES,) if sources else ())
