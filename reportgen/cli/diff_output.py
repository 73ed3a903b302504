"""Output of ``diff``: causes with their reach, reasons to be reviewed, then every changed location once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..comparison import Cause, Change, Counts, Differences, Review, counted
from ..comparison.cause_lines import cause_line
from ..comparison.json_output import as_data
from ..tree.text_diff import diff_texts
from .console import Console, escape_controls
from .language import Language

DIRECTIONS = {"up": "增加", "down": "减少", "flat": "持平", "new": "上年没有", "unknown": "上年无可比数据"}
REACH = {
    "sentences": "{count} 句",
    "shares": "{count} 个占比",
    "lines": "{count} 处标题、目录或表头",
    "numbers": "{count} 个编号",
    "charts": "图上 {count} 处",
}
_LONGEST = 60
"""Characters of a text that is printed in one line."""


def print_differences(found: Differences, console: Console) -> None:
    """Print everything that differs to standard output: as text, or with ``--json`` as data."""
    if console.json:
        console.print_data(as_data(found))
        return
    for line in _DifferenceLines(console.language).lines(found, brief=console.quiet):
        console.print_result(escape_controls(line))


class _DifferenceLines:
    """The printed lines, in one language."""

    def __init__(self, language: Language) -> None:
        self._message = language.message
        self._language = language

    def lines(self, found: Differences, brief: bool) -> Iterator[str]:
        """Yield causes and reviews; unless ``brief``, every changed location after them."""
        if not found:
            yield self._message("没有差别。")
            return
        for n, cause in enumerate(found.causes):
            yield f"[{n + 1}] {self._cause(cause)}"
            yield f"    {self._reach(counted(found.changes, n))}"
        if found.reviews:
            yield self._message("需要复核的原因：")
            yield from (f"  {self._review(review)}" for review in found.reviews)
        if found.changes and not brief:
            yield self._message("印出的变化：")
            yield from (f"  {line}" for line in self._changes(found.changes))

    def _cause(self, cause: Cause) -> str:
        template, values = cause_line(cause, self._language.value)
        if cause.kind == "changed" and cause.was and cause.now and max(len(cause.was), len(cause.now)) > _LONGEST:
            return self._message(
                "{what}：{edits}", {"what": values["what"], "edits": self._edits(cause.was, cause.now)}
            )
        clipped = {name: _clipped(values[name]) for name in ("was", "now")}
        return self._message(template, values | clipped)

    def _reach(self, counts: Counts) -> str:
        if not counts:
            return self._message("没有印出的变化")
        parts = []
        for name, template in REACH.items():
            if number := getattr(counts, name):
                parts.append(self._message(template, {"count": str(number)}))
            if name == "sentences" and counts.cells:
                tables = self._message("{count} 张表", {"count": str(counts.tables)})
                cells = self._message("{count} 格", {"count": str(counts.cells)})
                parts.append(self._message("{tables}（{cells}）", {"tables": tables, "cells": cells}))
        return self._message("因此变化：{parts}", {"parts": self._language.joined(parts, "、")})

    def _review(self, one: Review) -> str:
        values = {
            "place": one.place or one.pointer,
            "pointer": one.pointer,
            "text": _clipped(one.text),
            "was": DIRECTIONS[one.was],
            "now": DIRECTIONS[one.now],
            "causes": _marks(one.causes),
        }
        if one.place:
            return self._message("{place} {causes}：原为{was}，现为{now}，原因仍是“{text}”（{pointer}）", values)
        return self._message("{pointer} {causes}：原为{was}，现为{now}，原因“{text}”不再印出", values)

    def _changes(self, changes: Sequence[Change]) -> Iterator[str]:
        for (_, what, causes, _), group in groupby(changes, _line_key):
            same = list(group)
            first, last = same[0].location, same[-1].location
            if len(same) == 1:
                yield f"{first.place} {_marks(causes)}  {self._change(same[0])}"
            elif first.kind == "number":
                values = {"first": first.place, "last": last.place, "causes": _marks(causes)}
                values |= {"was": f"{same[0].was}…{same[-1].was}", "now": f"{same[0].now}…{same[-1].now}"}
                yield self._message("{first} 至 {last} {causes}  编号 {was} → {now}", values)
            else:
                texts = " | ".join(_clipped(one.was if what == "vanished" else one.now) for one in same)
                yield f"{last.place.partition('」')[0]}」 {_marks(causes)}  {self._whole(what, texts)}"

    def _whole(self, what: str, text: str) -> str:
        return self._message("新增一行：{text}" if what == "appeared" else "删去一行：{text}", {"text": text})

    def _change(self, change: Change) -> str:
        if change.what == "appeared":
            return self._message("新增：{text}", {"text": _clipped(change.now)})
        if change.what == "vanished":
            return self._message("删去：{text}", {"text": _clipped(change.was)})
        if change.what == "moved":
            return self._message("换了位置：{text}", {"text": _clipped(change.now)})
        return self._edits(change.was, change.now)

    def _edits(self, was: str, now: str) -> str:
        """Return what was replaced by what, piece by piece: 减少17.96 → 增加3.00；5.5 → 0.2."""
        edits: list[tuple[str, str]] = []
        gone = ""
        for piece in (*diff_texts(was, now), None):
            if piece and piece.kind == "deleted":
                gone = piece.text
            elif piece and piece.kind == "inserted":
                edits.append((gone, piece.text))
                gone = ""
            elif gone:
                edits.append((gone, ""))
                gone = ""
        return self._language.joined((self._edit(*one) for one in edits), "；")

    def _edit(self, gone: str, come: str) -> str:
        if not gone:
            return self._message("加“{text}”", {"text": _clipped(come)})
        if not come:
            return self._message("删“{text}”", {"text": _clipped(gone)})
        return f"{_clipped(gone)} → {_clipped(come)}"


def _line_key(change: Change) -> tuple[str, str, tuple[int, ...], object]:
    """Return a key that changes of one line share: numbers of a block, cells of an added or removed row."""
    location = change.location
    if location.kind == "number":
        return ("number", location.under, change.causes, None)
    if location.kind == "cell" and change.what in ("appeared", "vanished") and _is_whole_row(change):
        return (location.block, change.what, change.causes, location.at and location.at[0])
    return (location.block, change.what, change.causes, (location.place, location.kind, id(change)))


def _is_whole_row(change: Change) -> bool:
    return (change.old is None) != (change.new is None)


def _marks(causes: Sequence[int]) -> str:
    return "".join(f"[{n + 1}]" for n in causes)


def _clipped(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
