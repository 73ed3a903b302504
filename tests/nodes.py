"""Small documents and nodes for the tests of the writers: every kind of block, head and span that the form knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from reportgen.core.paths import shipped
from reportgen.layout.style import read_style
from reportgen.layout.yaml_reader import parsed
from reportgen.tree.nodes import (
    Cell,
    Chart,
    ChartKind,
    ChartSeries,
    Column,
    Contents,
    Cover,
    Document,
    Entry,
    Figure,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from reportgen.tree.style import Style

EVIL = '<img src="x"/>{{ 7*7 }} &lt; =HYPERLINK("a") @SUM(1) “引号”'


def style() -> Style:
    path = shipped("layouts") / "gongwen" / "style.yaml"
    return read_style(parsed(path.read_bytes(), "gongwen/style.yaml"))


def money(text: str, fact: str = "test.amount") -> Figure:
    return Figure(text, Decimal(text.replace(",", "")), "万元", fact, 2, "," in text)


def t(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def cell(text: str, **kw) -> Cell:
    return Cell(t(text) if text else (), **kw)


def amount(text: str) -> Cell:
    return Cell((money(text),), align="right") if text else Cell(align="right")


def heading(id: str, level: int, text: str) -> Heading:
    return Heading(id, level, t(text))


def spending_table(rows: int = 60) -> Table:
    """Three head rows with spans in both directions, levels of indent, more rows than a page holds."""
    head = (
        Row(
            "h1",
            (
                cell("科目编码", rowspan=2),
                cell("科目名称", rowspan=2),
                cell("合 计", rowspan=2),
                cell("基本支出", colspan=2),
                cell("项目支出", rowspan=2),
            ),
            "head",
        ),
        Row("h2", (cell("人员经费"), cell("公用经费")), "head"),
        Row("h3", tuple(cell(x) for x in ("**", "**", "1", "2", "3", "4")), "number"),
    )
    body = [
        Row(
            "total",
            (cell(""), cell("合计"), amount("17633.63"), amount("4324.40"), amount("662.23"), amount("12647.00")),
            "total",
        )
    ]
    for n in range(rows):
        body.append(
            Row(
                f"r{n}",
                (
                    cell(f"{2080100 + n}"),
                    cell("其他人力资源和社会保障管理事务支出", indent=n % 3),
                    amount(f"{n + 1}.50"),
                    amount(""),
                    amount(f"{n + 1}.50"),
                    amount(""),
                ),
                "subtotal" if n % 7 == 0 else "item",
            )
        )
    return Table(
        "spending",
        heading("spending/heading", 2, "（一）2023年部门支出预算总表"),
        t("2023年部门支出预算总表"),
        "表01",
        t("303-市人社局"),
        t("单位：万元"),
        (Column(12), Column(38), *(Column(12.5, "right") for _ in range(4))),
        head,
        tuple(body),
    )


def indicator_table(lines: int = 40) -> Table:
    """Twenty-one columns; a project's cells span all its lines and are taller than a page."""
    names = [
        "单位",
        "项目名称",
        "总体绩效目标",
        *(
            f"总体绩效{x}"
            for x in (
                "一级指标名称",
                "二级指标名称",
                "三级指标名称",
                "指标符号",
                "指标值",
                "指标单位",
                "指标权重",
                "备注",
            )
        ),
        "年度绩效目标",
        *(
            f"年度绩效{x}"
            for x in (
                "一级指标名称",
                "二级指标名称",
                "三级指标名称",
                "指标符号",
                "指标值",
                "指标单位",
                "指标权重",
                "备注",
            )
        ),
        "预算金额",
    ]
    widths = [5, 6, 11, 4, 5, 8, 3, 4, 3, 3, 3, 11, 4, 5, 8, 3, 4, 3, 3, 3, 1]
    total = sum(widths)
    goal = "通过大规模开展职业培训，加大对高校毕业生等重点群体的职业技能培训力度，有效增加培训供给。" * 12
    rows: list[Row] = []
    for p in range(3):
        n = lines if p == 1 else 6
        for k in range(n):
            line = [cell(x) for x in ("产出指标", "数量指标", "组织体检次数", "≥", "600", "人", "10", "")] * 2
            left, right = line[:8], line[8:]
            if k == 0:
                tall = {"rowspan": n}
                row = [
                    cell("绍兴市职业技能开发指导中心", **tall),
                    cell("再就业资金政策兑现企业", **tall),
                    cell(goal, **tall),
                    *left,
                    cell(goal, **tall),
                    *right,
                    Cell((Figure("440720", Decimal(440720), "元", "x"),), rowspan=n, align="right"),
                ]
            else:
                row = [*left, *right]
            rows.append(Row(f"p{p}-{k}", tuple(row)))
    return Table(
        "indicators",
        heading("indicators/heading", 2, "（二）2023年部门绩效指标表"),
        t("2023年部门绩效指标表"),
        "表02",
        t("303-市人社局"),
        t("单位：元"),
        tuple(Column(100 * w / total) for w in widths),
        (Row("h1", tuple(cell(n) for n in names), "head"),),
        tuple(rows),
    )


def two_sided_table() -> Table:
    head = (
        Row("h1", (cell("收 入", colspan=2), cell("支 出", colspan=2)), "head"),
        Row("h2", tuple(cell(x) for x in ("项 目", "预算数", "项 目", "预算数")), "head"),
    )
    body = [
        Row(
            f"r{n}",
            (
                cell("一、财政拨款" if n == 0 else ""),
                amount("17545.56" if n == 0 else ""),
                cell("社会保障和就业支出", indent=n % 3),
                amount("8509.65"),
            ),
        )
        for n in range(35)
    ]
    body.append(
        Row(
            "total",
            (
                cell("收 入 总 计", align="center"),
                amount("17633.63"),
                cell("支 出 总 计", align="center"),
                amount("17633.63"),
            ),
            "total",
        )
    )
    return Table(
        "balance",
        heading("balance/heading", 2, "（三）2023年部门收支预算总表"),
        t("2023年部门收支预算总表"),
        "表03",
        t("303-市人社局"),
        t("单位：万元"),
        (Column(32), Column(18, "right"), Column(32), Column(18, "right")),
        head,
        tuple(body),
    )


def empty_table() -> Table:
    head = (
        Row("h1", (cell("科目编码"), cell("科目名称"), cell("项目支出")), "head"),
        Row("h2", (cell("**"), cell("**"), cell("1")), "number"),
    )
    return Table(
        "capital",
        heading("capital/heading", 2, "（四）2023年部门国有资本经营预算支出表"),
        t("2023年部门国有资本经营预算支出表"),
        "表04",
        t("303-市人社局"),
        t("单位：万元"),
        (Column(20), Column(50), Column(30, "right")),
        head,
        (Row("total", (cell(""), cell("合计"), cell("")), "total"),),
        (Paragraph("capital/note", t("绍兴市人社局没有国有资本经营预算拨款安排的支出，故本表无数据。"), "note"),),
    )


def chart(kind: ChartKind = "pie", *series: Sequence[str], names: Sequence[str] = ()) -> Chart:
    """A chart of amounts, one text for each category; "" has no figure."""
    rows = series or (("50664.60", "2.03", "369.59"),)
    names = (
        names or ("一般公共预算拨款收入", "本年其他资金收入", "上年结转结余", "事业收入", "其他收入")[: len(rows[0])]
    )
    made = (
        ChartSeries(
            t(f"{2026 - n}年"), tuple(money(text, f"test.{n}.{k}") if text else None for k, text in enumerate(row))
        )
        for n, row in enumerate(rows)
    )
    return Chart(f"chart-{kind}", kind, "图1：", t("收入预算"), tuple(map(t, names)), tuple(made))


def two_years() -> Chart:
    return replace(chart("grouped-bar", ("3001.10", "20.00"), ("2950.00", "")), id="图/两年", label="图2：")


def with_charts() -> Document:
    """Charts on a page of their own, after all that :func:`document` has."""
    whole = document()
    section = Section(
        "charts", "prose", (heading("图", 1, "图"), chart(), two_years(), Paragraph("尾", t("图后的一段。")))
    )
    return replace(whole, sections=(*whole.sections, section))


def document() -> Document:
    tables = (spending_table(), indicator_table(), two_sided_table(), empty_table())
    prose = (
        heading("s1", 1, "一、部门概况"),
        heading("s1/1", 2, "（一）主要职能"),
        Paragraph("p1", t("1.贯彻执行人力资源和社会保障工作的法律法规规章。" * 6), "item"),
        heading("s1/2", 2, "（二）关于绍兴市人力资源和社会保障局2023年一般公共预算“三公”经费预算情况说明"),
        Paragraph(
            "p2",
            (
                Text("绍兴市人力资源和社会保障局2023年收支总预算"),
                money("17633.63", "revenue.total"),
                Text("万元，下降"),
                Figure("5.5", Decimal("5.46"), "%", "revenue.change.rate", 1),
                Text("%。"),
            ),
        ),
        heading("s1/2/1", 3, "1.机关运行经费。"),
        Paragraph("p3", t("以“最多跑一次”改革为统领——加强整体谋划（系统设计）；改革落地：提供优质公共服务！" * 12)),
        Paragraph("evil", t(EVIL)),
    )
    headings = (
        [b for b in prose if isinstance(b, Heading) and b.level < 3]
        + [heading("s4", 1, "四、部门预算表")]
        + [x.heading for x in tables]
    )
    entries = tuple(Entry(h.level, h.runs, h.id) for h in headings)
    sections = (
        Section("cover", "cover", (Cover("cover", (t("绍兴市人力资源和社会保障局"), t("2023年部门预算"))),)),
        Section("contents", "contents", (Contents("contents", "目录", entries),)),
        Section("prose", "prose", prose),
        Section("tables", "tables", (heading("s4", 1, "四、部门预算表"), *tables)),
    )
    return Document(
        "绍兴市人力资源和社会保障局2023年部门预算",
        "绍兴市人力资源和社会保障局",
        "部门预算公开",
        "test-2023",
        date(2023, 1, 1),
        sections,
    )
