"""Which part of the document is which sheet of the form.

The sheets are listed here by the stage of the document; their columns come from the model. Every row of every sheet is
cells by the heads of their columns. ``tests/intake/form/test_round_trip.py`` proves that no leaf of the model is
without a cell.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

from ...budget.assets import Assets
from ...budget.economic_lines import EconomicLine
from ...budget.field_types import Choice, Integer, Text
from ...budget.final_accounts import Evaluation, ThreePublicDetails
from ...budget.lines import BasicLine, ExpenditureLine, Project, RevenueLine, ThreePublicLine
from ...budget.map_type import Map
from ...budget.model import Budget, Term, Unit
from ...budget.named_amounts import NamedAmount
from ...budget.performance import Indicator, Performance
from ...budget.purchases import ProcurementLine
from ...budget.terms import FINAL, STAGES
from ...budget.totals import Total, Totals
from ...budget.withheld import Withheld
from .columns import Column, column_of, columns_of
from .sheet_kinds import (
    CATEGORY,
    CONTENT,
    ITEM,
    KEY,
    KIND,
    LEAF_KINDS,
    LONG_TEXT,
    NTH,
    NUMBER,
    POINTER,
    PROGRAM_PARTS,
    STAGE,
    TEXT,
    VALUE,
    FormSheet,
    IndicatorSheet,
    LeafSheet,
    LineSheet,
    ListSheet,
    MapSheet,
    TotalSheet,
    UnitTextSheet,
    ValueSheet,
)

RARE = ("科目名称", "合计", "基本支出小计")
"""The heads of columns that are seldom filled in: they come last, so that blocks can be pasted before them."""


def _lines(stage: str, name: str, about: str, model: type, *path: str) -> LineSheet:
    columns = sorted(columns_of(model, stage), key=lambda column: column.head in RARE)
    return LineSheet(name, about, path, tuple(columns))


def _values(name: str, about: str, values: tuple[Column, ...]) -> ValueSheet:
    columns = (Column(ITEM, (), Text()), Column(CONTENT, (), LONG_TEXT))
    return ValueSheet(name, about, (), columns, values)


def _totals(stage: str) -> TotalSheet:
    terms = {field.metadata["term"]: field.name for field in fields(Totals)}
    keys = {FINAL_TOTALS.get(key, term): key for term, key in terms.items()} if stage == FINAL else terms
    columns = (Column(ITEM, (), Text()), *columns_of(Total, stage))
    bases = "上年数、年初预算数和原因" if stage == FINAL else "上年数和增减原因"
    about = f"全部门的合计：{bases}必填；列明的合计只在公开过四舍五入的数时填"
    return TotalSheet("合计与原因", about, ("totals",), columns, keys, terms)


def _part(name: str, about: str, model: type, part: str) -> ValueSheet:
    """Return the sheet of the single values of one part of the document, which only final accounts have."""
    values = (replace(column, path=(part, *column.path)) for column in columns_of(model, FINAL))
    return _values(name, about, tuple(values))


def _sections() -> MapSheet:
    columns = (Column(KEY, (), Text(40), True, "版式引用的键名"), Column(TEXT, (), Text(20_000), True, "一段一行"))
    about = "版式要引用的各章文字，一段一行；同一章的几段，名称相同"
    return MapSheet("各章文字", about, ("sections",), columns, {"": ("sections",)})


def _counts() -> MapSheet:
    columns = (Column(KEY, (), Text(40), True, "版式引用的名称"), Column(NUMBER, (), Integer(), True))
    return MapSheet("其他数量", "各地另加的数量，如编制人数、在职人数", ("counts",), columns, {"": ("counts",)})


def _assets() -> MapSheet:
    maps = {
        field.metadata["term"]: ("assets", field.name)
        for field in fields(Assets)
        if isinstance(field.metadata["type"], Map)
    }
    columns = (
        Column(CATEGORY, (), Choice(tuple(maps)), True, "车辆、其他资产，或本年安排购置"),
        Column(KEY, (), Text(40), True, "用途或种类，从下拉列表中选，或写本地的名称，如应急保障用车"),
        Column(NUMBER, (), Integer(), True, "", "辆、台（套）"),
    )
    return MapSheet("国有资产", "车辆、设备的数量，一种一行；截止日期等写在“单项数字”", ("assets",), columns, maps)


def _indicators() -> IndicatorSheet:
    unit, name = (column_of(Performance, field) for field in ("unit", "name"))
    stages = {
        field.metadata["term"]: field.name for field in fields(Performance) if field.name in ("overall", "annual")
    }
    columns = (
        unit, name, Column(STAGE, (), Choice(tuple(stages)), True, "总体（实施期）或年度"),
        *columns_of(Indicator, ""), Column(NTH, (), Integer(1), False, "同一单位有几个同名的项目时才填"),
    )  # fmt: skip
    return IndicatorSheet("绩效指标", "每个指标一行；项目在“绩效项目”表里", ("performance",), columns, stages)


def _unit_texts() -> UnitTextSheet:
    parts = {field.metadata["term"]: field.name for field in fields(Unit) if field.name in ("duties", "sections")}
    columns = (
        column_of(Unit, "name"), Column(CATEGORY, (), Choice(tuple(parts)), True, "职能，或版式按名称引用的文字"),
        Column(KEY, (), Text(40), False, "版式引用的键名；职能不填"), Column(TEXT, (), Text(20_000), True, "一段一行"),
        Column(NTH, (), Integer(1), False, "有几个同名的单位时才填"),
    )  # fmt: skip
    about = "分出单位预算（reportgen units）时用的各单位的职能和文字；不分的不填"
    return UnitTextSheet("单位文字", about, ("department", "units"), columns, parts)


def _program() -> LeafSheet:
    columns = (
        Column(POINTER, (), Text(1000), True), Column(KIND, (), Choice(LEAF_KINDS), True),
        Column(VALUE, (), LONG_TEXT),
    )  # fmt: skip
    return LeafSheet("程序用", "程序写入的内容：接受的问题、取回的手工改动。请不要改", (), columns)


FINAL_TOTALS = {
    "revenue": "收入决算总计（含年初结转和结余）",
    "expenditure": "支出决算合计（不含年末结转和结余）",
    "grand_total": "支出决算总计（含结余分配、年末结转和结余）",
    "appropriation_revenue": "财政拨款收入总计（含年初结转和结余）",
    "appropriation": "财政拨款支出合计",
}
"""What the form of final accounts calls totals, by their keys."""
FINAL_HEADS = {"预算年度": "决算年度", "上年结转结余": "年初结转和结余", "年终结转结余": "年末结转和结余"}
"""The head of a column or a single value in the form of a budget → in that of final accounts, which reads both."""
FINAL_DESCRIPTIONS = {
    "本年预算收入，不含上年结转": "本年收入决算数，不含年初结转和结余",
    "政府采购货物预算": "政府采购货物金额",
    "政府采购工程预算": "政府采购工程金额",
    "政府采购服务预算": "政府采购服务金额",
    "批复预算的日期": "批复决算的日期",
}
"""Words of descriptions → those of final accounts."""

BASICS_SHEET, MONEY_UNIT, STAGE_NAME = "基本情况", "金额单位", "阶段"
BASICS = frozenset(
    {"schema", "stage", "layout", "scope", "year", "money_unit", "published", "approved", "approved_by", "contact"}
)
"""The fields of the document on the first sheet; with them those of the department."""
DETAILS, EVALUATION = "three_public_details", "evaluation"
OWN_SHEET = frozenset({"totals", DETAILS, EVALUATION, *PROGRAM_PARTS})
"""The parts of the document whose single values are on a sheet of their own."""


@cache
def form_sheets(stage: str) -> tuple[FormSheet, ...]:
    """Return the sheets of the form of a stage in their order."""
    single = [column for column in columns_of(Budget, stage) if column.path[0] not in OWN_SHEET]
    basics = [column for column in single if column.path[0] in BASICS or column.path[0] == "department"]
    others = tuple(column for column in single if column not in basics)
    basics.sort(key=lambda column: column.path == ("schema",))
    sheets = *_of_who(stage, tuple(basics)), *_of_money(stage), *_of_final_accounts(stage), *_of_texts(stage, others)
    return tuple(map(_in_final_words, sheets)) if stage == FINAL else sheets


def _in_final_words(sheet: FormSheet) -> FormSheet:
    """Return a sheet of final accounts with its heads and descriptions in the words of final accounts."""
    columns = tuple(map(_in_words_of_final, sheet.columns))
    if not isinstance(sheet, ValueSheet):
        return replace(sheet, columns=columns)
    values = tuple(map(_in_words_of_final, sheet.values))
    heads = {value.head for value in values}
    others = {other: head for other, head in FINAL_HEADS.items() if head in heads}
    return replace(sheet, columns=columns, values=values, other_heads=others)


def _in_words_of_final(column: Column) -> Column:
    head = FINAL_HEADS.get(column.head, column.head)
    return replace(column, head=head, description=_final_description(column))


def _final_description(column: Column) -> str:
    text = column.description
    for word, other in FINAL_DESCRIPTIONS.items():
        text = text.replace(word, other)
    return text


def _of_who(stage: str, basics: tuple[Column, ...]) -> tuple[FormSheet, ...]:
    """Return the sheets that say whose document it is."""
    own = tuple(replace(one, type=Choice((stage,))) if one.path == ("stage",) else one for one in basics)
    units = "部门本级和所属单位，按机构设置的先后；别的表从这里选单位"
    duties = Column("主要职能", (), Text(4000), True, "一段一条，不写序号")
    return (
        _values(BASICS_SHEET, f"部门和本年{STAGES[stage]}的基本情况，各填一格", own),
        ListSheet("主要职能", "部门的主要职能，一条一行，不写序号", ("department", "duties"), (duties,)),
        _lines(stage, "预算单位", units, Unit, "department", "units"),
        _unit_texts(),
    )  # fmt: skip


def _of_money(stage: str) -> tuple[FormSheet, ...]:
    """Return the sheets of lines that hold money."""
    zero = "支出为零" if stage == FINAL else "安排数为零"
    return (
        _lines(stage, "收入", "各单位各来源的收入，一行一笔", RevenueLine, "revenue"),
        _lines(stage, "支出", "按功能分类到项，一个单位、一个科目、一种资金一行", ExpenditureLine, "expenditure"),
        _lines(stage, "基本支出", "一般公共预算基本支出，按部门预算经济分类到款", BasicLine, "basic_expenditure"),
        _lines(stage, "经济分类支出", "项目支出和其他资金的支出，按经济分类", EconomicLine, "economic_expenditure"),
        _lines(stage, "三公经费", f"一个单位一行；没有的项目留空，{zero}的填 0", ThreePublicLine, "three_public"),
        _lines(stage, "项目支出", "一级项目，一个单位的一个项目一行", Project, "projects"),
        _lines(stage, "绩效项目", "绩效指标表中的项目和目标；指标写在“绩效指标”", Performance, "performance"),
        _indicators(),
        _lines(stage, "采购明细", "一行一笔；只有合计的写在“单项数字”", ProcurementLine, "procurement", "lines"),
        _assets(),
        _lines(stage, "其他金额", "各地另加的金额，如会议费、培训费、委托业务费", NamedAmount, "named"),
        _counts(),
        _totals(stage),
    )


def _of_final_accounts(stage: str) -> tuple[FormSheet, ...]:
    """Return the sheets that only final accounts have: what “三公” bought, 绩效自评."""
    if stage != FINAL:
        return ()
    system = Column("绩效管理制度", (), Text(200), True, "制度的名称，一条一个，有书名号的照写")
    return (
        _part("三公数量", "“三公”经费用在哪里：团组、人次、批次、辆，各填一格", ThreePublicDetails, DETAILS),
        ListSheet("绩效制度", "绩效管理制度的名称，一条一行", (EVALUATION, "systems"), (system,)),
        _part("绩效自评", "绩效目标、跟踪、自评的个数和结果，各填一格", Evaluation, EVALUATION),
    )  # fmt: skip


def _of_texts(stage: str, others: tuple[Column, ...]) -> tuple[FormSheet, ...]:
    """Return the sheets of single values, of texts, and of what only the program writes."""
    return (
        _values("单项数字", "只有一个数的内容：年终结转、机关运行经费、采购合计、资产", others),
        _sections(),
        _lines(stage, "名词解释", "每个用到的功能科目一条；另加的名词写在“名词”一栏", Term, "glossary"),
        _lines(stage, "剔除的行", "因保密不公开的行：哪张表或哪个科目，保留到哪一级；没有的不填", Withheld, "withheld"),
        _program(),
    )


def all_sheets() -> tuple[FormSheet, ...]:
    """Return every sheet that a form may have: those of final accounts, which are the most."""
    return form_sheets(FINAL)
