"""Which texts a disclosure must have (操作规程, 财预〔2016〕143号): duties, units, 机关运行经费, 政府采购, terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...core.finding import Finding, Severity
from ...recognise.blocks import ReadParagraph
from ...recognise.words import plain
from ..report import AuditFinding
from .part_words import PARTS

LEAST_PARAGRAPHS = 10
"""A file with fewer paragraphs publishes tables only; its texts may be in another one."""


def missing_parts(paragraphs: Sequence[ReadParagraph]) -> Iterator[AuditFinding]:
    """Yield one finding that names the texts that were not found."""
    texts = [plain(one.text) for one in paragraphs if not one.in_contents]
    if len(texts) < LEAST_PARAGRAPHS:
        message, hint = "文件里只有表，没有文字说明", "文字说明在另一份文件里的，一并检查；没有写的补上"
        yield AuditFinding(Finding("AU153", Severity.WARNING, message, (), hint), "likely")
        return
    missing = [part for part, words in PARTS.items() if not any(word in text for text in texts for word in words)]
    if missing:
        message, hint = "没有找到这些文字：{parts}", "补上；没有这项内容的也要写一句"
        yield AuditFinding(
            Finding("AU153", Severity.WARNING, message, (), hint, {"parts": "、".join(missing)}), "likely"
        )
