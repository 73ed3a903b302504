"""``reportgen layout``: a new layout, the proof of one without data, the names that it may quote."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from reportgen.cli import main
from reportgen.core.errors import LayoutError
from reportgen.core.paths import shipped
from reportgen.core.settings import Printing
from reportgen.facts.meanings import MEANINGS
from reportgen.facts.names import quotable_names
from reportgen.layout.load import names
from reportgen.pipeline.in_memory import prepare
from reportgen.pipeline.layout_check import example_facts, layout_mistakes
from reportgen.tracing import Tracer
from tests.bad_input.command import run_json

from .small import HEAD, outline, prepared, written

TEXT = "id: 甲, heading: 甲, text: x.j2"


def found(folder: Path) -> list[str]:
    return [str(mistake) for mistake in layout_mistakes(str(folder))]


@pytest.mark.parametrize("name", names())
def test_the_shipped_layouts_have_no_mistake(name: str) -> None:
    assert layout_mistakes(name) == ()


def test_a_proof_ends_soon() -> None:
    begun = time.process_time()
    layout_mistakes("zhejiang")
    assert time.process_time() - begun < 20, "about half a second on an idle machine"


def test_a_new_layout_is_right_and_says_what_can_be_changed(tmp_path: Path) -> None:
    result = run_json("layout", "new", "我的城市", "-o", str(tmp_path))
    assert result.exit_code == 0
    folder = tmp_path / "我的城市"
    assert json.loads(result.out) == {"folder": str(folder), "extends": "zhejiang"}
    text = (folder / "layout.yaml").read_text(encoding="utf-8")
    assert "tables/05-general-public.yaml" in text
    assert "text/revenue.j2" in text
    assert found(folder) == []
    assert run_json("layout", "new", "我的城市", "-o", str(tmp_path)).exit_code == 2
    assert run_json("layout", "new", "../甲", "-o", str(tmp_path)).exit_code == 2
    assert run_json("layout", "new", "第二个", "--from", "我的城市", "-o", str(tmp_path)).exit_code == 0
    assert found(tmp_path / "第二个") == []


@pytest.mark.parametrize(
    ("file", "content", "near"),
    [
        ("tables/05-general.yaml", "extends: 05-general-public\n", "05-general-public.yaml"),
        ("text/threepublic.j2", "无。\n", "three-public.j2"),
        ("tables/05-general-public.yaml", "extends: 05-general-public\n", ""),
        ("text/phrases-of-ours.j2", "{% macro none() %}无{% endmacro %}\n", ""),
    ],
)
def test_a_file_of_ones_own_that_nothing_uses_is_said_if_its_name_is_nearly_one_that_is_used(
    file: str, content: str, near: str, tmp_path: Path
) -> None:
    assert run_json("layout", "new", "甲", "-o", str(tmp_path)).exit_code == 0
    own = tmp_path / "甲" / file
    own.parent.mkdir(exist_ok=True)
    own.write_text(content, encoding="utf-8")
    unused = [text for text in found(tmp_path / "甲") if "没有哪一段用这个文件" in text]
    assert unused == ([f"{file}：没有哪一段用这个文件（是否想写 {near}？）"] if near else [])


def test_a_new_layout_lists_what_is_printed_and_where(tmp_path: Path) -> None:
    assert run_json("layout", "new", "甲", "--from", "hangzhou", "-o", str(tmp_path)).exit_code == 0
    lines = (tmp_path / "甲" / "layout.yaml").read_text(encoding="utf-8").split("\n")
    assert "#   tables/11-goals.yaml            {{ year }}年{{ words.department }}项目支出绩效表" in lines
    assert "#   text/revenue.j2          收入预算情况说明（详见表1-3）" in lines
    assert not any("11-key-projects" in line for line in lines)


FILES = ("layout.yaml", "style.yaml", "tables/05-general-public.yaml", "05-general-public", "text/revenue.j2")


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("layout", ["hangzhou", "beijing"])
def test_a_file_is_shown_complete(layout: str, file: str, tmp_path: Path) -> None:
    """What is shown of a layout, in a folder of its own, makes the same document."""
    text = json.loads(run_json("layout", "print", layout, file).out)["text"]
    name = "tables/05-general-public.yaml" if file == "05-general-public" else file
    folder = tmp_path / "城"
    for inner in ("tables", "text"):
        (folder / inner).mkdir(parents=True)
    (folder / "layout.yaml").write_text(f"title: 试\nextends: {layout}\n", encoding="utf-8")
    head = f"extends: {layout}\n" if file == "layout.yaml" else ""
    (folder / name).write_text(head + text, encoding="utf-8")
    sample = shipped("data") / "samples" / f"{layout}.json"
    made, usual = prepare(sample, str(folder)).document, prepare(sample, layout).document
    assert made.sections == usual.sections
    assert layout_mistakes(str(folder)) == ()


def test_a_file_is_copied_once_into_the_folder_of_the_layout(tmp_path: Path) -> None:
    assert run_json("layout", "new", "甲", "--from", "hangzhou", "-o", str(tmp_path)).exit_code == 0
    folder = tmp_path / "甲"
    for file, name in (("revenue.j2", "text/revenue.j2"), ("05-general-public", "tables/05-general-public.yaml")):
        result = run_json("layout", "copy", str(folder), file)
        assert json.loads(result.out) == {"file": str(folder / name)}
        before = (folder / name).read_text(encoding="utf-8")
        again = run_json("layout", "copy", str(folder), file)
        assert (again.exit_code, "已经有了" in again.out) == (2, True)
        assert (folder / name).read_text(encoding="utf-8") == before
    assert "extends" not in (folder / "tables" / "05-general-public.yaml").read_text(encoding="utf-8")
    assert found(folder) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("copy", "hangzhou", "duties.j2"), "随程序安装的版式，不在里面改"),
        (("print", "hangzhou", "revnue.j2"), "是否想写 revenue.j2？"),
        (("copy", "hangzhou", "../甲"), "没有文件"),
        (("print", "beijing", "revenue"), "“revenue”有几个：charts/revenue.yaml、text/revenue.j2"),
        (("print", "hangzhou"), "layout print 后面要写一个版式的名称和一个文件名"),
        (("copy", "hangzhou"), "layout copy 后面要写一个版式的名称和一个文件名"),
        (("print", "没有的", "revenue.j2"), "没有“没有的”这个版式"),
    ],
)
def test_what_cannot_be_shown_or_copied_is_said(words: tuple[str, ...], says: str) -> None:
    result = run_json("layout", *words)
    assert (result.exit_code, says in result.out) == (2, True)


@pytest.mark.parametrize("words", [("new",), ("new", "甲", "乙"), ("check",), ("check", "zhejiang", "beijing")])
def test_a_layout_is_named_once(words: tuple[str, ...], tmp_path: Path) -> None:
    result = run_json("layout", *words, "-o", str(tmp_path))
    assert result.exit_code == 2
    assert f"layout {words[0]} 后面要写一个版式的名称" in result.out
    assert list(tmp_path.iterdir()) == []


def test_a_new_layout_extends_what_it_is_told_by_name_or_path(tmp_path: Path) -> None:
    other = tmp_path / "别处"
    assert run_json("layout", "new", "甲", "-o", str(tmp_path)).exit_code == 0
    refused = run_json("layout", "new", "乙", "--from", str(tmp_path / "甲"), "-o", str(other))
    assert refused.exit_code == 2
    assert f"加 -o {tmp_path}" in refused.out
    assert not other.exists()
    assert run_json("layout", "new", "乙", "--from", str(tmp_path / "甲"), "-o", str(tmp_path)).exit_code == 0
    assert 'extends: "甲"' in (tmp_path / "乙" / "layout.yaml").read_text(encoding="utf-8")
    assert found(tmp_path / "乙") == []


@pytest.mark.parametrize("name", ["#甲", "'甲", "true"])
def test_a_new_layout_of_any_name_can_be_read_and_extended(name: str, tmp_path: Path) -> None:
    for made, base in ((name, "zhejiang"), ("乙", name)):
        assert run_json("layout", "new", made, "--from", base, "-o", str(tmp_path)).exit_code == 0
        assert found(tmp_path / made) == []


def test_a_name_that_would_break_a_line_of_the_new_layout_is_refused(tmp_path: Path) -> None:
    for name in ("甲\r乙", "甲\u2028乙", "甲\x85乙", "甲\t乙"):
        assert run_json("layout", "new", name, "-o", str(tmp_path)).exit_code == 2


def test_the_typefaces_are_read_as_a_build_reads_them(tmp_path: Path) -> None:
    whole = (shipped("fonts") / "GongwenSong.ttf").read_bytes()
    for n, data in enumerate((whole[: len(whole) // 2], b"", b"hello")):
        folder = written(tmp_path / str(n), HEAD)
        (folder / "fonts").mkdir()
        (folder / "fonts" / "GongwenSong.ttf").write_bytes(data)
        (message,) = found(folder)
        assert message.startswith("字体文件 GongwenSong.ttf ")
    (folder / "fonts" / "GongwenSong.ttf").write_bytes(whole)
    assert found(folder) == []


RARE = """\
{% macro amount(row) %}{{ row.totl }}{% endmacro %}
{% if revenue.change.execution.direction == "down" %}
{{ revenue.change.execution.rat }}
{% elif year %}
{% for row in expenditure.classes %}{{ row.share | stem }}{{ amount(row) }}{% endfor %}
{% endif %}
{% for name, part in [("货物", "goods"), ("工程", "work")] %}{{ name }}{{ procurement[part] }}{% endfor %}
{{ expenditure.classes | listing("nam") }}
{{ expenditure.203.totl }}{{ expenditure["999"].total }}
2023年
{{ revenue.rows }}{{ words.x }}{{ others }}
{{ projects.rows | sort_by("-totl") | where("levle", 1) | length }}
{{ (projects.rows | group_by("unit") | first).totl }}{{ year | decimal(2) }}
{{ revenue.sources | listing }}{{ projects.rows | sort_by | length }}{{ department.duties | listing }}
"""


def test_every_branch_is_proved_and_every_mistake_named(tmp_path: Path) -> None:
    assert found(written(tmp_path / "l", outline(TEXT), text__x=RARE)) == [
        "text/x.j2:3：没有名为“rat”的数据项（是否想写 rate？）",
        "text/x.j2:5：stem 只能用于数据里的文字（名称见 reportgen layout facts）",
        "text/x.j2:1：没有名为“totl”的数据项（是否想写 total？）",
        "text/x.j2:7：没有名为“work”的数据项（是否想写 works？）",
        "text/x.j2:8：没有名为“nam”的数据项（是否想写 name？）",
        "text/x.j2:9：没有名为“totl”的数据项（是否想写 total？）",
        "text/x.j2:9：没有名为“999”的数据项（是否想写 2089999？）",
        "text/x.j2:10：“2023年”中的数字 2023 没有出处（用数据项代替，或列入 layout.yaml 的 fixed_numerals）",
        "text/x.j2:11：列表不能印在句子里（名称见 reportgen layout facts）",
        "text/x.j2:11：没有名为“x”的数据项（名称见 reportgen layout facts）",
        "text/x.j2:11：没有名为“others”的数据项（名称见 reportgen layout facts）",
        "text/x.j2:12：没有名为“totl”的数据项（是否想写 total？）",
        "text/x.j2:12：没有名为“levle”的数据项（是否想写 level？）",
        "text/x.j2:13：没有名为“totl”的数据项（是否想写 total？）",
        "text/x.j2:13：模板里没有“decimal”（是否想写 decimals？）",
        "text/x.j2:14：listing 后要写名称，如 listing('name')（名称见 reportgen layout facts）",
        "text/x.j2:14：sort_by 后要写名称，如 sort_by('name')（名称见 reportgen layout facts）",
    ]


TABLE = """\
title: "{{ yaer }}"
note: "{{ words.departmnet }}"
rows: general_public.rows
where: {levle: 1}
sort_by: [-totl]
group_by: {by: untit, column: name, label: "{{ group.nam }}"}
total: {of: general_publi}
columns:
  - {head: "{{ yea }}", value: name}
  - {head: 乙, value: totl}
  - {head: 丙, text: "{{ row.cod }}"}
  - {head: 丁, value: share, merge: cod}
"""


def test_a_table_is_proved_without_data(tmp_path: Path) -> None:
    messages = found(written(tmp_path / "l", HEAD, tables__x=TABLE))
    names = ["yaer", "departmnet", "yea", "cod", "nam", "general_publi", "totl", "levle", "untit"]
    assert len(messages) == len(names) + 2
    assert [any(f"“{name}”" in message and "tables/x.yaml:" in message for message in messages) for name in names] == [
        True
    ] * len(names)


def test_a_proof_is_printed_one_message_for_each_mistake(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TEXT), text__x=RARE)
    result = run_json("layout", "check", str(folder))
    assert result.exit_code == 4
    said = json.loads(result.out)["mistakes"]
    assert len(said) == 17
    assert said[0] == {"message": "text/x.j2:3：没有名为“rat”的数据项", "hint": "是否想写 rate？"}
    assert run_json("layout", "check", "zhejiang").exit_code == 0
    assert run_json("layout", "check", "没有").exit_code == 2
    assert run_json("layout", "check").exit_code == 2


def test_a_word_that_no_fact_has_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layout", "facts", "没有这个词"]) == 0
    assert capsys.readouterr().err == "没有含“没有这个词”的名称；换一个词，或不写词列出全部\n"


def test_facts_are_found_by_their_names_and_meanings() -> None:
    listed = json.loads(run_json("layout", "facts").out)["facts"]
    assert len(listed) > 300
    goods, *others = json.loads(run_json("layout", "facts", "采购", "货物").out)["facts"]
    assert goods == {
        "name": "procurement.goods", "meaning": "政府采购 · 货物", "kind": "金额", "unit": "万元", "example": "42.00"
    }  # fmt: skip
    of_last_year = [any(part in ("last", "change") for part in one["name"].split(".")) for one in others]
    assert of_last_year == sorted(of_last_year)
    assert {one["name"] for one in json.loads(run_json("layout", "facts", "change.execution.RATE").out)["facts"]} >= {
        "revenue.change.execution.rate"
    }


def test_every_part_of_a_name_has_a_meaning() -> None:
    """A key of the document's own, such as 一般公务用车, is its own meaning."""
    parts = {
        part for one in quotable_names(*example_facts(Printing())) for part in one.name.replace("[]", "").split(".")
    }
    assert sorted(part for part in parts - set(MEANINGS) if part.isascii()) == []


@pytest.mark.parametrize("name", ["final-accounts", "final-accounts-shanghai"])
def test_every_part_of_a_name_of_final_accounts_has_a_meaning(name: str) -> None:
    made = prepare(shipped("data") / "samples" / f"{name}.json")
    uses = Tracer(made.facts, made.document).uses
    parts = {part for use in uses for part in use.fact.replace("[]", "").split(".")}
    assert sorted(part for part in parts - set(MEANINGS) if part.isascii() and part.isidentifier()) == []


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ " + "(" * 400 + "year" + ")" * 400 + " }}", "模板套得太深，或绕回自身"),
        ("{{ none }}", "这个值不能印在句子里"),
        ("{{ true }}", "这个值不能印在句子里"),
        ("{{ revenue.total * 2 }}", "模板里不能这样运算：*"),
        ("{{ revenue.total - basic.total }}", "模板里不能这样运算：-"),
    ],
)
def test_what_no_template_may_do_is_found_without_data(template: str, says: str, tmp_path: Path) -> None:
    (message,) = found(written(tmp_path / "l", outline(TEXT), text__x=template))
    assert message.startswith("text/x.j2")
    assert says in message


def test_a_division_by_zero_is_said_in_words(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TEXT), text__x="{{ 1 / 0 }}")
    with pytest.raises(LayoutError, match="模板里不能这样运算：/"):
        prepared(folder)
