"""A store of files that fsspec reads (``s3://…``, ``file://…``). A set of files is complete or has no record.

A store cannot move several files at once. So a set of files is written in three steps: all files under temporary names
in ``.parts/``, then the old record is removed, then each file is moved to its name, the record last. A set without its
record never counts as complete, whenever the writer was killed.
"""

from __future__ import annotations

import posixpath
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ..core.errors import OutputError, UsageError, os_error_reason
from ..manifest import NAME as MANIFEST
from ..manifest.state import SUFFIX
from ..pipeline.state_folder import make_private
from .outcome_file import NAME as RECORD

PARTS = ".parts"
STALE = 86_400
"""Seconds after which the parts of another run count as left over."""
LAST = (MANIFEST, RECORD)
"""The record of a set of files, moved last and in this order."""
T = TypeVar("T")


class Store:
    """A folder in a store, for one run; ``run`` names the folder of its temporary files."""

    def __init__(self, url: str, run: str = "") -> None:
        """Open the store at ``url``.

        Raises:
            UsageError: fsspec, or what it needs for this kind of store, is not installed; there is no such kind.
        """
        self.url = url
        self.run = run or f"{int(time.time())}-{secrets.token_hex(8)}"
        self._fs, self._root = _opened(url)

    def state_url(self) -> str:
        """Return the default place of the state: beside the folder, under a prefix of its own.

        Raises:
            UsageError: the URL is a whole bucket, so that there is no place beside it.
        """
        if "/" not in self._root:
            hint = "用 --state 指定，如 s3://另一个桶/状态"
            raise UsageError("{url} 是整个桶，旁边没有放状态的地方", hint, url=self.url)
        return self.url.rstrip("/") + SUFFIX

    def make_private(self) -> None:
        """Make the folder for its owner only if it is one of this machine and not there yet; stores have own settings.

        Raises:
            OutputError: it cannot be made.
        """
        if getattr(self._fs, "local_file", False):
            make_private(Path(self._root))

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the file at ``name`` (with ``/``), or None if there is none."""
        try:
            payload: bytes = self._fs.cat_file(self._at(name))
            return payload
        except FileNotFoundError:
            return None
        except Exception as error:  # every kind of store has errors of its own
            raise _cannot("读不了 {path}：{why}", self._at(name), error) from None

    def holds(self, name: str) -> bool:
        """Return whether there is a file ``name``."""
        return name in self.sizes("")

    def sizes(self, folder: str) -> dict[str, int]:
        """Return the files in ``folder`` and their sizes in bytes."""
        try:
            self._fs.invalidate_cache(self._at(folder))
            entries = self._fs.ls(self._at(folder), detail=True)
        except FileNotFoundError:
            return {}
        except Exception as error:
            raise _cannot("读不了 {path}：{why}", self._at(folder), error) from None
        return {posixpath.basename(entry["name"]): entry["size"] for entry in entries if entry["type"] == "file"}

    def save(self, payloads: Mapping[str, bytes], folder: str = "") -> None:
        """Write these files into ``folder``, its record last.

        Raises:
            OutputError: the store refuses; the folder then may have no record.
        """
        try:
            self._save(payloads, folder)
        except Exception as error:
            raise _cannot("写不了 {path}：{why}", self._at(folder), error) from None

    def remove(self, name: str) -> None:
        """Remove the file at ``name``.

        Raises:
            OutputError: the store refuses.
        """
        try:
            with suppress(FileNotFoundError):
                self._fs.rm_file(self._at(name))
        except Exception as error:
            raise _cannot("删不了旧名的文件 {path}：{why}", self._at(name), error) from None

    def remove_leftovers(self) -> None:
        """Remove the temporary files of this run, and those of runs that began more than a day ago."""
        with suppress(Exception):
            for folder in self._fs.ls(self._at(PARTS), detail=False):
                began, _, _ = posixpath.basename(folder).partition("-")
                if folder.endswith(self.run) or (began.isdigit() and time.time() - int(began) > STALE):
                    self._fs.rm(folder, recursive=True)
            if not self._fs.ls(self._at(PARTS), detail=False):
                self._fs.rmdir(self._at(PARTS))

    def _save(self, payloads: Mapping[str, bytes], folder: str) -> None:
        order = [*(name for name in payloads if name not in LAST), *(name for name in LAST if name in payloads)]
        parts = self._at(f"{PARTS}/{self.run}/{secrets.token_hex(8)}")
        self._fs.makedirs(parts, exist_ok=True)
        self._fs.makedirs(self._at(folder), exist_ok=True)
        for n, name in enumerate(order):
            self._fs.pipe_file(f"{parts}/{n}", payloads[name])
        for name in reversed([name for name in LAST if name in payloads]):
            with suppress(FileNotFoundError):
                self._fs.rm_file(self._at(f"{folder}/{name}"))
        for n, name in enumerate(order):
            self._move(f"{parts}/{n}", self._at(f"{folder}/{name}"))
        with suppress(OSError):  # a store of objects has no folders
            self._fs.rmdir(parts)

    def _move(self, part: str, target: str) -> None:
        if getattr(self._fs, "local_file", False):
            Path(part).replace(target)  # one step, also where there is a file
        else:
            self._fs.mv(part, target)

    def _at(self, name: str) -> str:
        """Return the key of ``name``: without empty segments, which a store of objects takes for folders."""
        return "/".join([self._root, *(part for part in name.split("/") if part)])


def folder_url(folder: Path) -> str:
    """Return the URL under which fsspec reads a folder of this machine; its characters are not escaped."""
    return f"file://{folder.absolute().as_posix()}"


def import_optional(load: Callable[[], T], option: str) -> T:
    """Return what ``load`` imports from the optional dependencies that ``option`` needs.

    Raises:
        UsageError: they are not installed.
    """
    try:
        return load()
    except ImportError as error:
        hint = "pip install 'reportgen[cluster]'；某种存储还要它自己的包，如 s3fs"
        raise UsageError("{option} 需要的程序包没有安装：{why}", hint, option=option, why=str(error)[:200]) from None


def _opened(url: str) -> tuple[Any, str]:
    try:
        return import_optional(partial(_open, url), url)
    except ValueError as error:
        hint = "如 file:///公开、s3://桶/公开"
        raise UsageError("“{url}”不是可用的地址：{why}", hint, url=url, why=str(error)[:200]) from None


def _open(url: str) -> tuple[Any, str]:
    import fsspec

    fs, root = fsspec.core.url_to_fs(url)
    return fs, root.rstrip("/")


def _cannot(message: str, path: str, error: Exception) -> OutputError:
    reason = (
        os_error_reason(error)
        if isinstance(error, OSError) and error.errno
        else f"{type(error).__name__} {error}"[:200]
    )
    return OutputError(message, "检查地址、权限和网络；再运行一次即可接着做", path=path, why=reason)
