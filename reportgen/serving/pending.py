"""Uploads that are being read, kept in the folder until then: what a killed server did not read, the next one reads."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from starlette.requests import Request

from ..core.errors import OutputError
from ..core.files import save_all
from .folder import check_present
from .roles import Role, User
from .workbench import Form

UPLOADS = "uploads"


@dataclass(frozen=True, slots=True)
class Pending:
    """An upload: the function that reads it, its arguments, and of the request what the function may know."""

    function: str
    form: Form = field(repr=False)
    arguments: tuple[str, ...]
    path: str
    document: str
    user: User

    def scope(self) -> dict[str, Any]:
        """Return a request as the function gets it."""
        params = {"document": self.document} if self.document else {}
        return {
            "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": self.path,
            "raw_path": self.path.encode(), "root_path": "", "query_string": b"", "headers": [(b"host", b"localhost")],
            "server": ("localhost", 80), "client": None, "path_params": params, "user": self.user,
        }  # fmt: skip

    def payload(self) -> bytes:
        """Return the upload as JSON."""
        files = {name: [base64.b64encode(one).decode() for one in all_] for name, all_ in self.form.files.items()}
        data = {
            "function": self.function, "fields": dict(self.form.fields), "files": files, "arguments": self.arguments,
            "path": self.path, "document": self.document, "who": self.user.name, "roles": sorted(self.user.roles),
            "is_named": self.user.is_named,
        }  # fmt: skip
        return json.dumps(data, ensure_ascii=False).encode()


def pending_of(request: Request, function: str, form: Form, arguments: tuple[str, ...]) -> Pending:
    """Return the upload that a request sends."""
    document = request.path_params.get("document", "")
    return Pending(function, form, arguments, request.url.path, document, request.user)


def parsed(payload: bytes) -> Pending:
    """Return the upload that a file holds.

    Raises:
        ValueError: it holds none.
    """
    try:
        data: Mapping[str, Any] = json.loads(payload)
        files = {name: [base64.b64decode(one) for one in all_] for name, all_ in data["files"].items()}
        roles = frozenset(role for role in get_args(Role) if role in data["roles"])
        user = User(str(data["who"]), roles, bool(data["is_named"]))
        fields = {str(name): str(value) for name, value in data["fields"].items()}
        arguments = tuple(str(one) for one in data["arguments"])
        return Pending(
            str(data["function"]), Form(fields, files), arguments, str(data["path"]), str(data["document"]), user
        )
    except (KeyError, TypeError, AttributeError, RecursionError, ValueError) as error:
        raise ValueError(f"no upload: {error}") from None


class Uploads:
    """The uploads in a folder that are not read yet."""

    def __init__(self, folder: Path) -> None:
        """Keep them below ``folder``."""
        self._folder = folder / UPLOADS

    def keep(self, id: str, pending: Pending) -> None:
        """Keep an upload; where it cannot be written, it is read without.

        Raises:
            OutputError: the folder is gone, it is not made again.
        """
        check_present(self._folder.parent)
        with suppress(OutputError):
            save_all(self._folder, {f"{id}.json": pending.payload()})

    def done(self, id: str) -> None:
        """Forget an upload: it is read, and what it holds is saved, or its sender reads why not."""
        with suppress(OSError):
            (self._folder / f"{id}.json").unlink(missing_ok=True)
            self._folder.rmdir()  # where it is the last one

    def left(self) -> Iterator[tuple[str, Pending]]:
        """Yield what an ended server left, each with its id; what is damaged is left where it is."""
        for path in sorted(self._folder.glob("*.json")):
            with suppress(OSError, ValueError):
                yield path.stem, parsed(path.read_bytes())
