"""``workbook``: the fill-in workbook for a department."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..option_values import whole_number
from ..options import EXIT_CODES, FILE, add_command, add_layout

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen workbook --year 2026 -o 填报.xlsx               空的填报工作簿
  reportgen workbook --last 上年.json -o 填报.xlsx           上年公开的数已填在“上年预算数”里
  reportgen workbook --from 预算.json -o 填报.xlsx           已有的数据填好，接着改
  reportgen workbook --layout 版式的名称 --year 2026 -o 填报.xlsx  列出这个版式另要的文字和金额
  reportgen workbook --stage final --budget 预算.json --last 上年决算.json -o 决算填报.xlsx
                                                           决算：年初预算数、上年决算数、年初结转已填好

填好之后：reportgen import 填报.xlsx -o 预算.json；怎么填见 docs/clerk.md。"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``workbook``."""
    _ = language.gettext
    workbook = add_command(commands, "workbook", common, _("生成填报工作簿（Excel）"), _(EXAMPLES), _(EXIT_CODES))
    workbook.add_argument("-o", "--output", required=True, metavar=FILE, help=_("写到这个 .xlsx 文件"))
    workbook.add_argument("--force", action="store_true", help=_("已有的文件也覆盖；填了的会丢"))
    workbook.add_argument("--from", dest="source", metavar=FILE, help=_("用这份预算 JSON（或填报工作簿）填好"))
    about = _("上年的预算或决算 JSON（或填报工作簿）：填好上年预算数（决算填上年执行数），照上年的各行列出")
    workbook.add_argument("--last", metavar=FILE, help=about)
    stages = _("预算 budget，或决算 final；默认照 --from，有 --budget 就是决算，再照 --last")
    workbook.add_argument("--stage", choices=("budget", "final"), metavar="STAGE", help=stages)
    about = _("同一年的预算 JSON（或填报工作簿）：填好决算的年初预算数")
    workbook.add_argument("--budget", metavar=FILE, help=about)
    year = whole_number(language, 2100)
    about = _("年度；默认照 --from、--budget，或 --last 的下一年，都没有就是今年（决算是去年）")
    workbook.add_argument("--year", type=year, metavar="YEAR", help=about)
    about = _("空工作簿的金额单位：元或万元（默认元，或照 --last）")
    workbook.add_argument("--money-unit", choices=("元", "万元"), metavar="UNIT", help=about)
    add_layout(workbook, language)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the workbook, and say where."""
    from datetime import date
    from pathlib import Path

    from ...budget.terms import FINAL
    from ...core.errors import OutputError
    from ...core.files import save_all
    from ...intake.kinds import Kind
    from ...pipeline.fill_in import workbook
    from ...pipeline.replaceable import check_replaceable

    given = (options.source, options.last, options.budget)
    latest = date.today().year - (options.stage == FINAL)  # final accounts are published the year after
    year = options.year or (None if any(given) else latest)
    payload = workbook(
        options.source, options.last, options.layout, year, options.money_unit, options.stage, options.budget
    )
    path = Path(options.output).absolute()
    if path.exists() and not options.force:
        message, hint = "已有 {path}，没有覆盖", "换一个文件名；要覆盖加 --force，其中填了的会丢"
        raise OutputError(message, hint, path=options.output)
    check_replaceable(path, Kind.XLSX, given)
    (written,) = save_all(path.parent, {path.name: payload})
    if console.json:
        console.print_data({"file": str(written)})
    elif not console.quiet:
        console.print_result(console.language.message("已写入 {path}。", {"path": options.output}))
    return 0
