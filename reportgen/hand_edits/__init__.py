"""Pull hand edits of a generated DOCX back into the document it was made from (``docs/pull.md``).

``in_memory`` finds the edits and makes the new JSON; here are the files around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..budget.json_input import read_payload
from ..core.finding import Finding, blocking
from ..pipeline import BudgetSource, LayoutSource
from ..pipeline.linked_files import find_linked
from ..pipeline.source import json_of_file, save_document
from .changes import Change
from .in_memory import PulledEdits, pull_edits
from .mark_pulled import mark_pulled

__all__ = ["Change", "Pulled", "PulledEdits", "pull", "pull_edits"]


@dataclass(frozen=True, slots=True)
class Pulled:
    """The changes of paragraphs that were brought back, the findings, and the JSON file if it was written."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    file: Path | None = None

    @property
    def clean(self) -> bool:
        """Whether no finding is an error: nothing contradicts the data."""
        return not blocking(self.findings)


def pull(
    edited: str | Path,
    into: str | Path,
    layout: LayoutSource | None = None,
    dry_run: bool = False,
    reviewed: bool = False,
    state: str | Path | None = None,
    last: BudgetSource | None = None,
    initial: BudgetSource | None = None,
) -> Pulled:
    """Bring the edits of prose in the DOCX file ``edited`` into the JSON file ``into``, from which it was made.

    Args:
        edited: a DOCX file that ``build`` made and a person changed.
        into: the canonical JSON document; only its field ``overrides`` is changed.
        layout: the layout with which the file was made.
        dry_run: write nothing, only report what would be brought back.
        reviewed: a person has reviewed all overrides: take the present figures and generated texts as theirs.
        state: the state folder of the folder in which ``edited`` is, if it was built with one.
        last, initial: last year's document and the budget of the year with which the file was made.

    Returns:
        The edits, the findings about them, and the file if it was written.

    Raises:
        InputError: one of the files cannot be read, or the DOCX was made from another document.
        OutputError: ``into`` cannot be written, or was changed by another program in the meantime.
    """
    path = Path(into).resolve()
    old, edited_payload = json_of_file(path), read_payload(Path(edited))
    pulled = pull_edits(edited_payload, old, layout, reviewed, last, initial)
    is_changed = not dry_run and pulled.payload != old
    linked = find_linked([path]) if is_changed else ()
    file = save_document(path, old, pulled.payload) if is_changed else None
    if pulled.clean and pulled.complete and not dry_run:
        mark_pulled(Path(edited), edited_payload, pulled.payload, None if state is None else Path(state))
    return Pulled(pulled.changes, (*pulled.findings, *linked), file)
