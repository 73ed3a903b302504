"""Long work: in worker processes, with a page that shows how far it is, and to be stopped."""

from __future__ import annotations

import gc
import os
import re
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from reportgen.isolation import Limits, StandingWorkers, standing
from reportgen.isolation.steps import read_steps, tell
from reportgen.serving import tasks
from reportgen.serving.app import application
from reportgen.serving.calls import warm
from reportgen.serving.folder import Folder
from reportgen.serving.pending import Pending, Uploads, parsed
from reportgen.serving.quiet import QUIET, making, wait_until_quiet
from reportgen.serving.roles import User
from reportgen.serving.tasks import shown, taken
from reportgen.serving.token_access import TokenAccess
from reportgen.serving.workbench import Form
from tests.isolation import jobs

from .browsing import BASE, DEMO, HOST, TOKEN, client, kept, languages, upload, words

SCRIPT = {"x-reportgen-progress": "1"}


@pytest.fixture(scope="module")
def workers() -> Iterator[StandingWorkers]:
    with closing(StandingWorkers(2, Limits(seconds=60, memory=2048), warm)) as made:
        for call in [made.start(time.sleep, 0.1), made.start(time.sleep, 0.1)]:
            call.outcome.result()
        yield made


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page with the progress comes in between, however busy the machine is."""
    monkeypatch.setattr(tasks, "PATIENCE", 60.0)


def app(folder: Path, workers: StandingWorkers) -> Any:
    made = application(folder, TokenAccess(TOKEN, frozenset({HOST})), languages(), workers)
    made.router.routes += [shown("/slow", slow), shown("/broken", broken), shown("/gone", gone)]
    made.router.routes.append(taken("/taken", taken_file))
    return made


def browser(folder: Path, workers: StandingWorkers) -> TestClient:
    made = TestClient(app(folder, workers), base_url=BASE, headers={"origin": BASE, "accept-language": "zh-CN"})
    assert made.get(f"/?token={TOKEN}").status_code == 200
    return made


def slow(request: Any) -> Response:
    tell("正在核对", 1, 4)
    time.sleep(float(request.query_params["seconds"]))
    return PlainTextResponse("made at last")


def taken_file(request: Any) -> Response:
    time.sleep(0.3)
    return PlainTextResponse(str(os.getpid()))


def broken(request: Any) -> Response:
    raise ZeroDivisionError("a secret")


def gone(request: Any) -> Response:
    os._exit(3)


def test_pages_and_files_of_workers_are_those_of_the_server(tmp_path: Path, workers: StandingWorkers) -> None:
    here, there = browser(tmp_path, workers), client(tmp_path)
    document = upload(here)
    for page in ("check", "preview", "wording", "versions", "upload", "page/5"):
        assert there.get(f"{document}/{page}").text == here.get(f"{document}/{page}").text
    for file in ("files/1/docx", "pages/1/2.png", "versions/1.json"):
        assert there.get(f"{document}/{file}").content == here.get(f"{document}/{file}").content
    for missing in ("page/99", "files/1/exe", "pages/1/99.png"):
        assert here.get(f"{document}/{missing}").status_code == 404
    assert int(here.get("/taken").text) != os.getpid()


def test_a_refused_upload_is_told_as_without_workers(tmp_path: Path, workers: StandingWorkers) -> None:
    answer = browser(tmp_path, workers).post("/documents", files={"file": ("x", b"%PDF-1.4")})
    assert answer.status_code == 422
    assert "没有做成" in words(answer.text)


def test_what_takes_long_shows_how_far_it_is_and_then_the_page(
    tmp_path: Path, workers: StandingWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PATIENCE", 0.2)
    here = browser(tmp_path, workers)
    page = here.get("/slow?seconds=2").text
    assert 'data-running="yes"' in page
    while "正在核对 1 / 4" not in words(page):  # the same work goes on
        assert 'data-running="yes"' in page
        page = here.get("/slow?seconds=2").text
    assert 'max="4" value="1"' in page
    while 'data-running="yes"' in here.get("/slow?seconds=2", headers=SCRIPT).text:
        time.sleep(0.1)
    assert here.get("/slow?seconds=2").text == "made at last"
    assert 'data-running="yes"' in here.get("/slow?seconds=2").text  # handed out once


def test_long_work_can_be_stopped(tmp_path: Path, workers: StandingWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "PATIENCE", 0.3)
    here, document = browser(tmp_path, workers), kept(tmp_path)
    page = here.get("/slow?seconds=60").text
    stop = re.search(r'action="(/work/\w+/stop)"', page)
    assert stop
    monkeypatch.setattr(tasks, "PATIENCE", 20)
    begun = time.monotonic()
    assert "已停下" in words(here.post(stop[1]).text)
    assert time.monotonic() - begun < 10
    assert "可以公开" in words(here.get(f"{document}/check").text)
    assert here.post(stop[1]).status_code == 404


def test_a_form_that_takes_long_says_where_its_result_will_be(
    tmp_path: Path, workers: StandingWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PATIENCE", 0.0)
    here = browser(tmp_path, workers)
    answer = here.post("/documents", files={"file": ("x", DEMO)})
    address = answer.history[0].headers["location"]  # where it leads may be done by now
    assert address.startswith("/work/")
    monkeypatch.setattr(tasks, "PATIENCE", 20)
    found = here.get(address)
    assert str(found.url.path).endswith("/check")
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1
    assert str(here.get(address).url.path) == str(found.url.path)  # asked for again, nothing is done again
    assert browser(tmp_path, workers).get(address).status_code == 404  # a new start knows nothing of it
    assert "这件事没有做完" in words(browser(tmp_path, workers).get(address).text)


def test_an_error_of_the_program_is_recorded_without_data(tmp_path: Path, workers: StandingWorkers) -> None:
    here = browser(tmp_path, workers)
    answer = here.get("/broken")
    assert (answer.status_code, "程序出了错" in answer.text) == (500, True)
    log = (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    assert "error ZeroDivisionError test_tasks.py:" in log
    assert "secret" not in answer.text + log


def test_a_worker_that_ends_costs_its_page_only(tmp_path: Path, workers: StandingWorkers) -> None:
    here = browser(tmp_path, workers)
    answer = here.get("/gone")
    assert answer.status_code == 422
    assert "进程异常结束" in words(answer.text)
    assert here.get(f"{kept(tmp_path)}/check").status_code == 200


def test_calls_of_one_key_stay_with_one_worker_unless_it_works_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(StandingWorkers(2, Limits(seconds=60, memory=512), gc.collect)) as two:
        (first,) = {two.start(pid, None, "one").outcome.result().value for _ in range(3)}
        busy = two.start(time.sleep, 0.5, "one")
        assert two.start(pid, None, "one").outcome.result().value == first
        assert busy.outcome.done()
        monkeypatch.setattr(standing, "LONG_CALL", 0.0)
        two.start(time.sleep, 30, "one")
        assert two.start(pid, None, "one").outcome.result().value != first


def pid(_: object) -> int:
    return os.getpid()


def test_a_call_that_takes_too_long_is_ended(workers: StandingWorkers) -> None:
    assert workers.start(time.sleep, 30, seconds=0.3).outcome.result().loss == "time"


@pytest.mark.parametrize("text", ["", "[", "{}", '["a"]', '["a", "b", 1]', "[1, 2, 3, 4]"])
def test_half_a_step_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "steps").write_text(text)
    assert read_steps(tmp_path / "steps").total == 0


def test_documents_are_spread_over_the_workers_and_each_stays_with_its_own() -> None:
    with closing(StandingWorkers(2, Limits(seconds=60), jobs.warm)) as spread:

        def worker(key: str) -> int:
            return spread.start(len, "", key).outcome.result(timeout=60).worker

        first = [worker(f"new/{number}") for number in range(4)]
        assert sorted(first.count(one) for one in set(first)) == [2, 2]
        assert [worker(f"new/{number}") for number in range(4)] == first


def test_what_is_done_ahead_waits_until_no_page_is_being_made() -> None:
    done: list[float] = []
    waiting = Thread(target=lambda: (wait_until_quiet(), done.append(time.monotonic())))
    with making():
        waiting.start()
        time.sleep(0.3)
        assert done == []
    with making():  # the next page follows at once
        ended = time.monotonic()
    waiting.join(10)
    assert done[0] - ended >= QUIET


def test_an_upload_that_a_killed_server_did_not_read_is_read_after_its_start(
    tmp_path: Path, workers: StandingWorkers
) -> None:
    form, user = Form({}, {"file": [DEMO]}), User("zhang", frozenset({"department"}), is_named=True)
    waiting = Pending("_new_document", form, ("0123456789ab",), "/documents", "", user)
    assert parsed(waiting.payload()) == waiting
    Uploads(tmp_path).keep("one", waiting)
    Uploads(tmp_path).keep("another", Pending("_unknown", form, (), "/documents", "", user))
    (tmp_path / "uploads" / "damaged.json").write_bytes(b"{")
    here = browser(tmp_path, workers)
    for _ in range(200):
        if not (tmp_path / "uploads" / "one.json").exists():
            break
        time.sleep(0.1)
    record = Folder(tmp_path).record("0123456789ab")
    assert (record.latest.who, len(record.versions)) == ("zhang", 1)
    assert "可以公开" in words(here.get("/documents/0123456789ab/check").text)
    assert {path.name for path in (tmp_path / "uploads").iterdir()} == {"another.json", "damaged.json"}
    Uploads(tmp_path).keep("one", waiting)  # killed after the save and before it was forgotten
    browser(tmp_path, workers)
    while (tmp_path / "uploads" / "one.json").exists():
        time.sleep(0.1)
    assert len(Folder(tmp_path).record("0123456789ab").versions) == 1


def test_an_upload_is_kept_only_until_it_is_read(tmp_path: Path, workers: StandingWorkers) -> None:
    here = browser(tmp_path, workers)
    upload(here)
    assert here.post("/documents", files={"file": ("x", b"%PDF-1.4")}).status_code == 422
    assert not (tmp_path / "uploads").exists()


def test_a_file_that_ends_its_worker_is_not_kept_by_a_server_that_goes_on(
    tmp_path: Path, workers: StandingWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SERVER_ENDS_SECONDS", 0.5)
    running = workers.start(jobs.call, "exits")
    made = tasks.Tasks(languages(), workers, tmp_path)
    Uploads(tmp_path).keep("one", Pending("_upload", Form({}, {}), (), "/", "", User("甲", frozenset())))
    result = running.outcome.result(timeout=60)
    made._read("one", running, result)
    assert (result.loss, (tmp_path / "uploads" / "one.json").exists()) == ("death", True)
    end = time.monotonic() + 20
    while (tmp_path / "uploads").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not (tmp_path / "uploads").exists()


BROKEN = [b"", b"[]", b"{}", b'{"function": 1}', b'{"files": {"a": 1}}', b"[" * 100_000]


@pytest.mark.parametrize("payload", BROKEN)
def test_what_is_no_upload_is_left_alone(payload: bytes) -> None:
    with pytest.raises(ValueError, match="no upload"):
        parsed(payload)
