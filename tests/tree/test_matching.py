"""Matching of two lists: by id and words, by words, by id, by similar words; what was moved."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from reportgen.tree.matching import MatchKey, block_match_key, join_moved, longest_rising_sequence, match, row_match_key
from reportgen.tree.nodes import Heading, Paragraph, Row, Text
from tests.nodes import amount, cell, money, t


def keys(*items: str) -> list[MatchKey]:
    """``id:words`` or ``id:words:kind``."""
    return [MatchKey(*item.split(":")) for item in items]


def test_what_agrees_in_both_comes_before_words_and_ids() -> None:
    assert match(keys("1:甲", "2:乙"), keys("1:乙", "2:甲", "3:乙")) == [(None, 0), (0, 1), (1, 2)]
    assert match(keys("1:甲", "2:乙"), keys("2:乙")) == [(0, None), (1, 0)]
    assert match(keys("1:甲"), keys("9:新", "1:甲")) == [(None, 0), (0, 1)]


def test_a_renamed_item_is_found_by_its_id_and_a_renumbered_one_by_its_words() -> None:
    assert match(keys("1:甲"), keys("1:全然不同")) == [(0, 0)]
    assert match(keys("1:甲", "2:乙"), keys("1:丙", "2:甲", "3:乙")) == [(None, 0), (0, 1), (1, 2)]


def test_items_without_id_are_matched_by_similar_words() -> None:
    assert match(keys(":负责人事工作"), keys(":负责人事管理工作")) == [(0, 0)]
    assert match(keys(":负责人事工作"), keys(":检查车辆")) == [(0, None), (None, 0)]
    assert match(keys(":甲乙丙丁"), keys(":无关", ":甲乙丙戊")) == [(None, 0), (0, 1)]


def test_kinds_never_mix() -> None:
    assert match(keys("1:甲:段"), keys("1:甲:题")) == [(0, None), (None, 0)]
    assert match(keys(":甲乙丙丁:段"), keys(":甲乙丙戊:题")) == [(0, None), (None, 0)]


def test_items_of_figures_alone_are_matched_by_their_position() -> None:
    assert match(keys("1:甲", "5:", "2:乙"), keys("1:甲", "6:", "2:乙")) == [(0, 0), (1, 1), (2, 2)]


def test_repeated_items_are_matched_from_the_beginning() -> None:
    assert match(keys(":甲", ":甲", ":乙"), keys(":甲", ":甲", ":乙")) == [(0, 0), (1, 1), (2, 2)]
    assert match(keys(":甲", ":甲"), keys(":甲")) == [(0, 0), (1, None)]


def test_a_moved_item_is_joined_if_it_has_words() -> None:
    old, new = keys("a:甲", "b:乙", "c:丙"), keys("c:丙", "a:甲", "b:乙")
    pairs = match(old, new)
    assert pairs == [(None, 0), (0, 1), (1, 2), (2, None)]
    assert list(join_moved(pairs, old, new)) == [(2, 0), (0, 1), (1, 2)]
    blank = keys("x:"), keys("y:")
    assert list(join_moved([(0, None), (None, 0)], *blank)) == [(0, None), (None, 0)]
    other = keys("x:甲:段"), keys("y:甲:题")
    assert list(join_moved([(0, None), (None, 0)], *other)) == [(0, None), (None, 0)]


def test_two_moved_items_with_the_same_words_are_joined_in_order() -> None:
    old, new = keys("a:甲", "b:甲"), keys("c:甲", "d:甲")
    unpaired = [(0, None), (1, None), (None, 0), (None, 1)]
    assert list(join_moved(unpaired, old, new)) == [(0, 0), (1, 1)]


def test_blocks_and_rows_are_matched_without_their_numbers_and_figures() -> None:
    assert block_match_key(Heading("一", 2, (Text("（一）"), Text("收入")))) == MatchKey("一", "收入", "Heading2")
    item = Paragraph("x", (Text("1."), Text("共"), money("1.00"), Text("万元")), "item")
    assert block_match_key(item) == MatchKey("x", "共万元", "Paragraph")
    assert block_match_key(Paragraph("x", t("共"))) == MatchKey("x", "共", "Paragraph")
    row = Row("r", (cell(""), cell("208"), cell("社保"), amount("1.00"), cell("")))
    assert row_match_key(row) == MatchKey("r", "208\t社保")


@given(st.lists(st.integers(0, 8), max_size=8))
def test_the_rising_sequence_is_the_longest(values: list[int]) -> None:
    pairs = list(enumerate(values))
    found = longest_rising_sequence(pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
    assert set(found) <= set(pairs)
    longer = (part for n in range(len(found) + 1, len(pairs) + 1) for part in combinations(values, n))
    assert not any(all(a < b for a, b in pairwise(part)) for part in longer)


@given(*[st.lists(st.sampled_from(["a:甲", "b:乙", ":甲", ":甲乙丙丁", ":甲乙丙戊", "c:", "a:乙:题"]), max_size=6)] * 2)
def test_every_item_is_met_once_and_in_order(old: list[str], new: list[str]) -> None:
    pairs = match(keys(*old), keys(*new))
    assert [i for i, _ in pairs if i is not None] == list(range(len(old)))
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))
    assert all(keys(old[i])[0].kind == keys(new[j])[0].kind for i, j in pairs if i is not None and j is not None)
    joined = list(join_moved(pairs, keys(*old), keys(*new)))
    assert sorted(i for i, _ in joined if i is not None) == list(range(len(old)))
    assert [j for _, j in joined if j is not None] == list(range(len(new)))


def test_a_similar_item_is_matched_once() -> None:
    assert match(keys(":甲乙丙丁", ":甲乙丙戊"), keys(":甲乙丙己")) == [(0, 0), (1, None)]
