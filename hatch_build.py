"""Build hook: a wheel holds the message catalogues compiled, so that no run has to compile them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg,misc]
    """Compiles every ``.po`` under ``reportgen/locale`` that has no ``.mo`` beside it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled catalogues to the wheel; an editable install reads the ``.po`` files of the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        target = Path(tempfile.mkdtemp())
        for number, source in enumerate(sorted(root.glob("reportgen/locale/*/LC_MESSAGES/*.po"))):
            if not source.with_suffix(".mo").exists():
                language = source.parts[-3]
                compiled = target / f"{number}.mo"
                with source.open("rb") as po, compiled.open("wb") as mo:
                    write_mo(mo, read_po(po, locale=language))
                build_data["force_include"][str(compiled)] = str(source.relative_to(root).with_suffix(".mo"))
