"""Findings about a document that came from a workbook, in the words of the workbook.

Rules and the contract speak of a JSON document: of its fields by name, of places by pointer. A clerk has sheets and
columns. What a message says otherwise for a clerk is in :data:`WORDS`; ``tests/intake/test_clerk_words.py`` finds the
messages that name a field and have no words for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..budget.field_names import field_name
from ..budget.terms import BUDGET
from ..core.cell_places import NO_CELLS, with_cells
from ..core.finding import Finding, Place
from .form.part_name import part_name

WORDS: Mapping[str, str] = {
    # The contract.
    "缺少必填字段 {name}（{term}）": "没有填“{term}”",
    "补上这个字段；写法见 docs/budget-document.md": "补上这一格",
    "没有内容的字段请整个删去": "没有内容的，把格子清空",
    "文字要加引号；没有内容的字段请整个删去": "单元格改成文本；没有内容的清空",
    "编码要加引号": "照编码的位数写，单元格改成文本",
    "照写其中一个，加引号": "照写其中一个",
    "写成整数，不带小数、单位和引号": "写成整数，不带小数和单位",
    "应为 true 或 false，读到 {found}": "应为“是”或“否”，读到 {found}",
    "写成 true 或 false，不加引号": "写“是”或“否”",
    "检查 money_unit 与小数点": "检查金额单位与小数点",
    # Rules.
    "导入的文件里没有 {count} 个部分，有关的关系没有核对：{parts}":
        "文件里没有这 {count} 项，不知道是没有还是漏了，有关的勾稽没有核对：{parts}",
    "{part}第 {n} 行没有写金额": "“{part}”的这一行没有写金额",
    "有剔除的项目时，在 projects 里加一行“合计”（unit 写“合计”），写全部项目的金额":
        "有剔除的项目时，在“项目支出”里加一行，单位代码写“合计”，写全部项目的金额",
    "删去 name 即用目录的名称": "清空“科目名称”即用目录的名称",
    "在 /department/units 里补上这个单位，或改正代码": "在“预算单位”里补上这个单位，或改正代码",
    "核对编码；确有此科目则用 name 写明名称": "核对编码；确有此科目则写上“科目名称”",
    "移到 basic_expenditure": "移到“基本支出”",
    "改正 published 或 year": "改正“公开日期”或“预算年度”",
    "各行都写上，上年没有的写 0；或在 totals 里写合计的上年数":
        "各行都写上，上年没有的写 0；或在“合计与原因”里写合计的上年数",
    "全文的金额可能是万元：核对 money_unit（现为{unit}）": "全文的金额可能是万元：核对“金额单位”（现为{unit}）",
    "全文的金额可能是元：核对 money_unit（现为{unit}）": "全文的金额可能是元：核对“金额单位”（现为{unit}）",
    "在 reason 里写明主要原因（第 1 版的文件在 reasons 里）": "在“增减原因”里写明主要原因",
    "名词解释“{name}”要写 function 或 term，只写其中一个": "名词解释“{name}”要写“功能分类编码”或“名词”，只写其中一个",
    "科目写编码 function，其他名词写 term": "科目写“功能分类编码”，其他名词写“名词”",
    "在该行写 use": "在该行写“主要用于”",
    "在 glossary 里补一条": "在“名词解释”里补一条",
    "改正 agency_operating，或核对单位的性质 nature 和公用经费": "改正机关运行经费，或核对单位性质和公用经费",
    "改正 agency_operating，或核对单位的性质 nature": "改正机关运行经费，或核对单位性质",
    "核对基本支出各行的 agency_operating": "核对“基本支出”各行的“其中：机关运行经费”",
    "机关运行经费只算行政和参公单位的公用经费：改正 agency_operating":
        "机关运行经费只算行政和参公单位的公用经费：改正它",
    "核对单位性质 nature 与 agency_operating": "核对单位性质与机关运行经费",
    "补齐，或确实没有、版式也不印的，从 unread 里删去":
        "填上再导入；其余的确实没有或不公开，用 reportgen accept 预算.json GJ125 写明理由",
    "剔除的行要写 table（哪张表）或 code（哪个科目），只写一样": "剔除的行要写“哪张表”或“哪个科目”，只写一样",
    "如 table 写 projects，或 code 写类、款的编码": "如“哪张表”写项目支出，或“哪个科目”写类、款的编码",
    '写 "kept": "类" 或 "款"': "“保留到”写“类”或“款”",
    "删去 kept": "清空“保留到”",
    "kept 写“款”，或 code 写类的编码": "“保留到”写“款”，或“哪个科目”写类的编码",
    # Final accounts.
    "{name} 只用于决算（stage 为 final）": "“{name}”只用于决算",
    '预算里删去；决算写上 "stage": "final"': "预算里删去；是决算的，在“基本情况”的阶段写“决算”",
    "在 budgeted.reason 里写明主要原因": "在“预决算差异原因”里写明主要原因",
    "核对年初结转（carry_over）、收入、支出和 fiscal_carried_forward":
        "核对年初结转、收入、支出和年末财政拨款的结转和结余",
    "核对这个科目的收入行、支出行和 carried_forward": "核对这个科目的收入、支出和年末结转和结余",
    "核对各行的 carried_forward": "核对各行的年末结转和结余",
    "核对 carried_forward 与 fiscal_carried_forward": "核对年末结转和结余，其中财政拨款的不能更多",
    "年初有调整（如财政清理）的，核实后接受；否则改正 carry_over":
        "年初有调整（如财政清理）的，核实后接受；否则改正上年结转",
    # What a layout prints, hand edits.
    "核对键名；版式里用 sections 加键名引用": "核对“各章文字”里的名称：版式按它引用",
    "要印版式的解释，就从 glossary 里删去这一条": "要印版式的解释，就从“名词解释”里删去这一条",
    "这一改动没有用上；不再需要就从 overrides 中删去": "这一改动没有用上；不再需要的，在导入的 JSON 里删去",
    "从 overrides 中删去一处": "在导入的 JSON 里删去一处",
    "从 overrides 中删去这一处": "在导入的 JSON 里删去这一处",
    "改句子的方向，或查数据；不要这一改动，就从 overrides 中删去":
        "改句子的方向，或查数据；不要这一改动，就在导入的 JSON 里删去",
    "换成通用规范汉字表内的字，或在版式的 style.yaml 里换一种字体": "换成通用规范汉字表内的字，或删去",
    # Hand edits taken back from a Word file.
    "数字错了请改 JSON；文件若是数据改动之前生成的，先用现在的 JSON 重新生成再改":
        "数字错了在填报表里改，再上传；文件若是数据改动之前导出的，再导出一次 DOCX，在上面改",
    "去掉这几个字；数字错了请改 JSON": "去掉这几个字；数字错了在填报表里改，再上传",
    "核对说的是哪一项；数字错了请改 JSON": "核对说的是哪一项；数字错了在填报表里改，再上传",
    "请改 JSON": "在填报表里改，再上传",
    "表格的数字来自数据，请改 JSON": "表格的数字来自数据，在填报表里改，再上传",
    "要保留，请改 JSON 或写进正文": "要保留的，在填报表里改，或写进正文",
    "这个文件不是由现在的 JSON 生成的：只取回文字的改动，数字一律用现在的数据，不删段落":
        "这个文件不是从现在这一版导出的：只取回文字的改动，数字一律用现在的数据，不删段落",
    "这一段在 JSON 里另有手工改动，文件里是程序生成的原文；改动保留":
        "这一段另有取回的手工改动，文件里是程序生成的原文；改动保留",
    "不要这一改动，就从 overrides 中删去": "不要这一改动，就在导出的 JSON 里删去",
    "图里的“{text}”与生成时不同，没有取回；图照 JSON 的数画": "图里的“{text}”与导出时不同，没有取回；图照填报表的数画",
}  # fmt: skip
"""A message or a hint for those who have JSON → the one for those who have a workbook, with the same values."""
_POINTERS = re.compile(r"/[a-z_]+(?:/[a-z_0-9]+)*(?:、/[a-z_]+(?:/[a-z_0-9]+)*)*")


def for_clerks(
    findings: Iterable[Finding], cells: Mapping[str, str], blanks: Mapping[str, str] = NO_CELLS, stage: str = BUDGET
) -> tuple[Finding, ...]:
    """Return the findings as :func:`in_words`; without ``cells`` the document is JSON, and they stay as they are.

    Args:
        findings: about a document that was imported.
        cells: JSON pointer → place of a cell (``支出!D17``).
        blanks: JSON pointer of a value that is not there → the empty cell where it would be written.
        stage: that of the document.
    """
    return in_words(findings, cells, blanks, stage) if cells else tuple(findings)


def in_words(
    findings: Iterable[Finding], cells: Mapping[str, str], blanks: Mapping[str, str] = NO_CELLS, stage: str = BUDGET
) -> tuple[Finding, ...]:
    """Return the findings in the words of a workbook, their places with cells or the names of sheets."""
    return tuple(_in_words(finding, stage) for finding in with_cells(findings, cells, blanks))


def _in_words(finding: Finding, stage: str) -> Finding:
    where = tuple(_named(place, stage) for place in finding.where if not place.pointer.startswith("/unread"))
    values = {name: _in_terms(name, value) for name, value in finding.values.items()}
    message, hint = WORDS.get(finding.message, finding.message), WORDS.get(finding.hint, finding.hint)
    return replace(finding, message=message, hint=hint, where=where, values=values)


def _named(place: Place, stage: str) -> Place:
    """Return a place without a cell with the name that the form has for its part."""
    if place.address != place.pointer or not place.pointer:
        return place
    return replace(place, part=part_name(place.pointer, stage))


def _in_terms(name: str, value: str) -> str:
    """Return a list of pointers, a key place or the name of a field in Chinese; any other value as it is."""
    if name in ("place", "name"):
        return field_name(value)
    return "、".join(map(field_name, value.split("、"))) if _POINTERS.fullmatch(value) else value
