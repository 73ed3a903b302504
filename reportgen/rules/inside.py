"""GJ1xx 表内: totals, parents and children, rows and columns of one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..budget.economic_lines import EconomicLine
from ..budget.lines import ALL, BasicLine, ExpenditureLine, Project, ThreePublicLine
from ..budget.model import Budget
from ..budget.terms import EVERY_FUND, FUNDS, GENERAL_PUBLIC, GOVERNMENT_FUND, STATE_CAPITAL, SURPLUS_USED
from ..budget.withheld import may_lack_rows
from ..core.finding import Finding, Place, Severity
from ..facts import Fact, FactGroup
from ..facts.function_tree import INPUT_COLUMNS, parent
from .equality import adds_up, equal
from .rule import rule

EXPENDITURE_TABLE = "支出预算总表"
COLUMNS = {
    "total": "合计", "basic": "基本支出小计", "personnel": "人员支出", "operating": "公用经费",
    "project": "项目支出", "business": "事业单位经营支出", "paid_up": "上缴上级支出", "subsidies": "对附属单位补助支出",
}  # fmt: skip


@rule("GJ101", "收支总计相等")
def revenue_equals_expenditure(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """收入总计 = 支出总计（本年支出合计 + 年终结转结余）。

    收支总表左右两边必须相等。来源：勾稽关系第 1、2 条。
    """
    left = ("收支预算总表「收入总计」", facts.revenue.total)
    right = ("收支预算总表「支出总计」", facts.expenditure.grand_total)
    hint = "常见原因：上年结转未列入收入，或年终结转结余未列入支出"
    yield from equal("GJ101", budget, left, right, 1, hint)


@rule("GJ102", "功能分类上级等于下级之和")
def function_parents_equal_children(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """合计 = Σ类，类 = Σ款，款 = Σ项，各栏分别成立，各项资金分别成立。

    只查列明的小计；未列明的由下级加出，不会错。列明“全部资金”的，还要等于各项资金之和。注明下级有剔除的（withheld），下级之和只要不大于上级。

    来源：勾稽关系第 4、5、7 条。
    """
    tables = {fund.key: fund.table for fund in FUNDS}
    if any(line.fund == EVERY_FUND for line in budget.expenditure):
        tables["expenditure"] = EXPENDITURE_TABLE
        yield from _sums_of_all_funds(budget, facts)
    for key, table in tables.items():
        rows = facts[key].rows
        children: dict[str, list[FactGroup]] = {}
        for row in rows:
            children.setdefault(parent(row.key), []).append(row)
        parents = [(ALL, "合计", facts[key], children.get(ALL, []))]
        parents += [(row.key, f"{row.key} {row.name.text}", row, children.get(row.key, [])) for row in rows]
        for code, name, upper, below in parents:
            withheld = may_lack_rows(budget.withheld, "expenditure", code)
            for column, label in COLUMNS.items() if below else ():
                whole = (f"{table}「{name}」{label}", upper[column])
                parts = [row[column] for row in below]
                hint = "核对列明的合计，或补上漏列的下级"
                yield from adds_up("GJ102", budget, whole, parts, f"下级{label}之和", hint, withheld)


def _sums_of_all_funds(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """Each sum of all funds that the document states equals the sum of the funds, column by column."""
    whole = facts.expenditure
    for code in dict.fromkeys(line.function for line in budget.expenditure if line.fund == EVERY_FUND):
        stated = whole if code == ALL else whole[code]
        funds = [facts[fund.key] for fund in FUNDS]
        own = funds if code == ALL else [fund[code] for fund in funds if code in fund]
        withheld = code != ALL and may_lack_rows(budget.withheld, "expenditure", parent(code))
        for column, label in COLUMNS.items() if any(row.total for row in own) else ():
            name = (f"{EXPENDITURE_TABLE}「{code}」{label}", stated[column])
            parts = [row[column] for row in own if row[column]]
            hint = "核对“全部资金”一行和各项资金的行"
            yield from adds_up("GJ102", budget, name, parts, f"各项资金{label}之和", hint, withheld)


UNSPLIT = "/expenditure/personnel"
"""What an imported document did not read, where some table states 基本支出 without 人员 and 公用."""


@rule("GJ103", "功能分类各栏之和等于合计")
def function_rows_add_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """每行：基本支出小计 = 人员 + 公用；合计 = 小计 + 项目 + 经营 + 上缴 + 补助。

    只查列明合计的行；版式不分列人员、公用的，文件可以只写基本支出。导入的表没有分列某项资金的人员、公用的（unread），
    小计可以大于两栏之和。自己的表不印合计的资金（国有资本）或没有表的（财政专户、单位资金）在支出预算总表里查。

    来源：勾稽关系第 6、7 条。
    """
    tables = {fund.key: fund.table for fund in (GENERAL_PUBLIC, GOVERNMENT_FUND)} | {"expenditure": EXPENDITURE_TABLE}
    reported: set[str] = set()
    not_split = UNSPLIT in budget.unread
    for key, table in tables.items():
        for row in (facts[key], *facts[key].rows):
            code = row.key if "key" in row else ALL
            if key == "expenditure" and code in reported:
                continue
            if row.total.value != sum(row[column].value for column in INPUT_COLUMNS):
                reported.add(code)
            name = f"{table}「{row.name.text if 'name' in row else '合计'}」"
            hint = "核对列明的合计与各栏的金额"
            basic, parts = (f"{name}基本支出", row.basic), [row.personnel, row.operating]
            if facts.past.printing.basic_split or any(part.value for part in parts):
                yield from adds_up("GJ103", budget, basic, parts, "人员与公用之和", hint, not_split)
            rest = [row.basic, row.project, row.business, row.paid_up, row.subsidies]
            parts = [x for x in rest if x.value]
            yield from adds_up("GJ103", budget, (f"{name}合计", row.total), parts, "各栏之和", hint)


@rule("GJ104", "经济分类上级等于下级之和")
def economic_parents_equal_children(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """基本支出表：合计 = 301 + 302 + 303 + 310，类 = Σ款。来源：勾稽关系第 8 条。"""
    hint = "核对列明的合计，或补上漏列的下级"
    rows = facts.basic.rows
    top = [row.total for row in rows if row.level == 1]
    if top:
        yield from adds_up("GJ104", budget, ("基本支出表「合计」", facts.basic.total), top, "各类之和", hint)
    children: dict[str, list[Fact]] = {}
    for row in rows:
        if row.level == 2:
            children.setdefault(row.key[:3], []).append(row.total)
    for row in rows:
        if row.level == 1 and row.key in children:
            name = f"基本支出表「{row.key} {row.name.text}」"
            withheld = may_lack_rows(budget.withheld, "basic_expenditure", row.key)
            yield from adds_up("GJ104", budget, (name, row.total), children[row.key], "各款之和", hint, withheld)


@rule("GJ105", "基本支出只用四类经济科目", acceptable=True)
def basic_uses_four_classes(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """基本支出只有 301、303（人员经费）和 302、310（公用经费）。

    309 等只见于项目支出，列入基本支出则人员与公用之和不等于合计。来源：勾稽关系第 9 条。
    """
    for n, line in enumerate(budget.basic_expenditure):
        if line.economic != ALL and line.economic[:3] not in ("301", "302", "303", "310"):
            place = Place(f"/basic_expenditure/{n}/economic", "基本支出表")
            values = {"code": line.economic}
            message, hint = "基本支出中不应有经济科目 {code}", "移到项目支出，或改正编码"
            yield Finding("GJ105", Severity.ERROR, message, (place,), hint, values)


@rule("GJ106", "国有资本经营预算只有项目支出")
def state_capital_has_projects_only(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """国有资本经营预算支出表只有项目支出一栏，人员和公用经费不能从中列支。来源：勾稽关系第 11 条。"""
    for n, line in enumerate(budget.expenditure):
        if line.fund == STATE_CAPITAL.name and (line.personnel or line.operating or line.basic):
            place = Place(f"/expenditure/{n}", "国有资本经营预算支出表")
            values = {"code": line.function}
            message, hint = "国有资本经营预算 {code} 列有基本支出", "基本支出改由一般公共预算安排"
            yield Finding("GJ106", Severity.ERROR, message, (place,), hint, values)


@rule("GJ107", "项目支出合计等于各项目之和")
def projects_add_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """项目支出表列明的合计 = Σ项目，各资金栏分别成立。来源：勾稽关系第 12 条。"""
    rows = facts.projects.rows
    columns = {fund.key: fund.project_column for fund in FUNDS} | {SURPLUS_USED.key: SURPLUS_USED.name}
    for key, name in columns.items():
        whole = (f"项目支出表「合计」{name}", facts.projects[key])
        hint = "核对列明的合计，或补上漏列的项目"
        withheld = may_lack_rows(budget.withheld, "projects")
        yield from adds_up("GJ107", budget, whole, [row[key] for row in rows], "各项目之和", hint, withheld)


@rule("GJ108", "同一科目不重复")
def lines_are_not_repeated(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """同一单位、同一资金、同一功能科目只有一行；经济科目同理，计入另一类（counted_as）的可以另有一行。

    两行会加在一起印成一行，多半是粘贴重复。来源：常见差错（重复的项）。
    """
    lines: list[tuple[str, int, tuple[str | None, ...]]] = [
        ("expenditure", n, (x.unit, x.fund, x.function, _marked(x))) for n, x in enumerate(budget.expenditure)
    ]
    lines += [
        ("basic_expenditure", n, (x.unit, x.counted_as or "", x.economic, _marked(x)))
        for n, x in enumerate(budget.basic_expenditure)
    ]
    lines += [
        ("economic_expenditure", n, (x.unit, x.fund, x.economic, _marked(x)))
        for n, x in enumerate(budget.economic_expenditure)
    ]
    lines += [
        ("three_public", n, (x.unit, x.fund or "", "“三公”", _marked(x))) for n, x in enumerate(budget.three_public)
    ]
    lines += [("projects", n, (x.unit, "", x.name or "", _marked(x))) for n, x in enumerate(budget.projects)]
    counts = Counter((part, key) for part, _, key in lines)
    seen: set[tuple[str, object]] = set()
    for part, n, key in lines:
        if counts[part, key] > 1 and (part, key) in seen:
            values = {"key": " ".join(piece for piece in key if piece), "count": str(counts[part, key])}
            yield Finding(
                "GJ108", Severity.ERROR, "“{key}”写了 {count} 行", (Place(f"/{part}/{n}"),), "合并或删去一行", values
            )
        seen.add((part, key))


def _marked(line: ExpenditureLine | BasicLine | EconomicLine | ThreePublicLine | Project) -> str:
    return "上级提前下达" if line.advance_transfer else ""


@rule("GJ109", "指标权重之和为一百")
def weights_make_a_hundred(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """每个项目的总体指标和年度指标，权重之和各为 100。来源：勾稽关系第 13 条。"""
    for n, project in enumerate(budget.performance):
        for part, name in (("overall", "总体"), ("annual", "年度")):
            weights = [i.weight for i in getattr(project, part).indicators if i.weight is not None]
            if weights and sum(weights) != 100:
                gap = abs(100 - sum(weights))
                values = {"project": project.name, "part": name, "sum": str(sum(weights)), "gap": str(gap)}
                place = _indicators_place(n, part, "weight", range(len(getattr(project, part).indicators)))
                message = "“{project}”{part}指标权重之和为 {sum}，应为 100，相差 {gap}"
                yield Finding("GJ109", Severity.WARNING, message, (place,), "补上漏列的指标，或改正权重", values)


@rule("GJ110", "指标有值，三类指标齐全")
def indicators_are_complete(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """每条指标要有值；每个项目的产出、效益、满意度三类指标都要有。来源：勾稽关系第 13 条。"""
    for n, project in enumerate(budget.performance):
        for part, name in (("overall", "总体"), ("annual", "年度")):
            indicators = getattr(project, part).indicators
            place = _indicators_place(n, part, "level1", range(len(indicators)))
            for k, i in enumerate(indicators):
                if not i.value:
                    values = {"project": project.name, "part": name, "name": i.level3}
                    own = _indicators_place(n, part, "value", (k,))
                    yield Finding("GJ110", Severity.WARNING, "“{project}”{part}指标“{name}”没有值", (own,), "", values)
            missing = [k for k in ("产出", "效益", "满意度") if not any(i.level1.startswith(k) for i in indicators)]
            if indicators and missing:
                values = {"project": project.name, "part": name, "missing": "、".join(missing)}
                yield Finding("GJ110", Severity.WARNING, "“{project}”{part}绩效没有{missing}指标", (place,), "", values)


def _indicators_place(n: int, part: str, field: str, indicators: Iterable[int]) -> Place:
    """Return where a field of some indicators of a project is."""
    pointer = f"/performance/{n}/{part}/indicators"
    return Place(pointer, "绩效指标表", parts=tuple(f"{pointer}/{k}/{field}" for k in indicators))


@rule("GJ111", "支出细化到项，基本支出细化到款")
def expenditure_is_itemised(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """支出按功能分类列到项（7 位），一般公共预算基本支出按经济分类列到款（5 位）；没有下级的类、款是漏了细目。

    来源：预算法实施条例：支出按功能分类应当公开到项，按经济性质分类，基本支出应当公开到款；勾稽关系第 4、8 条。
    """
    expenditure = [(f"/expenditure/{n}", x.function, x.fund) for n, x in enumerate(budget.expenditure)]
    basic = [(f"/basic_expenditure/{n}", x.economic, "基本支出") for n, x in enumerate(budget.basic_expenditure)]
    lists = (("expenditure", expenditure, 7, "项"), ("basic_expenditure", basic, 5, "款"))
    for part, lines, length, level in lists:
        parents = {(fund, code[:cut]) for _, code, fund in lines for cut in (3, 5) if cut < len(code)}
        for pointer, code, fund in lines:
            if code == ALL or len(code) >= length or fund == EVERY_FUND or may_lack_rows(budget.withheld, part, code):
                continue
            if (fund, code) not in parents:
                values = {"fund": fund, "code": code, "level": level}
                message, hint = "{fund} {code} 没有细化到{level}", "补上漏列的细目"
                yield Finding("GJ111", Severity.ERROR, message, (Place(pointer),), hint, values)
