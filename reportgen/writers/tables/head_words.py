"""Words of table heads: where the head of a narrow column may be broken into lines.

Chinese text may break between any two characters; a head of a few characters is easier to read broken between words
(政府性/基金/预算). The words are those of the forms of 部门预算公开.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..punctuation import unbreakable_parts

_WORDS = (
    "政府性 基金 预算 国有 资本 经营 财政 专户 管理 资金 一般 公共 事业 单位 收入 支出 "
    "上级 补助 附属 上缴 其他 上年 本年 年初 年末 结转 结余 拨款 基本 项目 人员 公用 经费 "
    "合计 总计 小计 科目 编码 代码 名称 功能 经济 分类 部门 总体 年度 绩效 目标 一级 二级 "
    "三级 指标 符号 权重 备注 金额 重点 公务 用车 购置 运行 维护费 接待费 因公 出国 采购 "
    "费用 数量 质量 成本 效益 满意度 下级 债务 转移 支付 使用 往来"
)
_MOST_MORE = 2
_WORD = re.compile("|".join(sorted(_WORDS.split(), key=len, reverse=True)))


@lru_cache(maxsize=1 << 10)
def positions_within_words(head: str) -> frozenset[int]:
    """Return the positions in ``head`` that are inside a word: no line should end there.

    >>> sorted(positions_within_words("政府性基金预算"))
    [1, 2, 4, 6]
    """
    return frozenset(p for word in _WORD.finditer(head) for p in range(word.start() + 1, word.end()))


@lru_cache(maxsize=1 << 12)
def line_count(head: str, per_line: int) -> int:
    """Return the number of lines of ``head``, each as full as ``per_line`` characters allow; 0 if one ends in a word.

    >>> line_count("政府性基金预算", 3), line_count("政府性基金预算", 5), line_count("人员经费", 4)
    (0, 2, 1)
    """
    inner, count, used, start = positions_within_words(head), 1, 0.0, 0
    for ink, end in unbreakable_parts(head):
        width = len(head[start:ink].encode("gb18030", "replace")) / 2
        if used and used + width > per_line:
            if start in inner:
                return 0
            count, used = count + 1, 0.0
        used += len(head[start:end].encode("gb18030", "replace")) / 2
        start = end
    return count


@lru_cache(maxsize=1 << 12)
def good_line(head: str, fits: int) -> int:
    """Return how many characters a line of ``head`` should have where ``fits`` fit, so that no line ends in a word.

    Fewer are best if that takes no more lines, then up to two more, then fewer; ``fits`` if nothing helps.

    >>> good_line("公务用车运行维护费", 7), good_line("政府性基金预算", 3), good_line("国有资本经营预算", 1)
    (6, 5, 2)
    """
    fewer = [count for count in range(fits, 1, -1) if line_count(head, count)]
    lines = -(-len(head) // max(fits, 1))
    same = [count for count in fewer if line_count(head, count) <= lines]
    more = [count for count in range(fits + 1, fits + _MOST_MORE + 1) if line_count(head, count)]
    return next(iter((*same, *more, *fewer)), fits)


def longest_word(head: str) -> str:
    """Return the longest of the words in ``head``, or "".

    >>> longest_word("政府性基金预算"), longest_word("甲")
    ('政府性', '')
    """
    return max(_WORD.findall(head), key=len, default="")
