"""What is published carries nothing of its source: that is in the state folder, where every command finds it."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportgen import InputError, OutputError, UsageError, build, diff, pull
from reportgen.bulk import BulkOptions, run
from reportgen.cli import main
from reportgen.core.paths import shipped
from reportgen.manifest import NAME, record, state
from reportgen.manifest.state import State

DEMO = shipped("data") / "samples" / "demo-2023.json"
MARK = "璺鼹鼯"
"""Hanzi that no other text has."""
DOCUMENTS = (".docx", ".pdf", ".xlsx")
SUMMARY = ("index.html", "summary.json")
"""The summary of a run names departments; it is made for the finance bureau."""
CODED = (
    "schema",
    "scope",
    "unit",
    "code",
    "function",
    "economic",
    "published",
    "as_of",
    "fund",
    "source",
    "sign",
    "nature",
    "money_unit",
)
"""Fields whose words are not free."""


def marked(value: Any, name: str = "") -> Any:
    """The document with :data:`MARK` in every free text."""
    if isinstance(value, dict):
        return {key: marked(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [marked(item, name) for item in value]
    free = isinstance(value, str) and name not in CODED and any("\u4e00" <= char <= "\u9fff" for char in value)
    return f"{value}{MARK}" if free else value


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A document with the mark in every text but the department's name, which is that of its files."""
    data = json.loads(DEMO.read_bytes(), parse_float=Decimal)
    name = data["department"]["name"]
    data = marked(data)
    data["department"]["name"] = name
    data["overrides"] = [
        {"block": "收入/规模", "runs": [f"改过的一句{MARK}3.21万元。"], "was": f"原来的说法{MARK}。"},
        {"block": "没有的一段", "runs": [f"不再印出的一句{MARK}。"]},
        {"block": "支出/结转", "runs": [], "was": f"删去的一句{MARK}。"},
    ]
    path = tmp_path / "预算.json"
    path.write_text(json.dumps(data, ensure_ascii=False, default=float), encoding="utf-8")
    return path


def beside_documents(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix not in DOCUMENTS)


def carrying(folder: Path) -> list[str]:
    """The files below a folder, documents aside, that hold the mark, in characters or as JSON escapes it."""
    forms = (MARK.encode(), json.dumps(MARK)[1:-1].encode(), MARK.encode("utf-16-le"))
    found = (path for path in beside_documents(folder) if any(form in path.read_bytes() for form in forms))
    return [path.name for path in found]


def with_source_inside(out: Path, kept: Path) -> bytes:
    """Write the manifest of ``out`` as earlier versions did, with the source in it; the state is gone."""
    data = json.loads((out / NAME).read_bytes())
    for slug, entry in data["documents"].items():
        moved = json.loads((kept / state.file_name(slug)).read_bytes())
        entry |= {name: moved[name] for name in record.MOVED}
        for file in entry["files"].values():
            file["findings"] = []
    shutil.rmtree(kept)
    payload = json.dumps(data | {"form": record.OLD_FORM}, ensure_ascii=False).encode()
    (out / NAME).write_bytes(payload)
    return payload


def states(folder: Path) -> list[State]:
    return [found for path in folder.rglob("*.state") if path.is_file() and (found := state.parse(path.read_bytes()))]


def test_nothing_of_the_source_is_beside_the_documents(source: Path, tmp_path: Path) -> None:
    out, last = tmp_path / "公开", tmp_path / "上年.json"
    before = json.loads(DEMO.read_bytes()) | {"year": 2022, "agency_operating": 1590000}
    before["three_public"] = [{"unit": "450001", "vehicle_operation": 76500, "reception": 45000}]
    last.write_text(json.dumps(before), encoding="utf-8")
    report = build(source, out, ["docx"], last=last)
    assert any(MARK in finding.text for finding in report.findings), "no finding quotes the document"
    assert [path.name for path in beside_documents(out)] == [NAME]
    assert carrying(out) == []
    (kept,), (entry,) = states(tmp_path / "公开.state"), record.read(out).values()
    assert kept.payload(entry.fingerprint["data"]) == source.read_bytes()
    assert kept.last_payload() == last.read_bytes()
    assert len(carrying(tmp_path / "公开.state")) == 1


def test_nothing_of_the_sources_is_in_the_folders_of_a_run(source: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source.rename(tmp_path / "in" / "450.json")
    for _ in range(2):
        summary = run([tmp_path / "in"], tmp_path / "公开", BulkOptions(jobs=1, formats=("docx",)))
        assert [one.status for one in summary.outcomes] == ["generated"]
        assert {path.name for path in beside_documents(tmp_path / "公开")} == {NAME, *SUMMARY}
        assert carrying(tmp_path / "公开" / "450") == []
    assert summary.outcomes[0].current
    assert {path.name.rpartition(".")[2] for path in (tmp_path / "公开.state" / "450").iterdir()} == {"state", "json"}
    assert not diff(tmp_path / "公开" / "450", tmp_path / "in" / "450.json")
    again = build(tmp_path / "in" / "450.json", tmp_path / "公开" / "450", ["docx"])
    assert again.current, "the state of one department is in that of the run"


def test_nothing_of_the_sources_is_under_the_prefix_of_the_files_in_a_store(source: Path, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    (tmp_path / "in").mkdir()
    source.rename(tmp_path / "in" / "450.json")
    for kept in (None, str(tmp_path / "别处")):
        out = tmp_path / f"store{bool(kept)}"
        options = BulkOptions(jobs=1, formats=("docx",), state=kept)
        current = [run([tmp_path / "in"], out.as_uri(), options).outcomes[0].current for _ in range(2)]
        assert current == [False, True]
        assert carrying(out / "450") == []
        where = tmp_path / "别处" if kept else tmp_path / f"{out.name}.state"
        assert len(states(where / "450")) == 1
        assert stat.S_IMODE(where.stat().st_mode) == 0o700
    assert fsspec


def test_a_whole_bucket_has_no_default_place_for_the_state(source: Path) -> None:
    pytest.importorskip("fsspec")
    from reportgen.bulk.store import Store

    store = Store("memory://x")
    store._root = "bucket"
    with pytest.raises(UsageError, match="整个桶"):
        store.state_url()
    assert Store("memory://x/公开/").state_url() == "memory://x/公开.state"


@pytest.mark.parametrize("force", [False, True])
def test_a_source_that_an_earlier_version_left_in_the_manifest_is_moved_out(
    source: Path, tmp_path: Path, force: bool
) -> None:
    out, kept = tmp_path / "公开", tmp_path / "公开.state"
    first = build(source, out, ["docx"])
    with_source_inside(out, kept)
    assert not diff(out, source), "it is read where it is"
    again = build(source, out, ["docx"], force=force)
    assert again.findings == first.findings
    assert [one.findings for one in states(kept)] == [first.findings]
    assert json.loads((out / NAME).read_bytes())["form"] == record.FORM
    assert not diff(out, source)


def test_it_is_moved_out_though_nothing_can_be_built(source: Path, tmp_path: Path) -> None:
    out, kept = tmp_path / "公开", tmp_path / "公开.state"
    build(source, out, ["docx"])
    old = with_source_inside(out, kept)
    (moved,) = record.states_inside(old).values()
    source.write_text(source.read_text("utf-8").replace('"year": 2023', '"year": "x"'), encoding="utf-8")
    with pytest.raises(InputError):
        build(source, out, ["docx"])
    assert states(kept) == [moved]
    assert b'"data": "c' not in (out / NAME).read_bytes()


def test_a_run_moves_out_what_earlier_versions_left(source: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source.rename(tmp_path / "in" / "450.json")
    out, kept, options = tmp_path / "公开", tmp_path / "公开.state", BulkOptions(jobs=1, formats=("docx",))
    before = run([tmp_path / "in"], out, options)
    outcome = (kept / "450" / "outcome.json").read_bytes()
    with_source_inside(out / "450", kept / "450")
    (out / "450" / "outcome.json").write_bytes(outcome)
    again = run([tmp_path / "in"], out, options)
    assert again.outcomes[0].findings == before.outcomes[0].findings
    assert [path.name for path in beside_documents(out / "450")] == [NAME]
    assert (kept / "450" / "outcome.json").exists()
    assert len(states(kept / "450")) == 1


def test_pull_moves_it_out_too(source: Path, tmp_path: Path) -> None:
    shutil.copy(DEMO, source)
    out, kept = tmp_path / "公开", tmp_path / "公开.state"
    (made,) = build(source, out, ["docx"]).files
    with_source_inside(out, kept)
    pull(made, source, state=tmp_path / "别处")
    assert [one.data for one in states(tmp_path / "别处")] == [state.packed(DEMO.read_bytes())]
    assert json.loads((out / NAME).read_bytes())["form"] == record.FORM


def test_diff_names_what_is_missing_and_what_to_do(source: Path, tmp_path: Path, capsys: Any) -> None:
    out, kept = tmp_path / "公开", tmp_path / "公开.state"
    build(source, out, ["docx"])
    moved = tmp_path / "移走.state"
    kept.rename(moved)
    assert main(["diff", str(out), str(source)]) == 3
    said = capsys.readouterr().err
    assert "找不到生成" in said
    assert "--state" in said
    assert main(["diff", str(out), str(source), "--state", str(moved)]) == 0
    (one,) = moved.iterdir()
    one.write_bytes(state.written(State(**{**_fields(one), "data": state.packed(b"{}")})))
    assert main(["diff", str(out), str(source), "--state", str(moved)]) == 3
    assert "不是生成" in capsys.readouterr().err


def _fields(path: Path) -> dict[str, Any]:
    kept = state.parse(path.read_bytes())
    return {name: getattr(kept, name) for name in State.__slots__}


def test_the_state_goes_where_the_option_says(source: Path, tmp_path: Path, capsys: Any) -> None:
    out, kept = tmp_path / "公开", tmp_path / "内部" / "状态"
    arguments = ["-o", str(out), "--state", str(kept), "--format", "docx"]
    assert main(["build", str(source), *arguments]) == 0
    assert not (tmp_path / "公开.state").exists()
    assert len(states(kept)) == 1
    assert main(["build", str(source), *arguments]) == 0
    assert "已是最新" in capsys.readouterr().err


@pytest.mark.parametrize("inside", ["", "状态", "a/b"])
def test_a_state_folder_inside_the_output_is_refused(source: Path, tmp_path: Path, inside: str) -> None:
    out = tmp_path / "公开"
    with pytest.raises(UsageError, match="里面"):
        build(source, out, ["docx"], state=out / inside)
    with pytest.raises(UsageError, match="里面"):
        run([source], out, BulkOptions(jobs=1, state=str(out / inside)))
    with pytest.raises(UsageError, match="文件夹"):
        run([source], out, BulkOptions(jobs=1, state="s3://bucket/state"))
    assert not out.exists()


def test_only_the_owner_reads_the_state(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "公开", ["docx"])
    assert stat.S_IMODE((tmp_path / "公开.state").stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="a file in the place of a folder")
def test_without_a_place_for_the_state_nothing_is_written(source: Path, tmp_path: Path) -> None:
    (tmp_path / "公开.state").write_bytes(b"a file")
    with pytest.raises(OutputError, match="状态文件夹") as stop:
        build(source, tmp_path / "公开", ["docx"])
    assert "--state" in stop.value.hint
    assert not list((tmp_path / "公开").glob("*"))


def test_the_current_folder_has_its_state_beside_it(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "公开").mkdir()
    monkeypatch.chdir(tmp_path / "公开")
    build(source, formats=["docx"])
    assert carrying(tmp_path / "公开") == []
    assert len(states(tmp_path / "公开.state")) == 1


def test_a_missing_state_makes_no_file_anew(source: Path, tmp_path: Path) -> None:
    first = build(source, tmp_path / "公开", ["docx"])
    shutil.rmtree(tmp_path / "公开.state")
    again = build(source, tmp_path / "公开", ["docx"])
    assert (again.current_files, again.findings) == (first.files, first.findings)
    assert len(states(tmp_path / "公开.state")) == 1
