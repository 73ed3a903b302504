"""What the workbook tells the clerk: the guide, comments on heads, which budget a layout compares with."""

from __future__ import annotations

from collections.abc import Mapping

from ...budget.terms import BUDGET, FINAL, KIND_NAMES, OWN_FUNDS, SURPLUS_USED, BaseKind
from ...core.settings import Printing

GUIDE = "填报说明"
_UNITS_FIRST = "先填“基本情况”“主要职能”“预算单位”。别的表里的单位代码从“预算单位”选，单位名称自己出来。"
_WATCH = "随时看“勾稽检查”：✓ 相等，✗ 不等并写明差额。各表第一栏逐行检查，红字说明哪里不对。"
STEPS: Mapping[str, tuple[str, ...]] = {
    BUDGET: (
        _UNITS_FIRST,
        "再填“收入”“支出”“基本支出”“三公经费”“项目支出”。科目只填代码，名称自己出来；没有的栏目留空，金额为零才填 0。",
        "然后填“绩效项目”“绩效指标”“采购明细”“国有资产”和各项文字；不公开的表整张空着。",
        "上年数填在本年数右边的绿色栏目里。空着表示不知道，不等于 0；上年没有这一项的填 0。",
        _WATCH,
        "填完保存，运行 reportgen import 填报.xlsx -o 预算.json；有问题会逐格列出，改好再来。",
    ),
    FINAL: (
        _UNITS_FIRST,
        "再填“收入”“支出”“基本支出”“三公经费”，金额都是决算数。科目只填代码，名称自己出来；没有的留空，为零才填 0。",
        "然后填“三公数量”“绩效制度”“绩效自评”“国有资产”和各项文字；不公开的表整张空着。",
        "年初预算数、全年预算数、上年决算数（上年执行数）填在绿色栏目里。空着表示不知道，不等于 0；没有的填 0。",
        _WATCH,
        "填完保存，运行 reportgen import 填报.xlsx -o 决算.json；有问题会逐格列出，改好再来。",
    ),
}
"""How the form of a stage is filled in, step by step."""
HINTS = (
    "可以整块粘贴（选择性粘贴为数值最稳妥）、插入行、排序、筛选；灰色格是公式，不用填。不要的行清空就行；行不够时往下接着填，最多几千行。",
    "粘贴会盖掉格子里的限制，不要紧：导入时每一格都重新检查。",
    "工作表没有密码，但请不要改标题和表头：导入靠标题认表、靠表头认栏，表的名称和栏的先后可以改。",
)
LEGEND = (
    ("必填", "required", "这一行只要填了，这一格就必须填"),
    ("选填", "optional", "有就填，没有留空"),
    ("上年", "last", "上年预算数、执行数"),
    ("自动", "automatic", "公式，不用填，也填不进去"),
)
BASES = ("比较", "last", "年初预算数、全年预算数、上年数")
"""What the legend of final accounts says in the place of 上年."""
COMMENTS: Mapping[str, str] = {
    "单位代码": "从下拉列表里选；列表来自“预算单位”表，要先填那一张。",
    "功能分类编码": "只填代码，名称自己出来。一般填到“项”（7 位）。填 3 位、5 位的是小计行，要与下级之和相等。",
    "经济分类编码": "只填代码，一般填到“款”（5 位）。填 3 位的是小计行。",
    "科目名称": "一般不填。目录里没有这个代码时才填。",
    "资金性质": "不填就是一般公共预算。",
    "合计": "一般不填，程序把各栏相加。只有照已公开的四舍五入数印时才填，填了要与各栏之和核对。",
    "基本支出小计": "一般不填，程序把人员支出和公用经费相加。",
    "列明的合计": "一般不填，程序把各行相加。只有照已公开的四舍五入数印时才填。",
    "上年预算数": "填上年公开的数，不能改。上年没有这一项填 0；不知道的留空。空着不等于 0。",
    "上年执行数": "填上年执行数。不知道的留空。空着不等于 0。",
    "年初预算数": "照年初批复、已公开的部门预算填，不含年中调整。年初没有这一项填 0；不知道的留空。空着不等于 0。",
    "全年预算数": "按规定程序调整后的预算数。没有调整的等于年初预算数；不知道的留空。",
    "预决算差异原因": "决算数与预算数不同的原因，接在“主要原因是”后面的话，不带句号。",
    "年末结转和结余": "该科目没有用完、结转下年的资金；下一年的决算里是它的年初结转。",
    "增减原因": "接在“主要是”后面的话，如“在职人员增加”。不写“主要是”，不带句号。",
    "主要用于": "接在“主要用于”后面的话，不带句号。",
    "上级提前下达": "这一行的钱是不是上级提前下达的转移支付；不填就是否。",
    "权重": "一个项目的总体绩效、年度绩效，权重各自合计 100。",
    "指标值": "只填数，单位填在“指标单位”；定性指标写文字。",
    "计入": "与代码所属的类不同才填，如 30399 计入公用经费。",
    OWN_FUNDS.project_column: "写明了来源（右边各栏）的可以不填。",
    SURPLUS_USED.name: "用以前年度结余安排的部分，不含在“单位资金”一栏。",
    "单位性质": "机关运行经费只算行政和参公单位，不要选错。",
    "金额单位": "全工作簿一个单位，表头写明。要改单位请重新生成工作簿，不要在这里改。",
}
"""Head of a column, or name of a single value → the comment on it."""
_AGAINST: Mapping[BaseKind, str] = {
    "initial": "这个版式与年初预算数比：年初预算数必填，年初没有的填 0；全年预算数不印，可以不填。",
    "adjusted": "这个版式与全年预算数比：全年预算数必填，没有调整的等于年初预算数。",
}


def budget_notes(printing: Printing) -> dict[str, str]:
    """Return what the sheets of final accounts say of the budget that a layout compares with, by sheet.

    One reason explains the difference from one budget, and the budget that no sentence prints need not be filled in.
    """
    against, of_three_public = (
        KIND_NAMES[kind] for kind in (printing.completed_against, printing.three_public_against)
    )
    reason = f"“预决算差异原因”写决算数与{against}不同的原因"
    other = "" if against == of_three_public else f"，“三公”写与{of_three_public}不同的原因"
    return {
        "支出": f"{_AGAINST[printing.completed_against]}{reason}。",
        "三公经费": _AGAINST[printing.three_public_against],
        "合计与原因": f"{reason}{other}。",
    }
