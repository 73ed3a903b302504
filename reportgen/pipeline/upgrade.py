"""Rewrite the file of a document as the present version of the contract."""

from __future__ import annotations

from pathlib import Path

from ..budget.json_input import read_payload
from ..budget.upgrade import upgraded
from ..core.errors import OutputError
from ..core.files import save_all
from ..intake.kinds import Kind
from .replaceable import check_replaceable
from .source import json_of_file


def upgrade(source: str | Path, target: str | Path | None = None) -> Path | None:
    """Write the document in the file ``source`` as the present version, to ``target`` or in its own place.

    All that does not change keeps every character, a replaced file its permissions. Returns the file that was written,
    or None if the document has the present version already and there is no ``target``.

    Raises:
        InputError: the file cannot be read or breaks the contract of its version.
        OutputError: the file cannot be written, or was changed by another program in the meantime.
    """
    path = Path(source).resolve()
    old = json_of_file(path)
    new = upgraded(old)
    place = path if target is None else Path(target).resolve()
    if new == old and place == path:
        return None
    if read_payload(path) != old:
        message = "{path} 在读入之后被别人改过，没有写"
        raise OutputError(message, "重新运行一次", path=str(path))
    if target is not None:
        check_replaceable(place, Kind.JSON)
    return next(iter(save_all(place.parent, {place.name: new})))
