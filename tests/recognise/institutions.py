"""Disclosure workbooks of a bureau with a public institution, in the form of the integrated budget system.

Sheets are called 公开表01 …, titles have the year, heads have two to four rows, merged; revenue is by unit and source
(事业收入, 经营收入, 财政专户管理资金, 上年结转), some sheets are in 元 and some in 万元, each project has its goals.
``Style`` says how it is written: in which unit, codes how, with or without the row of the department.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .grids import ABOVE, LEFT

YEAR = 2026
CODE, NAME = "308", "青溪市文化和旅游局"
UNITS = {"308001": "青溪市文化和旅游局", "308002": "青溪市艺术剧院"}
Rows = list[list[Any]]
FUNCTIONS = {
    "207": "文化旅游体育与传媒支出", "20701": "文化和旅游", "2070101": "行政运行", "2070107": "艺术表演团体",
    "2070199": "其他文化和旅游支出", "208": "社会保障和就业支出", "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出", "221": "住房保障支出", "22102": "住房改革支出",
    "2210201": "住房公积金", "229": "其他支出", "22960": "彩票公益金安排的支出",
    "2296003": "用于体育事业的彩票公益金支出",
}  # fmt: skip
ECONOMIC = {
    "301": "工资福利支出", "30101": "基本工资", "30108": "机关事业单位基本养老保险缴费", "30113": "住房公积金",
    "302": "商品和服务支出", "30201": "办公费", "30217": "公务接待费", "30231": "公务用车运行维护费",
}  # fmt: skip
FUNDS = ("general_public", "government_fund", "fiscal_account", "own")


@dataclass(frozen=True)
class Line:
    """One amount of expenditure, in 元: of a unit, a 项, a fund (``own`` is 单位资金), a use."""

    unit: str
    function: str
    fund: str
    use: str
    amount: Decimal


def _line(unit: str, function: str, fund: str, use: str, amount: str) -> Line:
    return Line(unit, function, fund, use, Decimal(amount))


LINES = (
    _line("308001", "2070101", "general_public", "personnel", "8123456.78"),
    _line("308001", "2070101", "general_public", "operating", "1020304.05"),
    _line("308001", "2070199", "general_public", "project", "2500000"),
    _line("308001", "2080505", "general_public", "personnel", "700100.20"),
    _line("308001", "2210201", "general_public", "personnel", "600200.30"),
    _line("308001", "2296003", "government_fund", "project", "450000"),
    _line("308002", "2070107", "general_public", "personnel", "5400300.15"),
    _line("308002", "2070107", "general_public", "operating", "310000"),
    _line("308002", "2070107", "own", "project", "1234567.89"),
    _line("308002", "2070107", "own", "business", "345678.90"),
    _line("308002", "2070107", "fiscal_account", "project", "220000"),
    _line("308002", "2080505", "general_public", "personnel", "410000"),
    _line("308002", "2210201", "general_public", "personnel", "380000"),
)
BASIC = {
    "30101": Decimal("13523756.93"), "30108": Decimal("1110100.20"), "30113": Decimal("980200.30"),
    "30201": Decimal("1270304.05"), "30217": Decimal(20000), "30231": Decimal(40000),
}  # fmt: skip
OPERATING = ("302",)
REVENUE = {
    "308001": {"general_public": "12444061.33", "government_fund": "450000", "carry.general_public": "500000"},
    "308002": {
        "general_public": "6500300.15", "fiscal_account": "220000", "business_income": "1000000",
        "operating_income": "345678.90", "other_income": "200000", "carry.own_funds": "34567.89",
    },
}  # fmt: skip
PROJECTS = (
    ("308001", "群众文化活动", "general_public", "2500000"), ("308001", "体育公益金项目", "government_fund", "450000"),
    ("308002", "剧目创作", "own", "1234567.89"), ("308002", "艺术培训", "fiscal_account", "220000"),
)  # fmt: skip
PUBLIC = {"308001": ("0", "12000", "0", "25000"), "308002": ("0", "8000", "0", "15000")}
"""因公出国（境）费, 公务接待费, 购置费, 运行维护费."""


@dataclass(frozen=True)
class Style:
    """How a workbook is written."""

    wan: bool = False
    codes: str = "one"
    department_row: bool = True
    institution: bool = False
    goals: str = "sheets"
    by_unit: bool = False


class Book:
    """The sheets of one workbook by name."""

    def __init__(self, style: Style = Style()) -> None:
        self.style = style
        self.sheets: dict[str, Rows] = {}
        units = list(UNITS)[1:] if style.institution else list(UNITS)
        self.units = units
        self.lines = [line for line in LINES if line.unit in units]
        for number, (name, rows) in enumerate(self._tables(), 1):
            self.sheets[f"公开表{number:02} {name}"] = rows
        if style.goals == "sheets":
            for unit, name, _, amount in PROJECTS:
                if unit in units:
                    self.sheets[f"绩效{name}"] = self._goals(unit, name, amount)

    def amount(self, value: Any) -> Any:
        """An amount as the style writes it; zero is an empty cell."""
        value = Decimal(value)
        if not value:
            return None
        return value / 10_000 if self.style.wan else value

    def _top(self, title: str, width: int, wan: bool | None = None) -> Rows:
        wan = self.style.wan if wan is None else wan
        who = UNITS[self.units[0]] if self.style.institution else NAME
        label = "单位名称" if self.style.institution else "部门名称"
        code = self.units[0] if self.style.institution else CODE
        end = f"单位：{'万元' if wan else '元'}"
        return [
            ["附表"],
            [f"{YEAR}年{title}", *[LEFT] * (width - 1)],
            [f"{label}：{code}-{who}", *[None] * (width - 2), end],
        ]

    def _sum(self, *, use: Sequence[str] = (), fund: Sequence[str] = (), start: str = "", unit: str = "") -> Decimal:
        found = (
            line.amount
            for line in self.lines
            if (not use or line.use in use)
            and (not fund or line.fund in fund)
            and line.function.startswith(start)
            and (not unit or line.unit == unit)
        )
        return sum(found, Decimal(0))

    def _codes(self, fund: Sequence[str] = (), unit: str = "") -> list[str]:
        return [code for code in sorted(FUNCTIONS) if self._sum(fund=fund, start=code, unit=unit)]

    def _tables(self) -> list[tuple[str, Rows]]:
        return [
            ("收支总表", self._balance()), ("收入总表", self._revenue()), ("支出总表", self._expenditure()),
            ("财政拨款收支总表", self._appropriation()),
            ("一般公共预算支出表", self._fund("一般公共预算支出表", "general_public")),
            ("一般公共预算基本支出表", self._basic()), ("三公经费表", self._three_public()),
            ("政府性基金预算支出表", self._fund("政府性基金预算支出表", "government_fund")),
            ("国有资本经营预算支出表", self._fund("国有资本经营预算支出表", "state_capital")),
            ("项目支出表", self._projects()),
        ]  # fmt: skip

    def _income(self, key: str) -> Decimal:
        return sum((Decimal(REVENUE[unit].get(key, 0)) for unit in self.units), Decimal(0))

    def _balance(self) -> Rows:
        sources = (
            ("一、一般公共预算拨款收入", "general_public"), ("二、政府性基金预算拨款收入", "government_fund"),
            ("三、国有资本经营预算拨款收入", "state_capital"), ("四、财政专户管理资金收入", "fiscal_account"),
            ("五、事业收入", "business_income"), ("六、事业单位经营收入", "operating_income"),
            ("七、上级补助收入", "superior_subsidy"), ("八、附属单位上缴收入", "affiliated_income"),
            ("九、其他收入", "other_income"),
        )  # fmt: skip
        this = sum((self._income(key) for _, key in sources), Decimal(0))
        carry = self._income("carry.general_public") + self._income("carry.own_funds")
        left = [[label, self.amount(self._income(key))] for label, key in sources]
        classes = [code for code in self._codes() if len(code) == 3]
        right = [[f"{n}、{FUNCTIONS[code]}", self.amount(self._sum(start=code))] for n, code in enumerate(classes, 1)]
        right += [[None, None]] * (len(left) - len(right))
        whole = self.amount(self._sum())
        return [
            *self._top("部门收支总表", 4), ["收    入", LEFT, "支    出", LEFT],
            ["项    目", "预算数", "项    目", "预算数"],
            *[[*one, *two] for one, two in zip(left, right, strict=True)],
            ["本年收入合计", self.amount(this), "本年支出合计", whole],
            ["上年结转结余", self.amount(carry), "年终结转结余", None],
            ["收  入  总  计", self.amount(this + carry), "支  出  总  计", whole],
        ]  # fmt: skip

    def _revenue(self) -> Rows:
        this = ("general_public", "government_fund", "state_capital", "fiscal_account")
        own = ("business_income", "operating_income", "superior_subsidy", "affiliated_income", "other_income")
        carry = tuple(f"carry.{key}" for key in (*this, "own_funds"))
        funds = ["一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金"]
        sources = ["事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"]
        head = [
            ["部门（单位）代码", "部门（单位）名称", "合计", "本年收入", *[LEFT] * 10, "上年结转结余", *[LEFT] * 5],
            [*[ABOVE] * 3, "小计", *funds, "单位资金", *[LEFT] * 5, "小计", *funds, "单位资金"],
            [*[ABOVE] * 8, "小计", *sources, *[ABOVE] * 6],
        ]

        def row(code: str, name: str, units: Sequence[str]) -> list[Any]:
            def of(key: str) -> Decimal:
                return sum((Decimal(REVENUE[unit].get(key, 0)) for unit in units), Decimal(0))

            all_own, left = sum(map(of, own)), sum(map(of, carry))
            year = sum(map(of, this)) + all_own
            values = [year + left, year, *map(of, this), all_own, *map(of, own), left, *map(of, carry)]
            return [code, name, *map(self.amount, values)]

        rows = [row("", "合计", self.units)]
        if self.style.department_row and not self.style.institution:
            rows.append(row(CODE, NAME, self.units))
        rows += [row(f"  {unit}", f"  {UNITS[unit]}", [unit]) for unit in self.units]
        return [*self._top("部门收入总表", 20), *head, *rows]

    def _label(self, code: str) -> list[Any]:
        if self.style.codes == "one":
            return [code, "  " * (len(code) // 2 - 1) + FUNCTIONS[code]]
        if self.style.codes == "own":
            parts = [code if len(code) == 3 else None, code[3:5] if len(code) == 5 else None, code[5:] or None]
            return [*parts, FUNCTIONS[code]]
        if self.style.codes == "cumulative":
            return [code[:3], code[:5] if len(code) > 3 else None, code if len(code) > 5 else None, FUNCTIONS[code]]
        return [f"[{code}]{FUNCTIONS[code]}"]

    def _label_head(self, deep: int = 1) -> list[list[Any]]:
        more = [[ABOVE, ABOVE]] * (deep - 1)
        if self.style.codes == "one":
            return [["科目编码", "科目名称"], *more]
        if self.style.codes == "name":
            return [["科目名称"], *[[ABOVE]] * (deep - 1)]
        below = [["类", "款", "项", ABOVE]]
        return [["科目编码", LEFT, LEFT, "科目名称"], *below, *[[ABOVE] * 4] * (deep - 2)]

    def _total_label(self) -> list[Any]:
        return {"one": [None, "合计"], "name": ["合计"]}.get(self.style.codes, [None, None, None, "合计"])

    def _expenditure(self) -> Rows:
        if self.style.by_unit:
            return self._expenditure_by_unit()
        uses = (("personnel", "operating"), ("project",), ("business",), ("paid_up",), ("subsidies",))
        names = ["合计", "基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出"]
        head = self._label_head(2)
        head = [[*head[0], *names], [*head[1], *[ABOVE] * len(names)]]
        rows = [
            [*label, self.amount(self._sum(start=code)), *(self.amount(self._sum(start=code, use=use)) for use in uses)]
            for code, label in [("", self._total_label()), *((code, self._label(code)) for code in self._codes())]
        ]
        return [*self._top("部门支出总表", len(rows[0])), *head, *rows]

    def _expenditure_by_unit(self) -> Rows:
        """The lines of each unit: 类 款 项 | 单位代码 | 单位名称（科目）."""
        names = ["合计", "基本支出", "项目支出", "事业单位经营支出"]
        head = [["科目编码", LEFT, LEFT, "单位代码", "单位名称", "科目名称", *names], ["类", "款", "项", *[ABOVE] * 7]]
        uses = (("personnel", "operating"), ("project",), ("business",))

        def amounts(unit: str, code: str) -> list[Any]:
            parts = [self._sum(start=code, use=use, unit=unit) for use in uses]
            return [self.amount(self._sum(start=code, unit=unit)), *map(self.amount, parts)]

        rows = [[None, None, None, None, None, "合计", *amounts("", "")]]
        for unit in self.units:
            for code in self._codes(unit=unit):
                if len(code) == 7:
                    label = [code[:3], code[3:5], code[5:], unit, UNITS[unit], FUNCTIONS[code]]
                    rows.append([*label, *amounts(unit, code)])
        return [*self._top("部门支出总表", 10), *head, *rows]

    def _fund(self, title: str, fund: str) -> Rows:
        names = ["合计", "基本支出", LEFT, LEFT, "项目支出"]
        head = self._label_head(2)
        head = [[*head[0], *names], [*head[1], ABOVE, "小计", "人员经费", "公用经费", ABOVE]]
        uses = (("personnel", "operating"), ("personnel",), ("operating",), ("project",))
        codes = [("", self._total_label()), *((code, self._label(code)) for code in self._codes([fund]))]
        rows = [
            [*label, *(self.amount(self._sum(start=code, fund=[fund], use=use)) for use in ((), *uses))]
            for code, label in codes
        ]
        width = len(rows[0])
        return [*self._top(title, width), *head, *(rows if self._codes([fund]) else [])]

    def _appropriation(self) -> Rows:
        funds = ("general_public", "government_fund", "state_capital")
        names = ["一般公共预算", "政府性基金预算", "国有资本经营预算"]
        this = [self._income(key) for key in funds]
        carry = self._income("carry.general_public")
        left = [
            ["一、本年收入", self.amount(sum(this))],
            *[[f"（{n}）{name}拨款", self.amount(value)] for n, name, value in zip("一二三", names, this, strict=True)],
            ["二、上年结转", self.amount(carry)], ["（一）一般公共预算拨款", self.amount(carry)],
            ["（二）政府性基金预算拨款", None],
        ]  # fmt: skip
        classes = [code for code in self._codes(funds) if len(code) == 3]

        def row(label: str, start: str) -> list[Any]:
            own = [self._sum(start=start, fund=[key]) for key in funds]
            return [label, self.amount(sum(own)), *map(self.amount, own)]

        right = [row("一、本年支出", "")]
        right += [row(f"（{n}）{FUNCTIONS[code]}", code) for n, code in zip("一二三四五", classes, strict=False)]
        right += [[None] * 5] * (len(left) - len(right))
        width = max(len(left), len(right))
        left += [[None, None]] * (width - len(left))
        return [
            *self._top("财政拨款收支总表", 7), ["收入", LEFT, "支出", *[LEFT] * 4],
            ["项目", "预算数", "项目", "合计", *names],
            *[[*one, *two] for one, two in zip(left, right, strict=True)],
            ["收入总计", self.amount(sum(this) + carry), *row("支出总计", "")],
        ]  # fmt: skip

    def _basic(self) -> Rows:
        share = self._sum(fund=["general_public"], use=["personnel", "operating"])
        basic = dict(BASIC)
        basic["30101"] += share - sum(basic.values())  # an institution has less
        if self.style.institution:
            basic = {"30101": self._sum(fund=["general_public"], use=["personnel"]) - 790000, "30108": Decimal(410000),
                     "30113": Decimal(380000), "30201": Decimal(287000), "30217": Decimal(8000),
                     "30231": Decimal(15000)}  # fmt: skip
        head = [["部门预算支出经济分类科目", LEFT, "本年一般公共预算基本支出", LEFT, LEFT],
                ["科目编码", "科目名称", "合计", "人员经费", "公用经费"]]  # fmt: skip
        rows = []
        for code in ("", *sorted(ECONOMIC)):
            own = {key: value for key, value in basic.items() if key.startswith(code)}
            personnel = sum((value for key, value in own.items() if not key.startswith(OPERATING)), Decimal(0))
            operating = sum((value for key, value in own.items() if key.startswith(OPERATING)), Decimal(0))
            label = [code, ECONOMIC[code]] if code else [None, "合计"]
            rows.append([*label, *map(self.amount, (personnel + operating, personnel, operating))])
        return [*self._top("一般公共预算基本支出表", 5), *head, *rows]

    def _three_public(self) -> Rows:
        head = [
            [
                "单位编码",
                "单位名称",
                "“三公”经费合计",
                "因公出国（境）费",
                "公务用车购置及运行费",
                LEFT,
                LEFT,
                "公务接待费",
            ],
            [*[ABOVE] * 4, "小计", "公务用车购置费", "公务用车运行费", ABOVE],
        ]

        def row(code: str, name: str, units: Sequence[str]) -> list[Any]:
            abroad, reception, bought, running = (sum(Decimal(PUBLIC[unit][n]) for unit in units) for n in range(4))
            values = [abroad + reception + bought + running, abroad, bought + running, bought, running, reception]
            return [code, name, *(value / 10_000 if value else None for value in values)]

        rows = [row("", "合计", self.units)]
        if self.style.department_row and not self.style.institution:
            rows.append(row(CODE, NAME, self.units))
        rows += [row(unit, UNITS[unit], [unit]) for unit in self.units]
        return [*self._top("一般公共预算“三公”经费支出表", 8, wan=True), *head, *rows]

    def _projects(self) -> Rows:
        names = ["一般公共预算", "政府性基金预算", "国有资本经营预算"]
        head = [
            [
                "序号",
                "单位代码",
                "单位名称",
                "项目名称",
                "合计",
                "财政拨款",
                LEFT,
                LEFT,
                "财政专户管理资金",
                "单位资金",
            ],
            [*[ABOVE] * 5, *names, ABOVE, ABOVE],
        ]
        rows: Rows = []
        columns = ("general_public", "government_fund", "state_capital", "fiscal_account", "own")
        own = [one for one in PROJECTS if one[0] in self.units]
        whole = [sum(Decimal(amount) for *_, fund, amount in own if fund == key) for key in columns]
        rows.append([None, None, None, "合计", self.amount(sum(whole)), *map(self.amount, whole)])
        for number, (unit, name, fund, amount) in enumerate(own, 1):
            values = [amount if fund == key else 0 for key in columns]
            rows.append([number, unit, UNITS[unit], name, self.amount(amount), *map(self.amount, values)])
        return [*self._top("部门项目支出表", 10), *head, *rows]

    def _goals(self, unit: str, name: str, amount: str) -> Rows:
        """The form of goals of one project."""
        return [
            ["项目支出绩效目标申报表", *[LEFT] * 4], [f"（{YEAR}年度）", *[LEFT] * 4],
            ["项目名称", LEFT, name, LEFT, LEFT], ["主管部门", LEFT, NAME, "实施单位", UNITS[unit]],
            ["项目资金\n（万元）", LEFT, "年度资金总额：", LEFT, Decimal(amount) / 10_000],
            [ABOVE, LEFT, "其中：财政拨款", LEFT, None], [ABOVE, LEFT, "其他资金", LEFT, None],
            ["年度\n总体目标", f"完成{name}。", LEFT, LEFT, LEFT],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
            [ABOVE, "产出指标", "数量指标", "场次", "≥20场"], [ABOVE, ABOVE, "质量指标", "合格率", "≥95%"],
            [ABOVE, "效益指标", "社会效益指标", "受益人数", "≥1000人"],
            [ABOVE, "满意度指标", "服务对象满意度指标", "观众满意度", "≥90%"],
        ]  # fmt: skip


def expected(book: Book) -> Mapping[tuple[str, str, str], Decimal]:
    """The expenditure by item, fund and use, as lines of the document have it."""
    names = {"general_public": "一般公共预算", "government_fund": "政府性基金预算", "own": "单位资金",
             "fiscal_account": "财政专户管理资金"}  # fmt: skip
    found: dict[tuple[str, str, str], Decimal] = {}
    for line in book.lines:
        use = "basic" if line.use in ("personnel", "operating") else line.use
        key = (line.function, names[line.fund], use)
        found[key] = found.get(key, Decimal(0)) + line.amount
    return found


def payload(book: Book) -> bytes:
    """The workbook as a file."""
    from io import BytesIO

    from openpyxl import Workbook

    from .grids import grid

    made = Workbook()
    made.remove(made.active)
    for name, rows in book.sheets.items():
        sheet, own = made.create_sheet(name[:31]), grid(rows, name)
        for (row, column), cell in own.cells.items():
            sheet.cell(row, column, float(cell.value) if isinstance(cell.value, Decimal) else cell.value)
        for top, left, bottom, right in own.merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()
