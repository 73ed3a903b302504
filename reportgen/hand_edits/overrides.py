"""Make the ``overrides`` of the document, as plain data, from its old ones and the changes of paragraphs.

Overrides without a change keep their order and their texts. An edit back to the generated text removes its override.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..budget.model import LinkedFigure, Override
from ..compose.overrides import added_id, runs_without_number
from ..tree.nodes import Document, Figure, Heading, Paragraph, Run, plain
from .changes import Change
from .normalize import text_key

_MONEY = ("元", "万元")


def new_overrides(
    generated: Document, current: Document, old: Sequence[Override], changes: Sequence[Change], reviewed: bool
) -> list[dict[str, Any]] | None:
    """Return all overrides after the changes; None if they are the same as before.

    ``generated`` is the document without overrides, ``current`` the one with ``old``, in which the ``changes`` are.
    ``reviewed`` takes the present figures and generated texts as those that the overrides were made for.
    """
    before = [override_data(override) for override in old]
    assembly = _Assembly(_blocks(generated), _blocks(current), old, reviewed)
    for change in changes:
        assembly.add(change)
    after = list(assembly.overrides())
    return None if after == before else after


def override_data(override: Override) -> dict[str, Any]:
    """Return an override as the JSON document has it, without values that are the default."""
    data: dict[str, Any] = {"block": override.block}
    if override.after:
        data["after"] = True
    if override.role != "body":
        data["role"] = override.role
    data["runs"] = [run if isinstance(run, str) else _figure_data(run) for run in override.runs]
    if override.was is not None:
        data["was"] = override.was
    return data


def _figure_data(figure: LinkedFigure) -> dict[str, str]:
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
class _Assembly:
    """The overrides being assembled: ``replacing`` by their block, ``added`` and ``inserted`` by the one before them.

    ``added`` are the paragraphs that the document has already, ``inserted`` those of this edit; None removes one.
    """

    generated: Mapping[str, Heading | Paragraph]
    current: Mapping[str, Heading | Paragraph]
    old: Sequence[Override]
    reviewed: bool
    replacing: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    added: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    inserted: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, change: Change) -> None:
        """Add a change of a generated block, of a paragraph added before, or a paragraph inserted after either."""
        runs = [_run_data(run) for run in change.runs if not isinstance(run, str) or run.strip()]
        if change.added:
            role = {} if change.role == "body" else {"role": change.role}
            data = {"block": self._base(change.block), "after": True, **role, "runs": runs}
            self.inserted.setdefault(change.block, []).append(data)
        elif change.block in self.generated:
            self.replacing[change.block] = self._replacement(self.generated[change.block], runs)
        else:
            block = self.current[change.block]
            role = {"role": "item"} if isinstance(block, Paragraph) and block.role == "item" else {}
            self.added[change.block] = {"block": self._base(change.block), "after": True, **role, "runs": runs}
            if not runs:
                self.added[change.block] = None

    def overrides(self) -> Iterator[dict[str, Any]]:
        """Iterate over the old overrides in their order, each as it is now, then over the new ones."""
        done: set[str] = set()
        for override in self.old:
            name = f"+{override.block}" if override.after else override.block
            if name in done:
                if not override.after:
                    yield override_data(override)
            elif override.after:
                yield from self._after(override.block)
            else:
                yield from self._kept(override)
            done.add(name)
        yield from (data for block, data in self.replacing.items() if data and block not in done)
        for base in dict.fromkeys(map(self._base, self.inserted)):
            if f"+{base}" not in done:
                yield from self._after(base)

    def _base(self, block: str) -> str:
        """The generated block that an added block comes after."""
        return block if block in self.generated else block.rpartition("+")[0]

    def _replacement(self, block: Heading | Paragraph, runs: list[Any]) -> dict[str, Any] | None:
        was = plain(runs_without_number(block))
        text = "".join(run if isinstance(run, str) else run["printed"] for run in runs)
        return None if text_key(text) == text_key(was) else {"block": block.id, "runs": runs, "was": was}

    def _kept(self, override: Override) -> Iterator[dict[str, Any]]:
        data = self.replacing.get(override.block) if override.block in self.replacing else self._unchanged(override)
        if data:
            yield data

    def _after(self, base: str) -> Iterator[dict[str, Any]]:
        """The paragraphs after a block: those inserted directly after it, then each old one and those after that."""
        yield from self.inserted.get(base, ())
        old = (override for override in self.old if override.after and override.block == base)
        for n, override in enumerate(old, 1):
            id = added_id(base, n)
            data = self.added[id] if id in self.added else self._unchanged(override, id)
            if data:
                yield data
            yield from self.inserted.get(id, ())

    def _unchanged(self, override: Override, id: str = "") -> dict[str, Any]:
        """An override without a change; if ``reviewed``, with its present figures and the present generated text."""
        data, block = override_data(override), self.current.get(id or override.block)
        if self.reviewed and block is not None and override.runs:
            data["runs"] = [_run_data(run) for run in runs_without_number(block)]
        if self.reviewed and override.block in self.generated and not override.after:
            data["was"] = plain(runs_without_number(self.generated[override.block]))
        return data
