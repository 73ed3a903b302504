"""Small documents in pairs, for what the seed's layout cannot show: merged rows, tables and lines that come and go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from reportgen.tree.nodes import (
    Block,
    Cell,
    Column,
    Contents,
    Cover,
    Document,
    Entry,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
)
from tests.nodes import amount, cell, heading, t

TALL = "完成全部目标任务并通过验收，保障各项工作按计划推进。" * 40
"""A text too long for the rows beside it: it is set in several parts."""
Groups = dict[str, tuple[str, ...]]
"""The lines of each group of merged rows."""

MERGED: dict[str, tuple[Groups, Groups]] = {
    "a line in the middle comes": ({"甲": ("一", "二", "三")}, {"甲": ("一", "新", "二", "三")}),
    "a line in the middle goes": ({"甲": ("一", "二", "三", "四")}, {"甲": ("一", "三", "四")}),
    "the first line goes": ({"甲": ("一", "二", "三")}, {"甲": ("二", "三")}),
    "a line comes first": ({"甲": ("一", "二")}, {"甲": ("新", "一", "二")}),
    "the last line goes": ({"甲": ("一", "二", "三")}, {"甲": ("一", "二")}),
    "one line is left": ({"甲": ("一", "二")}, {"甲": ("二",)}),
    "a group comes": ({"甲": ("一", "二")}, {"乙": ("三", "四"), "甲": ("一", "二")}),
    "a group goes": ({"甲": ("一", "二"), "乙": ("三", "四")}, {"乙": ("三", "四")}),
    "two groups grow together": ({"甲": ("一", "二"), "乙": ("三", "四")}, {"甲": ("一", "二", "三", "四")}),
    "a group falls apart": ({"甲": ("一", "二", "三", "四")}, {"甲": ("一", "二"), "乙": ("三", "四")}),
    "groups change places": ({"甲": ("一", "二"), "乙": ("三",)}, {"乙": ("三",), "甲": ("一", "二")}),
    "another name": ({"甲": ("一", "二")}, {"丁戊己": ("一", "二")}),
    "nothing is left": ({"甲": ("一", "二")}, {}),
    "all is new": ({}, {"甲": ("一", "二")}),
    "lines go beside a tall text": (
        {TALL: tuple(f"第{n}行" for n in range(12))},
        {TALL.replace("验收", "检查"): tuple(f"第{n}行" for n in range(12) if n not in (3, 4, 7))},
    ),
    "lines come beside a tall text": (
        {TALL: tuple(f"第{n}行" for n in range(9))},
        {TALL: tuple(f"第{n}行" for n in (0, 1, 20, 2, 3, 21, 22, 23, 24, 25, 4, 5, 6, 7, 8))},
    ),
}


def table(groups: Groups, id: str = "表/甲", figure: str = "1.00") -> Table:
    """Merged cells on both sides of lines that are not merged."""
    rows = []
    for name, lines in groups.items():
        for n, line in enumerate(lines):
            own = (cell(line), amount(figure))
            merged = {"rowspan": len(lines)}
            cells = (cell(name, **merged), *own, cell("备注" + name[:1], **merged)) if n == 0 else own
            rows.append(Row(line, cells))
    return Table(
        id, heading(f"{id}/heading", 2, f"（一）{id}"), t(id), "表01", t("303-某局"), t("单位：万元"),
        (Column(40), Column(30), Column(15, "right"), Column(15)),
        (Row("h1", tuple(cell(head) for head in ("名称", "指标", "数额", "备注")), "head"),), tuple(rows),
    )  # fmt: skip


def document(*blocks: Block, cover: tuple[str, ...] = ("某局", "2023年部门预算")) -> Document:
    """Cover and contents, prose, tables: three sections."""
    prose = tuple(one for one in blocks if not isinstance(one, Table))
    tables = tuple(one for one in blocks if isinstance(one, Table))
    headings = [one.heading if isinstance(one, Table) else one for one in (*prose, *tables)]
    entries = tuple(Entry(one.level, one.runs, one.id) for one in headings if isinstance(one, Heading))
    front = (Cover("cover", tuple(t(line) for line in cover)), Contents("contents", "目　录", entries))
    sections = (
        Section("front", "contents", front),
        Section("prose", "prose", prose),
        Section("tables", "tables", tables),
    )
    return Document("t", "a", "s", "slug", date(2023, 1, 1), sections)


def said(id: str, text: str) -> Paragraph:
    return Paragraph(id, t(text))


ONE, TWO, LAST = heading("一", 1, "一、概况"), heading("二", 1, "二、收支"), heading("三", 1, "三、名词")
PLAIN = (
    ONE,
    said("一/1", "本部门共有三家单位。"),
    TWO,
    said("二/1", "收入增加12.50万元。"),
    LAST,
    said("三/1", "完。"),
)
A, B = table({"甲": ("一", "二")}), table({"乙": ("三", "四")}, "表/乙")
NOTED = replace(A, notes=(Paragraph("表/甲/empty", t("本表无数据。"), "note"),))
OTHER_HEAD = replace(
    A, columns=A.columns[:3], head=(Row("h1", (cell("名称"), cell("指标", colspan=2)), "head"),),
    body=(Row("0-0", (Cell(), cell("一"), amount("2.00"))),),
)  # fmt: skip

WHOLE: dict[str, tuple[Document, Document]] = {
    "nothing changed": (document(*PLAIN, A), document(*PLAIN, A)),
    "the last paragraph of a section goes": (document(*PLAIN, A), document(*PLAIN[:-1], A)),
    "paragraphs come last in a section": (document(*PLAIN, A), document(*PLAIN, said("三/2", "又一段。"), A)),
    "a heading comes first": (document(*PLAIN[2:], A), document(*PLAIN, A)),
    "the last heading goes": (document(*PLAIN), document(*PLAIN[:4])),
    "a table comes before another": (document(*PLAIN, A), document(*PLAIN, B, A)),
    "a table goes": (document(*PLAIN, A, B), document(*PLAIN, B)),
    "the last table goes": (document(*PLAIN, A, B), document(*PLAIN, A)),
    "a table of another shape": (document(*PLAIN, A, B), document(*PLAIN, OTHER_HEAD, B)),
    "a note comes": (document(*PLAIN, A, B), document(*PLAIN, NOTED, B)),
    "a note goes at the end": (document(*PLAIN, B, NOTED), document(*PLAIN, B, A)),
    "lines of the cover": (document(*PLAIN, A), document(*PLAIN, A, cover=("某厅", "2024年部门预算", "（草案）"))),
    "paragraphs change places": (document(*PLAIN, A), document(*PLAIN[2:4], *PLAIN[:2], *PLAIN[4:], A)),
    **{name: (document(*PLAIN, table(old)), document(*PLAIN, table(new))) for name, (old, new) in MERGED.items()},
}


def side_by_side(pairs: list[tuple[Groups, Groups]]) -> tuple[Document, Document]:
    """Many tables in one document, old and new."""
    old, new = ([table(pair[side], f"表/{n}") for n, pair in enumerate(pairs)] for side in (0, 1))
    return document(*PLAIN, *old), document(*PLAIN, *new)


BY_OFFICE: dict[str, tuple[Document, Document]] = {
    "merged rows": side_by_side([pair for name, pair in MERGED.items() if "tall" not in name]),
    "tall merged rows": side_by_side([pair for name, pair in MERGED.items() if "tall" in name]),
    **{
        name: WHOLE[name]
        for name in (
            "the last paragraph of a section goes", "paragraphs come last in a section", "the last heading goes",
            "a table comes before another", "the last table goes", "a table of another shape", "lines of the cover",
        )
    },
}  # fmt: skip
"""What differs in how an office reads it; each costs four times opening a file."""

names = st.sampled_from("甲乙丙丁")
groups = st.dictionaries(
    names, st.lists(st.sampled_from("一二三四五六七"), min_size=1, max_size=5).map(tuple), max_size=4
)
words = st.text("收入支出增减主要是，。12.5万", min_size=1, max_size=12)
paragraphs = st.lists(words, max_size=5).map(lambda texts: [said(f"一/{n}", text) for n, text in enumerate(texts)])
documents = st.builds(lambda own, rows: document(ONE, *own, LAST, table(rows)), paragraphs, groups)
