"""Templates read declared names and nothing else: what they may reach, and what they try in vain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.budget.load import load_budget
from reportgen.compose import compose
from reportgen.core.errors import LayoutError
from reportgen.facts import Fact, FactGroup, derive_facts
from reportgen.layout.load import load_layout
from reportgen.layout.spec import Layout
from reportgen.tree.nodes import Document, plain

DEMO = Path("data/samples/demo-2023.json")
OUTLINE = """\
title: 试
extends: zhejiang
outline:
  - page: prose
    blocks:
      - {id: 甲, level: 1, heading: 甲, text: x.j2}
"""

REFUSED = {
    "put": "{{ revenue.put(total=expenditure.total) }}",
    "put without a call": "{{ revenue.put }}",
    "put by subscript": "{{ revenue['put'](total=expenditure.total) }}",
    "put in a condition": "{% if revenue.put(total=expenditure.total) %}甲{% endif %}",
    "put by a filter": "{{ [revenue] | selectattr('put') | list | length }}",
    "put through a macro's argument": "{% macro m(f) %}{{ f(total=1) }}{% endmacro %}{{ m(revenue.put) }}",
    "facts": "{% for fact in revenue.facts() %}{{ fact }}{% endfor %}",
    "names": "{% for name in revenue.names() %}{{ name }}{% endfor %}",
    "look_up": "{{ revenue.look_up('total') }}",
    "dotted": "{{ revenue.dotted }}",
    "the class": "{{ revenue.__class__ }}",
    "the class by subscript": "{{ revenue['__class__'] }}",
    "the class of a fact": "{{ revenue.total.__class__.__mro__ }}",
    "the fields of a class": "{{ revenue.total._fields }}",
    "the values of a group": "{{ revenue._values }}",
    "the values by subscript": "{{ revenue['_values'] }}",
    "the dictionary": "{{ revenue.__dict__ }}",
    "setting an attribute by a method": "{{ revenue.__setattr__('total', 1) }}",
    "a fact's exact value": "{{ revenue.total.value }}",
    "a fact's name as the layout's words": "{{ revenue.total.name }}",
    "a fact's cells": "{{ revenue.total.cells() | list }}",
    "a text as the layout's words": "{{ department.name.text }}",
    "a text's pointer": "{{ department.name.pointer }}",
    "assigning to a group": "{% set revenue.total = expenditure.total %}",
    "assigning to a fact": "{% set revenue.total.value = 1 %}",
    "assigning by a block": "{% set revenue.total %}甲{% endset %}",
    "a method of a list": "{{ revenue.sources.append(revenue) }}",
    "a method of a text": "{{ '甲'.upper() }}",
    "formatting with an object": "{{ '{0._values}'.format(revenue) }}",
    "formatting by subscript": "{{ '{0._values}'['format'](revenue) }}",
    "a macro's attributes": "{% macro m() %}{% endmacro %}{{ m.name }}",
    "private parts of a loop": "{% for x in revenue.sources %}{{ loop._iterable }}{% endfor %}",
    "the template's globals": "{{ self.__init__.__globals__ }}",
    "a function of Jinja": "{{ lipsum(1) }}",
    "a filter of Jinja": "{{ revenue | attr('put') }}",
    "calling a group": "{{ revenue() }}",
}

ALLOWED = {
    "{{ department.name }}": "青溪市财政局",
    "{{ revenue.total }}": "3001.10万元",
    "{{ revenue['total'] }}": "3001.10万元",
    "{{ revenue.sources[0].name }}": "一般公共预算",
    "{% for s in revenue.sources %}{% if loop.last %}末{% endif %}{% endfor %}": "末",
    "{% set ns = namespace(x='甲') %}{% set ns.x = '乙' %}{{ ns.x }}": "乙",
    "{{ {'甲': '乙'}['甲'] }}{{ {'a': '丙'}.a }}": "乙丙",
    "{% import 'phrases.j2' as phrases %}{{ phrases.because(revenue.change.execution, revenue.reason) }}末": None,
    "{{ revenue.sources | selectattr('total') | list | length > 2 and '多' }}": "多",
    "{% if revenue.nothing is defined %}有{% else %}无{% endif %}": "无",
}


@pytest.fixture
def layout_of(tmp_path: Path) -> Callable[[str], Layout]:
    def layout(template: str) -> Layout:
        (tmp_path / "text").mkdir()
        (tmp_path / "layout.yaml").write_text(OUTLINE, encoding="utf-8")
        (tmp_path / "text" / "x.j2").write_text(f"甲\n{template}\n", encoding="utf-8")
        return load_layout(str(tmp_path))

    return layout


def facts_for(layout: Layout) -> FactGroup:
    return derive_facts(load_budget(DEMO), layout.printing)


def everything(group: FactGroup) -> dict[str, tuple[object, ...]]:
    """Every fact by its name, with all that it holds."""
    return {f.name: (f.value, f.measure, f.unit, f.formula, f.inputs, f.pointers) for f in group.facts()}


def last_line(document: Document) -> str:
    return plain([*document.prose()][-1].runs)


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_template_must_not_do_is_a_layout_error_with_its_line(
    name: str, layout_of: Callable[[str], Layout]
) -> None:
    layout = layout_of(REFUSED[name])
    facts = facts_for(layout)
    before, total = everything(facts), facts["revenue"].total
    with pytest.raises(LayoutError) as error:
        compose(facts, layout)
    assert "x.j2:2" in str(error.value)
    assert isinstance(total, Fact)
    assert facts["revenue"].total is total
    assert everything(facts) == before


@pytest.mark.parametrize("template", ALLOWED)
def test_a_template_reads_what_is_declared(template: str, layout_of: Callable[[str], Layout]) -> None:
    layout = layout_of(template)
    line = last_line(compose(facts_for(layout), layout))
    assert ALLOWED[template] in (line, None)
    assert line


def test_a_name_set_in_a_template_stays_in_it(layout_of: Callable[[str], Layout]) -> None:
    layout = layout_of("{% set revenue = expenditure %}{{ revenue.total }}")
    facts = facts_for(layout)
    before = facts["revenue"]
    compose(facts, layout)
    assert facts["revenue"] is before


def test_an_inline_template_is_as_strict(tmp_path: Path) -> None:
    text = OUTLINE.replace("heading: 甲, text: x.j2", "heading: '{{ revenue.put(total=expenditure.total) }}'")
    (tmp_path / "layout.yaml").write_text(text, encoding="utf-8")
    layout = load_layout(str(tmp_path))
    with pytest.raises(LayoutError, match=r"layout\.yaml:6"):
        compose(facts_for(layout), layout)
