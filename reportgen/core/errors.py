"""What stops a run, as a tree; everything else is a finding.

    Stop                     exit code
    ├── Usage                2    the command line names something that does not exist
    ├── InputUnreadable      3    the document cannot be read as JSON at all, or breaks its contract
    ├── LayoutBroken         4    a layout's YAML or template is wrong (file and line)
    ├── NotTypesettable      5    a character that no typeface has, a table that cannot fit
    └── CannotWrite          6    the output folder is missing, read-only or full

Exit code 1 is not an exception: findings block publication.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .finding import Finding


class Stop(Exception):
    """A run that cannot go on. The message template is for a person; ``findings`` give the details."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "", *, findings: Sequence[Finding] = (), **values: str) -> None:
        """Say what stopped the run (``message``), what to do (``hint``), with ``values`` for their named places."""
        self.message = message
        self.hint = hint
        self.values: Mapping[str, str] = values
        self.findings = tuple(findings)
        super().__init__(message.format(**values) if values else message)


class Usage(Stop):
    """The command line names something that does not exist."""

    exit_code = 2


class InputUnreadable(Stop):
    """The document cannot be read, or breaks the published contract."""

    exit_code = 3


class LayoutBroken(Stop):
    """A layout's file is wrong; the message names file and line."""

    exit_code = 4


class NotTypesettable(Stop):
    """The document cannot be set: no typeface has a character, or a table does not fit its page."""

    exit_code = 5


class CannotWrite(Stop):
    """The outputs cannot be written; what stood before still stands."""

    exit_code = 6
