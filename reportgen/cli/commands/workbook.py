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

填好之后：reportgen import 填报.xlsx -o 预算.json；怎么填见 docs/clerk.md。"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``workbook``."""
    _ = language.gettext
    workbook = add_command(commands, "workbook", common, _("生成填报工作簿（Excel）"), _(EXAMPLES), _(EXIT_CODES))
    workbook.add_argument("-o", "--output", required=True, metavar=FILE, help=_("写到这个 .xlsx 文件"))
    workbook.add_argument("--force", action="store_true", help=_("已有的文件也覆盖；填了的会丢"))
    workbook.add_argument("--from", dest="source", metavar=FILE, help=_("用这份预算 JSON（或填报工作簿）填好"))
    workbook.add_argument(
        "--last", metavar=FILE, help=_("上年的预算 JSON（或填报工作簿）：填好上年预算数，照上年的各行列出")
    )
    year = whole_number(language, 2100)
    workbook.add_argument(
        "--year", type=year, metavar="YEAR", help=_("预算年度；默认照 --from，或 --last 的下一年，都没有就是今年")
    )
    about = _("空工作簿的金额单位：元或万元（默认元，或照 --last）")
    workbook.add_argument("--money-unit", choices=("元", "万元"), metavar="UNIT", help=about)
    add_layout(workbook, language)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the workbook, and say where."""
    from datetime import date
    from pathlib import Path

    from ...core.errors import OutputError
    from ...core.files import save_all
    from ...intake.kinds import Kind
    from ...pipeline.fill_in import workbook
    from ...pipeline.replaceable import check_replaceable

    this_year = None if options.source or options.last else date.today().year
    payload = workbook(options.source, options.last, options.layout, options.year or this_year, options.money_unit)
    path = Path(options.output).absolute()
    if path.exists() and not options.force:
        message, hint = "已有 {path}，没有覆盖", "换一个文件名；要覆盖加 --force，其中填了的会丢"
        raise OutputError(message, hint, path=options.output)
    check_replaceable(path, Kind.XLSX, (options.source, options.last))
    (written,) = save_all(path.parent, {path.name: payload})
    if console.json:
        console.print_data({"file": str(written)})
    elif not console.quiet:
        console.print_result(console.language.message("已写入 {path}。", {"path": options.output}))
    return 0
