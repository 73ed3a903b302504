"""The command: a server of this machine only, started, asked, ended; what is on the disk is there after it."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import reportgen.serving
from reportgen.cli import main


@contextmanager
def started(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program, and the address that it prints."""
    command = [sys.executable, "-m", "reportgen", "serve", "--folder", str(folder), *more]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_it_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    with started(tmp_path / "new") as (process, address):
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([\w-]{20,})", address)
        assert found
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        assert "工作台" in opener.open(address, timeout=20).read().decode()
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/", timeout=20)
        assert refused.value.code == 403
        refused.value.close()
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=20)[1]
        assert process.returncode == 0
        assert (tmp_path / "new").is_dir()
        assert "Traceback" not in err
        assert found[2] not in err  # no secret in what is logged


def test_with_json_the_address_is_an_object(tmp_path: Path) -> None:
    with started(tmp_path, "--json") as (process, first):
        assert process.stdout is not None
        text = first + "".join(process.stdout.readline() for _ in range(3))
        assert json.loads(text)["folder"] == str(tmp_path)
        assert json.loads(text)["address"].startswith("http://127.0.0.1:")


def test_a_taken_port_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert main(["serve", "--folder", str(tmp_path), "--port", port]) == 2
        assert f"端口 {port} 用不了" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["serve", "--folder", str(tmp_path / "file" / "x")]) == 6
    assert "建不了文件夹" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reportgen, "serving", reportgen.serving)  # put back with its modules
    for name in [name for name in sys.modules if name.startswith("reportgen.serving")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["serve"]) == 2
    assert "reportgen[serve]" in capsys.readouterr().err


@pytest.mark.parametrize(("peer", "status"), [("127.0.0.1", b"200"), ("10.1.2.3", b"403")])
def test_behind_a_proxy_it_has_no_token_and_believes_the_proxy_only(tmp_path: Path, peer: str, status: bytes) -> None:
    settings = tmp_path / "proxy.toml"
    settings.write_text(
        f'peers = ["{peer}"]\naddress = "https://budget.example.gov.cn"\nuser_header = "X-User"\n'
        'role_header = "X-Role"\n[roles]\ndepartment = ["d"]\nfinance = ["f"]\n',
        encoding="utf-8",
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with started(tmp_path / "x", "--behind-proxy", str(settings), "--port", str(port)) as (_, address):
        assert address == "https://budget.example.gov.cn/"
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(b"GET / HTTP/1.0\r\nHost: budget.example.gov.cn\r\nX-User: zhang\r\nX-Role: d\r\n\r\n")
            with connection.makefile("rb") as answer:
                assert answer.readline().split()[1] == status
