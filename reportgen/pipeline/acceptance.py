"""Accept findings of a document: what a clerk has verified is written into its ``accepted``, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..budget.json_edit import with_member
from ..budget.json_input import parse_json
from ..budget.load import read_budget
from ..core.errors import UsageError
from ..core.finding import Finding
from ..core.finding_codes import declared_codes
from ..core.suggest import nearest
from ..rules.acceptance import AcceptedAs, acceptable_codes, accepted_as
from .in_memory import prepare
from .loaded_layout import LayoutSource
from .report import Prepared
from .source import BudgetSource, json_of_file, save_document

FIELD = "accepted"


@dataclass(frozen=True, slots=True)
class Acceptable:
    """A finding that the document may accept, and what an acceptance of it states."""

    finding: Finding
    acceptance: AcceptedAs


def acceptable(
    source: BudgetSource,
    layout: LayoutSource | None = None,
    last: BudgetSource | None = None,
    initial: BudgetSource | None = None,
) -> tuple[Acceptable, ...]:
    """Return the findings of a document that it may accept and does not yet.

    Raises:
        ReportgenError: as for :func:`~reportgen.pipeline.check`.
    """
    return acceptable_of(prepare(source, layout, last, initial))


def acceptable_of(prepared: Prepared) -> tuple[Acceptable, ...]:
    """Return the findings of a document, prepared already, that it may accept and does not yet."""
    found = ((finding, accepted_as(finding, prepared.budget)) for finding in prepared.findings)
    return tuple(Acceptable(finding, acceptance) for finding, acceptance in found if acceptance)


def accept(
    path: str | Path,
    code: str,
    reason: str,
    place: str = "",
    layout: LayoutSource | None = None,
    last: str | Path | None = None,
    initial: str | Path | None = None,
) -> tuple[Acceptable, ...]:
    """Write acceptances of the findings with ``code`` (at ``place`` only, if given) into the JSON file at ``path``.

    An acceptance of the same code and place with other figures is replaced. Returns what was accepted.

    Raises:
        UsageError: there is no such finding, or its rule does not allow it.
        OutputError: the file cannot be written, or was changed by another program in the meantime.
        ReportgenError: as for :func:`~reportgen.pipeline.check`.
    """
    file = Path(path).resolve()
    old = json_of_file(file)
    new, chosen = with_acceptance(old, code, reason, place, layout, last, initial)
    save_document(file, old, new)
    return chosen


def with_acceptance(
    payload: bytes,
    code: str,
    reason: str,
    place: str = "",
    layout: LayoutSource | None = None,
    last: BudgetSource | None = None,
    initial: BudgetSource | None = None,
) -> tuple[bytes, tuple[Acceptable, ...]]:
    """Return the JSON of a document with acceptances of the findings with ``code``, and what is accepted.

    Raises:
        UsageError: there is no such finding, or its rule does not allow it.
        ReportgenError: as for :func:`~reportgen.pipeline.check`.
    """
    chosen = [
        one
        for one in acceptable(payload, layout, last, initial)
        if one.finding.code == code and place in ("", one.acceptance.place)
    ]
    if not chosen:
        raise _nothing_chosen(code, place)
    new = with_member(payload, FIELD, [*_kept(payload, chosen), *_members(chosen, reason)])
    read_budget(parse_json(new))
    return new, tuple(chosen)


def _nothing_chosen(code: str, place: str) -> UsageError:
    known = {one.code for one in declared_codes()}
    if code not in known:
        near = nearest(code.upper(), known)
        hint = "是否想写 {near}？" if near else "用 reportgen accept 文件 列出可以接受的问题"
        return UsageError("没有“{code}”这个代码", hint, code=code, near=near)
    if code not in acceptable_codes():
        return UsageError("{code} 不能接受，只能改正", "可以接受的规则见 docs/rules.md", code=code)
    if place:
        message = "{place} 没有 {code} 这个问题"
        return UsageError(message, "用 reportgen accept 文件 列出可以接受的问题", code=code, place=place)
    return UsageError("没有 {code} 这个问题", "用 reportgen accept 文件 列出可以接受的问题", code=code)


def _kept(payload: bytes, chosen: list[Acceptable]) -> Iterator[Any]:
    """Yield the acceptances of the document as they are written, except those of the chosen codes and places."""
    replaced = {(one.acceptance.code, one.acceptance.place) for one in chosen}
    for member in parse_json(payload).get(FIELD, ()):
        if (member["code"], member["place"]) not in replaced:
            yield member


def _members(chosen: list[Acceptable], reason: str) -> Iterator[dict[str, Any]]:
    for one in chosen:
        stated = asdict(one.acceptance)
        figures = {"figures": list(stated["figures"])} if stated["figures"] else {}
        yield {"code": stated["code"], "place": stated["place"], **figures, "reason": reason}
