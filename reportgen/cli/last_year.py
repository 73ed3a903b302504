"""``--last`` and ``--budget`` in commands that print no report: the findings about the figures published there."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .console import Console

if TYPE_CHECKING:
    from ..pipeline import BudgetSource


def print_last_year_findings(source: BudgetSource, options: argparse.Namespace, console: Console) -> None:
    """Print what the rules find in ``source`` when they compare it with the documents that the options name, if any.

    These findings do not change the exit code; with ``--json`` only the result is printed.

    Raises:
        ReportgenError: one of the documents or the layout cannot be read.
    """
    if options.last is None and options.budget is None:
        return
    from ..pipeline import prepare
    from ..rules.rule import all_rules

    codes = {rule.code for rule in all_rules() if rule.against_last or rule.against_initial}
    findings = prepare(source, options.layout, options.last, options.budget).findings
    if not console.json:
        console.print_findings(finding for finding in findings if finding.code in codes)
