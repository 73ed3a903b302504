"""``reportgen watch``, as a person uses it: a process that goes on while files are saved."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportgen
from reportgen.core.paths import shipped
from tests.interrupts import interrupts_enabled

DEMO = shipped("data") / "samples" / "demo-2023.json"
PATIENCE = 60
"""Seconds a busy machine may take for what a quiet one does in one."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process on Windows")


class Watch:
    """A running watch; ``until`` reads what it says."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "预算.json"
        self.out = folder / "公开"
        self.source.write_text(DEMO.read_text(encoding="utf-8"), encoding="utf-8")
        command = [sys.executable, "-u", "-m", "reportgen", "watch", "预算.json", "-o", "公开", "--format", "xlsx"]
        env = {**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).parent.parent), "PYTHONUTF8": "1"}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        with interrupts_enabled():
            self.process = subprocess.Popen(command, cwd=folder, env=env, encoding="utf-8", **pipes)  # type: ignore[call-overload]
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, pattern: str) -> str:
        """All that is said up to the line that has ``pattern``."""
        said, end = "", time.monotonic() + PATIENCE
        while not re.search(pattern, said):
            said += self._lines.get(timeout=max(0.01, end - time.monotonic()))
        return said

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stdout.close()

    def save(self, old: str, new: str) -> None:
        text = self.source.read_text(encoding="utf-8")
        assert old in text
        self.source.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    running = Watch(tmp_path)
    yield running
    running.end()


def test_a_save_is_built_and_told(watch: Watch) -> None:
    watch.until("存盘就重做")
    before = {path.name: path.read_bytes() for path in watch.out.iterdir()}
    watch.save("青溪市国库支付中心", "青溪市国库集中支付中心")
    assert "青溪市国库支付中心" in watch.until("青溪市国库集中支付中心")
    after = {path.name: path.read_bytes() for path in watch.out.iterdir()}
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in before)


def test_a_broken_file_is_said_and_the_next_save_built(watch: Watch) -> None:
    watch.until("存盘就重做")
    before = {path.name: path.read_bytes() for path in watch.out.iterdir()}
    watch.save("{", "")
    assert "Traceback" not in watch.until("不是 JSON")
    assert {path.name: path.read_bytes() for path in watch.out.iterdir()} == before
    watch.source.write_text(DEMO.read_text(encoding="utf-8").replace("财政一体化", "财政统一"), encoding="utf-8")
    watch.until("财政统一")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_it_ends_when_told_to(number: signal.Signals, watch: Watch) -> None:
    watch.until("存盘就重做")
    watch.process.send_signal(number)
    watch.until("已停止监视")
    assert watch.process.wait(PATIENCE) == 0
