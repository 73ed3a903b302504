"""How a run speaks: findings and errors to standard error, results to standard output, colour only for a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..core.errors import Stop
from ..core.finding import Finding, Severity
from ..pipeline import Report
from ..trace import Source, Use

NAMES = {Severity.NOTE: "提示", Severity.WARNING: "警告", Severity.ERROR: "错误"}
COLOURS = {Severity.NOTE: "36", Severity.WARNING: "33", Severity.ERROR: "31"}


@dataclass(frozen=True, slots=True)
class Voice:
    """What is said, and how loud. ``quiet``: errors only; ``verbose``: notes one by one, not only their number."""

    quiet: bool = False
    verbose: bool = False
    json: bool = False

    def out(self, text: str) -> None:
        """A result, to standard output."""
        print(text)  # noqa: T201 - the one place that prints results

    def error(self, text: str) -> None:
        """A line to standard error."""
        print(text, file=sys.stderr)  # noqa: T201 - the one place that prints complaints

    def report(self, report: Report) -> None:
        """All that a run found and wrote."""
        if self.json:
            self.out(json.dumps(_as_data(report), ensure_ascii=False, indent=2))
            return
        self._findings(report.findings)
        for path in report.files:
            if not self.quiet:
                self.out(str(path))
        if not report.publishable:
            self.error("有错误，不能公开；没有写出文件。")

    def stop(self, stop: Stop) -> None:
        """Why a run cannot go on."""
        message = filled(stop.message, stop.values)
        if self.json:
            found = [_finding_data(finding) for finding in stop.findings]
            error = {"error": message, "hint": filled(stop.hint, stop.values), "findings": found}
            self.out(json.dumps(error, ensure_ascii=False, indent=2))
            return
        self._findings(stop.findings)
        self.error(f"{self._painted('错误', Severity.ERROR)}：{message}")
        if stop.hint:
            self.error(f"  提示：{filled(stop.hint, stop.values)}")

    def sources(self, found: Sequence[Source]) -> int:
        """Where figures come from; 1 when nothing was found."""
        if self.json:
            self.out(json.dumps([_source_data(source) for source in found], ensure_ascii=False, indent=2))
        else:
            for source in found:
                self.out(_source_text(source))
        return self._found(bool(found))

    def uses(self, found: Sequence[Use]) -> int:
        """Where an input cell goes; 1 when nothing was found."""
        if self.json:
            self.out(json.dumps([_use_data(use) for use in found], ensure_ascii=False, indent=2))
        else:
            for use in found:
                how = use.fact if use.figure else ("措辞" if use.fact else "文字")
                self.out(f"{use.place}  {use.text if len(use.text) <= 40 else use.text[:39] + '…'}  （{how}）")
        return self._found(bool(found))

    def _found(self, anything: bool) -> int:
        if not anything and not self.json:
            self.error("没有找到。数字照印出的样子写；位置如 二/（二）、表03；指针如 /expenditure/7/project。")
        return 0 if anything else 1

    def _findings(self, findings: Iterable[Finding]) -> None:
        counts: Counter[Severity] = Counter()
        for finding in findings:
            counts[finding.severity] += 1
            if finding.severity is Severity.ERROR or (not self.quiet and self._wanted(finding)):
                self.error(self._finding(finding))
        if counts[Severity.NOTE] and not (self.verbose or self.quiet):
            self.error(f"另有 {counts[Severity.NOTE]} 条提示（多为尾差），-v 逐条列出。")

    def _wanted(self, finding: Finding) -> bool:
        return self.verbose or finding.severity is Severity.WARNING

    def _finding(self, finding: Finding) -> str:
        severity = self._painted(NAMES[finding.severity], finding.severity)
        lines = [f"{severity} {finding.code} {filled(finding.message, finding.values)}"]
        if finding.where:
            lines.append("  位置：" + "；".join(str(place) for place in finding.where))
        if finding.hint:
            lines.append("  提示：" + filled(finding.hint, finding.values))
        return "\n".join(lines)

    def _painted(self, text: str, severity: Severity) -> str:
        if "NO_COLOR" in os.environ or not sys.stderr.isatty():
            return text
        return f"\x1b[{COLOURS[severity]}m{text}\x1b[0m"


def _source_text(source: Source) -> str:
    lines = [f"{source.use.text}  {source.use.place}", f"  事实：{source.fact.name} = {source.value}"]
    if source.fact.formula:
        lines.append(f"  算法：{source.fact.formula}")
    cells = source.cells
    lines.append(f"  读自：{'、'.join(cells[:12])}{f' …共 {len(cells)} 个' if len(cells) > 12 else ''}")
    return "\n".join(lines)


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


def filled(template: str, values: Any) -> str:
    """A message with its named places filled."""
    return template.format(**values) if values else template


def _as_data(report: Report) -> dict[str, Any]:
    return {
        "publishable": report.publishable,
        "findings": [_finding_data(finding) for finding in report.findings],
        "files": [str(path) for path in report.files],
    }


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": filled(finding.message, finding.values),
        "where": [{"pointer": place.pointer, "printed": place.printed} for place in finding.where],
        "hint": filled(finding.hint, finding.values),
        "values": dict(finding.values),
    }
