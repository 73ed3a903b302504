"""What a line about a cause says: its template and its values."""

from __future__ import annotations

from collections.abc import Callable

from .causes import Cause


def cause_line(cause: Cause, term: Callable[[str], str]) -> tuple[str, dict[str, str]]:
    """Return the template and the values of a line about a cause.

    ``term`` gives a term of the domain in the reader's language; it is asked for each word of the label, which is made
    of terms, names and codes (合计 收入预算 上年数).
    """
    what = " ".join(term(word) for word in (*cause.label.split(" "), cause.term) if word)
    values = {"what": what, "was": cause.was, "now": cause.now, "unit": cause.unit}
    match cause.kind:
        case "moved":
            return "{what}：由第 {was} 项移到第 {now} 项", values
        case "added":
            return "新增 {what}：{now}" if cause.now else "新增 {what}", values
        case "removed":
            return "删去 {what}：{was}" if cause.was else "删去 {what}", values
    if not cause.was:
        return "{what}：原来没有，现为 {now}{unit}", values
    if not cause.now:
        return "{what}：原为 {was}{unit}，现在没有", values
    return "{what}：{was} → {now} {unit}" if cause.unit else "{what}：{was} → {now}", values
