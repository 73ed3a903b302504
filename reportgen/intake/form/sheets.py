"""Which part of the document is which sheet of the form.

The sheets are listed here; their columns come from the model. Every row of every sheet is cells by the heads of their
columns. ``tests/intake/form/test_round_trip.py`` proves that no leaf of the model is without a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from ...budget.assets import Assets
from ...budget.economic_lines import EconomicLine
from ...budget.field_types import Choice, Integer, Text
from ...budget.lines import BasicLine, ExpenditureLine, Project, RevenueLine, ThreePublicLine
from ...budget.map_type import Map
from ...budget.model import Budget, Term, Unit
from ...budget.named_amounts import NamedAmount
from ...budget.performance import Indicator, Performance
from ...budget.purchases import ProcurementLine
from ...budget.totals import Total, Totals
from ...budget.withheld import Withheld
from .columns import Column, column_of, columns_of

ITEM, CONTENT = "项目", "内容"
"""The heads of a sheet of single values: what it is, its value."""
KEY, CATEGORY, TEXT, NUMBER = "名称", "类别", "文字", "数量"
STAGE, NTH = "绩效", "同名的第几个"
POINTER, KIND, VALUE = "位置", "类型", "内容"
LONG_TEXT = Text(20_000, multiline=True)
POSTFIX = "填报表"
"""What the title of every sheet ends with: by its title a sheet is found again, whatever its name."""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet: the name of its tab, its title, what to fill in, the part of the document, its columns."""

    name: str
    about: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """The text of its title cell."""
        return f"{self.name}{POSTFIX}"


class LineSheet(FormSheet):
    """A list of objects: a row for each."""


class ListSheet(FormSheet):
    """A list of texts: a row for each."""


@dataclass(frozen=True, slots=True)
class ValueSheet(FormSheet):
    """Single values of the document: a row for each of ``values``, found by its head in the first column."""

    values: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class TotalSheet(FormSheet):
    """The totals: a row for each of ``keys`` (name of the figure → its key), found by its name."""

    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MapSheet(FormSheet):
    """Maps with keys of the document's own: a row for each value. ``maps`` are the parts by their category."""

    maps: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class IndicatorSheet(FormSheet):
    """The indicators of the projects of another sheet. ``stages`` are the goals that they belong to, by their term."""

    stages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitTextSheet(FormSheet):
    """Texts of units: a row for each. ``parts`` are the lists and maps of a unit that hold them, by their term."""

    parts: Mapping[str, str]


class LeafSheet(FormSheet):
    """What only the program writes: each leaf with its JSON pointer. ``path`` is empty: see ``PROGRAM_PARTS``."""


PROGRAM_PARTS = ("unread", "accepted", "overrides")
"""The parts of the document on the sheet for the program."""


RARE = ("科目名称", "合计", "基本支出小计")
"""The heads of columns that are seldom filled in: they come last, so that blocks can be pasted before them."""


def _lines(name: str, about: str, model: type, *path: str) -> LineSheet:
    columns = sorted(columns_of(model), key=lambda column: column.head in RARE)
    return LineSheet(name, about, path, tuple(columns))


def _values(name: str, about: str, values: tuple[Column, ...]) -> ValueSheet:
    columns = (Column(ITEM, (), Text()), Column(CONTENT, (), LONG_TEXT))
    return ValueSheet(name, about, (), columns, values)


def _totals() -> TotalSheet:
    keys = {field.metadata["term"]: field.name for field in fields(Totals)}
    columns = (Column(ITEM, (), Text()), *columns_of(Total))
    return TotalSheet(
        "合计与原因",
        "全部门的合计：上年数和增减原因必填；列明的合计只在公开过四舍五入的数时填",
        ("totals",),
        columns,
        keys,
    )


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
        *columns_of(Indicator), Column(NTH, (), Integer(1), False, "同一单位有几个同名的项目时才填"),
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


LEAF_KINDS = ("文字", "数", "是否", "空列表", "空对象")
BASICS_SHEET, MONEY_UNIT = "基本情况", "金额单位"
BASICS = frozenset(
    {"schema", "stage", "layout", "scope", "year", "money_unit", "published", "approved", "approved_by", "contact"}
)
"""The fields of the document on the first sheet; with them those of the department."""


@cache
def form_sheets() -> tuple[FormSheet, ...]:
    """Return the sheets of the form in their order."""
    single = [column for column in columns_of(Budget) if column.path[0] not in ("totals", *PROGRAM_PARTS)]
    basics = [column for column in single if column.path[0] in BASICS or column.path[0] == "department"]
    others = tuple(column for column in single if column not in basics)
    basics.sort(key=lambda column: column.path == ("schema",))
    duties = Column("主要职能", (), Text(4000), True, "一段一条，不写序号")
    return (
        _values(BASICS_SHEET, "部门和本年预算的基本情况，各填一格", tuple(basics)),
        ListSheet("主要职能", "部门的主要职能，一条一行，不写序号", ("department", "duties"), (duties,)),
        _lines("预算单位", "部门本级和所属单位，按机构设置的先后；别的表从这里选单位", Unit, "department", "units"),
        _unit_texts(),
        _lines("收入", "各单位各来源的收入，一行一笔", RevenueLine, "revenue"),
        _lines("支出", "按功能分类到项，一个单位、一个科目、一种资金一行", ExpenditureLine, "expenditure"),
        _lines("基本支出", "一般公共预算基本支出，按部门预算经济分类到款", BasicLine, "basic_expenditure"),
        _lines("经济分类支出", "项目支出和其他资金的支出，按经济分类", EconomicLine, "economic_expenditure"),
        _lines("三公经费", "一个单位一行；没有的项目留空，安排数为零的填 0", ThreePublicLine, "three_public"),
        _lines("项目支出", "一级项目，一个单位的一个项目一行", Project, "projects"),
        _lines("绩效项目", "绩效指标表中的项目和目标；指标写在“绩效指标”", Performance, "performance"),
        _indicators(),
        _lines("采购明细", "一行一笔；只有合计的写在“单项数字”", ProcurementLine, "procurement", "lines"),
        _assets(),
        _lines("其他金额", "各地另加的金额，如会议费、培训费、委托业务费", NamedAmount, "named"),
        _counts(),
        _totals(),
        _values("单项数字", "只有一个数的内容：年终结转、机关运行经费、采购合计、资产", others),
        _sections(),
        _lines("名词解释", "每个用到的功能科目一条；另加的名词写在“名词”一栏", Term, "glossary"),
        _lines("剔除的行", "因保密不公开的行：哪张表或哪个科目，保留到哪一级；没有的不填", Withheld, "withheld"),
        _program(),
    )  # fmt: skip


def sheet_named(name: str) -> FormSheet:
    """Return the sheet of this name."""
    return next(sheet for sheet in form_sheets() if sheet.name == name)
