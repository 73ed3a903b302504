"""Where lines of the PDF break, and how they are spread and squeezed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportgen.tree.nodes import Figure, Paragraph
from reportgen.writers.pdf.typeset.line_breaking import EM, break_lines
from reportgen.writers.punctuation import CONNECTORS, HALF_BLANK, NO_END, NO_START, spaced, unbreakable_parts
from tests.population import size

from .. import nodes
from .pdf_help import lines_of, pages_of, prose

PIECES = st.one_of(
    st.text("的一是不了在人有我他这中大来上国个到说们", min_size=1, max_size=9),
    st.sampled_from(
        ["，", "。", "；", "：", "！", "？", "、", "”。", "）；", "——", "……", "％", "》（", "’”", "“‘", "（", "《", "“"]
    ),
    st.sampled_from(
        ["17633.63万元", "5.5%", "2023年", "100.0%", "（类）", "GB/T", "a", "budget office", "3辆", "·", " ", "\u3000"]
    ),
)


def width_of(char: str) -> float:
    return EM if char >= "\u2e80" or char in "“”‘’—…" else 500.0


@pytest.mark.campaign
@example("》（17633.63万元一——", 9, 0, False)
@settings(max_examples=size(20_000, 300), deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(9, 40), st.integers(0, 2), st.booleans())
def test_lines_keep_the_rules(text, characters, indent, justify):
    widths = [width_of(char) for char in text]
    lines = break_lines(text, widths, characters * EM, first=indent * EM, justify=justify)
    assert "".join(text[line.start : line.end] for line in lines) == text
    parts = list(unbreakable_parts(text))
    ends = {end for _, end in parts}
    start, longest = 0, 0.0
    for ink, end in parts:
        longest, start = max(longest, sum(widths[start:ink])), end
    for n, line in enumerate(lines):
        limit = (characters - (indent if n == 0 else 0)) * EM
        assert line.width <= limit + 0.01
        ink = sum(widths[line.start : line.ink]) + sum(more for _, more in line.kerns)
        ink += line.spread * (line.ink - line.start - 1)
        hanging = EM / 2 if text[line.ink - 1 : line.ink] in tuple(HALF_BLANK) else 0
        assert line.width - 0.01 <= ink <= line.width + hanging + 0.01
        if longest <= (characters - indent) * EM:
            assert line.end in ends, "no part is parted"
            if n:
                assert text[line.start] not in NO_START
            if n + 1 < len(lines):
                assert text[line.ink - 1] not in NO_END or line.ink == line.start


@pytest.mark.parametrize(
    "whole", ["17633.63万元", "5.5%", "2023年", "100.0%", "（类）", "12,345.00元", "budget", "——", "3个百分点"]
)
def test_an_unbreakable_part_is_never_broken(whole):
    for before in range(40):
        text = "国" * before + whole + "民" * 20
        lines = break_lines(text, [width_of(c) for c in text], 20 * EM)
        assert any(whole in text[line.start : line.end] for line in lines)


@pytest.mark.parametrize("before", range(18, 27))
def test_a_figure_and_a_unit_of_its_own_are_never_separated(before):
    run = (*nodes.t("国" * before), Figure("3.00", Decimal(3), "标准煤", "x", 2), *nodes.t("标准煤，" + "民" * 9))
    assert any("3.00标准煤，" in line for line in lines_of(pages_of(prose(Paragraph("p", run)))[0]))


def test_a_last_line_of_one_character_is_avoided():
    text = "国" * 20 + "民。"
    lines = break_lines(text, [width_of(c) for c in text], 20 * EM, justify=True)
    assert [text[line.start : line.end] for line in lines] == ["国" * 19, "国民。"]


def broken(text: str, characters: float, **options: Any) -> list[str]:
    lines = break_lines(text, [width_of(char) for char in text], characters * EM, **options)
    return [text[line.start : line.end] for line in lines]


def test_a_last_line_of_one_character_is_avoided_below_an_indented_line():
    assert broken("国" * 18 + "民。", 20, first=2 * EM, justify=True) == ["国" * 17, "国民。"]


def test_a_last_character_is_pulled_into_a_line_that_can_give_way_for_it():
    marked = "国，国" * 6 + "国国"
    assert broken("国" * 18 + marked + "民", 20, first=2 * EM, justify=True) == ["国" * 18, marked + "民"]
    assert broken("国" * 20 + marked + "民", 20, justify=True) == ["国" * 20, marked + "民"]


WORD = "abcd" * 4
"""Eight characters wide."""


@pytest.mark.parametrize(
    ("text", "characters", "indent", "lines"),
    [
        ("国" * 14 + "民。", 7, 0, ["国" * 7, "国" * 6, "国民。"]),
        ("国" * 18 + "abcd民。", 10, 0, ["国" * 9, "国" * 9, "abcd民。"]),
        ("国" * 16 + "abcd民。", 10, 2, ["国" * 7, "国" * 9, "abcd民。"]),
        ("国" * 12 + WORD + "民。", 10, 0, ["国" * 10, "国国" + WORD, "民。"]),
        ("国" * 10 + WORD + "国国" + "民。", 10, 0, ["国" * 10, WORD + "国", "国民。"]),
    ],
    ids=["one line looser", "two lines looser", "below an indent", "a line would be too loose", "after a word"],
)
def test_a_last_character_is_joined_by_a_part_of_lines_that_do_not_get_too_loose(text, characters, indent, lines):
    assert broken(text, characters, first=indent * EM, justify=True) == lines


def test_lines_that_are_not_flush_may_get_as_loose_as_needed():
    assert broken("国" * 12 + WORD + "民。", 10) == ["国" * 10, "国国", WORD + "民。"]


def test_a_word_longer_than_a_line_is_not_broken_before_the_mark_after_it():
    assert broken("abcdefghij。", 5) == ["abcdefghi", "j。"]
    assert broken("国" + "，" * 12, 5)[0] == "国" + "，" * 8, "among marks alone the last place that fits is taken"


def test_the_first_line_may_keep_a_single_part():
    assert broken("国abcdefgh民", 5) == ["国", "abcdefgh民"]


def test_marks_within_a_line_stay_as_they_are_where_the_last_mark_may_hang_over():
    text = "国国，国国国国国国，" + "民" * 8
    first, _ = break_lines(text, [EM] * len(text), 9.7 * EM, justify=True)
    assert (first.end, first.width, first.spread, first.kerns) == (10, 9.7 * EM, 0, ())


def test_marks_within_a_line_give_way_in_equal_shares():
    text = "国国，国、国国国国国" + "民" * 8
    first, _ = break_lines(text, [EM] * len(text), 9.6 * EM, justify=True)
    assert (first.end, first.width) == (10, 9.6 * EM)
    assert [index for index, _ in first.kerns] == [2, 4]
    assert [more for _, more in first.kerns] == pytest.approx([-0.2 * EM] * 2)


def test_a_blank_after_the_last_character_stays_with_the_text():
    assert broken("国国 ", 20) == ["国国 "]
    (line,) = break_lines("国国 ", [EM, EM, 500.0], 20 * EM)
    assert (line.ink, line.end, line.width) == (2, 3, 2 * EM)


def test_marks_that_meet_share_a_blank():
    (line,) = break_lines("（“国”）。", [EM] * 6, 20 * EM)
    assert line.width == 6 * EM - 3 * EM / 2


@pytest.mark.parametrize(
    ("text", "gaps"),
    [("在2023年", 2), ("占5.5%的", 1), ("按GDP，", 1), ("（2023）年", 0), ("1.收入", 0), ("2023", 0), ("𠮷1", 1)],
)
def test_a_gap_is_between_hanzi_and_letters_or_digits(text, gaps):
    widths = [width_of(char) for char in text]
    (line,) = break_lines(text, widths, 20 * EM, gap=EM / 4)
    assert line.width == sum(widths) + gaps * EM / 4
    assert [more for _, more in line.kerns] == [EM / 4] * gaps


def test_a_gap_vanishes_at_the_end_of_a_line_and_never_closes_within_it():
    text = "国" * 19 + "5" + "国" * 30
    for width, kerns in ((19.75, ((18, EM / 4),)), (19.5, ())):
        first, *_ = break_lines(text, [width_of(c) for c in text], width * EM, justify=True, gap=EM / 4)
        assert first.kerns == kerns
        assert text[: first.end] == "国" * 19 + "5" * len(kerns)


def gaps_of(text, lines):
    """The gaps in lines of a text, without what their line is spread by."""
    found = set()
    for line in lines:
        kerns = {i: more for i, more in line.kerns if more != -line.spread}
        found |= {kerns.get(i, 0.0) for i in spaced(text) if line.start <= i < line.ink - 1}
    return found


def test_a_text_whose_figure_makes_a_line_loose_has_narrower_gaps_everywhere():
    text = (
        "绍兴市人力资源和社会保障局2023年收入预算17633.63万元，比上年执行数减少1017.96万元，下降5.5%，主要是项目减少。"
    )
    widths = [width_of(char) for char in text]
    lines = break_lines(text, widths, 28.6 * EM, first=2 * EM, justify=True, gap=EM / 4)
    assert text[: lines[0].end].endswith("17633.63万元，")
    assert gaps_of(text, lines) == {0.0}
    usual = text.replace("局2023年", "局")
    widths = [width_of(char) for char in usual]
    lines = break_lines(usual, widths, 28.6 * EM, first=2 * EM, justify=True, gap=EM / 4)
    assert gaps_of(usual, lines) == {EM / 4}


def test_gaps_close_where_that_saves_a_last_line_of_a_few_characters():
    text = "人员支出432.40万元，占4.5%，公用经费74.57万元，占3.8%，项目支出1647.00万元占7.7%。"
    widths = [width_of(char) for char in text]
    lines = break_lines(text, widths, 22.75 * EM, justify=True, gap=EM / 4)
    assert len(lines) == 2
    assert gaps_of(text, lines) == {0.0}
    assert len(break_lines(text, widths, 22.75 * EM, gap=EM / 4)) == 3


@pytest.mark.campaign
@settings(max_examples=size(5_000, 300), deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(18, 60), st.booleans())
def test_all_gaps_of_a_text_are_alike_but_for_the_spread_of_their_lines(text, halves, justify):
    lines = break_lines(text, [width_of(char) for char in text], halves * EM / 2, justify=justify, gap=EM / 4)
    found = gaps_of(text, lines)
    assert len(found) <= 1
    assert found <= ({EM / 4, EM / 8, 0.0} if justify else {EM / 4})


@pytest.mark.parametrize("whole", ["网+", "网+5G", "降-5.0%", "里/", "金～", "甲&", "入=", "A+B", "＋"])
@pytest.mark.parametrize("gap", [0, EM / 4])
def test_no_line_begins_with_a_sign_that_connects(whole, gap):
    for before in range(8, 24):
        text = "国" * before + whole + "民" * 20
        lines = break_lines(text, [width_of(c) for c in text], 20 * EM, justify=True, gap=gap)
        assert all(text[line.start] not in CONNECTORS for line in lines)
        assert len(whole) == 1 or any(whole in text[line.start : line.end] for line in lines)


def test_a_sign_may_begin_a_text_and_follow_a_blank():
    assert unbreakable_parts("+5") == [(2, 2)]
    assert [end for _, end in unbreakable_parts("甲 + 乙")] == [2, 4, 5]
