"""The core of ``pull``: bytes in, bytes out, no file touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.core.errors import InputError
from reportgen.hand_edits import pull_edits
from reportgen.pipeline import load, load_layout, prepare
from reportgen.writers.docx import write
from tests.hand_edits.cases import DEMO, generated
from tests.hand_edits.docx_edits import edited

EDIT = ("replace", "主要是在职人员工资标准调整", "主要原因是在职人员工资标准提高")


@pytest.fixture
def payload() -> bytes:
    return DEMO.read_bytes()


def test_an_edit_becomes_an_override_and_all_else_stays(
    payload: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pulled = pull_edits(edited(generated(), [EDIT]), payload)
    before, after = json.loads(payload), json.loads(pulled.payload)
    overrides = after.pop("overrides")
    assert after == before
    assert [change.kind for change in pulled.changes] == ["changed"]
    assert EDIT[2] in "".join(run for run in overrides[0]["runs"] if isinstance(run, str))
    assert pulled.clean
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_edits_gives_the_same_bytes(payload: bytes) -> None:
    pulled = pull_edits(generated(), payload)
    assert (pulled.payload, pulled.changes, pulled.findings) == (payload, (), ())


def test_what_was_pulled_is_printed_and_pulling_again_changes_nothing(payload: bytes) -> None:
    first = pull_edits(edited(generated(), [EDIT]), payload)
    prepared = prepare(first.payload)
    assert prepared.generated == prepare(payload).document
    again = pull_edits(write(prepared.document, prepared.layout.style), first.payload)
    assert (again.payload, again.changes) == (first.payload, ())


def test_an_edit_against_the_data_is_not_clean(payload: bytes) -> None:
    pulled = pull_edits(edited(generated(), [("replace", "312.00", "313.00")]), payload)
    assert "QH101" in [finding.code for finding in pulled.findings]
    assert not pulled.clean


def test_a_loaded_document_and_layout_serve_as_well(payload: bytes) -> None:
    docx = edited(generated(), [EDIT])
    assert pull_edits(docx, load(payload), load_layout("zhejiang")) == pull_edits(docx, payload)


def test_no_docx_is_an_input_error(payload: bytes) -> None:
    with pytest.raises(InputError):
        pull_edits(payload, payload)
