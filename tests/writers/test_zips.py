"""Zips without a clock."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

from reportgen.writers import zips

PARTS = {"word/document.xml": "<文/>", "[Content_Types].xml": "<t/>", "_rels/.rels": b"<r/>"}


def test_the_bytes_follow_from_parts_and_date_alone() -> None:
    packed = zips.pack(PARTS, date(2023, 1, 2))
    assert packed == zips.pack(dict(reversed(PARTS.items())), date(2023, 1, 2))
    with ZipFile(BytesIO(packed)) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        assert {info.date_time for info in archive.infolist()} == {(2023, 1, 2, 0, 0, 0)}
        assert archive.read("word/document.xml").decode("utf-8") == "<文/>"


def test_a_date_before_zips_is_their_first_year() -> None:
    with ZipFile(BytesIO(zips.pack(PARTS, date(1970, 5, 6)))) as archive:
        assert archive.infolist()[0].date_time == (1980, 5, 6, 0, 0, 0)
