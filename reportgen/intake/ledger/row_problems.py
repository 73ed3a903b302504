"""The kinds of problem that rows of a ledger can have."""

from __future__ import annotations

from ...core.finding import Severity
from .problems import RowProblem

SHORT_ROW = RowProblem("XL302", "{count} 行的格数少于表头：{examples}", "补齐这些行，没有内容的格也要留着分隔符")
LONG_ROW = RowProblem(
    "XL302", "{count} 行的格数多于表头：{examples}", "多半是文字里有分隔符；给那一格加上引号，或换一种分隔符导出"
)
NO_VALUE = RowProblem("XL303", "{count} 行没有“{column}”", "每一行都要有；整行用不着的删去")
NOT_AMOUNT = RowProblem("XL303", "{count} 行的“{column}”不是金额：{examples}", "只写数字，不带单位和文字")
NEGATIVE = RowProblem(
    "XL303", "{count} 行的“{column}”是负数：{examples}", "明细账只收正数；冲减的行与原来的一行合并成净额"
)
TOO_FINE = RowProblem("XL303", "{count} 行的“{column}”不到一分：{examples}", "金额精确到分；看看金额单位是不是写错了")
TOO_LARGE = RowProblem(
    "XL303", "{count} 行的“{column}”大得不合常理：{examples}", "看看金额单位是不是写错了，有没有多写了零"
)
ROUNDED = RowProblem("XL311", "{count} 行的“{column}”有二进制的尾数，按分四舍五入：{examples}", severity=Severity.NOTE)
REWRITTEN = RowProblem(
    "XL311", "{count} 行的“{column}”有千分位、全角数字或空格，读作数字：{examples}", severity=Severity.NOTE
)
NOT_CODE = RowProblem("XL304", "{count} 行的“{column}”不是编码：{examples}", "只写编码的数字，名称由程序得出")
TOTAL_ROW = RowProblem("XL304", "{count} 行是合计：{examples}", "删去合计、小计的行，合计由程序计算")
UNIT_LENGTH = RowProblem(
    "XL304", "{count} 行的“{column}”不是 3 至 12 位数字：{examples}", "在系统里核对代码；开头的零不能丢"
)
FUNCTION_LENGTH = RowProblem(
    "XL304", "{count} 行的“{column}”不是 7 位的项级编码：{examples}", "支出要列到项，如 2010301"
)
ECONOMIC_LENGTH = RowProblem(
    "XL304", "{count} 行的“{column}”不是 5 位的款级编码：{examples}", "经济科目要列到款，如 30201"
)
NOT_DEPARTMENT_ECONOMIC = RowProblem(
    "XL304", "{count} 行的“{column}”不是部门预算经济科目（3 开头）：{examples}", "两套经济科目的列是不是写反了"
)
NOT_GOVERNMENT_ECONOMIC = RowProblem(
    "XL304",
    "{count} 行的“{column}”不是政府预算经济科目（5 开头，3 或 5 位）：{examples}",
    "两套经济科目的列是不是写反了",
)
UNKNOWN_CODE = RowProblem(
    "XL308", "{count} 行的“{column}”科目目录里没有：{examples}",
    "核对编码；确有其科目的，让明细账带上名称一列（function_name、economic_name）", Severity.WARNING,
)  # fmt: skip
UNKNOWN_VALUE = RowProblem(
    "XL305", "{count} 行的“{column}”不知是什么意思：{examples}", "在 mapping.yaml 里写明它是哪一种"
)
NOT_PRINTABLE = RowProblem("XL306", "{count} 行的“{column}”有不能印刷的字符：{examples}", "删去这些字符，或重新导出")
FORMULA = RowProblem(
    "XL306", "{count} 行的“{column}”是没有算出结果的公式：{examples}", "在 Excel 或 WPS 里粘贴成数值再导出"
)
LIKE_FORMULA = RowProblem(
    "XL306",
    "{count} 行的“{column}”开头像公式，当作文字：{examples}",
    "核对这些文字；开头的符号用不着就删去",
    Severity.WARNING,
)
TOO_LONG = RowProblem("XL306", "{count} 行的“{column}”太长：{examples}", "多半是列错位了；名称不超过规定的字数")
NO_SOURCE = RowProblem(
    "XL307",
    "{count} 行是单位资金，却看不出来源",
    "写 source 一列（事业收入、其他收入等），或在 funds 里写明是哪一种",
)
NO_PROJECT = RowProblem("XL307", "{count} 行是项目支出，却没有项目名称", "补上项目名称")
NO_KIND = RowProblem(
    "XL307",
    "{count} 行没有项目名称，经济科目也不是基本支出的：{examples}",
    "补上项目名称，或让明细账带上支出类别一列（kind）",
)
NO_DEPARTMENT = RowProblem(
    "XL307", "{count} 行看不出属于哪个部门：{examples}", "核对单位代码；units 的单位清单里要有这个单位"
)
TWO_DEPARTMENTS = RowProblem(
    "XL307", "{count} 个单位属于两个部门：{examples}", "一个单位只能属于一个部门，核对部门代码"
)
TWO_NAMES = RowProblem("XL309", "{count} 个编码有两个名称：{examples}", "用的是先出现的；核对名称", Severity.WARNING)
SAME_ROWS = RowProblem(
    "XL310", "{count} 行与前面的一行完全相同", "核对是不是粘贴了两次；确是两笔的不用改", Severity.WARNING
)
NO_AMOUNTS = RowProblem("XL303", "{count} 行没有金额，没有用", "核对这些行", Severity.NOTE)
