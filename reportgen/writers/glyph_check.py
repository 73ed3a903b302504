"""Before anything is written: has every character of the document a typeface?

A character is printed in the face of its role, or in the fallback. What neither has would be an empty box in the PDF,
and whatever the reader's machine thinks fit in the other two. So no format is written, and every such character is
reported with its place, in the input and on the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set

from ..core.errors import TypesettingError
from ..core.finding import Finding, Place, Severity
from ..tree.nodes import Block, Contents, Cover, Document, Heading, Paragraph, Run, Table, Text
from ..tree.style import Style
from .fonts.truetype import face_at
from .tables.roles import text_role

CODE_BOOK = "codes"
"""The source of words that are in no input file; they have no pointer."""

_MOVES = frozenset("\n\r\t")
"""Characters that move what follows, and are not printed."""
Said = tuple[str, str, Sequence[Run]]
"""A role of the style, the id of a block, what stands there."""


def check_characters(document: Document, style: Style, known: Sequence[Finding] = ()) -> None:
    """Nothing, if every character can be printed.

    Raises:
        TypesettingError: some cannot; ``findings`` name each once for every text of the input that it stands in, after
            those ``known`` before, so that all is told at once.
    """
    found = tuple(missing(document, style))
    if found:
        message, hint = "有 {count} 处字没有字体可印；没有写出文件", "换成通用规范汉字表内的字"
        raise TypesettingError(message, hint, findings=(*known, *found), count=str(len(found)))


def missing(document: Document, style: Style) -> Iterator[Finding]:
    """A finding for each character without a typeface and each text of the input it stands in."""
    known = _Known(style)
    told: set[tuple[str, str]] = set()
    said = list(_said(document))
    if known.has_all(said):
        return
    for role, where, runs in said:
        for run in runs:
            for char in known.lacks(run.text, role):
                source = run.source if isinstance(run, Text) and run.source != CODE_BOOK else ""
                if (char, source or where) not in told:
                    told.add((char, source or where))
                    yield _finding(char, run.text, source, where)


def _finding(char: str, text: str, source: str, where: str) -> Finding:
    values = {
        "place": str(text.index(char) + 1),
        "char": char,
        "code": f"{ord(char):04X}",
        "name": unicodedata.name(char, "无名"),
    }
    message = "第 {place} 字“{char}”（U+{code}，{name}）没有一种字体有，印不出来"
    hint = "换成通用规范汉字表内的字，或在版式的 style.yaml 里换一种字体"
    return Finding("ZX101", Severity.ERROR, message, (Place(source, where),), hint, values)


class _Known:
    """Which characters the faces of a style have, role by role; a face is read when first asked for."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def has_all(self, said: Iterable[Said]) -> bool:
        """Whether every character of everything that is said can be printed; the usual case, answered quickly."""
        texts: dict[str, list[str]] = {}
        for role, _, runs in said:
            texts.setdefault(role, []).extend([run.text for run in runs])
        return not any(self.lacks("".join(parts), role) for role, parts in texts.items())

    def lacks(self, text: str, role: str) -> Sequence[str]:
        """The characters of ``text`` that cannot be printed in ``role``, each once, in order."""
        lacking = self._lacking(self._face(role), set(text) - _MOVES)
        return [char for char in dict.fromkeys(text) if char in lacking] if lacking else ()

    def _face(self, role: str) -> str:
        """The face of a role; a deeper level that the style does not know looks like the level above it."""
        while role not in self._style.text and role[-1] > "1":
            role = role[:-1] + str(int(role[-1]) - 1)
        return self._style.text[role].face

    def _lacking(self, face: str, chars: Set[str]) -> set[str]:
        """Those of ``chars`` that neither the face nor the fallback has (which is read only if the face lacks one)."""
        lacking = set(chars)
        for file in (self._style.faces[face].file, self._style.fallback.file):
            if lacking:
                has = face_at(file).has
                lacking = {char for char in lacking if not has(char)}
        return lacking


def _said(document: Document) -> Iterator[Said]:
    for section in document.sections:
        for block in section.blocks:
            yield from _of_table(block) if isinstance(block, Table) else _of_prose(block)


def _of_prose(block: Block) -> Iterator[Said]:
    if isinstance(block, Cover):
        yield from (("cover", block.id, line) for line in block.lines)
    elif isinstance(block, Contents):
        yield "contents-title", block.id, (Text(block.title),)
        yield from ((f"contents{entry.level}", block.id, entry.runs) for entry in block.entries)
    elif isinstance(block, Heading):
        yield f"heading{block.level}", block.id, block.runs
    elif isinstance(block, Paragraph):
        yield "table-note" if block.role == "note" else block.role, block.id, block.runs


def _of_table(table: Table) -> Iterator[Said]:
    yield "table-title", table.id, (*table.title, Text(table.continued))
    yield "table-cell", table.id, (Text(table.continued),)
    yield from (("table-line", table.id, line) for line in ((Text(table.label),), table.left, table.right))
    for row in (*table.head, *table.body):
        role = text_role(row.role)
        for cell in row.cells:
            if cell.runs:
                yield role, row.id, cell.runs
    yield from (("table-note", note.id, note.runs) for note in table.notes)
