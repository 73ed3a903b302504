"""Find the documents that inputs name: folders, patterns, lists of paths, single files.

What cannot be read or placed is found too, with the ``problem`` that keeps it from being built: it is set aside by
name, and all others are built.
"""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import UsageError, os_error_reason
from ..core.finding import Finding, Place, Severity

JSON = (".json",)
WORKBOOKS = (".xlsx", ".xls", ".et")
LONGEST_LIST = 64 * 1024 * 1024
"""Characters read of a list: a million long paths."""
OWN_FILES = ("manifest.json", "outcome.json", "summary.json")
"""Files that runs write; recognised by name and form, they are no documents."""
OWN_FORM = b'"form": "reportgen-'


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document: ``name`` is its path below the input it was found by, without suffix, with ``/``.

    ``problem`` is why it, or the folder ``path``, is set aside.
    """

    name: str
    path: Path
    problem: Finding | None = None


def documents(inputs: Sequence[str], out: Path) -> Iterator[FoundDocument]:
    """Yield every document that ``inputs`` name, once; files in the output folder ``out`` are left out.

    A document is JSON or a workbook. A folder means every ``*.json`` below it except hidden ones and what runs wrote,
    and where there is none every workbook; ``-`` (standard input) and a file of another suffix are lists of paths, one
    per line, relative to the list; a text with ``*``, ``?`` or ``[`` is a pattern unless there is a file of that name.

    Raises:
        UsageError: an input is missing or is no list; the output folder is an input.
    """
    seen: set[str] = set()
    files = [Path(text) for text in inputs if _is_document(text)]
    others = (document for text in inputs if not _is_document(text) for document in _expanded(text, out))
    for document in (*_named(files), *others):
        path = os.path.realpath(document.path)  # unlike `Path.resolve` it does not raise for links in a circle
        if path not in seen:
            seen.add(path)
            yield _placed(document)


def set_aside(code: str, message: str, hint: str, path: Path, **values: str) -> Finding:
    """Return the finding with which the document or folder ``path`` is set aside."""
    return Finding(code, Severity.ERROR, message, (Place(printed=str(path)),), hint, {"path": str(path), **values})


def _placed(document: FoundDocument) -> FoundDocument:
    """Return the document with a problem if its output folder would not be below that of the run."""
    if document.problem or all(part and not part.startswith(".") for part in document.name.split("/")):
        return document
    message = "{path} 得不到自己的输出文件夹：名称是点开头的，或路径中有 .."
    return replace(document, problem=set_aside("PL205", message, "改名，或在清单中写完整的路径", document.path))


def _is_document(text: str) -> bool:
    return _is_named_so(text) and os.path.isfile(text)


def _is_named_so(name: str, suffixes: tuple[str, ...] = (*JSON, *WORKBOOKS)) -> bool:
    """Whether a file can be a document by its name; ``~$`` begins the names of files that Excel holds open."""
    return name.lower().endswith(suffixes) and not os.path.basename(name).startswith("~$")


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
    """Yield the documents below a folder; a folder that links lead to several times is read once."""
    output = os.path.realpath(out)
    if os.path.realpath(folder) == output:
        message = "输出文件夹不能就是输入文件夹 {path}"
        raise UsageError(message, "用 -o 给出另一个文件夹", path=str(folder))
    visited, errors, found = {output}, list[OSError](), list[Path]()
    for parent, folders, files in os.walk(folder, onerror=errors.append, followlinks=True):
        real = os.path.realpath(parent)
        hidden = Path(parent) != folder and Path(parent).name.startswith(".")
        if real in visited or hidden:
            folders.clear()
            continue
        visited.add(real)
        folders.sort(key=lambda name: (os.path.islink(os.path.join(parent, name)), name))  # links last
        names = (name for name in sorted(files) if _is_named_so(name) and not name.startswith("."))
        found += (path for name in names if not _is_own(path := Path(parent) / name))
    documents = [path for path in found if _is_named_so(path.name, JSON)] or found
    yield from (_regular(_below(folder, path)) for path in documents)
    yield from (_unreadable(folder, Path(os.fsdecode(error.filename)), error) for error in errors)


def _matching(pattern: str) -> Iterator[FoundDocument]:
    parts = Path(pattern).parts
    fixed = next(n for n, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed])
    for name in glob.iglob(pattern, recursive=True):
        if _is_named_so(name) and not os.path.isdir(name) and not _is_own(Path(name)):
            yield _regular(_below(base, Path(name)))
    for depth in range(fixed, len(parts)):
        folders = glob.iglob(os.path.join(*parts[:depth], ""), recursive=True) if depth else iter([os.curdir])
        yield from (_unreadable(base, Path(name), error) for name in folders if (error := _listing_error(name)))


def _listing_error(folder: str) -> OSError | None:
    """Return why a folder cannot be listed; ``glob`` passes over it silently."""
    try:
        with os.scandir(folder):
            return None
    except OSError as error:
        return error


def _unreadable(base: Path, path: Path, error: OSError) -> FoundDocument:
    message = "读不了文件夹 {path}：{why}；其中的部门都没有生成"
    problem = set_aside("PL204", message, "检查权限，再运行一次", path, why=os_error_reason(error))
    return FoundDocument(f"{path.relative_to(base).as_posix()}/", path, problem)


def _regular(document: FoundDocument) -> FoundDocument:
    """Return the document with a problem if it is a pipe, a socket or a device: reading it might never end."""
    try:
        if stat.S_ISREG(document.path.stat().st_mode):
            return document
    except (OSError, ValueError):
        return document  # the build will report why it cannot be read
    return replace(document, problem=set_aside("PL205", "{path} 不是普通文件", "换成普通的 JSON 文件", document.path))


def _is_own(path: Path) -> bool:
    """Return whether a file is one that a run wrote, of this run's output folder or of another."""
    if path.name not in OWN_FILES or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return OWN_FORM in file.read(64)
    except OSError:
        return False


def _listed(text: str, base: Path) -> list[Path]:
    """Return the paths of a list; empty lines and lines that begin with # are skipped."""
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    paths = [base / line for line in lines if line and not line.startswith("#")]
    for path in paths:
        if not _is_named_so(path.name):
            message = "清单中的“{path}”不是 .json 文件，也不是工作簿"
            raise UsageError(message, "清单一行一个预算文件的路径", path=str(path)[:200])
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
            yield _regular(FoundDocument(_below(base, path).name, given))


def _common(folders: Sequence[Path]) -> Path:
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:
        raise UsageError("清单中的文件不在同一个盘上", "一个盘一次运行") from None


def _below(base: Path, path: Path) -> FoundDocument:
    return FoundDocument(os.path.splitext(path.relative_to(base).as_posix())[0], path)
