"""Runs into an object store over the network: moto's S3 on the loopback interface, s3fs as the client."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import reportgen
from tests.bulk.departments import put_many

fsspec = pytest.importorskip("fsspec")
pytest.importorskip("s3fs", reason="s3fs is not installed (tests/requirements.lock)")
moto = pytest.importorskip("moto.server", reason="moto is not installed (tests/requirements.lock)")

ROOT = Path(reportgen.__file__).parent.parent
BUCKET = "open"
CITY = "2023年本级“三公”经费预算汇总.xlsx"


class S3:
    """The store as the programs under test reach it, and as the tests look into it."""

    def __init__(self, address: str, folder: Path) -> None:
        config = folder / "aws"
        config.write_text(f"[default]\nendpoint_url = {address}\nregion = us-east-1\n", encoding="utf-8")
        self.environment = {
            **os.environ, "PYTHONPATH": str(ROOT), "AWS_CONFIG_FILE": str(config), "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true", "NO_PROXY": "127.0.0.1",
        }  # fmt: skip
        options = {"endpoint_url": address, "region_name": "us-east-1"}
        self.files: Any = fsspec.filesystem(
            "s3", key="test", secret="test", client_kwargs=options, use_listings_cache=False, skip_instance_cache=True
        )
        self.files.call_s3("create_bucket", Bucket=BUCKET)

    def keys(self, prefix: str) -> set[str]:
        """The keys below ``prefix`` in the bucket, exactly as the store has them."""
        listed = self.files.call_s3("list_objects_v2", Bucket=BUCKET, Prefix=prefix)
        return {entry["Key"] for entry in listed.get("Contents", ())}

    def contents(self, prefix: str) -> dict[str, bytes]:
        """The files below ``prefix`` by their paths from there."""
        return {
            key.removeprefix(f"{prefix}/"): self.files.cat_file(f"{BUCKET}/{key}") for key in self.keys(f"{prefix}/")
        }

    def start(self, folder: Path, out: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "reportgen", "bulk", "in", "-o", f"s3://{BUCKET}/{out}", "-q", "--jobs", "1"]
        return subprocess.Popen([*command, "--format", "xlsx", *options], cwd=folder, env=self.environment)


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield S3(f"http://{host}:{port}", tmp_path_factory.mktemp("s3"))
    server.stop()


@pytest.fixture(scope="module")
def undisturbed(s3: S3, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A folder with ``in``, and what a run over it makes in the store."""
    folder = tmp_path_factory.mktemp("run")
    put_many(folder / "in", 3)
    assert s3.start(folder, "2026/out").wait() == 0
    return folder, s3.contents("2026/out")


Made = tuple[Path, dict[str, bytes]]


def test_a_whole_run(s3: S3, undisturbed: Made) -> None:
    _, files = undisturbed
    assert {"index.html", "summary.json", "summary.xlsx", "manifest.json", CITY} <= set(files)
    assert {name.partition("/")[0] for name in files if "/" in name} == {"500", "501", "502"}
    assert json.loads(files["summary.json"])["counts"] == {"generated": 3}
    keys = s3.keys("")
    assert keys
    assert not [key for key in keys if "//" in key or key.startswith("/") or key.endswith("/") or ".parts" in key]
    assert {key.split("/")[1] for key in keys} == {"out", "out.state"}  # the source is not below what is published


def modified(s3: S3, prefix: str) -> dict[str, str]:
    listed = s3.files.call_s3("list_objects_v2", Bucket=BUCKET, Prefix=prefix)
    return {entry["Key"]: str(entry["LastModified"]) for entry in listed["Contents"]}


def test_a_run_that_is_killed_is_resumed_with_the_same_files(s3: S3, undisturbed: Made) -> None:
    folder, files = undisturbed
    run = s3.start(folder, "killed/out")
    until(lambda: bool(s3.keys("killed/out/500/manifest.json")))
    run.kill()
    run.wait()
    assert json.loads(s3.contents("killed/out")["summary.json"])["complete"] is False
    before = modified(s3, "killed/out/500/")
    assert s3.start(folder, "killed/out/").wait() == 0  # with a slash at its end it is the same place
    assert modified(s3, "killed/out/500/") == before  # what was complete is not made anew
    left = {name for name in s3.contents("killed/out") if name.startswith(".parts/")}
    assert {name: payload for name, payload in s3.contents("killed/out").items() if name not in left} == files
    assert not [key for key in s3.keys("") if "//" in key]


@pytest.mark.filterwarnings("ignore")  # Dask's own
def test_the_workers_of_a_cluster_write_there(s3: S3, undisturbed: Made, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    folder, files = undisturbed
    place = tmp_path / "scheduler.json"
    scheduler = dask(s3, tmp_path, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(place))
    try:
        until(place.is_file)
        options = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path / "worker"))
        worker = dask(s3, tmp_path, "worker", "--scheduler-file", str(place), "--host", "127.0.0.1", *options)
        try:
            address = json.loads(place.read_text())["address"]
            assert s3.start(folder, "cluster/out", "--cluster", address).wait() == 0
        finally:
            stop(worker)
    finally:
        stop(scheduler)
    assert s3.contents("cluster/out") == files


def dask(s3: S3, folder: Path, what: str, *options: str) -> subprocess.Popen[bytes]:
    command: Sequence[str] = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *options]
    with (folder / f"{what}.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, env=s3.environment)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def until(ready: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.05)
