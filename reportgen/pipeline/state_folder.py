"""The state folder: what is known about outputs but must not be published with them (``docs/regenerating.md``).

Beside the output folder ``公开`` it is ``公开.state``; the folder ``公开/450`` has its state in ``公开.state/450`` if
``公开.state`` is there. Only its owner may read it, since it holds the source.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ..core.errors import OutputError, UsageError, os_error_reason
from ..manifest import NAME, record
from ..manifest import state as state_file
from ..manifest.state import SUFFIX, State
from .storage import LocalFolder, OutputStorage


class StateFolder(LocalFolder):
    """A folder of this machine below ``root``, which is made for its owner only."""

    def __init__(self, root: Path, name: str = "") -> None:
        """Name the folder ``name`` (with ``/``) below ``root``."""
        super().__init__(root.joinpath(*filter(None, name.split("/"))))
        self._root = root

    def save(self, payloads: Mapping[str, bytes]) -> None:
        """Write all files or none; the root is made if missing."""
        make_private(self._root)
        super().save(payloads)


class StateRecords:
    """The states of the documents in one output folder; without a ``storage`` nothing is kept."""

    def __init__(self, storage: OutputStorage | None) -> None:
        """Use ``storage``; nothing is read yet."""
        self._storage = storage

    def read(self, slug: str) -> State | None:
        """Return the state of the document with the file name ``slug``, None if there is no valid one."""
        return state_file.parse(self._storage.read(state_file.file_name(slug))) if self._storage else None

    def save(self, states: Mapping[str, State]) -> None:
        """Write the states that differ from what is there.

        Raises:
            OutputError: they cannot be written.
        """
        if self._storage:
            payloads = {state_file.file_name(slug): state_file.written(state) for slug, state in states.items()}
            if changed := {name: new for name, new in payloads.items() if self._storage.read(name) != new}:
                self._storage.save(changed)

    def remove(self, name: str) -> None:
        """Remove the state file ``name`` of a folder of this machine, if it is there.

        Raises:
            OutputError: it cannot be removed.
        """
        if isinstance(self._storage, LocalFolder):
            self._storage.remove(name)

    def location(self, slug: str) -> str:
        """Return where the state of a document is, as a message names it."""
        return self._storage.location(state_file.file_name(slug)) if self._storage else ""

    def remove_leftovers(self) -> None:
        """Remove temporary files of runs that were killed."""
        if self._storage:
            self._storage.remove_leftovers()


def state_records(out: OutputStorage, state: OutputStorage | None = None) -> StateRecords:
    """Return the states of the documents in ``out``, which are in ``state`` or else in the default place.

    Raises:
        UsageError: ``state`` is inside ``out``.
    """
    if isinstance(state, StateFolder):
        return StateRecords(state)
    if isinstance(state, LocalFolder):
        if isinstance(out, LocalFolder):
            check_outside(out.path, state.path)
        return StateRecords(StateFolder(state.path))
    if state is None and isinstance(out, LocalFolder):
        return StateRecords(default_state(out.path))
    return StateRecords(state)


def default_state(out: Path) -> StateFolder:
    """Return the state folder of the output folder ``out``: that of the nearest folder that has one, or its own.

    Raises:
        UsageError: it is a link into the folder that is published.
    """
    absolute = Path(os.path.abspath(out))
    for folder in (absolute, *absolute.parents):
        root = _beside(folder)
        if root.is_dir():
            state = StateFolder(root, absolute.relative_to(folder).as_posix().removeprefix("."))
            for inner in (root, state.path):
                check_outside(folder, inner)
            return state
    return StateFolder(_beside(absolute))


def check_outside(out: Path, state: Path) -> None:
    """Raise UsageError if the state folder ``state`` would be published with the output folder ``out``."""
    inner, outer = Path(os.path.realpath(state)), Path(os.path.realpath(out))
    if inner == outer or outer in inner.parents:
        message, hint = "状态文件夹 {path} 在输出文件夹里面，会跟着公开", "用 --state 换一个输出文件夹以外的文件夹"
        raise UsageError(message, hint, path=str(state))


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may read, if there is none; its parents as usual.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except (OSError, ValueError) as error:
        raise OutputError(
            "写不了状态文件夹 {path}：{why}；原有的文件没有改动",
            "用 --state 指定另一个文件夹",
            path=str(folder),
            why=os_error_reason(error),
        ) from None


def move_source_out(out: OutputStorage, states: StateRecords) -> None:
    """Move the sources that a manifest of an earlier version holds to the state.

    Raises:
        OutputError: the state or the manifest cannot be written.
    """
    if not record.states_inside(out.read(NAME)):
        return
    with out.exclusive():
        manifest = out.read(NAME)
        states.save(record.states_inside(manifest))
        out.save({NAME: record.written(record.parse(manifest))})


def _beside(folder: Path) -> Path:
    return folder.with_name(folder.name + SUFFIX) if folder.name else folder / SUFFIX
