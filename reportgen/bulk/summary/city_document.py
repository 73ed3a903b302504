"""The city's “三公” summary (本级“三公”经费汇总表) with its explanation, made and checked like any other document.

Only departments make it up; the amounts of units are part of their departments'. It is made once all departments of a
run are generated and no city check found an error; otherwise a finding (PL208) says why it was not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from ...core.errors import ReportgenError
from ...core.finding import Finding, Place, Severity, blocking
from ...facts.city import City, CityDepartment, Items
from ...manifest import NAME as MANIFEST
from ...pipeline import load_layout
from ...pipeline.state_folder import StateFolder, StateRecords
from ..department_totals import ITEM_KEYS, LAST_YEAR_OF, Amounts, Totals
from ..executors.store_folder import StoreFolder
from ..options import BulkOptions
from ..other_departments import OtherDepartments
from ..other_departments_form import department_name
from ..output_target import LocalTarget
from ..previous_year import PreviousYear
from ..store import Store
from .model import Summary

NAME = "本级“三公”经费汇总表"
FORM = "reportgen-city/1"
MOST = 3_000
"""Departments of one city; more are those of a province or of the country, and their table is no page to read."""
SHOWN = 5


def with_city_document(
    summary: Summary,
    previous: PreviousYear,
    others: OtherDepartments,
    options: BulkOptions,
    targets: tuple[LocalTarget | Store, LocalTarget | Store],
) -> Summary:
    """Make the city's document beside the summary, and return the summary with its files and what was found.

    ``targets`` are the output folder and that of its state.
    """
    city = _city(summary, previous, others)
    if not (summary.complete and city.departments):
        return summary
    hindrance = _hindrance(summary, city)
    if hindrance:
        return replace(summary, findings=(*summary.findings, hindrance))
    try:
        files, findings = _made(city, options, *targets)
    except ReportgenError as error:
        code, place = f"PL1{error.exit_code:02}", Place(printed=NAME)
        reason = Finding(code, Severity.ERROR, error.message, (place,), error.hint, error.values)
        return replace(summary, findings=(*summary.findings, reason, *error.findings))
    return replace(summary, findings=(*summary.findings, *findings, *_not_compared(city, options)), files=files)


def _made(
    city: City, options: BulkOptions, target: LocalTarget | Store, state: LocalTarget | Store
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Return the names of the files, and the differences that kept them from being saved."""
    from ...layout.load import city_layout
    from ...pipeline.loaded_layout import LoadedLayout
    from .city_files import save_files

    layout = LoadedLayout(city_layout(load_layout(options.layout).layout))
    storage, kept = _storage(target), _storage(state)
    states = StateRecords(StateFolder(kept.path) if isinstance(kept, LocalTarget) else kept)
    made = save_files(city, _payload(city), layout, storage, states, options.formats, options.force)
    for place in (kept, storage):
        if isinstance(place, StoreFolder):
            place.commit(always=(MANIFEST,) if place is storage else ())
    return made


def _storage(target: LocalTarget | Store) -> LocalTarget | StoreFolder:
    return StoreFolder(target, "") if isinstance(target, Store) else target


def _city(summary: Summary, previous: PreviousYear, others: OtherDepartments) -> City:
    run = [
        (outcome.name, totals)
        for outcome in summary.outcomes
        if outcome.status == "generated" and (totals := outcome.totals) and totals.scope == "department"
    ]
    departments = [_department(totals, name in previous.new) for name, totals in run]
    gone = None if previous.amounts is None else _last_year(previous.amounts) or {}
    year = max((totals.year for _, totals in run), default=0)
    if not run:
        return City(year, ())
    return City(year, (*departments, *others.departments), gone, others.reasons)


def _department(totals: Totals, new: bool) -> CityDepartment:
    items = {key: totals.amounts[f"three_public.{key}"] for key in ITEM_KEYS}
    return CityDepartment(totals.name, items, {} if new else _last_year(totals.amounts))


def _last_year(amounts: Amounts) -> Items | None:
    """Return the items of the previous year's document; None if it was not given."""
    items = {key: amounts[f"{LAST_YEAR_OF}{key}"] for key in ITEM_KEYS if f"{LAST_YEAR_OF}{key}" in amounts}
    return items if len(items) == len(ITEM_KEYS) else None


def _payload(city: City) -> bytes:
    """Return the data of the document, into which the pointers of its figures lead; amounts in 元."""
    return json.dumps({"form": FORM, **asdict(city)}, ensure_ascii=False, default=str).encode(
        "utf-8", "backslashreplace"
    )


def _hindrance(summary: Summary, city: City) -> Finding | None:
    """Return why the document cannot be made; None if it can."""
    left_out = [outcome.name for outcome in summary.outcomes if outcome.status != "generated"]
    if left_out:
        message, hint = "本级“三公”经费汇总表没有生成：还差 {count} 个部门", "这些部门改好后再运行一次"
        return _not_made(message, hint, left_out, count=str(len(left_out)))
    if blocking(summary.findings):
        return _not_made("本级“三公”经费汇总表没有生成：全市核对有错误", "先改正全市核对的错误")
    if len(city.departments) > MOST:
        return _not_made("本级“三公”经费汇总表没有生成：部门超过 {most} 个", "按市分几次运行", most=str(MOST))
    in_run = {department_name(department.name) for department in city.departments if not department.typed}
    twice = [department.name for department in city.departments if department.typed and department.name in in_run]
    if twice:
        message = "本级“三公”经费汇总表没有生成：--others 里的 {names} 在这次运行里已有文件，会算两次"
        hint = "从 --others 的表里删去这些部门"
        listed = "、".join(f"“{name}”" for name in twice[:SHOWN]) + ("…" if len(twice) > SHOWN else "")
        return replace(_not_made(message, hint, twice, names=listed), severity=Severity.ERROR)
    return None


def _not_made(message: str, hint: str, where: Sequence[str] = (), **values: str) -> Finding:
    places = tuple(Place(printed=name) for name in where[:SHOWN])
    return Finding("PL208", Severity.WARNING, message, places, hint, values)


def _not_compared(city: City, options: BulkOptions) -> tuple[Finding, ...]:
    """PL209: last year's amounts are known of some departments only, so the document does not compare."""
    known = options.last or any(department.typed and department.last is not None for department in city.departments)
    if city.compared or not known:
        return ()
    missing = [department.name for department in city.departments if department.last is None]
    message, hint = (
        "本级“三公”经费汇总表没有与上年比较：缺 {count} 个部门的上年数",
        "用 --last 给上年的文件；--others 的表加上年各栏",
    )
    places = tuple(Place(printed=name) for name in missing[:SHOWN])
    return (Finding("PL209", Severity.WARNING, message, places, hint, {"count": str(len(missing))}),)
