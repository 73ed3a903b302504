"""The places that a paragraph of the edited file can belong to, and what becomes of moved and inserted ones."""

from __future__ import annotations

from datetime import date

from reportgen.hand_edits.alignment import align
from reportgen.hand_edits.anchors import Anchor, anchors, bookmarked_figures
from reportgen.tree.edited_docx import EditedParagraph, Span
from reportgen.tree.nodes import Contents, Cover, Document, Entry, Heading, Paragraph, Section, Text, plain
from reportgen.writers.docx import style_ids
from tests.nodes import money, t

HEADING = Heading("题", 1, (Text("一、"), Text("收入"), Text("情况")))
ITEM = Paragraph("项", (Text("（1）"), Text("职能"), Text("甲")), "item")
BODY = Paragraph("段", (Text("共"), money("2.00", "revenue.total"), Text("万元")))


def test_a_heading_and_an_item_begin_with_their_number() -> None:
    for block, number, rest in ((HEADING, "一、", "收入情况"), (ITEM, "（1）", "职能甲")):
        anchor = Anchor(plain(block.runs), "", block=block)
        assert (anchor.number, plain(anchor.runs)) == (number, rest)
    assert Anchor(plain(BODY.runs), "", block=BODY).number == ""
    assert Anchor(plain(BODY.runs), "", block=BODY).runs == BODY.runs
    assert (Anchor("封面", "").number, Anchor("封面", "").runs) == ("", ())


def test_a_number_in_a_text_is_found_in_the_same_form() -> None:
    item, heading = Anchor("", "", block=ITEM), Anchor("", "", block=HEADING)
    assert item.number_in("（12）另一条") == "（12）"
    assert item.number_in("1.另一条") == ""
    assert item.number_in("另（1）条") == ""
    assert heading.number_in("十二、支出") == "十二、"
    assert Anchor("", "", block=BODY).number_in("1.") == ""


def document() -> Document:
    blocks = (
        Cover("封", (t("封面一"), t(" "))),
        Contents("目", "目录", (Entry(1, t("一、收入情况"), "题"),)),
        HEADING,
        ITEM,
        BODY,
    )
    return Document("题", "", "", "slug", date(2023, 1, 1), (Section("s", "prose", blocks),))


def test_every_paragraph_is_an_anchor_and_blank_ones_are_not() -> None:
    found = anchors(document())
    assert [(one.text, one.place, one.is_contents) for one in found] == [
        ("封面一", "封面", False),
        ("目录", "目录", True),
        ("一、收入情况", "目录", True),
        ("一、收入情况", "一标题", False),
        ("（1）职能甲", "一第1段", False),
        ("共2.00万元", "一第2段", False),
    ]
    assert [one.block for one in found] == [None, None, None, HEADING, ITEM, BODY]
    assert found[3].bookmarks == (style_ids.bookmark("题"),)
    ((name, (block, figure)),) = bookmarked_figures(document()).items()
    assert (block, figure) == ("段", BODY.runs[1])
    assert name.startswith("_revenue_total_")


def aligned(*paragraphs: EditedParagraph) -> tuple[dict[int, int], set[int], set[int]]:
    alignment = align(anchors(document()), paragraphs, bookmarked_figures(document()))
    return alignment.pairs, alignment.by_bookmark, alignment.moved


def marked(n: int, text: str = "") -> EditedParagraph:
    anchor = anchors(document())[n]
    text = text or anchor.text
    return EditedParagraph(text, tuple(Span(name, 0, len(text)) for name in anchor.bookmarks))


def test_paragraphs_are_found_by_bookmark_text_and_similarity() -> None:
    assert aligned(marked(3), marked(4, "全改了"), marked(5)) == ({3: 0, 4: 1, 5: 2}, {3, 4, 5}, set())
    assert aligned(EditedParagraph("封面一"), marked(3))[0] == {0: 0, 3: 1}
    assert aligned(marked(3), EditedParagraph("（1）职能甲乙"), marked(5)) == ({3: 0, 4: 1, 5: 2}, {3, 5}, set())


def test_a_moved_paragraph_is_found_by_its_bookmark_alone() -> None:
    pairs, by_bookmark, moved = aligned(marked(3), marked(5), marked(4))
    assert pairs == {3: 0, 4: 2, 5: 1}
    assert by_bookmark == {3, 4, 5}
    assert moved in ({4}, {5})


def test_an_inserted_paragraph_has_no_anchor() -> None:
    assert aligned(marked(3), marked(4), EditedParagraph("全新的一段文字"), marked(5))[0] == {3: 0, 4: 1, 5: 3}


def test_a_figures_bookmark_finds_a_paragraph_without_its_own() -> None:
    ((name, _),) = bookmarked_figures(document()).items()
    assert aligned(EditedParagraph("写成另外的2.00", (Span(name, 5, 9),)))[:2] == ({5: 0}, {5})


def test_of_joined_paragraphs_the_one_that_begins_it_is_found() -> None:
    item, body = anchors(document())[4:]
    text = item.text + body.text
    spans = tuple(Span(name, 0, 1) for name in (*body.bookmarks, *item.bookmarks))
    assert aligned(EditedParagraph(text, spans))[0] == {4: 0}


def test_a_similar_paragraph_is_found_behind_an_inserted_one() -> None:
    inserted, similar = EditedParagraph("毫不相干，全是新写"), EditedParagraph("（1）职能甲乙")
    assert aligned(marked(3), inserted, similar, marked(5))[0] == {3: 0, 4: 2, 5: 3}
    assert aligned(marked(3), similar, inserted, marked(5))[0] == {3: 0, 4: 1, 5: 3}
    assert aligned(marked(3), inserted, inserted, marked(5))[0] == {3: 0, 5: 3}


def test_a_deleted_paragraph_before_a_similar_one() -> None:
    assert aligned(marked(3), EditedParagraph("共3.00万元整"))[0] == {3: 0, 5: 1}


def test_a_single_paragraph_between_known_ones_is_the_rewritten_one() -> None:
    assert aligned(marked(3), EditedParagraph("毫不相干，全是新写"), marked(5))[0] == {3: 0, 4: 1, 5: 2}
