"""The registry of finding codes: one code, one area, one meaning.

A code is two letters of its area and three digits. The codes of rules are declared by the decorators of ``rules`` and
``bulk/city_checks``, all others are listed here. ``docs/finding-codes.md`` is printed from this registry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

AREAS: Mapping[str, str] = {
    "IN": "读入",
    "GJ": "勾稽",
    "ZX": "字形",
    "RB": "读回",
    "PL": "批量",
    "QH": "取回",
    "XL": "导入",
}
"""The first two letters of a code → the part of the program that reports it."""

_CODE = re.compile(r"([A-Z]{2})[0-9]{3}")


@dataclass(frozen=True, slots=True)
class FindingCode:
    """A declared code: its area and its meaning, both in Chinese."""

    code: str
    area: str
    meaning: str


_declared: dict[str, FindingCode] = {}


def declare(code: str, meaning: str) -> None:
    """Add a code to the registry; the same code with the same meaning may be declared again.

    Raises:
        ValueError: the code has another meaning already, or is not of a known area.
    """
    match = _CODE.fullmatch(code)
    if match is None or match[1] not in AREAS:
        raise ValueError(f"{code!r} is not a code of a known area")
    known = _declared.setdefault(code, FindingCode(code, AREAS[match[1]], meaning))
    if known.meaning != meaning:
        raise ValueError(f"two meanings for {code}: {known.meaning!r} and {meaning!r}")


def declared_codes() -> tuple[FindingCode, ...]:
    """Every code declared so far, sorted; those of rules only once their modules are imported."""
    return tuple(_declared[code] for code in sorted(_declared))


for _code, _meaning in (
    ("IN100", "文件不合格式：某个字段缺少、多余或写法不对"),
    ("GJ001", "版式关闭了一条规则"),
    ("GJ002", "接受了不能接受的问题"),
    ("GJ003", "接受的问题已不存在，或数字变了"),
    ("GJ004", "列明的金额在版式里哪里都印不出"),
    ("GJ006", "写了的上年数、原因、用途或目标在版式里哪里都不印"),
    ("GJ005", "按名称写的内容在版式里哪里都不印"),
    ("GJ007", "标题下没有内容，标题不印"),
    ("GJ008", "版式和数据都解释了一个名词，印数据里的"),
    ("GJ010", "各单位之和（抵销内部补助和上缴以后）不等于部门"),
    ("GJ011", "有的行没有写单位，分不到单位预算里"),
    ("XL100", "工作簿里有不读的内容：宏、图片、批注等"),
    ("XL130", "工作表有数字，没有认出是哪张表"),
    ("XL131", "表没有认出表头"),
    ("XL132", "表的金额单位没有写、不能用，或写了两种"),
    ("XL133", "有数字的一列没有认出表头，没有读入"),
    ("XL134", "单元格不是金额"),
    ("XL135", "单元格的写法已规整"),
    ("XL136", "有数字的一行没有认出科目或项目"),
    ("XL137", "表里少一行，或合计没有填"),
    ("XL138", "科目名称在目录中不止一个"),
    ("XL139", "同一编码在一张表里写了两行"),
    ("XL140", "文件里没有必需的表"),
    ("XL141", "两处写的是同一个数，却不相等；或表里的和不等于各项"),
    ("XL142", "同一种表有两张"),
    ("XL143", "单位没有代码"),
    ("XL144", "表里没有写明，导入时作了假定"),
    ("XL145", "年份没有写，或与文件不同"),
    ("XL146", "工作簿里没有部门的基本情况，用占位文字代替"),
    ("XL150", "Word 文件里有没有用到的文字"),
    ("XL151", "Word 文件里的一段没有写明说的是什么"),
    ("XL152", "Word 文件里的名称不是本文件的科目或项目"),
    ("XL153", "Word 文件里同一项写了两次"),
    ("XL154", "Word 文件里的名称不止一个科目"),
    ("XL160", "没有部门自己的工作簿，或不止一份"),
    ("XL161", "一个单位交了几份工作簿"),
    ("XL162", "有单位没有交工作簿"),
    ("XL163", "交来的单位不在部门的单位名单里"),
    ("XL164", "单位的年度或金额单位与部门的不同"),
    ("XL165", "部门填的数与各单位之和不同"),
    ("XL166", "部门内部付出与收到的补助不等"),
    ("XL167", "部门内部的往来已抵销"),
    ("XL168", "给出的基本情况没有用到"),
    ("ZX101", "文字里有字体没有的字"),
    ("RB100", "文件读不回来"),
    ("RB101", "少了一段"),
    ("RB102", "一段的文字不同"),
    ("RB103", "多出一段"),
    ("RB104", "段落的次序不对"),
    ("RB105", "表的张数不对"),
    ("RB106", "表的行数不对"),
    ("RB107", "一格的内容不同"),
    ("RB108", "表头的一格不同"),
    ("RB109", "表下的注不同"),
    ("RB110", "表上方的编号、标题、部门或单位不同"),
    ("RB111", "表格单元的准确数值不同"),
    ("RB112", "文件属性里的标题不同"),
    ("RB113", "导航的条目不同"),
    ("RB114", "续页重复的内容不同"),
    ("RB115", "工作簿目录的条目不同"),
    ("RB116", "表或图不在应在的位置"),
    ("RB117", "图的幅数不对"),
    ("RB118", "图的题名、类型或替代文字不同"),
    ("RB119", "图上的名称或数字不同"),
    ("RB120", "图所引的单元格不同"),
    ("PL102", "命令行或清单指的东西不存在（退出码 2）"),
    ("PL103", "文件读不了或不合格式（退出码 3）"),
    ("PL104", "版式有错（退出码 4）"),
    ("PL105", "排不了版（退出码 5）"),
    ("PL106", "写不了文件（退出码 6）"),
    ("PL170", "内部错误（退出码 70）"),
    ("PL201", "超过时限，已中止"),
    ("PL202", "超过内存限制，已中止"),
    ("PL203", "两次使工作进程异常结束"),
    ("PL204", "读不了文件夹"),
    ("PL205", "文件得不到自己的输出文件夹，或不是普通文件"),
    ("PL207", "部门改了名称，旧名的文件已删去或保留"),
    ("PL208", "本级“三公”经费汇总表没有生成"),
    ("PL209", "本级“三公”经费汇总表没有与上年比较"),
    ("PL301", "--others 的表里有一格要改"),
    ("QH101", "改动的数字或单位与数据不符"),
    ("QH102", "改了表格的格"),
    ("QH103", "改了封面等由数据得出的文字"),
    ("QH104", "删了标题，改了标题的级别，或改了编号"),
    ("QH105", "段落移了位置"),
    ("QH106", "文件里有没有接受的修订"),
    ("QH107", "段落的标记没有了，按文字对上"),
    ("QH108", "段落里有不能印刷的字符"),
    ("QH109", "表格的张数或位置不对"),
    ("QH110", "文件由别的数据生成"),
    ("QH111", "文件里没有的段落"),
    ("QH112", "文件里是原文，JSON 里另有手工改动"),
    ("QH113", "不知是不是原来的数字"),
    ("QH114", "数字的写法"),
    ("QH115", "没有取回的改动"),
    ("QH116", "正文以外的内容"),
    ("QH117", "换掉的文件另有名称，那一个没有变"),
    ("QH201", "改过的段落现在没有了"),
    ("QH202", "句中的数字在取回之后变了"),
    ("QH203", "程序生成的说法在取回之后变了"),
    ("QH204", "句子说的增减方向与数据不符"),
    ("QH205", "引用的数据项不存在"),
    ("QH206", "删了标题，或同一段改了两次"),
    ("QH207", "没有出处的数字"),
    ("XL101", "单元格的内容不是这一栏应有的"),
    ("XL102", "单元格的写法已换成标准的写法"),
    ("XL103", "几张工作表是同一张填报表"),
    ("XL104", "工作簿里没有这张填报表"),
    ("XL105", "填报表缺表头或缺一栏"),
    ("XL106", "同一栏有两个"),
    ("XL107", "填报表没有这一项"),
    ("XL108", "同一项写了两行"),
    ("XL109", "一行没有写全"),
    ("XL110", "写的项目或单位不在另一张表里"),
    ("XL111", "程序写入的内容被改动过"),
    ("XL112", "不认识的一栏，没有读"),
    ("XL113", "隐藏的内容也读了"),
    ("XL114", "金额单位与表头不一致"),
    ("XL301", "明细账的表头：缺列、重名，或金额单位不符"),
    ("XL302", "明细账一行的格数与表头不同"),
    ("XL303", "明细账的金额不能用"),
    ("XL304", "明细账的编码不能用"),
    ("XL305", "明细账的取值不知是什么意思"),
    ("XL306", "明细账的文字不能用，或像公式"),
    ("XL307", "明细账一行的各列不相符"),
    ("XL308", "明细账的编码在科目目录里没有"),
    ("XL309", "明细账里一个编码有两个名称"),
    ("XL310", "明细账里有完全相同的行"),
    ("XL311", "读明细账时改写的金额"),
    ("XL312", "明细账之外还缺的内容"),
    ("XL313", "单位清单有错，或与明细账不符"),
    ("XL314", "只有上年金额的部门没有写"),
):
    declare(_code, _meaning)
