"""Disclosure workbooks as a budget system of one kind hands them out, filled with the figures of a document.

17 sheets, most in 元 and “三公” in 万元, codes in three columns (类 a number, 款 and 项 texts), heads of two or three
rows, totals below. The document has what such a workbook holds and nothing else.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from reportgen.recognise.grid import Grid

from .grids import ABOVE, LEFT, grid

YEAR = 2026
NAME = "青溪市就业促进局"
Row, Rows = list[Any], list[list[Any]]
BY_CODE = "预算支出功能分类预算表"
FUNDS = {"一般公共预算": "general_public", "政府性基金预算": "government_fund", "国有资本经营预算": "state_capital"}
NAMES = {
    "205": "教育支出", "20508": "进修及培训", "2050803": "培训支出", "208": "社会保障和就业支出",
    "20801": "人力资源和社会保障管理事务", "2080101": "行政运行", "2080102": "一般行政管理事务",
    "2080107": "社会保险业务管理事务", "2080199": "其他人力资源和社会保障管理事务支出",
    "20805": "行政事业单位养老支出", "2080505": "机关事业单位基本养老保险缴费支出",
    "2080506": "机关事业单位职业年金缴费支出", "210": "卫生健康支出", "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗", "212": "城乡社区支出", "21203": "城乡社区公共设施",
    "2120399": "其他城乡社区公共设施支出", "221": "住房保障支出", "22102": "住房改革支出",
    "2210201": "住房公积金", "223": "国有资本经营预算支出", "22301": "解决历史遗留问题及改革成本支出",
    "2230105": "国有企业退休人员社会化管理补助支出", "301": "工资福利支出", "30101": "基本工资",
    "30102": "津贴补贴", "30103": "奖金", "30108": "机关事业单位基本养老保险缴费", "30109": "职业年金缴费",
    "30110": "职工基本医疗保险缴费", "30113": "住房公积金", "302": "商品和服务支出", "30201": "办公费",
    "30206": "电费", "30211": "差旅费", "30217": "公务接待费", "30231": "公务用车运行维护费",
    "303": "对个人和家庭的补助", "30302": "退休费", "310": "资本性支出", "31002": "办公设备购置",
}  # fmt: skip
"""Names of the codes as the book has them."""
PERSONNEL, OPERATING = ("30101", "30102", "30103", "30302"), ("30201", "30206", "30211", "31002")
TIED = {"2080505": "30108", "2080506": "30109", "2101101": "30110", "2210201": "30113"}
"""Items of 功能分类 that are one section of 经济分类."""


def source(seed: int) -> dict[str, Any]:
    """A document with invented figures in 元, to the cent; only what the workbook holds."""
    draw = random.Random(seed)

    def amount(most: int) -> Decimal:
        return Decimal(draw.randint(1_000_00, most * 100)).scaleb(-2)

    tied = {function: amount(900_000) for function in TIED}
    personnel = {code: amount(3_000_000) for code in PERSONNEL}
    operating = {code: amount(400_000) for code in OPERATING}
    public = {"overseas": Decimal(draw.randint(1, 9)) * 1000, "reception": Decimal(draw.randint(1, 50)) * 100,
              "vehicle_operation": Decimal(draw.randint(1, 60)) * 100}  # fmt: skip
    operating |= {"30217": public["reception"], "30231": public["vehicle_operation"]}
    basic = sum(personnel.values()) + sum(operating.values())
    expenditure = [
        _line("2050803", project=amount(90_000)),
        _line("2080101", basic=basic),
        _line("2080102", project=amount(2_000_000)),
        _line("2080107", project=amount(800_000)),
        _line("2080199", fund="单位资金", project=amount(300_000)),
        *(_line(function, basic=value) for function, value in tied.items()),
        _line("2120399", "政府性基金预算", project=amount(500_000)),
        _line("2230105", "国有资本经营预算", project=amount(200_000)),
    ]
    income = {"一般公共预算": "一般公共预算", "单位资金": "事业收入"}
    revenue = [
        {
            "source": income.get(line["fund"], line["fund"]),
            "function": line["function"],
            "amount": line.get("basic", 0) + line.get("project", 0),
        }
        for line in expenditure
    ]
    economic = {**personnel, **operating, **{TIED[function]: value for function, value in tied.items()}}
    return {
        "expenditure": expenditure,
        "revenue": revenue,
        "basic_expenditure": [{"economic": code, "amount": value} for code, value in sorted(economic.items())],
        "three_public": public,
        "agency_operating": sum(operating.values()),
    }


def _line(function: str, fund: str = "一般公共预算", **amounts: Decimal) -> dict[str, Any]:
    return {"function": function, "fund": fund, **amounts}


def tree(lines: Iterable[Mapping[str, Any]], key: str, columns: Sequence[str]) -> dict[str, dict[str, Decimal]]:
    """The sums of lines by code with all codes above them, and 合计, by column and in total."""
    sums: dict[str, dict[str, Decimal]] = {}
    for line in lines:
        code = line[key]
        for above in [code[:width] for width in (3, 5, 7) if width <= len(code)] + ["合计"]:
            row = sums.setdefault(above, {})
            for column in columns:
                if column in line:
                    row[column] = row.get(column, Decimal(0)) + line[column]
                    row["total"] = row.get("total", Decimal(0)) + line[column]
    return dict(sorted(sums.items(), key=lambda one: one[0] if one[0].isdigit() else "9999999"))


def sheets(document: Mapping[str, Any]) -> dict[str, list[list[Any]]]:
    """The sheets by name, as rows of values with marks for merged cells."""
    lines = document["expenditure"]
    every = tree(lines, "function", ("basic", "project"))
    funds = {
        key: tree((line for line in lines if line["fund"] == fund), "function", ("basic", "project"))
        for fund, key in FUNDS.items()
    }
    fiscal = {key: tree["合计"]["total"] for key, tree in funds.items()}
    own = every["合计"]["total"] - sum(fiscal.values())
    prose = ["职能包括：\n    1.组织实施公共就业服务。\n    2.管理就业补助资金。"]
    return {
        "封面": [[f"青溪市{YEAR}年市级部门预算"], [f"预算主管部门：{NAME}"]],
        "目录": [["目  录"], [f"    1. {YEAR}年部门收入预算总表  …………"], [f"    2. {YEAR}年部门支出预算总表  …………"]],
        "部门主要职能": [[f"{NAME}主要职能"], [], [f"    {NAME}是市政府工作部门。\n    主要{prose[0]}"]],
        "部门机构设置": [[f"{NAME}机构设置"], [], [f"    {NAME}部门预算是本部的综合收支计划。"]],
        "名词解释": [["名词解释"], [], ["   （一）财政拨款收入：是本年度从财政部门取得的拨款。"]],
        "部门编制说明": [[f"{YEAR}年部门预算编制说明"], [], [f"     {YEAR}年，收入预算120万元。"]],
        "2.15部门收支总表": _balance(every, fiscal, own),
        "2.16部门收入总表": _revenue(document),
        "2.17部门支出总表": _functions("部门支出预算总表", "支出预算", every),
        "2.18部门财政拨款收支总表": _appropriation(funds, fiscal),
        "2.20部门一般公共预算拨款表": _functions(f"部门一般公共{BY_CODE}", "一般公共预算", funds["general_public"]),
        "2.21部门政府性基金拨款表": _functions(f"部门政府性基金{BY_CODE}", "政府性基金预算", funds["government_fund"]),
        "2.22部门国有资本经营预算拨款表 ": _functions(f"部门国有资本经营{BY_CODE}", "支出", funds["state_capital"]),
        "2.23部门一般公共预算拨款基本支出明细表": _basic(document),
        "2.25部门“三公”经费和机关运行费预算表": _three_public(document),
        "其他相关情况说明": [["其他相关情况说明"], [], [f"   一、“三公”经费 \n      {YEAR}年预算数为1.2万元。"]],
        "项目经费情况说明": [["公共就业服务项目经费情况说明"], [], [" 一、项目概述\n 二、立项依据"]],
    }  # fmt: skip


def _top(title: str, width: int, unit: str = "单位：元") -> list[list[Any]]:
    blank = [""] * (width - 2)
    return [[], [f"{YEAR}年{title}", *[LEFT] * (width - 1)], [], [f"编制部门：{NAME}", *blank, unit], []]


def _codes(code: str, levels: int = 3) -> list[Any]:
    if code == "合计":
        return ["合计", *[LEFT] * levels]
    parts: list[Any] = [int(code[:3]), code[3:5], code[5:7]]
    return [*parts[:levels], NAMES[code]]


def _functions(title: str, group: str, rows: Mapping[str, Mapping[str, Decimal]]) -> list[list[Any]]:
    head = [
        ["项目", LEFT, LEFT, LEFT, group, LEFT, LEFT],
        ["功能分类科目编码", LEFT, LEFT, "功能分类科目名称", "合计", "基本支出", "项目支出"],
        ["类", "款", "项", ABOVE, ABOVE, ABOVE, ABOVE],
    ]
    body = [[*_codes(code), row.get("total"), row.get("basic"), row.get("project")] for code, row in rows.items()]
    return [*_top(title, 7), *head, *body[:-1], ["…", "…", "…", "…"], *body[-1:]]


def _revenue(document: Mapping[str, Any]) -> list[list[Any]]:
    lines = [
        {"function": line["function"], "appropriation" if line["source"] in FUNDS else "business": line["amount"]}
        for line in document["revenue"]
    ]
    head = [
        ["项目", LEFT, LEFT, LEFT, "收入预算", LEFT, LEFT, LEFT, LEFT],
        [
            "功能分类科目编码",
            LEFT,
            LEFT,
            "功能分类科目名称",
            "合计",
            "财政拨款收入",
            "事业收入",
            "事业单位\n经营收入",
            "其他收入",
        ],
        ["类", "款", "项", *[ABOVE] * 6],
    ]
    rows = tree(lines, "function", ("appropriation", "business"))
    body = [[*_codes(code), row["total"], row.get("appropriation"), row.get("business")] for code, row in rows.items()]
    return [*_top("部门收入预算总表", 9), *head, *body]


def _balance(
    every: Mapping[str, Mapping[str, Decimal]], fiscal: Mapping[str, Decimal], own: Decimal
) -> list[list[Any]]:
    total = every["合计"]["total"]
    left = [
        ["一、财政拨款收入", sum(fiscal.values())], ["1. 一般公共预算", fiscal["general_public"]],
        ["2. 政府性基金预算", fiscal["government_fund"]], ["3. 国有资本经营预算", fiscal["state_capital"]],
        ["二、事业收入", own], ["三、事业单位经营收入", None], ["四、其他收入", None],
    ]  # fmt: skip
    right = [
        [f"{'一二三四五六七八九'[n]}、{NAMES[code]}", every[code]["total"]]
        for n, code in enumerate(c for c in every if len(c) == 3)
    ]
    head = [["本年收入", LEFT, "本年支出", LEFT], ["项目", "预算数", "项目", "预算数"]]
    return [*_top("部门财务收支预算总表", 4), *head, *_beside(left, right, 2), ["收入总计", total, "支出总计", total]]


def _appropriation(funds: Mapping[str, Any], fiscal: Mapping[str, Decimal]) -> list[list[Any]]:
    total = sum(fiscal.values())
    left = [
        ["一、一般公共预算", fiscal["general_public"]],
        ["二、政府性基金预算", fiscal["government_fund"]],
        ["三、国有资本经营预算", fiscal["state_capital"]],
    ]
    classes = sorted({code for tree in funds.values() for code in tree if len(code) == 3})
    right = []
    for n, code in enumerate(classes):
        parts = [funds[key].get(code, {}).get("total") for key in FUNDS.values()]
        right.append([f"{'一二三四五六七八九'[n]}、{NAMES[code]}", sum(part for part in parts if part), *parts])
    head = [
        ["财政拨款收入", LEFT, "财政拨款支出", *[LEFT] * 4],
        ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
    ]
    foot = ["收入总计", total, "支出总计", total, *(fiscal[key] for key in FUNDS.values())]
    return [*_top("部门财政拨款收支预算总表", 7), *head, *_beside(left, right, 5), foot]


def _beside(left: Sequence[Sequence[Any]], right: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    return [
        [*(left[n] if n < len(left) else ["", None]), *(right[n] if n < len(right) else [""] * width)]
        for n in range(max(len(left), len(right)))
    ]


def _basic(document: Mapping[str, Any]) -> list[list[Any]]:
    lines = [
        {
            "economic": line["economic"],
            "personnel" if line["economic"][:3] in ("301", "303") else "operating": line["amount"],
        }
        for line in document["basic_expenditure"]
    ]
    head = [
        ["项目", LEFT, LEFT, "一般公共预算基本支出", LEFT, LEFT],
        ["部门预算经济分类科目编码", LEFT, "经济分类科目名称", "合计", "人员经费", "公用经费"],
        ["类", "款", ABOVE, ABOVE, ABOVE, ABOVE],
    ]
    rows = tree(lines, "economic", ("personnel", "operating"))
    body = [[*_codes(code, 2), row["total"], row.get("personnel"), row.get("operating")] for code, row in rows.items()]
    return [*_top("部门一般公共预算基本支出部门预算经济分类预算表", 6), *head, *body]


def _three_public(document: Mapping[str, Any]) -> list[list[Any]]:
    items = {key: value / 10_000 for key, value in document["three_public"].items()}
    operating = items["vehicle_operation"]
    head = [
        ["“三公”经费预算数", LEFT, LEFT, LEFT, LEFT, LEFT, "机关运行经费预算数"],
        ["合计", "因公出国(境)费", "公务接待费", "公务用车购置及运行费", LEFT, LEFT, ABOVE],
        [ABOVE, ABOVE, ABOVE, "小计", "购置费", "运行费", ABOVE],
    ]
    body = [
        sum(items.values()),
        items["overseas"],
        items["reception"],
        operating,
        None,
        operating,
        document["agency_operating"] / 10_000,
    ]
    return [
        [],
        [f"{YEAR}年部门“三公”经费和机关运行经费预算表", *[LEFT] * 6],
        [f"编制部门：{NAME}", *[""] * 5, "单位:万元"],
        *head,
        body,
    ]


def grids(document: Mapping[str, Any]) -> list[Grid]:
    """The workbook as grids, without a file."""
    return [grid(rows, name) for name, rows in sheets(document).items()]


def workbook(document: Mapping[str, Any]) -> bytes:
    """The workbook as a file: merged heads, 3,380 styled rows and 256 styled columns without values on some sheets."""
    from openpyxl import Workbook
    from openpyxl.styles import Border, Side

    book, ruled = Workbook(), Border(*[Side("thin")] * 4)
    book.remove(book.active)
    for (name, rows), plain in zip(sheets(document).items(), grids(document), strict=True):
        sheet = book.create_sheet(name)
        for (row, column), cell in plain.cells.items():
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            sheet.cell(row, column, value).number_format = "#,##0.00"
        for top, left, bottom, right in plain.merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        if "支出总表" in name:
            for row in range(len(rows) + 1, 3381):
                sheet.cell(row, 1).border = ruled
        if "收支总表" in name:
            for column in range(5, 257):
                sheet.cell(7, column).border = ruled
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
