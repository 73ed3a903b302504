"""Hold the printed sentences against the data: figure by figure where the words are those of the data's own sentence.

A paragraph that says much the same as one that the data gives is held against it by the means that take hand edits back
(:mod:`~reportgen.hand_edits.figure_linking`): each number is the figure that was there, or contradicts it. What another
author worded is read into statements, and their amounts are held against the cells of the data's tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from ..core.finding import Finding, Place, Severity
from ..hand_edits.figure_linking import LinkedParagraph, link_figures
from ..hand_edits.linked_tokens import Conflict
from ..hand_edits.normalize import NUMERAL, normalized, text_key
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.statement import Statement
from ..tree.edited_docx import EditedParagraph
from ..tree.matching import MatchKey, join_moved, match
from ..tree.nodes import Figure, Run, Text
from .composed import Composed
from .prose_tables import hold_against_tables
from .report import AuditFinding

CONTRADICTIONS = ("number", "unit", "qualifier")
"""The kinds of conflict that say another figure than the data gives."""
POSSIBLE = "possible"
"""The kind of conflict of a number that is no figure of the data's sentence, and may be meant for one of them."""
MUCH_THE_SAME = 0.85
"""The ratio of :class:`difflib.SequenceMatcher` from which a sentence is the data's own but for some words."""
LONGEST = 60
MOST_CHARACTERS = 2000  # of a paragraph that are compared
HINT = "核对数据和公开的文件，改正错的一处；数据改过的，重新生成文件"


@dataclass(slots=True)
class HeldProse:
    """What came of it: the findings, and how many figures were held against the data."""

    findings: list[AuditFinding] = field(default_factory=list)
    figures: int = 0


def hold_prose(paragraphs: Sequence[ReadParagraph], statements: Iterable[Statement], composed: Composed) -> HeldProse:
    """Compare the figures of the paragraphs with the data; ``statements`` are what was read of them."""
    printed = [one for one in paragraphs if not one.in_contents and one.text.strip()]
    held = HeldProse()
    alike: set[str] = set()
    all_figures = {f"{n}": run for n, run in enumerate(_figures(composed))}
    for own, right in _pairs(printed, composed.paragraphs):
        linked = _linked(own, right, composed, all_figures)
        number = sum(isinstance(run, Figure) for run in linked.runs)
        if number:
            alike.add(own.place)
        held.figures += number
        same = _words(own.text) == _words(right.text)
        for conflict in linked.conflicts:
            contradicts = conflict.kind in CONTRADICTIONS or (
                conflict.kind == POSSIBLE and _is_much_the_same(own, right)
            )
            if contradicts and conflict.figure is not None:
                held.findings.append(_contradiction(own, right, conflict, conflict.figure, same, composed))
    others = [one for one in statements if one.place not in alike]
    of_tables = hold_against_tables(others, composed.tables)
    held.figures += len(of_tables.tied)
    held.findings += [_of_table(finding, composed) for finding in of_tables.of_cells]
    held.findings += [AuditFinding(finding, "likely") for finding in of_tables.misread]
    return held


def _linked(
    own: ReadParagraph, right: ReadParagraph, composed: Composed, figures: Mapping[str, Figure]
) -> LinkedParagraph:
    """Return the runs of a printed paragraph and its conflicts with the data's; of the same text there is none.

    A reader of files may drop the blank between the number of a line and its year, which then look like one number.
    """
    runs = _compact(composed.runs[right.place])
    if text_key(own.text) == text_key(right.text):
        return LinkedParagraph(tuple(run if isinstance(run, Figure) else run.text for run in runs))
    return link_figures(runs, normalized(EditedParagraph("".join(own.text.split()))), figures)


def _figures(composed: Composed) -> Iterator[Figure]:
    for runs in composed.runs.values():
        yield from (run for run in runs if isinstance(run, Figure))


def _pairs(
    printed: Sequence[ReadParagraph], right: Sequence[ReadParagraph]
) -> Iterator[tuple[ReadParagraph, ReadParagraph]]:
    """Yield each printed paragraph with the one that says the same, or much the same."""
    old, new = ([MatchKey("", _words(one.text)) for one in many] for many in (right, printed))
    for i, j in join_moved(match(old, new), old, new):
        if i is not None and j is not None:
            yield printed[j], right[i]


def _is_much_the_same(own: ReadParagraph, right: ReadParagraph) -> bool:
    """Whether two paragraphs differ in a few words only, such as 增加 and 减少."""
    matcher = SequenceMatcher(None, _words(own.text)[:MOST_CHARACTERS], _words(right.text)[:MOST_CHARACTERS], False)
    return matcher.quick_ratio() >= MUCH_THE_SAME and matcher.ratio() >= MUCH_THE_SAME


def _words(text: str) -> str:
    """Return a text without its numbers, blanks, and the shape of its marks."""
    return NUMERAL.sub("", text_key(text))


def _compact(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs without blanks, which readers of files add and leave out."""
    return tuple(replace(run, text="".join(run.text.split())) if isinstance(run, Text) else run for run in runs)


def _contradiction(
    own: ReadParagraph, right: ReadParagraph, conflict: Conflict, figure: Figure, same: bool, composed: Composed
) -> AuditFinding:
    message = "这一段印的是 {printed}，数据里是 {right}"
    unit = figure.unit if conflict.kind in ("number", POSSIBLE) else ""
    values = {"printed": f"{conflict.found}{unit}", "right": f"{figure.text}{figure.unit}"}
    where = (Place(printed=f"“{_shortened(own.text)}”", cell=own.place), composed.place_of(figure, right.place))
    severity = Severity.ERROR if same else Severity.WARNING
    found = Finding("AU133", severity, message, where, HINT, values)
    return AuditFinding(found, "certain" if same else "likely")


def _of_table(finding: Finding, composed: Composed) -> AuditFinding:
    """Return what was said of a cell of the data's tables as a finding about the data."""
    message = "{subject}：文字写 {amount}，数据里“{row}”是 {right}"
    where = tuple(composed.places.get(place.cell, place) for place in finding.where)
    found = replace(finding, code="AU133", message=message, where=where)
    return AuditFinding(found, "certain" if found.severity is Severity.ERROR else "likely")


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
