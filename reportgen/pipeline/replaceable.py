"""Which file a written one may replace: one of its own kind, never an input or something else that stands there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..budget.json_input import read_payload
from ..core.errors import InputError, OutputError
from ..intake.kinds import Kind, kind_of

DOCUMENT = b"reportgen/budget/"
"""What the ``schema`` of every budget document begins with."""


def check_replaceable(path: Path, kind: Kind, inputs: Iterable[str | Path | None] = ()) -> None:
    """Raise an error if ``path`` is one of ``inputs``, or a file that is no ``kind``; JSON has to be a budget document.

    Raises:
        OutputError: the file would be lost.
    """
    if not path.is_file():
        return  # nothing is lost; what cannot be written is said when it is written
    if any(one is not None and Path(one).exists() and path.samefile(one) for one in inputs):
        message, hint = "{path} 是这个命令要读的文件，没有覆盖", "给 -o 另取一个文件名"
        raise OutputError(message, hint, path=str(path))
    try:
        payload = read_payload(path)
    except InputError as error:
        raise OutputError("{path} 已有，读不了，没有覆盖", "给 -o 另取一个文件名", path=str(path)) from error
    found = kind_of(payload)
    if payload and (found is not kind or (kind is Kind.JSON and DOCUMENT not in payload)):
        message, hint = "{path} 是“{found}”，不是“{kind}”，没有覆盖", "给 -o 另取一个文件名"
        shown = "别的 JSON" if found is Kind.JSON else found.value
        wanted = "预算 JSON" if kind is Kind.JSON else kind.value
        raise OutputError(message, hint, path=str(path), found=shown, kind=wanted)
