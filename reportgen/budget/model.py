"""The canonical document as frozen dataclasses: no arithmetic, no wording.

Each field has metadata: its type, its Chinese term, a description, its unit, the source that requires it.
The JSON Schema and ``docs/budget-document.md`` are printed from here.

Amounts are exact 元 in the model, whatever ``money_unit`` the file states. An absent amount is ``None``:
absent is not zero. A row whose code is the parent of other rows (类, 款, 合计) is a *stated* subtotal: a published
document gives rounded 万元, so subtotals must be printed as stated and cannot be added up again.

The classes have no ``__eq__`` and no ``__repr__``, which nothing uses: they are imported faster without.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ..core.money import MoneyUnit
from .field_types import Amount, Boolean, Choice, Code, Date, FieldType, Integer, List, Object, Text, TextOrObject
from .mended_text import NUMBER, REASON, USE
from .terms import (
    EVERY_FUND,
    FISCAL_ACCOUNT,
    FUNDS,
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    OVERSEAS,
    OWN_FUNDS,
    RECEPTION,
    REVENUE_SOURCES,
    STATE_CAPITAL,
    VEHICLE_OPERATION,
    VEHICLE_PURCHASE,
)

SCHEMA = "reportgen/budget/1"
ALL = "合计"
"""The code or unit of a row that states the total of all."""

NATURES = ("行政", "参公", "公益一类", "公益二类", "事业", "企业", "其他")


def model_field(
    field_type: FieldType, term: str, description: str, *, unit: str = "", source: str = "", default: Any = MISSING
) -> Any:
    """Define a field: its type, Chinese term, description, unit, and the source that requires it.

    Without a ``default`` the field is required.
    """
    metadata = {"type": field_type, "term": term, "description": description, "unit": unit, "source": source}
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


def amount_field(term: str, description: str, *, source: str = "", required: bool = False) -> Any:
    """Define a field that holds money."""
    default = MISSING if required else None
    return model_field(Amount(), term, description, unit="money_unit", source=source, default=default)


def text_field(
    term: str, description: str, max_length: int = 2000, source: str = "", lead_in: re.Pattern[str] | None = None
) -> Any:
    """Define an optional field that holds a text; the layout prints ``lead_in`` before it and a full stop after it."""
    text = Text(max_length, lead_in=lead_in, stop=lead_in is None)
    return model_field(text, term, description, source=source, default=None)


UNIT_CODE = Code(r"[0-9]{3,12}|合计", "单位代码（3 至 12 位数字）")
PLAIN_UNIT_CODE = Code(r"[0-9]{3,12}", "单位代码（3 至 12 位数字）")
FUNCTION_CODE = Code(r"[0-9]{3}|[0-9]{5}|[0-9]{7}|合计", "功能分类编码（类 3 位、款 5 位、项 7 位）或“合计”")
ECONOMIC_CODE = Code(r"[0-9]{3}|[0-9]{5}|合计", "经济分类编码（类 3 位、款 5 位）或“合计”")
MOF_143 = "财预〔2016〕143号"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Unit:
    """预算单位: one unit of the department."""

    code: str | None = model_field(
        PLAIN_UNIT_CODE, "单位代码", "预算管理一体化系统中的代码；没有分单位数据的可不填", default=None
    )
    name: str = model_field(Text(100), "单位名称", "全称；表格和文字一律用它")
    nature: str = model_field(Choice(NATURES), "单位性质", "机关运行经费只算行政和参公单位", source="预算法第十四条")
    called: str | None = text_field("机构设置中的称呼", "如“局本级”“局属市就业促进和人力资源服务中心”；不填用全称", 100)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Department:
    """部门: who publishes."""

    code: str = model_field(PLAIN_UNIT_CODE, "部门代码", "印在每张表左上角")
    name: str = model_field(Text(60), "部门名称", "全称")
    short_name: str | None = text_field("部门简称", "空表说明中的称呼，如“绍兴市人社局”；不填用全称", 60)
    line_name: str | None = text_field("表头部门名", "印在表格左上角代码之后，如“市人社局”；不填用简称", 60)
    duties: tuple[str, ...] = model_field(
        List(Text(4000, lead_in=NUMBER), 1), "主要职能", "一段一条，不写序号", source=MOF_143
    )
    units: tuple[Unit, ...] = model_field(List(Object(Unit), 1), "预算单位", "按机构设置的先后", source=MOF_143)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class RevenueLine:
    """收入: one source, for one unit or for the department."""

    unit: str | None = model_field(PLAIN_UNIT_CODE, "单位代码", "分单位编报时填；不填是全部门", default=None)
    source: str = model_field(Choice(tuple(source.name for source in REVENUE_SOURCES)), "收入来源", "资金来源的名称")
    amount: Decimal | None = amount_field("本年收入", "本年预算收入，不含上年结转")
    carry_over: Decimal | None = amount_field("上年结转结余", "该来源上年结转到本年的资金")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ExpenditureLine:
    """支出: one function code and one fund."""

    unit: str | None = model_field(PLAIN_UNIT_CODE, "单位代码", "分单位编报时填；不填是全部门", default=None)
    function: str = model_field(
        FUNCTION_CODE, "功能分类编码", "有下级的编码即列明的小计，照印并与下级核对", source="预算法实施条例"
    )
    name: str | None = text_field("科目名称", "目录中没有的科目才需要填", 60)
    fund: str = model_field(
        Choice((*(fund.name for fund in FUNDS), EVERY_FUND)),
        "资金性质",
        "不填为一般公共预算；“全部资金”只用于列明的小计",
        default=GENERAL_PUBLIC.name,
    )
    total: Decimal | None = amount_field("合计", "列明的行合计；不填为各栏之和")
    basic: Decimal | None = amount_field("基本支出小计", "列明的小计；不填为人员与公用之和")
    personnel: Decimal | None = amount_field("人员支出", "基本支出中的人员经费")
    operating: Decimal | None = amount_field("公用经费", "基本支出中的日常公用经费")
    project: Decimal | None = amount_field("项目支出", "其他运转类和特定目标类项目")
    business: Decimal | None = amount_field("事业单位经营支出", "经营活动支出")
    paid_up: Decimal | None = amount_field("上缴上级支出", "上缴上级单位的支出")
    subsidies: Decimal | None = amount_field("对附属单位补助支出", "补助附属单位的支出")
    use: str | None = text_field("主要用于", "接在“主要用于”之后的话，不带句号", lead_in=USE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BasicLine:
    """一般公共预算基本支出: one economic code."""

    unit: str | None = model_field(PLAIN_UNIT_CODE, "单位代码", "分单位编报时填", default=None)
    economic: str = model_field(
        ECONOMIC_CODE, "经济分类编码", "301、303 为人员经费，302、310 为公用经费", source=MOF_143
    )
    name: str | None = text_field("科目名称", "目录中没有的科目才需要填", 60)
    amount: Decimal | None = amount_field("金额", "该科目的基本支出", required=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ThreePublicLine:
    """“三公”经费: one unit."""

    unit: str = model_field(UNIT_CODE, "单位代码", "“合计”为列明的合计")
    overseas: Decimal | None = amount_field(OVERSEAS.name, "不含教学科研人员学术交流")
    vehicle_purchase: Decimal | None = amount_field(VEHICLE_PURCHASE.name, "含购置税等附加费用")
    vehicle_operation: Decimal | None = amount_field(VEHICLE_OPERATION.name, "燃料、维修、保险等")
    reception: Decimal | None = amount_field(RECEPTION.name, "含外宾接待")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Project:
    """项目: a first-level project of a unit."""

    unit: str = model_field(UNIT_CODE, "单位代码", "“合计”为列明的合计")
    name: str | None = text_field("项目名称", "一级项目名称", 200)
    general_public: Decimal | None = amount_field(GENERAL_PUBLIC.project_column, "")
    government_fund: Decimal | None = amount_field(GOVERNMENT_FUND.project_column, "")
    state_capital: Decimal | None = amount_field(STATE_CAPITAL.project_column, "")
    fiscal_account: Decimal | None = amount_field(FISCAL_ACCOUNT.project_column, "")
    own_funds: Decimal | None = amount_field(OWN_FUNDS.project_column, "")
    key: bool = model_field(Boolean(), "重点项目", "是否列入重点项目支出预算表", default=False)
    goal: str | None = model_field(Text(8000, multiline=True), "绩效目标", "重点项目表中的目标", default=None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Indicator:
    """绩效指标: one line."""

    level1: str = model_field(Text(60), "一级指标", "如“产出指标”")
    level2: str = model_field(Text(60), "二级指标", "如“数量指标”")
    level3: str = model_field(Text(1000), "三级指标", "指标名称")
    sign: str = model_field(Choice(("≥", "≤", "=", ">", "<", "定性")), "指标符号", "定性指标的值写文字")
    value: str | None = text_field("指标值", "数值或定性描述", 200)
    unit: str | None = text_field("指标单位", "如“人”“%”；定性指标不填", 20)
    weight: int | None = model_field(Integer(0, 100), "权重", "每个项目之和为 100", unit="分", default=None)
    remark: str | None = text_field("备注", "")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Goal:
    """绩效目标: a goal and its indicators."""

    goal: str | None = model_field(Text(8000, multiline=True), "绩效目标", "目标的文字", default=None)
    indicators: tuple[Indicator, ...] = model_field(List(Object(Indicator)), "绩效指标", "按印刷的先后", default=())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Performance:
    """项目绩效: one project of the indicator table (often a second-level one)."""

    unit: str = model_field(PLAIN_UNIT_CODE, "单位代码", "")
    name: str = model_field(Text(200), "项目名称", "绩效指标表中的项目")
    amount: Decimal | None = amount_field("预算金额", "该项目的预算")
    overall: Goal = model_field(Object(Goal), "总体绩效", "实施期目标", default=Goal())
    annual: Goal = model_field(Object(Goal), "年度绩效", "本年目标", default=Goal())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LastExecution:
    """上年执行数: the base the totals are compared with in Zhejiang."""

    revenue: Decimal | None = amount_field("收入执行数", "上年收入执行数")
    expenditure: Decimal | None = amount_field("支出执行数", "上年支出执行数")
    general_public: Decimal | None = amount_field(f"{GENERAL_PUBLIC.compared}执行数", "上年一般公共预算拨款执行数")
    government_fund: Decimal | None = amount_field(f"{GOVERNMENT_FUND.compared}执行数", "上年政府性基金预算支出执行数")
    state_capital: Decimal | None = amount_field(f"{STATE_CAPITAL.compared}执行数", "上年国有资本经营预算支出执行数")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LastBudget:
    """上年预算数: the base of “三公” and of 机关运行经费."""

    overseas: Decimal | None = amount_field(OVERSEAS.name, "上年预算数")
    vehicle_purchase: Decimal | None = amount_field(VEHICLE_PURCHASE.name, "上年预算数")
    vehicle_operation: Decimal | None = amount_field(VEHICLE_OPERATION.name, "上年预算数")
    reception: Decimal | None = amount_field(RECEPTION.name, "上年预算数")
    agency_operating: Decimal | None = amount_field("机关运行经费", "上年预算数")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Comparison:
    """上年数: what the prose compares with."""

    execution: LastExecution = model_field(Object(LastExecution), "上年执行数", "", default=LastExecution())
    budget: LastBudget = model_field(Object(LastBudget), "上年预算数", "", default=LastBudget())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Procurement:
    """政府采购."""

    goods: Decimal | None = amount_field("货物", "政府采购货物预算")
    works: Decimal | None = amount_field("工程", "政府采购工程预算")
    services: Decimal | None = amount_field("服务", "政府采购服务预算")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Vehicles:
    """车辆: how many, by use."""

    leaders: int = model_field(Integer(), "领导用车", "", unit="辆", default=0)
    communications: int = model_field(Integer(), "机要通信用车及应急保障用车", "", unit="辆", default=0)
    law_enforcement: int = model_field(Integer(), "执法执勤用车", "", unit="辆", default=0)
    technical: int = model_field(Integer(), "特种专业技术用车", "", unit="辆", default=0)
    veterans: int = model_field(Integer(), "老干部服务用车", "", unit="辆", default=0)
    administrative: int = model_field(Integer(), "行政执法专用车", "", unit="辆", default=0)
    other: int = model_field(Integer(), "其他用车", "", unit="辆", default=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Planned:
    """本年安排购置: what this year's budget buys."""

    vehicles: int = model_field(Integer(), "车辆", "经批准购置的公务用车", unit="辆", default=0)
    equipment: int = model_field(Integer(), "50万元以上通用设备", "", unit="台（套）", default=0)
    special_equipment: int = model_field(Integer(), "100万元以上专用设备", "", unit="台（套）", default=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Assets:
    """国有资产占有使用情况."""

    as_of: date = model_field(Date(), "截止日期", "浙江为上年 12 月 31 日")
    vehicles: Vehicles = model_field(Object(Vehicles), "车辆", "按用途", default=Vehicles())
    equipment: int = model_field(Integer(), "50万元以上通用设备", "单位价值", unit="台（套）", default=0)
    special_equipment: int = model_field(Integer(), "100万元以上专用设备", "单位价值", unit="台（套）", default=0)
    planned: Planned = model_field(Object(Planned), "本年安排购置", "", default=Planned())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Reasons:
    """增减原因: the words after 主要是 or 主要原因是, without the full stop. Wanted where a figure moved."""

    revenue: str | None = text_field("收入", "收入比上年增减的原因", source=MOF_143, lead_in=REASON)
    expenditure: str | None = text_field("支出", "支出比上年增减的原因", source=MOF_143, lead_in=REASON)
    general_public: str | None = text_field(GENERAL_PUBLIC.compared, "增减的原因", lead_in=REASON)
    government_fund: str | None = text_field(GOVERNMENT_FUND.compared, "增减的原因", lead_in=REASON)
    state_capital: str | None = text_field(STATE_CAPITAL.compared, "增减的原因", lead_in=REASON)
    overseas: str | None = text_field(OVERSEAS.name, "增减的原因", source=MOF_143, lead_in=REASON)
    reception: str | None = text_field(RECEPTION.name, "增减的原因", source=MOF_143, lead_in=REASON)
    vehicle_purchase: str | None = text_field(VEHICLE_PURCHASE.name, "增减的原因", source=MOF_143, lead_in=REASON)
    vehicle_operation: str | None = text_field(VEHICLE_OPERATION.name, "增减的原因", source=MOF_143, lead_in=REASON)
    agency_operating: str | None = text_field("机关运行经费", "增减的原因", lead_in=REASON)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Term:
    """名词解释: of a function code, or of a word of its own."""

    function: str | None = model_field(
        Code(r"[0-9]{7}", "功能分类项级编码（7 位）"), "功能分类编码", "名称由代码得出", default=None
    )
    term: str | None = text_field("名词", "不是科目的名词", 60)
    text: str = model_field(Text(4000), "解释", "接在冒号之后，带句号")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LinkedFigure:
    """句中的数字: a figure inside a sentence that was changed by hand; it prints as its fact is at the time."""

    figure: str = model_field(Text(200), "数据项名称", "数字来自哪个数据项，名称见 docs/facts.md")
    printed: str = model_field(
        Code(r"[0-9]{1,20}(,[0-9]{3}){0,6}(\.[0-9]{1,8})?", "印出的数字（如 1017.96）"),
        "取回时的样子",
        "此后有变就提示复核；小数位数和千分位照它印",
    )
    unit: MoneyUnit | None = model_field(
        Choice(("元", "万元")), "金额单位", "句中这个金额之后写的单位；不填按版式", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Override:
    """手工改动: a paragraph as it was changed in the DOCX and brought back by ``reportgen pull``."""

    block: str = model_field(Text(300, verbatim=True), "段落", "改哪一段：段落的 id")
    after: bool = model_field(Boolean(), "插在其后", "不改这一段，在它之后加一段", default=False)
    role: str = model_field(
        Choice(("body", "item")), "种类", "加的是普通段落还是编号的一条；编号由程序给出", default="body"
    )
    runs: tuple[str | LinkedFigure, ...] = model_field(
        List(TextOrObject(Text(20_000, verbatim=True), LinkedFigure), 0, 4000),
        "文字",
        "文字与数字相间，不含编号；空的列表是删去这一段",
    )
    was: str | None = model_field(
        Text(20_000, verbatim=True), "原文", "取回时程序生成的文字；此后说法有变就提示复核", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Acceptance:
    """接受的问题: a finding that was verified as odd but true."""

    code: str = model_field(Code(r"GJ[0-9]{3}", "问题代码（如 GJ505）"), "问题代码", "只有注明可以接受的规则")
    place: str = model_field(
        Text(400, verbatim=True), "位置", "报告印出的 place：用编码和名称，不用序号，如 expenditure[2080101].total"
    )
    figures: tuple[str, ...] = model_field(
        List(Text(200, verbatim=True), 0, 40), "数字", "核实时问题里的数字；数字变了，接受就失效", default=()
    )
    reason: str = model_field(Text(500), "理由", "核实的结果，如“本年新建办公楼”")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Budget:
    """部门预算公开: one department (or unit) in one year."""

    schema: str = model_field(Choice((SCHEMA,)), "格式版本", "本文件所依的格式")
    stage: str = model_field(Choice(("budget",)), "阶段", "budget 预算（决算另订）", default="budget")
    scope: str = model_field(Choice(("department", "unit")), "范围", "部门预算或单位预算", default="department")
    year: int = model_field(Integer(2000, 2100), "预算年度", "", unit="年")
    money_unit: MoneyUnit = model_field(
        Choice(("元", "万元")), "金额单位", "全文件一个单位；预算系统用元，已公开的文件只有万元"
    )
    published: date | None = model_field(Date(), "公开日期", "写入文件属性；不填为当年 1 月 1 日", default=None)
    department: Department = model_field(Object(Department), "部门", "")
    revenue: tuple[RevenueLine, ...] = model_field(List(Object(RevenueLine), 1), "收入", "", source=MOF_143)
    expenditure: tuple[ExpenditureLine, ...] = model_field(
        List(Object(ExpenditureLine), 1), "支出", "按功能分类到项", source="预算法实施条例"
    )
    carried_forward: Decimal | None = amount_field("年终结转结余", "结转下年的资金")
    basic_expenditure: tuple[BasicLine, ...] = model_field(
        List(Object(BasicLine)), "一般公共预算基本支出", "按经济分类到款", source="预算法实施条例", default=()
    )
    three_public: tuple[ThreePublicLine, ...] = model_field(
        List(Object(ThreePublicLine)), "“三公”经费", "分单位", source=MOF_143, default=()
    )
    projects: tuple[Project, ...] = model_field(List(Object(Project)), "项目支出", "一级项目", default=())
    performance: tuple[Performance, ...] = model_field(List(Object(Performance)), "绩效指标", "", default=())
    comparison: Comparison = model_field(Object(Comparison), "上年数", "", default=Comparison())
    agency_operating: Decimal | None = amount_field("机关运行经费", "行政和参公单位的公用经费", source="预算法第十四条")
    procurement: Procurement = model_field(
        Object(Procurement), "政府采购", "", source="预算法第十四条", default=Procurement()
    )
    assets: Assets | None = model_field(Object(Assets), "国有资产占有使用情况", "", default=None)
    reception_use: str | None = text_field("接待费主要用于", "接在“主要用于”之后，不带句号", lead_in=USE)
    reasons: Reasons = model_field(Object(Reasons), "增减原因", "", default=Reasons())
    glossary: tuple[Term, ...] = model_field(
        List(Object(Term)), "名词解释", "每个用到的项一条", source=MOF_143, default=()
    )
    accepted: tuple[Acceptance, ...] = model_field(
        List(Object(Acceptance)), "接受的问题", "核实过、不同寻常但属实的问题，由 reportgen accept 写入", default=()
    )
    overrides: tuple[Override, ...] = model_field(
        List(Object(Override)), "手工改动", "由 reportgen pull 写入，一般不手写", default=()
    )
