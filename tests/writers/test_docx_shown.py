"""The DOCX writer: what LibreOffice shows of its files, above all of spans higher than a page."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.core.paths import shipped
from reportgen.tree.nodes import Column, Document, Row, Table
from reportgen.writers.docx import write
from tests import nodes
from tests.writers.docx_reading import (
    TOP_ROWS,
    W,
    prose_of,
    written,
)

NUMBERS = range(1000, 1400)


def tall_table() -> Table:
    """Spans over 1, 2, 5 and 60 rows, each with more text than a page holds, every sentence numbered."""
    rows: list[Row] = []
    for k, count in enumerate((1, 2, 5, 60)):
        text = "".join(f"第{number + 1000 * k}号目标完成。" for number in NUMBERS)
        for n in range(count):
            spanning = (nodes.cell(text, rowspan=count), nodes.cell("单位", rowspan=count)) if n == 0 else ()
            rows.append(Row(f"{k}-{n}", (*spanning, nodes.cell(f"指标{k}-{n}"))))
    head = (Row("h", tuple(nodes.cell(x) for x in ("目标", "单位", "指标")), "head"),)
    heading = nodes.heading("tall/heading", 2, "（五）高表")
    title, left, right = (nodes.t(text) for text in ("高表", "部门", "单位：元"))
    columns = (Column(20), Column(20), Column(60))
    return Table("tall", heading, title, "表05", left, right, columns, head, tuple(rows))


def test_only_a_row_higher_than_a_page_may_break() -> None:
    rows = [row for row in written(tall_table(), page="tables").iter(f"{W}tr")][TOP_ROWS + 1 :]
    whole = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows]
    assert whole == [False] + [False] * 2 + [False] * 5 + [True] * 60


def with_tall_table() -> Document:
    document = nodes.document()
    last = document.sections[-1]
    longer = dataclasses.replace(last, blocks=(*last.blocks, tall_table()))
    return dataclasses.replace(document, sections=(*document.sections[:-1], longer))


def font_configuration(folder: Path) -> Path:
    """Lets the official names mean the free faces that are shipped."""
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{face.name}</string></test>'
        '<edit name="family" mode="assign" binding="strong">'
        f"<string>Gongwen {face.file.stem[7:]}</string></edit></match>"
        for face in nodes.style().faces.values()
    )
    path = folder / "fonts.conf"
    path.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{shipped("fonts")}</dir><cachedir>{folder}/cache</cachedir>'
        f"{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of the PDF that LibreOffice makes, without white space and page numbers."""
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        pytest.skip("needs LibreOffice (soffice) and poppler (pdftotext)")
    folder = tmp_path_factory.mktemp("office")
    (folder / "t.docx").write_bytes(write(with_tall_table(), nodes.style()))
    environment = {**os.environ, "FONTCONFIG_FILE": str(font_configuration(folder))}
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "t.docx")],
        check=True,
        capture_output=True,
        timeout=180,
        env=environment,
    )
    text = subprocess.run([reader, str(folder / "t.pdf"), "-"], check=True, capture_output=True, timeout=60).stdout
    lines = [line for line in text.decode("utf-8").splitlines() if not re.fullmatch(r"\s*—\s*\d+\s*—\s*", line)]
    return "".join("".join(lines).split())


def test_libreoffice_shows_every_paragraph(shown: str) -> None:
    missing = [text for text in prose_of(with_tall_table()) if "".join(text.split()) not in shown]
    assert not missing


def test_libreoffice_shows_all_of_every_tall_span(shown: str) -> None:
    found = set(re.findall(r"第(\d{4})号", shown)) | set(re.findall(r"(?<!\d)\d{4}(?!\d)", shown))
    expected = {str(number + 1000 * k) for k in range(4) for number in NUMBERS}
    assert expected <= found


def test_libreoffice_repeats_title_and_head(shown: str) -> None:
    assert shown.count("2023年部门支出预算总表") >= 2 + 3  # contents, outline entry, three pages
