"""Find the edits of an edited file: paragraphs that were changed, added or deleted, and what is not brought back.

=====  ========  ================================================================================
QH101  error     a figure or its unit was changed and contradicts the data; the data's figure is kept
QH102  warning   a table cell was changed; tables are made from the data
QH103  warning   cover, contents, a table's heading or note was changed; they are made from the data
QH104  warning   a heading was deleted, or the number of a heading or an item changed
QH105  warning   a paragraph was moved; the order is kept
QH106  warning   the file has tracked changes; they are taken as accepted
QH107  warning   the file's bookmarks were removed; paragraphs were found by their text
QH108  error     a paragraph has a character that cannot be printed; it is not brought back
QH109  warning   a table is missing, or there is one too many
QH110  warning   the file was made from other data: only changed wording is brought back
QH111  warning   a paragraph is not in the file, but may have been added after the file was made
QH112  warning   a paragraph has an override, and the file, which is older, has the generated text
QH113  error     a number without a source may replace a figure that was removed
=====  ========  ================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..budget.characters import faults
from ..core.finding import Finding, Place, Severity
from ..tree.edited_docx import Edited, EditedParagraph
from ..tree.nodes import Document, Figure, Heading, Paragraph, plain
from .alignment import Alignment, align
from .anchors import Anchor, anchors, bookmarked_figures
from .changes import Change, Edits, text_of
from .figure_linking import Conflict, link_figures
from .normalize import normalized, text_key, without_prefix
from .source_version import SourceVersion, source_version, wording

_SHOWN = 40  # characters of a text in a finding


def find_edits(generated: Document, current: Document, edited: Edited) -> Edits:
    """Return the edits of prose in ``edited`` against ``current``, which is ``generated`` with its overrides.

    Raises:
        InputError: the file was not made from this document.
    """
    ours, paragraphs = anchors(current), [normalized(paragraph) for paragraph in edited.paragraphs()]
    figures = bookmarked_figures(current)
    alignment = align(ours, paragraphs, figures)
    version = source_version(generated, current, ours, paragraphs, alignment)
    finder = _EditFinder(ours, paragraphs, alignment, {name: figure for name, (_, figure) in figures.items()}, version)
    finder.run(edited.tracked)
    return finder.edits


@dataclass(slots=True)
class _EditFinder:
    """One pass over the anchors and the paragraphs of the edited file."""

    anchors: Sequence[Anchor]
    paragraphs: Sequence[EditedParagraph]
    alignment: Alignment
    figures: Mapping[str, Figure]
    version: SourceVersion
    edits: Edits = field(default_factory=Edits)

    def run(self, tracked: bool) -> None:
        """Find all edits in the order of the document."""
        self._report_file(tracked)
        inserted = self._inserted()
        for n, anchor in enumerate(self.anchors):
            if n not in self.alignment.pairs:
                self._deleted(anchor)
            else:
                self._kept(anchor, self.paragraphs[self.alignment.pairs[n]])
                if n in self.alignment.moved and not anchor.is_contents:
                    self._report("QH105", anchor.place, "这一段移到了别处；段落的次序不变", "")
            for paragraph in inserted.get(n, ()):
                self._added(anchor, paragraph)

    def _report(self, code: str, place: str, message: str, hint: str, /, **values: str) -> None:
        is_error = code in ("QH108", "QH113") or (code == "QH101" and not self.version.data_changed)
        places = (Place(printed=place),) if place else ()
        severity = Severity.ERROR if is_error else Severity.WARNING
        self.edits.findings.append(Finding(code, severity, message, places, hint, values))

    def _report_file(self, tracked: bool) -> None:
        if tracked:
            self._report("QH106", "", "文件里有没有接受的修订，已按全部接受取回", "如有不想要的修订，先在文件里拒绝")
        if self.version.data_changed:
            message = "这个文件不是由现在的 JSON 生成的：只取回文字的改动，数字一律用现在的数据，不删段落"
            self._report("QH110", "", message, "最好先重新生成再改")
        if not self.alignment.by_bookmark:
            message = "文件里的段落标记没有了（编辑软件删去的），段落按文字对上"
            self._report("QH107", "", message, "取回后看一遍改动的清单")

    def _inserted(self) -> dict[int, list[EditedParagraph]]:
        """The paragraphs without an anchor, by the number of the anchor after which they come."""
        pairs, moved = self.alignment.pairs, self.alignment.moved
        anchor_of = {n: anchor for anchor, n in pairs.items() if anchor not in moved}
        inserted: dict[int, list[EditedParagraph]] = {}
        last, paired = 0, set(pairs.values())
        for n, paragraph in enumerate(self.paragraphs):
            last = anchor_of.get(n, last)
            if n not in paired:
                inserted.setdefault(last, []).append(paragraph)
        return inserted

    def _deleted(self, anchor: Anchor) -> None:
        if anchor.is_contents:
            return
        if anchor.block is None:
            self._report("QH103", anchor.place, "“{text}”被删去；它由数据得出，照旧印出", "", text=anchor.text[:_SHOWN])
        elif self.version.may_be_missing(anchor.bookmarks):
            self._report("QH111", anchor.place, "文件里没有这一段，或是文件生成之后才有的；没有删去", "")
        elif isinstance(anchor.block, Paragraph):
            self._change(Change(anchor.block.id, anchor.place, (), text=plain(anchor.runs)))
        else:
            self._report(
                "QH104", anchor.place, "标题“{text}”被删去；标题不能删，照旧印出", "", text=anchor.text[:_SHOWN]
            )

    def _kept(self, anchor: Anchor, paragraph: EditedParagraph) -> None:
        if text_key(paragraph.text) == anchor.key or anchor.is_contents:
            return
        if self.version.is_unedited(anchor.bookmarks, anchor.text, paragraph):
            if anchor.block is not None and wording(anchor.text) != wording(paragraph.text):
                message = "这一段在 JSON 里另有手工改动，文件里是程序生成的原文；改动保留"
                self._report("QH112", anchor.place, message, "不要这一改动，就从 overrides 中删去")
            return
        if anchor.block is None:
            message = "“{text}”改成了“{found}”；它由数据得出，没有取回"
            self._report(
                "QH103", anchor.place, message, "请改 JSON", text=anchor.text[:_SHOWN], found=paragraph.text[:_SHOWN]
            )
            return
        change = Change(anchor.block.id, anchor.place, (), text=plain(anchor.runs))
        self._take(change, anchor, self._without_number(anchor, paragraph))

    def _without_number(self, anchor: Anchor, paragraph: EditedParagraph) -> EditedParagraph:
        if not anchor.number:
            return paragraph
        number = anchor.number_in(paragraph.text)
        if number != anchor.number and isinstance(anchor.block, Heading):
            self._report("QH104", anchor.place, "标题的编号改了；编号由程序给出，照旧", "")
        return without_prefix(paragraph, len(number))

    def _added(self, anchor: Anchor, paragraph: EditedParagraph) -> None:
        bookmarks = [span.name for span in paragraph.spans]
        if anchor.is_contents or any(self.version.is_unedited((name,), "", paragraph) for name in bookmarks):
            return
        if anchor.block is None:
            message = "加的一段不在正文里，没有取回：“{text}”"
            self._report("QH103", anchor.place, message, "", text=paragraph.text[:_SHOWN])
            return
        number = "" if isinstance(anchor.block, Heading) else anchor.number_in(paragraph.text)
        change = Change(anchor.block.id, anchor.place, (), added=True, role="item" if number else "body")
        self._take(change, anchor, without_prefix(paragraph, len(number)))

    def _take(self, change: Change, anchor: Anchor, paragraph: EditedParagraph) -> None:
        """Record the change with its figures linked, unless it cannot be brought back."""
        bad_characters = list(faults(paragraph.text))
        for fault in bad_characters:
            self._report("QH108", change.place, fault.message, fault.hint, **fault.values)
        if bad_characters or not paragraph.text:
            return
        original = () if change.added else anchor.runs
        linked = link_figures(original, paragraph, anchor.runs, self._prose_figures(), self.figures)
        for conflict in linked.conflicts:
            self._report_conflict(change.place, conflict)
        if any(conflict.kind == "unit" for conflict in linked.conflicts):
            return
        if text_key(text_of(linked.runs)) != text_key(change.text):
            self._change(replace(change, runs=linked.runs))

    def _prose_figures(self) -> list[Figure]:
        """The figures of all paragraphs."""
        return [run for anchor in self.anchors for run in anchor.runs if isinstance(run, Figure)]

    def _report_conflict(self, place: str, conflict: Conflict) -> None:
        figure = conflict.figure
        values = {"figure": f"{figure.text}{figure.unit}", "found": conflict.found, "fact": figure.fact}
        hint = "数字错了请改 JSON；文件若是数据改动之前生成的，先用现在的 JSON 重新生成再改"
        if conflict.kind == "unit":
            message = "{figure} 的单位改成了“{found}”，与数据不符；这一段没有取回"
        elif conflict.kind == "number":
            message = "{figure} 改成了 {found}，与数据不符；仍用数据的数字"
        else:
            message, hint = "原有 {figure}，现在写的是 {found}，不知是不是同一个数字；照写的取回", "核对这个数字"
        self._report("QH113" if conflict.kind == "possible" else "QH101", place, message, hint, **values)

    def _change(self, change: Change) -> None:
        self.edits.changes.append(change)
