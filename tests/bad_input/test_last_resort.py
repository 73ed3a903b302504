"""Whatever happens, a user reads a sentence and gets an exit code: a fault of our own, an interrupt, a full disk."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen.cli import main
from reportgen.cli.commands import check
from reportgen.cli.options import EXIT_CODES
from reportgen.core import errors
from reportgen.core.errors import ReportgenError
from tests.interrupts import interrupts_enabled

from .command import run, run_json
from .sample import DEMO

ROOT = Path(reportgen.__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
INTERNAL, CANNOT_WRITE, INTERRUPTED = 70, 6, 130


def raising(error: BaseException) -> Any:
    def command(*_: Any) -> int:
        raise error

    return command


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "run", raising(ZeroDivisionError("division by zero")))


def test_an_internal_error_is_one_message(fault: None) -> None:
    exit_code, out, err = run("check", "x.json")
    assert exit_code == INTERNAL
    assert "内部错误 ZeroDivisionError：division by zero" in err
    assert "Traceback" not in out + err
    assert len(err.splitlines()) == 2


def test_verbose_prints_the_traceback_of_an_internal_error(fault: None) -> None:
    exit_code, _, err = run("check", "x.json", "-v")
    assert exit_code == INTERNAL
    assert "Traceback" in err


def test_an_internal_error_as_json(fault: None) -> None:
    result = run_json("check", "x.json")
    assert (result.exit_code, result.err) == (INTERNAL, "")
    assert result.has("内部错误", "")


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("maximum"), UnicodeEncodeError("x", "y", 0, 1, "z")])
def test_every_exception_is_an_internal_error(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "run", raising(error))
    assert run("check", "x.json")[0] == INTERNAL


def test_all_exit_codes_are_documented() -> None:
    """In the module of errors, in the help and in the README."""
    codes = {
        cls.exit_code for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, ReportgenError)
    }
    codes |= {0, INTERRUPTED}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {int(code) for code in re.findall(r"^\| ([0-9]+) \|", readme, re.MULTILINE)} == codes
    assert {int(code) for code in re.findall(r"^ *([0-9]+)  ", EXIT_CODES, re.MULTILINE)} == codes
    assert {int(c) for c in re.findall(r" ([0-9]+)    ?\S", errors.__doc__ or "")} == codes - {0, 1, INTERRUPTED}


def test_a_name_from_the_file_breaks_no_console(tmp_path: Path) -> None:
    """A console that knows ASCII only, or the code page of a Chinese Windows."""
    path = tmp_path / "x.json"
    path.write_text('{"\\udc80\\u001b[31m𬬭": 1}', encoding="utf-8")
    for encoding in ("ascii", "gbk"):
        environment = {**ENVIRONMENT, "PYTHONIOENCODING": encoding}
        for more in ((), ("--json",)):
            command = [sys.executable, "-m", "reportgen", "check", str(path), *more]
            done = subprocess.run(command, env=environment, capture_output=True)
            assert done.returncode == 3, done.stderr
            assert b"Traceback" not in done.stderr
            assert b"\x1b" not in done.stdout + done.stderr


# Interrupts.


def test_an_interrupt_is_a_message_and_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "run", raising(KeyboardInterrupt()))
    exit_code, _, err = run("check", "x.json")
    assert exit_code == INTERRUPTED
    assert err == "已中断；没有留下半份文件。\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_real_interrupt_while_reading(number: signal.Signals, tmp_path: Path) -> None:
    """The run waits for a pipe that stays empty, so it is certain where the signal meets it."""
    pipe = tmp_path / "预算.json"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "reportgen", "build", str(pipe), "-o", str(tmp_path / "公开")]
    with interrupts_enabled():
        process = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        writing = _opened_for_writing(pipe)
        time.sleep(0.1)  # from being opened to being read
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
        os.close(writing)
    finally:
        process.kill()
    assert process.returncode == INTERRUPTED
    assert err.decode() == "已中断；没有留下半份文件。\n"
    assert not (tmp_path / "公开").exists()


INTERRUPT_AT_IMPORT = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "reportgen.cli.arguments":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from reportgen.__main__ import main
sys.exit(main())
"""


def test_an_interrupt_while_the_program_loads_shows_no_traceback() -> None:
    command = [sys.executable, "-c", INTERRUPT_AT_IMPORT, "check", "x.json"]
    with interrupts_enabled():
        ended = subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=30, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, b"", b"")


def _opened_for_writing(pipe: Path) -> int:
    """The writing end, as soon as the other end is open."""
    for _ in range(600):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            time.sleep(0.05)
    raise AssertionError("the pipe is not read")


# A disk that is full.


def _standing(folder: Path) -> dict[str, bytes]:
    """Something published before, under the names of the new files."""
    folder.mkdir(exist_ok=True)
    for suffix in ("docx", "pdf", "xlsx"):
        (folder / f"青溪市财政局2023年部门预算.{suffix}").write_bytes(b"old " + suffix.encode())
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_write_that_the_system_cuts_short(tmp_path: Path) -> None:
    """A limit on the size of files, set by the system's own means: the first bytes are written, then no more."""
    if sys.platform == "win32":
        pytest.skip("no such limits on Windows")
    import resource

    before = _standing(tmp_path / "公开")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    command = [sys.executable, "-B", "-m", "reportgen", "build", str(DEMO), "-o", str(tmp_path / "公开"), "--force"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, preexec_fn=limit)
    assert done.returncode == CANNOT_WRITE
    assert "超过了允许的文件大小；原有的文件没有改动" in done.stderr.decode()
    assert {path.name: path.read_bytes() for path in (tmp_path / "公开").iterdir()} == before


def _mounted(command: list[str], place: Path) -> bool:
    return (
        bool(shutil.which(command[0])) and subprocess.run([*command, str(place)], capture_output=True).returncode == 0
    )


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=96k,mode=0777", "tmpfs"]
    if not (_mounted(mount, place) or _mounted(["sudo", "-n", *mount], place)):
        pytest.skip("no right to mount a small disk (mount, sudo -n mount)")
    try:
        before = _standing(place)
        exit_code, _, err = run("build", str(DEMO), "-o", str(place), "--force")
        assert exit_code == CANNOT_WRITE
        assert "磁盘已满；原有的文件没有改动" in err
        assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    finally:
        _mounted(["umount"], place) or _mounted(["sudo", "-n", "umount"], place)


def test_a_closed_pipe_is_no_fault(tmp_path: Path) -> None:
    """``reportgen schema | head -1``."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", "schema"], env=ENVIRONMENT, stdout=writer, stderr=subprocess.PIPE
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr


def test_main_without_streams_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last resort works without a console's text stream, too."""
    monkeypatch.setattr(check, "run", raising(LookupError("x")))
    assert main(["check", "x.json"]) == INTERNAL
    assert "LookupError" in capsys.readouterr().err
