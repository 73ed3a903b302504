"""Charts in all formats: what is shown, that it is found again, that nothing lies over anything else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook
from pypdf import PdfReader

from reportgen.tree.nodes import Chart, Paragraph, Section, plain
from reportgen.tree.readback import ReadChart
from reportgen.verify import compare
from reportgen.writers import formats, read_back, writer
from reportgen.writers.charts.appearance import chart_height, colour
from reportgen.writers.charts.bar_layout import has_upright_bars, lay_out_bars
from reportgen.writers.charts.native import chart_part
from reportgen.writers.charts.pie_layout import RADIUS, lay_out_pie
from reportgen.writers.charts.wording import alternative_text, value_label
from reportgen.writers.charts.workbook import embedded_cells
from reportgen.writers.pdf.charts.operators import operators
from reportgen.writers.pdf.charts.shapes import bar_drawing, pie_drawing
from tests import nodes
from tests.test_files_agree import false_alarm
from tests.verify.archives import another_digit, edited

from .pdf_help import STYLE, complaints, document, lines_of, pages_of, prose

WIDTH = 442.0
LABEL = STYLE.text["chart-label"]
FORMATS = formats()
WITH_CHARTS = nodes.with_charts()
FILES = {name: writer(name).write(WITH_CHARTS, STYLE) for name in FORMATS}
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

MANY = ("92.50", "4.17", "1.87", "1.00", "0.35", "0.07", "0.03", "0.01")
SOURCES = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "事业收入",
           "事业单位经营收入", "附属单位上缴收入", "其他收入")  # fmt: skip
LONG = "对附属单位补助支出和上缴上级支出以及其他没有归到前面各项里去的支出"


def percentages(chart: Chart) -> Chart:
    """The chart with its figures as percentages."""
    (series,) = chart.series
    figures = tuple(replace(figure, unit="%") for figure in series.figures if figure)
    return replace(chart, series=(replace(series, figures=figures),))


CHARTS = {
    "two slices": nodes.chart("pie", ("64.37", "35.63")),
    "a slice that is all": nodes.chart("pie", ("100.00", "0.00")),
    "no slice at all": nodes.chart("pie", ("0.00", "0.00")),
    "tiny slices": percentages(nodes.chart("pie", MANY, names=SOURCES)),
    "tiny slices before a large one": nodes.chart("pie", MANY[::-1], names=SOURCES),
    "equal slices": nodes.chart("pie", ("1.00",) * 20, names=[f"第{n}项支出" for n in range(20)]),
    "long names": nodes.chart("pie", ("3.00", "0.01", "0.01", "0.01"), names=[f"{LONG}{n}" for n in range(4)]),
    "upright bars": nodes.chart("bar", ("3001.10", "20.00", "0.00")),
    "bars of two years": nodes.two_years(),
    "bars that lie": nodes.chart("bar", MANY, names=SOURCES),
    "bars of many years": nodes.chart("grouped-bar", *[("312345678.10", "20.00", "1.00", "7.00")] * 6),
    "long names of bars": nodes.chart("bar", ("3.00", "1.00", "2.00"), names=[LONG * 2, LONG, "甲"]),
    "names like mark-up": nodes.chart("pie", ("3.00", "1.00"), names=[nodes.EVIL, "&<a b='c'>" * 9]),
    "bars with names like mark-up": nodes.chart("bar", ("3.00", "1.00"), names=[nodes.EVIL, "Ab cd  ef 　" * 9 + "甲"]),
    "blanks in names": nodes.chart("pie", ("3.00", "1.00"), names=["甲 乙 丙 " * 12 + "丁", " 前后 "]),
    "negative bars": nodes.chart("grouped-bar", ("-30.00", "20.00"), ("12.00", "-1.50")),
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_chart_is_read_back_as_it_is(suffix: str, name: str) -> None:
    made = prose(nodes.heading("h", 1, "一、甲"), CHARTS[name])
    payload = writer(suffix).write(made, STYLE)
    assert payload == writer(suffix).write(made, STYLE)
    assert [*compare(made, read_back(suffix, payload), suffix)] == []


def seen(suffix: str) -> ReadChart:
    return read_back(suffix, FILES[suffix]).charts[1]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_figure_is_shown_with_its_unit_and_named_series_come_first(suffix: str) -> None:
    shown = [cell.text for cell in seen(suffix).shown]
    names = ["2026年", "2025年", "一般公共预算拨款收入", "3001.10万元", "2950.00万元", "本年其他资金收入", "20.00万元"]
    assert shown == ([*names, ""] if suffix in ("docx", "xlsx") else names)
    assert seen(suffix).caption == "图2：收入预算"
    assert seen(suffix).alternative == alternative_text(nodes.two_years())


def test_the_text_alternative_is_a_sentence_of_names_and_figures() -> None:
    assert alternative_text(nodes.two_years()) == (
        "柱形图《收入预算》：一般公共预算拨款收入2026年3001.10万元，2025年2950.00万元；本年其他资金收入2026年20.00万元。"
    )


# a figure changed in a written file


def changed(payload: bytes, part: str, edit: Callable[[Any], object]) -> bytes:
    made = edited(payload, part, edit)
    assert made
    return made


def at(payload: bytes, part: str, path: str, edit: Callable[[Any], object]) -> bytes:
    return changed(payload, part, lambda root: edit(root.find(path)))


def other(element: Any) -> bool:
    element.text = another_digit(element.text, Random(1))
    return True


def inner_workbook(payload: bytes) -> bytes:
    """The file with another figure in the workbook embedded in it."""
    name = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
    with ZipFile(BytesIO(payload)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = changed(parts[name], "xl/worksheets/sheet1.xml", lambda root: other(root.find(f".//{S}v")))
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)
    return out.getvalue()


def codes(suffix: str, payload: bytes) -> set[str]:
    return {finding.code for finding in compare(WITH_CHARTS, read_back(suffix, payload), suffix)}


def sheet_of_the_chart() -> str:
    with ZipFile(BytesIO(FILES["xlsx"])) as archive:
        return next(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")
                    and b"<drawing" in archive.read(name))  # fmt: skip


def test_a_figure_changed_in_a_native_chart_or_in_its_cells_is_caught() -> None:
    number, name = f".//{C}numCache//{C}v", f".//{C}cat//{C}v"
    word, book = FILES["docx"], FILES["xlsx"]
    chart = sheet_of_the_chart().replace("worksheets/sheet", "charts/chart")
    assert codes("docx", word) == codes("xlsx", book) == set()
    for path, edit in ((number, other), (name, renamed)):
        assert codes("docx", at(word, "word/charts/chart1.xml", path, edit)) == {"RB119"}
        assert codes("xlsx", at(book, chart, path, edit)) == {"RB119"}
    assert codes("docx", inner_workbook(word)) == {"RB120"}
    assert codes("xlsx", changed(book, sheet_of_the_chart(), lambda root: other(root.find(f".//{S}v")))) == {"RB120"}


def renamed(element: Any) -> bool:
    element.text += "甲"
    return True


def test_a_figure_changed_in_a_pdf_is_caught() -> None:
    other_chart = nodes.chart("pie", ("50664.61", "2.03", "369.59"))
    made = replace(WITH_CHARTS, sections=tuple(
        replace(section, blocks=tuple(other_chart if block.id == other_chart.id else block for block in section.blocks))
        for section in WITH_CHARTS.sections
    ))  # fmt: skip
    found = [*compare(WITH_CHARTS, read_back("pdf", writer("pdf").write(made, STYLE)), "pdf")]
    assert {finding.code for finding in found} == {"RB118", "RB119"}
    assert any(finding.values["found"] == "50664.61万元" for finding in found)


def test_a_chart_lost_from_a_file_is_caught() -> None:
    def without(root: Any) -> bool:
        drawing = next(root.iter("{*}drawing"))
        drawing.getparent().remove(drawing)
        return True

    assert "RB117" in codes("docx", changed(FILES["docx"], "word/document.xml", without))


# conformance


@pytest.mark.parametrize("name", CHARTS)
def test_a_pdf_with_charts_conforms(name: str) -> None:
    made = prose(nodes.heading("h", 1, "一、甲"), CHARTS[name], Paragraph("p", nodes.t("一段。")))
    assert complaints(writer("pdf").write(made, STYLE)) == set()


def test_a_chart_in_a_pdf_is_a_figure_with_a_text_alternative_a_box_and_a_caption() -> None:
    reader = PdfReader(BytesIO(FILES["pdf"]))
    figures = [
        element for element in elements(reader.trailer["/Root"]["/StructTreeRoot"]) if element.get("/S") == "/Figure"
    ]
    assert [figure["/Alt"] for figure in figures] == [alternative_text(chart) for chart in WITH_CHARTS.charts()]
    for figure in figures:
        left, bottom, right, top = map(float, figure["/A"]["/BBox"])
        assert 0 < left < right < 595
        assert 0 < bottom < top < 842
        assert figure["/K"][-1].get_object()["/S"] == "/Caption"


def elements(parent: Any) -> Iterator[Any]:
    kids = parent.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        node = kid.get_object()
        if isinstance(node, dict) and "/S" in node:
            yield node
            yield from elements(node)


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_the_office_files_conform_to_the_schema(suffix: str, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit, a checker of OOXML, is not installed")
    made = document(Section("p", "prose", (nodes.heading("h", 1, "一、甲"),
        *(replace(chart, id=f"c{n}") for n, chart in enumerate(CHARTS.values())))))  # fmt: skip
    file = tmp_path / f"x.{suffix}"
    file.write_bytes(writer(suffix).write(made, STYLE))
    found = audit.OpenXmlValidator().validate(str(file)).errors
    errors = [one for one in found if one.severity is audit.ValidationSeverity.ERROR and not false_alarm(one)]
    assert errors == []


def test_the_chart_part_has_its_elements_in_the_order_of_the_schema() -> None:
    """What the audit does not look into: openpyxl writes the separator of labels late and as an attribute."""
    chart = CHARTS["long names"]
    root = etree.fromstring(chart_part(chart, embedded_cells(chart), WIDTH, STYLE, "rId1").encode())
    (labels,) = root.iter(f"{C}dLbls")
    tags = [etree.QName(child).localname for child in labels if child.tag != f"{C}dLbl"]
    assert tags[-2:] == ["separator", "showLeaderLines"]
    assert {one.text for one in root.iter(f"{C}separator")} == {"\n"}


def wraps(chart: Chart) -> list[str | None]:
    root = etree.fromstring(chart_part(chart, embedded_cells(chart), WIDTH, STYLE, "rId1").encode())
    return [one.get("wrap") for label in root.iter(f"{C}dLbl") for one in label.iter("{*}bodyPr")]


def test_only_labels_with_names_of_several_lines_may_be_broken_by_programs() -> None:
    assert set(wraps(CHARTS["tiny slices"])) == {"none"}
    assert set(wraps(CHARTS["long names"])) == {"square"}


def test_a_figure_fits_its_column_on_the_sheet() -> None:
    """A spreadsheet shows no digit of a number that does not."""
    payload = writer("xlsx").write(prose(CHARTS["bars of many years"]), STYLE)
    with ZipFile(BytesIO(payload)) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet2.xml"))
    widths = [float(column.get("width")) for column in sheet.iter(f"{S}col")]
    assert len(widths) == 7
    assert min(widths[1:]) >= len("312345678.10") + 2 * len("万元") + 1


# geometry


def boxes(chart: Chart) -> list[tuple[float, float, float, float]]:
    """The boxes of all labels of a chart: left, top, right, bottom."""
    line = LABEL.leading
    if chart.kind == "pie":
        return [
            (one.x, one.y, one.x + one.width, one.y + one.height) for one in lay_out_pie(chart, WIDTH, LABEL).labels
        ]
    layout = lay_out_bars(chart, WIDTH, LABEL)
    figures = [text for row in layout.figures for text in row if text]
    texts = [*layout.names, *figures, *(text for _, text in layout.legend)]
    return [(text.x, text.y, text.x + text.width, text.y + len(text.lines) * line) for text in texts]


@pytest.mark.parametrize("name", CHARTS)
def test_no_label_lies_over_another_or_outside_of_the_chart(name: str) -> None:
    chart = CHARTS[name]
    height, found = chart_height(chart, WIDTH, LABEL), boxes(chart)
    for left, top, right, bottom in found:
        assert -0.01 <= left <= right <= WIDTH + 0.01
        assert -0.01 <= top <= bottom <= height + 0.01
    for one, other in combinations(found, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert min(across, down) < 0.01


@pytest.mark.parametrize("name", [name for name, chart in CHARTS.items() if chart.kind == "pie"])
def test_no_label_of_a_pie_lies_over_the_circle(name: str) -> None:
    layout = lay_out_pie(CHARTS[name], WIDTH, LABEL)
    for label in layout.labels:
        edge = label.x if label.right else label.x + label.width
        assert abs(edge - layout.x) > RADIUS


@pytest.mark.parametrize("name", CHARTS)
def test_the_type_of_a_chart_is_no_wider_than_its_place(name: str) -> None:
    """In the face that the PDF embeds: what the estimate leaves is enough."""
    (page,) = pages_of(prose(CHARTS[name]))
    left, right = page.area.left, page.area.left + page.area.width
    for placed in page.lines:
        x = placed.x + placed.line.x
        assert left - 1 <= x
        assert x + placed.line.width <= right + 1


def test_neighbours_have_other_colours_and_all_are_other_greys() -> None:
    for count in range(2, 21):
        chart = nodes.chart("pie", ["1.00"] * count, names=["甲"] * count)
        colours = [colour(chart, n) for n in range(count)]
        assert all(one != other for one, other in zip(colours, [*colours[1:], colours[0]], strict=True))
    bars = nodes.chart("grouped-bar", *[["1.00"]] * 6)
    greys = sorted(grey(colour(bars, n)) for n in range(6))
    assert min(b - a for a, b in pairwise(greys)) > 0.05


def grey(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_bars_stand_where_their_figures_fit_and_lie_elsewhere() -> None:
    assert has_upright_bars(nodes.two_years(), WIDTH, LABEL)
    assert not has_upright_bars(CHARTS["bars that lie"], WIDTH, LABEL)
    assert not has_upright_bars(CHARTS["bars of many years"], WIDTH, LABEL)


@pytest.mark.parametrize("name", ["upright bars", "bars that lie", "bars of two years", "negative bars"])
def test_bars_are_as_long_as_their_figures(name: str) -> None:
    chart = CHARTS[name]
    layout = lay_out_bars(chart, WIDTH, LABEL)
    values = [figure.value for n in range(len(chart.categories)) for one in chart.series if (figure := one.figures[n])]
    lengths = [bar.height if layout.upright else bar.width for bar in layout.bars]
    longest = max(abs(value) for value in values)
    for value, length in zip(values, lengths, strict=True):
        assert length == pytest.approx(float(abs(value) / longest) * max(lengths))


def test_slices_are_as_large_as_their_figures() -> None:
    assert lay_out_pie(CHARTS["two slices"], WIDTH, LABEL).extents == pytest.approx((231.732, 128.268))
    assert lay_out_pie(CHARTS["no slice at all"], WIDTH, LABEL).extents == (0, 0)


def test_a_chart_stays_on_one_page_with_its_caption_and_below_its_heading() -> None:
    lines = [Paragraph(f"p{n}", nodes.t("一段文字。")) for n in range(15)]
    first, second = pages_of(prose(*lines, nodes.heading("h", 1, "一、收入"), nodes.chart()))
    assert not first.drawings
    assert lines_of(second)[0] == "一、收入"
    assert lines_of(second)[-2] == "图1：收入预算"
    assert len(second.drawings) == 1


def test_a_document_without_charts_needs_none_of_the_libraries() -> None:
    code = (
        "import sys; from tests import nodes; from reportgen.writers import writer\n"
        "for name in ('docx', 'pdf', 'xlsx'): writer(name).write(nodes.document(), nodes.style())\n"
        "assert not {'openpyxl', 'reportlab'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# what other programs make of it


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_libreoffice_shows_every_label_whole(suffix: str, tmp_path: Path) -> None:
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("LibreOffice or poppler is not installed")
    shown = [CHARTS[name] for name in ("tiny slices", "bars of two years", "bars that lie")]
    made = prose(*(replace(chart, id=f"c{n}") for n, chart in enumerate(shown)))
    (tmp_path / f"x.{suffix}").write_bytes(writer(suffix).write(made, STYLE))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / f"x.{suffix}"]
    subprocess.run(convert, capture_output=True, check=True, timeout=120)
    text = subprocess.run(["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, check=True).stdout.decode()
    found = text.replace(" ", "")
    for chart in shown:
        assert plain(chart.caption_line) in found
        for n, category in enumerate(chart.categories):
            figures = [value_label(figure) for series in chart.series if (figure := series.figures[n])]
            assert all(label in found for label in figures)
            assert plain(category) in found


def test_the_embedded_workbook_opens_with_its_figures() -> None:
    with ZipFile(BytesIO(FILES["docx"])) as archive:
        inner = archive.read("word/embeddings/Microsoft_Excel_Sheet2.xlsx")
    sheet = load_workbook(BytesIO(inner)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "2026年", "2025年"],
        ["一般公共预算拨款收入", 3001.1, 2950],
        ["本年其他资金收入", 20, None],
    ]
    assert sheet["B2"].number_format == '0.00"万元"'


def test_shapes_are_operators_of_the_page() -> None:
    chart = nodes.chart("bar", ("4.00",), names=("甲",))
    layout = lay_out_bars(chart, 100, LABEL)
    (bar,) = layout.bars
    low = layout.height - bar.y - bar.height
    assert operators(bar_drawing(chart, layout, 100), 10, 20).splitlines() == [
        "q 1 0 0 1 10.00 20.00 cm 1 j",
        f"0.122 0.220 0.392 rg 0.5 w 0.000 0.000 0.000 RG {bar.x:.2f} {low:.2f} {bar.width:.2f} {bar.height:.2f} re B",
        f"0.5 w 0.000 0.000 0.000 RG 0.00 {low:.2f} m 100.00 {low:.2f} l S",
        "Q",
    ]


def test_slices_are_curves_from_the_middle_clockwise_from_the_top() -> None:
    chart = CHARTS["two slices"]
    layout = lay_out_pie(chart, WIDTH, LABEL)
    first = operators(pie_drawing(chart, layout, WIDTH), 0, 0).splitlines()[1]
    x, y = layout.x, layout.height - layout.y
    end = layout.on_circle(231.732)
    assert f"{x:.2f} {y:.2f} m {end[0]:.2f} {layout.height - end[1]:.2f} l" in first
    assert first.endswith(f"{x:.2f} {y + RADIUS:.2f} c h B")
