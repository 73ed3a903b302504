"""The invented city of ``data/samples/make_city.py``, for tests: its departments as files."""

from __future__ import annotations

import sys
from pathlib import Path

from reportgen.core.paths import shipped

MAKER = shipped("data") / "samples" / "make_city.py"
if str(MAKER.parent) not in sys.path:
    sys.path.insert(0, str(MAKER.parent))

import make_city  # noqa: E402  the maker is a script, found by its folder
from invented.department import MOST, Department, department  # noqa: E402
from invented.final_accounts import final_accounts  # noqa: E402
from invented.money import text  # noqa: E402

__all__ = ["MAKER", "MOST", "Department", "department", "final_accounts", "make_city", "text", "write"]


def write(folder: Path, index: int, seed: int = 1, year: int = 2023) -> Path:
    """One department's file below ``folder``."""
    path: Path = make_city.write(department(seed, index), folder, year)
    return path
