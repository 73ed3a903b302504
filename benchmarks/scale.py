"""What a run over very many departments costs beside the building itself. Usage: ``scale.py FOLDER``.

FOLDER is one that ``bulk.py --keep FOLDER`` left. Measured are: finding the inputs, looking whether departments are
current, the summary, what lies on the disk, saving, and what a Dask scheduler passes on in a second (if Dask is there).
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import mean

import checkout  # noqa: F401 - must come before what imports reportgen
from processes import HERE, environment, resident

from reportgen.bulk import Limits, Outcome, Summary
from reportgen.bulk.executors import dask
from reportgen.bulk.executors.remote_job import RemoteJob
from reportgen.bulk.jobs import Job, find_jobs
from reportgen.bulk.store import Store
from reportgen.bulk.summary.model import as_data
from reportgen.bulk.summary.write import json_payload
from reportgen.bulk.up_to_date import current_outcome
from reportgen.core.files import save_all
from reportgen.layout.defaults import default_layout
from reportgen.pipeline import load_layout

FILES = 20_000
TASKS = 1_000
COPIES = 5_000


def main(folder: str) -> None:
    city, out = Path(folder, "city"), Path(folder, "out")
    jobs = find_jobs([str(city)], out, default_layout())
    outcomes = current_outcomes(jobs)
    on_disk(out, len(jobs))
    summed(outcomes)
    found()
    saved(out, jobs[0])
    passed_on(jobs)


def timed(what: str, work: Callable[[], object], times: int, unit: str = "department") -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what}: {1000 * wall / times:.3f} ms a {unit} by the clock, {1000 * cpu / times:.3f} ms of a processor")


def current_outcomes(jobs: list[Job]) -> list[Outcome]:
    layout = load_layout(default_layout())
    kept: list[Outcome] = [outcome for job in jobs if (outcome := current_outcome(job, layout))]
    timed("finding out whether it is current", lambda: [current_outcome(job, layout) for job in jobs], len(jobs))
    print(f"current: {len(kept)} of {len(jobs)}; an outcome has {mean(len(pickle.dumps(o)) for o in kept):.0f} bytes")
    in_memory(kept)
    return kept


def in_memory(outcomes: list[Outcome]) -> None:
    """What the parent keeps of a department until the summary is written."""
    before = resident(os.getpid())
    sent = [pickle.dumps(one) for one in outcomes]
    many = [pickle.loads(sent[n % len(sent)]) for n in range(COPIES)]
    print(f"in the parent's memory: {(resident(os.getpid()) - before) / len(many):.1f} KiB a department")


def on_disk(out: Path, departments: int) -> None:
    sizes: Counter[str] = Counter()
    for path in out.glob("**/*.*"):
        if path.is_file() and path.parent != out:
            sizes[path.name if path.suffix == ".json" else path.suffix] += path.stat().st_size
    shown = ", ".join(f"{name} {size / departments / 1024:.0f} KiB" for name, size in sorted(sizes.items()))
    print(f"on the disk: {sizes.total() / departments / 1024:.0f} KiB a department: {shown}")


def summed(outcomes: list[Outcome]) -> None:
    from reportgen.bulk.summary.html import page
    from reportgen.bulk.summary.xlsx import workbook

    many = Summary(tuple(replace(one, name=f"{n}/{one.name}") for n in range(5) for one in outcomes))
    parts = {"summary.json": lambda: json_payload(as_data(many)), "summary.xlsx": lambda: workbook(many),
             "index.html": lambda: page(many)}  # fmt: skip
    for name, work in parts.items():
        print(f"{name}: {len(work()) / len(many.outcomes):.0f} bytes a department")
        timed(name, work, len(many.outcomes))


def found() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for n in range(FILES):
            place = Path(folder, f"{n // 100:04}")
            place.mkdir(exist_ok=True)
            (place / f"{n}.json").touch()
        timed("finding inputs", lambda: find_jobs([folder], Path(folder, "out"), default_layout()), FILES)


def saved(out: Path, job: Job) -> None:
    payloads = {path.name: path.read_bytes() for path in Path(job.out).iterdir() if path.is_file()}
    with tempfile.TemporaryDirectory(dir=out) as folder:
        timed("saving a set", lambda: [save_all(Path(folder, str(n)), payloads) for n in range(50)], 50)


def nothing(remote: RemoteJob) -> Outcome:
    """What a worker does if there were nothing to do: all that is left is passing on."""
    return Outcome(remote.job.name, "generated")


def passed_on(jobs: list[Job]) -> None:
    try:
        import distributed
    except ImportError:
        print("Dask is not installed: its rate is not measured")
        return
    many = [replace(jobs[n % len(jobs)], name=str(n)) for n in range(TASKS)]
    dask.build_remote_job = nothing
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "scheduler.json")
        with dask_cluster(place) as scheduler, distributed.Client(scheduler_file=str(place)) as client:
            client.wait_for_workers(2)
            begun = processor(scheduler)
            run = dask.Run(client, Store("memory://x"), Limits())
            timed("passing on through Dask, 2 workers", lambda: list(run.outcomes(many)), TASKS, "task")
            print(f"the scheduler: {1000 * (processor(scheduler) - begun) / TASKS:.2f} ms of a processor a task")
    print(f"a document has {mean(Path(job.source).stat().st_size for job in jobs):.0f} bytes")


@contextmanager
def dask_cluster(place: Path) -> Iterator[int]:
    """A scheduler and two workers on the loopback; the scheduler's process number."""
    options = {"scheduler": ["--host", "127.0.0.1", "--port", "0"], "worker": ["--nworkers", "2", "--nthreads", "1"]}
    path = os.pathsep.join([str(HERE), environment()["PYTHONPATH"]])
    started: list[subprocess.Popen[bytes]] = []
    for what, more in options.items():
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{what}",
            "--no-dashboard",
            "--scheduler-file",
            str(place),
        ]
        quiet = subprocess.DEVNULL
        started.append(subprocess.Popen([*command, *more], stderr=quiet, env={**environment(), "PYTHONPATH": path}))
    try:
        while not place.is_file():
            time.sleep(0.1)
        yield started[0].pid
    finally:
        for one in reversed(started):
            one.terminate()
            one.wait()


def processor(pid: int) -> float:
    """Processor seconds of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(*sys.argv[1:])
