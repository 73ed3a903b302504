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
from .readers.docx import WordParagraph

_SHOWN = 30
_ABOUT = re.compile(r"([^：:]{1,60})[：:]\s*(.+)", re.S)
_ITEM = re.compile(r"[（(](?:类|款|项)[）)]")


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


def with_texts(imported: Imported, paragraphs: Sequence[WordParagraph], file: str) -> Imported:
    """Return the imported document with the texts of a Word file in the place of its own.

    Args:
        imported: what came of the workbook.
        paragraphs: the paragraphs of the Word file.
        file: its name, for places (``文字.docx 第12段``).
    """
    merging = _Merging(copy.deepcopy(dict(imported.data)), dict(imported.cells), file)
    for part, heading, texts in _parts(paragraphs):
        merging.take(part, heading, texts)
    findings = (*imported.findings, *merging.findings)
    return replace(imported, data=merging.data, cells=merging.cells, findings=findings)


def _parts(
    paragraphs: Sequence[WordParagraph],
) -> Iterator[tuple[str, WordParagraph | None, list[WordParagraph]]]:
    """Yield each heading with the part that it begins and the paragraphs below it; those before the first have none.

    A heading that is not known within a part that is known is one of its paragraphs.
    """
    words = text_words()
    part, heading, texts = "", None, list[WordParagraph]()
    for paragraph in paragraphs:
        begun = words.part(paragraph.text) if paragraph.heading else ""
        if begun or (paragraph.heading and not part):
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

    def take(self, part: str, heading: WordParagraph | None, texts: list[WordParagraph]) -> None:
        """Put the texts under one heading into the document."""
        if not part:
            self._unused(heading, texts)
        elif part == "duties":
            department = self.data.setdefault("department", {})
            department["duties"] = self._list("/department/duties", texts)
        elif part == "reception_use":
            self.data[part] = "".join(one.text for one in texts)
            self._place("/reception_use", texts[:1])
        elif part.startswith("sections/"):
            self.data.setdefault("sections", {})[part.partition("/")[2]] = self._list(f"/{part}", texts)
        else:
            for paragraph in texts:
                self._about(part, paragraph)

    def _list(self, pointer: str, texts: list[WordParagraph]) -> list[str]:
        for n, paragraph in enumerate(texts):
            self._place(f"{pointer}/{n}", [paragraph])
        return [paragraph.text for paragraph in texts]

    def _place(self, pointer: str, paragraphs: list[WordParagraph]) -> None:
        for paragraph in paragraphs:
            self.cells[pointer] = self._address(paragraph)

    def _address(self, paragraph: WordParagraph) -> str:
        return f"{self.file}!{paragraph.number}"

    def _about(self, part: str, paragraph: WordParagraph) -> None:
        found = _ABOUT.fullmatch(paragraph.text)
        if found is None:
            message, hint = "“{text}”没有写明说的是什么", "写成“名称：文字”，如“行政运行：机关日常运转”"
            self._report("XL151", Severity.ERROR, message, hint, paragraph, text=paragraph.text[:_SHOWN])
            return
        name, text = unnumbered(_ITEM.sub("", found[1])), found[2].strip()
        placed = {"glossary": self._term, "uses": self._use, "reasons": self._reason}[part](name, found[1], text)
        if placed:
            self._place(placed, [paragraph])
        else:
            message, hint = "“{text}”不是本文件的科目或项目", "照表里的名称写"
            self._report("XL152", Severity.ERROR, message, hint, paragraph, text=found[1][:_SHOWN])

    def _term(self, name: str, written: str, text: str) -> str:
        terms = self.data.setdefault("glossary", [])
        codes = [code for code in self._functions(name) if len(code) == 7]
        key = {"function": codes[0]} if codes else {"term": unnumbered_words(written)}
        kept = [term for term in terms if any(term.get(k) == v for k, v in key.items())]
        if kept:
            kept[0]["text"] = text
        else:
            terms.append({**key, "text": text})
        at = terms.index(kept[0]) if kept else len(terms) - 1
        return f"/glossary/{at}/text"

    def _use(self, name: str, written: str, text: str) -> str:
        return self._on_line(name, "use", text)

    def _reason(self, name: str, written: str, text: str) -> str:
        for key, term in TOTAL_NAMES.items():
            if plain(term) == name:
                self.data.setdefault("totals", {}).setdefault(key, {})["reason"] = text
                return f"/totals/{key}/reason"
        return self._on_line(name, "reason", text)

    def _on_line(self, name: str, member: str, text: str) -> str:
        codes = self._functions(name)
        for n, line in enumerate(self.data.get("expenditure", ())):
            if line.get("function") in codes:
                line[member] = text
                return f"/expenditure/{n}/{member}"
        for n, line in enumerate(self.data.get("projects", ())):
            if plain(line.get("name", "")) == name:
                line[member] = text
                return f"/projects/{n}/{member}"
        return ""

    def _functions(self, name: str) -> set[str]:
        """Return the codes of the document's lines that are called ``name``."""
        book = code_book(int(self.data.get("year", 0) or 0)).functions
        codes = {str(line.get("function", "")) for line in self.data.get("expenditure", ())}
        named = {
            str(line["function"]): plain(line["name"]) for line in self.data.get("expenditure", ()) if "name" in line
        }
        return {code for code in codes if name == named.get(code, plain(book[code].name) if code in book else None)}

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
