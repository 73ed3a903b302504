"""Faults planted into the documents of our samples, as a publisher would make them, and which of them the audit finds.

    python -m tests.auditing.planted [--each 20] [--final] [--office] [--kind NAME] [--misses]

A fault changes the finished document: what is printed in one place, and nothing else. The file is then written by our
own PDF writer, or as DOCX and turned into PDF by LibreOffice, and audited like any other.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from reportgen.auditing.audit import audit
from reportgen.auditing.report import AuditFinding, AuditReport
from reportgen.core.finding import Severity
from reportgen.core.paths import shipped
from reportgen.layout.style import Style
from reportgen.pipeline.in_memory import prepare, with_contents
from reportgen.pipeline.source import load
from reportgen.tree.nodes import Document
from reportgen.writers.docx import write as write_docx
from reportgen.writers.pdf import write as write_pdf
from tests.office import needed

from .faults import FAULTS, Fault

EVERY = sorted((shipped("data") / "samples").glob("*.json"))
FINAL_ACCOUNTS = [path for path in EVERY if path.stem.startswith("final-accounts")]
SAMPLES = [path for path in EVERY if path not in FINAL_ACCOUNTS]
EACH, SEED = 20, 11
OF_FINAL_ACCOUNTS = ("wrong completion", "budget of zero", "wrong side of budget", "missing counts")
"""Kinds that budgets have no place for, or nothing that contradicts them."""
OF_BUDGETS = [kind for kind in FAULTS if kind not in OF_FINAL_ACCOUNTS]
TRIES = 60
"""So many places are tried for one fault; not every sample has one of each kind."""


@cache
def published(sample: Path) -> tuple[Document, Style]:
    """The document of a sample with the page numbers of its contents, and its style."""
    layout = sample.stem if (shipped("layouts") / sample.stem).is_dir() else None
    prepared = with_contents(prepare(load(sample), layout))
    return prepared.document, prepared.layout.style


@dataclass(frozen=True)
class Planted:
    """A fault of one kind in the document of a sample."""

    kind: str
    sample: str
    fault: Fault
    style: Style


def plant(
    each: int = EACH, seed: int = SEED, kinds: Sequence[str] = (), samples: Sequence[Path] = SAMPLES
) -> Iterator[Planted]:
    """``each`` faults of every kind that the samples have a place for, in samples and at places left to chance."""
    for kind in kinds or FAULTS:
        chance = Random(f"{seed} {kind}")
        made = 0
        for _ in range(TRIES * each):
            sample = chance.choice(list(samples))
            document, style = published(sample)
            fault = FAULTS[kind].plant(document, chance)
            if fault is not None:
                yield Planted(kind, sample.stem, fault, style)
                made += 1
                if made == each:
                    break
        assert made or not kinds, f"no sample has a place for {kind}"


def pdf_of(planted: Planted) -> bytes:
    """The faulty file, by our own writer."""
    return write_pdf(planted.fault.document, planted.style)


def pdfs_by_office(planted: Sequence[Planted], folder: Path) -> list[bytes]:
    """The faulty files: DOCX by our writer, PDF by LibreOffice."""
    sources = []
    for number, one in enumerate(planted):
        source = folder / f"{number}.docx"
        source.write_bytes(write_docx(one.fault.document, one.style))
        sources.append(source)
    command = [
        needed(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
        "--outdir", str(folder), *map(str, sources),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60 + 20 * len(sources))
    return [source.with_suffix(".pdf").read_bytes() for source in sources]


def found(planted: Planted, report: AuditReport) -> list[AuditFinding]:
    """The findings that are about the fault: of a code that says this kind of thing, no mere note."""
    codes = FAULTS[planted.kind].codes
    return [
        one
        for one in report.findings
        if one.finding.severity > Severity.NOTE
        if not codes.isdisjoint(each.code for each in (one.finding, *one.consequences))
    ]


def table(results: Mapping[str, Sequence[bool]], codes: Mapping[str, Counter[str]]) -> str:
    """Planted and found, by kind, as lines."""
    lines = [
        f"{kind:24} {sum(hits):3} of {len(hits):3}  {', '.join(f'{c} {n}' for c, n in codes[kind].most_common(6))}"
        for kind, hits in results.items()
    ]
    every = [hit for hits in results.values() for hit in hits]
    return "\n".join([*lines, f"{'all':24} {sum(every):3} of {len(every):3}"])


def main() -> None:
    """Plant, audit, and print what was found of each kind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--office", action="store_true")
    parser.add_argument("--final", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--kind", action="append", default=[])
    options = parser.parse_args()
    samples = FINAL_ACCOUNTS if options.final else SAMPLES
    kinds = options.kind or (() if options.final else OF_BUDGETS)
    every = list(plant(options.each, options.seed, kinds, samples))
    with tempfile.TemporaryDirectory() as folder:
        files = pdfs_by_office(every, Path(folder)) if options.office else map(pdf_of, every)
        results: dict[str, list[bool]] = {}
        codes: dict[str, Counter[str]] = {}
        for planted, payload in zip(every, files, strict=True):
            report = audit(payload, isolated=False)
            hits = found(planted, report)
            results.setdefault(planted.kind, []).append(bool(hits))
            codes.setdefault(planted.kind, Counter()).update({one.finding.code for one in hits})
            if options.misses and not hits:
                print(f"missed {planted.kind} in {planted.sample}: {planted.fault.what}")  # noqa: T201
                for one in report.findings[:3]:
                    print(f"    {one.finding.code} {one.finding.text}")  # noqa: T201
    print(table(results, codes))  # noqa: T201


if __name__ == "__main__":
    main()
