"""Every kind of broken layout, one by one: files of a layout that extends the shipped one → words of the message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .command import CommandResult, run_json
from .sample import DEMO

USAGE, BROKEN = 2, 4
HEAD = "title: 试\nextends: zhejiang\n"


@dataclass(frozen=True)
class LayoutCase:
    """Files of a layout by their names, and what is said of it."""

    name: str
    files: dict[str, str]
    says: str
    code: int = BROKEN

    def __str__(self) -> str:
        return self.name


def layout(name: str, more: str, says: str, **files: str) -> LayoutCase:
    """``more`` goes into ``layout.yaml``; ``files`` are further ones (``text__x`` is ``text/x.j2``)."""
    named = {path.replace("__", "/") + (".j2" if path.startswith("text") else ".yaml"): t for path, t in files.items()}
    return LayoutCase(name, {"layout.yaml": HEAD + more, **named}, says)


def block(text: str) -> str:
    """An outline of one block."""
    return f"outline:\n  - page: prose\n    blocks:\n      - {{id: 甲, heading: 甲, {text}}}\n"


TABLE = "title: 试\nrows: {rows}\ncolumns:\n  - {{head: 甲, value: {value}}}\n"
GROUP = "title: 试\nrows: [{row: [甲, revenue]}]\ncolumns: [{head: 甲, value: a}, {head: 乙, value: b}]\n"
ROWS = "title: 试\nrows: [{{row: {row}}}]\ncolumns:\n  - {{head: 甲, value: name{more}}}\n"
RECORD_ROWS = "title: 试\nrecord_rows: [{row: [甲]}]\nrows: [{row: [乙]}]\ncolumns: [{head: 甲, value: name}]\n"
TOTAL = "title: 试\nrows: units.rows\ntotal: {{of: {of}, column: {column}}}\ncolumns:\n  - {{head: 甲, value: name}}\n"
NUMERAL = block("text: x.j2")
CHARTED = "outline:\n  - page: prose\n    blocks:\n      - {id: 甲, chart: x}\n"
CHART = "kind: {kind}\ncaption: 图\ncategory: {category}\nrows: {rows}\nseries: [{series}]\n"
SOURCES = {"category": "name", "rows": "revenue.sources"}
LOOPS = "".join(f"{{% for {name} in expenditure.rows %}}" for name in "abcde") + "{% endfor %}" * 5
BOMB = (
    "a0: &a0 [甲]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    + "printing: *a8\n"
)

SYNTAX = {
    "{% for a in b %}": "有 if、for 或 macro 没有结束（endif、endfor、endmacro）",
    "{% endfi %}": "没有“endfi”这个标记，或它前面没有开头",
    "{{ year month }}": "这里应为“}}}}”，读到“month”",
    "{% if %}": "这里应写名称，读到“%}}”",
    "{{ year }": "多了“}}”",
    "{{ year ！ }}": "不认识的字符“！”",
    "{# 注": "注释没有结束",
    "{{ year": "“{{{{”没有合上",
    "{{ year. }}": "点号后面应写名称",
}

LAYOUT_CASES = [
    LayoutCase("没有这个版式", {}, "没有“{folder}”这个版式", USAGE),
    layout("方括号", "a: [1,\nb: 2\n", "甲/layout.yaml:3：方括号没有成对"),
    LayoutCase("不是 UTF-8", {"layout.yaml": "\udcff"}, "甲/layout.yaml:1：不是 UTF-8"),
    LayoutCase("不是映射", {"layout.yaml": "- 甲\n"}, "甲/layout.yaml：应为“名称: 值”的映射"),
    LayoutCase("缺一项", {"layout.yaml": "title: 试\n", "style.yaml": "{}\n"}, "缺“document”"),
    layout("写了两次", "title: 又\n", "甲/layout.yaml:3：“title”写了两次"),
    LayoutCase("extends 写错", {"layout.yaml": "extends: 没有\n"}, "extends 的“没有”不存在或绕回自身"),
    layout("没有这一项", "numbering: {heading: []}\n", "甲/layout.yaml:3：没有“heading”这一项"),
    layout("没有这一项，也不像别的", "numbering: {xyz: []}\n", "没有“xyz”这一项"),
    layout("缺里层一项", "outline:\n  - blocks: []\n", "甲/layout.yaml:4：缺“page”"),
    layout(
        "目录里没有的段",
        "outline:\n  - {page: contents, contents: 目, only: [没]}\n",
        "outline 里没有“没”这一段",
    ),
    layout("表的 extends 写错", "", "extends 的表格“没有”不存在或绕回自身", tables__x="extends: 没有\n"),
    layout("单位预算的词不在 words 里", "unit_budget_words: {甲: 单位}\n", "words 里没有“甲”这个词"),
    layout(
        "剔除的行没有这一组",
        block("table: x"),
        "withheld 的“project”没有剔除的行可注",
        tables__x="withheld: [project]\n" + TABLE.format(rows="units.rows", value="name"),
    ),
    layout("改没有的栏", "", "表格里没有“没有”这一栏", tables__x="extends: 02-revenue\nchange: {没有: ~}\n"),
    layout("应为映射", "numbering: 一\n", "应为“名称: 值”的映射，读到 一"),
    layout(
        "一段什么也没有",
        "outline:\n  - page: prose\n    blocks:\n      - {id: 甲}\n",
        "一段要有 heading、text、table 或 chart",
    ),
    layout("字体写了路径", "", "字体只写文件名，不写路径：../x.ttf", style="faces: {kai: {file: ../x.ttf}}\n"),
    layout("没有字体文件", "", "没有字体文件 x.ttf", style="faces: {kai: {file: x.ttf}}\n"),
    layout("没有这种页面", "outline: [{page: 甲}]\n", "style.yaml 里没有页面“甲”"),
    layout("没有这张表", block("table: 99-none"), "没有表格 tables/99-none.yaml"),
    layout("项目绩效表不列绩效目标", "project_table: 03-expenditure\n", "“03-expenditure”不是列出各项目绩效目标的表"),
    layout(
        "没有这个数据项", block("table: x"), "没有名为“没有”的数据项", tables__x=TABLE.format(rows="没有", value="x")
    ),
    layout("rows 不是一列", block("table: x"), "不是一列记录", tables__x=TABLE.format(rows="revenue", value="x")),
    layout("模板语法错", NUMERAL, "x.j2:2：模板写错", text__x="甲\n{% if %}\n"),
    *(
        layout(f"模板语法错：{says}", NUMERAL, f"x.j2:2：模板写错：{says}", text__x=f"甲\n{text}\n")
        for text, says in SYNTAX.items()
    ),
    layout("模板引用错", NUMERAL, "x.j2:2：", text__x="甲\n{{ 没有 }}\n"),
    layout("没有模板", block("text: overveiw.j2"), "是否想写 overview.j2？"),
    layout("模板不是 UTF-8", NUMERAL, "text/x.j2:2：不是 UTF-8", text__x="甲\n\udcff"),
    layout("模板过长", NUMERAL, "text/x.j2：模板过长", text__x="甲" * 40_000),
    layout("没有这个过滤器", NUMERAL, "x.j2:1：模板里没有“listin”", text__x="{{ year | listin }}"),
    layout("私用区字符", NUMERAL, "模板里有私用区字符", text__x="{{ '\ue0000\ue001' }}"),
    layout("百分号格式", NUMERAL, "x.j2:1：模板里不能这样运算：%", text__x="{{ '%(甲)s' % {} }}"),
    layout("数据里没有", NUMERAL, "引用的内容在数据中没有", text__x="{{ named.会议费.change.budget.delta }}"),
    layout(
        "次序跨了组",
        "",
        "“乙”排不到“甲”前面：它们在不同的组里",
        tables__x="extends: y\norder: [乙, 甲]\n",
        tables__y="title: 试\nrows: units.rows\ncolumns:\n"
        "  - {head: 一, columns: [{head: 甲, value: name}]}\n  - {head: 二, columns: [{head: 乙, value: code}]}\n",
    ),
    layout("次序不是一列", "", "order 应为一列栏或行的名称", tables__x="extends: 02-revenue\norder: name\n"),
    layout("绕回自身的宏", NUMERAL, "x.j2:1：模板套得太深", text__x="{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
    layout("循环过多", NUMERAL, "模板循环过多", text__x=LOOPS),
    layout("标题套得太深", NUMERAL.replace("heading:", "level: 4, heading:"), "标题最多 4 级", text__x="# 甲\n"),
    layout("一页也没有", "outline: []\n", "甲/layout.yaml:3：outline 里一页也没有"),
    layout("编号不满", "numbering: {items: [甲]}\n", "“items”要写满 4 级"),
    layout("编号里的名称", "table_lines: {label: '表{n.real}'}\n", "编号“表{{n.real}}”里只能用"),
    layout("没有栏目", "", "x.yaml:1：表格没有栏目", tables__x="title: 甲\npanels: []\n"),
    layout("merge 用错", "", "x.yaml:4：merge 只能用", tables__x=ROWS.format(row="[甲]", more=", merge: code")),
    layout("record_rows 用错", "", "x.yaml:2：record_rows 只能用", tables__x=RECORD_ROWS),
    layout("空行", "", "x.yaml:2：空行", tables__x=ROWS.format(row="[]", more="")),
    layout("项多于栏", "", "row 有 2 项，多于表格的 1 栏", tables__x=ROWS.format(row="[甲, 乙]", more="")),
    layout("合计的栏", "", "没有名为“nmae”的栏目", tables__x=TOTAL.format(of="units", column="nmae")),
    layout("合计不是一组", block("table: x"), "不是一组数据项", tables__x=TOTAL.format(of="year", column="name")),
    layout("栏里是一组", block("table: x"), "“revenue”是一组数据项", tables__x=GROUP),
    layout("id 是空的", block("text: x.j2").replace("id: 甲", "id: ''"), "甲/layout.yaml:6：id 是空的"),
    layout("id 重复", block("level: 1") + "      - {id: 甲, heading: 乙}\n", "甲/layout.yaml:7：id“甲”重复"),
    layout(
        "不在其中", "printing: {shares: biggest}\n", "“shares”只能是 plain、largest_absorbs、largest_remainder 之一"
    ),
    layout("不在其中，像别的", "printing: {shares: largest_absorb}\n", "是否想写 largest_absorbs？"),
    layout(
        "行的种类",
        "",
        "“role”只能是 total、subtotal、item 之一",
        tables__x=ROWS.format(row="[甲], role: grandtotal", more=""),
    ),
    layout("单位", "printing: {unit: 亿元}\n", "“unit”只能是 元、万元 之一，读到 亿元"),
    layout("超出范围", "printing: {decimals: 99}\n", "“decimals”应在 0 与 8 之间，读到 99"),
    layout("应为整数", "printing: {decimals: 一}\n", "“decimals”应为整数，读到 一"),
    layout("应为数字", "", "“size”应为数字，读到 大", style="text: {body: {size: 大}}\n"),
    layout("应为真假", "printing: {grouped: 是}\n", "“grouped”应为 true 或 false，读到 是"),
    layout("应为列表", "fixed_numerals: 50万元\n", "“fixed_numerals”应为列表，读到 50万元"),
    layout("应为文字", "numbering: {items: [1.5, 甲, 甲, 甲]}\n", "“items”应为文字，读到 1.5"),
    LayoutCase("文字过长", {"layout.yaml": f"title: {'长' * 3000}\nextends: zhejiang\n"}, "“title”的文字过长"),
    LayoutCase(
        "控制字符", {"layout.yaml": 'title: "甲\\x01"\nextends: zhejiang\n'}, "“title”里有不能印刷的字符：甲U+0001"
    ),
    layout("没有这种字体", "", "faces 里没有字体“fangsng”", style="text: {body: {face: fangsng}}\n"),
    layout("页码没有数", "", "style.yaml:1：页码的样子要有一处 {{n}}，没有别的数字：“第", style="page_number: 第页\n"),
    layout("页码有别的数", "", "没有别的数字：“第{{n}}页共9页”", style="page_number: '第{n}页共9页'\n"),
    layout("页边过宽", "", "的页边过宽，版心只剩", style="pages: {prose: {top: 150, bottom: 140}}\n"),
    layout("文件过大", "# " + "长" * 400_000 + "\n", "layout.yaml：文件过大"),
    layout("套得太深", f"ties: {'[' * 60}{']' * 60}\n", "套得太深，或绕回自身"),
    layout("引用过多", BOMB, "展开后内容过多"),
    layout("标记不符", "printing: !!map [甲]\n", "甲/layout.yaml:3：标记 tag:yaml.org,2002:map 与内容不符"),
    layout("名称是列表", "? [甲]\n: 乙\n", "名称只能是文字"),
    layout("不是数", "printing: {decimals: !!int abc}\n", "abc 不是它的标记所说的数"),
    layout("不能用的标记", "printing: !!set {甲}\n", "不能用标记 tag:yaml.org,2002:set"),
    layout("日期", "printing: 2023-02-30\n", "应为“名称: 值”的映射，读到 2023-02-30"),
    layout(
        "图的类过多",
        CHARTED,
        "类，最多 20 类",
        charts__x=CHART.format(
            kind="pie", category="name", rows="expenditure.all_classes", series="{head: 甲, value: total}"
        ),
    ),
    layout(
        "图的一类没有名称",
        CHARTED,
        "有一类没有名称",
        charts__x=CHART.format(kind="pie", category="share", rows="revenue.sources", series="{head: 甲, value: total}"),
    ),
    layout(
        "图里不是数",
        CHARTED,
        "这一格应有一个数",
        charts__x=CHART.format(kind="pie", **SOURCES, series="{head: 甲, value: name}"),
    ),
    layout(
        "饼图有两个系列",
        CHARTED,
        "pie 图的 series 应有 1 至 1 个，读到 2 个",
        charts__x=CHART.format(kind="pie", **SOURCES, series="{head: 甲, value: total}, {head: 乙, value: carry}"),
    ),
    layout(
        "图的系列套栏",
        CHARTED,
        "图的系列里不能再套栏",
        charts__x=CHART.format(kind="pie", **SOURCES, series="{head: 甲, columns: [{head: 乙, value: total}]}"),
    ),
    layout(
        "图与标题写在一起",
        block("chart: x"),
        "图单独成一段",
        charts__x=CHART.format(kind="pie", **SOURCES, series="{head: 甲, value: total}"),
    ),
    layout("单位印了两次", NUMERAL, "“万元”印了两次", text__x="共{{ revenue.total }}万元。\n"),
    layout(
        "写反了增减",
        NUMERAL,
        "与后面的数的增减相反",
        text__x="比上年减少{{ revenue.change.execution.delta }}。\n",
    ),
    layout("单位写错", "", "写的单位是元，这里的数却按万元印", tables__x="extends: 03-expenditure\nright: 单位：元\n"),
    layout("模板有数字", NUMERAL, "中的数字 12 没有出处", text__x="共12万元。\n"),
    layout("少一个大括号", NUMERAL, "里有落单的大括号", text__x="共{ revenue.total }}。\n"),
    layout("循环的不是列表", NUMERAL, "for 后面要写一列记录", text__x="{% for a in revenue.total %}{% endfor %}\n"),
    layout("自己比大小", NUMERAL, "数据项不能自己比大小", text__x="{% if revenue.total > 0 %}有{% endif %}\n"),
    layout("过滤器少一项", NUMERAL, "括号里少写了“count”", text__x="{{ revenue.total | decimals }}\n"),
]


@contextmanager
def laid_out(case: LayoutCase, folder: Path) -> Iterator[Path]:
    """The folder of the case's layout."""
    place = folder / "甲"
    for name, text in case.files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    yield place


def of_layout(case: LayoutCase, folder: Path) -> CommandResult:
    """What is said of the case's layout."""
    with laid_out(case, folder) as place:
        return run_json("check", str(DEMO), "--layout", str(place))
