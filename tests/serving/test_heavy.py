"""Pages and files come out of worker processes as they do in this one; an error of a worker is told as an error."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from reportgen.core.errors import InputError, TypesettingError
from reportgen.pipeline import check, load
from reportgen.serving import heavy
from reportgen.serving.heavy import FilesJob, InThisProcess, InWorkers, make_files, set_pages
from reportgen.serving.results import Results

from .browsing import DEMO
from .pictures import with_questions


@pytest.fixture(scope="module")
def workers() -> Iterator[InWorkers]:
    running = InWorkers(1)
    running.start()
    yield running
    running.stop()


def test_pages_and_files_are_the_same_as_in_this_process(workers: InWorkers) -> None:
    here, there = Results(load(DEMO)), Results(load(DEMO), workers)
    assert there.sizes == here.sizes
    assert there.figures(5) == here.figures(5)
    assert there.picture(5) == here.picture(5)
    assert there.file("html") == here.file("html")
    assert there.findings == here.findings


def test_pages_are_set_ahead_once(workers: InWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, done = [], threading.Event()
    original = workers.call

    def call(work: object, job: object) -> object:
        calls.append(work)
        value = original(work, job)
        done.set()
        return value

    monkeypatch.setattr(workers, "call", call)
    results = Results(load(DEMO), workers)
    results.set_soon()
    assert done.wait(20)
    assert len(results.sizes) == 29
    results.set_soon()
    assert calls == [set_pages]


def test_an_error_forbids_files_there_too(workers: InWorkers) -> None:
    assert workers.call(make_files, FilesJob(with_questions(), None, "html"))[0] == {}


@pytest.mark.parametrize("here", [True, False])
def test_an_error_of_the_work_is_raised_with_its_words(workers: InWorkers, here: bool) -> None:
    place = InThisProcess() if here else workers
    with pytest.raises(InputError, match=r"不是|读不|JSON"):
        place.call(make_files, FilesJob(b"{", None, "html"))


def test_a_worker_that_is_lost_is_an_error(workers: InWorkers) -> None:
    with pytest.raises(InputError, match="没有做成"):
        workers.call(set_pages, lambda: 1)


def test_an_error_of_typesetting_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise TypesettingError("没有字体")

    monkeypatch.setattr(heavy, "draft_pages", fails)
    prepared = check(DEMO).prepared
    with pytest.raises(InputError, match="没有字体"):
        InThisProcess().call(set_pages, (prepared.document, prepared.layout.style))
