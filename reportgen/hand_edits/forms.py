"""Compare where tables stand and what is a heading in the edited file with the file as it was written.

Both are made from the data and the layout: a difference is reported, not brought back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..core.finding import Finding, Place, Severity
from ..tree.edited_docx import Edited, EditedParagraph
from ..tree.locations import table_name
from ..tree.nodes import Table
from .alignment import Alignment
from .anchors import Anchor
from .tables import paired_tables

_SHOWN = 40  # characters of a text in a finding


def compare_levels(
    anchors: Sequence[Anchor],
    written: Sequence[EditedParagraph],
    found: Sequence[EditedParagraph],
    alignment: Alignment,
) -> Iterator[Finding]:
    """Iterate over a finding (QH104) for each paragraph that became a heading, body text, or of another level.

    ``written`` are the paragraphs of the file as it was written, one for each anchor.
    """
    anchor_of = {n: anchor for anchor, n in alignment.pairs.items()}
    for n, paragraph in enumerate(found):
        anchor = anchors[anchor_of[n]] if n in anchor_of else None
        level = written[anchor_of[n]].level if n in anchor_of else 0
        if paragraph.level == level or (anchor and anchor.is_contents):
            continue
        message = "“{text}”的标题级别改了；标题由版式定，照旧"
        if not paragraph.level:
            message = "标题“{text}”改成了正文；标题由版式定，照旧印成标题"
        elif not level:
            message = "“{text}”设成了标题；标题由版式定，照正文印"
        yield _finding("QH104", message, anchor.place if anchor else "", paragraph.text)


def compare_table_places(
    tables: Sequence[Table], written: Edited, found: Edited, alignment: Alignment
) -> Iterator[Finding]:
    """Iterate over a finding (QH109) for each table that stands between other paragraphs than it was written.

    Paragraphs that were moved say nothing about the tables.
    """
    before, after = _paragraphs_before_tables(written), _paragraphs_before_tables(found)
    if len(before) != len(after):
        return
    after = [after[n] for n in paired_tables(written.tables(), found.tables())]
    anchor_of = {n: anchor for anchor, n in alignment.pairs.items() if anchor not in alignment.moved}
    for table, own, here in zip(tables, before, after, strict=True):
        if not _is_between(anchor_of, own, here):
            message = "这张表移到了别处；表的位置由版式定，照旧"
            yield _finding("QH109", message, table_name(table), "")


def _paragraphs_before_tables(file: Edited) -> list[int]:
    """For each table, how many paragraphs with any text come before it."""
    counts, count = [], 0
    for block in file.blocks:
        if not isinstance(block, EditedParagraph):
            counts.append(count)
        elif block.text.strip():
            count += 1
    return counts


def _is_between(anchor_of: Mapping[int, int], own: int, here: int) -> bool:
    """Whether all paragraphs before the place ``here`` are of anchors before ``own``, and no others."""
    return all((anchor < own) == (n < here) for n, anchor in anchor_of.items())


def _finding(code: str, message: str, place: str, text: str) -> Finding:
    places = (Place(printed=place),) if place else ()
    values = {"text": text[:_SHOWN]} if text else {}
    return Finding(code, Severity.WARNING, message, places, "要改，请改版式", values)
