"""Where the shipped folders are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def shipped(name: str) -> Path:
    """The folder ``layouts``, ``fonts`` or ``data`` that came with this installation.

    Raises:
        FileNotFoundError: the installation is broken.
    """
    package = Path(__file__).resolve().parent.parent
    for root in (package / "_shipped", package.parent):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"the installation has no folder {name!r}")
