"""Write plain data as YAML that a writer of layouts reads and changes."""

from __future__ import annotations

from typing import Any

import yaml

WIDTH = 140


def written(content: Any) -> str:
    """Return ``content`` as YAML: names in their order, columns and cells on one line each."""
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=None)
    return text
