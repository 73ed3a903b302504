"""Tables: several rows of a record, numbers of one level, heads of several rows, labels, notes; ``## `` in prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.core.errors import LayoutError
from reportgen.tree.nodes import Heading, Table

from .small import files_read_back, outline, prepared, said, table, written

TABLE = "id: 甲, table: x"
ROWS = """\
title: 试
grouped: true
zero: "0.00"
rows: three_public.rows
record_rows:
  - {row: [{text: "{{ row.name }}"}, {text: 接待}, reception]}
  - {row: ["", {text: 合计}, total], role: subtotal}
columns:
  - {head: 单位, value: name}
  - {head: 项目}
  - {head: 金额, value: total, align: right}
"""


def test_a_record_prints_several_rows(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TABLE), tables__x=ROWS)
    found = prepared(folder).document
    assert table(found)[:3] == [
        ["青溪市财政局本级", "接待", "2.66"], ["", "合计", "28.31"], ["青溪市国库支付中心", "接待", "0.70"]
    ]  # fmt: skip
    files_read_back(folder)


def test_a_name_that_the_record_does_not_have_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(TABLE), tables__x=ROWS.replace(", reception]", ", recepton]"))
    with pytest.raises(LayoutError, match=r"tables/x.yaml:6：没有名为“recepton”的数据项"):
        prepared(folder)


def test_rows_of_a_record_need_records(tmp_path: Path) -> None:
    spec = ROWS.replace("rows: three_public.rows", "rows: [{row: [甲, three_public.total]}]")
    with pytest.raises(LayoutError, match="record_rows 只能用在列出一列记录的表里"):
        prepared(written(tmp_path / "l", outline(TABLE), tables__x=spec))


def test_only_the_rows_of_one_level_are_numbered(tmp_path: Path) -> None:
    spec = """\
title: 试
rows: expenditure.rows
columns:
  - {head: 项目, value: name, numbered: "{zh}、", number_level: 1}
"""
    names = [row[0] for row in table(prepared(written(tmp_path / "l", outline(TABLE), tables__x=spec)).document)]
    assert names[:2] == ["一、一般公共服务支出", "财政事务"]
    assert [name for name in names if "、" in name][1].startswith("二、")


def test_the_head_of_a_group_may_be_two_rows_high(tmp_path: Path) -> None:
    spec = """\
title: 试
rows: three_public.rows
columns:
  - {head: 单位, value: name}
  - head: 合计
    head_rows: 2
    columns: [{head: 金额, value: total, align: right}]
  - head: 用车
    columns:
      - {head: 小计, columns: [{head: 金额, value: vehicles, align: right}]}
"""
    folder = written(tmp_path / "l", outline(TABLE), tables__x=spec)
    found = next(block for block in prepared(folder).document.blocks() if isinstance(block, Table))
    assert [[(cell.text, cell.rowspan) for cell in row.cells] for row in found.head[:3]] == [
        [("单位", 3), ("合计", 2), ("用车", 1)], [("小计", 1)], [("金额", 1), ("金额", 1)]
    ]  # fmt: skip
    files_read_back(folder)


def test_a_table_with_an_empty_label_is_not_counted(tmp_path: Path) -> None:
    files = {"tables__x": f'label: ""\n{ROWS}', "tables__y": ROWS}
    folder = written(tmp_path / "l", outline(TABLE, "id: 乙, table: y"), **files)
    tables = [block for block in prepared(folder).document.blocks() if isinstance(block, Table)]
    assert [one.label for one in tables] == ["", "表01"]
    files_read_back(folder)


def test_a_note_that_its_template_leaves_empty_is_not_printed(tmp_path: Path) -> None:
    spec = 'note: "{% if not year %}注：无{% endif %}"\nempty_note: 注：空。\n' + ROWS
    folder = written(tmp_path / "l", outline(TABLE), tables__x=spec)
    found = next(block for block in prepared(folder).document.blocks() if isinstance(block, Table))
    assert found.notes == ()


def test_two_number_signs_begin_a_heading_two_levels_below(tmp_path: Path) -> None:
    text = "# @甲 甲\n## @乙 乙\n- 丙\n# 丁\n## 戊\n己"
    found = prepared(written(tmp_path / "l", outline("id: 部, heading: 部, text: x.j2"), text__x=text)).document
    assert said(found) == ["一、部", "（一）甲", "1.乙", "（1）丙", "（二）丁", "1.戊", "己"]
    headings = [(block.id, block.level) for block in found.blocks() if isinstance(block, Heading)]
    assert headings == [("部", 1), ("部/甲", 2), ("部/甲/乙", 3), ("部/2", 2), ("部/2/3", 3)]


def test_headings_have_a_lowest_level(tmp_path: Path) -> None:
    layout = outline("id: 部, level: 3, heading: 部, text: x.j2")
    with pytest.raises(LayoutError, match="标题最多 4 级，不能再用“## ”"):
        prepared(written(tmp_path / "l", layout, text__x="## 甲"))
