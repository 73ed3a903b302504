"""The folders that are shipped with the package: beside it in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def shipped(name: str) -> Path:
    """Return the folder ``layouts``, ``fonts`` or ``data`` of this installation.

    Raises:
        FileNotFoundError: the installation has no such folder.
    """
    package = Path(__file__).resolve().parent.parent
    for root in (package / "_shipped", package.parent):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"the installation has no folder {name!r}")
