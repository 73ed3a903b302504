"""The layout of a document: those that there are for its stage, and the choice of another one."""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from ..budget.json_edit import with_member
from ..core.errors import UsageError
from ..layout.load import load_layout, names
from .tasks import tasks
from .workbench import Form, changing, form_of, opened, save_version, see_other, workbench


@cache
def layouts_of(stage: str) -> dict[str, str]:
    """Return the titles of the shipped layouts of a stage by their names."""
    layouts = (load_layout(name) for name in names())
    return {layout.name: layout.title for layout in layouts if layout.stage == stage}


async def choose(request: Request) -> Response:
    """Print the document with another layout: one more version."""
    return await tasks(request).posted(request, _choose, await form_of(request))


def _choose(request: Request, form: Form) -> Response:
    here, one = workbench(request), opened(request)
    name = form.text("layout")
    if name not in layouts_of(one.results.source.data.stage):
        raise UsageError("这个阶段没有“{name}”这个版式", "在“预览”里选一个", name=name[:60])
    if name != one.results.prepared.layout.name:
        new = with_member(here.folder.payload(one.id, one.version), "layout", name)
        save_version(here, one.id, form.base, new, "换版式", one.version.title, form.text("note"))
    return see_other(f"/documents/{one.id}/preview")


ROUTES = [changing("/documents/{document}/layout", choose, "fill")]
