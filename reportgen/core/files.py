"""Files are written whole or not at all: beside their place first, then moved there together.

What is guaranteed, for the files of one call of :func:`save_all`:

* Each place holds, at every moment, the whole old file or the whole new one: a move is one step of the file system.
* If anything fails, or the run is interrupted, those already moved are put back: all are old.
* A process killed between two moves leaves some new and some old, each whole; the next run sets that right, and
  removes what the dead one left beside them (:mod:`.claim` tells the dead from the living).
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import OutputError, os_error_reason
from .run_lock import claim, temporary

LONGEST_NAME = 255
"""Bytes of UTF-8, suffix included: what Linux allows; macOS and Windows allow as many characters or more."""
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?")
_UNSAFE = re.compile(r'[\x00-\x20\x7f-\xa0<>:"/\\|?*\s\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]+')


@dataclass(frozen=True, slots=True)
class _Move:
    """One file on its way: from ``part`` to ``place``; ``old`` keeps what stood there."""

    part: Path
    place: Path
    old: Path


def save_all(folder: Path, payloads: Mapping[str, bytes]) -> list[Path]:
    """Write the files ``name: bytes`` into ``folder`` (made if missing); what stood there stays until all are complete.

    Raises:
        OutputError: the folder cannot be made or written, the disk is full, a file is open elsewhere, a name is none.
            No new file and no half file is left.
    """
    for name in payloads:
        _check_name(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with claim(folder) as token:
            moves = []
            for n, (name, payload) in enumerate(payloads.items()):
                part, old = temporary(folder, token, n, "part"), temporary(folder, token, n, "old")
                _write(part, payload)
                moves.append(_Move(part, folder / name, old))
            _move_all(moves)
            _settle(folder)
    except (OSError, ValueError) as error:
        target = getattr(error, "filename2", None) or folder
        raise OutputError(
            "写不了 {path}：{why}；原有的文件没有改动",
            "检查文件夹能否写入、磁盘是否已满、文件是否正被别的程序打开",
            path=str(target),
            why=os_error_reason(error),
        ) from None
    return [move.place for move in moves]


def safe_name(title: str, room: int = 200) -> str:
    """A title as a file name: no path, nothing reserved, never a device of Windows.

    At most ``room`` bytes of UTF-8: with suffixes like ``-数字出处.xlsx`` it stays below what file systems take.

    >>> safe_name("../../x 2023"), safe_name("NUL.txt"), safe_name("：")
    ('x_2023', '_NUL.txt', '：')
    """
    clean = _UNSAFE.sub("_", title).strip("._")
    cut = clean.encode("utf-8", "ignore")[: room - 1].decode("utf-8", "ignore").strip("._")
    return f"_{cut}" if _DEVICE.fullmatch(cut) else cut or "document"


def _check_name(name: str) -> None:
    """A name must be a single step down: whoever composed it, no file leaves its folder."""
    if name in ("", ".", "..") or re.search(r"[/\\\x00:]", name):
        raise OutputError("“{name}”不能作文件名：不能含路径", name=name)
    if len(name.encode("utf-8", "surrogateescape")) > LONGEST_NAME:
        raise OutputError("“{name}”不能作文件名：超过 {most} 字节", name=name, most=str(LONGEST_NAME))


def _write(path: Path, payload: bytes) -> None:
    with path.open("xb") as file:
        file.write(payload)
        file.flush()
        os.fsync(file.fileno())


def _move_all(moves: list[_Move]) -> None:
    """Move all or none."""
    for move in moves:
        _keep(move)
    begun: list[_Move] = []
    try:
        for move in moves:
            begun.append(move)
            os.replace(move.part, move.place)
    except BaseException:
        for move in reversed(begun):
            _put_back(move)
        raise


def _keep(move: _Move) -> None:
    """A second name for what stands in the place, or a copy where the file system has no second names."""
    if not os.path.lexists(move.place):
        return
    try:
        os.link(move.place, move.old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(move.place, move.old)


def _put_back(move: _Move) -> None:
    with contextlib.suppress(OSError):
        if move.old.is_symlink() or move.old.exists():
            os.replace(move.old, move.place)
        elif not move.part.exists():
            move.place.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Have the moves on the disk before the run says that it is done; not every system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
