"""The commands, each a function from its options to an exit code."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping

from ..budget.schema import json_schema
from ..layout.load import load_layout, names
from ..pipeline import Report, build, check, trace
from .say import Voice


def run_build(options: argparse.Namespace, voice: Voice) -> int:
    """``build``: write the files unless a finding blocks."""
    wanted = [name.strip() for name in options.format.split(",") if name.strip()]
    more = {"sources": options.sources, "keep_unverified": options.keep_unverified, "last": options.last}
    return _told(build(options.file, options.output, wanted, options.layout, **more), voice)


def run_check(options: argparse.Namespace, voice: Voice) -> int:
    """``check``: only say what is wrong."""
    return _told(check(options.file, options.layout, options.last), voice)


def run_trace(options: argparse.Namespace, voice: Voice) -> int:
    """``trace``: where a figure comes from, or where an input cell goes."""
    tracer = trace(options.file, options.layout)
    if options.pointer is not None:
        return voice.uses(tracer.of_pointer(options.pointer))
    found = tracer.of_figure(options.figure) if options.figure is not None else tracer.of_place(options.place)
    return voice.sources(found)


def run_schema(options: argparse.Namespace, voice: Voice) -> int:
    """``schema``: print the published contract."""
    voice.out(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0


def run_layouts(options: argparse.Namespace, voice: Voice) -> int:
    """``layouts``: names and titles of the shipped layouts."""
    titles = {name: load_layout(name).title for name in names()}
    if options.json:
        voice.out(json.dumps(titles, ensure_ascii=False, indent=2))
    else:
        voice.out("\n".join(f"{name:12} {title}" for name, title in titles.items()))
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Voice], int]] = {
    "build": run_build,
    "check": run_check,
    "trace": run_trace,
    "schema": run_schema,
    "layouts": run_layouts,
}


def _told(report: Report, voice: Voice) -> int:
    voice.report(report)
    return 0 if report.publishable else 1
