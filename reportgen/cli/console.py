"""Output of the command line: results to standard output, findings and errors to standard error, colour on a terminal.

What a command found in its own terms (sources of a figure, differences, outcomes) is printed by a module of its own.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from ..core.errors import ReportgenError
from ..core.finding import Finding, Place, Severity
from . import streams
from .language import CODES, VARIABLE, Language, unknown_language

if TYPE_CHECKING:  # a command imports what it works with, no more
    from ..pipeline import Report
    from .command_parser import CommandLineError

SEVERITIES = {Severity.NOTE: "提示", Severity.WARNING: "警告", Severity.ERROR: "错误"}
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
CONSEQUENCES = 3
"""So many consequences of a finding are printed without ``-v``."""
PLACE_MEMBERS = ("pointer", "printed", "cell", "part")
"""What JSON output has of a place (docs/json-output.md)."""
COLOURS = {Severity.NOTE: "36", Severity.WARNING: "33", Severity.ERROR: "31"}


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command prints, how much of it, and in which language.

    ``quiet``: errors only; ``verbose``: each note, not only their number; ``json``: results as data.
    """

    quiet: bool = False
    verbose: bool = False
    json: bool = False
    language: Language = field(default_factory=Language)

    def print_result(self, text: str) -> None:
        """Print a result to standard output."""
        streams.write(sys.stdout, f"{text}\n")

    def print_data(self, data: Any) -> None:
        """Print a result as JSON to standard output."""
        self.print_result(json.dumps(data, ensure_ascii=False, indent=2))

    def print_message(self, text: str) -> None:
        """Print a line to standard error."""
        streams.write(sys.stderr, f"{text}\n")

    def print_progress(self, template: str, **values: str) -> None:
        """Print what a command is doing, unless only results or errors are printed."""
        if not (self.quiet or self.json):
            self.print_message(escape_controls(self.language.message(template, values)))

    def print_report(self, report: Report) -> int:
        """Print the findings and files of a run; return the exit code, 1 when a finding blocks publication."""
        if self.json:
            self.print_data(self._report_data(report))
        else:
            self._print_report(report)
        return 0 if report.publishable else 1

    def _print_report(self, report: Report) -> None:
        self.print_findings(report.findings)
        if not self.quiet:
            for path in report.files:
                self.print_result(str(path))
            if report.current_files:
                count = {"count": str(len(report.current_files))}
                self.print_message(self.language.message("{count} 份文件已是最新，没有重写（--force 重做）。", count))
        if not report.publishable:
            written = bool(report.files)
            end = "有错误，不能公开；写出的文件只供查看。" if written else "有错误，不能公开；没有写出文件。"
            self.print_message(self.language.gettext(end))
            self._print_way_to_accept(report.findings)

    def _print_way_to_accept(self, findings: Iterable[Finding]) -> None:
        """Print that a blocking finding can be accepted, if its rule allows it."""
        from ..rules.acceptance import acceptable_codes

        codes = {finding.code for finding in findings if finding.severity is Severity.ERROR} & acceptable_codes()
        if codes and not self.quiet:
            text = "{codes} 如经核实属实，可用 reportgen accept 写明理由后接受。"
            self.print_message(self.language.message(text, {"codes": "、".join(sorted(codes))}))

    def print_error(self, error: ReportgenError) -> None:
        """Print why a run cannot go on."""
        message, hint = (self.language.message(text, error.values) for text in (error.message, error.hint))
        if self.json:
            findings = [self.finding_data(finding) for finding in error.findings]
            self.print_data({"error": message, "hint": hint, "findings": findings})
            return
        self.print_findings(error.findings)
        label = self.coloured(self.language.gettext("错误"), Severity.ERROR)
        self.print_message(
            self.language.gettext("{label}：{message}").format(label=label, message=escape_controls(message))
        )
        if hint:
            self.print_message(self.labelled("提示：{text}", hint))

    def print_usage_error(self, error: CommandLineError) -> None:
        """Print how the command is used and what is wrong; with ``json`` the error only."""
        if not self.json:
            self.print_message(error.usage.rstrip())
        self.print_error(error)

    def warn_of_unknown_language(self) -> None:
        """Say in one line, in every language, that the environment names a language that does not exist."""
        if self.quiet or not (name := unknown_language()):
            return
        values = {"variable": VARIABLE, "name": escape_controls(name), "known": "zh, en"}
        template = "{variable}={name}：没有这种语言（只有 {known}），用中文"
        self.print_message(" / ".join(Language(code).message(template, values) for code in CODES))

    def print_findings(
        self, findings: Iterable[Finding], consequences: Mapping[int, Sequence[Finding]] | None = None
    ) -> None:
        """Print findings: errors always, warnings unless ``quiet``, notes one by one if ``verbose``, else counted.

        Accepted findings are printed like warnings. ``consequences`` has what else is wrong because of a finding, by
        its identity.
        """
        notes = tails = 0
        for finding in findings:
            if finding.severity is Severity.NOTE and not finding.accepted:
                notes += 1
                tails += "尾差" in finding.message
            if finding.severity is Severity.ERROR or (not self.quiet and self._is_printed(finding)):
                self.print_message(self._finding(finding))
                self._print_consequences((consequences or {}).get(id(finding), ()))
        if notes and not (self.verbose or self.quiet):
            mostly = 2 * tails > notes
            plain, of_rounding = "另有 {count} 条提示，-v 逐条列出。", "另有 {count} 条提示（多为尾差），-v 逐条列出。"
            summary = of_rounding if mostly else plain
            self.print_message(self.language.message(summary, {"count": str(notes)}))

    def _print_consequences(self, findings: Sequence[Finding]) -> None:
        """Print what else is wrong because of a finding: a few of them, or all if ``verbose``."""
        shown = findings if self.verbose else findings[:CONSEQUENCES]
        for finding in shown:
            self.print_message(self.labelled("由此：{text}", self.line_of(finding)))
        if len(shown) < len(findings):
            values = {"count": str(len(findings) - len(shown))}
            self.print_message("  " + self.language.message("由此还有 {count} 处，-v 逐条列出。", values))

    def line_of(self, finding: Finding) -> str:
        """Return a finding in one line: code, message, places."""
        text = f"{finding.code} {self.language.message(finding.message, finding.values)}"
        cells = [Place(cell=place.cell) for place in finding.where if place.cell]
        if not cells:
            return text
        return self.language.gettext("{printed}（{pointer}）").format(printed=text, pointer=self.locations(cells))

    def _is_printed(self, finding: Finding) -> bool:
        return self.verbose or finding.severity is Severity.WARNING or bool(finding.accepted)

    def _finding(self, finding: Finding) -> str:
        message = self.language.message(finding.message, finding.values)
        severity = self.coloured(self.language.gettext(SEVERITIES[finding.severity]), finding.severity)
        lines = [f"{severity} {finding.code} {escape_controls(message)}"]
        if finding.where:
            lines.append(self.labelled("位置：{text}", self.locations(finding.where)))
        if finding.accepted:
            lines.append(self.labelled("已接受，理由：{text}", finding.accepted))
        elif finding.hint:
            lines.append(self.labelled("提示：{text}", self.language.message(finding.hint, finding.values)))
        return "\n".join(lines)

    def locations(self, where: Sequence[Place]) -> str:
        """Return places in the user's language."""
        return self.language.joined(map(self._location, where), "；")

    def _location(self, place: Place) -> str:
        printed, address = self.language.location(place.printed), self.language.location(place.address)
        if not (printed and address):
            return printed or address
        return self.language.gettext("{printed}（{pointer}）").format(printed=printed, pointer=address)

    def labelled(self, label: str, text: str) -> str:
        """Return an indented line: a label such as ``位置：{text}`` in the user's language, then ``text``."""
        return "  " + self.language.gettext(label).format(text=escape_controls(text))

    def _report_data(self, report: Report) -> dict[str, Any]:
        return {
            "publishable": report.publishable,
            "findings": [self.finding_data(finding) for finding in report.findings],
            "files": [str(path) for path in report.files],
            "current": report.current,
            "current_files": [str(path) for path in report.current_files],
        }

    def finding_data(self, finding: Finding) -> dict[str, Any]:
        """Return a finding for a program to read."""
        return {
            "code": finding.code,
            "severity": finding.severity.name.lower(),
            "message": self.language.message(finding.message, finding.values),
            "where": [{name: getattr(place, name) for name in PLACE_MEMBERS} for place in finding.where],
            "hint": self.language.message(finding.hint, finding.values),
            "values": dict(finding.values),
            "accepted": finding.accepted,
        }

    def coloured(self, text: str, severity: Severity, stream: TextIO | None = None) -> str:
        """Return ``text`` in the colour of ``severity``, or as it is if it has no colours (:func:`has_colours`).

        ``stream`` is where it will be printed: standard error if not given.
        """
        if not has_colours(stream or sys.stderr):
            return text
        return f"\x1b[{COLOURS[severity]}m{text}\x1b[0m"


def has_colours(stream: TextIO) -> bool:
    """Return whether ``stream`` is a terminal with colours: not with NO_COLOR (https://no-color.org) or TERM=dumb."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def escape_controls(text: str) -> str:
    """Return ``text`` with what would steer a terminal (escapes, writing directions, zero widths) shown as its code."""
    return CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
