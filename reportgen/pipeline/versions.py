"""Two versions of one document: what changed, and the new one with the changes tracked (``docs/diff.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..comparison import Differences, Side, differences
from ..core.errors import InputError, UsageError
from ..core.files import save_all
from ..layout.load import DEFAULT
from ..manifest import NAME, record
from ..tree.nodes import Document
from ..tree.style import Style
from .in_memory import prepare
from .loaded_layout import LayoutSource, load_layout
from .source import BudgetSource


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both documents, composed with one layout, and what differs; false if nothing does."""

    old: Document
    new: Document
    style: Style
    differences: Differences

    def __bool__(self) -> bool:
        """Whether anything differs, in the data or in print."""
        return bool(self.differences)

    def redline(self) -> bytes:
        """Return a DOCX of the new document in which every change since the old one is tracked."""
        from ..writers.docx import write_redline

        return write_redline(self.old, self.new, self.style)


def diff(
    old: BudgetSource, new: BudgetSource, layout: LayoutSource = DEFAULT, last: BudgetSource | None = None
) -> Comparison:
    """Compare two versions of a document; each may also be the output folder of a build.

    ``last`` is last year's document of both.

    Raises:
        ReportgenError: one of them cannot be read; a folder holds no manifest, or one of several documents.
    """
    chosen = load_layout(layout)
    before, after = (prepare(document_source(version), chosen, last) for version in (old, new))
    sides = [Side(one.budget, one.facts, one.document) for one in (before, after)]
    return Comparison(before.document, after.document, after.layout.style, differences(*sides))


def save_redline(comparison: Comparison, target: Path, sources: tuple[Path, ...]) -> None:
    """Write the redline to the file ``target``, which must be none of its ``sources``.

    Raises:
        UsageError: it is one of them, or its name has another suffix.
        OutputError: it cannot be written.
    """
    if target.suffix.lower() != ".docx":
        raise UsageError("修订稿应存为 .docx 文件：{path}", "如 --docx 修订稿.docx", path=str(target))
    if any(target.resolve() == source.resolve() for source in sources):
        raise UsageError("修订稿不能写在要比较的文件上：{path}", "换一个文件名", path=str(target))
    save_all(target.parent, {target.name: comparison.redline()})


def document_source(version: BudgetSource) -> BudgetSource:
    """Return the document itself, or the one that the files in an output folder were made of."""
    if not isinstance(version, str | Path) or not Path(version).is_dir():
        return version
    folder, entries = str(version), list(record.read(Path(version)).values())
    if not entries:
        raise InputError(
            "文件夹 {path} 里没有 {name}，不知道是用什么数据生成的", "指定预算 JSON 文件，或 build 的输出文件夹",
            path=folder, name=NAME,
        )  # fmt: skip
    if len(entries) > 1:
        message, hint = "文件夹 {path} 里有 {count} 个部门", "指定其中一个预算 JSON 文件"
        raise UsageError(message, hint, path=folder, count=str(len(entries)))
    try:
        return entries[0].payload()
    except ValueError:
        message, hint = "{path} 里的 {name} 被改动过，取不出数据", "指定预算 JSON 文件"
        raise InputError(message, hint, path=folder, name=NAME) from None
