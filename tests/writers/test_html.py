"""The page for web sites: valid, complete in itself, with the structure that a screen reader goes by."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import html5lib
import pytest

from reportgen.pipeline.in_memory import prepare, with_contents
from reportgen.tree.figure_ids import named_figures
from reportgen.tree.nodes import Cell, Contents, Document, Entry, Heading, Row, Section
from reportgen.verify import compare
from reportgen.writers import default_formats, formats, read_back, writer
from reportgen.writers.html.style_sheet import style_sheet
from tests import nodes
from tests.families.golden import families, sample

HTML = writer("html")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def small(*blocks: Any) -> Document:
    return replace(nodes.document(), sections=(Section("s", "prose", blocks),))


def evil() -> Document:
    return replace(
        small(nodes.heading("h", 1, nodes.EVIL), nodes.heading("a b", 2, "</style><script>alert(1)</script>")),
        title=nodes.EVIL, author=nodes.EVIL, subject='"><base href=x>',
    )  # fmt: skip


def of_family(name: str) -> tuple[Document, bytes]:
    prepared = with_contents(prepare(sample(name), name))
    return prepared.document, HTML.write(prepared.document, prepared.layout.style)


PAGES = {
    "every kind of block": nodes.document(),
    "charts": nodes.with_charts(),
    "mark-up in its texts": evil(),
    "nothing": small(),
}
every_page = pytest.mark.parametrize("name", [*PAGES, *families()])


@cache
def written(name: str) -> tuple[Document, bytes]:
    """Return a document and the page that is written of it."""
    return (PAGES[name], HTML.write(PAGES[name], nodes.style())) if name in PAGES else of_family(name)


def parsed(payload: bytes) -> Any:
    """The page as a browser reads it; a parse error raises."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    return parser.parse(payload, transport_encoding="utf-8").getroot()


def test_a_build_makes_it_only_when_asked() -> None:
    assert "html" in formats()
    assert "html" not in default_formats()


@every_page
def test_it_parses_without_an_error_and_is_the_same_again(name: str) -> None:
    document, payload = written(name)
    assert parsed(payload).find("head/title").text == document.title
    if name in PAGES:
        assert HTML.write(document, nodes.style()) == payload


@every_page
def test_nothing_runs_and_nothing_is_loaded(name: str) -> None:
    root = parsed(written(name)[1])
    assert list(root.iter("script", "link", "img", "iframe", "object", "base")) == []
    assert {
        key for one in root.iter() for key in one.attrib if key.startswith("on") or key in ("src", "style")
    } == set()
    policy = root.find("head/meta[@http-equiv='Content-Security-Policy']").get("content")
    digest = base64.b64encode(hashlib.sha256(root.find("head/style").text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert re.findall(r"url\(|@import|https?:", root.find("head/style").text) == []


@every_page
def test_headings_leave_no_level_out_below_one_title(name: str) -> None:
    levels = [int(one.tag[1]) for one in parsed(written(name)[1]).iter(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))


@every_page
def test_ids_are_there_once_and_links_lead_to_headings(name: str) -> None:
    root = parsed(written(name)[1])
    ids = [one.get("id") for one in root.iter() if one.get("id") is not None]
    assert len(ids) == len(set(ids))
    assert not [one for one in ids if re.search(r"\s", one)]
    assert read_back("html", written(name)[1]).trouble == ""


@every_page
def test_every_figure_has_its_name(name: str) -> None:
    document, payload = written(name)
    ids = {one.get("id") for one in parsed(payload).iter()}
    names = {figure for _, _, figure in named_figures(document)}
    assert names <= ids
    assert {one for one in ids if one and one.startswith("_")} - names == {
        f"_table_{n}{part}" for n in range(1, len(document.tables()) + 1) for part in ("", "_caption")
    }


@every_page
def test_tables_say_what_their_cells_are(name: str) -> None:
    document, payload = written(name)
    tables = list(parsed(payload).iter("table"))
    assert len(tables) == len(document.tables())
    for table in tables:
        assert table.find("caption") is not None
        assert {cell.get("scope") for cell in table.iterfind("thead/tr/th")} <= {"col"}
        assert {cell.get("scope") for cell in table.iterfind("tbody/tr/th")} <= {"row"}
        assert [cell for cell in table.iter("th") if not "".join(cell.itertext()).strip()] == []
        box = table.getparent()
        assert (box.get("tabindex"), box.get("aria-labelledby")) == ("0", table.find("caption").get("id"))
        assert len(table.findall("colgroup/col")) >= max(len(row) for row in table.iter("tr"))


def test_the_last_label_before_the_figures_names_the_row() -> None:
    root = parsed(HTML.write(small(nodes.spending_table(2)), nodes.style()))
    rows = [[(cell.tag, cell.get("scope")) for cell in row] for row in root.iterfind(".//tbody/tr")]
    assert rows[1][:3] == [("td", None), ("th", "row"), ("td", None)]


def test_a_row_in_which_no_cell_begins_is_left_out() -> None:
    body = (
        Row("a", (nodes.cell("甲", rowspan=3), nodes.cell("乙", rowspan=2))), Row("b", ()),
        Row("c", (nodes.cell("丙"),)),
    )  # fmt: skip
    table = replace(nodes.spending_table(0), columns=nodes.spending_table(0).columns[:2], head=(), body=body)
    document = small(table)
    payload = HTML.write(document, nodes.style())
    rows = [[cell.get("rowspan") for cell in row] for row in parsed(payload).iterfind(".//tbody/tr")]
    assert rows == [["2", None], [None]]
    assert [*compare(document, read_back("html", payload), "x")] == []


def test_the_contents_are_links_in_lists_without_page_numbers() -> None:
    entries = (Entry(1, nodes.t("一、甲"), "h1", "3"), Entry(2, nodes.t("（一）乙"), "a b", "4"),
               Entry(1, nodes.t("二、丙"), "h3", "5"))  # fmt: skip
    headings = (nodes.heading("h1", 1, "一、甲"), nodes.heading("a b", 2, "（一）乙"), nodes.heading("h3", 1, "二、丙"))
    document = small(Contents("c", "目　录", entries, page_numbers=True), *headings)
    payload = HTML.write(document, nodes.style())
    nav = parsed(payload).find(".//nav")
    assert [(a.get("href"), a.text) for a in nav.iter("a")] == [
        ("#h1", "一、甲"),
        ("#a-b", "（一）乙"),
        ("#h3", "二、丙"),
    ]
    assert [a.text for a in nav.iterfind("ol/li/ol/li/a")] == ["（一）乙"]
    assert [*compare(document, read_back("html", payload), "x")] == []


def test_a_level_that_a_layout_leaves_out_is_not_left_out_here() -> None:
    root = parsed(HTML.write(small(nodes.heading("a", 3, "1.甲"), nodes.heading("b", 1, "一、乙")), nodes.style()))
    assert [one.tag for one in root.iter(*HEADINGS)] == ["h1", "h2", "h2"]


@pytest.mark.parametrize("one", [("a b", "a-b"), ("_table_1", "x"), ("", "y")])
def test_ids_that_would_be_equal_are_told_apart(one: tuple[str, str]) -> None:
    document = small(*(nodes.heading(id, 1, id) for id in one), nodes.spending_table(1))
    payload = HTML.write(document, nodes.style())
    assert [*compare(document, read_back("html", payload), "x")] == []


def test_two_blocks_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="h: two"):
        HTML.write(small(nodes.heading("h", 1, "甲"), nodes.heading("h", 1, "乙")), nodes.style())


def test_a_contents_entry_without_its_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="c: no heading"):
        HTML.write(small(Contents("c", "目录", (Entry(1, nodes.t("甲"), "nowhere"),))), nodes.style())


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_a_character_that_no_markup_can_have_is_refused(char: str) -> None:
    with pytest.raises(ValueError, match=rf"h: character U\+{ord(char):04X}"):
        HTML.write(small(nodes.heading("h", 1, f"甲{char}")), nodes.style())


def test_names_of_typefaces_and_page_numbers_end_no_rule() -> None:
    style = nodes.style()
    faces = {name: replace(face, name='a";}</style>', alternative="") for name, face in style.faces.items()}
    rules = style_sheet(replace(style, faces=faces, page_number="</style>{n}\\"), [])
    assert "</" not in rules
    assert rules.count("{") == rules.count("}")
    assert "\\22 \\3b \\7d \\3c \\2f style\\3e " in rules


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<main>", b"<main><p hidden>1</p>"),
        (b"<main>", b'<main><p onclick="x">1</p>'),
        (b"<main>", b'<main><img alt="">'),
        (b"</main>", b""),
        (b"</main>", b"</main></div>"),
        (b"</body>", b"</body><body></body>"),
        (b"</html>", b"</html><html></html>"),
        (b'href="#', b'href="https://x/'),
    ],
)
def test_what_is_no_page_of_ours_cannot_be_read(old: bytes, new: bytes) -> None:
    payload = written("every kind of block")[1]
    assert old in payload
    assert read_back("html", payload).trouble == ""
    assert read_back("html", payload.replace(old, new, 1)).trouble


def test_a_blank_paragraph_and_a_blank_cell_make_no_empty_headers() -> None:
    blank = Cell(nodes.t(" "))
    table = replace(nodes.spending_table(1), head=(Row("h", (blank,) * 6, "head"),))
    root = parsed(HTML.write(small(Heading("h", 1, nodes.t("一、甲")), table), nodes.style()))
    assert root.findall(".//thead//th") == []
