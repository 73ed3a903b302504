"""``import``: a workbook or a published file becomes a budget document, a ledger one of each department."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import FILE, add_command, add_last, add_layout

if TYPE_CHECKING:
    from ...intake.imported import RecognisedSheet
    from ...pipeline.importing import ImportReport
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen import 填报.xlsx -o 预算.json                   读填报表，没有错误就写成预算 JSON
  reportgen import 填报.xlsx                               只看认出了什么、有什么问题
  reportgen import 导出.xlsx --basics 填报.xlsx -o 预算.json   导出的表，部门名称、职能等由填报表补充
  reportgen import 部门.xlsx 单位1.xlsx 单位2.xlsx -o 部门.json  各单位交来的填报表汇总成部门的
  reportgen import 填报.xlsx --texts 文字.docx -o 预算.json    文字取自 Word 文件
  reportgen import 去年.pdf -o 去年.json                     已公开的文件（PDF、Word），作上年的数据（--last）
  reportgen import 明细账.csv --mapping mapping.yaml -o 各部门/  预算系统的明细账，每个部门一个 JSON"""

IMPORT_CODES = """\
退出码：
  0  没有错误（可有警告），已写出
  1  有错误，没有写出文件；加 --draft，勾稽有错也写出，仍是 1
  2  命令写错，或少装了一个部分（会说出装哪个）
  3  文件读不了：不是工作簿、损坏、有密码、太大
  6  写不了文件，或会盖掉手工改动（--force 才盖）；原有文件没有改动
其他同 build"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``import``."""
    _ = language.gettext
    command = add_command(commands, "import", common, _("读入工作簿"), _(EXAMPLES), _(IMPORT_CODES))
    command.add_argument(
        "files", metavar=FILE, nargs="+", help=_("工作簿（.xlsx、.xls、.et）或已公开的 PDF、.docx；几份工作簿则汇总")
    )
    command.add_argument("-o", "--output", metavar=FILE, help=_("写成这个预算 JSON；有错误时不写"))
    text = _("文件是明细账（CSV、TSV、XLSX），列名写在这个 YAML 里；-o、--basics 是文件夹（docs/ledger.md）")
    command.add_argument("--mapping", metavar=FILE, help=text)
    command.add_argument("--force", action="store_true", help=_("已有的预算 JSON 带着手工改动、接受的问题也覆盖"))
    command.add_argument("--draft", action="store_true", help=_("勾稽有错误也写；读不懂的仍不写"))
    command.add_argument("--basics", metavar=FILE, help=_("补充表里没有的：部门、单位、文字（预算 JSON 或填报表）"))
    command.add_argument("--texts", metavar=FILE, help=_("文字取自这个 Word 文件（.docx），按标题认"))
    add_last(command, language)
    add_layout(command, language)


def run(options: argparse.Namespace, console: Console) -> int:
    """Import the files; print as what their sheets were taken, and every problem."""
    from dataclasses import replace

    if options.mapping:
        return _run_ledger(options, console)
    from ...pipeline.importing import import_files, save_import

    report = import_files(options.files, options.layout, options.last, options.basics, options.texts)
    if options.output and (report.usable or (options.draft and report.readable)):
        report = replace(report, written=save_import(report, options.output, options.force))
    if console.json:
        console.print_data(_data(report, console))
    else:
        _print(report, console)
    return 0 if report.usable else 1


def _run_ledger(options: argparse.Namespace, console: Console) -> int:
    """Import a ledger: into a folder, one document of each department."""
    from pathlib import Path

    from ...core.errors import UsageError
    from ...intake.ledger import import_ledger, write_documents
    from ..ledger_output import print_ledger

    if len(options.files) > 1:
        raise UsageError("导入明细账（--mapping）一次只收一份文件", "几份明细账先合成一份")
    for name in ("texts", "draft", "last", "layout"):
        if getattr(options, name):
            message, hint = "导入明细账（--mapping）不能用 --{name}", "去掉 --{name}；写法见 docs/ledger.md"
            raise UsageError(message, hint, name=name)
    basics = [Path(options.basics)] if options.basics else []
    found = import_ledger(Path(options.files[0]), Path(options.mapping), basics)
    files = write_documents(found, Path(options.output)) if options.output and found.documents else []
    return print_ledger(found, files, console)


def _print(report: ImportReport, console: Console) -> None:
    language = console.language
    for sheet in () if console.quiet else report.recognised:
        values = {"sheet": sheet.name, "kind": language.value(sheet.kind), "unit": sheet.unit, "count": str(sheet.rows)}
        console.print_message(language.message(_recognised(sheet), values))
    console.print_findings(report.findings)
    if report.written and not console.quiet:
        console.print_result(language.message("已写入 {path}。", {"path": str(report.written)}))
    if not report.checked:
        console.print_message(language.gettext("勾稽关系还没有核对：先改正上面的错误。"))
    elif not report.readable:
        console.print_message(language.gettext("用到读不懂的格子的勾稽关系没有核对，其余的已列在上面。"))
    if not report.usable:
        end = "有错误，改正之前不能公开。" if report.written else "有错误，没有写出文件；改正后再导入。"
        console.print_message(language.gettext(end))


def _recognised(sheet: RecognisedSheet) -> str:
    if not sheet.kind:
        return "“{sheet}”：没有认出，没有读"
    return "“{sheet}”：{kind}，{unit}，{count} 行" if sheet.unit else "“{sheet}”：{kind}，{count} 行"


def _data(report: ImportReport, console: Console) -> dict[str, object]:
    return {
        "usable": report.usable,
        "checked": report.checked,
        "findings": [console.finding_data(finding) for finding in report.findings],
        "recognised": [
            {"sheet": one.name, "kind": one.kind, "unit": one.unit, "rows": one.rows} for one in report.recognised
        ],
        "file": None if report.written is None else str(report.written),
    }
