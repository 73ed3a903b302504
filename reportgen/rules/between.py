"""GJ2xx 表间: the same money in two tables, the same name in two places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..budget.codes import code_book
from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import BUDGET, FISCAL_ACCOUNT, FISCAL_FUNDS, FUNDS, OWN_FUNDS, REVENUE_SOURCES
from ..budget.withheld import may_lack_rows
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..core.suggest import nearest
from ..facts import Fact, FactGroup
from ..facts.fact import read, total
from .code_names import letters, unknown_code
from .equality import envelope, equal, fact_place, not_more
from .rule import rule
from .stated import LISTS

IDENTITIES = (
    # functions, economic sections
    (("2080505",), ("30108",)),
    (("2080506",), ("30109",)),
    (("2101103",), ("30111",)),
    (("2101101", "2101102", "2101103"), ("30110", "30111")),
    (("2210201",), ("30113",)),
)

MOST_SOUGHT = 20
"""Unknown codes for which the nearest known one is sought: a document may have thousands of both."""


@rule("GJ201", "各项财政拨款收支相等", stages=(BUDGET,))
def funds_balance(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """每项财政拨款：本年收入 + 上年结转 = 支出（没有年终结转时）；有年终结转时支出不大于收入。

    来源：勾稽关系第 16、17 条。
    """
    for fund in FISCAL_FUNDS:
        income = (f"{fund.name}收入（含上年结转）", facts.revenue[fund.key].total)
        spending = (f"{fund.name}支出", facts[fund.key].total)
        if budget.carried_forward:
            yield from not_more(
                "GJ201", budget, spending, income, Severity.ERROR, "检查资金性质是否填对，上年结转是否列入"
            )
        else:
            yield from equal("GJ201", budget, income, spending, 1, "检查资金性质是否填对，上年结转是否列入")


@rule("GJ202", "一般公共预算支出表与基本支出表一致", acceptable=True)
def basic_tables_agree(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """基本支出的合计、人员经费、公用经费，按功能分类和按经济分类两张表相等。来源：勾稽关系第 19 条。"""
    for column, other, name in (
        ("basic", "total", "合计"),
        ("personnel", "personnel", "人员经费"),
        ("operating", "operating", "公用经费"),
    ):
        if column != "basic" and not _splits_basic(facts):
            continue
        left = (f"一般公共预算支出表「基本支出」{name}", facts.general_public[column])
        right = (f"基本支出表「合计」{name}", facts.basic[other])
        hint = "两张表应出自同一批基本支出数据"
        gap = abs(left[1].value - right[1].value)
        named = next((row for row in facts.basic.rows if gap and row.level == 2 and row.total.value == gap), None)
        for finding in equal("GJ202", budget, left, right, 1, hint):
            if named is None or finding.severity is Severity.NOTE:
                yield finding
            else:
                values = {**finding.values, "code": named.key, "name": named.name.text, "class": named.key[:3]}
                hint = (
                    "相差的正好是经济科目 {code} {name}的金额：{class} 类在基本支出表里算作人员经费（301、303）"
                    "还是公用经费（302、310），由编码决定；检查支出行里是否算在另一栏，或漏在哪张表"
                )
                yield replace(finding, hint=hint, values=values)


def _splits_basic(facts: FactGroup) -> bool:
    """Whether the form prints basic expenditure by function as 人员 and 公用, or the document states it so."""
    group = facts.general_public
    return facts.past.printing.basic_split or bool(group.personnel or group.operating)


@rule("GJ203", "项目支出与项目支出表一致", acceptable=True, stages=(BUDGET,))
def projects_agree_with_expenditure(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """各项资金的项目支出（按功能分类）= 项目支出表该资金栏的合计。来源：勾稽关系第 20 条。"""
    withheld = may_lack_rows(budget.withheld, "projects") and not any(line.unit == ALL for line in budget.projects)
    for fund in FUNDS:
        left = (f"支出表「项目支出」{fund.name}", facts[fund.key].project)
        own = [facts.projects[fund.key], *([facts.projects.surplus_used] if fund is OWN_FUNDS else [])]
        right = (f"项目支出表「合计」{fund.name}", total(f"projects.{fund.key}", own))
        hint = "检查有无漏列的项目，或资金性质填错的项目"
        if withheld:
            hint = "有剔除的项目时，在 projects 里加一行“合计”（unit 写“合计”），写全部项目的金额"
        yield from equal("GJ203", budget, left, right, 1, hint)


@rule("GJ204", "重点项目有财政拨款和绩效目标", acceptable=True)
def key_projects_are_complete(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """列入重点项目表的项目，财政拨款大于零，并有绩效目标。来源：勾稽关系第 21 条。"""
    for n, line in enumerate(budget.projects):
        if line.key and line.unit != ALL:
            fiscal = any(getattr(line, fund.key) for fund in FISCAL_FUNDS)
            for fine, message, missing in (
                (fiscal, "重点项目“{name}”没有财政拨款", ()),
                (line.goal, "重点项目“{name}”没有绩效目标", (f"/projects/{n}/goal",)),
            ):
                if not fine:
                    place = Place(f"/projects/{n}", "重点项目支出预算表", parts=missing)
                    yield Finding("GJ204", Severity.WARNING, message, (place,), "", {"name": line.name or ""})


@rule("GJ205", "绩效项目金额不大于单位项目支出", acceptable=True)
def performance_within_projects(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """一个单位列在绩效指标表里的项目金额之和，不大于该单位项目支出。

    绩效指标表列的多是二级项目，只列一部分，所以只查不大于；有剔除的项目时不查。来源：勾稽关系第 22 条。
    """
    if may_lack_rows(budget.withheld, "projects"):
        return
    cells_of: dict[str, list[Fact]] = {}
    for n, project in enumerate(budget.performance):
        cell = read("", project.amount, f"/performance/{n}/amount")
        cells_of.setdefault(project.unit, []).append(cell)
    rows_of: dict[str, list[Fact]] = {}
    for row in facts.projects.rows:
        rows_of.setdefault(row.unit_code.text, []).append(row.total)
    for unit, cells in cells_of.items():
        listed = total("performance", cells)
        whole = total("projects", rows_of.get(unit, ()))
        part_name = f"绩效指标表中单位 {unit} 的项目"
        hint = "检查绩效项目的金额与单位（元、万元）"
        yield from not_more(
            "GJ205", budget, (part_name, listed), (f"单位 {unit} 的项目支出", whole), Severity.WARNING, hint
        )


@rule("GJ206", "功能科目与经济科目对应", acceptable=True)
def identities_hold(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """养老 2080505=30108、年金 2080506=30109、公务员医疗补助 2101103=30111、医疗合计、公积金 2210201=30113。

    这些钱一般全在基本支出；有的列在项目或非财政资金里时不等，所以只是警告。来源：勾稽关系第 24 条。
    """
    economic = {row.key: row.total for row in facts.basic.rows}
    functions = {row.key: row.basic for row in facts.general_public.rows}
    for left, right in IDENTITIES:
        if _withheld(budget, left, right):
            continue
        a = total("functions", (functions[c] for c in left if c in functions)).value
        b = total("economic", (economic[c] for c in right if c in economic)).value
        if a and b and abs(a - b) > envelope(budget, len(left) + len(right)):
            cells = [functions[c] for c in left if c in functions] + [economic[c] for c in right if c in economic]
            values = {"left": " + ".join(left), "right": " + ".join(right), "gap": exact(abs(a - b))}
            where = tuple(fact_place(cell) for cell in cells)
            yield Finding(
                "GJ206",
                Severity.WARNING,
                "功能科目 {left} 与经济科目 {right} 通常相等，现相差 {gap}",
                where,
                "",
                values,
            )


def _withheld(budget: Budget, functions: tuple[str, ...], economic: tuple[str, ...]) -> bool:
    """Whether rows of one of these items or sections may be withheld."""
    return any(may_lack_rows(budget.withheld, "expenditure", code[:5]) for code in functions) or any(
        may_lack_rows(budget.withheld, "basic_expenditure", code[:3]) for code in economic
    )


@rule("GJ207", "行政运行不列项目，一般行政管理不列基本", acceptable=True)
def running_costs_are_basic(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """行政运行（…01）和事业运行（…50）不列项目支出，一般行政管理事务（…02）不列基本支出。

    有实际的例外，所以只是警告。来源：勾稽关系第 25 条。
    """
    names = {
        "行政运行": ("project", "项目支出"),
        "事业运行": ("project", "项目支出"),
        "一般行政管理事务": ("basic", "基本支出"),
    }
    for row in facts.expenditure.items:
        column, label = names.get(row.name.text, ("", ""))
        if column and row[column]:
            values = {"code": row.key, "name": row.name.text, "label": label}
            where = (fact_place(row[column], "支出预算总表"),)
            yield Finding("GJ207", Severity.WARNING, "{code} {name} 一般不列{label}", where, "", values)


@rule("GJ208", "单位都在单位清单里")
def units_are_listed(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """收入、支出、“三公”、项目、绩效各行的单位代码，都在 department.units 里。来源：勾稽关系第 26 条。"""
    known = {unit.code for unit in budget.department.units} | {ALL, None}
    found = 0
    for part in LISTS:
        for n, line in enumerate(getattr(budget, part)):
            if line.unit not in known:
                place, found = Place(f"/{part}/{n}/unit"), found + 1
                near = nearest(line.unit, {code for code in known if code}) if found <= MOST_SOUGHT else ""
                hint = "是否想写 {near}？" if near else "在 /department/units 里补上这个单位，或改正代码"
                message, values = "单位代码 {unit} 不在单位清单里", {"unit": line.unit, "near": near}
                yield Finding("GJ208", Severity.ERROR, message, (place,), hint, values)


@rule("GJ209", "科目名称与当年目录一致")
def names_agree_with_the_code_book(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """文件自带的科目名称与当年科目目录（已核实的行）一致；目录里没有的编码要自带名称。每个编码只说一次。

    名称只差括号的全角半角或空格的，只作提示。功能分类的目录不全，自带名称的未知编码只作提示；名称在目录里是另一个编码的，多半是编码写错，是警告。
    没有当年的目录时用的是别的年份的，不一致和自带名称的未知编码只作提示；没有名称的会印成编码，仍是警告。
    来源：政府收支分类科目；§6.3 第 30 条。
    """
    book = code_book(budget.year)
    own_year = book.year == budget.year
    lines = [(f"/expenditure/{n}", x.function, x.name, book.functions) for n, x in enumerate(budget.expenditure)]
    for part in ("basic_expenditure", "economic_expenditure"):
        own = enumerate(getattr(budget, part))
        lines += [(f"/{part}/{n}", x.economic, x.name, book.economic) for n, x in own]
    seen: set[tuple[str, str | None]] = set()
    for pointer, code, name, known in lines:
        entry = known.get(code)
        wrong = name if entry else None
        if code == ALL or (code, wrong) in seen:
            continue
        seen.add((code, wrong))
        if entry and entry.verified and name and name != entry.name:
            values = {"code": code, "name": name, "official": entry.name, "year": str(book.year)}
            message = "{code} 的名称是“{official}”，文件写作“{name}”"
            hint = "删去 name 即用目录的名称" if own_year else "目录是 {year} 年的；当年的名称有变就不必理会"
            differs = own_year and letters(name) != letters(entry.name)
            severity = Severity.ERROR if differs else Severity.NOTE
            yield Finding("GJ209", severity, message, (Place(f"{pointer}/name"),), hint, values)
        elif entry is None:
            yield unknown_code(pointer, code, name, known, book.year, own_year)


@rule("GJ210", "有当年的科目目录")
def code_book_is_of_the_year(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """没有当年的科目目录时，用最近一年的目录，并说出是哪一年的。来源：政府收支分类科目每年修订。"""
    book = code_book(budget.year)
    if book.year != budget.year:
        values = {"year": str(budget.year), "book": str(book.year)}
        message = "没有 {year} 年的科目目录，科目名称用的是 {book} 年的"
        hint = "核对当年有变的科目"
        yield Finding("GJ210", Severity.NOTE, message, (Place("/year"),), hint, values)


@rule("GJ212", "财政专户、单位资金和经营支出不超过收入", acceptable=True)
def other_funds_balance(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """财政专户管理资金、单位资金的支出不大于其收入（含上年结转）；经营支出不大于事业单位经营收入。

    来源：勾稽关系第 16、17 条；收入各来源、支出各资金逐项平衡。
    """
    for fund in (FISCAL_ACCOUNT, OWN_FUNDS):
        own = [facts.revenue[source.key].total for source in REVENUE_SOURCES if source.fund is fund]
        income = (f"{fund.name}收入（含上年结转）", total(f"{fund.key}.income", own))
        spending = (f"{fund.name}支出", facts[fund.key].total)
        yield from not_more("GJ212", budget, spending, income, Severity.ERROR, "检查资金性质和收入来源是否填对")
    income = ("事业单位经营收入（含上年结转）", facts.revenue.operating_income.total)
    spending = ("事业单位经营支出", facts.expenditure.business)
    yield from not_more("GJ212", budget, spending, income, Severity.WARNING, "检查经营支出，或补上经营收入")


@rule("GJ213", "绩效项目金额不大于同名项目", acceptable=True)
def performance_within_its_project(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """绩效指标表里的项目与项目支出表里同一单位的同名项目，金额不能更大。来源：勾稽关系第 22 条。"""
    projects = {(row.unit_code.text, row.name.text): row.total for row in facts.projects.rows if row.name}
    for n, project in enumerate(budget.performance):
        whole = projects.get((project.unit, project.name))
        if whole is not None and project.amount is not None:
            part = (f"绩效指标表「{project.name}」", Fact("", project.amount, pointers=(f"/performance/{n}/amount",)))
            name = (f"项目支出表「{project.name}」", whole)
            yield from not_more("GJ213", budget, part, name, Severity.WARNING, "检查绩效项目的金额")
