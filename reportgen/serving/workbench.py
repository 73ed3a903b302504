"""What every page works with: the folder, the results, the templates, and who is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from inspect import iscoroutinefunction
from typing import Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..core.errors import InputError, UsageError
from .folder import Folder
from .notes import check_note_text, says_something
from .pages import WRITTEN, Pages
from .records import Record, Version
from .results import Results, ResultsOfFolder
from .roles import User
from .saved_files import SavedCells
from .states import state_of, was_final

STEPS = (
    ("upload", "上传"), ("check", "核对"), ("wording", "文字"), ("preview", "预览"), ("versions", "审核和版本"),
    ("compare", "比较"),     ("export", "导出"),
)  # fmt: skip
"""The steps of a document, as addresses and as the clerk reads them."""
MOST_FIELDS, MOST_FILES = 4000, 40
LONGEST_NUMBER = 6
LONGEST_NAME = 120
"""Characters of the name of an uploaded file."""
LONGEST_FIELD = 256 << 10
"""Bytes of a field of a form that is no file."""
NOTES = ("reason", "note")
"""The fields that an error page gives back; the texts of a document stay in their own page."""


NO_USER = User("-", frozenset())
"""The user before a request is known."""


@dataclass(frozen=True, slots=True)
class Workbench:
    """The parts that the pages of one workbench share, and the user that the request comes from."""

    folder: Folder
    results: ResultsOfFolder
    pages: Pages
    user: User = NO_USER

    @property
    def who(self) -> str:
        """The name of the user."""
        return self.user.name


def workbench(request: Request) -> Workbench:
    """Return the workbench that a request is for, with its user."""
    return replace(cast(Workbench, request.app.state.workbench), user=request.user)


@dataclass(frozen=True)
class Opened:
    """A document that a page is about, in its latest version; its file is read when something needs it."""

    id: str
    record: Record
    here: Workbench = field(repr=False)

    @cached_property
    def results(self) -> Results:
        """What the version comes to.

        Raises:
            OutputError: its file cannot be read, or was changed outside.
            InputError: it breaks the contract.
        """
        return self.here.results.of(self.id, self.version)

    @property
    def version(self) -> Version:
        """The latest version."""
        return self.record.latest

    def shown(self) -> dict[str, Any]:
        """Return what the frame of the page shows of it."""
        state = state_of(self.record)
        return {
            "id": self.id, "title": self.version.title, "number": self.version.number, "state": state.name,
            "steps": STEPS, "was_final": was_final(self.record),
        }  # fmt: skip


def record_of(request: Request) -> Record:
    """Return the record of the document in the address; not found where there is none."""
    try:
        return workbench(request).folder.record(request.path_params["document"])
    except KeyError:
        raise HTTPException(404) from None


def version_of(request: Request, record: Record) -> Version:
    """Return the version in the address; not found where there is none."""
    version = record.version(request.path_params["number"])
    if version is None:
        raise HTTPException(404)
    return version


def opened(request: Request) -> Opened:
    """Return the document in the address."""
    return Opened(request.path_params["document"], record_of(request), workbench(request))


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, and the contents of its files; ``names`` are those of the files, only to be shown."""

    fields: Mapping[str, str]
    files: Mapping[str, Sequence[bytes]] = field(repr=False)
    names: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a field without blanks around it; "" where it is missing."""
        return self.fields.get(name, "").strip()

    def file(self, name: str = "file") -> bytes:
        """Return the content of a file.

        Raises:
            InputError: there is none, or it is empty.
        """
        found = self.files.get(name, ())
        if not found or not found[0]:
            raise InputError("没有选文件，或文件是空的", "选一个文件再上传")
        return found[0]

    @property
    def base(self) -> int:
        """The version that the form was made from.

        Raises:
            UsageError: it names none.
        """
        return self.number("base")

    def number(self, name: str) -> int:
        """Return a field that is a number.

        Raises:
            UsageError: it is none.
        """
        text = self.text(name)
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
            raise UsageError("表单没有写明是哪一版", "重新打开这一页，再试一次")
        return int(text)


async def form_of(request: Request) -> Form:
    """Return a form, no more and no larger than a page of ours sends.

    Raises:
        UsageError: it has more.
    """
    fields: dict[str, str] = {}
    files: dict[str, list[bytes]] = {}
    names: dict[str, str] = {}
    try:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files.setdefault(name, []).append(await value.read())
                    names[name] = _shown_name(value.filename or "")
                else:
                    fields[name] = value
    except HTTPException:
        raise UsageError("表单太大，或不完整", "重新打开这一页，再试一次") from None
    request.scope[WRITTEN] = tuple(text for name in NOTES if (text := fields.get(name, "").strip()))
    return Form(fields, files, names)


def _shown_name(name: str) -> str:
    r"""The name of an uploaded file as it is shown: its last part, nothing that does not print; "" if that is none.

    >>> _shown_name("C:\\x\\..\\2026年 预算.pdf"), _shown_name("../.."), _shown_name("a\0b")
    ('2026年 预算.pdf', '', 'ab')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if one.isprintable()).strip(" .")[:LONGEST_NAME]


def save_version(
    here: Workbench, document: str, base: int, payload: bytes, what: str, title: str, note: str = "",
    cells: SavedCells | None = None,
) -> Version:  # fmt: skip
    """Save one more version of a document; after one that was final it is a correction and needs a note.

    Raises:
        UsageError: the note is missing, or cannot be kept.
        StaleSave: ``base`` is not the latest version any more.
        OutputError: it cannot be written.
    """
    check_note(here.folder.record(document), note)
    version = here.folder.save(document, base, payload, here.who, what, title, note, cells)
    here.folder.log.add(here.who, "save", document, version.number)
    return version


def check_note(record: Record, note: str) -> None:
    """Check the note of a change; one of a document that was final must have it.

    Raises:
        UsageError: the note is missing, or cannot be kept.
    """
    check_note_text(note)
    if was_final(record) and not says_something(note):
        raise UsageError("已经定稿，再改要写更正说明", "写明更正的原因，再存一次")


def see_other(address: str) -> Response:
    """Send the browser to a page, so that loading it again repeats nothing."""
    return RedirectResponse(address, 303)


def changing(path: str, endpoint: Callable[[Request], Any], action: str) -> Route:
    """Return the route of a form: ``endpoint`` is called for those who may do ``action``, and for POST only.

    The action ``step`` stands for that of the review which the form names; the endpoint checks it.
    """

    @wraps(endpoint)
    async def checked(request: Request) -> Response:
        if action != "step":
            request.user.check(action)
        answer = endpoint(request) if iscoroutinefunction(endpoint) else run_in_threadpool(endpoint, request)
        response: Response = await answer
        return response

    checked.action = action  # type: ignore[attr-defined]  # read by the tests: no form without an action
    return Route(path, checked, methods=["POST"])
