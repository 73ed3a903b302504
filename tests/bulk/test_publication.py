"""The package for a publishing platform: names by a pattern, each once, and the list of what is in it."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from reportgen.bulk.publication import LIST, Published, publication
from reportgen.core.errors import UsageError


def document(code: str = "450", title: str = "青溪市财政局2023年部门预算") -> Published:
    return Published(code, "青溪市财政局", 2023, title, {".pdf": b"1", ".docx": b"2"})


def listed(package: dict[str, bytes]) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(package[LIST])).active
    return list(sheet.iter_rows(values_only=True))


def test_files_are_named_by_the_pattern_and_listed() -> None:
    package = publication([document()])
    assert list(package) == [LIST, "450_青溪市财政局2023年部门预算.pdf", "450_青溪市财政局2023年部门预算.docx"]
    head, row = listed(package)
    assert head == ("代码", "部门或单位", "标题", "文件", "链接")
    names = "450_青溪市财政局2023年部门预算.pdf；450_青溪市财政局2023年部门预算.docx"
    assert row == ("450", "青溪市财政局", "青溪市财政局2023年部门预算", names, None)
    assert publication([document()]) == package


def test_another_pattern() -> None:
    assert set(publication([document()], "{year}-{name}")) == {LIST, "2023-青溪市财政局.pdf", "2023-青溪市财政局.docx"}


def test_equal_names_are_numbered() -> None:
    package = publication([document("a"), document("A")], "{code}")
    assert set(package) == {LIST, "a.pdf", "a.docx", "A-2.pdf", "A-2.docx"}


def test_a_name_never_becomes_a_path() -> None:
    package = publication([document(title="../../x/y")], "../{title}")
    assert all("/" not in name and not name.startswith(".") for name in package)


@pytest.mark.parametrize("pattern", ["{x}", "{code", "code}", "{code.__class__}", "{}", "{code!r}", "{0}"])
def test_a_pattern_with_an_unknown_place_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError, match="写得不对"):
        publication([document()], pattern)
