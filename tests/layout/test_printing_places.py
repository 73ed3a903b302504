"""How figures print, place by place; and that they stay figures for the read-back, the trace, a diff and a pull."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import reportgen
from reportgen.compose.overrides import current_figure
from reportgen.core.errors import LayoutError
from reportgen.core.settings import Printing
from reportgen.facts import Fact
from reportgen.tracing import Tracer
from tests.bad_input.sample import changed

from .small import HEAD, files_read_back, load_layout, outline, prepared, said, table, written

TEXT = "id: 甲, heading: 甲, text: x.j2"
TABLE = "id: 甲, table: x"


def sentence(folder: Path, template: str, more: str = "") -> str:
    return said(prepared(written(folder, outline(TEXT, more=more), text__x=template)).document)[1]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ revenue.total }}", "3001.10万元"),
        ("{{ revenue.total | decimals(1) }}", "3001.1万元"),
        ("{{ revenue.total | decimals(0) }}", "3001万元"),
        ("{{ revenue.total | grouped }}", "3,001.10万元"),
        ("{{ revenue.total | trim_zeros }}", "3001.1万元"),
        ("{{ revenue.total | unit('元') | grouped | decimals(0) }}", "30,011,029元"),
        ("{{ revenue.total | bare }}", "3001.10"),
        ("{{ procurement.works | zero('0') }}{{ revenue.this.superior_subsidy | zero('0') }}", "60.00万元0万元"),
        ("{{ revenue.this.superior_subsidy }}", "0.00万元"),
        ("{{ share(general_public.basic, general_public.total) | decimals(3) }}", "70.831%"),
        ("{{ share(general_public.basic, general_public.total) }}", "70.8%"),
        ("{{ revenue.change.execution.rate | decimals(2) }}", "1.73%"),
        ("{{ units.administrative_count | decimals(2) }}", "1"),
    ],
)
def test_a_place_prints_as_its_filters_say(template: str, expected: str, tmp_path: Path) -> None:
    assert sentence(tmp_path / "l", template) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("printing: {trim_zeros: true}\n", "3001.1万元、0万元、2741.6万元、1.7%"),
        ("printing: {zero: 0}\n", "3001.10万元、0万元、2741.60万元、1.7%"),
        ("printing: {grouped: true, percent_decimals: 3}\n", "3,001.10万元、0.00万元、2,741.60万元、1.732%"),
    ],
)
def test_the_layout_says_how_sentences_print(more: str, expected: str, tmp_path: Path) -> None:
    names = ("total", "this.superior_subsidy", "this.general_public", "change.execution.rate")
    words = "、".join(f"{{{{ revenue.{name} }}}}" for name in names)
    assert sentence(tmp_path / "l", words, more) == expected


def test_a_block_prints_as_it_says(tmp_path: Path) -> None:
    blocks = (TEXT + ", printing: {decimals: 0, unit: 元, grouped: true}", "id: 乙, heading: 乙, text: x.j2")
    folder = written(tmp_path / "l", outline(*blocks), text__x="{{ revenue.total }}")
    assert said(prepared(folder).document) == ["一、甲", "30,011,029元", "二、乙", "3001.10万元"]


ROWS = """\
title: 试
{more}
rows:
  - {{row: [收入, revenue.total, revenue.this.superior_subsidy]}}
  - {{row: [占比, revenue.general_public.share, revenue.carry.general_public]}}
columns:
  - {{head: 项目, value: name}}
  - {{head: 一, value: a, align: right}}
  - {{head: 二, value: b, align: right{column}}}
"""


@pytest.mark.parametrize(
    ("more", "column", "layout", "expected"),
    [
        ("", "", "", [["3001.10", ""], ["92.5", "35.00"]]),
        ('zero: "0.00"', "", "", [["3001.10", "0.00"], ["92.5", "35.00"]]),
        ('zero: "-"', "", "", [["3001.10", "-"], ["92.5", "35.00"]]),
        ("", ', zero: "—"', "", [["3001.10", "—"], ["92.5", "35.00"]]),
        ("zero: blank", ", zero: 0", 'tables: {zero: "0.00", grouped: true}\n', [["3,001.10", "0"], ["92.5", "35.00"]]),
        ("trim_zeros: true", ", decimals: 1", "", [["3001.1", ""], ["92.5", "35"]]),
        ("percent_decimals: 2", ", unit: 元", "tables: {decimals: 0}\n", [["3001", ""], ["92.50", "350000"]]),
    ],
)
def test_a_table_prints_as_its_layout_its_file_and_its_column_say(
    more: str, column: str, layout: str, expected: list[list[str]], tmp_path: Path
) -> None:
    folder = written(tmp_path / "l", outline(TABLE, more=layout), tables__x=ROWS.format(more=more, column=column))
    document = prepared(folder).document
    assert [row[1:] for row in table(document)] == expected
    files_read_back(folder)


def test_a_dash_is_a_zero_in_the_spreadsheet_and_a_figure_with_a_trace(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TABLE), tables__x=ROWS.format(more='zero: "-"', column=""))
    book = openpyxl.load_workbook(
        BytesIO(next(p for n, p in files_read_back(folder).items() if n.endswith("预算.xlsx")))
    )
    cell = next(cell for row in book.worksheets[1].iter_rows() for cell in row if cell.value == 0)
    assert cell.number_format == '0.00_ ;-0.00_ ;"-"_ '
    ready = prepared(folder)
    (source,) = Tracer(ready.facts, ready.document).of_figure("-")
    assert (source.fact.name, source.value) == ("revenue.this.superior_subsidy", "0.00元")


def test_a_diff_says_what_a_dash_becomes(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TABLE), tables__x=ROWS.format(more='zero: "-"', column=""))
    after = changed({"/revenue/-": {"source": "上级补助收入", "amount": 50000}})
    found = reportgen.diff(changed({}), after, layout=str(folder))
    texts = {(change.was, change.now) for change in found.differences.changes}
    assert ("-", "5.00") in texts, texts


@pytest.mark.parametrize(
    ("printed", "printing", "expected"),
    [
        ("16.2", Printing(trim_zeros=True), "16.25"),
        ("16", Printing(trim_zeros=True), "16.25"),
        ("0", Printing(zero="0"), "16.25"),
        ("16.2", Printing(), "16.3"),
    ],
)
def test_a_figure_of_a_hand_edit_follows_the_layout(printed: str, printing: Printing, expected: str) -> None:
    from decimal import Decimal

    from tests.compose.test_review import Link

    assert current_figure(Link("x", printed), Fact("x", Decimal("162500")), printing).text == expected


def test_brackets_of_names_in_a_list_are_half_wide_where_the_layout_says_so(tmp_path: Path) -> None:
    template = "{{ basic.rows | where('code', '30213') | listing('name', brackets='half') }}"
    assert sentence(tmp_path / "l", template) == "维修(护)费"
    files_read_back(tmp_path / "l")
    assert sentence(tmp_path / "m", template.replace(", brackets='half'", "")) == "维修（护）费"


def test_a_list_of_texts_is_listed_without_a_name(tmp_path: Path) -> None:
    """Duties, notes on what is withheld, names of systems: the values are the texts themselves."""
    printed = sentence(tmp_path / "l", "{{ department.duties | listing }}")
    duties = prepared(tmp_path / "l").facts.department.duties
    assert printed == "、".join(duty.text for duty in duties)
    assert len(duties) > 1
    assert sentence(tmp_path / "m", "{{ withheld.notes | listing }}完") == "完"
    files_read_back(tmp_path / "l")


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ revenue.total | decimals(9) }}", "decimals 后写 0 到 8 的整数"),
        ("{{ department.name | grouped }}", "grouped 只能用于数字"),
        ("{{ revenue.total | unit('亿元') }}", "unit 后写 元、万元 之一"),
        ("{{ revenue.general_public.share | decimals(2) }}", "各项占比已凑成 100%"),
        ("{{ share(revenue, revenue.total) }}", "share 里写两个数据项"),
        ("{{ year | stem }}", "stem 只能用于数据里的文字"),
        ("{{ revenue.total | zero('无') }}", "zero 后写 0、0.00 之一"),
        ("{{ basic.rows | listing('name', brackets='半角') }}", "brackets 后写 full、half 之一"),
        ("{{ revenue.sources | listing }}", "listing 后写名称"),
    ],
)
def test_a_filter_that_does_not_fit_is_named(template: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as error:
        sentence(tmp_path / "l", template)
    assert f"text/x.j2:1：{says}" in str(error.value)


def test_zero_must_be_one_of_its_words(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"“zero”只能是 blank、0、0.00、-、— 之一，读到 无"):
        prepared(written(tmp_path / "l", HEAD, tables__x=ROWS.format(more="zero: 无", column="")))


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("extends: 03-expenditure\nright: 单位：元\n", 2),
        ("extends: 03-expenditure\nunit: 元\nright: 单位：万元\n", 3),
        ("extends: 03-expenditure\nleft: 金额单位:亿元\n", 2),
        ("extends: 03-expenditure\ntitle: 支出总表（元）\n", 2),
        ("extends: 03-expenditure\nright: '单位：{{ words.单位 }}'\n", 2),
        ("extends: 03-expenditure\nchange:\n  total: {head: 合计（元）}\n", 3),
        ("extends: 03-expenditure\nchange:\n  total: {head: 合计(万元), unit: 元}\n", 3),
    ],
)
def test_a_unit_written_as_a_word_is_that_of_the_figures(table: str, line: int, tmp_path: Path) -> None:
    folder = written(tmp_path / "l", f"{HEAD}words: {{单位: 元}}\n", **{"tables__03-expenditure": table})
    with pytest.raises(LayoutError, match=f"^l/tables/03-expenditure.yaml:{line}：写的单位是.*这里的数却按.*印"):
        load_layout(str(folder))


@pytest.mark.parametrize(
    "table",
    [
        "unit: 元\nright: 单位：元",
        "right: 单位：人、万元",
        "right: 单位：元/人",
        "change:\n  total: {head: 合计（元）, unit: 元}",
    ],
)
def test_a_unit_written_as_a_word_may_be_that_of_the_figures(table: str, tmp_path: Path) -> None:
    load_layout(str(written(tmp_path / "l", HEAD, **{"tables__03-expenditure": f"extends: 03-expenditure\n{table}\n"})))


def test_the_unit_line_of_all_tables_is_that_of_each(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"^l/layout.yaml:3：写的单位是元，这里的数却按万元印"):
        load_layout(str(written(tmp_path / "l", f"{HEAD}table_lines: {{right: 单位：元}}\n")))


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("甲。\n{{ revenue.total }}万元", "text/x.j2:2：“万元”印了两次"),
        ("甲。\n{{ share(basic.total, expenditure.total) }}%", "text/x.j2:2：“%”印了两次"),
        ("甲。\n增加叁仟万元", "text/x.j2:2：“增加叁仟万元”中的数字 叁仟万元 没有出处"),
        ("甲。\n增长百分之八", "text/x.j2:2：“增长百分之八”中的数字 百分之八 没有出处"),
        ("甲。\n比上年减少{{ revenue.change.execution.delta }}", "text/x.j2:2：写的是“减少”，与后面的数的增减相反"),
        (
            "甲。\n下降了{{ revenue.change.execution.rate | decimals(2) }}",
            "text/x.j2:2：写的是“下降了”，与后面的数的增减相反",
        ),
    ],
)
def test_the_words_around_a_figure_do_not_contradict_it(template: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=f"^{says}"):
        sentence(tmp_path / "l", template)


def test_the_words_around_a_figure_may_agree_with_it(tmp_path: Path) -> None:
    template = "增长{{ revenue.change.execution.rate }}，{{ revenue.total | bare }}万元，叁仟元"
    assert sentence(tmp_path / "l", template, "fixed_numerals: [叁仟元]\n") == "增长1.7%，3001.10万元，叁仟元"
