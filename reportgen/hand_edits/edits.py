"""Find the edits of an edited file: paragraphs that were changed, added or deleted, and what is not brought back.

=====  ========  ================================================================================
QH101  error     a figure or its unit was changed and contradicts the data; the data's figure is kept
QH102  warning   a table cell was changed; tables are made from the data
QH103  warning   cover, contents, a table's heading or note was changed; they are made from the data
QH104  warning   a heading was deleted, became body text or of another level; the number of a heading or item changed
QH105  warning   a paragraph was moved; the order is kept
QH106  warning   the file has tracked changes; they are taken as accepted
QH107  warning   the file's bookmarks were removed; paragraphs were found by their text
QH108  error     a paragraph has a character that cannot be printed; it is not brought back
QH109  warning   a table is missing, there is one too many, or one stands elsewhere
QH110  warning   the file was made from other data: only changed wording is brought back
QH111  warning   a paragraph is not in the file, but may have been added after the file was made
QH112  warning   a paragraph has an override, and the file, which is older, has the generated text
QH113  error     a number without a source may replace a figure that was removed
QH114  warning   a figure's number was typed in another form (125 for 125.00); it is printed as the layout says
QH115  warning   a paragraph of the file will not print so, whatever the reason
QH116  warning   the file shows something beyond its text that was not written: a picture, note, formula, strike
QH117  warning   the JSON, or a file that a build replaced, has another name, which keeps the old content
QH118  error     a paragraph was changed in the file and in the workbench since the file was made
=====  ========  ================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..budget.characters import faults
from ..core.finding import Finding, Place, Severity
from ..tree.edited_docx import Edited, EditedParagraph
from ..tree.locations import CONTENTS
from ..tree.nodes import Document, Figure, Heading, Paragraph, plain
from .alignment import Alignment, align
from .anchors import Anchor, anchors, bookmarked_figures
from .changes import Change, Edits, text_of
from .figure_linking import link_figures
from .forms import compare_levels, compare_table_places
from .linked_tokens import Conflict
from .normalize import normalized, text_key, without_prefix
from .source_version import SourceVersion, source_version, wording

_SHOWN = 40  # characters of a text in a finding
_NAME = re.compile(r"\{[a-z][a-z0-9_.]*\}")  # of a fact, which the next build prints as its figure
_BY_DATA = "数字错了请改 JSON；文件若是数据改动之前生成的，先用现在的 JSON 重新生成再改"
_CONFLICTS = {
    "unit": ("QH101", "{figure} 的单位改成了“{found}”，与数据不符；这一段没有取回", _BY_DATA),
    "number": ("QH101", "{figure} 改成了 {found}，与数据不符；仍用数据的数字", _BY_DATA),
    "qualifier": ("QH101", "{figure} 前后写了“{found}”，与数据不符；这一段没有取回", "去掉这几个字；数字错了请改 JSON"),
    "form": ("QH114", "{figure} 写成了 {found}；数字的写法由版式定，照旧", "要改写法，请改版式的小数位数"),
    "label": (
        "QH101",
        "{figure} 前面写的是“{found}”，按数据是“{own}”的数字；这一段没有取回",
        "核对说的是哪一项；数字错了请改 JSON",
    ),
    "words": (
        "QH113",
        "{figure} 前面的话由“{own}”改成了“{found}”，不知是不是同一个数字；照写的取回，不再连着数据项",
        "核对这个数字；是同一个，就写上原来的名称",
    ),
    "possible": ("QH113", "原有 {figure}，现在写的是 {found}，不知是不是同一个数字；照写的取回", "核对这个数字"),
    "name": ("QH101", "没有名为 {found} 的数据项；这一段没有取回", "名称见 docs/facts.md，须是这份文件里印出的"),
}
"""For each kind of conflict: the code of its finding, message and hint."""


def find_edits(generated: Document, current: Document, written: Edited, edited: Edited) -> Edits:
    """Return the edits of prose in ``edited`` against ``current``, which is ``generated`` with its overrides.

    ``written`` is the file of ``current``, read by the same reader.

    Raises:
        InputError: the file was not made from this document.
    """
    ours, paragraphs = anchors(current), [normalized(paragraph) for paragraph in edited.paragraphs()]
    figures = bookmarked_figures(current)
    alignment = align(ours, paragraphs, figures)
    version = source_version(generated, current, ours, paragraphs, alignment)
    finder = _EditFinder(ours, paragraphs, alignment, {name: figure for name, (_, figure) in figures.items()}, version)
    finder.run(edited.tracked)
    finder.edits.findings += compare_levels(ours, written.paragraphs(), paragraphs, alignment)
    finder.edits.findings += compare_table_places(current.tables(), written, edited, alignment)
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
        self._report_contents()
        untold: list[tuple[int, str]] = []
        for n, anchor in enumerate(self.anchors):
            if n not in self.alignment.pairs:
                self._deleted(anchor)
            else:
                untold += self._unreported(self.alignment.pairs[n], anchor, self._kept)
                if n in self.alignment.moved and not anchor.is_contents:
                    self._report("QH105", anchor.place, "这一段移到了别处；段落的次序不变", "")
            for number in inserted.get(n, ()):
                untold += self._unreported(number, anchor, self._added)
        self.edits.untold = [text for _, text in sorted(untold)]

    def _unreported(
        self, n: int, anchor: Anchor, find: Callable[[Anchor, EditedParagraph], None]
    ) -> list[tuple[int, str]]:
        """Find the edit of a paragraph; return it, with its text without a number, if nothing was reported about it."""
        before, paragraph = len(self.edits.findings), self.paragraphs[n]
        find(anchor, paragraph)
        is_compared = not anchor.is_contents and not self.version.data_changed and not _NAME.search(paragraph.text)
        if not is_compared or len(self.edits.findings) > before:
            return []
        return [(n, paragraph.text[len(anchor.number_in(paragraph.text)) :])]

    def _report_contents(self) -> None:
        """Report lines of the contents that are neither as written nor a heading of the file."""
        pairs, lines = self.alignment.pairs, [n for n, anchor in enumerate(self.anchors) if anchor.is_contents]
        inserted, key = self._inserted(), _masked_line if self.version.is_older else _line
        headings = [self.paragraphs[pairs[n]].text for n, a in enumerate(self.anchors) if n in pairs and a.is_heading]
        allowed = {key(text) for text in (*headings, *(self.anchors[n].text for n in lines))}
        found = [n for line in lines for n in (*([pairs[line]] if line in pairs else ()), *inserted.get(line, ()))]
        for text in (self.paragraphs[n].text for n in found):
            if key(text) not in allowed:
                message = "目录里或目录后的“{text}”没有取回；目录由标题编成"
                self._report("QH103", CONTENTS, message, "要加的话写在正文里", text=text[:_SHOWN])
        if len(found) < len(lines) and not self.version.is_older:
            message, count = "目录少了 {count} 行；目录由标题编成，照旧印出", str(len(lines) - len(found))
            self._report("QH103", CONTENTS, message, "", count=count)

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

    def _inserted(self) -> dict[int, list[int]]:
        """The numbers of the paragraphs without an anchor, by the number of the anchor after which they come."""
        pairs, moved = self.alignment.pairs, self.alignment.moved
        anchor_of = {n: anchor for anchor, n in pairs.items() if anchor not in moved}
        inserted: dict[int, list[int]] = {}
        last, paired = 0, set(pairs.values())
        for n in range(len(self.paragraphs)):
            last = anchor_of.get(n, last)
            if n not in paired:
                inserted.setdefault(last, []).append(n)
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
        number = anchor.number_in(paragraph.text)
        if number != anchor.number and isinstance(anchor.block, Heading):
            self._report("QH104", anchor.place, "标题的编号改了；编号由程序给出，照旧", "")
        elif number != anchor.number and anchor.block is not None:
            self.edits.numbers[anchor.block.id] = number
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
        if not paragraph.text:
            message = "这一段只剩下编号，没有取回；照旧印出"
            self._report("QH104", change.place, message, "要删去这一段，连编号一起删")
        if bad_characters or not paragraph.text:
            return
        original = () if change.added else anchor.runs
        linked = link_figures(original, paragraph, self.figures)
        for conflict in linked.conflicts:
            self._report_conflict(change.place, conflict)
        if any(conflict.kind in ("unit", "qualifier", "label", "name") for conflict in linked.conflicts):
            return
        if text_key(text_of(linked.runs)) != text_key(change.text):
            self._change(replace(change, runs=linked.runs))

    def _report_conflict(self, place: str, conflict: Conflict) -> None:
        code, message, hint = _CONFLICTS[conflict.kind]
        values = {"found": conflict.found[-_SHOWN:], "near": conflict.near, "own": conflict.own_words[-_SHOWN:]}
        hint = "是否想写 {near}？" if conflict.near else hint
        if conflict.figure is not None:
            values |= {"figure": f"{conflict.figure.text}{conflict.figure.unit}", "fact": conflict.figure.fact}
        self._report(code, place, message, hint, **values)

    def _change(self, change: Change) -> None:
        self.edits.changes.append(change)


def _line(text: str) -> str:
    """A line of the contents for comparison: without leaders and page number."""
    return re.sub(r"[.…·]*[0-9]*$", "", text_key(text))


def _masked_line(text: str) -> str:
    """The same, also without the numbers in it."""
    return wording(_line(text))
