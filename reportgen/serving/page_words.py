"""What a message of the command line says on a page: it names pages and forms, not commands, options and folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .words import Words

WORDS: Mapping[str, str] = {
    # Any error.
    "改正所说的问题，再运行一次": "改正所说的问题，再试一次",
    "用 --help 看命令的写法": "重新打开这一页，再试一次",
    "按所列各处的提示改正文件，再运行一次": "按所列各处的提示改正，再上传一次",
    "检查输出文件夹的权限、剩余空间和文件名，再运行一次":
        "检查工作台的文件夹（权限、剩余空间）；文件坏了或没有了，从备份恢复，或在“上传”里再传一次",
    "关掉打开它的程序，再运行一次": "关掉打开它的程序，再试一次",
    "这是 reportgen 的错，不是数据的错：文件没有写出；请连同输入文件报告，--keep-unverified 可把文件留下来看":
        "这是程序的错，不是数据的错：文件没有写出；请连同预算 JSON 报告给开发者",
    # What is uploaded.
    "第 2 版把上年数和原因写在 totals 和各行的 last、reason 里；reportgen upgrade 把第 1 版改成第 2 版":
        "这是旧格式（第 1 版）的预算 JSON；请管理工作台的人改成第 2 版，或改传填报表",
    "这张表不要改；用 reportgen workbook --from 重做": "这张表不要改；在“导出”里再下载一份填报表，重填改过的格",
    "表头照空白的填报表写；用 reportgen workbook --from 重做": "表头照空白的填报表写；或再下载一份填报表重填",
    "金额按表头的单位填；金额单位改回去，或用 reportgen workbook --money-unit 重做":
        "金额按表头的单位填；金额单位改回去，或再下载一份填报表重填",
    "明细账要加 --mapping；工作簿请另存为 .xlsx": "明细账不能上传，先汇总成表；工作簿请另存为 .xlsx",
    "填报表自己有基本情况，--basics 的没有用到": "填报表自己有基本情况，原来一版的没有用到",
    "在填报表里填；--basics 只补充系统导出的表": "在填报表里填；原来一版只补充系统导出的表",
    "在 --basics 的单位清单里写上代码和性质": "先上传填好“预算单位”的填报表，再在它的“上传”里传这份文件",
    "对照原表，改正其中写错的一处，再导入一次；因保密没有列出的行，在 --basics 的“剔除的行”里写明":
        "对照原表，改正其中写错的一处，再上传一次；因保密没有列出的行，在填报表的“剔除的行”里写明",
    "在表的标题里写上年份，如“2026年部门支出预算总表”；或用 --basics 给出基本情况":
        "在表的标题里写上年份，如“2026年部门支出预算总表”；或先上传填好“基本情况”的填报表，再在它的“上传”里传这份文件",
    "用 --basics 给出填好基本情况的填报表，或在导入的文件里改；没有改完不能生成文件":
        "在“导出”里下载填报表，在里面改好再上传；没有改完不能生成文件",
    "先用 reportgen import 写成预算 JSON，改那一份": "先上传，再改工作台里的这一份",
    "检查是不是公开的文件；填报表用 reportgen import 读": "检查是不是公开的文件；填报表在第一页上传",
    # The files beside a document.
    "上年的决算用 --last，同一年的预算用 --budget": "上年的文件传在“上年的文件”，同一年的预算传在“本年的预算”",
    "决算要与上年的决算核对，给出的上年文件（--last）是 {year} 年的预算":
        "决算要与上年的决算核对，给出的上年文件是 {year} 年的预算",
    "给作预算的文件（--budget）是 {year} 年的决算，不是预算": "给作预算的文件是 {year} 年的决算，不是预算",
    "填上预算数（没有安排填 0），或用 --budget 给出同一年的预算文件":
        "填上预算数（没有安排填 0），或在“上传”里传同一年的预算",
    # Forms, layouts.
    "填年初预算数的（--budget）要是给决算的一份预算；这里是{own}的工作簿，文件是{given}":
        "填年初预算数的要是给决算的一份预算；这里是{own}的工作簿，文件是{given}",
    "决算的工作簿写 --stage final；上年的文件用 --last": "在“导出”里选另一种填报表",
    "给出的预算（--budget）是 {given} 年的，工作簿是 {own} 年的": "给出的预算是 {given} 年的，工作簿是 {own} 年的",
    "上年的文件（--last）是 {given} 年的，工作簿是 {own} 年的": "上年的文件是 {given} 年的，工作簿是 {own} 年的",
    "同一年的预算（--budget）是核对决算的年初预算数用的，这个文件是 {year} 年的预算":
        "同一年的预算是核对决算的年初预算数用的，这个文件是 {year} 年的预算",
    "不写 --budget；上年的文件用 --last": "上年的文件传在“上年的文件”",
    "不写 --money-unit，或换一份数据": "换一份数据",
    "换一个版式（--layout），或写 --stage": "换一个版式",
    "不写 --stage，或换一份数据": "换一份数据",
    "换一个版式（--layout），或改正文件的 stage": "换一个版式，或改正文件的阶段（预算或决算）",
    "写随程序安装的版式的名称：{names}；自己的版式用 --layout 指定": "写随程序安装的版式的名称：{names}",
    # Findings, acceptances, edited files.
    "填上再导入；其余的确实没有或不公开，用 reportgen accept 预算.json GJ125 写明理由":
        "填上再上传；其余的确实没有或不公开，在“核对”里写明理由接受",
    "改正数据，或核实后用 reportgen accept 重新接受": "改正数据，或核实后在“核对”里重新接受",
    "用 reportgen accept 文件 列出可以接受的问题": "在“核对”里看可以接受的问题",
    "数字已随数据更新；复核句子是否仍然成立，再用 pull --reviewed 确认":
        "数字已随数据更新；复核句子是否仍然成立，不成立的在“文字”里撤回",
    "检查 --into 的文件；封面请勿改动": "检查是不是这一份的修改稿；封面请勿改动",
    "检查 --into 的文件和版式": "检查是不是这一份的修改稿，版式是不是原来的",
    # 全市.
    "改正后再运行一次，已完成的不会重做": "改正后再开始一次，已完成的不会重做",
    "检查权限，再运行一次": "检查权限，再开始一次",
    "{path} 和 {others} 的输出文件夹都是“{name}”，都没有生成": "{path} 和 {others} 的文件夹都是“{name}”，都没有生成",
    "换一个输出文件夹；如果部门代码改了，先把那个文件夹移走":
        "如果部门代码改了，请管理工作台的人移走那个文件夹，再开始一次",
    "这是程序的毛病，不是文件的错；请对这份文件运行 reportgen build -v，把全部输出报告给开发者":
        "这是程序的毛病，不是文件的错；请连同这份文件的预算 JSON 报告给开发者",
    "看看这份文件是否特别大；确实需要更久，就放宽 --time-limit":
        "看看这份文件是否特别大；删去用不着的内容，再开始一次",
    "看看这份文件是否特别大；确实需要更多，就放宽 --memory-limit":
        "看看这份文件是否特别大；删去用不着的内容，再开始一次",
    "换上完整的预算文件；不是预算文件就移出这个文件夹；再运行一次":
        "在这一份的“上传”里换上完整的预算，再开始一次",
    "换上完整的上年文件；不是预算文件就移出上年的文件夹；再运行一次":
        "在这一份的“上传”里换上完整的上年文件，再开始一次",
    "只留一份，再运行一次": "只选一份，再开始一次",
    "检查地址、权限和网络；再运行一次即可接着做": "检查文件夹的权限和磁盘；再开始一次即可接着做",
    "这些部门改好后再运行一次": "这些部门改好后再开始一次",
    "用 --last 给上年的文件；--others 的表加上年各栏": "在各份的“上传”里传上年的文件，再开始一次",
}  # fmt: skip
"""A message or a hint of the command line → what it says on a page, with no other named places."""


@dataclass(slots=True)
class PageWords:
    """A language in which every message is in the words of the pages."""

    language: Words
    code: str

    def gettext(self, message: str) -> str:
        """Return a message in this language, its named places unfilled."""
        return self.language.gettext(WORDS.get(message, message))

    def message(self, template: str, values: Mapping[str, str] | None = None) -> str:
        """Return a message with its named places filled."""
        return self.language.message(WORDS.get(template, template), values)

    def value(self, text: str) -> str:
        """Return a term or a label in this language."""
        return self.language.value(text)

    def location(self, printed: str) -> str:
        """Return a printed location in this language."""
        return self.language.location(printed)

    def mark(self, mark: str) -> str:
        """Return a Chinese mark, or what this language has for it with its blanks."""
        return self.language.mark(mark)

    def joined(self, parts: Iterable[str], mark: str) -> str:
        """Return the parts with a Chinese mark between them, or with the one that this language has for it."""
        return self.language.joined(parts, mark)
