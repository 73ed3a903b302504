"""What editors add is taken out of an edited text, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.hand_edits.normalize import normalized, parse_number, text_key, without_prefix
from reportgen.tree.edited_docx import EditedParagraph, Span

CASES = {
    "甲\n乙": "甲乙",
    "ab\ncd": "ab cd",
    "甲\ncd": "甲cd",
    "ab\n乙": "ab乙",
    "a甲\nb乙": "a甲b乙",
    "甲a\n乙b": "甲a乙b",
    "ab \u3000\t\n cd": "ab cd",
    "甲 \n 乙": "甲乙",
    "a\nb\nc": "a b c",
    "  甲 乙\u3000": "甲 乙",
    "甲\u00a0乙": "甲 乙",
    "甲\u200b\u00ad乙\ufeff": "甲乙",
    '说"甲"和"乙"': "说“甲”和“乙”",
    '＂甲＂"乙"': "“甲”“乙”",
    '“甲"乙"': "“甲”乙“",
    '“甲”"乙"': "“甲”“乙”",
    "": "",
    " \n ": "",
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=repr)
def test_what_was_not_typed_is_removed(text: str, expected: str) -> None:
    assert normalized(EditedParagraph(text)).text == expected


def test_spans_cover_the_same_characters() -> None:
    paragraph = EditedParagraph(
        "  甲\u200b\n乙1 ", (Span("a", 2, 3), Span("b", 3, 5), Span("c", 5, 7), Span("d", 0, 8))
    )
    assert normalized(paragraph) == EditedParagraph(
        "甲乙1", (Span("a", 0, 1), Span("b", 1, 1), Span("c", 1, 3), Span("d", 0, 3))
    )


def test_a_prefix_is_cut_with_the_white_space_after_it() -> None:
    paragraph = EditedParagraph("（1） 甲乙", (Span("a", 0, 3), Span("b", 4, 6)))
    assert without_prefix(paragraph, 3) == EditedParagraph("甲乙", (Span("a", 0, 0), Span("b", 0, 2)))
    assert without_prefix(paragraph, 0) == paragraph


def test_shapes_of_quotes_and_white_space_are_no_difference() -> None:
    assert text_key("“三公” 经 费") == text_key('"三公"经费')
    assert text_key("‘甲’") == text_key("'甲＇")
    assert text_key("‘甲’") != text_key("“甲”")


def test_numbers_of_every_form() -> None:
    assert parse_number("１，234．50") == Decimal("1234.50")
    assert parse_number("0.5") == Decimal("0.5")
