"""Every branch of every template is taken by the sample of its layout or by the sample changed as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportgen.budget.json_input import parse_json
from reportgen.budget.terms import FINAL
from reportgen.core.errors import UsageError
from reportgen.core.paths import shipped
from reportgen.layout.load import load_layout
from reportgen.pipeline.in_memory import prepare, render
from reportgen.pipeline.source import load
from reportgen.writers import formats

from .branches import branches, taken
from .golden import NAMED_OTHERWISE, families, sample
from .variants import VARIANTS, nothing, nothing_left

LAYOUTS = [*families(), *NAMED_OTHERWISE]
ALL_SAMPLES = sorted(path.name for path in (shipped("data") / "samples").glob("*.json"))


def samples_of(stage: str) -> list[Path]:
    """The samples of the layouts of final accounts: both fill each of them."""
    samples = (sample(name) for name in families())
    return [one for one in samples if stage == FINAL == parse_json(one.read_bytes())["stage"]]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_branch_is_taken(name: str, tmp_path: Path) -> None:
    """Final accounts are compared with 年初预算 or, as a setting says, with 全年预算: both are printed."""
    stage = load_layout(name).stage
    documents = [*samples_of(stage), sample(name), *(variant(name) for variant in VARIANTS)]
    left = branches(name) - taken(name, documents)
    if stage == FINAL:
        more = f"title: 某区\nextends: {name}\nprinting: {{completed_against: adjusted}}\n"
        (tmp_path / "layout.yaml").write_text(more, encoding="utf-8")
        left -= taken(str(tmp_path), documents[:2])
    assert sorted((branch.file, branch.line) for branch in left) == []


def test_the_sample_alone_does_not_take_every_branch() -> None:
    """The measure sees a branch that is not taken."""
    left = branches("hangzhou") - taken("hangzhou", [sample("hangzhou")])
    assert {branch.file for branch in left} >= {"basic.j2", "phrases.j2"}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("variant", [nothing, nothing_left])
def test_a_department_without_money_reads_back_equal(variant: Callable[[str], Any], name: str) -> None:
    done = render(variant(name), formats(), name, sources=True)
    assert [finding for finding in done.findings if finding.code.startswith("RB")] == []


@pytest.mark.parametrize("document", ALL_SAMPLES)
def test_every_layout_makes_every_sample(document: str) -> None:
    budget = load(shipped("data") / "samples" / document)
    for name in LAYOUTS:
        if load_layout(name).stage == budget.data.stage:
            assert prepare(budget, name).document.sections
        else:
            with pytest.raises(UsageError, match="决算"):
                prepare(budget, name)
