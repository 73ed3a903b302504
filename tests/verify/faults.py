"""Faults planted at random into finished files, and which of them the read-back finds.

python -m tests.verify.faults --table
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from reportgen.budget.load import load_budget
from reportgen.compose import compose
from reportgen.core.paths import shipped
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from reportgen.tree.nodes import Document
from reportgen.verify import compare
from reportgen.writers import formats, read_back, writer

from . import archives, pages, web_pages

COUNT, SEED = 200, 20230101
MISSES = 50
"""So many times in a row a kind of fault may find no place; more would be for ever."""
PLANTS: Mapping[str, Mapping[str, archives.Plant]] = {
    "docx": archives.DOCX,
    "html": web_pages.HTML,
    "pdf": pages.PDF,
    "xlsx": archives.XLSX,
}


@dataclass(frozen=True)
class Sample:
    """A document and its files, format by format."""

    name: str
    document: Document
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Planted:
    """A fault: into which format, of which kind, and the codes under which it was found."""

    format: str
    kind: str
    codes: tuple[str, ...]


def samples() -> list[Sample]:
    """The samples of zhejiang, written; those of other layouts are read back in :mod:`tests.families`."""
    made, layout = [], load_layout("zhejiang")
    for name in ("demo-2023", "shaoxing-hrss-2023"):
        file = shipped("data") / "samples" / f"{name}.json"
        budget = load_budget(file)
        document = compose(derive_facts(budget, layout.printing), layout, budget.published)
        files = {name: writer(name).write(document, layout.style) for name in formats()}
        made.append(Sample(file.stem, document, files))
    return made


def plant(made: list[Sample], count: int = COUNT, seed: int = SEED) -> Iterator[Planted]:
    """``count`` faults, kind by kind in turn, each in a file and at a place left to chance."""
    chance = Random(seed)
    kinds = [(name, kind) for name, plants in PLANTS.items() for kind in plants]
    planted = missed = 0
    while planted < count:
        name, kind = kinds[planted % len(kinds)]
        sample = chance.choice(made)
        faulty = PLANTS[name][kind](sample.files[name], chance)
        if faulty is None:
            missed += 1
            assert missed < MISSES, f"no sample has a place for {kind} in {name}"
            continue
        missed = 0
        found = compare(sample.document, read_back(name, faulty), f"{sample.name}.{name}")
        yield Planted(name, kind, tuple(sorted({finding.code for finding in found})))
        planted += 1


def table(faults: list[Planted]) -> str:
    """Planted and caught, by kind and format, as Markdown."""
    planted, caught, codes = Counter[tuple[str, str]](), Counter[tuple[str, str]](), dict[str, set[str]]()
    for fault in faults:
        planted[fault.kind, fault.format] += 1
        caught[fault.kind, fault.format] += bool(fault.codes)
        codes.setdefault(fault.kind, set()).update(fault.codes)
    names = " | ".join(name.upper() for name in PLANTS)
    lines = [f"| planted | {names} | found as |", "|---" * (len(PLANTS) + 2) + "|"]
    for kind in codes:
        cells = [f"{caught[kind, name]} of {planted[kind, name]}" if planted[kind, name] else "" for name in PLANTS]
        lines.append(f"| {kind} | {' | '.join(cells)} | {', '.join(sorted(codes[kind]))} |")
    sums = [sum(n for (_, f), n in counts.items() if f == name) for name in PLANTS for counts in (caught, planted)]
    lines.append(f"| all | {' | '.join(f'{a} of {b}' for a, b in zip(sums[::2], sums[1::2], strict=True))} | |")
    return "\n".join(lines)


if __name__ == "__main__":
    found = list(plant(samples()))
    print(table(found) if "--table" in sys.argv else f"{sum(bool(f.codes) for f in found)} of {len(found)} caught")  # noqa: T201
