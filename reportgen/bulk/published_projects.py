"""The tables of single projects for the package of a publishing platform, where the layout asks for them."""

from __future__ import annotations

from ..core.errors import InternalError
from ..pipeline import load
from ..pipeline.document_layout import layout_of
from ..pipeline.in_memory import prepare
from ..pipeline.project_files import project_files
from ..pipeline.report import Prepared
from ..pipeline.source import BudgetSource
from .publication import Published


def projects_of(source: BudgetSource) -> tuple[Published, ...]:
    """Return the tables of the projects of a document; none if its layout does not ask for them.

    Raises:
        InputError: the document breaks the contract.
        ReportgenError: as :func:`published_projects`.
    """
    budget = load(source)
    return published_projects(prepare(budget)) if layout_of(budget.data, None).layout.project_table else ()


def published_projects(prepared: Prepared) -> tuple[Published, ...]:
    """Return the tables of the projects of a prepared document.

    Raises:
        LayoutError: the layout's table names what does not exist.
        TypesettingError: a table cannot be typeset.
        InternalError: a file does not show what it should.
    """
    department, year = prepared.budget.department, prepared.year
    published = []
    for file in project_files(prepared):
        if file.findings:
            hint = "这是程序的毛病，不是文件的错；请把这份文件报告给开发者"
            raise InternalError("项目“{project}”的绩效目标表读回核对不符", hint, project=file.project[:80])
        files = {file.suffix: file.payload}
        published.append(Published(department.code, department.name, year, file.title, files, file.project))
    return tuple(published)
