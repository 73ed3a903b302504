"""Texts of a department from a Word file that it already has: the paragraphs under headings that are known.

``data/recognition/texts.yaml`` says which heading is which part of the document. Under 支出用途, 增减原因 and 名词解释
each paragraph begins with what it is about and a colon: 「行政运行：…」, 「公务接待费：…」.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from ..budget.codes import code_book
from ..budget.terms import TOTAL_NAMES
from ..core.finding import Finding, Place, Severity
from ..core.paths import shipped
from ..layout.fields import build
from ..layout.yaml_reader import parsed
from ..recognise.words import plain, unnumbered
from .imported import Imported
from .readers.docx import WordParagraph, WordTexts

_SHOWN = 30
_TABLES_SHOWN = 5
_ABOUT = re.compile(r"([^：:]{1,60})[：:]\s*(.+)", re.S)
_ITEM = re.compile(r"[（(](?:类|款|项)[）)]")
_CODE = re.compile(r"([0-9]{7}|[0-9]{5}|[0-9]{3})(?![0-9])")
ITEM_LENGTH = 7
"""Digits of the code of a 项, which terms explain."""


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of headings by the part of the document whose texts follow."""

    duties: tuple[str, ...]
    glossary: tuple[str, ...]
    uses: tuple[str, ...]
    reasons: tuple[str, ...]
    reception_use: tuple[str, ...]
    sections: Mapping[str, tuple[str, ...]]

    def part(self, heading: str) -> str:
        """Return the part under a heading: a field of this class, a key of ``sections/``, or "" for neither."""
        label = unnumbered(heading)
        for name in ("duties", "glossary", "uses", "reasons", "reception_use"):
            if any(plain(word) in label for word in getattr(self, name)):
                return name
        keys = (key for key, words in self.sections.items() if any(plain(word) in label for word in words))
        key = next(keys, "")
        return f"sections/{key}" if key else ""


@cache
def text_words() -> TextWords:
    """Return what is known of the headings of texts."""
    path = shipped("data") / "recognition" / "texts.yaml"
    return build(TextWords, parsed(path.read_bytes(), path.name))


def with_texts(imported: Imported, texts: WordTexts, file: str) -> Imported:
    """Return the imported document with the texts of a Word file in the place of its own.

    Args:
        imported: what came of the workbook.
        texts: the paragraphs of the Word file; of its tables it is said that they are not read.
        file: its name, for places (``文字.docx 第12段``).
    """
    merging = _Merging(copy.deepcopy(dict(imported.data)), dict(imported.cells), file)
    for part, heading, below in _parts(texts.paragraphs):
        merging.take(part, heading, below)
    findings = (*imported.findings, *merging.findings, *_unread_tables(texts, file))
    return replace(imported, data=merging.data, cells=merging.cells, findings=findings)


def _unread_tables(texts: WordTexts, file: str) -> Iterator[Finding]:
    """Yield a warning of the tables, whose texts are not taken over."""
    if texts.tables:
        shown = "、".join(f"“{table.text[:_SHOWN]}”" for table in texts.tables[:_TABLES_SHOWN])
        values = {"count": str(len(texts.tables)), "shown": shown}
        where = tuple(Place(cell=f"{file}!{table.after}") for table in texts.tables[:_TABLES_SHOWN])
        message = "Word 文件里有 {count} 张表，没有读（{shown}）"
        hint = "表里的数字填进工作簿；表里的文字要用的，改成标题之下的段落"
        yield Finding("XL155", Severity.WARNING, message, where, hint, values)


def _parts(
    paragraphs: Sequence[WordParagraph],
) -> Iterator[tuple[str, WordParagraph | None, list[WordParagraph]]]:
    """Yield each heading with the part that it begins and the paragraphs below it; those before the first have none.

    A heading that is not known within a part that is known is one of its paragraphs, unless both have levels and it is
    not below that of the part.
    """
    words = text_words()
    part, heading, texts = "", None, list[WordParagraph]()
    for paragraph in paragraphs:
        begun = words.part(paragraph.text) if paragraph.heading else ""
        above = heading.level if heading is not None else 0
        if begun or (paragraph.heading and (not part or 0 < paragraph.level <= above)):
            yield part, heading, texts
            part, heading, texts = begun, paragraph, []
        else:
            texts.append(paragraph)
    yield part, heading, texts


@dataclass
class _Merging:
    data: dict[str, Any]
    cells: dict[str, str]
    file: str
    findings: list[Finding] = field(default_factory=list)
    _begun: set[str] = field(default_factory=set)
    """The lists that this file has begun, and the texts that it has stated, by JSON pointer."""

    def take(self, part: str, heading: WordParagraph | None, texts: list[WordParagraph]) -> None:
        """Put the texts under one heading into the document."""
        if not part:
            self._unused(heading, texts)
        elif not texts:
            return
        elif part == "duties":
            department = self.data.setdefault("department", {})
            self._extend(department, "duties", "/department/duties", texts)
        elif part == "reception_use":
            self.data[part] = "".join(one.text for one in texts)
            self._place("/reception_use", texts[:1])
        elif part.startswith("sections/"):
            self._extend(self.data.setdefault("sections", {}), part.partition("/")[2], f"/{part}", texts)
        else:
            for paragraph in texts:
                self._about(part, paragraph)

    def _extend(self, holder: dict[str, Any], key: str, pointer: str, texts: list[WordParagraph]) -> None:
        """Put paragraphs into a list: in the place of the workbook's own, after those of an earlier heading."""
        if pointer not in self._begun:
            holder[key] = []
            self._begun.add(pointer)
        for paragraph in texts:
            self._place(f"{pointer}/{len(holder[key])}", [paragraph])
            holder[key].append(paragraph.text)

    def _place(self, pointer: str, paragraphs: list[WordParagraph]) -> None:
        for paragraph in paragraphs:
            self.cells[pointer] = self._address(paragraph)

    def _address(self, paragraph: WordParagraph) -> str:
        return paragraph.place or f"{self.file}!{paragraph.number}"

    def _about(self, part: str, paragraph: WordParagraph) -> None:
        found = _ABOUT.fullmatch(paragraph.text)
        if found is None:
            message, hint = "“{text}”没有写明说的是什么", "写成“名称：文字”，如“行政运行：机关日常运转”"
            self._report("XL151", Severity.ERROR, message, hint, paragraph, text=paragraph.text[:_SHOWN])
            return
        codes = self._functions(found[1])
        if len(codes) > 1:
            message, hint = "有几个科目叫“{text}”：{codes}", "名称前写上代码，如“2010601行政运行：……”"
            values = {"text": found[1][:_SHOWN], "codes": "、".join(codes)}
            self._report("XL154", Severity.ERROR, message, hint, paragraph, **values)
            return
        placing = {"glossary": self._term, "uses": self._use, "reasons": self._reason}[part]
        self._placed(placing(found[1], codes, found[2].strip()), found[1][:_SHOWN], paragraph)

    def _placed(self, pointer: str, name: str, paragraph: WordParagraph) -> None:
        """Keep where a text went; report one that went nowhere, and a second one for the same place."""
        if not pointer:
            message, hint = "“{text}”不是本文件的科目或项目", "照表里的名称写；科目要在支出表里有一行"
            self._report("XL152", Severity.ERROR, message, hint, paragraph, text=name)
        elif pointer in self._begun:
            self._report("XL153", Severity.ERROR, "“{text}”写了两次", "只留一段", paragraph, text=name)
        else:
            self._begun.add(pointer)
            self._place(pointer, [paragraph])

    def _term(self, name: str, codes: list[str], text: str) -> str:
        terms = self.data.setdefault("glossary", [])
        items = [code for code in codes if len(code) == ITEM_LENGTH]
        key, value = ("function", items[0]) if items else ("term", unnumbered_words(name))
        at = next((n for n, term in enumerate(terms) if term.get(key) == value), len(terms))
        if at == len(terms):
            terms.append({key: value})
        terms[at]["text"] = text
        return f"/glossary/{at}/text"

    def _use(self, name: str, codes: list[str], text: str) -> str:
        return self._on_line(name, codes, "use", text)

    def _reason(self, name: str, codes: list[str], text: str) -> str:
        for key, term in TOTAL_NAMES.items():
            if plain(term) == unnumbered(name):
                self.data.setdefault("totals", {}).setdefault(key, {})["reason"] = text
                return f"/totals/{key}/reason"
        return self._on_line(name, codes, "reason", text)

    def _on_line(self, name: str, codes: list[str], member: str, text: str) -> str:
        """Put a text on the first line of a code, whose sentence is about all units, or on a project."""
        for n, line in enumerate(self.data.get("expenditure", ())):
            if line.get("function") in codes:
                line[member] = text
                return f"/expenditure/{n}/{member}"
        for n, line in enumerate(self.data.get("projects", ())):
            if plain(line.get("name", "")) == unnumbered(name):
                line[member] = text
                return f"/projects/{n}/{member}"
        return ""

    def _functions(self, written: str) -> list[str]:
        """Return the codes of the document's lines that a name means: by its code, or by its last part.

        A name may be printed in full: 一般公共服务支出（类）财政事务（款）行政运行（项）.
        """
        lines = self.data.get("expenditure", ())
        codes = sorted({str(line.get("function", "")) for line in lines})
        last = next((part for part in reversed(_ITEM.split(written)) if plain(part)), "")
        if stated := _CODE.match(plain(unnumbered_words(last))):
            return [code for code in codes if code == stated[1]]
        book = code_book(int(self.data.get("year", 0) or 0)).functions
        names = {code: entry.name for code in codes if (entry := book.get(code))}
        names |= {str(line["function"]): line["name"] for line in lines if line.get("name")}
        return [code for code in codes if plain(names.get(code, "")) == unnumbered(last)]

    def _unused(self, heading: WordParagraph | None, texts: list[WordParagraph]) -> None:
        if heading is not None:
            message, hint = "标题“{text}”之下的文字没有用到", "要用的标题见 docs/excel-in.md"
            self._report("XL150", Severity.NOTE, message, hint, heading, text=heading.text[:_SHOWN])
        elif texts:
            message, hint = "第一个标题之前的文字没有用到：“{text}”", "把文字放在标题之下"
            self._report("XL150", Severity.NOTE, message, hint, texts[0], text=texts[0].text[:_SHOWN])

    def _report(self, code: str, severity: Severity, message: str, hint: str, at: WordParagraph, **values: str) -> None:
        self.findings.append(Finding(code, severity, message, (Place(cell=self._address(at)),), hint, values))


def unnumbered_words(text: str) -> str:
    """Return a name as it was written, without the number before it.

    >>> unnumbered_words("3. “三公”经费")
    '“三公”经费'
    """
    return re.sub(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]\s*)", "", text).strip()
