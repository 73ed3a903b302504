"""What is known of official tables: words of titles, heads and row labels, from ``data/recognition/*.yaml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from ..core.errors import LayoutError
from ..core.paths import shipped
from ..layout.fields import build
from ..layout.yaml_mapping import Mapping as YamlMapping
from ..layout.yaml_reader import parsed

RowsOf = Literal["function", "economic", "units", "panels", "records", "goals"]
FundKey = Literal["", "general_public", "government_fund", "state_capital", "fiscal_account", "own_funds"]

FINAL = "决算"
"""What the titles of final accounts say."""
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_QUOTATION_MARKS = re.compile("[“”„‟\"‘’'「」『』]")
_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十0-9]{1,3}\)[、.]?|[0-9]{1,2}[、.](?![0-9])|其中:|\*|[①-⑳])"
)


@dataclass(frozen=True, slots=True)
class TitleWords:
    """Words that a title must have all of, and words that it must have none of."""

    has: tuple[str, ...]
    lacks: tuple[str, ...] = ()

    def fit(self, title: str) -> bool:
        """Whether a plain title has the words."""
        return all(word in title for word in self.has) and not any(word in title for word in self.lacks)


@dataclass(frozen=True, slots=True)
class TableKind:
    """One kind of official table; ``columns`` and ``texts`` have the meanings of heads that each column may have.

    ``final`` has those of columns that only tables of final accounts (决算) have.
    """

    name: str
    titles: tuple[TitleWords, ...]
    rows: RowsOf
    columns: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, tuple[str, ...]]
    fund: FundKey = ""
    key: str = ""
    final: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of_title(self, title: str) -> TableKind:
        """Return the kind as a table with this title has it: in final accounts with the columns of ``final``, too."""
        return replace(self, columns={**self.columns, **self.final}) if self.final and FINAL in title else self


@dataclass(frozen=True, slots=True)
class HeadWords:
    """Meanings of labels in heads; which of them narrow the columns below; words of other amounts than this year's."""

    contexts: tuple[str, ...]
    other_amounts: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RowWords:
    """Meanings of the labels of rows: of totals, of the two sides of 收支总表, of “三公” items, of purchases."""

    total: tuple[str, ...]
    revenue: Mapping[str, tuple[str, ...]]
    expenditure: Mapping[str, tuple[str, ...]]
    three_public: Mapping[str, tuple[str, ...]]
    purchases: Mapping[str, tuple[str, ...]]
    goal_form: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]


def plain(text: object) -> str:
    """Return a text as labels are compared: without blanks and quotation marks, full-width characters as ordinary ones.

    >>> plain("“三公”　经费（合 计）")
    '三公经费(合计)'
    """
    return _QUOTATION_MARKS.sub("", _BLANKS.sub("", unicodedata.normalize("NFKC", str(text))))


def unnumbered(text: object) -> str:
    """Return a plain label without the numbers before it.

    >>> unnumbered("（一）一般公共预算"), unnumbered("1. 政府性基金"), unnumbered("其中：（1）购置费")
    ('一般公共预算', '政府性基金', '购置费')
    """
    label = plain(text)
    while found := _NUMBER.match(label):
        label = label[found.end() :]
    return label


def is_numbered(text: object) -> bool:
    """Whether a label begins with a number (一、 or （一） or 1.)."""
    return bool(_NUMBER.match(plain(text).removeprefix("其中:")))


@cache
def table_kinds() -> Mapping[str, TableKind]:
    """Return the kinds of tables by key, in the order in which titles are compared with them.

    Raises:
        LayoutError: a file of ``data/recognition`` has an unknown name or a wrong value.
    """
    data = words_file("tables")
    kinds = {key: build(TableKind, value, data.at(key), key=key) for key, value in data.items()}
    _check_meanings(kinds)
    return kinds


def _check_meanings(kinds: Mapping[str, TableKind]) -> None:
    """Raise an error for a column that is bound to a meaning which no label has."""
    known = set(head_words().labels)
    for kind in kinds.values():
        for meanings in (*kind.columns.values(), *kind.texts.values(), *kind.final.values()):
            for meaning in meanings:
                if not known.issuperset(meaning.split(".")):
                    message = "tables.yaml：“{kind}”用了 heads.yaml 里没有的“{meaning}”"
                    raise LayoutError(
                        message, "在 heads.yaml 的 labels 里加上它，或改正名称", kind=kind.key, meaning=meaning
                    )


@cache
def head_words() -> HeadWords:
    """Return what is known of the labels of heads."""
    return build(HeadWords, words_file("heads"))


@cache
def row_words() -> RowWords:
    """Return what is known of the labels of rows."""
    return build(RowWords, words_file("rows"))


@cache
def head_meanings() -> Mapping[str, str]:
    """Return the meaning of each label of a head; no label has two."""
    return _by_label(head_words().labels, "heads.yaml")


@cache
def row_meanings(
    group: Literal["revenue", "expenditure", "three_public", "purchases", "goal_form"],
) -> Mapping[str, str]:
    """Return the meaning of each label of a row."""
    return _by_label(getattr(row_words(), group), "rows.yaml")


def is_total(label: str) -> bool:
    """Whether a label is that of a row of totals."""
    return unnumbered(label).rstrip(":") in row_words().total


def is_part(label: str) -> bool:
    """Whether a label says that its amount is a part of the one above (其中：…), so that it adds nothing."""
    return plain(label).startswith("其中")


def is_note(text: str) -> bool:
    """Whether a text is a note below a table."""
    return bool(re.match(rf"\(?(?:{'|'.join(row_words().notes)})(?:[:：]|[0-9一二三]|$)", plain(text)))


def _by_label(meanings: Mapping[str, tuple[str, ...]], file: str) -> Mapping[str, str]:
    by_label: dict[str, str] = {}
    for meaning, labels in meanings.items():
        for label in labels:
            if by_label.setdefault(plain(label), meaning) != meaning:
                raise LayoutError("{file}：“{label}”写了两个意思", "只留一个", file=file, label=label)
    return by_label


def words_file(name: str) -> YamlMapping:
    """Return ``data/recognition/<name>.yaml``, parsed."""
    path = shipped("data") / "recognition" / f"{name}.yaml"
    return parsed(path.read_bytes(), path.name)
