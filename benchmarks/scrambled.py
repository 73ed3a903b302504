"""Prose that says nothing and breaks like the original: for texts that are not ours to publish.

``python benchmarks/scrambled.py FILE.txt … > benchmarks/prose/scrambled.txt``, each file with one paragraph a line.
Every hanzi becomes another one and every digit another digit, always the same for the same input; marks, the shapes of
figures, the units after them and （类）（款）（项） stay, for they decide where lines may break.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from random import Random

_HANZI = (
    "政府机关部门预算公开情况说明按照规定负责组织实施管理监督指导协调工作制度政策法规方案计划"
    "发展改革社会保障教育科学技术卫生健康住房文化体育财务会计审计统计信息服务平台建设运行维护"
)
_UNITS = "个百分点|百分点|年度|[百千万亿]?(?:平方米|[元年月日号辆台套人个项名户次座所家位件级页])"
_KEPT = re.compile(rf"(?P<kept>(?<=\d)(?:{_UNITS})|（[类款项]）)|[\u4e00-\u9fff]|[A-Za-z]|\d")


def scrambled(text: str, chance: Random) -> str:
    """``text`` with all that it tells taken out."""
    return _KEPT.sub(lambda found: found["kept"] or _other(found.group(), chance), text)


def _other(found: str, chance: Random) -> str:
    if found.isdigit():
        return str(chance.randint(1, 9))
    if found.isascii():
        return chance.choice("ABCDEFGH" if found.isupper() else "aeiounrst")
    return chance.choice(_HANZI)


def main() -> None:
    chance = Random(2026)
    for name in sys.argv[1:]:
        for line in Path(name).read_text(encoding="utf-8").splitlines():
            print(scrambled(line, chance))


if __name__ == "__main__":
    main()
