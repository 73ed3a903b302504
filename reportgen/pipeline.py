"""The story, from the canonical JSON to the files. ``docs/architecture.md`` tells it in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import rules
from .budget.load import load_budget
from .compose import compose
from .core.errors import Usage
from .core.files import save_all
from .core.finding import Finding, blocking
from .facts import derive_facts
from .layout.load import DEFAULT, load_layout
from .writers import formats, writer


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a run: everything that was found, and the files that were written."""

    findings: tuple[Finding, ...]
    files: tuple[Path, ...] = ()

    @property
    def publishable(self) -> bool:
        """Whether nothing blocks publication; notes and warnings may stand."""
        return not blocking(self.findings)


def check(source: str | Path, layout: str = DEFAULT) -> Report:
    """Find what is wrong with the document in ``source``; write nothing."""
    chosen = load_layout(layout)
    budget = load_budget(Path(source))
    facts = derive_facts(budget, chosen.printing)
    findings = rules.run(budget, facts)
    compose(facts, chosen, budget.published)
    return Report(findings)


def build(source: str | Path, out: str | Path = ".", wanted: Sequence[str] = (), layout: str = DEFAULT) -> Report:
    """Make the files of the document in ``source`` in the folder ``out``; nothing is written if a finding blocks.

    Args:
        source: the canonical JSON document.
        out: the folder for the files; made if missing.
        wanted: formats, all if empty.
        layout: the name of a layout, or the path of a layout's folder.

    Raises:
        Stop: the run cannot go on; the exception's class and message say why.
    """
    chosen_formats = _known(wanted)
    chosen = load_layout(layout)
    budget = load_budget(Path(source))
    facts = derive_facts(budget, chosen.printing)
    report = Report(rules.run(budget, facts))
    if not report.publishable:
        return report
    document = compose(facts, chosen, budget.published)
    payloads = {
        f"{document.slug}{writer(name).SUFFIX}": writer(name).write(document, chosen.style) for name in chosen_formats
    }
    return Report(report.findings, tuple(save_all(Path(out), payloads)))


def _known(wanted: Sequence[str]) -> tuple[str, ...]:
    known = formats()
    for name in wanted:
        if name not in known:
            raise Usage("没有“{name}”这个格式", "可用的格式：" + "、".join(known), name=name)
    return tuple(dict.fromkeys(wanted)) or known
