"""``serve``: the workbench in a browser, on this machine or behind the bureau's proxy."""

from __future__ import annotations

import argparse
from contextlib import suppress
from typing import TYPE_CHECKING

from ..option_values import whole_number
from ..options import FILE, FOLDER, add_command

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

LAST_PORT = 65535
EXAMPLES = """\
例：
  reportgen serve                        文件放在“文档”里的 reportgen 文件夹
  reportgen serve --folder 公开 --port 9000   文件放在“公开”，端口用 9000
  reportgen serve --host 0.0.0.0 --behind-proxy 代理.toml   给别的机器用，加密和登录由代理做

印出的地址带着口令，只在本机有效；用浏览器打开它。按 Ctrl-C 结束，文件都在文件夹里（docs/workbench.md）。

退出码：0 按 Ctrl-C 结束；2 命令写错、端口被占、代理的设置不对，或没有安装 reportgen[serve]；6 建不了文件夹"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``serve``."""
    _ = language.gettext
    command = add_command(commands, "serve", common, _("在浏览器里填报、核对、导出"), _(EXAMPLES))
    command.add_argument("--folder", metavar=FOLDER, help=_("放文件的文件夹，没有就新建"))
    about = _("端口（默认 8765，被占就由系统另选）")
    command.add_argument("--port", metavar="N", type=whole_number(language, LAST_PORT), help=about)
    about = _("监听的 IP 地址，如 0.0.0.0；要和 --behind-proxy 一起用（不写只听本机）")
    command.add_argument("--host", metavar="IP", help=about)
    about = _("放在代理后面：代理的地址、用户和角色的请求头写在这个 TOML 文件里")
    command.add_argument("--behind-proxy", metavar=FILE, help=about)


def run(options: argparse.Namespace, console: Console) -> int:
    """Serve until Ctrl-C."""
    from pathlib import Path

    from ...core.errors import UsageError
    from ..language import CODES, Language

    try:
        from ...serving.proxy_settings import read_settings
        from ...serving.server import LOOPBACK, Listening, default_folder, serve
    except ModuleNotFoundError as error:
        message, hint = "没有安装工作台要用的 {name}", "运行 pip install reportgen[serve]"
        raise UsageError(message, hint, name=error.name or "") from None
    languages = {code: Language(code) for code in dict.fromkeys((console.language.code, *CODES))}
    folder = Path(options.folder) if options.folder else default_folder()
    proxy = read_settings(Path(options.behind_proxy)) if options.behind_proxy else None
    if options.host and proxy is None:
        message = "只有放在代理后面（--behind-proxy）才能给别的机器用（--host）"
        raise UsageError(message, "加密和登录由代理来做，设置的写法见 docs/workbench.md 的“放在代理后面”")
    where = Listening(options.port, options.host or LOOPBACK, proxy)

    def tell(address: str) -> None:
        if console.json:
            console.print_data({"address": address, "folder": str(folder)})
            return
        console.print_progress("文件放在 {folder}，按 Ctrl-C 结束。用浏览器打开：", folder=str(folder))
        console.print_result(address)

    with suppress(KeyboardInterrupt):
        serve(folder, where, languages, tell)
    return 0
