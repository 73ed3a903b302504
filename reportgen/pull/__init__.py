"""Hand edits of a generated DOCX brought back into the document it was made from (``docs/pull.md``).

The story: read both, hold the edited file against what is generated now, write the differences as ``overrides``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..budget.json_edit import with_member
from ..budget.json_input import parse_json, read_payload
from ..budget.load import read_budget
from ..budget.model import Budget
from ..compose import amend, compose
from ..core.errors import OutputError
from ..core.files import save_all
from ..core.finding import Finding, blocking
from ..facts import derive_facts
from ..layout.load import DEFAULT, load_layout
from ..writers.docx import write
from ..writers.docx.read_edited import read_edited
from .changes import Change
from .edits import find_edits
from .mark_pulled import mark_pulled
from .overrides import new_overrides
from .tables import compare_tables

__all__ = ["Change", "Pulled", "pull"]

MEMBER = "overrides"


@dataclass(frozen=True, slots=True)
class Pulled:
    """What was brought back: the changes of paragraphs, what was found, and the file if it was written."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    file: Path | None = None

    @property
    def clean(self) -> bool:
        """Whether nothing contradicts the data."""
        return not blocking(self.findings)


def pull(
    edited: str | Path, into: str | Path, layout: str = DEFAULT, dry_run: bool = False, reviewed: bool = False
) -> Pulled:
    """Bring the edits of prose in the DOCX ``edited`` into the document ``into``, of which it was made.

    Args:
        edited: a DOCX file that ``build`` made and a person changed.
        into: the canonical JSON document; only its member ``overrides`` is changed.
        layout: the layout with which the file was made.
        dry_run: change nothing, only say what would be brought back.
        reviewed: a person has looked at all overrides: what the data print now is what they were made for.

    Raises:
        InputError: one of the files cannot be read, or the DOCX is not of this document.
        OutputError: ``into`` cannot be written, or was changed by somebody else in the meantime.
    """
    path, chosen = Path(into).resolve(), load_layout(layout)
    payload = read_payload(path)
    budget = read_budget(parse_json(payload))
    facts = derive_facts(budget, chosen.printing)
    generated = compose(facts, chosen, budget.published)
    current, _ = amend(generated, budget.overrides, facts, chosen)
    hand = read_payload(Path(edited))
    file = read_edited(hand)
    edits = find_edits(generated, current, file)
    written = read_edited(write(current, chosen.style))
    overrides = new_overrides(generated, current, budget.overrides, edits.changes, reviewed)
    new = payload if overrides is None else with_member(payload, MEMBER, overrides)
    _, reviews = amend(generated, _unchanged_but_for(payload, new).overrides, facts, chosen)
    findings = (*edits.findings, *compare_tables(current.tables(), written.tables(), file.tables()), *reviews)
    saved = None if dry_run or new == payload else _save(path, payload, new)
    pulled = Pulled(tuple(edits.changes), findings, saved)
    if pulled.clean and not dry_run:
        mark_pulled(Path(edited), hand)
    return pulled


def _unchanged_but_for(old: bytes, new: bytes) -> Budget:
    """The document in ``new``, which must say what ``old`` says but for the overrides."""
    before, after = ([item for item in parse_json(payload).items() if item[0] != MEMBER] for payload in (old, new))
    assert before == after
    return read_budget(parse_json(new))


def _save(path: Path, old: bytes, new: bytes) -> Path:
    if read_payload(path) != old:
        message = "{path} 在读入之后被别人改过，没有写"
        raise OutputError(message, "重新运行一次", path=str(path))
    return next(iter(save_all(path.parent, {path.name: new})))
