"""Write files completely or not at all: to temporary names first, then moved to their places together.

What is guaranteed, for the files of one call of :func:`save_all`:

* At every moment each path has the complete old file or the complete new one: a move is atomic.
* If anything fails, or the run is interrupted, the files already moved are restored: all are old.
* A process killed between two moves leaves some files new and some old, each complete; the next run writes them again
  and removes the temporary files (:mod:`.run_lock`).
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import OutputError, os_error_reason
from .run_lock import run_token, temporary

LONGEST_NAME = 255
"""Bytes of UTF-8 with the suffix: the limit of Linux; macOS and Windows allow as many characters or more."""
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?")
_UNSAFE = re.compile(r'[\x00-\x20\x7f-\xa0<>:"/\\|?*\s\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]+')


@dataclass(frozen=True, slots=True)
class _Move:
    """The move of one file from ``part`` to ``place``; ``old`` is the backup of the file that it replaces."""

    part: Path
    place: Path
    old: Path


def save_all(folder: Path, payloads: Mapping[str, bytes]) -> list[Path]:
    """Write the files ``name: bytes`` into ``folder``, created if missing; old files stay until all new are complete.

    Raises:
        OutputError: the folder cannot be created or written, the disk is full, a file is open in another program, or a
            name is not a file name. No new and no incomplete file is left.
    """
    for name in payloads:
        _check_name(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with run_token(folder) as token:
            moves = []
            for n, (name, payload) in enumerate(payloads.items()):
                part, old = temporary(folder, token, n, "part"), temporary(folder, token, n, "old")
                _write(part, payload, _mode(folder / name))
                moves.append(_Move(part, folder / name, old))
            _move_all(moves)
            _flush(folder)
    except (OSError, ValueError) as error:
        target = getattr(error, "filename2", None) or folder
        raise OutputError(
            "写不了 {path}：{why}；原有的文件没有改动",
            "检查文件夹能否写入、磁盘是否已满、文件是否正被别的程序打开",
            path=str(target),
            why=os_error_reason(error),
        ) from None
    return [move.place for move in moves]


def safe_name(title: str, max_bytes: int = 200) -> str:
    """Return a title as a file name without path, reserved characters and device names of Windows.

    It has at most ``max_bytes`` bytes of UTF-8, which leaves room for suffixes like ``-数字出处.xlsx``.

    >>> safe_name("../../x 2023"), safe_name("NUL.txt"), safe_name("：")
    ('x_2023', '_NUL.txt', '：')
    """
    clean = _UNSAFE.sub("_", title).strip("._")
    cut = clean.encode("utf-8", "ignore")[: max_bytes - 1].decode("utf-8", "ignore").strip("._")
    return f"_{cut}" if _DEVICE.fullmatch(cut) else cut or "document"


def _check_name(name: str) -> None:
    """Refuse a name that is a path, so that no file is written outside its folder."""
    if name in ("", ".", "..") or re.search(r"[/\\\x00:]", name):
        raise OutputError("“{name}”不能作文件名：不能含路径", name=name)
    if len(name.encode("utf-8", "surrogateescape")) > LONGEST_NAME:
        raise OutputError("“{name}”不能作文件名：超过 {most} 字节", name=name, most=str(LONGEST_NAME))


def _mode(path: Path) -> int | None:
    """The permissions of the file that will be replaced; None if there is none."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return stat.S_IMODE(status.st_mode) & 0o777 if stat.S_ISREG(status.st_mode) else None


def _write(path: Path, payload: bytes, mode: int | None) -> None:
    with path.open("xb") as file:
        if mode is not None:
            path.chmod(mode)  # before there is anything to read in it
        file.write(payload)
        file.flush()
        os.fsync(file.fileno())


def _move_all(moves: list[_Move]) -> None:
    """Move all files, or restore those already moved and raise."""
    for move in moves:
        _back_up(move)
    begun: list[_Move] = []
    try:
        for move in moves:
            begun.append(move)
            os.replace(move.part, move.place)
    except BaseException:
        for move in reversed(begun):
            _restore(move)
        raise


def _back_up(move: _Move) -> None:
    """Make a hard link to the old file, or a copy where the file system has no hard links."""
    if not os.path.lexists(move.place):
        return
    try:
        os.link(move.place, move.old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(move.place, move.old)


def _restore(move: _Move) -> None:
    with contextlib.suppress(OSError):
        if move.old.is_symlink() or move.old.exists():
            os.replace(move.old, move.place)
        elif not move.part.exists():
            move.place.unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """Write the moves to the disk, where the system can do that for a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
