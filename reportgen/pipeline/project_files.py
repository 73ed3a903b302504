"""The 绩效目标表 of each project as a file of its own, where the layout says so (``project_table``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..compose import compose
from ..core.files import safe_name
from ..core.finding import Finding
from ..facts import FactGroup
from ..layout.outline_spec import BlockSpec, SectionSpec
from ..layout.spec import Layout
from ..tree.nodes import Document
from ..writers import writer
from ..writers.page_widths import with_wide_pages
from .output_files import output_file, write_file
from .report import Prepared

FORMAT = "pdf"
"""The format in which the tables are published."""
TITLE = "绩效目标表"


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """The table of one project: its name, the title and bytes of the file, what differs when it is read back."""

    project: str
    title: str
    payload: bytes
    findings: tuple[Finding, ...] = ()

    @property
    def suffix(self) -> str:
        """What the name of the file ends with."""
        return writer(FORMAT).SUFFIX


def project_documents(prepared: Prepared) -> Iterator[tuple[str, Document]]:
    """Yield each project with goals and the document of its table; none if the layout does not ask for them.

    A project of which the table has no row (the table of all shows it no more than this one) is left out.

    Raises:
        LayoutError: the table names what does not exist.
    """
    if not prepared.layout.project_table:
        return
    layout = _layout_of_table(prepared.layout)
    for name, rows in _projects(prepared.facts):
        document = compose(_with_projects(prepared.facts, rows), layout, prepared.budget.published)
        if any(row.role == "item" for table in document.tables() for row in table.body):
            title = f"{name}{TITLE}"
            named = replace(document, title=title, slug=safe_name(title))
            yield name, with_wide_pages(named, layout.style)


def project_files(prepared: Prepared) -> Iterator[ProjectFile]:
    """Yield the file of each project, read back like all files.

    Raises:
        LayoutError: the table names what does not exist.
        TypesettingError: it cannot be typeset.
    """
    for name, document in project_documents(prepared):
        written = write_file(output_file(document, FORMAT, FORMAT), prepared.layout.style)
        yield ProjectFile(name, document.title, written.payload, written.findings)


def _layout_of_table(layout: Layout) -> Layout:
    """The layout of a document that has this table only, on the page on which the whole document has it."""
    spec = layout.tables[layout.project_table]
    sections = [section for section in layout.outline if any(block.table for block in section.blocks)]
    own = [section for section in sections if any(block.table == spec.name for block in section.blocks)]
    page = (own or sections or layout.outline)[0].page
    block = BlockSpec("项目", spec.place, table=spec.name, number="none")
    alone = replace(spec, label="", withheld=())
    lines = replace(layout.table_lines, title="")
    return replace(
        layout, outline=(SectionSpec(page, spec.place, blocks=(block,)),), table_lines=lines,
        tables={**layout.tables, spec.name: alone},
    )  # fmt: skip


def _projects(facts: FactGroup) -> list[tuple[str, list[FactGroup]]]:
    """The names of projects with their rows; two of one name and one unit are one."""
    found: dict[tuple[str, str | None], list[FactGroup]] = {}
    for row in facts.performance.rows:
        found.setdefault((row.name.text, row.unit_code.text), []).append(row)
    return [(name, rows) for (name, _), rows in found.items()]


def _with_projects(facts: FactGroup, rows: list[FactGroup]) -> FactGroup:
    """The facts with the goals of some projects only."""
    goals = FactGroup("performance", **(facts.performance.as_dict() | {"rows": rows}))
    some = FactGroup(facts.dotted, **(facts.as_dict() | {"performance": goals}))
    some.on_request(lambda name: getattr(facts, name, None))
    return some
