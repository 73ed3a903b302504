"""Check before anything is written: every character of the document must have a glyph in a typeface.

A character is printed in the face of its role, or in the fallback. If neither has it, the PDF would print an empty box,
and the other two formats whatever the reader's machine substitutes. So no format is written, and every such character
is reported with its place, in the input and on the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set

from ..core.errors import TypesettingError
from ..core.finding import Finding, Place, Severity
from ..tree.locations import located_blocks, note_place
from ..tree.nodes import Block, Chart, Contents, Cover, Document, Heading, Paragraph, Run, Table, Text
from ..tree.style import Style
from .fonts.truetype import face_at
from .tables.roles import text_role

CODE_BOOK = "codes"
"""The source of texts that are in no input file; they have no pointer."""

_NOT_PRINTED = frozenset("\n\r\t")
"""Characters that need no glyph: they only move what follows."""

RoleText = tuple[str, str, Sequence[Run]]
"""The style role of a text, the id of its block, its runs."""


def check_characters(document: Document, style: Style, known: Sequence[Finding] = ()) -> None:
    """Raise an error if a character of the document cannot be printed.

    Raises:
        TypesettingError: ``findings`` name each such character once for every text of the input that contains it, after
            the findings ``known`` before, so that all are reported at once.
    """
    findings = tuple(missing(document, style))
    if findings:
        message, hint = "有 {count} 处字没有字体可印；没有写出文件", "换成通用规范汉字表内的字"
        raise TypesettingError(message, hint, findings=(*known, *findings), count=str(len(findings)))


def missing(document: Document, style: Style) -> Iterator[Finding]:
    """Return a finding for each character without a glyph and each text of the input that contains it."""
    faces, places = _Faces(style), dict[str, str]()
    reported: set[tuple[str, str]] = set()
    texts = list(_texts(document))
    if faces.have_all(texts):
        return
    for role, block_id, runs in texts:
        for run in runs:
            for char in faces.lacking(run.text, role):
                source = run.source if isinstance(run, Text) and run.source != CODE_BOOK else ""
                if (char, source or block_id) not in reported:
                    reported.add((char, source or block_id))
                    places = places or _places(document)
                    yield _finding(char, run.text, source, places.get(block_id, ""))


def _places(document: Document) -> dict[str, str]:
    """The printed places of all blocks and of the rows of tables, by their ids."""
    places = {located.block.id: located.place for located in located_blocks(document)}
    for table in (block for block in document.blocks() if isinstance(block, Table)):
        places |= {row.id: table.label for row in table.head}
        for row in table.body:
            name = row.cells[0].text if row.cells else ""
            places[row.id] = f"{table.label}「{name}」" if name else table.label
        places |= {note.id: note_place(table) for note in table.notes}
    return places


def _finding(char: str, text: str, source: str, printed: str) -> Finding:
    values = {
        "place": str(text.index(char) + 1),
        "char": char,
        "code": f"{ord(char):04X}",
        "name": unicodedata.name(char, "无名"),
    }
    message = "第 {place} 字“{char}”（U+{code}，{name}）没有一种字体有，印不出来"
    hint = "换成通用规范汉字表内的字，或在版式的 style.yaml 里换一种字体"
    return Finding("ZX101", Severity.ERROR, message, (Place(source, printed),), hint, values)


class _Faces:
    """The faces of a style and which characters they have; a face is opened at first use."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def have_all(self, texts: Iterable[RoleText]) -> bool:
        """Return whether every character of all ``texts`` can be printed: the usual case, decided quickly."""
        by_role: dict[str, list[str]] = {}
        for role, _, runs in texts:
            by_role.setdefault(role, []).extend([run.text for run in runs])
        return not any(self.lacking("".join(parts), role) for role, parts in by_role.items())

    def lacking(self, text: str, role: str) -> Sequence[str]:
        """Return the characters of ``text`` that cannot be printed in ``role``, each once, in order."""
        lacking = self._lacking(self._face(role), set(text) - _NOT_PRINTED)
        return [char for char in dict.fromkeys(text) if char in lacking] if lacking else ()

    def _face(self, role: str) -> str:
        """Return the face of a role; a level deeper than the style has is set like the deepest one that it has."""
        while role not in self._style.text and role[-1] > "1":
            role = role[:-1] + str(int(role[-1]) - 1)
        return self._style.text[role].face

    def _lacking(self, face: str, chars: Set[str]) -> set[str]:
        """Return those of ``chars`` that neither the face nor the fallback has; the fallback is opened late."""
        lacking = set(chars)
        for file in (self._style.faces[face].file, self._style.fallback.file):
            if lacking:
                has = face_at(file).has
                lacking = {char for char in lacking if not has(char)}
        return lacking


def _texts(document: Document) -> Iterator[RoleText]:
    for block in document.blocks():
        yield from _of_table(block) if isinstance(block, Table) else _of_prose(block)


def _of_prose(block: Block) -> Iterator[RoleText]:
    if isinstance(block, Cover):
        yield from (("cover-line" if n else "cover", block.id, line) for n, line in enumerate(block.lines))
    elif isinstance(block, Contents):
        yield "contents-title", block.id, (Text(block.title),)
        yield from ((f"contents{entry.level}", block.id, entry.runs) for entry in block.entries)
    elif isinstance(block, Heading):
        yield f"heading{block.level}", block.id, block.runs
    elif isinstance(block, Chart):
        yield "chart-caption", block.id, block.caption_line
        names = (*block.categories, *(series.name for series in block.series))
        yield from (("chart-label", block.id, runs) for runs in names)
    elif isinstance(block, Paragraph):
        yield "table-note" if block.role == "note" else block.role, block.id, block.runs


def _of_table(table: Table) -> Iterator[RoleText]:
    yield "table-title", table.id, (*table.title, Text(table.continued))
    yield "table-cell", table.id, (Text(table.continued),)
    yield from (("table-line", table.id, line) for line in ((Text(table.label),), table.left, table.right))
    for row in (*table.head, *table.body):
        role = text_role(row.role)
        for cell in row.cells:
            if cell.runs:
                yield role, row.id, cell.runs
    yield from (("table-note", note.id, note.runs) for note in table.notes)
