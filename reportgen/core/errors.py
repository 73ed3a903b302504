"""The exceptions that stop a run, each with the exit code of the command line. All other problems are findings.

    ReportgenError            exit code
    ├── UsageError             2   a command, option, format or layout that does not exist
    ├── InputError             3   a document that cannot be read, or breaks the published contract
    ├── LayoutError            4   a YAML file or a template of a layout that is wrong (file and line)
    ├── TypesettingError       5   a character that no typeface has, a table that does not fit its page
    ├── OutputError            6   an output folder that is missing, read-only or full
    └── InternalError         70   an error of the program itself (EX_SOFTWARE of sysexits.h)

Exit code 1 has no exception: the run is complete, and at least one finding is an error, so no file is written.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence

from .finding import Finding

SHOWN_FINDINGS = 5
"""How many findings the text of an error lists."""


class ReportgenError(Exception):
    """A run that cannot go on. ``message`` and ``hint`` are templates in Chinese; ``findings`` give the details."""

    exit_code = 1
    next_step = "改正所说的问题，再运行一次"
    """What to do where an error has no hint of its own."""

    def __init__(self, message: str, hint: str = "", *, findings: Sequence[Finding] = (), **values: str) -> None:
        """Make an error with the reason (``message``), what to do (``hint``) and ``values`` for their placeholders."""
        self.message = message
        self.hint = hint
        self.values: Mapping[str, str] = values
        self.findings = tuple(findings)
        super().__init__(message.format(**values) if values else message)

    @property
    def text(self) -> str:
        """The reason in Chinese with its values filled in."""
        return str(self.args[0])

    @property
    def hint_text(self) -> str:
        """What to do, in Chinese with its values filled in; "" where there is nothing to advise."""
        return self.hint.format(**self.values) if self.values else self.hint

    def __str__(self) -> str:
        """Reason, hint and the first findings: what a traceback or a log shows."""
        findings = [str(finding) for finding in self.findings[:SHOWN_FINDINGS]]
        more = [f"… {len(self.findings) - SHOWN_FINDINGS} more"] if len(self.findings) > SHOWN_FINDINGS else []
        first = f"{self.text}（{self.hint_text}）" if self.hint else self.text
        return "\n".join([first, *findings, *more])


class UsageError(ReportgenError):
    """A command, option, format or layout does not exist."""

    exit_code = 2
    next_step = "用 --help 看命令的写法"


class InputError(ReportgenError):
    """The document cannot be read, or breaks the published contract."""

    exit_code = 3
    next_step = "按所列各处的提示改正文件，再运行一次"


class LayoutError(ReportgenError):
    """A layout's file is wrong; the message names file and line."""

    exit_code = 4
    next_step = "改正版式里所说的那一行；写法见 layouts/README.md"


class TypesettingError(ReportgenError):
    """The document cannot be typeset: no typeface has a character, or a table does not fit its page."""

    exit_code = 5


class OutputError(ReportgenError):
    """The files cannot be written; the files of before are unchanged."""

    exit_code = 6
    next_step = "检查输出文件夹的权限、剩余空间和文件名，再运行一次"


class InternalError(ReportgenError):
    """An error of the program itself. Only the command line makes it, from an exception that is not handled."""

    exit_code = 70


OS_ERROR_REASONS: Mapping[int, str] = {
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
    """Return the reason of a failed file operation in Chinese, or the system's message where there is none."""
    if isinstance(error, ValueError):
        return "路径中有不能用的字符"
    known = OS_ERROR_REASONS.get(error.errno or 0)
    return known or error.strerror or type(error).__name__
