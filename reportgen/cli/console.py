"""How a run speaks: findings and errors to standard error, results to standard output, colour only for a terminal."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..core.errors import ReportgenError
from ..core.finding import Finding, Place, Severity
from .language import Language

if TYPE_CHECKING:  # a run imports what it works with, no more
    from ..pipeline import Report
    from ..trace import Source, Use

NAMES = {Severity.NOTE: "提示", Severity.WARNING: "警告", Severity.ERROR: "错误"}
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
COLOURS = {Severity.NOTE: "36", Severity.WARNING: "33", Severity.ERROR: "31"}


@dataclass(frozen=True, slots=True)
class Console:
    """What is said, how loud, in which language.

    ``quiet``: errors only; ``verbose``: notes one by one, not only their number.
    """

    quiet: bool = False
    verbose: bool = False
    json: bool = False
    language: Language = field(default_factory=Language)

    def out(self, text: str) -> None:
        """A result, to standard output."""
        print(text)  # noqa: T201 - the one place that prints results

    def error(self, text: str) -> None:
        """A line to standard error."""
        print(text, file=sys.stderr)  # noqa: T201 - the one place that prints complaints

    def remark(self, template: str, **values: str) -> None:
        """What goes on, for who watches; nothing where only results or errors are wanted."""
        if not (self.quiet or self.json):
            self.error(legible(self.language.say(template, values)))

    def report(self, report: Report) -> int:
        """All that a run found and wrote; 1 when a finding blocks publication."""
        if self.json:
            self.out(json.dumps(self._report_data(report), ensure_ascii=False, indent=2))
        else:
            self._report(report)
        return 0 if report.publishable else 1

    def _report(self, report: Report) -> None:
        self.findings(report.findings)
        for path in report.files:
            if not self.quiet:
                self.out(str(path))
        if report.unchanged and not self.quiet:
            number = {"count": str(len(report.unchanged))}
            self.error(self.language.say("{count} 份文件已是最新，没有重写（--force 重做）。", number))
        if not report.publishable:
            said = "有错误，不能公开；写出的文件只供查看。" if report.files else "有错误，不能公开；没有写出文件。"
            self.error(self.language.text(said))

    def stop(self, stop: ReportgenError) -> None:
        """Why a run cannot go on."""
        message, hint = (self.language.say(text, stop.values) for text in (stop.message, stop.hint))
        if self.json:
            found = [self.finding_data(finding) for finding in stop.findings]
            error = {"error": message, "hint": hint, "findings": found}
            self.out(json.dumps(error, ensure_ascii=False, indent=2))
            return
        self.findings(stop.findings)
        label = self.painted(self.language.text("错误"), Severity.ERROR)
        self.error(self.language.text("{label}：{message}").format(label=label, message=legible(message)))
        if hint:
            self.error(self._line("提示：{text}", hint))

    def sources(self, found: Sequence[Source]) -> int:
        """Where figures come from; 1 when nothing was found."""
        if self.json:
            self.out(json.dumps([_source_data(source) for source in found], ensure_ascii=False, indent=2))
        else:
            for source in found:
                self.out(self._source(source))
        return self._found(bool(found))

    def uses(self, found: Sequence[Use]) -> int:
        """Where an input cell goes; 1 when nothing was found."""
        if self.json:
            self.out(json.dumps([_use_data(use) for use in found], ensure_ascii=False, indent=2))
        else:
            for use in found:
                how = use.fact if use.figure else self.language.text("措辞" if use.fact else "文字")
                text = use.text if len(use.text) <= 40 else use.text[:39] + "…"
                self.out(f"{use.place}  {text}  " + self.language.text("（{how}）").format(how=how))
        return self._found(bool(found))

    def _found(self, anything: bool) -> int:
        if not anything and not self.json:
            said = "没有找到。数字照印出的样子写；位置如 二/（二）、表03；指针如 /expenditure/7/project。"
            self.error(self.language.text(said))
        return 0 if anything else 1

    def findings(self, findings: Iterable[Finding]) -> None:
        """Findings, as loud as is wanted."""
        counts: Counter[Severity] = Counter()
        for finding in findings:
            counts[finding.severity] += 1
            if finding.severity is Severity.ERROR or (not self.quiet and self._wanted(finding)):
                self.error(self._finding(finding))
        if counts[Severity.NOTE] and not (self.verbose or self.quiet):
            number = {"count": str(counts[Severity.NOTE])}
            self.error(self.language.say("另有 {count} 条提示（多为尾差），-v 逐条列出。", number))

    def _wanted(self, finding: Finding) -> bool:
        return self.verbose or finding.severity is Severity.WARNING

    def _finding(self, finding: Finding) -> str:
        say = self.language.say
        severity = self.painted(self.language.text(NAMES[finding.severity]), finding.severity)
        lines = [f"{severity} {finding.code} {legible(say(finding.message, finding.values))}"]
        if finding.where:
            lines.append(self._line("位置：{text}", self.language.joined(map(self._place, finding.where), "；")))
        if finding.hint:
            lines.append(self._line("提示：{text}", say(finding.hint, finding.values)))
        return "\n".join(lines)

    def _place(self, place: Place) -> str:
        printed = self.language.place(place.printed)
        if not (printed and place.pointer):
            return printed or place.pointer
        return self.language.text("{printed}（{pointer}）").format(printed=printed, pointer=place.pointer)

    def _line(self, label: str, text: str) -> str:
        return "  " + self.language.text(label).format(text=legible(text))

    def _source(self, source: Source) -> str:
        cells, many = source.cells, ""
        lines = [f"{source.use.text}  {source.use.place}"]
        lines.append(self._line("事实：{text}", f"{source.fact.name} = {self.language.text(source.value)}"))
        if source.fact.formula:
            lines.append(self._line("算法：{text}", source.fact.formula))
        if len(cells) > 12:
            many = " " + self.language.say("…共 {count} 个", {"count": str(len(cells))})
        lines.append(self._line("读自：{text}", self.language.joined(cells[:12], "、") + many))
        return "\n".join(lines)

    def _report_data(self, report: Report) -> dict[str, Any]:
        return {
            "publishable": report.publishable,
            "findings": [self.finding_data(finding) for finding in report.findings],
            "files": [str(path) for path in report.files],
            "current": report.up_to_date,
            "kept": [str(path) for path in report.unchanged],
        }

    def finding_data(self, finding: Finding) -> dict[str, Any]:
        """A finding for a program."""
        return {
            "code": finding.code,
            "severity": finding.severity.name.lower(),
            "message": self.language.say(finding.message, finding.values),
            "where": [{"pointer": place.pointer, "printed": place.printed} for place in finding.where],
            "hint": self.language.say(finding.hint, finding.values),
            "values": dict(finding.values),
        }

    def painted(self, text: str, severity: Severity) -> str:
        """``text`` in the colour of ``severity``, on a terminal."""
        if "NO_COLOR" in os.environ or not sys.stderr.isatty():
            return text
        return f"\x1b[{COLOURS[severity]}m{text}\x1b[0m"


def _source_data(source: Source) -> dict[str, Any]:
    return {
        **_use_data(source.use),
        "value": source.value,
        "formula": source.fact.formula,
        "inputs": [fact.name for fact in source.fact.inputs],
        "cells": list(source.cells),
    }


def _use_data(use: Use) -> dict[str, Any]:
    kind = "figure" if use.figure else ("wording" if use.fact else "text")
    return {"place": use.place, "text": use.text, "kind": kind, "fact": use.fact, "block": use.block, "name": use.name}


def legible(text: str) -> str:
    """``text`` with what would steer a terminal (escapes, writing directions, zero widths) shown as its code."""
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
