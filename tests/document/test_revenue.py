"""Revenue with stated totals and 使用非财政拨款结余; rows in the order of the file; 上级提前下达的转移支付."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportgen.pipeline.in_memory import prepare
from tests.document.quoting import demo, facts_of, printed
from tests.strategies import dumped

REVENUE: list[dict[str, Any]] = [
    {"source": "合计", "amount": "301", "carry_over": "50"},
    {"source": "一般公共预算", "amount": "100", "carry_over": "50"},
    {"source": "使用非财政拨款结余", "amount": "200"},
]


def test_a_stated_total_prints_as_it_is_stated() -> None:
    revenue = facts_of(demo(revenue=REVENUE)).revenue
    assert (revenue.this.total.value, revenue.carry.total.value, revenue.total.value) == (301, 50, 351)
    assert list(revenue.this.total.cells()) == ["/revenue/0/amount"]


def test_a_unit_may_state_its_total() -> None:
    lines = [{"unit": unit, **line} for unit in ("450002", "450001") for line in REVENUE]
    revenue = facts_of(demo(revenue=lines)).revenue
    assert [(row.unit_code.text, row.this.total.value) for row in revenue.rows] == [
        ("450", 600), ("450001", 301), ("450002", 301)
    ]  # fmt: skip
    assert [row.position for row in revenue.rows] == [-1, 3, 0]


def test_surplus_used_is_a_source_and_a_column_of_projects() -> None:
    data = demo(revenue=REVENUE)
    data["projects"][0]["surplus_used"] = "700"
    before, facts = facts_of(demo()), facts_of(data)
    assert facts.revenue.surplus_used.total.value == 200
    assert facts.projects.surplus_used.value == 700
    assert facts.projects.total.value == before.projects.total.value + 700
    data["expenditure"][0] |= {"fund": "单位资金", "project": "700"}
    wrong = {finding.text for finding in prepare(dumped(data)).findings if finding.code == "GJ203"}
    assert not any("单位资金" in text for text in wrong)


def test_rows_know_their_position_in_the_file(tmp_path: Path) -> None:
    data = demo()
    data["expenditure"].reverse()
    template = '@次 {{ expenditure.classes | sort_by("position") | listing("code") }}\n'
    expected = dict.fromkeys(line["function"][:3] for line in data["expenditure"])
    assert printed(data, template, tmp_path) == ["、".join(expected)]
    assert list(expected) != sorted(expected)


def advance() -> Any:
    """The sample with 上级提前下达 of 1,000 元 in revenue, expenditure and a project."""
    data = demo()
    data["revenue"].append({"unit": "450001", "source": "一般公共预算", "amount": "1000", "advance_transfer": True})
    line = {"unit": "450001", "function": "2010602", "project": "1000", "advance_transfer": True}
    data["expenditure"].append(line)
    project = {"unit": "450001", "name": "提前下达", "general_public": "1000", "advance_transfer": True}
    data["projects"].append(project)
    return data


def test_marked_lines_are_shown_apart_or_left_out() -> None:
    before, facts = facts_of(demo()), facts_of(advance())
    marked = facts.advance_transfer
    assert (marked.revenue.total.value, marked.expenditure.total.value, marked.projects.total.value) == (1000,) * 3
    assert [row.key for row in marked.expenditure.rows] == ["201", "20106", "2010602"]
    assert marked.general_public.project.value == 1000
    assert facts.expenditure.total.value == before.expenditure.total.value + 1000
    assert marked.without.expenditure.value == before.expenditure.total.value
    assert (marked.any, facts_of(demo()).advance_transfer.any) == (True, False)


def test_lines_of_every_list_can_be_marked() -> None:
    data = demo()
    marked = {"unit": "450001", "advance_transfer": True}
    data["basic_expenditure"].append({"economic": "30211", "amount": "50", "advance_transfer": True})
    data["economic_expenditure"] = [
        {**marked, "economic": "302", "project": "700"}, {**marked, "economic": "30211", "project": "700"},
        {"unit": "450001", "economic": "30211", "project": "5"},
    ]  # fmt: skip
    data["three_public"].append({**marked, "overseas": "300"})
    data["three_public"].append({**marked, "fund": "政府性基金预算", "reception": "9"})
    data["procurement"]["lines"] = [{**marked, "amount": "100", "carry_over": "20"}, {"unit": "450001", "amount": "1"}]
    data["named"] = [{**marked, "name": "会议费", "amount": "60"}, {"name": "培训费", "amount": "7"}]
    facts = facts_of(data)
    sums = {
        key: facts.advance_transfer[key].total.value for key in ("economic", "three_public", "procurement", "named")
    }
    assert sums == {"economic": 750, "three_public": 300, "procurement": 120, "named": 60}
    for key in ("economic", "three_public", "procurement"):
        assert facts.advance_transfer.without[key].value == facts[key].total.value - sums[key]
    assert [row.advance_transfer for row in facts.procurement.rows] == [True, False]


def test_a_marked_line_of_three_public_beside_another_is_no_repetition() -> None:
    data = demo()
    data["three_public"].append({"unit": "450002", "reception": "300", "advance_transfer": True})
    assert "GJ108" not in {finding.code for finding in prepare(dumped(data)).findings}
    del data["three_public"][-1]["advance_transfer"]
    assert "GJ108" in {finding.code for finding in prepare(dumped(data)).findings}


def test_a_marked_line_beside_another_of_its_code_is_no_repetition() -> None:
    codes = {finding.code for finding in prepare(dumped(advance())).findings}
    assert "GJ108" not in codes
    data = advance()
    data["expenditure"][-1]["advance_transfer"] = False
    assert "GJ108" in {finding.code for finding in prepare(dumped(data)).findings}


def test_who_approved_and_when_can_be_printed(tmp_path: Path) -> None:
    data = demo(approved="2023-01-28", approved_by="市财政局", contact="办公室，电话另见网站")
    template = "@批复 {{ approved.month }}月{{ approved.day }}日{{ approved_by }}批复。{{ contact }}。\n"
    assert printed(data, template, tmp_path) == ["1月28日市财政局批复。办公室，电话另见网站。"]


def test_a_unit_is_called_by_its_short_name(tmp_path: Path) -> None:
    data = demo()
    data["department"]["units"][1]["short_name"] = "市国库中心"
    template = '@单位 {{ units.rows | listing("short_name") }}\n'
    (text,) = printed(data, template, tmp_path)
    assert text.split("、")[:2] == ["青溪市财政局本级", "市国库中心"]
