"""Documents that are made from the code: ``python -m tests.generated`` writes them, a test holds them fresh."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import reportgen
from reportgen.core.finding_codes import declared_codes
from reportgen.facts.names import QuotableName, quotable_names
from reportgen.layout.load import load_layout
from reportgen.pipeline.layout_check import example_facts
from reportgen.rules.rule import all_rules

DOCS = Path(__file__).parent.parent / "docs"


def facts_page() -> str:
    """Every name a template or a table may use, with its meaning and an example from the samples."""
    names = quotable_names(*example_facts(load_layout("zhejiang").printing))
    lines = [
        "# 数据项的名称",
        "",
        "版式的句子和表格可以引用的全部名称，由 `python -m tests.generated` 生成；例子取自样本。",
        "`reportgen layout facts 词` 按词查找。`x[]` 是一列记录，其后是每条记录里的名称；",
        "记录还可以按编码取，如 `expenditure.2010601.total`，本年没有的科目是零。",
        "`expenditure.all_classes`（各资金性质的支出、`basic` 同）是科目表里所有的类。",
        "`expenditure.unit_rows`（各资金性质的支出、`economic`、`projects` 同）先是部门一行（`unit` 是名称），",
        "再是各科目或项目；几个单位的，每个单位一行和它自己的科目；一个单位的数是 `expenditure.units.450001.total`。",
        "`last.<种类>` 和 `change.<种类>` 列出的是合计的；别的栏在种类之后写栏名，如 `change.budget.project.delta`",
        "（[与上年比较](figures-with-a-past.md)）。",
        "",
        "| 名称 | 意思 | 种类 | 例 |",
        "|---|---|---|---|",
        *(f"| `{one.name}` | {one.meaning} | {one.kind} | {_example(one)} |" for one in names),
    ]
    return "\n".join(lines) + "\n"


def _example(one: QuotableName) -> str:
    return f"{one.example}{one.unit}".replace("|", "\\|")


def rules_page() -> str:
    """Every rule: what it holds, why, from where, and an example from its cases."""
    from tests.rules.test_rules import CASES

    lines = [
        "# 勾稽规则",
        "",
        "由规则函数的说明和 `tests/rules/*.yaml` 的例子生成（`python -m tests.generated`）。",
        "",
        "不同寻常但经核实属实的问题，注明“可以接受”的，用 `reportgen accept 预算.json 代码 --reason 理由` 接受："
        "文件的 `accepted` 记下代码、位置（用编码和名称）、当时的数字和理由；数字一变，接受就失效，问题重新提出。",
        "",
    ]
    for rule in all_rules():
        lines += [f"## {rule.code} {rule.title}", "", inspect.cleandoc(rule.doc), ""]
        if rule.acceptable:
            lines += ["核实属实的可以接受。", ""]
        broken = next(c for c in CASES if c["rule"] == rule.code and c["finds"] != "none")
        lines += [f"例（{broken['case']}，{broken['severity']}）：{broken['finds']}", ""]
    return "\n".join(lines)


def messages_page() -> str:
    """Every message for bad input with an example that was run, and every template of the code."""
    from tests.bad_input.page import page

    return page()


def codes_page() -> str:
    """Every finding code with its area and meaning."""
    all_rules()
    import_module("reportgen.bulk.city_checks")
    lines = [
        "# 问题代码",
        "",
        "由登记表 `reportgen/core/finding_codes.py` 和各条规则生成（`python -m tests.generated`）。",
        "",
        "| 代码 | 方面 | 意思 |",
        "|---|---|---|",
        *(f"| {code.code} | {code.area} | {code.meaning} |" for code in declared_codes()),
    ]
    return "\n".join(lines) + "\n"


def decisions_page() -> str:
    """The decisions by their headings."""
    lines = ["# Decisions", "", "One page each: what was decided, why, what was measured, when to decide again.", ""]
    for path in sorted((DOCS / "adr").glob("0*.md")):
        number, _, title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").partition(". ")
        lines.append(f"{number}. [{title}]({path.name})")
    return "\n".join(lines) + "\n"


MODULES = ("<!-- modules -->\n", "<!-- end of modules -->\n")


def architecture_page() -> str:
    """The page with its list of modules made anew."""
    before, _, rest = (DOCS / "architecture.md").read_text(encoding="utf-8").partition(MODULES[0])
    return before + MODULES[0] + "\n".join(_packages()) + "\n" + MODULES[1] + rest.partition(MODULES[1])[2]


def _packages() -> Iterator[str]:
    """A heading for each package, a line for each of its modules."""
    root = Path(reportgen.__file__).parent
    for folder in [
        root,
        *sorted(path for path in root.rglob("*") if path.is_dir() and (path / "__init__.py").exists()),
    ]:
        modules = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
        name = folder.relative_to(root.parent).as_posix()
        yield f"\n**`{name}/`** {_first_line(folder / '__init__.py')}\n"
        yield from (f"* `{path.name}` {_first_line(path)}" for path in modules)


def _first_line(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0].replace("``", "`")


PAGES = {
    "finding-codes.md": codes_page,
    "facts.md": facts_page,
    "rules.md": rules_page,
    "messages.md": messages_page,
    "adr/README.md": decisions_page,
    "architecture.md": architecture_page,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
