"""The workbench under load: clerks at once, each with a document of 45 pages, and how soon the first page is there.

    python benchmarks/workbench.py                      # 20 clerks come within 10 s and click once a second
    python benchmarks/workbench.py --arrive 1           # all of them open their documents at once

The server is the program itself (`reportgen serve`); the clerks are threads of this process. Every document differs in
its texts, so that nothing that is remembered of one helps another.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import checkout  # noqa: F401 - must come before what imports reportgen
from machine import description
from show import seconds, table
from variety import other_texts

from reportgen.core.paths import shipped
from reportgen.pipeline import load
from reportgen.serving.folder import Folder
from reportgen.serving.reading import title_of

SAMPLE = shipped("data") / "samples" / "shaoxing-hrss-2023.json"
WAY = (
    "/", "{d}/check", "{d}/wording", "{d}/preview", "{d}/pages/1/1.png", "{d}/pages/1/2.png", "{d}/pages/1/3.png",
    "{d}/page/{p}", "{d}/pages/1/{p}.png", "{d}/versions", "{d}/compare", "{d}/export",
)  # fmt: skip
"""What a clerk asks for, one click after the other; ``{p}`` is any page."""
PAGES = 44
WORKING, AGAIN = b'data-running="yes"', 0.2
"""What a page says that is not made yet, and after how many seconds it is asked for again."""


@dataclass(frozen=True)
class Answer:
    """An answer: the page as :data:`WAY` has it, whether it was asked for the first time, status, seconds."""

    page: str
    first: bool
    status: int
    seconds: float


class Clerk:
    """A browser: one connection, one cookie, one document."""

    def __init__(self, address: str, document: str, seed: int) -> None:
        """Come in by the address with the token."""
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self._document, self._random = document, random.Random(seed)
        self._connection.request("GET", f"{parts.path}?{parts.query}")
        answer = self._connection.getresponse()
        answer.read()
        self._cookie = (answer.getheader("set-cookie") or "").partition(";")[0]

    def get(self, path: str) -> tuple[int, bytes]:
        """Ask for a page; while it is not made yet, again and again, as the page with the progress does."""
        while True:
            status, body = self._once(path)
            if WORKING not in body:
                return status, body
            time.sleep(AGAIN)

    def _once(self, path: str) -> tuple[int, bytes]:
        for _ in range(2):
            try:
                self._connection.request("GET", path, headers={"cookie": self._cookie, "accept-language": "zh-CN"})
                answer = self._connection.getresponse()
                return answer.status, answer.read()
            except http.client.RemoteDisconnected:  # the server ends a connection that is idle
                self._connection.close()
        return 0, b""

    def walk(self, rounds: int, pause: float, arrive: float) -> list[Answer]:
        """Come within ``arrive`` seconds; go through all pages, with a pause of about ``pause`` seconds after each."""
        answers = []
        time.sleep(self._random.random() * arrive)
        for turn in range(rounds):
            for page in WAY:
                path = page.format(d=f"/documents/{self._document}", p=self._random.randint(4, PAGES))
                began = time.perf_counter()
                status, _ = self.get(path)
                answers.append(Answer(page, turn == 0, status, time.perf_counter() - began))
                time.sleep(pause * (0.5 + self._random.random()))
        return answers


@contextmanager
def workbench(folder: Path) -> Iterator[str]:
    """The program on a free port; yields the address with the token."""
    command = [sys.executable, "-m", "reportgen", "serve", "--folder", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def documents(folder: Path, count: int) -> list[str]:
    """Keep as many documents as there are clerks, each with other texts; return their ids."""
    data, kept = json.loads(SAMPLE.read_bytes(), parse_float=str), Folder.created(folder)
    payloads = [json.dumps(other_texts(data, turn), ensure_ascii=False).encode() for turn in range(count)]
    return [kept.create(payload, "甲", "上传", title_of(load(payload))) for payload in payloads]


def first_page(clerk: Clerk, document: str) -> tuple[float, float]:
    """Seconds until the preview with the pages made, and from then until the first page's picture is there."""
    began = time.perf_counter()
    clerk.get(f"/documents/{document}/preview")
    built = time.perf_counter()
    status, picture = clerk.get(f"/documents/{document}/pages/1/1.png")
    assert (status, picture[1:4]) == (200, b"PNG")
    return built - began, time.perf_counter() - built


def lines(answers: list[Answer]) -> Iterator[list[str]]:
    """A line of the table for each page, those asked for the first time apart, and one for all."""
    for page in WAY:
        for first in (True, False):
            yield _line(page.replace("{d}", "…") + (", first time" if first else ""),
                        [one for one in answers if (one.page, one.first) == (page, first)])  # fmt: skip
    yield _line("all", answers)


def _line(name: str, answers: list[Answer]) -> list[str]:
    times = [one.seconds for one in answers]
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else max(times)
    errors = sum(one.status != 200 for one in answers)
    return [name, str(len(times)), *(map(seconds, (median(times), p95, max(times)))), str(errors)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--clerks", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--pause", type=float, default=1.0, metavar="SECONDS")
    parser.add_argument("--arrive", type=float, default=10.0, metavar="SECONDS")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        *own, alone = documents(folder, options.clerks + 1)
        with workbench(folder) as address:
            clerk = Clerk(address, alone, 0)
            clerk.get("/")
            time.sleep(2)  # the workers start with the server
            made, seen = first_page(clerk, alone)
            clerks = [Clerk(address, document, n) for n, document in enumerate(own)]
            with ThreadPoolExecutor(len(clerks)) as threads:
                walks = threads.map(lambda one: one.walk(options.rounds, options.pause, options.arrive), clerks)
                answers = [answer for walk in walks for answer in walk]
    print(description(), "\n")
    print(
        f"preview of {PAGES} pages, nothing loaded before: {seconds(made)} s; then the first page: {seconds(seen)} s\n"
    )
    print(table(("page", "asked", "median", "p95", "longest", "errors"), list(lines(answers))))


if __name__ == "__main__":
    main()
