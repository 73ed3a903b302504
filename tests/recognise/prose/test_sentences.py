"""What sentences say, in the phrasings of many places: ``sentences.yaml``."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.recognise.prose.patterns import token_pattern
from reportgen.recognise.prose.read import read_prose, statements
from reportgen.recognise.prose.words import by_word, prose_words

from .said import YEAR, paragraphs, said

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_a_sentence_is_read_into_what_it_says(case: dict[str, Any]) -> None:
    prose = read_prose(paragraphs(case["text"]), YEAR)
    assert [said(one) for one in prose.statements] == case["says"]
    assert [one.text for one in prose.untied] == case.get("untied", [])


def test_amounts_are_in_yuan_with_their_rounding_and_place() -> None:
    text = "“三公”　经费 1，2 34.5 万元。".replace("，", ",")
    (statement,) = statements(paragraphs(text), YEAR)
    amount = statement.amount
    assert amount is not None
    assert (amount.value, amount.rounding, amount.unit) == (Decimal("12345000"), Decimal(500), "万元")
    assert text[amount.start : amount.end] == "1,2 34.5 万元"
    assert text[statement.start : statement.end] == "“三公”　经费 1,2 34.5 万元"


def test_amounts_without_their_last_zeros_are_exact_where_the_document_leaves_them_out() -> None:
    lines = [f"公务接待费{number}.{number}{number + 1}万元。" for number in range(1, 9)]
    (*_, short) = statements(paragraphs([*lines, "培训费5万元。"]), YEAR)
    (*_, kept) = statements(paragraphs([*lines, "会议费3.20万元。", "培训费5万元。"]), YEAR)
    assert short.amount is not None
    assert kept.amount is not None
    assert (short.amount.rounding, kept.amount.rounding) == (Decimal(50), Decimal(5000))


def test_headings_are_the_section_of_what_is_below_them() -> None:
    lines = [
        "# 第二部分 预算说明",
        "# 一、收支情况",
        "# （一）收入",
        "收入预算5.00万元。",
        "# 二、其他",
        "培训费1万元。",
    ]
    found = statements(paragraphs(lines), YEAR)
    assert [one.section for one in found] == [
        ("第二部分 预算说明", "一、收支情况", "（一）收入"),
        ("第二部分 预算说明", "二、其他"),
    ]
    assert [one.place for one in found] == ["第 1 页第 4 段", "第 1 页第 6 段"]


def test_no_word_has_two_meanings() -> None:
    words = prose_words()
    for meanings in (words.subjects, words.funds, words.sides):
        assert by_word(meanings)
    assert set(words.wholes) <= set(words.subjects)
    assert {part for parts in words.wholes.values() for part in parts} <= set(words.subjects)


HOSTILE = {
    "digits": "1" * 1_000_000,
    "grouped": "1,234," * 160_000,
    "brackets": "(" * 500_000 + "5万元" + ")" * 400_000,
    "lists": "其中：" * 300_000,
    "figures": "公务接待费5万元，" * 100_000,
    "comparisons": "比上年" * 300_000,
    "changes": "公务接待费增加5万元，其他交通费用减少3万元，" * 40_000,
    "nested": "公务接待费5万元，其中：" * 50_000,
    "in brackets": "公务接待费5万元（" * 50_000 + "）" * 50_000,
    "words": "一般公共预算财政拨款安排的" * 80_000,
    "quotes": "“" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_long_paragraph_of_anything_is_read_in_linear_time(name: str) -> None:
    token_pattern()
    text = HOSTILE[name]
    started = time.perf_counter()
    read_prose(paragraphs(text), YEAR)
    assert time.perf_counter() - started < 15
