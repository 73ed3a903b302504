"""Random edits of a DOCX: one edit of any kind at a random place, the same for the same seed."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from tests.hand_edits.docx_edits import MAIN, NAMESPACES, W, texts, words

WORDS = ("依法", "统筹安排", "进一步", "，比上年有所变化", "重点保障民生", "等", "的", "据实")
NUMERALS = (
    "5.00万元", "0.00万元", "100.0%", "3001.10万元", "１２．５％", "五千万元", "一亿元", "①", "²", "½万元", "৩০万元",
    "-3.10万元", "负二点五万元", "百分之五十", "1,234.56元", "2023年", "2026%", "约3001.1万元", "不到3001.10万元",
    "3001.10万元以上", "壹佰万元", "３辆", "8.46", "0%",
)  # fmt: skip
RUNS = ("<w:strike/>", "<w:dstrike/>", "<w:vanish/>", '<w:color w:val="FFFFFF"/>', "<w:b/>", '<w:sz w:val="40"/>')
BEYOND = (
    "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>", '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    "<w:r><w:drawing/></w:r>", "<w:r><w:object/></w:r>", "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>",
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r>", "<w:r><w:noBreakHyphen/></w:r>", "<w:ins><w:r><w:t>补</w:t></w:r></w:ins>",
    "<w:hyperlink><w:r><w:t>链接的字</w:t></w:r></w:hyperlink>",
)  # fmt: skip
NOTES = ("footnote", "endnote", "comment")
STYLES = ("OfficialBody", "Heading1", "Heading2", "Heading3", "TableNote", "TableHeading", "NoSuchStyle")


class Draft:
    """The parts of a DOCX that is edited at random places."""

    def __init__(self, payload: bytes, seed: int) -> None:
        """Unpack the file."""
        with ZipFile(BytesIO(payload)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = etree.fromstring(self.parts[MAIN])
        self.chance = random.Random(seed)

    def packed(self) -> bytes:
        """Return the file."""
        self.parts[MAIN] = etree.tostring(self.body, xml_declaration=True, encoding="UTF-8")
        out = BytesIO()
        with ZipFile(out, "w") as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    def paragraph(self, table: bool = False) -> Any:
        """A paragraph with words, in a table or outside of tables and the contents."""
        chosen = []
        for paragraph in self.body.iter(f"{W}p"):
            above = {ancestor.tag for ancestor in paragraph.iterancestors()}
            if len(words(paragraph)) > 1 and f"{W}sdt" not in above and (f"{W}tc" in above) == table:
                chosen.append(paragraph)
        return self.chance.choice(chosen)

    def text(self, table: bool = False) -> Any:
        """A piece of text."""
        return self.chance.choice([piece for piece in texts(self.paragraph(table)) if piece.text])

    def table(self) -> Any:
        return self.chance.choice(self.body.findall(f".//{W}tbl"))

    def of(self, choices: tuple[str, ...]) -> str:
        return self.chance.choice(choices)


def parsed(text: str) -> list[Any]:
    return list(etree.fromstring(f"<root {NAMESPACES}>{text}</root>"))


def change_words(draft: Draft) -> None:
    piece = draft.text()
    start = draft.chance.randrange(len(piece.text))
    piece.text = piece.text[:start] + draft.of(WORDS) + piece.text[start + draft.chance.randrange(5) :]


def delete_words(draft: Draft) -> None:
    piece = draft.text()
    start = draft.chance.randrange(len(piece.text))
    piece.text = piece.text[:start] + piece.text[start + draft.chance.randint(1, 12) :]


def insert_numeral(draft: Draft) -> None:
    piece = draft.text()
    start = draft.chance.randrange(len(piece.text) + 1)
    piece.text = f"{piece.text[:start]}，另有{draft.of(NUMERALS)}，{piece.text[start:]}"


def change_figure(draft: Draft) -> None:
    pieces = [piece for piece in texts(draft.body) if re.fullmatch(r"[0-9][0-9.,]*", piece.text or "")]
    draft.chance.choice(pieces).text = re.sub("[万亿]?元|[%％辆年]", "", draft.of(NUMERALS))


def delete_paragraph(draft: Draft) -> None:
    paragraph = draft.paragraph()
    paragraph.getparent().remove(paragraph)


def double_paragraph(draft: Draft) -> None:
    paragraph = draft.paragraph()
    paragraph.addnext(copy.deepcopy(paragraph))


def move_paragraph(draft: Draft) -> None:
    paragraph, other = draft.paragraph(), draft.paragraph()
    if other is not paragraph:
        other.addnext(paragraph)


def add_paragraph(draft: Draft) -> None:
    paragraph = draft.paragraph()
    text = f"以上{draft.of(WORDS)}安排{draft.of(NUMERALS)}。"
    added = copy.deepcopy(paragraph)
    for child in list(added)[1:]:
        added.remove(child)
    added.extend(parsed(f"<w:r><w:t>{text}</w:t></w:r>"))
    paragraph.addnext(added)


def split_paragraph(draft: Draft) -> None:
    paragraph = draft.paragraph()
    behind = etree.SubElement(etree.Element("root"), f"{W}p")
    behind.append(copy.deepcopy(paragraph[0]))
    children = list(paragraph)[1:]
    behind.extend(children[draft.chance.randrange(len(children)) :])
    paragraph.addnext(behind)


def join_paragraphs(draft: Draft) -> None:
    paragraph = draft.paragraph()
    following = paragraph.getnext()
    if following is not None and following.tag == f"{W}p":
        paragraph.extend(list(following)[1:])
        following.getparent().remove(following)


def retype_paragraph(draft: Draft) -> None:
    paragraph = draft.paragraph()
    text = words(paragraph).replace("。", draft.of(WORDS) + "。", 1)
    for child in list(paragraph)[1:]:
        paragraph.remove(child)
    paragraph.extend(parsed(f"<w:r><w:t>{text}</w:t></w:r>"))


def change_cell(draft: Draft) -> None:
    draft.text(table=True).text = draft.of((*WORDS, *NUMERALS))


def change_rows(draft: Draft) -> None:
    row = draft.chance.choice(draft.table().findall(f"{W}tr"))
    if draft.chance.random() < 0.5:
        row.addnext(copy.deepcopy(row))
    else:
        row.getparent().remove(row)


def change_tables(draft: Draft) -> None:
    table = draft.table()
    if draft.chance.random() < 0.3:
        table.getparent().remove(table)
    else:
        draft.paragraph().addnext(table)


def table_in_cell(draft: Draft) -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表中表</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    draft.paragraph(table=True).addprevious(parsed(inner)[0])


def change_look(draft: Draft) -> None:
    run = draft.text(table=draft.chance.random() < 0.3).getparent()
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    properties.extend(parsed(draft.of(RUNS)))


def named_look(draft: Draft) -> None:
    look = draft.of(RUNS[:4])
    styles = (
        f'<w:style w:type="character" w:styleId="X1"><w:name w:val="X1"/><w:rPr>{look}</w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="X2"><w:name w:val="X2"/><w:basedOn w:val="X1"/></w:style>'
    )
    draft.parts["word/styles.xml"] = draft.parts["word/styles.xml"].replace(
        b"</w:styles>", f"{styles}</w:styles>".encode()
    )
    run = draft.text().getparent()
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    properties.insert(0, parsed('<w:rStyle w:val="X2"/>')[0])


def change_style(draft: Draft) -> None:
    draft.paragraph().find(f"{W}pPr/{W}pStyle").set(f"{W}val", draft.of(STYLES))


def number_paragraph(draft: Draft) -> None:
    draft.paragraph()[0].extend(parsed('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))


def add_beyond(draft: Draft) -> None:
    draft.paragraph(table=draft.chance.random() < 0.2).extend(parsed(draft.of(BEYOND)))


def add_note(draft: Draft) -> None:
    kind = draft.of(NOTES)
    note = f'<w:{kind} w:id="7"><w:p><w:r><w:t>注的话</w:t></w:r></w:p></w:{kind}>'
    draft.parts[f"word/{kind}s.xml"] = f"<w:{kind}s {NAMESPACES}>{note}</w:{kind}s>".encode()


def change_footer(draft: Draft) -> None:
    name = draft.chance.choice([name for name in draft.parts if re.fullmatch("word/(header|footer).*[.]xml", name)])
    draft.parts[name] = draft.parts[name].replace(b"</w:p>", "<w:r><w:t>内部资料</w:t></w:r></w:p>".encode(), 1)


def delete_tracked(draft: Draft) -> None:
    run = draft.text().getparent()
    gone = etree.Element(f"{W}del")
    run.addprevious(gone)
    gone.append(run)
    for piece in texts(run):
        piece.tag = f"{W}delText"


def strip_bookmarks(draft: Draft) -> None:
    for mark in list(draft.body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)
    change_words(draft)


KINDS: tuple[Callable[[Draft], None], ...] = (
    change_words, delete_words, insert_numeral, change_figure, delete_paragraph, double_paragraph, move_paragraph,
    add_paragraph, split_paragraph, join_paragraphs, retype_paragraph, change_cell, change_rows, change_tables,
    table_in_cell, change_look, named_look, change_style, number_paragraph, add_beyond, add_note, change_footer,
    delete_tracked, strip_bookmarks, insert_numeral, change_figure,
)  # fmt: skip


def random_edit(payload: bytes, seed: int) -> tuple[str, bytes]:
    """The name of the edit with the number ``seed``, and the file after it."""
    draft, kind = Draft(payload, seed), KINDS[seed % len(KINDS)]
    kind(draft)
    return kind.__name__, draft.packed()
