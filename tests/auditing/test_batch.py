"""Many audits into a folder or a store: what is written, what the next run leaves alone, files that are lost."""

from __future__ import annotations

import os
import pickle
from collections.abc import Generator, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportgen.auditing.batch import _remote as remote_audit
from reportgen.auditing.batch import audit_into, audit_into_folder, audit_into_store, audit_remote
from reportgen.auditing.batch_files import INDEX, WORKBOOK
from reportgen.auditing.batch_results import Batch
from reportgen.auditing.many import Asked, audit_files, audited_of
from reportgen.auditing.record import read_record
from reportgen.bulk.executors import Executor
from reportgen.bulk.jobs import Job
from reportgen.bulk.options import BulkOptions
from reportgen.bulk.outcome import Outcome, internal_error, quarantined, too_large, too_slow
from reportgen.bulk.store import Store
from reportgen.core.errors import UsageError
from reportgen.core.finding import Severity
from reportgen.isolation import Limits
from tests.auditing.test_own_documents import DEMO, rendered

OPTIONS = BulkOptions()


def inline(work: partial[Outcome] | None = None, lost: dict[str, Outcome] | None = None, most: int = 99) -> Executor:
    """An executor that audits in this process; after ``most`` files it is interrupted."""
    work = work or partial(audit_into_folder, Asked())

    def execute(jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        for n, job in enumerate(jobs):
            if n >= most:
                raise KeyboardInterrupt
            yield (lost or {}).get(job.name) or work(job)

    return execute


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound workbook, one with a wrong sum, below it the same names of another kind, and a file that is none."""
    path = tmp_path / "公开"
    (path / "区").mkdir(parents=True)
    (path / "a.xlsx").write_bytes(rendered(DEMO)["xlsx"])
    book = load_workbook(BytesIO(rendered(DEMO)["xlsx"]))
    book.worksheets[5]["C8"].value = 1.11
    book.save(path / "区" / "a.xlsx")
    (path / "a.docx").write_bytes(b"no document")
    return path


def audited(folder: Path, executor: Executor | None = None, out: str = "", options: BulkOptions = OPTIONS) -> Batch:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return audit_into(paths, out or str(folder.parent / "审核"), options, executor=executor or inline())


def test_each_file_has_a_record_and_a_page_and_all_have_a_workbook(folder: Path) -> None:
    batch = audited(folder)
    out = folder.parent / "审核"
    assert [(one.name, one.count(Severity.ERROR) > 0, bool(one.why)) for one in batch.files] == [
        ("a.docx", False, True), ("a.xlsx", False, False), ("区/a.xlsx", True, False),
    ]  # fmt: skip
    assert batch.exit_code == 3
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == {
        INDEX, WORKBOOK, "逐份结果/a.docx.json", "逐份结果/a.xlsx.json", "逐份结果/a.xlsx.html",
        "逐份结果/区/a.xlsx.json", "逐份结果/区/a.xlsx.html",
    }  # fmt: skip
    page = (out / INDEX).read_text(encoding="utf-8")
    assert 'href="./%E9%80%90%E4%BB%BD%E7%BB%93%E6%9E%9C/%E5%8C%BA/a.xlsx.html"' in page
    assert "没有完成" not in page
    assert "<script" not in page


def test_the_workbook_counts_by_file_and_by_code(folder: Path) -> None:
    batch = audited(folder)
    book = load_workbook(folder.parent / "审核" / WORKBOOK)
    assert book.sheetnames == ["文件", "问题", "按代码"]
    rows = {row[0]: row for row in book["文件"].iter_rows(min_row=2, values_only=True)}
    assert rows["a.docx"][-1] == batch.files[0].why
    assert rows["区/a.xlsx"][4] == batch.files[2].count(Severity.ERROR)
    counted = {row[0]: row[2:] for row in book["按代码"].iter_rows(min_row=2, values_only=True)}
    assert counted["AU101"][3] == 1
    findings = list(book["问题"].iter_rows(min_row=2, values_only=True))
    assert len(findings) == sum(len(one.record.findings) for one in batch.files if one.record)


def test_what_did_not_change_is_not_audited_again(folder: Path) -> None:
    audited(folder)
    before = (folder.parent / "审核" / WORKBOOK).stat().st_mtime_ns
    assert [one.current for one in audited(folder, inline(most=0)).files] == [True, True, True]
    assert (folder.parent / "审核" / WORKBOOK).stat().st_mtime_ns == before, "the same results are not written again"
    (folder / "a.xlsx").write_bytes((folder / "区" / "a.xlsx").read_bytes())
    assert [one.current for one in audited(folder).files] == [True, False, True]
    forced = audited(folder, options=BulkOptions(force=True))
    assert [one.current for one in forced.files] == [False, False, False]


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"form": "reportgen-audit/1"}', b"\xff" * 9, b"[" * 99_999])
def test_a_record_that_is_damaged_counts_as_absent(folder: Path, damage: bytes) -> None:
    audited(folder)
    (folder.parent / "审核" / "逐份结果" / "a.xlsx.json").write_bytes(damage)
    assert read_record(damage) is None
    assert [one.current for one in audited(folder).files] == [True, False, True]


def test_a_run_that_is_interrupted_says_so_and_the_next_one_goes_on(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        audited(folder, inline(most=2))
    page = (folder.parent / "审核" / INDEX).read_text(encoding="utf-8")
    assert "没有完成：正在审核，或被中断" in page
    assert not (folder.parent / "审核" / WORKBOOK).exists()
    assert [one.current for one in audited(folder).files] == [True, True, False]
    assert "没有完成" not in (folder.parent / "审核" / INDEX).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lost", "says"),
    [
        (quarantined("a.xlsx", too_slow("a.xlsx", 120)), "超过 120 秒没有完成"),
        (quarantined("a.xlsx", too_large("a.xlsx", 600)), "内存超过 600 MB"),
        (internal_error("a.xlsx", "KeyError", "x"), "内部错误 KeyError"),
    ],
)
def test_a_file_that_is_lost_is_set_aside_and_all_others_are_audited(folder: Path, lost: Outcome, says: str) -> None:
    batch = audited(folder, inline(lost={"a.xlsx": lost}))
    assert says in batch.files[1].why
    assert (batch.files[2].why, batch.exit_code) == ("", 3)
    assert says in (folder.parent / "审核" / INDEX).read_text(encoding="utf-8")
    assert audited_of(lost, Path("a.xlsx")).exit_code == 3


def test_results_in_a_store_are_those_of_a_folder(folder: Path) -> None:
    pytest.importorskip("fsspec")
    url = f"memory://audit-{os.getpid()}"
    work = partial(audit_into_store, Asked(), url, "run")
    batch = audited(folder, inline(work), url)
    local = audited(folder)
    assert [one.record for one in batch.files] == [one.record for one in local.files]
    store = Store(url)
    for name in (INDEX, WORKBOOK, "逐份结果/区/a.xlsx.html"):
        assert store.read(name) == (folder.parent / "审核" / name).read_bytes()
    assert [one.current for one in audited(folder, inline(work, most=0), url).files] == [True, True, True]


def test_an_audit_travels_to_another_machine_with_its_file(folder: Path) -> None:
    pytest.importorskip("fsspec")
    url = f"memory://cluster-{os.getpid()}"
    job = Job("a.xlsx", str(folder / "a.xlsx"), "", "")
    remote = pickle.loads(pickle.dumps(remote_audit(Asked(), job, Store(url, "run"))))
    (folder / "a.xlsx").unlink()
    assert audit_remote(remote).status == "generated"
    assert read_record(Store(url).read("逐份结果/a.xlsx.json")) is not None


def test_results_never_replace_what_was_audited(folder: Path) -> None:
    page = folder / INDEX
    page.write_text("<table><tr><td>表</td></tr></table>", encoding="utf-8")
    before = page.read_bytes()
    with pytest.raises(UsageError, match="盖掉被审核的"):
        audit_into([page, folder / "a.xlsx"], str(folder), OPTIONS, executor=inline())
    assert page.read_bytes() == before


def test_names_and_texts_of_files_are_shown_as_texts(folder: Path) -> None:
    (folder / "a.xlsx").rename(folder / "=1+1<b>\u202e\x07.xlsx")
    audited(folder)
    page = (folder.parent / "审核" / INDEX).read_text(encoding="utf-8")
    assert "=1+1&lt;b&gt;\\u202e\\u0007.xlsx" in page
    assert "<b>" not in page
    cells = [row[0] for row in load_workbook(folder.parent / "审核" / WORKBOOK)["文件"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * 3


def test_processes_with_limits_audit_many_files(folder: Path) -> None:
    """The pool of the bulk package: a file that takes too long is lost, and says so."""
    (found,) = audit_files([folder / "a.xlsx"], 1, limits=Limits(seconds=0.01, memory=600))
    assert (found.report, found.exit_code, found.values) == (None, 3, {"seconds": "0.01"})
    done = {one.path.name: one for one in audit_files([folder / "a.xlsx", folder / "a.docx"], 2)}
    assert done["a.xlsx"].report is not None
    assert done["a.docx"].exit_code == 3
