"""What a cold process spends on imports: each module's own time and the whole of what it brings in.

``python benchmarks/imports.py [--lines N]`` (the first table: processor seconds, the best of six processes).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys

from processes import ROOT, environment, measured
from show import seconds, table

LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|\s+(\S+)")
STATEMENTS = {
    "Python alone": "pass",
    "reportgen": "import reportgen",
    "and docx": "import reportgen, reportgen.writers.docx",
    "and pdf": "import reportgen, reportgen.writers.pdf",
    "and xlsx": "import reportgen, reportgen.writers.xlsx",
    "and all three": "import reportgen, reportgen.writers.docx, reportgen.writers.pdf, reportgen.writers.xlsx",
    "jinja2 alone": "import jinja2.sandbox",
    "openpyxl alone": "import openpyxl",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=12, help="modules to list (default 12)")
    count = parser.parse_args().lines
    print(table(("import", "process CPU s"), [(name, seconds(process(code))) for name, code in STATEMENTS.items()]))
    found = modules(STATEMENTS["and all three"])
    print("\n" + table(("module, by its own time", "own s", "whole s"), found[:count]))


def process(code: str) -> float:
    """Processor seconds of a whole process (by the clock, where they are not known)."""
    samples = [measured([sys.executable, "-c", code]) for _ in range(7)]
    return min(sample.cpu or sample.wall for sample in samples[1:])  # the first may compile


def modules(code: str) -> list[tuple[str, str, str]]:
    """Modules with their own and their whole seconds, the most expensive first."""
    command = [sys.executable, "-X", "importtime", "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, env=environment(), cwd=ROOT, check=True)
    found = sorted(((int(own), int(whole), name) for own, whole, name in LINE.findall(run.stderr)), reverse=True)
    return [(name, seconds(own / 1e6), seconds(whole / 1e6)) for own, whole, name in found]


if __name__ == "__main__":
    main()
