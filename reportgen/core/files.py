"""Files are written whole or not at all: beside their place first, then moved there together."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from .errors import CannotWrite


def save_all(folder: Path, payloads: Mapping[str, bytes]) -> list[Path]:
    """Write the files ``name: bytes`` into ``folder`` (made if missing); what stood there stays until all are complete.

    Raises:
        CannotWrite: the folder cannot be made or written, or the disk is full. No new file and no half file is left.
    """
    written: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, payload in payloads.items():
            beside = folder / f".{secrets.token_hex(6)}.part"
            written[beside] = folder / name
            _write(beside, payload)
        for beside, place in written.items():
            os.replace(beside, place)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise CannotWrite(
            "写不进 {folder}：{why}",
            "检查文件夹是否存在、可写、未满，文件是否正被别的程序打开",
            folder=str(folder),
            why=why,
        ) from None
    finally:
        for beside in written:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    return list(written.values())


def _write(path: Path, payload: bytes) -> None:
    with path.open("xb") as file:
        file.write(payload)
        file.flush()
        os.fsync(file.fileno())
