"""Changes of paragraphs → the ``overrides`` of the document, as plain data.

What was not touched keeps its place and its words. An edit that says again what is generated takes its override away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..budget.model import LinkedFigure, Override
from ..compose.overrides import added_id, runs_without_number
from ..tree.nodes import Document, Figure, Heading, Paragraph, Run, plain
from .changes import Change
from .normalize import key

_MONEY = ("元", "万元")


def overrides_of(
    generated: Document, current: Document, old: Sequence[Override], changes: Sequence[Change], reviewed: bool
) -> list[dict[str, Any]] | None:
    """All overrides there are to be; None if that is what the document holds already.

    ``generated`` is the document without overrides, ``current`` the one with ``old`` in it, of which ``changes`` tell.
    """
    before = [plain_data(override) for override in old]
    assembling = _Assembling(_blocks(generated), _blocks(current), old, reviewed)
    for change in changes:
        assembling.note(change)
    after = list(assembling.all())
    return None if after == before else after


def plain_data(override: Override) -> dict[str, Any]:
    """An override as the file holds it; what is as usual is left out."""
    data: dict[str, Any] = {"block": override.block}
    if override.after:
        data["after"] = True
    if override.role != "body":
        data["role"] = override.role
    data["runs"] = [run if isinstance(run, str) else _linked(run) for run in override.runs]
    if override.was is not None:
        data["was"] = override.was
    return data


def _linked(figure: LinkedFigure) -> dict[str, str]:
    data = {"figure": figure.figure, "printed": figure.printed}
    return {**data, "unit": figure.unit} if figure.unit else data


def _blocks(document: Document) -> dict[str, Heading | Paragraph]:
    return {block.id: block for block in document.prose()}


def _run_data(run: str | Run) -> str | dict[str, str]:
    if isinstance(run, str):
        return run
    if not isinstance(run, Figure):
        return run.text
    data = {"figure": run.fact, "printed": run.text}
    return {**data, "unit": run.unit} if run.unit in _MONEY else data


@dataclass(slots=True)
class _Assembling:
    """The list of overrides in the making: by block those instead of it, and those after it."""

    generated: Mapping[str, Heading | Paragraph]
    current: Mapping[str, Heading | Paragraph]
    old: Sequence[Override]
    reviewed: bool
    instead: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    added: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    typed: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def note(self, change: Change) -> None:
        """Take one change: of a generated block, of a paragraph added before, or a paragraph typed in after either."""
        runs = [_run_data(run) for run in change.runs if not isinstance(run, str) or run.strip()]
        if change.added:
            role = {} if change.role == "body" else {"role": change.role}
            data = {"block": self._base(change.block), "after": True, **role, "runs": runs}
            self.typed.setdefault(change.block, []).append(data)
        elif change.block in self.generated:
            self.instead[change.block] = self._instead(self.generated[change.block], runs)
        else:
            block = self.current[change.block]
            role = {"role": "item"} if isinstance(block, Paragraph) and block.role == "item" else {}
            self.added[change.block] = {"block": self._base(change.block), "after": True, **role, "runs": runs}
            if not runs:
                self.added[change.block] = None

    def all(self) -> Iterator[dict[str, Any]]:
        """The old ones in their order, each as it is to be now, then the new ones."""
        done: set[str] = set()
        for override in self.old:
            name = f"+{override.block}" if override.after else override.block
            if name in done:
                if not override.after:
                    yield plain_data(override)
            elif override.after:
                yield from self._after(override.block)
            else:
                yield from self._kept(override)
            done.add(name)
        yield from (data for block, data in self.instead.items() if data and block not in done)
        for base in dict.fromkeys(map(self._base, self.typed)):
            if f"+{base}" not in done:
                yield from self._after(base)

    def _base(self, block: str) -> str:
        """The generated block after which a block stands that was added."""
        return block if block in self.generated else block.rpartition("+")[0]

    def _instead(self, block: Heading | Paragraph, runs: list[Any]) -> dict[str, Any] | None:
        was = plain(runs_without_number(block))
        text = "".join(run if isinstance(run, str) else run["printed"] for run in runs)
        return None if key(text) == key(was) else {"block": block.id, "runs": runs, "was": was}

    def _kept(self, override: Override) -> Iterator[dict[str, Any]]:
        data = self.instead.get(override.block) if override.block in self.instead else self._fresh(override)
        if data:
            yield data

    def _after(self, base: str) -> Iterator[dict[str, Any]]:
        """What stands after a block: typed in directly behind it, then each that stood there and what follows that."""
        yield from self.typed.get(base, ())
        stood = (override for override in self.old if override.after and override.block == base)
        for n, override in enumerate(stood, 1):
            id = added_id(base, n)
            data = self.added[id] if id in self.added else self._fresh(override, id)
            if data:
                yield data
            yield from self.typed.get(id, ())

    def _fresh(self, override: Override, id: str = "") -> dict[str, Any]:
        """The override as it stands; if it was reviewed, with what its figures and the generated words are now."""
        data, block = plain_data(override), self.current.get(id or override.block)
        if self.reviewed and block is not None and override.runs:
            data["runs"] = [_run_data(run) for run in runs_without_number(block)]
        if self.reviewed and override.block in self.generated and not override.after:
            data["was"] = plain(runs_without_number(self.generated[override.block]))
        return data
