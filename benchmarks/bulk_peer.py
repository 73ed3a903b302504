"""The peer of ``reportgen bulk``: a process pool that writes each department with docxtpl, platypus and openpyxl.

Usage: ``bulk_peer.py FOLDER OUT WORKERS LOG``. What a good engineer would write on a working day: layout, fonts and the
Word template are loaded once a worker; load, facts and compose are our code. It checks nothing, reads nothing back,
and keeps no record of what is done.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from peers import Peer, peer
from processes import resident
from seed import LAYOUT, SEED

from reportgen.budget.load import load_budget
from reportgen.compose import compose
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from reportgen.layout.spec import Layout

PEERS = ("docxtpl_docx", "platypus", "openpyxl_xlsx")


@cache
def kept() -> tuple[Layout, list[tuple[Peer, bytes]]]:
    """What a worker keeps: the layout, and of each peer what it makes once."""
    layout = load_layout(LAYOUT)
    budget = load_budget(SEED)
    document = compose(derive_facts(budget, layout.printing), layout, budget.published)
    return layout, [(peer(name), peer(name).ready(document, layout.style)) for name in PEERS]


def begin() -> None:
    kept()


def written(source: str, out: str) -> dict[str, object]:
    """Write the three files of one department; who did it, how long it took, how large the worker is."""
    start = time.perf_counter()
    layout, writers = kept()
    budget = load_budget(Path(source))
    document = compose(derive_facts(budget, layout.printing), layout, budget.published)
    Path(out).mkdir(parents=True, exist_ok=True)
    for writer, ready in writers:
        Path(out, f"{document.slug}.{writer.FORMAT}").write_bytes(writer.write(document, layout.style, ready))
    seconds = time.perf_counter() - start
    return {"name": Path(source).stem, "worker": os.getpid(), "seconds": seconds, "memory": resident(os.getpid())}


def main(folder: str, out: str, workers: str, log: str) -> None:
    sources = sorted(str(path) for path in Path(folder).rglob("*.json"))
    places = [str(Path(out, Path(source).relative_to(folder).with_suffix(""))) for source in sources]
    with ProcessPoolExecutor(int(workers), initializer=begin) as pool, Path(log).open("w") as lines:
        for line in pool.map(written, sources, places):
            print(json.dumps(line), file=lines, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
