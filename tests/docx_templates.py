"""``layouts/*/template.docx``, made from ``style.yaml``: ``python -m tests.docx_templates`` writes them anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportgen.core.paths import shipped
from reportgen.layout.folder import STYLE, read_folder, stamp
from reportgen.layout.load import load_layout
from reportgen.layout.style import read_style
from reportgen.tree.style import Style
from reportgen.writers.docx.template import template_file


def templates() -> Iterator[tuple[Path, bytes]]:
    """The template of each shipped layout that has a style of its own: its file, and what must be in it."""
    for style_file in sorted(shipped("layouts").glob(f"*/{STYLE}")):
        folder = style_file.parent
        is_layout = (folder / "layout.yaml").exists()  # gongwen is only a style, which the layouts extend
        style = load_layout(folder.name).style if is_layout else _own_style(folder)
        yield folder / "template.docx", template_file(style)


def _own_style(folder: Path) -> Style:
    return read_style(read_folder(folder, stamp(folder))[STYLE], [folder])


if __name__ == "__main__":
    for file, payload in templates():
        file.write_bytes(payload)
