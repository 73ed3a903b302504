"""Charts of a layout: what may be written, what is refused with file and line, and that all the program knows them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from reportgen.comparison.compare import compare_documents
from reportgen.comparison.counts import counted
from reportgen.core.errors import LayoutError
from reportgen.hand_edits.remainder import compare_beyond_text
from reportgen.pipeline.in_memory import check
from reportgen.pipeline.layout_check import layout_mistakes
from reportgen.tracing import Tracer
from reportgen.tree.figure_ids import named_figures
from reportgen.tree.nodes import Chart, Figure, plain
from reportgen.writers.docx import read_back, write, write_redline
from reportgen.writers.docx.read_beyond_text import read_beyond_text
from tests.bad_input.sample import DEMO, changed
from tests.comparison import tracked
from tests.verify.archives import edited

from .small import files_read_back, outline, prepared, said, written

PIE = """\
kind: pie
caption: "{{ year }}年收入预算"
rows: revenue.sources
where: {total: nonzero}
sort_by: [-total]
series:
  - {head: 占比, text: "{{ share(row.total, revenue.total) | decimals(2) }}"}
"""
YEARS = """\
kind: grouped-bar
caption: 收入、支出与上年
decimals: 1
grouped: true
rows:
  - {row: [收入, revenue.total, revenue.change.execution.base]}
  - {row: ["{{ words.out }}", expenditure.total, {fact: expenditure.change.execution.base, decimals: 0}]}
series: [{head: "{{ year }}年"}, {head: "{{ last_year }}年"}]
"""
WORDS = "words: {out: 支出}\n"
BLOCKS = (
    "id: 甲, heading: 甲, text: x.j2", "id: 图-收入, chart: revenue", "id: 乙, text: y.j2", "id: 图-两年, chart: years"
)  # fmt: skip


def layout(folder: Path, more: str = WORDS, **files: str) -> Path:
    texts = {"text__x": "收入{{ revenue.total }}。\n", "text__y": "支出{{ expenditure.total }}。\n"}
    charts = {"charts__revenue": PIE, "charts__years": YEARS}
    return written(folder / "l", outline(*BLOCKS, more=more), **(texts | charts | files))


def charts(folder: Path, **files: str) -> tuple[Chart, ...]:
    return prepared(layout(folder, **files)).document.charts()


def figures(chart: Chart) -> list[list[str]]:
    return [[figure.text if figure else "" for figure in series.figures] for series in chart.series]


def test_a_chart_is_filled_from_records_or_from_rows_written_down(tmp_path: Path) -> None:
    folder = layout(tmp_path)
    document = prepared(folder).document
    pie, years = document.charts()
    assert plain(pie.caption_line) == "图1：2023年收入预算"
    assert [plain(category) for category in pie.categories][:2] == ["一般公共预算", "政府性基金预算"]
    assert figures(pie) == [["92.52", "4.17", "1.87", "1.00", "0.35", "0.07", "0.03"]]
    assert [plain(series.name) for series in years.series] == ["2023年", "2022年"]
    assert [plain(category) for category in years.categories] == ["收入", "支出"]
    assert figures(years) == [["3,001.1", "3,001.1"], ["2,950.0", "2,950"]]
    assert said(document) == ["一、甲", "收入3001.10万元。", "支出3001.10万元。"]
    assert [type(block).__name__ for block in document.blocks()][2:] == ["Chart", "Paragraph", "Chart"]
    files_read_back(folder)


def test_the_number_and_the_print_of_figures_are_those_of_the_layout(tmp_path: Path) -> None:
    more = f'{WORDS}charts: {{label: "图{{zh}} ", unit: 元, decimals: 0}}\n'
    pie, years = prepared(layout(tmp_path, more)).document.charts()
    assert [plain(chart.caption_line) for chart in (pie, years)] == ["图一 2023年收入预算", "图二 收入、支出与上年"]
    assert figures(years)[0] == ["30,011,029.5", "30,011,029.5"]


def test_a_chart_without_categories_is_left_out_and_takes_no_number(tmp_path: Path) -> None:
    none = PIE.replace("total: nonzero", "total: zero")
    (years,) = charts(tmp_path, charts__revenue=none)
    assert years.label == "图1："


def test_a_zero_is_a_slice_unless_the_chart_says_blank(tmp_path: Path) -> None:
    rows = "[{row: [甲, expenditure.total]}, {row: [乙, expenditure.203.total]}]"
    zero = f"kind: pie\ncaption: 支出\nrows: {rows}\nseries: [{{head: 数}}]\n"
    assert figures(charts(tmp_path / "a", charts__revenue=zero)[0]) == [["3001.10", "0.00"]]
    assert figures(charts(tmp_path / "b", charts__revenue=f"{zero}zero: blank\n")[0]) == [["3001.10"]]


def test_a_zero_that_a_template_prints_is_blank_too(tmp_path: Path) -> None:
    share = '{text: "{{ share(%s, expenditure.total) }}"}'
    names = ("expenditure.total", "expenditure.203.total", "basic.31002.total")
    rows = ", ".join(f"{{row: [{n}, {share % name}]}}" for n, name in enumerate(names, 1))
    chart = f"kind: pie\ncaption: 支出\nzero: blank\nrows: [{rows}]\nseries: [{{head: 占比}}]\n".replace("[1,", "[甲,")
    chart = chart.replace("[2,", "[乙,").replace("[3,", "[丙,")
    made = charts(tmp_path, charts__revenue=chart)[0]
    assert [plain(name) for name in made.categories] == ["甲", "丙"]
    assert figures(made) == [["100.0", "0.2"]]
    kept = charts(tmp_path / "kept", charts__revenue=chart.replace("head: 占比", 'head: 占比, zero: "0"'))[0]
    assert [plain(name) for name in kept.categories] == ["甲", "乙", "丙"]


def test_a_pie_with_a_negative_figure_is_drawn_as_bars(tmp_path: Path) -> None:
    pie = "kind: pie\ncaption: 增减\nrows: [{row: [收入, revenue.change.execution.signed]}]\nseries: [{head: 数}]\n"
    folder = layout(tmp_path, charts__revenue=pie)
    fewer = changed({"/totals/revenue/last/execution": "40000000.00"})
    chart = prepared(folder, fewer).document.charts()[0]
    assert chart.kind == "bar"
    files_read_back(folder, fewer)


def test_a_name_with_line_breaks_is_one_line(tmp_path: Path) -> None:
    pie = 'kind: pie\ncaption: 收入\nrows: [{row: ["甲\\n乙", revenue.total]}]\nseries: [{head: 数}]\n'
    folder = layout(tmp_path, charts__revenue=pie)
    assert [plain(name) for name in prepared(folder).document.charts()[0].categories] == ["甲 乙"]
    files_read_back(folder)


def test_a_layout_is_proved_with_its_charts(tmp_path: Path) -> None:
    folder = layout(tmp_path, charts__years=YEARS.replace("last_year", "last_yaer").replace("base]", "bsae]"))
    found = [str(mistake) for mistake in layout_mistakes(str(folder))]
    assert [("years.yaml:8" in text, "years.yaml:6" in text) for text in found] == [(True, False), (False, True)]
    assert "last_year" in found[0]
    assert "revenue.change.execution.base" in found[1]
    assert layout_mistakes(str(layout(tmp_path / "right"))) == ()


def test_a_pie_of_nothing_but_zeros_is_drawn_as_bars(tmp_path: Path) -> None:
    zero = "kind: pie\ncaption: 支出\nrows: [{row: [甲, expenditure.203.total]}]\nseries: [{head: 数}]\n"
    assert charts(tmp_path, charts__revenue=zero)[0].kind == "bar"


MISTAKES = {
    PIE.replace("kind: pie", "kind: pies"): ("charts/revenue.yaml:1", "是否想写 pie"),
    "caption: x": ("charts/revenue.yaml", "kind"),
    f"{PIE}serie: []": ("charts/revenue.yaml:8", "series"),
    PIE.replace("revenue.sources", "revenue.source"): ("charts/revenue.yaml", "sources"),
    PIE.replace("row.total", "row.totl"): ("charts/revenue.yaml", "total"),
    PIE.replace("sort_by: [-total]", "sort_by: [-totl]"): ("charts/revenue.yaml", "total"),
    PIE.replace("kind: pie", "kind: grouped-bar"): ("charts/revenue.yaml:6", "series"),
    PIE + "  - {head: 又, value: total}\n": ("charts/revenue.yaml:6", "series"),
    PIE.replace("{{ year }}", "2023"): ("charts/revenue.yaml:2", "2023"),
    PIE.partition("series:")[0] + "series: x\n": ("charts/revenue.yaml:6", "series"),
    PIE.partition("  - {head")[0] + "  - {head: 占比, value: name}\n": ("charts/revenue.yaml", "一个数"),
    PIE.replace("sort_by", "category: share\nsort_by"): ("charts/revenue.yaml", "没有名称"),
    "kind: pie\ncaption: x\nrows: [{row: [甲, revenue.total, revenue.total]}]\nseries: [{head: 数}]\n":
        ("charts/revenue.yaml:3", "2"),
    "kind: bar\ncaption: x\nrows: revenue.sources\nseries: [{head: 数, columns: [{head: 甲}]}]\n":
        ("charts/revenue.yaml:4", "columns"),
}  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_one_message_with_file_and_the_word(text: str, tmp_path: Path) -> None:
    place, word = MISTAKES[text]
    with pytest.raises(LayoutError) as raised:
        charts(tmp_path, charts__revenue=text)
    assert place in str(raised.value)
    assert word in str(raised.value)


def test_a_chart_that_no_file_has_and_a_block_with_more_are_refused(tmp_path: Path) -> None:
    for n, (block, words) in enumerate(
        {"id: 甲, chart: revenu": "是否想写 revenue", "id: 甲, chart: revenue, heading: 甲": "单独成一段"}.items()
    ):
        folder = written(tmp_path / str(n), outline(block), charts__revenue=PIE)
        with pytest.raises(LayoutError, match=words) as raised:
            prepared(folder)
        assert "layout.yaml:6" in str(raised.value)


def test_too_many_categories_are_refused(tmp_path: Path) -> None:
    rows = ", ".join("{row: [甲, revenue.total]}" for _ in range(21))
    text = f"kind: pie\ncaption: x\nrows: [{rows}]\nseries: [{{head: 数}}]\n"
    with pytest.raises(LayoutError, match="21 类，最多 20 类"):
        charts(tmp_path, charts__revenue=text)


def test_a_changed_chart_file_is_read_again(tmp_path: Path) -> None:
    folder = layout(tmp_path)
    assert len(prepared(folder).document.charts()[0].categories) == 7
    (folder / "charts" / "revenue.yaml").write_text(
        PIE.replace("{total: nonzero}", "{key: general_public}"), encoding="utf-8"
    )
    assert len(prepared(folder).document.charts()[0].categories) == 1


# what knows charts


def test_trace_lists_each_figure_of_a_chart_with_its_place_and_its_name(tmp_path: Path) -> None:
    ready = prepared(layout(tmp_path))
    uses = [use for use in Tracer(ready.facts, ready.document).uses if use.place.startswith("图2")]
    found = [(use.place, use.text) for use in uses]
    assert found[0] == ("图2「收入」2023年", "3,001.1")
    assert found[-1] == ("图2「支出」2022年", "2,950")
    names = [name for block, _, name in named_figures(ready.document) if block.startswith("图-两年/")]
    assert [use.name for use in uses] == names


def test_a_name_of_a_figure_leads_to_it_in_pdf_and_xlsx(tmp_path: Path) -> None:
    ready = prepared(layout(tmp_path))
    names = [name for block, _, name in named_figures(ready.document) if block.startswith("图-")]
    files = files_read_back(tmp_path / "l")
    pdf = next(payload for name, payload in files.items() if name.endswith(".pdf"))
    book = next(payload for name, payload in files.items() if name.endswith(".xlsx") and "出处" not in name)
    with ZipFile(BytesIO(book)) as archive:
        defined = archive.read("xl/workbook.xml").decode()
    assert len(names) == 12
    assert all(name in defined for name in names if "year" not in name)
    assert pdf


def test_a_difference_is_named_by_the_chart(tmp_path: Path) -> None:
    folder = layout(tmp_path)
    other = changed({"/totals/revenue/last/execution": "29000000.00"})
    changes = [*compare_documents(prepared(folder).document, prepared(folder, other).document)]
    assert [(one.location.place, one.was, one.now) for one in changes] == [("图2「收入」2022年", "2,950.0", "2,900.0")]
    counts = counted([replace(one, causes=(0,)) for one in changes], 0)
    assert (counts.charts, counts.lines, bool(counts)) == (1, 0, True)


def test_an_amount_in_a_chart_counts_as_printed(tmp_path: Path) -> None:
    block = "id: 图, chart: revenue"
    all_of_it = "kind: pie\ncaption: 收入\nrows: [{row: [收入, revenue.total]}]\nseries: [{head: 数}]\n"
    folder = written(tmp_path / "l", outline(block), charts__revenue=all_of_it)
    findings = check(DEMO, layout=str(folder)).findings
    assert not [one for one in findings if one.code == "GJ004" and one.values["part"] == "收入"]


def test_pull_tells_of_a_figure_changed_in_word_and_of_a_lost_chart(tmp_path: Path) -> None:
    ready = prepared(layout(tmp_path))
    payload = write(ready.document, ready.layout.style)
    assert [*told(payload, payload)] == []

    def other(root: object) -> bool:
        value = root.find(".//{*}numCache//{*}v")  # type: ignore[attr-defined]
        value.text = str(float(value.text) + 1)
        return True

    (text,) = told(payload, edited(payload, "word/charts/chart1.xml", other))
    assert text == "图里的“一般公共预算 占比 93.5194168906”与生成时不同，没有取回；图照 JSON 的数画"

    def lost(root: object) -> bool:
        drawing = next(root.iter("{*}drawing"))  # type: ignore[attr-defined]
        drawing.getparent().remove(drawing)
        return True

    assert [*told(payload, edited(payload, "word/document.xml", lost))] == ["文件里少了图；照旧印出"]


def told(before: bytes, after: bytes | None) -> list[str]:
    assert after
    return [finding.text for finding in compare_beyond_text(read_beyond_text(before), read_beyond_text(after))]


def test_a_redline_replaces_a_changed_chart_and_leaves_others(tmp_path: Path) -> None:
    folder = layout(tmp_path)
    old, new = prepared(folder), prepared(folder, changed({"/totals/revenue/last/execution": "29000000.00"}))
    payload = write_redline(old.document, new.document, new.layout.style)
    accepted, rejected = (tracked.settled(payload, verdict) for verdict in ("accept", "reject"))
    for verdict, side in ((accepted, new), (rejected, old)):
        seen = read_back(tracked.rezipped(payload, verdict))
        assert seen.charts == read_back(write(side.document, side.layout.style)).charts
    with ZipFile(BytesIO(payload)) as archive:
        assert sum(name.startswith("word/charts/chart") for name in archive.namelist()) == 3


def test_figures_of_a_chart_are_exact(tmp_path: Path) -> None:
    figure = charts(tmp_path)[1].series[0].figures[0]
    assert isinstance(figure, Figure)
    assert (figure.value, figure.unit, figure.fact) == (Decimal("3001.102945"), "万元", "revenue.total")
