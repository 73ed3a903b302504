"""No figure is a literal: change an input amount, and exactly what depends on it changes.

``dependence/*.yaml`` holds, for each change, every cell and every clause that must move, before and after; whatever is
not listed must stand still. The seed without its stated subtotals is used, so that every parent is computed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment

import reportgen
from reportgen import rules
from reportgen.budget.codes import code_book
from reportgen.compose import compose
from reportgen.core.finding import blocking
from reportgen.core.paths import shipped
from reportgen.facts import FactGroup, derive_facts
from reportgen.layout.load import load_layout
from reportgen.layout.spec import Layout
from reportgen.tree.nodes import Document, Figure
from tests.variants import budget_of, get, moved, places, pointer_of, put, unstated_data

HERE = Path(__file__).parent / "dependence"
CASES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.yaml"))}
CLAUSE = re.compile(r"[^，。；：、（）]+[，。；：、（）]*")
Composed = tuple[FactGroup, Document]


def composed(data: Any, layout: Layout) -> Composed:
    facts = derive_facts(budget_of(data), layout.printing)
    return facts, compose(facts, layout)


@pytest.fixture(scope="module")
def base(layout: Layout) -> Composed:
    return composed(unstated_data(), layout)


def clauses(before: str, after: str) -> list[str]:
    """What changed in a text, clause by clause: ``before → after``."""
    old, new = CLAUSE.findall(before), CLAUSE.findall(after)
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [f"{''.join(old[a:b])} → {''.join(new[c:d])}" for kind, a, b, c, d in found if kind != "equal"]


@pytest.mark.parametrize("name", CASES)
def test_exactly_what_depends_on_the_changed_amount_moves(name: str, base: Composed, layout: Layout) -> None:
    data = unstated_data()
    for address, (before, after) in CASES[name]["change"].items():
        assert get(data, address) == Decimal(str(before)), f"{address} in the seed"
        put(data, address, str(after))
    facts, document = composed(data, layout)
    assert not blocking(rules.run(budget_of(data), facts)), "the changed document still balances"
    found = {address: clauses(*texts) for address, texts in moved(base[1], document).items()}
    assert found == CASES[name]["moved"]


def test_the_cases_cover_what_the_issue_asks_for() -> None:
    texts = {name: str(case["moved"]) for name, case in CASES.items()}
    sides = ("收支 | 收入总计", "收支 | 支出总计", "财政拨款 | 收入总计", "财政拨款 | 支出总计", "占24.5%")
    assert all(side in texts["item"] for side in sides)
    assert "减少2.31" not in texts["three-public-up"]
    assert "增加2.31万元" in texts["three-public-up"]
    assert "与上年预算数持平" in texts["three-public-flat"]
    new = " ".join(CASES["base-zero"]["moved"]["三公/接待"])
    assert "上年无此项安排" in new
    assert "%" not in new.split("→")[1]


def test_the_variant_without_stated_subtotals_balances_and_states_none(base: Composed, layout: Layout) -> None:
    data = unstated_data()
    assert not blocking(rules.run(budget_of(data), base[0]))
    assert {len(line["function"]) for line in data["expenditure"]} == {7}
    assert {len(line["economic"]) for line in data["basic_expenditure"]} == {5}
    assert [base[0].look_up(name).value for name in ("expenditure.total", "basic.total", "projects.total")] == [
        Decimal("176336400"), Decimal("49866500"), Decimal("126469900"),
    ]  # fmt: skip


def amounts(data: Any, pointer: str = "") -> Iterator[str]:
    """The pointers of all amounts of the document."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from amounts(value, f"{pointer}/{name}")
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from amounts(value, f"{pointer}/{n}")
    elif isinstance(data, Decimal):
        yield pointer


def one_of_each_kind(pointers: list[str]) -> list[str]:
    """The last amount of every kind (``/expenditure/*/project``): every branch of the arithmetic once."""
    return list({re.sub(r"/[0-9]+", "/*", pointer): pointer for pointer in pointers}.values())


AMOUNTS = one_of_each_kind(sorted(amounts(unstated_data())))


def test_the_seed_has_amounts_of_many_kinds() -> None:
    assert len(AMOUNTS) >= 18


def figures(document: Document) -> dict[tuple[str, str], str]:
    """(place, name of the fact) → the numerals of that fact printed there."""
    found: dict[tuple[str, str], str] = {}
    for address, runs in places(document):
        for run in runs:
            if isinstance(run, Figure):
                found[address, run.fact] = found.get((address, run.fact), "") + f"{run.text} "
    return found


def traced(composed: Composed, pointer: str, measure: str = "") -> set[tuple[str, str]]:
    """The figures that say they come from the cell at ``pointer``."""
    facts, document = composed
    known = {fact.name: fact for fact in facts.facts()}
    return {
        (address, name)
        for address, name in figures(document)
        if measure in ("", known[name].measure) and pointer in known[name].cells()
    }


@pytest.mark.parametrize("pointer", AMOUNTS)
def test_what_moves_is_what_says_that_it_comes_from_the_cell(pointer: str, base: Composed, layout: Layout) -> None:
    """Both ways: no figure moves without naming the cell, every amount that names it moves, no other words move."""
    data = unstated_data()
    put(data, pointer, str(get(data, pointer) + Decimal("3.21")))
    changed = composed(data, layout)
    before, after = figures(base[1]), figures(changed[1])
    found = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    sources = traced(base, pointer) | traced(changed, pointer)
    assert found
    assert found <= sources
    assert traced(changed, pointer, "money") <= found
    assert set(moved(base[1], changed[1])) <= {address for address, _ in sources}


SIDES = {
    "/revenue/0/amount": {
        "表/收支": {"一、财政拨款", "一般公共预算", "本年收入合计", "收入总计"},
        "表/财政拨款": {"一、财政拨款", "一般公共预算", "本年收入合计", "收入总计"},
    },
    "/expenditure/2080105/project": {
        "表/收支": {"社会保障和就业支出", "人力资源和社会保障管理事务", "劳动保障监察", "本年支出合计", "支出总计"},
        "表/财政拨款": {"社会保障和就业支出", "人力资源和社会保障管理事务", "劳动保障监察", "支出总计"},
    },
}


@pytest.mark.parametrize("pointer", SIDES)
def test_each_side_of_a_table_comes_from_its_own_side_of_the_budget(
    pointer: str, base: Composed, layout: Layout
) -> None:
    """Totals of both sides are equal when the budget balances, so only an unbalanced one tells them apart."""
    data = unstated_data()
    put(data, pointer, str(get(data, pointer) + 100))
    found: dict[str, set[str]] = {"表/收支": set(), "表/财政拨款": set()}
    for address in moved(base[1], composed(data, layout)[1]):
        table, _, rest = address.partition(" | ")
        if table in found:
            found[table].add(rest.partition(" | ")[0])
    assert found == SIDES[pointer]


def test_every_printed_figure_names_a_fact_and_every_amount_a_cell(base: Composed) -> None:
    known = {fact.name: fact for fact in base[0].facts()}
    runs = [run for _, runs in places(base[1]) for run in runs if isinstance(run, Figure)]
    assert len(runs) > 700
    assert [run for run in runs if run.fact not in known] == []
    assert [run for run in runs if run.value and not list(known[run.fact].cells())] == []


def test_every_block_has_an_id_of_its_own(base: Composed) -> None:
    ids = [block.id for section in base[1].sections for block in section.blocks]
    assert len(set(ids)) == len(ids) > 120


def test_every_row_of_a_table_has_an_id_of_its_own(base: Composed) -> None:
    for table in base[1].tables():
        ids = [row.id for row in table.body]
        assert len(set(ids)) == len(ids), table.id


# Literals in templates, in the layout's YAML, in Python.

TEMPLATES = sorted(shipped("layouts").glob("*/text/*.j2"))
DIGIT = re.compile(r"[0-9０-９]")
PLUMBING = {"0", "1", '"0"'}
"""Inside {{ }} and {% %}: the first row, the rows after it, "more than one", how zero is printed."""


def wording(template: str, fixed: tuple[str, ...]) -> tuple[str, list[str]]:
    """A template's own words without the declared fixed numerals, and the literals of its expressions."""
    words, literals = "", []
    for _, kind, value in Environment().lex(template):
        if kind == "data":
            words += value
        elif kind in ("integer", "float", "string"):
            literals.append(value)
    for numeral in fixed:
        words = words.replace(numeral, "")
        literals = [one.replace(numeral, "") for one in literals]
    return words, [one for one in literals if DIGIT.search(one) and one not in PLUMBING]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_no_template_holds_a_numeral(path: Path) -> None:
    own = load_layout(path.parent.parent.name)
    words, literals = wording(path.read_text(encoding="utf-8"), own.fixed_numerals)
    names = {"level1", "level2", "level3", *(one.name for folder in own.folders for one in folder.glob("text/*.j2"))}
    assert not DIGIT.search(words)
    codes = code_book(2023).economic.keys() | code_book(2023).functions.keys()
    assert [one for one in literals if one.strip("\"'") not in names | codes] == []


def test_a_numeral_in_a_template_is_seen(layout: Layout) -> None:
    planted = '预算8.46万元，50万元以上{{ "17633.63" }}{% if x > 12.5 %}{{ rows[1] }}{% endif %}{# 9 #}'
    words, literals = wording(planted, layout.fixed_numerals)
    assert DIGIT.findall(words) == list("846")
    assert literals == ['"17633.63"', "12.5"]
    assert len(TEMPLATES) >= 12
    assert layout.fixed_numerals == ("50万元", "100万元")


NUMBERED = re.compile(r"^[0-9]{1,2}[、.．]")
"""The number of a row in a table's own list (1、一般公共预算), which is part of its label."""


def texts_of(value: Any) -> Iterator[str]:
    """The words of a table's YAML: titles, heads, labels, notes."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("title", "head", "label", "note", "empty_note", "left", "right", "heading"):
                yield from texts_of(inner) if not isinstance(inner, str) else (inner,)
            elif name == "row":
                yield str(inner[0])
            elif isinstance(inner, dict | list):
                yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


@pytest.mark.parametrize("path", sorted(shipped("layouts").glob("*/tables/*.yaml")), ids=lambda path: path.stem)
def test_no_table_of_a_layout_holds_a_numeral(path: Path) -> None:
    texts = list(texts_of(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert texts
    fixed = load_layout(path.parent.parent.name).fixed_numerals
    own = [NUMBERED.sub("", reduce(lambda text, numeral: text.replace(numeral, ""), fixed, text)) for text in texts]
    assert [text for text in own if DIGIT.search(text)] == []


PACKAGE = Path(reportgen.__file__).parent
NUMERALS = {
    "facts/share.py": {"0.05"},  # how far from 100 a list of shares may be and still be the whole
    "compose/review.py": {*(f"QH20{n}" for n in range(1, 8)), "0.5"},  # codes; how alike a name must be to be near
    "compose/numbering.py": {"1000"},  # 千, a place of the numbers of headings
    "facts/basic_past.py": {"301", "302", "303", "310"},  # the classes of 人员经费 and 公用经费
    "compose/figures.py": {"0.00"},  # how a layout may want zero printed
    "compose/filters.py": {"各项占比已凑成 100%，不能另定小数；改 printing 的 percent_decimals，或用 share(…)"},
}


CLASS = re.compile(r"\[[^\]]*\]")
"""A class of characters in a pattern: [0-9]."""


def literals(path: Path) -> Iterator[str]:
    """The strings with digits and the numbers above 100 of a module; docstrings and the sizes of caches aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    aside |= {node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "maxsize"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in aside:
            if isinstance(node.value, str) and re.search(r"[0-9０-９]{2}|[0-9]\.[0-9]", CLASS.sub("", node.value)):
                yield node.value
            elif isinstance(node.value, float) or (isinstance(node.value, int) and node.value > 100):
                yield str(node.value)


MODULES = sorted((*PACKAGE.glob("compose/*.py"), *PACKAGE.glob("facts/*.py")))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_that_makes_sentences_or_figures_holds_an_amount(path: Path) -> None:
    allowed = NUMERALS.get(path.relative_to(PACKAGE).as_posix(), set())
    assert set(literals(path)) <= allowed


def test_an_amount_in_python_is_seen(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text('"""Says 17633.63."""\nx = "共17633.63万元"\ny = 1017.96\nz = 563550\n', encoding="utf-8")
    assert list(literals(planted)) == ["共17633.63万元", "1017.96", "563550"]


EXAMPLES = {"field_types.py": {"17633.63"}, "trace.py": {"1017.96"}, "model.py": {"1017.96"}}
"""A complaint about an amount shows how one is written, and the help how one is looked up."""


def test_no_figure_of_the_seed_is_written_down_outside_its_data(document: Document) -> None:
    runs = [run for _, runs in places(document) for run in runs if isinstance(run, Figure)]
    written = {run.text for run in runs if run.decimals == 2 and len(run.text) >= 5}
    sources = [path for path in (*PACKAGE.rglob("*.py"), *shipped("layouts").rglob("*")) if path.is_file()]
    assert len(written) > 80
    assert len(sources) > 100
    found = {}
    for path in sources:
        code = ast.unparse(_undocumented(path)) if path.suffix == ".py" else _uncommented(path)
        hits = written & set(re.findall(r"[0-9][0-9,]*\.[0-9]{2}(?![0-9])", code))
        if hits - EXAMPLES.get(path.name, set()):
            found[path.name] = hits
    assert found == {}


def _undocumented(path: Path) -> ast.Module:
    """A module without its docstrings: examples may quote the seed."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(body := getattr(node, "body", None), list):
            kept = [one for one in body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


def _uncommented(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="ignore")
    return re.sub(r"\{#.*?#\}|(?m:#.*$)", "", text, flags=re.DOTALL)


def test_the_addresses_of_changes_are_pointers() -> None:
    assert pointer_of(unstated_data(), "/expenditure/2080105/project") == "/expenditure/4/project"
