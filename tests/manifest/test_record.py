"""The manifest as bytes and back, and what its hashes decide."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.core.finding import Finding, Place, Severity
from reportgen.manifest import NAME, record, state
from reportgen.manifest.freshness import current_files, entries_made_from, is_current, is_edited
from reportgen.manifest.hashes import fingerprint_hash, of_bytes
from reportgen.manifest.record import Entry, File
from reportgen.manifest.state import State
from reportgen.pipeline.output_folder import BuildInputs, OutputFolder
from reportgen.pipeline.state_folder import state_records
from reportgen.pipeline.storage import LocalFolder

FINDING = Finding("GJ101", Severity.WARNING, "{a} 不对", (Place("/a", "二第1段"),), "改", {"a": "1"})
FILE = File("docx", "aa", 3, "now", "key", ("old",))
PAYLOAD = b'{"year": 2023}'
ENTRY = Entry(2023, {"data": of_bytes(PAYLOAD)}, "0.3", {"a.docx": FILE})
STATE = State(
    state.FORM, fingerprint_hash(ENTRY.fingerprint), "../a.json", state.packed(PAYLOAD), state.packed(b"last"),
    (FINDING,), {"段": "k"},
)  # fmt: skip
FINDING_DATA = json.loads(state.written(STATE))["findings"]


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


def old(name: str = "fingerprint") -> bytes:
    """The manifest as earlier versions wrote it, with the source in it."""
    data = json.loads(record.written({"a": ENTRY}))
    entry = data["documents"]["a"]
    entry |= {"source": STATE.source, "data": STATE.data, "findings": FINDING_DATA, "blocks": {"段": "k"}}
    entry[name] = entry.pop("fingerprint")
    entry["files"]["a.docx"]["findings"] = FINDING_DATA
    return json.dumps(data | {"form": record.OLD_FORM}).encode()


def test_a_state_of_an_earlier_version_has_nothing_pulled() -> None:
    data = json.loads(state.written(STATE))
    del data["pulled"]
    assert state.parse(json.dumps(data).encode()) == STATE


def test_the_document_is_kept_byte_for_byte() -> None:
    kept = state.parse(state.written(STATE))
    assert kept == STATE
    assert (kept.payload(of_bytes(PAYLOAD)), kept.last_payload()) == (PAYLOAD, b"last")
    assert replace(STATE, last="").last_payload() is None


@pytest.mark.parametrize("damaged", [replace(STATE, data="00000"), replace(STATE, data=state.packed(b"other"))])
def test_the_source_of_another_document_is_not_taken(damaged: State) -> None:
    with pytest.raises(ValueError, match=r".+"):
        damaged.payload(of_bytes(PAYLOAD))


@pytest.mark.parametrize(
    "payload",
    [None, b"", b"[]", state.written(STATE).replace(b"state/1", b"state/9"), state.written(STATE)[:-9], b"{}"],
    ids=range(6),
)
def test_what_is_no_state_counts_as_none(payload: bytes | None) -> None:
    assert state.parse(payload) is None


@pytest.mark.parametrize(
    "payload",
    [
        None, b"", b"[]", b"{", b"\xff", b'{"form": "reportgen-manifest/1"}', changed(files={"../x": {}}),
        changed(files={"..": {}}), changed(unknown=1), changed(year=1),
        record.written({"a": ENTRY}).replace(b"manifest/2", b"manifest/9"), b"[" * 100_000,
        old().replace(b'"source"', b'"sauce"'), old().replace(b'"files": {', b'"files": 1, "x": {'),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_manifest_counts_as_none(payload: bytes | None) -> None:
    assert (record.parse(payload), record.states_inside(payload)) == ({}, {})


@pytest.mark.parametrize("name", ["fingerprint", "ground"])
def test_a_manifest_of_an_earlier_version_is_read_and_its_source_taken_out(name: str) -> None:
    assert record.parse(old(name)) == {"a": ENTRY}
    assert record.states_inside(old(name)) == {"a": replace(STATE, last="")}
    assert record.states_inside(record.written({"a": ENTRY})) == {}


def test_a_document_of_an_earlier_version_with_a_name_that_is_no_file_name_has_no_state() -> None:
    assert record.states_inside(old().replace(b'"a": {', b'"a:b": {')) == {}


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
        inputs = BuildInputs(None, name.encode(), None, {}, "1", 2023, (), {})
        OutputFolder(storage, name, state_records(storage)).save(inputs, [], {})

    with ThreadPoolExecutor(15) as pool:
        list(pool.map(save, names))
    assert sorted(record.read(tmp_path / "out")) == sorted(names)
