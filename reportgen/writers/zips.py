"""Office files without a clock: a zip whose bytes follow from its parts and one date alone.

DOCX and XLSX are zip packages after ECMA-376 part 2 (Open Packaging Conventions). In ASCII order the names
of a package already stand as consumers like to meet them: ``[Content_Types].xml``, ``_rels/.rels``, the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = 1980  # a zip cannot say an earlier year
_LEVEL = 5  # a twentieth larger than the default, in five sixths of its time


def pack(parts: Mapping[str, bytes | str], when: date) -> bytes:
    """A zip of ``parts`` (name → content; text becomes UTF-8), ordered by name, all dated ``when``."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name in sorted(parts):
            content = parts[name]
            payload = content.encode("utf-8") if isinstance(content, str) else content
            archive.writestr(_entry(name, when), payload, compresslevel=_LEVEL)
    return target.getvalue()


def _entry(name: str, when: date) -> ZipInfo:
    entry = ZipInfo(name, (max(when.year, _EARLIEST), when.month, when.day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0  # the library would write down which system it runs on
    return entry
