"""Two versions of one document: what changed, and the new one with the changes tracked (``docs/diff.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..comparison import Differences, Side, differences
from ..core.errors import InputError, UsageError
from ..core.files import save_all
from ..manifest import NAME, record
from ..manifest.record import Entry
from ..manifest.state import State
from ..tree.nodes import Document
from ..tree.style import Style
from .document_layout import layout_of
from .in_memory import prepare
from .loaded_layout import LayoutSource
from .source import BudgetSource, load
from .state_folder import state_records
from .storage import LocalFolder


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
    old: BudgetSource,
    new: BudgetSource,
    layout: LayoutSource | None = None,
    last: BudgetSource | None = None,
    state: str | Path | None = None,
    initial: BudgetSource | None = None,
) -> Comparison:
    """Compare two versions of a document; each may also be the output folder of a build.

    Both are composed with ``layout``, or else with the layout of the new one.
    ``last`` is last year's document of both, ``initial`` the budget of the year of both, ``state`` the state folder of
    the output folder if it was built with one.

    Returns:
        The two versions and everything that differs between them.

    Raises:
        ReportgenError: one of them cannot be read; a folder holds no manifest, or one of several documents; its state
            is missing or of another build.
    """
    sources = [load(document_source(version, state)) for version in (old, new)]
    chosen = layout_of(sources[1].data, layout)
    before, after = (prepare(source, chosen, last, initial) for source in sources)
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
    if target.exists() and any(target.resolve().is_relative_to(source.resolve()) for source in sources):
        raise UsageError("修订稿会盖掉要比较的文件夹里的文件：{path}", "换一个文件名", path=str(target))
    save_all(target.parent, {target.name: comparison.redline()})


def document_source(version: BudgetSource, state: str | Path | None = None) -> BudgetSource:
    """Return the document itself, or the one that the files in an output folder were made of."""
    if not isinstance(version, str | Path) or not Path(version).is_dir():
        return version
    folder = LocalFolder(Path(version))
    manifest = folder.read(NAME)
    entries = record.parse(manifest)
    if not entries:
        raise InputError(
            "文件夹 {path} 里没有 {name}，不知道是用什么数据生成的", "指定预算 JSON 文件，或 build 的输出文件夹",
            path=str(version), name=NAME,
        )  # fmt: skip
    if len(entries) > 1:
        message, hint = "文件夹 {path} 里有 {count} 个部门", "指定其中一个预算 JSON 文件"
        raise UsageError(message, hint, path=str(version), count=str(len(entries)))
    ((slug, entry),) = entries.items()
    records = state_records(folder, LocalFolder(Path(state)) if state else None)
    kept = record.states_inside(manifest).get(slug) or records.read(slug)
    return _kept_source(entry, kept, str(version), records.location(slug))


def _kept_source(entry: Entry, kept: State | None, folder: str, place: str) -> BudgetSource:
    """The document in the state of an output folder, with last year's."""
    if kept is None:
        message = "找不到生成 {path} 时的数据：没有状态文件 {state}，或已损坏"
        hint = "用 --state 指定生成时的状态文件夹，或改为指定当时的预算 JSON 文件；重新 build 一次也会写好"
        raise InputError(message, hint, path=folder, state=place)
    try:
        payload, last = kept.payload(entry.fingerprint.get("data", "")), kept.last_payload()
    except ValueError:
        message, hint = "{state} 里的数据不是生成 {path} 用的那一份", "重新 build 一次，或改为指定当时的预算 JSON 文件"
        raise InputError(message, hint, path=folder, state=place) from None
    return payload if last is None else load(payload, last)
