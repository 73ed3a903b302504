"""Every command takes documents of both stages: the table in ``docs/final-accounts.md``, run."""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen.budget.terms import BUDGET, FINAL, STAGES
from reportgen.cli import commands
from tests.bad_input.command import run

ROOT = Path(reportgen.__file__).parents[1]
SAMPLES = {BUDGET: "demo-2023", FINAL: "final-accounts"}
WITHOUT_DOCUMENT = {"completion", "layout", "layouts", "schema"}
"""Commands that take no document."""
ELSEWHERE = {"watch", "serve"}
"""Commands that do not end: ``tests/pipeline`` and ``tests/serving`` run them; both stages go through ``build``."""


@dataclass(frozen=True)
class Made:
    """What was made of the sample of a stage: the document, the folder of its files, the one beside it."""

    stage: str
    document: Path
    folder: Path
    title: str

    @property
    def beside(self) -> tuple[str, ...]:
        """The option that gives final accounts the budget of the same year."""
        budget = ROOT / "data" / "samples" / f"{SAMPLES[BUDGET]}.json"
        return ("--budget", str(budget)) if self.stage == FINAL else ()


@pytest.fixture(scope="module", params=STAGES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp(request.param)
    document = folder / "data.json"
    document.write_bytes((ROOT / "data" / "samples" / f"{SAMPLES[request.param]}.json").read_bytes())
    assert run("build", str(document), "-o", str(folder / "out"), "--format", "docx,xlsx")[0] == 0
    (docx,) = (folder / "out").glob("*.docx")
    return Made(request.param, document, folder, docx.stem)


def check(made: Made) -> None:
    code, _, said = run("check", str(made.document), *made.beside)
    assert (code, "错误" in said) == (0, False)


def build(made: Made) -> None:
    """The manifest knows that nothing changed."""
    code, _, said = run("build", str(made.document), "-o", str(made.folder / "out"), "--format", "docx,xlsx")
    assert (code, "已是最新" in said) == (0, True)


def bulk(made: Made) -> None:
    sources = made.folder / "in"
    sources.mkdir()
    (sources / "one.json").write_bytes(made.document.read_bytes())
    code, _, _ = run("bulk", str(sources), "-o", str(made.folder / "all"), "--format", "xlsx")
    assert code == 0
    assert list((made.folder / "all").rglob(f"{made.title}.xlsx"))


def diff(made: Made) -> None:
    data = json.loads(made.document.read_bytes(), parse_float=str)
    line = next(line for line in data["revenue"] if "amount" in line)
    line["amount"] = str(float(line["amount"]) + 100)
    changed = made.folder / "changed.json"
    changed.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    code, out, _ = run("diff", str(made.folder / "out"), str(changed), *made.beside)
    assert (code, "本年收入" in out) == (1, True)


def pull(made: Made) -> None:
    code, out, _ = run("pull", str(made.folder / "out" / f"{made.title}.docx"), "--into", str(made.document))
    assert (code, "没有改动" in out) == (0, True)


def trace(made: Made) -> None:
    code, out, _ = run("trace", str(made.document), "--pointer", "/revenue/0/amount", *made.beside)
    assert (code, "revenue.total" in out or "收入" in out) == (0, True)


def accept(made: Made) -> None:
    assert run("accept", str(made.document), *made.beside)[0] == 0


def units(made: Made) -> None:
    folder = made.folder / "units"
    run("units", str(made.document), "-o", str(folder))
    documents = [json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))]
    assert len(documents) == 3
    assert {one.get("stage", BUDGET) for one in documents} == {made.stage}
    balances = {"GJ101", "GJ127", "GJ128", "GJ129"}
    for path in folder.glob("*.json"):
        assert balances.isdisjoint(re.findall("GJ[0-9]{3}", run("check", str(path))[2]))


def workbook(made: Made) -> None:
    """Made of the document and read back, it is the same document."""
    path = made.folder / "form.xlsx"
    assert run("workbook", "--from", str(made.document), "-o", str(path))[0] == 0
    assert run("diff", str(made.document), str(path))[0] == 0


def import_(made: Made) -> None:
    code, _, said = run("import", str(made.folder / "out" / f"{made.title}.xlsx"), "--basics", str(made.document))
    assert (code, "错误" in said) == (0, False)


def audit(made: Made) -> None:
    code, _, said = run("audit", str(made.folder / "out" / f"{made.title}.xlsx"))
    assert (code, "认出" in said, "错误" in said) == (0, True, False)


def upgrade(made: Made) -> None:
    assert run("upgrade", str(made.document))[0] == 0


RUNS: Mapping[str, Callable[[Made], None]] = {
    "check": check, "build": build, "bulk": bulk, "diff": diff, "pull": pull, "trace": trace, "accept": accept,
    "units": units, "workbook": workbook, "import": import_, "audit": audit, "upgrade": upgrade,
}  # fmt: skip


def listed() -> dict[str, list[str]]:
    """The rows of the table by command."""
    text = (ROOT / "docs" / "final-accounts.md").read_text(encoding="utf-8")
    part = text.partition("## Commands")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| `")
    ]
    return {row[0].strip("`"): row[1:] for row in rows}


def test_the_table_lists_every_command_that_takes_a_document() -> None:
    there = {module.name for module in pkgutil.iter_modules(commands.__path__)}
    assert set(listed()) == there - WITHOUT_DOCUMENT
    assert set(listed()) == set(RUNS) | ELSEWHERE


@pytest.mark.parametrize("command", RUNS)
def test_the_command_takes_documents_of_both_stages(made: Made, command: str) -> None:
    budget, final, _ = listed()[command]
    assert budget.startswith("yes")
    assert final.startswith("yes")
    RUNS[command](made)


@pytest.mark.parametrize("command", sorted(set(RUNS) - {"units", "import", "audit", "upgrade"}))
def test_the_commands_with_a_budget_beside_them_have_the_option(command: str) -> None:
    assert "--budget" in run(command, "--help")[1]
    assert listed()[command][2] != "–"


def without_initial(value: Any) -> Any:
    """A document whose 年初预算数 are those of the budget beside it alone."""
    if isinstance(value, dict):
        return {name: without_initial(member) for name, member in value.items() if name != "initial"}
    return [without_initial(item) for item in value] if isinstance(value, list) else value


def test_a_file_that_was_built_with_a_budget_is_compared_with_one_that_is_composed_so(tmp_path: Path) -> None:
    """Bases that the document does not state are printed: without the budget the sentences would be others."""
    samples = ROOT / "data" / "samples"
    data = without_initial(json.loads((samples / f"{SAMPLES[FINAL]}.json").read_bytes(), parse_float=str))
    document, beside = tmp_path / "data.json", ("--budget", str(samples / f"{SAMPLES[BUDGET]}.json"))
    document.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert run("build", str(document), "-o", str(tmp_path), "--format", "docx", *beside)[0] == 0
    (docx,) = tmp_path.glob("*.docx")
    code, out, _ = run("pull", str(docx), "--into", str(document), *beside)
    assert (code, "没有改动" in out) == (0, True)
    line = data["expenditure"][0]
    line["basic"] = str(float(line["basic"]) + 10_000)
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    with_budget, without = (run("diff", str(document), str(changed), "--json", *some)[1] for some in (beside, ()))
    assert ("change.initial" in with_budget, "change.initial" in without) == (True, False)
