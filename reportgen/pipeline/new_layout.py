"""A new layout folder that changes nothing yet: what it may state is in it as a comment."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import OutputError, UsageError, os_error_reason
from ..core.paths import shipped
from ..layout.folder import LAYOUT, TABLES
from ..layout.load import load_layout

_TEXT = """\
# {base} 的版式，没写的都沿用。可写的项见 layouts/README.md；写完用 reportgen layout check {name} 核对。
title: {name}的部门预算公开
extends: {base}

# 写一次、处处用的词（模板和表格里写 {{{{ words.部门 }}}}）：
# words: {{}}

# 文字里的数字：
# printing: {{unit: 万元, decimals: 2, grouped: false, percent_decimals: 1}}

# 每张表都有的设置：
# tables: {{unit: 万元, decimals: 2, grouped: false, zero: blank}}

# 要改页面的先后，就把 outline 整段写在这里。

# 要改一张表，新建同名文件，写 extends: 和不同的项。{base} 的表：
{tables}

# 要改一段文字，新建同名文件，整份替换。{base} 的文字：
{texts}
"""


def new_layout(name: str, base: str, parent: Path) -> Path:
    """Make the folder of a layout ``name`` in ``parent`` that extends the layout ``base``; return it.

    Raises:
        UsageError: the name cannot be that of a folder, the folder is there already, or ``base`` is no name.
        OutputError: it cannot be written.
    """
    if not name or name in (".", "..") or any(char in name for char in '/\\\0:*?"<>|\n'):
        raise UsageError("“{name}”不能作版式的名称", "名称是一个文件夹的名称，不写路径；位置用 -o 指定", name=name)
    folder, known = parent / name, load_layout(base if (shipped("layouts") / base).is_dir() else str(parent / base))
    if folder.exists():
        raise UsageError("“{path}”已经有了，没有改动它", "换一个名称，或先移走它", path=str(folder))
    texts = sorted({path.name for each in known.folders for path in (each / "text").glob("*.j2")})
    content = _TEXT.format(
        name=name,
        base=base,
        tables="\n".join(f"#   {TABLES}/{stem}.yaml" for stem in sorted(known.tables)),
        texts="\n".join(f"#   text/{text}" for text in texts),
    )
    try:
        for made in (folder, folder / TABLES, folder / "text"):
            made.mkdir(parents=True)
        (folder / LAYOUT).write_text(content, encoding="utf-8")
    except OSError as error:
        raise OutputError("写不了 {path}：{why}", path=str(folder), why=os_error_reason(error)) from None
    return folder
