"""GJ007, GJ008: what of the layout a document leaves out: headings without content, terms that it explains itself."""

from __future__ import annotations

from collections.abc import Iterator

from ..compose import LeftOut
from ..core.finding import Finding, Place, Severity


def left_out_notes(left_out: LeftOut) -> Iterator[Finding]:
    """Yield a note on the terms that the layout explains too, and one on the headings that have no content."""
    headings, own_terms = left_out.headings, left_out.own_terms
    if headings:
        values = {"count": str(len(headings)), "headings": "、".join(f"“{heading}”" for heading in headings)}
        message = "{count} 个标题下没有内容，没有印：{headings}"
        hint = "要印就在数据里补上它下面的内容；本来没有的不必理会"
        yield Finding("GJ007", Severity.NOTE, message, (Place("", "正文的标题"),), hint, values)
    if own_terms:
        values = {"count": str(len(own_terms)), "terms": "、".join(term.name for term in own_terms)}
        where = tuple(Place(pointer, "名词解释") for pointer in dict.fromkeys(term.pointer for term in own_terms))
        message = "{count} 个名词版式里也有解释，只印数据里的：{terms}"
        hint = "要印版式的解释，就从 glossary 里删去这一条"
        yield Finding("GJ008", Severity.NOTE, message, where, hint, values)
