"""A damaged manifest, outcome or state counts as absent: no run fails of it, takes long or much memory."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from reportgen.bulk import BulkOptions, run
from reportgen.bulk.department_totals import STATED
from reportgen.bulk.outcome_file import department_of
from reportgen.isolation import Limits, run_one
from tests.bulk.damaged_records import SPECIAL, mutants, run_all
from tests.bulk.departments import put_many
from tests.population import size

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and links")
SECONDS = 5.0
MEMORY = 300


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("damaged")
    put_many(root / "in", 1)
    run([root / "in"], root / "out", BulkOptions(formats=("xlsx",), jobs=1))
    return root


@pytest.mark.campaign
def test_a_damaged_record_counts_as_absent(made: Path) -> None:
    chosen = mutants(size(500, 3 * len(SPECIAL) + 16))
    result = run_one(run_all, (str(made), chosen), Limits(seconds=SECONDS * len(chosen), memory=2 * MEMORY))
    assert (result.loss, result.detail) == (None, "")
    assert result.memory < MEMORY << 10, "the limit counts what is mapped, this what is used"
    assert [row for row in result.value if row[1] > SECONDS] == []
    assert [row for row in result.value if "PL170" in row[2]] == []
    assert len(result.value) == len(chosen)


@pytest.mark.parametrize("name", sorted(STATED))
def test_an_outcome_that_lacks_an_amount_counts_as_absent(made: Path, name: str) -> None:
    (file,) = (made / "out.state" / "500").glob("*outcome*")
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert department_of(json.dumps(kept).encode()) is not None
    del kept["totals"]["amounts"][name]
    assert department_of(json.dumps(kept).encode()) is None
