"""``style.yaml`` → :class:`~reportgen.tree.style.Style`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.paths import shipped
from ..tree.style import Face, Page, Style, TableStyle, TextStyle


def read_style(data: Mapping[str, Any]) -> Style:
    """The style that ``style.yaml`` (already merged with what it extends) describes."""
    return Style(
        faces={role: _face(face) for role, face in data["faces"].items()},
        fallback=_face(data["fallback"]),
        text={role: TextStyle(**text) for role, text in data["text"].items()},
        pages={name: Page(**page) for name, page in data["pages"].items()},
        table=TableStyle(**data["table"]),
    )


def _face(data: Mapping[str, str]) -> Face:
    return Face(data["name"], shipped("fonts") / data["file"], data.get("alternative", ""))
