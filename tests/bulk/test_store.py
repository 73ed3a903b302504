"""A store of files: a set is complete or it has no record, whenever its writer is killed; a refusal is reported."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from reportgen.bulk import BulkOptions, Job, Outcome, run
from reportgen.bulk.executors.remote_job import build_into_store
from reportgen.bulk.output_target import LocalTarget, output_target
from reportgen.bulk.store import PARTS, STALE, Store, folder_url
from reportgen.core.errors import OutputError, UsageError
from tests.bulk.departments import put_many

fsspec = pytest.importorskip("fsspec")

OLD = {"a.pdf": b"old pdf", "a.docx": b"old docx", "manifest.json": b"old", "outcome.json": b"of old"}
NEW = {"manifest.json": b"new", "a.pdf": b"new pdf", "a.docx": b"new docx", "outcome.json": b"of new"}


@pytest.fixture(params=["memory", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield f"memory://{tmp_path.name}" if request.param == "memory" else tmp_path.as_uri()
    fsspec.filesystem("memory").store.clear()


def stored(url: str, folder: str = "450") -> dict[str, bytes]:
    """What a reader finds in a department's folder."""
    store = Store(url)
    return {name: store.read(f"{folder}/{name}") or b"" for name in store.sizes(folder)}


def test_a_set_is_read_as_it_was_saved(url: str) -> None:
    Store(url).save(NEW, "450")
    assert stored(url) == NEW
    assert Store(url).sizes("450") == {name: len(payload) for name, payload in NEW.items()}
    assert Store(url).read("450/none.pdf") is None
    assert Store(url).sizes("451") == {}


def test_no_key_has_an_empty_segment() -> None:
    store = Store("memory://bucket/out/")
    store.save({"index.html": b"x"})
    store.save(NEW, "450")
    assert (store.read("index.html"), store.read("450/a.pdf")) == (b"x", b"new pdf")
    keys = set(fsspec.filesystem("memory").store)
    fsspec.filesystem("memory").store.clear()
    assert keys == {f"/bucket/out/{name}" for name in ("index.html", *(f"450/{name}" for name in NEW))}


def test_a_run_into_a_store_of_objects_that_is_interrupted_and_resumed(tmp_path: Path) -> None:
    put_many(tmp_path / "in", 2)
    url, options = "memory://bucket/2026", BulkOptions(formats=("xlsx",))

    def interrupted(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        yield build_into_store(url, "1", jobs[0])
        raise KeyboardInterrupt

    def resumed(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        yield from (build_into_store(url, "2", job) for job in jobs)

    with pytest.raises(KeyboardInterrupt):
        run([tmp_path / "in"], url, options, executor=interrupted)
    assert json.loads(Store(url).read("summary.json") or b"")["complete"] is False
    summary = run([tmp_path / "in"], url, options, executor=resumed)
    assert [(one.status, one.current) for one in summary.outcomes] == [("generated", True), ("generated", False)]
    keys = set(fsspec.filesystem("memory").store)
    fsspec.filesystem("memory").store.clear()
    assert not [key for key in keys if "//" in key or PARTS in key]
    assert {"/bucket/2026/index.html", "/bucket/2026/501/manifest.json"} <= keys


class Died(BaseException):
    """The worker is gone: nothing catches this."""


@pytest.mark.parametrize("step", range(14))
def test_a_writer_that_dies_leaves_no_set_that_looks_complete(
    url: str, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each step that changes the store: with a record, all is of one set; a second try makes all new."""
    Store(url).save(OLD, "450")
    with monkeypatch.context() as patch:
        _die_after(step, patch)
        try:
            Store(url).save(NEW, "450")
        except Died:
            pass
        else:
            assert step >= 10, "the save was over before the step"
    found = stored(url)
    if "outcome.json" in found:
        assert found in (OLD, NEW)
    Store(url).save(NEW, "450")
    assert stored(url) == NEW


def _die_after(step: int, patch: pytest.MonkeyPatch) -> None:
    """Let ``step`` changes of any store happen, and no more."""
    left = iter(range(step))

    def dying(what: Any) -> Any:
        def do(*args: Any, **options: Any) -> Any:
            if next(left, None) is None:
                raise Died
            return what(*args, **options)

        return do

    for kind in map(fsspec.get_filesystem_class, ("memory", "file")):
        for name in ("pipe_file", "rm_file", "mv"):
            patch.setattr(kind, name, dying(getattr(kind, name)))
    patch.setattr(Path, "replace", dying(Path.replace))


def test_temporary_files_of_this_run_and_of_killed_runs_are_removed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dead, living, own = Store(url, "1000-dead"), Store(url, f"{10**10}-living"), Store(url)
    for one in (dead, living, own):
        one.save(NEW, f"{PARTS}/{one.run}")
    monkeypatch.setattr("reportgen.bulk.store.time.time", lambda: 1000.0 + STALE + 1)
    own.remove_leftovers()
    assert [bool(one.sizes(f"{PARTS}/{one.run}")) for one in (dead, living, own)] == [False, True, False]


def test_no_folder_of_temporary_files_remains(tmp_path: Path) -> None:
    store = Store(tmp_path.as_uri())
    store.save(NEW, "450")
    store.remove_leftovers()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["450"]


def test_a_path_is_a_local_folder_and_a_url_a_store(tmp_path: Path) -> None:
    assert isinstance(output_target(str(tmp_path)), LocalTarget)
    assert isinstance(output_target(tmp_path.as_uri()), Store)


@pytest.mark.parametrize(("url", "says"), [("nowhere://x", "nowhere"), ("s3://bucket/x", "s3fs")])
def test_a_store_that_cannot_be_opened_is_named(url: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(
        sys.modules["fsspec.registry"]._registry, "s3", raising=False
    )  # what an earlier test has opened
    with pytest.raises(UsageError, match=says):
        output_target(url)


def test_without_fsspec_the_message_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(UsageError) as stop:
        output_target("memory://x")
    assert "reportgen[cluster]" in stop.value.hint


def test_a_folder_with_a_chinese_name_is_that_folder(tmp_path: Path) -> None:
    Store(folder_url(tmp_path / "公开")).save(NEW, "450")
    assert (tmp_path / "公开" / "450" / "a.pdf").read_bytes() == b"new pdf"


def test_a_store_that_refuses_is_reported_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "450").write_bytes(b"a file where the folder should be")
    with pytest.raises(OutputError) as stop:
        Store(tmp_path.as_uri()).save(NEW, "450")
    assert "450" in str(stop.value)
    assert json.dumps(stop.value.values)


def test_an_error_of_the_store_itself_is_said_in_short(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(url)

    def refuse(path: str) -> bytes:
        raise RuntimeError("throttled " + "x" * 300)

    monkeypatch.setattr(store._fs, "cat_file", refuse)
    with pytest.raises(OutputError, match=r"读不了 .*：RuntimeError throttled x+（") as caught:
        store.read("450/a.pdf")
    assert len(caught.value.values["why"]) == 200
