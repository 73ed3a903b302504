"""Two versions of one document: what changed, and the new one with the changes tracked (``docs/diff.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..budget.json_input import payload_of
from ..core.errors import InputError, UsageError
from ..core.files import save_all
from ..diff import Differences, Side, differences
from ..layout.load import DEFAULT
from ..manifest import NAME, record
from ..tree.nodes import Document
from ..tree.style import Style
from . import prepare_payload
from .loaded_layout import loaded


@dataclass(frozen=True, slots=True)
class Versions:
    """Both documents, composed with one layout, and what differs."""

    old: Document
    new: Document
    style: Style
    differences: Differences

    def redline(self) -> bytes:
        """A DOCX of the new document in which every change since the old one is tracked."""
        from ..writers.docx import write_redline

        return write_redline(self.old, self.new, self.style)


def versions(old: str | Path, new: str | Path, layout: str = DEFAULT) -> Versions:
    """Compare two documents, each a JSON file or the output folder of a build.

    Raises:
        ReportgenError: one of them cannot be read; a folder holds no manifest, or one of several documents.
    """
    chosen = loaded(layout)
    before, after = (prepare_payload(_payload(Path(one)), chosen) for one in (old, new))
    sides = [Side(one.budget, one.facts, one.document) for one in (before, after)]
    return Versions(before.document, after.document, after.layout.style, differences(*sides))


def save_redline(found: Versions, target: Path, sources: tuple[Path, ...]) -> None:
    """Write the redline to the file ``target``, which must be none of its ``sources``.

    Raises:
        UsageError: it is one of them, or its name has another suffix.
        OutputError: it cannot be written.
    """
    if target.suffix.lower() != ".docx":
        raise UsageError("修订稿应存为 .docx 文件：{path}", "如 --docx 修订稿.docx", path=str(target))
    if any(target.resolve() == source.resolve() for source in sources):
        raise UsageError("修订稿不能写在要比较的文件上：{path}", "换一个文件名", path=str(target))
    save_all(target.parent, {target.name: found.redline()})


def _payload(source: Path) -> bytes:
    """The JSON document in a file, or the one that the files in a folder were made of."""
    if not source.is_dir():
        return payload_of(source)
    entries = list(record.read(source).values())
    if not entries:
        raise InputError(
            "文件夹 {path} 里没有 {name}，不知道是用什么数据生成的", "指定预算 JSON 文件，或 build 的输出文件夹",
            path=str(source), name=NAME,
        )  # fmt: skip
    if len(entries) > 1:
        raise UsageError(
            "文件夹 {path} 里有 {count} 个部门", "指定其中一个预算 JSON 文件", path=str(source), count=str(len(entries))
        )
    try:
        return entries[0].payload()
    except ValueError:
        raise InputError(
            "{path} 里的 {name} 被改动过，取不出数据", "指定预算 JSON 文件", path=str(source), name=NAME
        ) from None
