"""The manifest as bytes and back, and what its hashes decide."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.core.finding import Finding, Place, Severity
from reportgen.manifest import NAME, record
from reportgen.manifest.freshness import current_files, entries_made_from, fingerprint_hash, is_current, is_edited
from reportgen.manifest.hashes import of_bytes
from reportgen.manifest.record import Entry, File
from reportgen.pipeline.output_folder import BuildInputs, OutputFolder
from reportgen.pipeline.storage import LocalFolder

FINDING = Finding("GJ101", Severity.WARNING, "{a} 不对", (Place("/a", "二第1段"),), "改", {"a": "1"})
FILE = File("docx", "aa", 3, "now", "key", (FINDING,), ("old",))
PAYLOAD = b'{"year": 2023}'
ENTRY = Entry(
    "../a.json", record.packed(PAYLOAD), 2023, {"data": of_bytes(PAYLOAD)}, "0.3", (FINDING,), {"a.docx": FILE},
    {"段": "k"},
)  # fmt: skip


def changed(**fields: object) -> bytes:
    data = json.loads(record.written({"a": ENTRY}))
    data["documents"]["a"].update(fields)
    return json.dumps(data).encode()


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    payload = record.written({"b": ENTRY, "a": ENTRY})
    assert record.parse(payload) == {"a": ENTRY, "b": ENTRY}
    assert payload == record.written({"a": ENTRY, "b": ENTRY})
    assert payload.endswith(b"}\n")
    (tmp_path / NAME).write_bytes(payload)
    assert record.read(tmp_path) == {"a": ENTRY, "b": ENTRY}
    assert record.read(tmp_path / "none") == {}


def test_the_document_is_kept_byte_for_byte() -> None:
    assert ENTRY.payload() == PAYLOAD
    with pytest.raises(ValueError, match=r".+"):
        replace(ENTRY, data="00000").payload()


@pytest.mark.parametrize(
    "payload",
    [
        None, b"", b"[]", b"{", b"\xff", b'{"form": "reportgen-manifest/1"}', changed(files={"../x": {}}),
        changed(files={"..": {}}), changed(unknown=1), changed(findings=[{}]),
        record.written({"a": ENTRY}).replace(b"manifest/1", b"manifest/9"), b"[" * 100_000,
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_manifest_counts_as_none(payload: bytes | None) -> None:
    assert record.parse(payload) == {}


def test_a_manifest_of_version_0_2_is_read() -> None:
    data = json.loads(record.written({"a": ENTRY}))
    data["documents"]["a"]["ground"] = data["documents"]["a"].pop("fingerprint")
    assert record.parse(json.dumps(data).encode()) == {"a": ENTRY}


def test_a_pulled_version_is_added_to_the_known_ones() -> None:
    assert record.with_known(ENTRY, "a.docx", b"edited").files["a.docx"].known == ("old", of_bytes(b"edited"))


def test_entries_are_found_by_their_data() -> None:
    other = replace(ENTRY, fingerprint={})
    assert dict(entries_made_from({"a": ENTRY, "b": other}, PAYLOAD)) == {"a": ENTRY}
    assert dict(entries_made_from({"a": ENTRY}, b"other")) == {}


def test_a_fingerprint_is_one_hash_whatever_its_order() -> None:
    assert fingerprint_hash({"a": "1", "b": "2"}) == fingerprint_hash({"b": "2", "a": "1"})
    assert fingerprint_hash({"a": "1"}) != fingerprint_hash({"a": "2"})


def test_files_are_current_if_all_are_there_as_made_now() -> None:
    hashes = {"a.docx": "aa"}
    assert current_files(ENTRY, ["docx"], "now", lambda name: hashes.get(name, "")) == ["a.docx"]
    assert current_files(ENTRY, ["docx"], "then", lambda name: hashes.get(name, "")) is None
    assert current_files(ENTRY, ["docx", "pdf"], "now", lambda name: hashes.get(name, "")) is None
    assert current_files(ENTRY, ["docx"], "now", lambda name: "") is None
    assert current_files(ENTRY, [], "now", lambda name: "") == []


def test_a_file_is_current_with_its_hash_and_its_key() -> None:
    assert is_current("aa", FILE, "key")
    assert not is_current("ab", FILE, "key")
    assert not is_current("aa", FILE, "other")
    assert not is_current("aa", None, "key")


def test_a_file_is_edited_if_its_hash_is_none_of_ours() -> None:
    assert is_edited("hand", FILE, "new")
    assert not any(is_edited(digest, FILE, "new") for digest in ("", "aa", "new", "old"))
    assert is_edited("hand", None, "new")


def test_builds_into_one_folder_at_once_lose_no_entry(tmp_path: Path) -> None:
    names = [f"青溪市第{n}局" for n in range(15)]

    def save(name: str) -> None:
        storage = LocalFolder(tmp_path / "out")
        inputs = BuildInputs(None, name.encode(), {}, "1", 2023, (), {})
        OutputFolder(storage, name).save(inputs, [], {})

    with ThreadPoolExecutor(15) as pool:
        list(pool.map(save, names))
    assert sorted(record.read(tmp_path / "out")) == sorted(names)
