"""The steps of ``docs/clerk.md`` lead to published files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reportgen
from tests.bad_input.command import run
from tests.intake.form.sample import SAMPLES, document

PAGE = Path(reportgen.__file__).parents[1] / "docs" / "clerk.md"


def test_the_steps_lead_from_an_empty_workbook_to_published_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first step and the second the workbook is filled in with the sample."""
    monkeypatch.chdir(tmp_path)
    found = re.search(r"<!-- steps -->\n```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    make, *steps = [line.split()[1:] for line in found[1].splitlines()]
    assert run(*make)[0] == 0
    empty, _, errors = run(*steps[0])
    assert (empty, "没有填“" in errors) == (1, True)
    Path("填报.xlsx").write_bytes(reportgen.workbook(document("demo-2023")))
    for step in steps:
        code, _, errors = run(*step)
        assert code == 0, errors
    wanted = dict(reportgen.render(SAMPLES / "demo-2023.json").files)
    assert {Path(name).suffix for name in wanted} == {".docx", ".pdf", ".xlsx"}
    assert {name: (Path("公开") / name).read_bytes() for name in wanted} == wanted
