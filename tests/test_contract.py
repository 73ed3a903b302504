"""The published contract: schema, page of fields and loader say the same."""

from __future__ import annotations

import copy
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportgen import rules
from reportgen.budget.json_input import parse_json
from reportgen.budget.load import load_budget, read_budget
from reportgen.budget.schema import field_table, json_schema
from reportgen.core.errors import InputError
from reportgen.core.finding import Finding, blocking
from reportgen.core.paths import shipped
from reportgen.facts import derive_facts
from reportgen.layout.spec import Layout
from tests.contract import BEGIN, END, PAGE, SCHEMA, page_text, schema_text
from tests.population import size

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
SAMPLES = sorted((shipped("data") / "samples").glob("*.json"))
MUTATIONS = size(20_000, 400)


@cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(json_schema(), format_checker=jsonschema.FormatChecker())


# The files.


def test_the_schema_file_is_what_the_model_says() -> None:
    """If this fails: ``python -m tests.contract``."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_valid_and_says_its_dialect() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_every_field_of_the_schema_explains_itself() -> None:
    classes = [json_schema(), *json_schema()["$defs"].values()]
    fields = [(name, about) for one in classes for name, about in one["properties"].items() if name != "$schema"]
    assert len(fields) > 100
    assert [name for name, about in fields if not re.search("[\u4e00-\u9fff]", about.get("title", ""))] == []
    assert all(one["additionalProperties"] is False for one in classes)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_keep_to_the_schema(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in validator().iter_errors(data)] == []
    assert (path.parent / data["$schema"]).resolve() == SCHEMA.resolve()
    load_budget(path)


def test_the_page_holds_the_table_of_fields() -> None:
    """If this fails: ``python -m tests.contract``."""
    page = PAGE.read_text(encoding="utf-8")
    generated = page.split(BEGIN)[1].split(END)[0]
    assert generated.strip("\n") == field_table().strip("\n")
    assert page_text(page) == page
    assert page.count(BEGIN) == page.count(END) == 1


def test_the_table_of_fields_is_whole() -> None:
    rows = [line for line in field_table().splitlines() if line.startswith("| `")]
    classes = [json_schema(), *json_schema()["$defs"].values()]
    assert Counter(row.split("`")[1] for row in rows) == Counter(
        name for one in classes for name in one["properties"] if name != "$schema"
    )
    assert {len(re.split(r"(?<!\\)\|", row)) for row in rows} == {9}


def test_the_example_of_the_page_is_a_budget_that_may_be_published(layout: Layout) -> None:
    example = re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    assert list(validator().iter_errors(json.loads(example[1]))) == []
    budget = read_budget(parse_json(example[1].encode()))
    assert not blocking(rules.run(budget, derive_facts(budget, layout.printing)))


# Loader and schema on documents that are wrong in all kinds of ways.


def complaints(payload: bytes) -> tuple[Finding, ...] | None:
    """What the loader finds wrong with a document; None when it takes it."""
    try:
        read_budget(parse_json(payload))
    except InputError as error:
        return error.findings or (Finding("", 2, error.message),)  # type: ignore[arg-type]
    return None


@cache
def small() -> Any:
    """The seed with one project of indicators: every kind of field, read in a moment."""
    seed = next(path for path in SAMPLES if path.stem == "shaoxing-hrss-2023")
    data = json.loads(seed.read_text(encoding="utf-8"))
    for name, most in (("expenditure", 6), ("basic_expenditure", 3), ("glossary", 2), ("projects", 2)):
        data[name] = data[name][:most]
    first = data["performance"][0]
    for part in ("overall", "annual"):
        first[part]["indicators"] = first[part]["indicators"][:2]
    data["performance"] = [first]
    data["published"] = "2023-02-09"
    data["glossary"].append({"term": "结余", "text": "没有用完的资金。"})
    return data


ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2023, 2023.0, 2023.5, 12.345, 1e3, 1e16, -0.0, 0.1234567891,
    "", " ", "x", "合计", "0", "-1", "-0.00", "1e3", "1,000", "17633.63", "0.123456789", "NaN",
    "2023", "2023-02-30", "2023-W05-4", "20230209", "行政", "元", "208", "2080101", "20801011", "30101", "２０８",
    "\u200b", "长" * 9000, [], [1], [[]], {}, {"a": 1}, ["x"],
)  # fmt: skip
NAMES = ("x", "unit", "amount", "Year", "name ", "函数", "$schema", "totals")


def nodes(data: Any) -> Iterator[Any]:
    """Every object and list of a document."""
    if isinstance(data, dict | list):
        yield data
        for inner in data.values() if isinstance(data, dict) else data:
            yield from nodes(inner)


def mutated(seed: int) -> Any:
    """The small document with one or two things deleted, renamed, replaced, doubled or added."""
    chance = random.Random(seed)
    data = copy.deepcopy(small())
    for _ in range(chance.choice((1, 1, 1, 2))):
        node = chance.choice([one for one in nodes(data) if one])
        key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        change = chance.choice(("delete", "replace", "replace", "replace", "rename", "double", "add"))
        if change == "delete":
            del node[key]
        elif change == "replace":
            node[key] = copy.deepcopy(chance.choice(ODD))
        elif isinstance(node, list):
            node.insert(0, copy.deepcopy(node[key]) if change == "double" else copy.deepcopy(chance.choice(ODD)))
        else:
            node[chance.choice(NAMES)] = node.pop(key) if change == "rename" else copy.deepcopy(chance.choice(ODD))
    return data


STRICTER = ("不能印刷", "只有空格", "不能为负", "小数多于", "大得不合常理", "应为日期")
"""What the loader refuses and the schema cannot say: a character, white space, -0.0, a tail, a size, 30 February."""


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(MUTATIONS))
def test_the_loader_takes_nothing_that_the_schema_refuses(seed: int) -> None:
    data = mutated(seed)
    found = complaints(json.dumps(data, ensure_ascii=False).encode())
    wrong = [f"{error.json_path}: {error.message[:80]}" for error in validator().iter_errors(data)]
    assert found is not None or not wrong
    if found is not None and not wrong:
        assert all(any(words in one.message for words in STRICTER) for one in found), [one.message for one in found]


def test_the_mutations_are_of_both_kinds() -> None:
    valid = sum(validator().is_valid(mutated(seed)) for seed in range(MUTATIONS))
    assert MUTATIONS * 0.1 <= valid <= MUTATIONS * 0.5


def put_at(data: Any, pointer: str, value: Any) -> None:
    *way, last = pointer.strip("/").split("/")
    for token in way:
        data = data[int(token)] if isinstance(data, list) else data[token]
    data[int(last) if isinstance(data, list) else last] = value


OUTSIDE: dict[str, tuple[Any, ...]] = {
    "/$schema": (5, None),
    "/published": ("2023-W05-4", "20230209", "2023-2-9"),
    "/revenue/0/amount": ("-0.00", "-0", -0.01, True, "+1", "01", ".5", "１"),
    "/year": (2023.5, "2023", True, 1999),
    "/projects/0/key": (1, "true"),
    "/expenditure/1/function": ("２０８", 208, "2080"),
    "/department/units": ([],),
    "/department/duties": ([""],),
    "/department/name": ("长" * 61,),
    "/schema": ("reportgen/budget/3",),
    "/assets": (None,),
    "/performance/0/overall/indicators/0/weight": (101,),
    "/performance/0/overall/indicators/0/sign": ("≧",),
}
INSIDE: dict[str, tuple[Any, ...]] = {
    "/$schema": ("anything",),
    "/published": ("2024-02-29",),
    "/revenue/0/amount": (0, 1e3, "0", "17545.56000000"),
    "/carried_forward": ("0.00000001",),
    "/year": (2100, 2023.0),
    "/projects/0/key": (False,),
    "/expenditure/1/function": ("合计",),
    "/department/name": ("长" * 60,),
}


def cases(edges: dict[str, tuple[Any, ...]]) -> list[tuple[str, Any]]:
    return [(pointer, value) for pointer, values in edges.items() for value in values]


@pytest.mark.parametrize(("pointer", "value"), cases(OUTSIDE), ids=lambda value: str(value)[:20])
def test_what_lies_just_outside_is_refused_by_both(pointer: str, value: Any) -> None:
    data = copy.deepcopy(small())
    put_at(data, pointer, value)
    assert not validator().is_valid(data)
    found = complaints(json.dumps(data, ensure_ascii=False).encode())
    assert found is not None
    assert any(place.pointer.startswith(pointer) for one in found for place in one.where)


@pytest.mark.parametrize(("pointer", "value"), cases(INSIDE), ids=lambda value: str(value)[:20])
def test_what_lies_just_inside_is_taken_by_both(pointer: str, value: Any) -> None:
    data = copy.deepcopy(small())
    put_at(data, pointer, value)
    assert validator().is_valid(data)
    assert complaints(json.dumps(data, ensure_ascii=False).encode()) is None
