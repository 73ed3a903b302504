"""Find the documents that inputs name: folders, patterns, lists of paths, single files."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import UsageError, os_error_reason

SUFFIX = ".json"
LONGEST_LIST = 64 * 1024 * 1024
"""Characters read of a list: a million long paths."""


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document: ``name`` is its path below the input it was found by, without suffix, with ``/``."""

    name: str
    path: Path


def documents(inputs: Sequence[str], out: Path) -> Iterator[FoundDocument]:
    """Yield every document that ``inputs`` name, once; files in the output folder ``out`` are left out.

    A folder means every ``*.json`` below it except hidden ones; ``-`` (standard input) and a file of another suffix are
    lists of paths, one per line, relative to the list; a text with ``*``, ``?`` or ``[`` is a pattern unless there is
    a file of that name.

    Raises:
        UsageError: an input is missing or is no list; the output folder is an input.
    """
    seen: set[Path] = set()
    files = [Path(text) for text in inputs if _is_document(text)]
    others = (document for text in inputs if not _is_document(text) for document in _expanded(text, out))
    for document in (*_named(files), *others):
        path = document.path.resolve()
        if path not in seen:
            seen.add(path)
            yield document


def _is_document(text: str) -> bool:
    return _is_json(text) and os.path.isfile(text)


def _is_json(name: str) -> bool:
    return name.lower().endswith(SUFFIX)


def _expanded(text: str, out: Path) -> Iterator[FoundDocument]:
    """Yield the documents of a list, a folder or a pattern."""
    path = Path(text)
    if text == "-":
        return _named(_listed(sys.stdin.read(LONGEST_LIST), Path()))
    if path.is_dir():
        return _in_folder(path, out)
    if path.is_file():
        return _named(_listed(_text(path), path.parent))
    if glob.has_magic(text):
        return _matching(text)
    raise UsageError("没有“{path}”这个文件或文件夹", "检查路径；通配符要加引号", path=text)


def _in_folder(folder: Path, out: Path) -> Iterator[FoundDocument]:
    output = out.resolve()
    if folder.resolve() == output:
        message = "输出文件夹不能就是输入文件夹 {path}"
        raise UsageError(message, "用 -o 给出另一个文件夹", path=str(folder))
    for parent, folders, files in os.walk(folder):
        folders[:] = [
            name for name in folders if not name.startswith(".") and (Path(parent) / name).resolve() != output
        ]
        for name in files:
            if _is_json(name) and not name.startswith("."):
                yield _below(folder, Path(parent) / name)


def _matching(pattern: str) -> Iterator[FoundDocument]:
    parts = Path(pattern).parts
    fixed = next(n for n, part in enumerate(parts) if glob.has_magic(part))
    for name in glob.iglob(pattern, recursive=True):
        if _is_document(name):
            yield _below(Path(*parts[:fixed]), Path(name))


def _listed(text: str, base: Path) -> list[Path]:
    """Return the paths of a list; empty lines and lines that begin with # are skipped."""
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    paths = [base / line for line in lines if line and not line.startswith("#")]
    for path in paths:
        if not _is_json(path.name):
            raise UsageError("清单中的“{path}”不是 .json 文件", "清单一行一个预算文件的路径", path=str(path)[:200])
    return paths


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(LONGEST_LIST)
    except (OSError, ValueError) as error:
        reason = "不是 UTF-8 编码" if isinstance(error, UnicodeDecodeError) else os_error_reason(error)
        raise UsageError("读不了清单 {path}：{why}", "清单一行一个预算文件的路径", path=str(path), why=reason) from None


def _named(paths: Sequence[Path]) -> Iterator[FoundDocument]:
    """Yield files by themselves, named from the deepest folder that holds them all."""
    absolute = [Path(os.path.abspath(path)) for path in paths]
    if absolute:
        base = _common([path.parent for path in absolute])
        for given, path in zip(paths, absolute, strict=True):
            yield FoundDocument(_below(base, path).name, given)


def _common(folders: Sequence[Path]) -> Path:
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:
        raise UsageError("清单中的文件不在同一个盘上", "一个盘一次运行") from None


def _below(base: Path, path: Path) -> FoundDocument:
    return FoundDocument(path.relative_to(base).as_posix()[: -len(SUFFIX)], path)
