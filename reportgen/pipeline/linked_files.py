"""Files that are reached by another name too: a replacement changes one name only, which is reported (QH117)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..core.finding import Finding, Place, Severity


def find_linked(paths: Iterable[Path]) -> tuple[Finding, ...]:
    """Return a finding for each file that has another name: a hard link, or as a symbolic link its target.

    Call it before the files are replaced: the other name keeps the old content.
    """
    return tuple(_linked(path) for path in paths if has_another_name(path))


def has_another_name(path: Path) -> bool:
    """Whether the file ``path`` is reached by another name too."""
    try:
        return path.is_symlink() or (path.is_file() and path.stat().st_nlink > 1)
    except (OSError, ValueError):
        return False


def _linked(path: Path) -> Finding:
    message = "{path} 另有一个名称（硬链接，或链接所指的文件）；只换了这一个，另一个还是原来的内容"
    values = {"path": str(path)}
    return Finding(
        "QH117", Severity.WARNING, message, (Place(printed=path.name),), "要两个一致，就重新链接或复制", values
    )
