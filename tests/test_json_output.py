"""``docs/json-output.md`` lists the members of what ``--json`` prints: all of them and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportgen.cli.commands import names
from reportgen.core.paths import shipped
from reportgen.pipeline import render
from tests.bad_input.command import run
from tests.bulk.departments import department, put, refused
from tests.hand_edits.cases import generated
from tests.hand_edits.docx_edits import edited
from tests.intake.ledgers import imported, row
from tests.rules.test_rules import base
from tests.rules.test_rules import edited as edited_data
from tests.variants import seed_data

PAGE = Path(__file__).parent.parent / "docs" / "json-output.md"
SAMPLES = shipped("data") / "samples"
VERSION_1 = Path(__file__).parent / "samples" / "demo-version-1.json"
SEED, DEMO = SAMPLES / "shaoxing-hrss-2023.json", SAMPLES / "demo-2023.json"
TABLES: dict[str, list[str]] = {
    found[1]: re.findall(r"^\| `([^`]+)`", found[2], re.MULTILINE)
    for found in re.finditer(r"^<!-- (.*) -->\n((?:\|.*\n)+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
}


def members(data: Any, at: str = "") -> Iterator[str]:
    """The paths of all members: ``a.b`` in an object, ``a[]`` in a list."""
    if isinstance(data, dict):
        for name, value in data.items():
            path = f"{at}.{name}" if at else name
            yield path
            yield from members(value, path)
    elif isinstance(data, list):
        for item in data:
            yield from members(item, f"{at}[]")


def by_documented_names(path: str, documented: list[str]) -> str:
    """The path with ``*`` for its last name if the table says that the names of that object are free."""
    above, dot, _ = path.rpartition(".")
    free = f"{above}{dot}*"
    while "." in above and free not in documented:  # a name may have points itself: revenue.total
        above = above.rpartition(".")[0]
        free = f"{above}.*"
    return free if free in documented and path not in documented else path


def printed(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json")[1])


def errors(folder: Path) -> Iterator[Any]:
    path = put(folder, "x", department(1, revenue=[{"amount": "一"}], yaer=2023))
    yield printed("check", str(path))
    yield printed("check", "nowhere.json")
    yield printed("check")


def reports(folder: Path) -> Iterator[Any]:
    yield printed("check", str(SEED))
    for _ in range(2):
        yield printed("build", str(DEMO), "-o", str(folder), "--format", "xlsx")


def audits(folder: Path) -> Iterator[Any]:
    (payload,) = render(DEMO, formats=("xlsx",)).files.values()
    book = load_workbook(BytesIO(payload))
    book.worksheets[5]["C8"].value = 1.11
    book.save(folder / "a.xlsx")
    (folder / "b.xlsx").write_bytes(b"")
    yield printed("audit", str(folder))


def inspections(folder: Path) -> Iterator[Any]:
    (folder / "450.xlsx").write_bytes(b"")
    (folder / "999.xlsx").write_bytes(b"")
    roster, out = folder / "名单.csv", folder / "检查"
    roster.write_text("代码,名称\n450,青溪市财政局\n", encoding="utf-8")
    yield printed("audit", str(folder), "--roster", str(roster), "-o", str(out))


def batches(folder: Path) -> Iterator[Any]:
    (folder / "公开").mkdir()
    book = load_workbook(BytesIO(next(iter(render(DEMO, formats=("xlsx",)).files.values()))))
    book.worksheets[5]["C8"].value = 1.11
    book.save(folder / "公开" / "a.xlsx")
    (folder / "公开" / "b.xlsx").write_bytes(b"")
    yield printed("audit", str(folder / "公开"), "-o", str(folder / "审核"))


def imports(folder: Path) -> Iterator[Any]:
    (payload,) = render(SEED, ["xlsx"]).files.values()
    (folder / "公开.xlsx").write_bytes(payload)
    yield printed("import", str(folder / "公开.xlsx"))
    yield printed("import", str(folder / "公开.xlsx"), "--basics", str(SEED), "-o", str(folder / "预算.json"))


def ledgers(folder: Path) -> Iterator[Any]:
    for rows in ([row(), row(单位="450002", 单位名称="", 金额="5")], [row(金额="百")]):
        imported(folder, rows)
        ledger, mapping = folder / "明细账.csv", folder / "mapping.yaml"
        yield printed("import", str(ledger), "--mapping", str(mapping), "-o", str(folder / "各部门"))


def acceptances(folder: Path) -> Iterator[Any]:
    data = edited_data(base("demo"), {"/performance/0/amount": "45000000.00"})
    path = folder / "odd.json"
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    yield printed("accept", str(path))
    yield printed("accept", str(path), "GJ205", "--reason", "含上级直接支付的部分")


def upgrades(folder: Path) -> Iterator[Any]:
    path = folder / "1.json"
    path.write_bytes(VERSION_1.read_bytes())
    for _ in range(2):
        yield printed("upgrade", str(path))


def units(folder: Path) -> Iterator[Any]:
    yield printed("units", str(DEMO), "-o", str(folder))


def workbooks(folder: Path) -> Iterator[Any]:
    yield printed("workbook", "--year", "2026", "-o", str(folder / "form.xlsx"))


def runs(folder: Path) -> Iterator[Any]:
    for place, data in (("a/1", department(1)), ("b/1", department(1)), ("2", refused(2))):
        put(folder / "in", place, data)
    yield printed("bulk", str(folder / "in"), "-o", str(folder / "out"), "--format", "xlsx", "--jobs", "1")


def differences(folder: Path) -> Iterator[Any]:
    data = seed_data()
    data["three_public"][0]["reception"] = Decimal("5.10")
    path = folder / "new.json"
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    yield printed("diff", str(SEED), str(path))


def pulls(folder: Path) -> Iterator[Any]:
    steps = [
        ("replace", "主要是在职人员工资标准调整", "主要原因是在职人员工资标准提高"),
        ("replace", "312.00万元", "312.00亿元"),
    ]
    (folder / "edited.docx").write_bytes(edited(generated(), steps))
    (folder / "budget.json").write_bytes(DEMO.read_bytes())
    for dry in (["-n"], []):
        yield printed("pull", str(folder / "edited.docx"), "--into", str(folder / "budget.json"), *dry)


def traces(folder: Path) -> Iterator[Any]:
    for question in (("--figure", "1017.96"), ("--place", "表03"), ("--pointer", "/expenditure/9")):
        yield printed("trace", str(SEED), *question)


def layouts(folder: Path) -> Iterator[Any]:
    yield printed("layouts")


def layout_outputs(folder: Path) -> Iterator[Any]:
    yield printed("layout", "new", "甲", "-o", str(folder))
    yield printed("layout", "print", str(folder / "甲"), "revenue.j2")
    yield printed("layout", "copy", str(folder / "甲"), "revenue.j2")
    (folder / "甲" / "text" / "x.j2").write_text("{{ yaer }}", encoding="utf-8")
    yield printed("layout", "check", str(folder / "甲"))
    yield printed("layout", "facts", "采购")


OUTPUTS: dict[str, Callable[[Path], Iterator[Any]]] = {
    "error": errors, "check build": reports, "import": imports, "import --mapping": ledgers, "bulk": runs,
    "audit": audits, "audit -o": batches, "audit --roster": inspections, "accept": acceptances, "upgrade": upgrades,
    "units": units,
    "workbook": workbooks,
    "diff": differences, "pull": pulls,
    "trace": traces, "layouts": layouts, "layout": layout_outputs,
}  # fmt: skip


def test_there_is_a_table_for_each_output() -> None:
    assert list(TABLES) == list(OUTPUTS)
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in names() if f"`{name}`" not in text] == []


@pytest.mark.parametrize("table", OUTPUTS)
def test_a_table_lists_the_members_that_are_printed_and_no_others(table: str, tmp_path: Path) -> None:
    documented = TABLES[table]
    outputs = list(OUTPUTS[table](tmp_path))
    found = {by_documented_names(path, documented) for data in outputs for path in members(data)}
    assert found == set(documented)
    assert len(documented) == len(set(documented))
