"""The state of a document: what has been done with its latest version. A later version begins again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.errors import UsageError
from .notes import check_note_text, says_something
from .records import Event, Kind, Record
from .roles import User

STEPS: dict[Kind, str] = {
    "reviewed": "部门已审",
    "approved": "财政已审",
    "returned": "退回",
    "confidentiality": "保密审查",
    "signed": "负责人审签",
    "final": "定稿",
}
"""The steps of the review and their names."""
FILLING = "填报中"
TICKS: tuple[Kind, ...] = ("confidentiality", "signed")
"""What must be ticked, each with name and date, before a document is final."""
WITH_NOTE: dict[Kind, str] = {
    "returned": "写明退回的意见",
    "confidentiality": "写明审查人",
    "signed": "写明审签的负责人",
}
"""Steps that need a note, and which."""
TO_CONFIRM: dict[Kind, str] = {
    "returned": "确定退回，已有的审查和审签作废",
    "final": "确定定稿，以后再改就是更正",
}
"""Steps that are ticked before they are taken, since they cannot be taken back, and what is ticked."""


@dataclass(frozen=True, slots=True)
class State:
    """The name of the state, the ticks set so far, and the steps that are possible now."""

    name: str
    ticks: tuple[Event, ...]
    steps: tuple[Kind, ...]
    note: str = ""

    @property
    def is_approved(self) -> bool:
        """Whether the finance department has approved the latest version."""
        return self.name in (STEPS["approved"], STEPS["final"])

    @property
    def is_final(self) -> bool:
        """Whether the latest version is final."""
        return self.name == STEPS["final"]


def state_of(record: Record) -> State:
    """Return the state of the latest version."""
    events = [event for event in record.events if event.version == record.latest.number]
    moves = [event for event in events if event.kind not in TICKS]
    ticks = tuple({event.kind: event for event in _since_return(events) if event.kind in TICKS}.values())
    last = moves[-1] if moves else None
    name = STEPS[last.kind] if last else FILLING
    return State(name, ticks, _steps(last.kind if last else None, ticks), last.note if last else "")


def last_final(record: Record) -> int:
    """Return the number of the last version that was final: what comes after it is a correction; 0 if none was."""
    return max((event.version for event in record.events if event.kind == "final"), default=0)


def was_final(record: Record) -> bool:
    """Whether any version was final."""
    return last_final(record) > 0


def is_final_version(record: Record, number: int) -> bool:
    """Whether a version was final."""
    return any(event.kind == "final" and event.version == number for event in record.events)


def check_step(record: Record, step: str, note: str, user: User, is_sure: bool = False) -> Kind:
    """Return the step if it is possible now, allowed to the user, ticked before, and has the note that it needs.

    Raises:
        NotAllowed: the roles of the user do not allow it.
        UsageError: it is not possible or not ticked, or its note is missing or cannot be kept.
    """
    if step in STEPS:
        user.check(step)
    state = state_of(record)
    kind = next((one for one in state.steps if one == step), None)
    if kind is None:
        name = next((label for one, label in STEPS.items() if one == step), step[:40])
        hint = "部门审、财政审、保密审查、负责人审签都做完才能定稿"
        raise UsageError("现在是“{state}”，不能“{step}”", hint, state=state.name, step=name)
    check_note_text(note)
    if kind in WITH_NOTE and not says_something(note):
        raise UsageError("“{step}”没有写明", WITH_NOTE[kind], step=STEPS[kind])
    if kind in TO_CONFIRM and not is_sure:
        values = {"step": STEPS[kind], "sure": TO_CONFIRM[kind]}
        raise UsageError("“{step}”要先打勾：{sure}", "在“审核和版本”里打勾，再做一次", findings=(), **values)
    return kind


def _since_return(events: Sequence[Event]) -> Sequence[Event]:
    """The steps after the last return, which takes the ticks away."""
    last = max((n for n, event in enumerate(events) if event.kind == "returned"), default=-1)
    return events[last + 1 :]


def _steps(last: Kind | None, ticks: Sequence[Event]) -> tuple[Kind, ...]:
    done = {event.kind for event in ticks}
    open_ticks = tuple(kind for kind in TICKS if kind not in done)
    match last:
        case None | "returned":
            return ("reviewed",)
        case "reviewed":
            return ("approved", "returned", *open_ticks)
        case "approved":
            return ("returned", *open_ticks) if open_ticks else ("final", "returned")
        case _:
            return ()
