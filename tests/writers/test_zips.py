"""Zips without a clock."""

from __future__ import annotations

import struct
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import pytest

from reportgen.writers import zips

PARTS: dict[str, bytes | str] = {"word/document.xml": "<文/>", "[Content_Types].xml": "<t/>", "_rels/.rels": b"<r/>"}


def test_the_bytes_follow_from_parts_and_date_alone() -> None:
    packed = zips.pack(PARTS, date(2023, 1, 2))
    assert packed == zips.pack(dict(reversed(list(PARTS.items()))), date(2023, 1, 2))
    with ZipFile(BytesIO(packed)) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        assert {info.date_time for info in archive.infolist()} == {(2023, 1, 2, 0, 0, 0)}
        assert archive.read("word/document.xml").decode("utf-8") == "<文/>"


def test_a_date_before_zips_is_their_first_year() -> None:
    with ZipFile(BytesIO(zips.pack(PARTS, date(1970, 5, 6)))) as archive:
        assert archive.infolist()[0].date_time == (1980, 5, 6, 0, 0, 0)


def zipped_now(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_dated_zip_has_no_clock_no_system_and_names_in_order() -> None:
    parts = {"word/文.xml": b"x" * 500, "[Content_Types].xml": b"<t/>", "a.xml": b""}
    payload = zips.dated(zipped_now(parts), date(2023, 4, 5))
    with ZipFile(BytesIO(payload)) as archive:
        assert archive.namelist() == sorted(parts)
        assert {name: archive.read(name) for name in parts} == parts
        for info in archive.infolist():
            assert (info.date_time, info.create_system, info.external_attr) == ((2023, 4, 5, 0, 0, 0), 0, 0)
            local = payload[info.header_offset : info.header_offset + 30]
            assert struct.unpack("<2H", local[10:14]) == (0, (2023 - 1980) << 9 | 4 << 5 | 5)
    assert zips.dated(payload, date(2023, 4, 5)) == payload


def test_a_date_before_zips_is_their_first_year_in_a_dated_zip_too() -> None:
    with ZipFile(BytesIO(zips.dated(zipped_now({"a": b"x"}), date(1970, 5, 6)))) as archive:
        assert archive.infolist()[0].date_time == (1980, 5, 6, 0, 0, 0)


def test_stored_and_unpacked_are_inverse() -> None:
    parts = {"b": b"1" * 300, "a": b""}
    assert zips.unpacked(zips.stored(parts)) == parts


def test_a_zip_is_checked_before_it_is_unpacked() -> None:
    with ZipFile(BytesIO(zipped_now({"a": b"x" * 60, "b": b"y" * 40}))) as archive:
        zips.check(archive, most=100, entries=2)
        with pytest.raises(BadZipFile):
            zips.check(archive, most=99, entries=2)
        with pytest.raises(BadZipFile):
            zips.check(archive, most=100, entries=1)
