"""Every kind of bad document, one by one: what it is → exit code, words of the message, JSON pointer.

``docs/messages.md`` is made from these by running them.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportgen.budget.json_input import LARGEST

from ..strategies import dumped
from .command import CommandResult, one_layout_reading, run_json
from .sample import DEMO, GONE, changed

OK, BLOCKED, UNREADABLE, UNPRINTABLE = 0, 1, 3, 5
TEXT = DEMO.read_text(encoding="utf-8")
AMOUNT = "/revenue/0/amount"
DUTY = "/department/duties/0"


@dataclass(frozen=True)
class Case:
    """A document and what is said of it. ``size``: a sparse file of so many bytes instead of a payload."""

    group: str
    name: str
    payload: bytes
    code: int
    says: str = ""
    pointer: str = ""
    size: int = 0

    def __str__(self) -> str:
        return f"{self.group}-{self.name}"


def file(name: str, payload: bytes, says: str, code: int = UNREADABLE, pointer: str = "", size: int = 0) -> Case:
    return Case("文件", name, payload, code, says, pointer, size)


def edit(group: str, name: str, edits: dict[str, Any], says: str, pointer: str = "", code: int = UNREADABLE) -> Case:
    """The sample with these edits; the message is at the first of them if no other place (``nowhere``) is named."""
    pointer = {"": next(iter(edits)), "nowhere": ""}.get(pointer, pointer)
    return Case(group, name, dumped(changed(edits)), code, says, pointer)


def number(name: str, numeral: str, says: str, code: int = UNREADABLE) -> Case:
    """A numeral in place of the first amount, as it stands."""
    payload = TEXT.replace("16061957.50", numeral).encode()
    return Case("数字", name, payload, code, says, AMOUNT if says else "")


def char(name: str, text: str, says: str, code: int = UNREADABLE, pointer: str = DUTY) -> Case:
    return edit("字符", name, {pointer: text}, says, pointer if says else "", code)


FILES = [
    file("空文件", b"", "文件是空的"),
    file("只有空白", b" \r\n\t", "文件是空的"),
    file("不是 JSON", "部门预算".encode(), "第 1 行第 1 字处不是 JSON：这里应当有一个值"),
    file("断在半截", TEXT.encode()[:5000], "不是 JSON"),
    file("多一个逗号", TEXT.replace('"year": 2023', '"year": 2023,', 1).encode(), "字段名"),
    file("缺逗号", TEXT.replace('"year": 2023,', '"year": 2023', 1).encode(), "缺逗号或右括号"),
    file("缺冒号", b'{"year" 2023}', "缺冒号"),
    file("文件之后还有内容", TEXT.encode() + b"{}", "后面还有内容"),
    file("引号没有收尾", b'{"year": "2023}', "没有收尾的引号"),
    file("文字里直接换行", '{"year": "二〇\n二三"}'.encode(), "控制字符"),
    file("反斜杠写错", rb'{"year": "\q"}', "反斜杠"),
    file("\\u 写错", rb'{"year": "\u20"}', "四位十六进制"),
    file("GBK 编码", TEXT.encode("gb18030"), "不是 UTF-8 编码"),
    file("UTF-16 编码", TEXT.encode("utf-16"), "第 1 字节不是 UTF-8 编码"),
    file("一个 ZIP 文件", b"PK\x03\x04\x14\x00\x06\x00\xff\xfe", "不是"),
    file("UTF-8 带 BOM", b"\xef\xbb\xbf" + TEXT.encode(), "", OK),
    file("二十万层括号", b"[" * 200_000, "括号嵌套过深"),
    file("二十万层花括号", b'{"a":' * 200_000, "括号嵌套过深"),
    file("500 MB 的文件", b"", f"文件超过 {LARGEST >> 20} MB，没有读", size=500_000_000),
    file("最外层是列表", b"[]", "应为对象 {…}，读到 列表（0 项）", pointer="/"),
    file("只有一个数", b"3", "应为对象 {…}，读到 3", pointer="/"),
    file("null", b"null", "应为对象 {…}，读到 null", pointer="/"),
    file(
        "字段写了两次", TEXT.replace('"year": 2023', '"year": 2022, "year": 2023').encode(), "字段“year”写了两次",
        pointer="/year",
    ),
    file(
        "里层的字段写了两次", TEXT.replace('"nature": "行政"', '"nature": "行政", "nature": "行政"').encode(),
        "字段“nature”写了两次", pointer="/department/units/0/nature",
    ),
]  # fmt: skip

NUMBERS = [
    number("NaN", "NaN", "NaN 不是金额"),
    number("Infinity", "Infinity", "Infinity 不是金额"),
    number("负无穷", "-Infinity", "-Infinity 不是金额"),
    number("1e999", "1e999", "1e999 不是金额"),
    number("指数有二十位", "1e" + "9" * 20, "不是金额"),
    number("五千位的数", "9" * 5000, "99999999999999999999…（5000 位） 不是金额"),
    number("十八位的金额", "9" * 18, "金额大得不合常理"),
    number("三百位的金额", "9" * 300, "金额大得不合常理"),
    number("浮点的尾巴", "0.30000000000000004", "金额的小数多于 8 位：0.30000000000000004"),
    number("0.1 的二进制全文", "0.1000000000000000055511151231257827021181583404541015625", "金额的小数多于 8 位"),
    number("九位小数", "16061957.500000000", "金额的小数多于 8 位"),
    number("指数写法，合适", "1.60619575e7", "", OK),
    number("指数写法，太小", "1e-9", "金额的小数多于 8 位"),
    number("负数", "-16061957.50", "金额不能为负：-16061957.50"),
    number("负零", "-0.0", "金额不能为负"),
    number("带千分位", '"16,061,957.50"', "应为金额，读到 '16,061,957.50'"),
    number("带单位", '"1606.20万元"', "应为金额"),
    number("全角数字", '"１６０６"', "应为金额"),
    number("前导零", '"016061957.50"', "应为金额"),
    number("空文字", '""', "应为金额"),
    number("是否", "true", "应为金额，读到 true"),
    number("null", "null", "应为金额，读到 null"),
    number("列表", "[16061957.50]", "应为金额，读到 列表（1 项）"),
    edit("数字", "年份是小数", {"/year": 2023.5}, "应为 2000 至 2100 的整数，读到 2023.5"),
    edit("数字", "年份写成文字", {"/year": "2023年"}, "应为 2000 至 2100 的整数"),
    edit("数字", "车辆数太大", {"/assets/vehicles/other": 10**7}, "应为 0 至 1000000 的整数"),
    edit(
        "数字", "万元写成了元", {"/projects/1/general_public": "58000000000.00"}, "检查是否把元写成了万元",
        "/projects/1/general_public", BLOCKED,
    ),
]  # fmt: skip

FIELDS = [
    edit("字段", "决算的字段", {"/surplus_distributed": 1}, "surplus_distributed 只用于决算"),
    edit("字段", "两种写法并用", {"/comparison": {}}, "两种写法不能并用"),
    edit("字段", "章节的键名", {"/sections": {"Bad Key": ["甲"]}}, "键名“Bad Key”不能用"),
    edit("字段", "没有这个字段", {"/colour": "red"}, "没有这个字段：colour"),
    edit("字段", "写错一个字母", {"/departmnet": {}}, "是否想写 department？"),
    edit("字段", "里层写错", {"/revenue/0/carryover": 1}, "是否想写 carry_over？"),
    edit("字段", "名字里有控制字符", {"/\x1b[31m红": 1}, "没有这个字段"),
    edit("字段", "名字有十万字", {"/" + "长" * 100_000: 1}, "没有这个字段：长", "/" + "长" * 60 + "…"),
    edit("字段", "缺年度", {"/year": GONE}, "缺少必填字段 year（预算年度）"),
    edit("字段", "缺部门", {"/department": GONE}, "缺少必填字段 department（部门）"),
    edit("字段", "缺单位清单", {"/department/units": GONE}, "缺少必填字段 units"),
    edit("字段", "缺收入", {"/revenue": []}, "列表应有 1 至 100000 项，现有 0 项"),
    edit("字段", "null 代替列表", {"/projects": None}, "应为列表 […]，读到 null"),
    edit("字段", "文字代替列表", {"/projects": "无"}, "应为列表 […]，读到 '无'"),
    edit("字段", "列表代替对象", {"/procurement": []}, "应为对象 {…}，读到 列表（0 项）"),
    edit("字段", "数字代替文字", {"/department/name": 450}, "应为文字，读到 450"),
    edit("字段", "空文字", {DUTY: ""}, "文字长度应为 1 至 4000 字，现为 0 字"),
    edit("字段", "名称 300 字", {"/department/name": "长" * 300}, "文字长度应为 1 至 60 字，现为 300 字"),
    edit("字段", "只有空格", {DUTY: " 　"}, "只有空格，没有文字"),
    edit("字段", "只有“主要用于”", {"/reception_use": "主要用于。"}, "之外没有文字"),
    edit("字段", "是否写成文字", {"/projects/0/key": "是"}, "应为 true 或 false，读到 '是'"),
    edit("字段", "不在可选之列", {"/money_unit": "亿元"}, "只能是 元、万元 之一，读到 '亿元'"),
    edit("字段", "别的格式版本", {"/schema": "reportgen/budget/9"}, "只能是 reportgen/budget/2 之一"),
    edit("字段", "$schema 不是文字", {"/$schema": 1}, "应为文字，读到 1"),
    edit("字段", "编码没有引号", {"/expenditure/0/function": 2010601}, "编码要加引号"),
    edit("字段", "编码六位", {"/expenditure/0/function": "201060"}, "应为功能分类编码"),
    edit("字段", "编码有字母", {"/basic_expenditure/0/economic": "30l01"}, "应为经济分类编码"),
    edit("字段", "单位代码太短", {"/department/code": "45"}, "应为单位代码（3 至 12 位数字）"),
    edit("字段", "没有这个编码", {"/expenditure/0/function": "9999999"}, "没有编码 9999999", "/expenditure/0/name", OK),
    edit("字段", "日期不存在", {"/published": "2023-02-30"}, "应为日期（如 2023-02-09），读到 '2023-02-30'"),
    edit("字段", "日期写成周", {"/published": "2023-W01-1"}, "应为日期"),
    edit("字段", "公元一年", {"/published": "0001-01-01"}, "应为日期"),
    edit("字段", "两千处错误", {"/projects": [{}] * 2000}, "只列出前 1000 处", "nowhere"),
]  # fmt: skip

CHARACTERS = [
    char("控制字符", "甲\x07乙", "第 2 字 U+0007是控制字符，不能印刷"),
    char("制表符", "甲\t乙", "第 2 字 U+0009（制表符）是控制字符"),
    char("换行", "甲\n乙", "第 2 字 U+000A（换行）是控制字符"),
    char("书写方向", "甲\u202e乙", "第 2 字 U+202E（RIGHT-TO-LEFT OVERRIDE）是看不见的格式符"),
    char("书写方向的隔离", "甲乙\u2066", "第 3 字 U+2066（LEFT-TO-RIGHT ISOLATE）是看不见的格式符"),
    char("零宽空格", "\u200b甲", "第 1 字 U+200B（ZERO WIDTH SPACE）是看不见的格式符"),
    char("零宽连接符", "甲\u200d乙", "U+200D"),
    char("文字里的 BOM", "甲\ufeff", "第 2 字 U+FEFF（ZERO WIDTH NO-BREAK SPACE）是看不见的格式符"),
    char("软连字符", "甲\xad", "U+00AD（SOFT HYPHEN）"),
    char("看不见的字母", "甲\u3164", "U+3164（HANGUL FILLER）是看不见的字符"),
    char("私用区", "甲\ue000", "第 2 字 U+E000是私用区字符"),
    char("第十五平面私用区", "甲\U000f0000", "U+F0000是私用区字符"),
    char("未定义的字符", "甲\u0378", "U+0378是没有定义的字符"),
    char("非字符", "甲\ufffe", "U+FFFE是非字符"),
    char("非字符之二", "甲\ufdd0", "U+FDD0是非字符"),
    char("单独的代理项", "甲\ud800乙", "第 2 字 U+D800是半个字符（代理项）"),
    char("字段名里的代理项", "甲", "没有这个字段", pointer="/\udc80"),
    char("行分隔符", "甲\u2028乙", "U+2028（LINE SEPARATOR）是行分隔符"),
    char("段分隔符", "甲\u2029乙", "U+2029（PARAGRAPH SEPARATOR）是段分隔符"),
    char("组合符号", "e\u0301", "第 2 字 U+0301（COMBINING ACUTE ACCENT）是组合符号或异体选择符"),
    char("异体选择符", "葛\U000e0100", "U+E0100（VARIATION SELECTOR-17）是组合符号或异体选择符"),
    char("表情的选择符", "☎\ufe0f", "U+FE0F（VARIATION SELECTOR-16）是组合符号或异体选择符"),
    char("乱码的替代符", "预\ufffd", "U+FFFD（REPLACEMENT CHARACTER）是乱码的替代符"),
    char("图片的占位符", "\ufffc", "U+FFFC（OBJECT REPLACEMENT CHARACTER）是对象占位符"),
    char("目标里可以换行", "一\n二", "", OK, "/projects/0/goal"),
    char("目标里不可有回车", "一\r\n二", "U+000D（回车）是控制字符", pointer="/projects/0/goal"),
    char("增补平面的汉字", "钅卢即𬬻，龘。", "", OK),
    char("没有字体的汉字", "甲𠀀乙", "第 2 字“𠀀”（U+20000，CJK UNIFIED IDEOGRAPH-20000）没有一种字体有", UNPRINTABLE),
    char("没有字体的文字", "مرحبا", "（U+0645，ARABIC LETTER MEEM）没有一种字体有", UNPRINTABLE),
    char("表情符号", "甲🙂", "没有一种字体有", UNPRINTABLE),
    char("没有字体的空格", "甲\u2007乙", "U+2007，FIGURE SPACE", UNPRINTABLE),
]  # fmt: skip

CASES = [*FILES, *NUMBERS, *FIELDS, *CHARACTERS]


def write_down(case: Case, folder: Path) -> str:
    """The path of the case's document, in ``folder``."""
    path = folder / "预算.json"
    path.write_bytes(case.payload)
    if case.size:
        with path.open("r+b") as sparse:
            sparse.truncate(case.size)
    return str(path)


@cache
def of_case(case: Case) -> CommandResult:
    """What ``check`` says of the case's document; run once, for tests and documentation."""
    with tempfile.TemporaryDirectory() as folder, one_layout_reading():
        return run_json("check", write_down(case, Path(folder)))
