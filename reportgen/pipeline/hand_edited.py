"""The paragraphs of a document that were edited in Word and taken back, each with its words and a way to undo it."""

from __future__ import annotations

from dataclasses import dataclass

from ..budget.json_edit import with_member
from ..budget.json_input import parse_json
from ..budget.model import Override
from ..core.errors import UsageError
from ..tree.locations import printed_places
from ..tree.nodes import plain
from .lost_edits import FIELD
from .report import Prepared


@dataclass(frozen=True, slots=True)
class HandEdit:
    """A paragraph that was edited in Word: its number among them from 0, its place, and what it prints.

    ``text`` is "" for a paragraph that was deleted, ``generated`` is what prints without the edit; "" of one that was
    ``added`` after the place.
    """

    number: int
    place: str
    text: str
    generated: str
    added: bool


def hand_edits(prepared: Prepared) -> tuple[HandEdit, ...]:
    """Return the edited paragraphs in the order of the document's ``overrides``."""
    generated = {block.id: plain(block.runs) for block in prepared.generated.prose()}
    printed = {block.id: plain(block.runs) for block in prepared.document.prose()}
    places = printed_places(prepared.generated)
    return tuple(
        HandEdit(
            n, places.get(one.block, one.block), _words(one) if one.after else printed.get(one.block, _words(one)),
            "" if one.after else generated.get(one.block, ""), one.after,
        )
        for n, one in enumerate(prepared.budget.overrides)
    )  # fmt: skip


def without_hand_edit(payload: bytes, number: int) -> bytes:
    """Return the JSON of a document without one of its edited paragraphs, counted from 0.

    Raises:
        UsageError: there is no such paragraph.
    """
    edits = list(parse_json(payload).get(FIELD, ()))
    if not 0 <= number < len(edits):
        raise UsageError("没有这一处手工改动", "重新打开“文字”一页，再试一次")
    return with_member(payload, FIELD, edits[:number] + edits[number + 1 :])


def _words(edit: Override) -> str:
    """The text of an edit as it was when it was taken back."""
    return "".join(run if isinstance(run, str) else run.printed for run in edit.runs)
