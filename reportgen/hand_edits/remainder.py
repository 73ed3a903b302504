"""Compare what the next build prints with the edited file: what differs and is not reported yet is reported.

So nothing that a reader of the file can see is lost without a message, whatever the editor did to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ..compose.overrides import has_number
from ..core.finding import Finding, Place, Severity
from ..tree.edited_docx import Beyond
from ..tree.locations import printed_places
from ..tree.nodes import Document
from .alignment import SIMILAR
from .anchors import Anchor, anchors
from .changes import Edits
from .normalize import text_key

MOST = 20
"""Differences of one kind that are listed; the others are counted."""
_SHOWN = 40  # characters of a text in a finding
_ADDED = {
    "text box": "文件里多了文本框“{text}”，没有取回",
    "picture": "文件里多了图片或对象，没有取回",
    "chart": "文件里多了图，没有取回",
    "chart value": "图里的“{text}”与生成时不同，没有取回；图照 JSON 的数画",
    "formula": "文件里多了公式“{text}”，没有取回",
    "symbol": "文件里多了符号“{text}”，没有取回",
    "chunk": "文件里嵌入了别的文件，没有取回",
    "table in a cell": "表格的格里多了一张表“{text}”，没有取回",
    "footnote": "文件里多了脚注“{text}”，没有取回",
    "endnote": "文件里多了尾注“{text}”，没有取回",
    "comment": "文件里多了批注“{text}”，没有取回",
    "header": "页眉改成了“{text}”，没有取回",
    "footer": "页脚改成了“{text}”，没有取回",
    "strike": "“{text}”加了删除线；删除线没有取回，文字照印",
    "hidden": "“{text}”设成了看不见；没有取回，文字照印",
    "list number": "“{text}”加了自动编号，没有取回",
    "ruby": "文件里多了注音“{text}”，没有取回",
    "unreadable": "文件的部件 {text} 读不了，没有核对",
}
_REMOVED = {
    "header": "页眉“{text}”没有了；照旧印出",
    "footer": "页脚“{text}”没有了；照旧印出",
}


_LOST = {"chart": "文件里少了图；照旧印出"}
"""What the program itself writes, any number of times."""


def compare_beyond_text(written: Sequence[Beyond], found: Sequence[Beyond]) -> Iterator[Finding]:
    """Iterate over a finding (QH116) for each thing beyond the text that was added to the file or removed from it."""
    added, removed = _counter(found) - _counter(written), _counter(written) - _counter(found)
    _drop_rewritten(added, removed)
    findings = [_beyond(_ADDED[thing.kind], thing.text) for thing in added.elements()]
    findings += [_beyond(_REMOVED[thing.kind], thing.text) for thing in removed.elements() if thing.kind in _REMOVED]
    findings += [_beyond(_LOST[thing.kind], thing.text) for thing in removed.elements() if thing.kind in _LOST]
    yield from _limited(findings, "QH116")


def compare_prose(next_document: Document, edits: Edits) -> Iterator[Finding]:
    """Iterate over a finding for each paragraph of the file that the next build prints otherwise or elsewhere."""
    yield from _numbers(next_document, edits)
    prose = [(text_key(_without_number(anchor)), anchor) for anchor in anchors(next_document) if not anchor.is_contents]
    printed, kept = Counter(key for key, _ in prose), [text_key(text) for text in edits.untold]
    lost = Counter(kept) - printed
    findings = []
    for text in dict.fromkeys(edits.untold):
        if text_key(text) in lost:
            message = "“{text}”没有取回：下次生成时没有这样的一段"
            findings.append(_finding("QH115", message, "", text=text[:_SHOWN]))
    yield from _limited(findings, "QH115")
    order = [key for key, _ in prose if key in set(kept)]
    is_in_order = findings or [key for key in kept if key in printed] == order
    if not is_in_order and not any(finding.code == "QH105" for finding in edits.findings):
        yield _finding("QH105", "段落的次序与文件里的不同；段落的次序不变", "")


def _numbers(next_document: Document, edits: Edits) -> Iterator[Finding]:
    places = printed_places(next_document)
    for block in next_document.prose():
        number = edits.numbers.get(block.id)
        if number is not None and has_number(block) and block.runs[0].text != number:
            message = "编号写成了“{found}”，下次生成时是“{text}”；编号由程序给出"
            yield _finding("QH104", message, places[block.id], found=number, text=block.runs[0].text)


def _without_number(anchor: Anchor) -> str:
    return anchor.text[len(anchor.number) :]


def _counter(things: Sequence[Beyond]) -> Counter[Beyond]:
    """The things as often as they are there; a header or footer, which any number of parts may repeat, once."""
    single = {thing for thing in things if thing.kind in _REMOVED}
    return Counter([*single, *(thing for thing in things if thing.kind not in _REMOVED)])


def _drop_rewritten(added: Counter[Beyond], removed: Counter[Beyond]) -> None:
    """Drop hidden texts that were hidden before too and whose words changed: that is reported as a change of words."""
    for thing in [thing for thing in added if thing.kind == "hidden"]:
        for old in [old for old in removed.elements() if old.kind == "hidden"]:
            if added[thing] and SequenceMatcher(None, old.text, thing.text, autojunk=False).ratio() >= SIMILAR:
                added[thing] -= 1
                removed[old] -= 1


def _limited(findings: Sequence[Finding], code: str) -> Iterator[Finding]:
    yield from findings[:MOST]
    if len(findings) > MOST:
        yield _finding(code, "还有 {count} 处改动没有列出", "", count=str(len(findings) - MOST))


def _beyond(message: str, text: str) -> Finding:
    return _finding("QH116", message, "", text=text[:_SHOWN])


def _finding(code: str, message: str, place: str, /, **values: str) -> Finding:
    places = (Place(printed=place),) if place else ()
    return Finding(code, Severity.WARNING, message, places, "要保留，请改 JSON 或写进正文", values)
