"""What stops a run, as a tree; everything else is a finding.

    ReportgenError                     exit code
    ├── UsageError                2    the command line names something that does not exist
    ├── InputError      3    the document cannot be read as JSON at all, or breaks its contract
    ├── LayoutError         4    a layout's YAML or template is wrong (file and line)
    ├── TypesettingError      5    a character that no typeface has, a table that cannot fit
    ├── OutputError          6    the output folder is missing, read-only or full
    └── InternalError        70   a fault of the program's own: the last resort of the command line

Exit code 1 is not an exception: findings block publication.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence

from .finding import Finding


class ReportgenError(Exception):
    """A run that cannot go on. The message template is for a person; ``findings`` give the details."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "", *, findings: Sequence[Finding] = (), **values: str) -> None:
        """Say what stopped the run (``message``), what to do (``hint``), with ``values`` for their named places."""
        self.message = message
        self.hint = hint
        self.values: Mapping[str, str] = values
        self.findings = tuple(findings)
        super().__init__(message.format(**values) if values else message)


class UsageError(ReportgenError):
    """The command line names something that does not exist."""

    exit_code = 2


class InputError(ReportgenError):
    """The document cannot be read, or breaks the published contract."""

    exit_code = 3


class LayoutError(ReportgenError):
    """A layout's file is wrong; the message names file and line."""

    exit_code = 4


class TypesettingError(ReportgenError):
    """The document cannot be set: no typeface has a character, or a table does not fit its page."""

    exit_code = 5


class OutputError(ReportgenError):
    """The outputs cannot be written; what stood before still stands."""

    exit_code = 6


class InternalError(ReportgenError):
    """The program met what its authors did not think of. Never raised on purpose: the command line makes it."""

    exit_code = 70  # EX_SOFTWARE of sysexits.h


REASONS: Mapping[int, str] = {
    errno.EACCES: "没有权限，或正被别的程序打开",
    errno.EPERM: "没有权限，或正被别的程序打开",
    errno.EBUSY: "正被别的程序占用",
    errno.EROFS: "只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EFBIG: "超过了允许的文件大小",
    errno.ENOENT: "不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名的文件，不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "链接绕回自身",
    errno.EIO: "磁盘读写出错",
}


def os_error_reason(error: OSError | ValueError) -> str:
    """The reason of a failed file operation in Chinese; the system's own words where we have none."""
    if isinstance(error, ValueError):
        return "路径中有不能用的字符"
    known = REASONS.get(error.errno or 0)
    return known or error.strerror or type(error).__name__
