"""The edited file held against the document: which paragraphs were changed, added, deleted, and what is not taken.

=====  ========  ================================================================================
QH101  error     a figure or its unit was changed against the data; the data's figure stays
QH102  warning   a table cell was changed; tables follow from the data
QH103  warning   cover, contents, a table's heading or note was changed; they follow from the data
QH104  warning   a heading was deleted, or the number of a heading or an item changed
QH105  warning   a paragraph stands in another place; the order stays
QH106  warning   the file holds tracked changes; they were taken as accepted
QH107  warning   the file's marks are gone; paragraphs were found by their text
QH108  error     a paragraph holds a character that cannot be printed; it was not taken
QH109  warning   a table is missing, or there is one too many
QH110  warning   the file was made of other data: only changed wording is taken
QH111  warning   a paragraph is not in the file, but may be younger than the file
QH112  warning   a paragraph has an override and the file, which is older, has the generated words
QH113  error     a number without a source stands where a figure of the data is gone
=====  ========  ================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..budget.characters import faults
from ..core.finding import Finding, Place, Severity
from ..tree.edited_docx import Edited, EditedParagraph
from ..tree.nodes import Document, Figure, Heading, Paragraph, plain
from .alignment import Aligned, align
from .anchors import Anchor, figures, slots
from .changes import Change, Gathered, said
from .figure_linking import Conflict, relink
from .normalize import cut, key, settled
from .source_version import Origin, origin, wording

_SHOWN = 40


def gather(generated: Document, current: Document, edited: Edited) -> Gathered:
    """The changes of prose in ``edited`` against ``current``, which is ``generated`` with its overrides.

    Raises:
        InputError: the file is not one of this document.
    """
    ours, found = slots(current), [settled(paragraph) for paragraph in edited.paragraphs()]
    known = figures(current)
    aligned = align(ours, found, known)
    made_of = origin(generated, current, ours, found, aligned)
    gathering = _Gathering(ours, found, aligned, {name: figure for name, (_, figure) in known.items()}, made_of)
    gathering.run(edited.tracked)
    return gathering.gathered


@dataclass(slots=True)
class _Gathering:
    """One walk."""

    ours: Sequence[Anchor]
    found: Sequence[EditedParagraph]
    aligned: Aligned
    known: Mapping[str, Figure]
    origin: Origin
    gathered: Gathered = field(default_factory=Gathered)

    def run(self, tracked: bool) -> None:
        """Walk through both in order."""
        self._tell_of_the_file(tracked)
        typed = self._typed()
        for n, slot in enumerate(self.ours):
            if n not in self.aligned.pairs:
                self._deleted(slot)
            else:
                self._kept(slot, self.found[self.aligned.pairs[n]])
                if n in self.aligned.moved and not slot.quiet:
                    self._tell("QH105", slot.place, "这一段移到了别处；段落的次序不变", "")
            for paragraph in typed.get(n, ()):
                self._added(slot, paragraph)

    def _tell(self, code: str, at: str, message: str, hint: str, /, **values: str) -> None:
        error = code in ("QH108", "QH113") or (code == "QH101" and not self.origin.stale)
        where = (Place(printed=at),) if at else ()
        severity = Severity.ERROR if error else Severity.WARNING
        self.gathered.findings.append(Finding(code, severity, message, where, hint, values))

    def _tell_of_the_file(self, tracked: bool) -> None:
        if tracked:
            self._tell("QH106", "", "文件里有没有接受的修订，已按全部接受取回", "如有不想要的修订，先在文件里拒绝")
        if self.origin.stale:
            message = "这个文件不是由现在的 JSON 生成的：只取回文字的改动，数字一律用现在的数据，不删段落"
            self._tell("QH110", "", message, "最好先重新生成再改")
        if not self.aligned.by_mark:
            message = "文件里的段落标记没有了（编辑软件删去的），段落按文字对上"
            self._tell("QH107", "", message, "取回后看一遍改动的清单")

    def _typed(self) -> dict[int, list[EditedParagraph]]:
        """The paragraphs that are none of ours, by the slot after which they stand."""
        slot_of = {n: slot for slot, n in self.aligned.pairs.items() if slot not in self.aligned.moved}
        typed: dict[int, list[EditedParagraph]] = {}
        last, taken = 0, set(self.aligned.pairs.values())
        for n, paragraph in enumerate(self.found):
            last = slot_of.get(n, last)
            if n not in taken:
                typed.setdefault(last, []).append(paragraph)
        return typed

    def _deleted(self, slot: Anchor) -> None:
        if slot.quiet:
            return
        if slot.block is None:
            self._tell("QH103", slot.place, "“{text}”被删去；它由数据得出，照旧印出", "", text=slot.text[:_SHOWN])
        elif self.origin.may_lack(slot.marks):
            self._tell("QH111", slot.place, "文件里没有这一段，或是文件生成之后才有的；没有删去", "")
        elif isinstance(slot.block, Paragraph):
            self._change(Change(slot.block.id, slot.place, (), text=plain(slot.words)))
        else:
            self._tell("QH104", slot.place, "标题“{text}”被删去；标题不能删，照旧印出", "", text=slot.text[:_SHOWN])

    def _kept(self, slot: Anchor, paragraph: EditedParagraph) -> None:
        if key(paragraph.text) == slot.key or slot.quiet:
            return
        if self.origin.untouched(slot.marks, slot.text, paragraph):
            if slot.block is not None and wording(slot.text) != wording(paragraph.text):
                message = "这一段在 JSON 里另有手工改动，文件里是程序生成的原文；改动保留"
                self._tell("QH112", slot.place, message, "不要这一改动，就从 overrides 中删去")
            return
        if slot.block is None:
            message = "“{text}”改成了“{found}”；它由数据得出，没有取回"
            self._tell(
                "QH103", slot.place, message, "请改 JSON", text=slot.text[:_SHOWN], found=paragraph.text[:_SHOWN]
            )
            return
        change = Change(slot.block.id, slot.place, (), text=plain(slot.words))
        self._take(change, slot, self._without_number(slot, paragraph))

    def _without_number(self, slot: Anchor, paragraph: EditedParagraph) -> EditedParagraph:
        if not slot.number:
            return paragraph
        number = slot.number_in(paragraph.text)
        if number != slot.number and isinstance(slot.block, Heading):
            self._tell("QH104", slot.place, "标题的编号改了；编号由程序给出，照旧", "")
        return cut(paragraph, len(number))

    def _added(self, slot: Anchor, paragraph: EditedParagraph) -> None:
        marks = [span.name for span in paragraph.spans]
        if slot.quiet or any(self.origin.untouched((name,), "", paragraph) for name in marks):
            return
        if slot.block is None:
            message = "加的一段不在正文里，没有取回：“{text}”"
            self._tell("QH103", slot.place, message, "", text=paragraph.text[:_SHOWN])
            return
        number = "" if isinstance(slot.block, Heading) else slot.number_in(paragraph.text)
        change = Change(slot.block.id, slot.place, (), added=True, role="item" if number else "body")
        self._take(change, slot, cut(paragraph, len(number)))

    def _take(self, change: Change, slot: Anchor, paragraph: EditedParagraph) -> None:
        """Note the change with its figures linked, unless it cannot be taken."""
        wrong = list(faults(paragraph.text))
        for fault in wrong:
            self._tell("QH108", change.place, fault.message, fault.hint, **fault.values)
        if wrong or not paragraph.text:
            return
        ours = () if change.added else slot.words
        linked = relink(ours, paragraph, slot.words, self._quoted(), self.known)
        for conflict in linked.conflicts:
            self._contradicted(change.place, conflict)
        if any(conflict.kind == "unit" for conflict in linked.conflicts):
            return
        if key(said(linked.runs)) != key(change.text):
            self._change(replace(change, runs=linked.runs))

    def _quoted(self) -> list[Figure]:
        """The figures of all paragraphs."""
        return [run for slot in self.ours for run in slot.words if isinstance(run, Figure)]

    def _contradicted(self, place: str, conflict: Conflict) -> None:
        figure = conflict.figure
        values = {"figure": f"{figure.text}{figure.unit}", "found": conflict.found, "fact": figure.fact}
        hint = "数字错了请改 JSON；文件若是数据改动之前生成的，先用现在的 JSON 重新生成再改"
        if conflict.kind == "unit":
            message = "{figure} 的单位改成了“{found}”，与数据不符；这一段没有取回"
        elif conflict.kind == "number":
            message = "{figure} 改成了 {found}，与数据不符；仍用数据的数字"
        else:
            message, hint = "原有 {figure}，现在写的是 {found}，不知是不是同一个数字；照写的取回", "核对这个数字"
        self._tell("QH113" if conflict.kind == "perhaps" else "QH101", place, message, hint, **values)

    def _change(self, change: Change) -> None:
        self.gathered.changes.append(change)
