"""Jobs whose files go to a store: what holds for a local folder holds for a store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.bulk.executors.remote_job import RemoteJob, build_remote_job, remote_job
from reportgen.bulk.jobs import Job
from reportgen.bulk.outcome import Outcome
from reportgen.bulk.store import Store
from reportgen.manifest import NAME as MANIFEST
from reportgen.manifest import record
from reportgen.manifest.state import file_name
from tests.cities import write

fsspec = pytest.importorskip("fsspec")

URL = "memory://city"
STATE = "memory://city.state"
SMALL = 33
"""A department of few pages."""


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Path]:
    yield shutil.copy(write(tmp_path / "city", SMALL), tmp_path / "450.json")
    fsspec.filesystem("memory").store.clear()


def remote(source: Path) -> RemoteJob:
    return remote_job(Job("450", str(source), "nowhere", "zhejiang", ("xlsx",)), Store(URL))


def test_the_files_are_put_into_the_store_and_then_are_current(source: Path) -> None:
    first = build_remote_job(remote(source))
    assert (first.status, first.current, len(first.files)) == ("generated", False, 1)
    assert Store(URL).sizes("450").keys() == {*first.files, "manifest.json"}
    assert {name.rpartition(".")[2] for name in Store(STATE).sizes("450")} == {"state", "json"}
    second = build_remote_job(remote(source))
    assert replace(second, current=False, seconds=0) == replace(first, seconds=0)
    assert second.current


def test_a_changed_document_is_built_anew(source: Path) -> None:
    build_remote_job(remote(source))
    before = _stored()
    source.write_text(source.read_text("utf-8").replace('"duties": ["', '"duties": ["依法'), encoding="utf-8")
    assert not build_remote_job(remote(source)).current
    assert {name for name, payload in _stored().items() if payload != before[name]} >= {"manifest.json", "outcome.json"}


def test_a_renamed_department_leaves_no_files_of_its_old_name(source: Path) -> None:
    first = build_remote_job(remote(source))
    data = json.loads(source.read_bytes())
    data["department"]["name"] = "新局"
    source.write_text(json.dumps(data), encoding="utf-8")
    second = build_remote_job(remote(source))
    assert second.findings[-1].code == "PL207"
    assert second.files != first.files
    assert Store(URL).sizes("450").keys() == {*second.files, "manifest.json"}
    assert list(record.parse(Store(URL).read("450/manifest.json"))) == [Path(name).stem for name in second.files]
    assert [name for name in Store(STATE).sizes("450") if name.endswith(".state")] == [
        file_name(Path(name).stem) for name in second.files
    ]
    again = build_remote_job(remote(source))
    assert (again.current, [finding.code for finding in again.findings]) == (True, [])


def test_a_folder_of_another_department_is_not_overwritten(source: Path) -> None:
    build_remote_job(remote(source))
    before = _stored()
    data = json.loads(source.read_bytes())
    data["department"]["code"] = "999"
    source.write_text(json.dumps(data), encoding="utf-8")
    other = build_remote_job(remote(source))
    assert other.status == "failed"
    assert "没有覆盖" in other.findings[0].text
    assert _stored() == before


@pytest.mark.parametrize("lost", ["manifest.json", "the state", "outcome.json", "the file"])
def test_a_set_with_a_missing_file_is_completed(source: Path, lost: str) -> None:
    made = build_remote_job(remote(source))
    before = _stored()
    fs, root = fsspec.core.url_to_fs(URL)
    state, slug = f"{root}.state/450", made.files[0].removesuffix(".xlsx")
    places = {"the file": f"{root}/450/{made.files[0]}", "the state": f"{state}/{slug}.state"}
    places |= {"manifest.json": f"{root}/450/{MANIFEST}", "outcome.json": f"{state}/outcome.json"}
    fs.rm_file(places[lost])
    outcome = build_remote_job(remote(source))
    assert outcome.status == "generated", outcome.findings
    assert _stored() == before


def test_an_edited_file_is_not_overwritten_unless_forced(source: Path) -> None:
    made = build_remote_job(remote(source))
    fs, root = fsspec.core.url_to_fs(URL)
    fs.pipe_file(f"{root}/450/{made.files[0]}", b"edited by hand")
    sent = remote(source)
    refused = build_remote_job(sent)
    assert refused.status == "failed"
    assert refused.findings[0].values["path"] == f"{URL}/450/{made.files[0]}"
    assert _stored()[made.files[0]] == b"edited by hand"
    assert build_remote_job(replace(sent, job=replace(sent.job, force=True))).status == "generated"
    assert _stored()[made.files[0]] != b"edited by hand"


def test_a_worker_with_another_program_refuses(source: Path) -> None:
    outcome = build_remote_job(replace(remote(source), common="of another version"))
    assert outcome.status == "failed"
    assert "程序、版式或字体" in outcome.findings[0].message
    assert Store(URL).sizes("450") == {}


@pytest.mark.parametrize("document", [b"{", b"\xff\xfe", b'{"schema": "reportgen/budget/2"}'])
def test_a_bad_document_gives_an_outcome_without_paths_of_the_worker(source: Path, document: bytes) -> None:
    outcomes = {_text(build_remote_job(replace(remote(source), document=document))) for _ in range(2)}
    assert len(outcomes) == 1
    assert '"failed"' in outcomes.pop()


def _text(outcome: Outcome) -> str:
    return json.dumps([outcome.status, *((f.message, dict(f.values), str(f.where)) for f in outcome.findings)])


@pytest.mark.parametrize("name", ["../../outside", "..", "."])
def test_a_manifest_that_points_out_of_its_folder_leads_nowhere(source: Path, name: str) -> None:
    build_remote_job(remote(source))
    text = (Store(URL).read("450/manifest.json") or b"").decode()
    entry = next(iter(json.loads(text)["documents"].values()))
    planted = text.replace(json.dumps(next(iter(entry["files"])), ensure_ascii=False), json.dumps(name))
    Store(URL).save({"manifest.json": planted.encode()}, "450")
    outcome = build_remote_job(remote(source))
    assert outcome.status == "generated", outcome.findings


def _stored() -> dict[str, bytes]:
    stores = (Store(URL), Store(STATE))
    return {name: store.read(f"450/{name}") or b"" for store in stores for name in store.sizes("450")}
