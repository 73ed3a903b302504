"""A job for a worker that shares no disk: the documents travel with it, the files go to a store.

The worker takes what stands in the store into a folder of its own, works there as on any machine, and puts back what
changed. So everything that holds for a local folder holds for a store: what is current is not made anew, what somebody
edited is not overwritten.
"""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from ...budget.json_input import read_payload
from ...core.errors import ReportgenError, UsageError
from ...core.finding import Finding, Place
from ...manifest import NAME as MANIFEST
from ...manifest import record
from ...manifest.fingerprint import document_fingerprint
from ...manifest.freshness import entries_made_from, fingerprint_hash
from ...manifest.record import File
from ...writers import default_formats
from ..jobs import Job
from ..outcome import Outcome, failed
from ..outcome_file import NAME as RECORD
from ..outcome_file import recall
from ..store import Store
from .build_job import layout_of, work

_ONE = Lock()
"""A worker that runs several threads still does one department at a time."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job with the bytes of its documents, the store and the run its files belong to.

    ``common`` is the state of what all documents stand on (program, layout, typefaces) where the run began: a worker
    on whose machine it differs would make other files, and refuses.
    """

    job: Job
    document: bytes
    last: bytes | None
    url: str
    run: str
    common: str


def packed(job: Job, store: Store) -> Parcel:
    """The parcel of a job.

    Raises:
        InputError: a document cannot be read.
    """
    return Parcel(job, read_payload(Path(job.source)), _last(job), store.url, store.run, common(job.layout))


def send(url: str, run: str, state_here: str, job: Job) -> Outcome:
    """The same on a machine that can read the documents itself."""
    try:
        parcel = Parcel(job, read_payload(Path(job.source)), _last(job), url, run, state_here)
    except ReportgenError as stop:
        return failed(job.name, stop)
    return deliver(parcel)


def common(layout: str) -> str:
    """The state of the program, the layout and the typefaces of this machine."""
    return fingerprint_hash(layout_of(layout).fingerprint)


def _last(job: Job) -> bytes | None:
    return read_payload(Path(job.last)) if job.last else None


def deliver(parcel: Parcel) -> Outcome:
    """Build the files of one department and put them into the store. Any executor may run it.

    Whatever is wrong is in the outcome; only running out of memory is raised.
    """
    with _ONE, tempfile.TemporaryDirectory(prefix="reportgen-") as root:
        try:
            outcome = _delivered(parcel, Path(root))
        except ReportgenError as stop:
            outcome = failed(parcel.job.name, stop)
        names = {f"{root}/out": f"{parcel.url}/{parcel.job.name}", f"{root}/": ""}
        return replace(outcome, findings=tuple(_renamed(finding, names) for finding in outcome.findings))


def _delivered(parcel: Parcel, root: Path) -> Outcome:
    if common(parcel.job.layout) != parcel.common:
        hint = "各台机器装同一版本的 reportgen、版式和字体"
        raise UsageError("{machine} 上的程序、版式或字体与这里的不同", hint, machine=platform.node())
    store, name, folder = Store(parcel.url, parcel.run), parcel.job.name, root / "out"
    stood = _taken(store, name, folder, (MANIFEST, RECORD))
    if not parcel.job.force and (current := _current(parcel, store, folder)):
        return current
    stood |= _taken(store, name, folder, _listed(folder))
    outcome = work(_here(parcel, root, folder))
    changed = {file: made for file, made in _files(folder).items() if stood.get(file) != made}
    if changed and outcome.status == "published":
        store.save(_with_record(changed, folder), name)
    return outcome


def _here(parcel: Parcel, root: Path, folder: Path) -> Job:
    """The job as this machine sees it."""
    source, last = root / Path(parcel.job.source).name, root / "last" / Path(parcel.job.last).name
    source.write_bytes(parcel.document)
    if parcel.last is not None:
        last.parent.mkdir()
        last.write_bytes(parcel.last)
    return replace(parcel.job, source=str(source), out=str(folder), last=str(last) if parcel.last is not None else "")


def _taken(store: Store, name: str, folder: Path, files: tuple[str, ...]) -> dict[str, bytes]:
    """Bring these files of the store into ``folder``, as far as they are there."""
    found = {file: payload for file in files if (payload := store.read(f"{name}/{file}")) is not None}
    folder.mkdir(exist_ok=True)
    for file, payload in found.items():
        (folder / file).write_bytes(payload)
    return found


def _listed(folder: Path) -> tuple[str, ...]:
    """The files that the manifest in ``folder`` names; none that would lead out of the folder."""
    names = {name for entry in record.read(folder).values() for name in entry.files}
    return tuple(sorted(name for name in names if Path(name).name == name and name != ".."))


def _current(parcel: Parcel, store: Store, folder: Path) -> Outcome | None:
    """The outcome of a department whose files are current, by the record and their sizes; else None."""
    job, layout = parcel.job, layout_of(parcel.job.layout)
    for _, entry in entries_made_from(record.read(folder), parcel.document):
        now = fingerprint_hash(document_fingerprint(parcel.document, parcel.last, entry.year, layout.fingerprint))
        stand = {file.format: (name, file) for name, file in entry.files.items() if file.state == now}
        files = [stand.get(one) for one in job.wanted or default_formats()]
        if _lie_there(files, store.sizes(job.name)) and (kept := recall(job.name, folder)):
            return replace(kept, files=tuple(one[0] for one in files if one))
    return None


def _lie_there(files: list[tuple[str, File] | None], sizes: Mapping[str, int]) -> bool:
    return all(one is not None and sizes.get(one[0]) == one[1].size for one in files)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _with_record(changed: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """What is to be saved: the record always goes with it."""
    return {**changed, **{name: (folder / name).read_bytes() for name in (MANIFEST, RECORD)}}


def _renamed(finding: Finding, names: Mapping[str, str]) -> Finding:
    """The finding with the names of things here, in a folder that will be gone, as the sender knows them."""

    def known(text: str) -> str:
        for here, there in names.items():
            text = text.replace(here, there)
        return text

    values = {name: known(value) for name, value in finding.values.items()}
    return replace(finding, values=values, where=tuple(Place(at.pointer, known(at.printed)) for at in finding.where))
