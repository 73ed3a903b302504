"""The canonical document as frozen dataclasses: no arithmetic, no wording. Its lines are in :mod:`.lines`.

Each field has metadata: its type, its Chinese term, a description, its unit, the source that requires it.
The JSON Schema and ``docs/budget-document.md`` are printed from here.

Amounts are exact 元 in the model, whatever ``money_unit`` the file states. An absent amount is ``None``:
absent is not zero. A row whose code is the parent of other rows (类, 款, 合计) is a *stated* subtotal: a published
document gives rounded 万元, so subtotals must be printed as stated and cannot be added up again.

The classes have no ``__eq__`` and no ``__repr__``, which nothing uses: they are imported faster without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..core.money import MoneyUnit
from .assets import Assets
from .economic_lines import EconomicLine
from .field_types import Boolean, Choice, Code, Date, Integer, List, Object, Text, TextOrObject
from .fields import MOF_143, PLAIN_UNIT_CODE, amount_field, model_field, text_field
from .final_accounts import Evaluation, FiscalCarriedForward, ThreePublicDetails
from .lines import BasicLine, ExpenditureLine, Project, RevenueLine, ThreePublicLine
from .map_type import Map
from .mended_text import COLON, NUMBER, USE
from .named_amounts import NamedAmount
from .performance import Performance
from .purchases import Procurement
from .terms import BUDGET, FINAL
from .totals import Totals
from .withheld import Withheld

SCHEMA = "reportgen/budget/2"
NATURES = ("行政", "参公", "公益一类", "公益二类", "事业", "企业", "其他")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Unit:
    """预算单位: one unit of the department."""

    code: str | None = model_field(
        PLAIN_UNIT_CODE, "单位代码", "预算管理一体化系统中的代码；没有分单位数据的可不填", default=None
    )
    name: str = model_field(Text(100), "单位名称", "全称；表格和文字一律用它")
    nature: str = model_field(Choice(NATURES), "单位性质", "机关运行经费只算行政和参公单位", source="预算法第十四条")
    short_name: str | None = text_field("单位简称", "别的句子里的称呼，如“市国库支付中心”；不填用全称", 100)
    called: str | None = text_field("机构设置中的称呼", "如“局本级”“局属市就业促进和人力资源服务中心”；不填用全称", 100)
    duties: tuple[str, ...] | None = model_field(
        List(Text(4000, lead_in=NUMBER), 1), "单位职能", "只用于 reportgen units 分出的单位预算", default=None
    )
    sections: Mapping[str, tuple[str, ...]] | None = model_field(
        Map(List(Text(20_000), 1)), "单位的各章文字", "只用于 reportgen units 分出的单位预算", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Department:
    """部门: who publishes."""

    code: str = model_field(PLAIN_UNIT_CODE, "部门代码", "印在每张表左上角")
    name: str = model_field(Text(60), "部门名称", "全称")
    short_name: str | None = text_field("部门简称", "空表说明中的称呼，如“青溪市人社局”；不填用全称", 60)
    line_name: str | None = text_field("表头部门名", "印在表格左上角代码之后，如“市人社局”；不填用简称", 60)
    duties: tuple[str, ...] = model_field(
        List(Text(4000, lead_in=NUMBER), 1), "主要职能", "一段一条，不写序号", source=MOF_143
    )
    units: tuple[Unit, ...] = model_field(List(Object(Unit), 1), "预算单位", "按机构设置的先后", source=MOF_143)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Term:
    """名词解释: of a function code, or of a word of its own."""

    function: str | None = model_field(
        Code(r"[0-9]{7}", "功能分类项级编码（7 位）"), "功能分类编码", "名称由代码得出", default=None
    )
    term: str | None = model_field(Text(60, stop=False), "名词", "不是科目的名词，不带冒号", default=None)
    text: str = model_field(Text(4000, lead_in=COLON), "解释", "接在冒号之后，带句号")


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
    """部门预算公开、决算公开: one department (or unit) in one year."""

    schema: str = model_field(Choice((SCHEMA,)), "格式版本", "本文件所依的格式")
    stage: str = model_field(
        Choice((BUDGET, FINAL)),
        "阶段",
        "budget 预算；final 决算，各行的金额是决算数",
        default=BUDGET,
    )
    layout: str | None = model_field(
        Code(r"[0-9A-Za-z一-鿿][0-9A-Za-z一-鿿_-]{0,59}", "版式的名称（不是路径）"),
        "版式",
        "随程序安装的版式的名称；不填按阶段取 layouts/defaults.yaml 里的，命令行的 --layout 优先",
        default=None,
    )
    scope: str = model_field(Choice(("department", "unit")), "范围", "部门预算或单位预算", default="department")
    year: int = model_field(Integer(2000, 2100), "预算年度", "", unit="年")
    money_unit: MoneyUnit = model_field(
        Choice(("元", "万元")), "金额单位", "全文件一个单位；预算系统用元，已公开的文件只有万元"
    )
    published: date | None = model_field(Date(), "公开日期", "写入文件属性；不填为当年 1 月 1 日", default=None)
    approved: date | None = model_field(
        Date(), "批复日期", "财政部门批复预算的日期；公开不晚于其后二十日", source="预算法第十四条", default=None
    )
    approved_by: str | None = text_field("批复机关", "如“青溪市财政局”", 100)
    contact: str | None = text_field("联系方式", "公开文件上的联系人和电话", 200)
    department: Department = model_field(Object(Department), "部门", "")
    sections: Mapping[str, tuple[str, ...]] | None = model_field(
        Map(List(Text(20_000), 1)),
        "各章文字",
        "版式按键引用的文字，如 tasks（工作任务）、internal（内设机构）；一段一条",
        default=None,
    )
    revenue: tuple[RevenueLine, ...] = model_field(List(Object(RevenueLine), 1), "收入", "", source=MOF_143)
    expenditure: tuple[ExpenditureLine, ...] = model_field(
        List(Object(ExpenditureLine), 1), "支出", "按功能分类到项", source="预算法实施条例"
    )
    carried_forward: Decimal | None = amount_field("年终结转结余", "结转下年的资金；决算为年末结转和结余")
    fiscal_carried_forward: FiscalCarriedForward | None = model_field(
        Object(FiscalCarriedForward), "年末财政拨款结转和结余", "分资金", stage=FINAL, default=None
    )
    surplus_distributed: Decimal | None = amount_field("结余分配", "提取专用基金、缴纳所得税等", stage=FINAL)
    basic_expenditure: tuple[BasicLine, ...] = model_field(
        List(Object(BasicLine)), "一般公共预算基本支出", "按经济分类到款", source="预算法实施条例", default=()
    )
    economic_expenditure: tuple[EconomicLine, ...] = model_field(
        List(Object(EconomicLine)), "按经济分类的支出", "项目支出，以及一般公共预算以外的基本支出", default=()
    )
    three_public: tuple[ThreePublicLine, ...] = model_field(
        List(Object(ThreePublicLine)), "“三公”经费", "分单位", source=MOF_143, default=()
    )
    projects: tuple[Project, ...] = model_field(List(Object(Project)), "项目支出", "一级项目", default=())
    performance: tuple[Performance, ...] = model_field(List(Object(Performance)), "绩效指标", "", default=())
    totals: Totals = model_field(Object(Totals), "合计", "全部门的数字：列明的合计、上年数和增减原因", default=Totals())
    three_public_details: ThreePublicDetails | None = model_field(
        Object(ThreePublicDetails), "“三公”的数量和用途", "", stage=FINAL, default=None
    )
    evaluation: Evaluation | None = model_field(Object(Evaluation), "绩效管理", "", stage=FINAL, default=None)
    agency_operating: Decimal | None = amount_field("机关运行经费", "行政和参公单位的公用经费", source="预算法第十四条")
    procurement: Procurement = model_field(
        Object(Procurement), "政府采购", "", source="预算法第十四条", default=Procurement()
    )
    named: tuple[NamedAmount, ...] = model_field(
        List(Object(NamedAmount)),
        "其他金额",
        "各地另加的金额：会议费、培训费、委托业务费、增人增资等，按名称引用",
        default=(),
    )
    counts: Mapping[str, int] | None = model_field(
        Map(Integer()),
        "其他数量",
        "各地另加的数量：绩效项目、编制人数、在职人数等，版式按名称引用，如 counts.绩效项目",
        default=None,
    )
    assets: Assets | None = model_field(Object(Assets), "国有资产占有使用情况", "", default=None)
    reception_use: str | None = text_field("接待费主要用于", "接在“主要用于”之后，不带句号", lead_in=USE)
    glossary: tuple[Term, ...] = model_field(
        List(Object(Term)), "名词解释", "每个用到的项一条", source=MOF_143, default=()
    )
    unread: tuple[str, ...] = model_field(
        List(Code(r"(/[a-z_0-9]{1,40}){1,4}", "文件里的一部分（如 /projects、/expenditure/personnel）"), 0, 100),
        "没有读到的部分",
        "导入的文件里没有的：不是零，是不知道；要用到它们的关系不核对。由 reportgen import 写入",
        default=(),
    )
    withheld: tuple[Withheld, ...] = model_field(
        List(Object(Withheld)), "剔除的行", "因保密不公开的行不写在文件里，列明的合计照印", default=()
    )
    accepted: tuple[Acceptance, ...] = model_field(
        List(Object(Acceptance)), "接受的问题", "核实过、不同寻常但属实的问题，由 reportgen accept 写入", default=()
    )
    overrides: tuple[Override, ...] = model_field(
        List(Object(Override)), "手工改动", "由 reportgen pull 写入，一般不手写", default=()
    )
