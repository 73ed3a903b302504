"""What is known of a value that is one of several: as much as holds of all of them."""

from __future__ import annotations

from reportgen.compose.known import ANYTHING, FIGURE, TEXT, Group, Leaf, Pair, Several, united


def test_of_tuples_those_as_long_as_the_first_count() -> None:
    both = united([Pair((FIGURE, TEXT)), Pair((FIGURE,)), Pair((ANYTHING, TEXT)), TEXT])
    assert isinstance(both, Pair)
    assert both.items == (FIGURE, TEXT)


def test_of_groups_every_name_is_known() -> None:
    both = united([Group({"a": FIGURE}), ANYTHING, Group({"b": TEXT})])
    assert isinstance(both, Group)
    assert (both.get("a"), both.get("b"), both.get("c")) == (FIGURE, TEXT, None)


def test_of_lists_the_items_are_united() -> None:
    both = united([Several(Group({"a": FIGURE})), Several(Group({"b": TEXT}))])
    assert isinstance(both, Several)
    assert isinstance(both.item, Group)
    assert list(both.item.names) == ["a", "b"]


def test_of_words_the_values_are_known_where_all_are() -> None:
    first, second = (Leaf("word", frozenset({word})) for word in "甲乙")
    assert united([first, second]) == Leaf("word", frozenset("甲乙"))
    assert united([first, Leaf("word")]) == Leaf("word")


def test_of_nothing_nothing_is_known() -> None:
    assert united([]) == united([ANYTHING]) == ANYTHING
