"""Round trips: again and again, back to the old words, with older files, with other data, by the command line."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest

from reportgen.cli import main
from reportgen.cli.commands.pull import _excerpt
from reportgen.compose import review
from reportgen.core.errors import InputError, OutputError
from reportgen.hand_edits import Pulled, edits, in_memory, pull
from reportgen.pipeline import build, prepare
from reportgen.writers.docx import write
from tests.hand_edits.cases import DEMO, as_text, generated, overrides_in
from tests.hand_edits.docx_edits import Step, edited

WORDS = ("replace", "主要是在职人员工资标准调整", "主要原因是在职人员工资标准提高")
BACK = ("replace", WORDS[2], WORDS[1])
DELETED = ("delete", "结转下年0.00万元。", "")
ADDED = ("new-paragraph", "各单位政府采购预算总额312.00", "以上采购均依法执行。")
SAYS = "主要原因是在职人员工资标准提高。"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return Path(shutil.copy(DEMO, tmp_path / "budget.json"))


def file(into: Path, payload: bytes, *steps: Step) -> Path:
    path = into.parent / "edited.docx"
    path.write_bytes(edited(payload, steps))
    return path


def docx(into: Path) -> bytes:
    prepared = prepare(into)
    return write(prepared.document, prepared.layout.style)


def brought(into: Path) -> dict[str, str]:
    return as_text(overrides_in(into))


def codes(found: Pulled) -> list[str]:
    return [finding.code for finding in found.findings]


def changed(into: Path, edit: Any) -> None:
    data = json.loads(into.read_text(encoding="utf-8"), parse_float=str)
    edit(data)
    into.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")


def test_an_unedited_file_changes_nothing(into: Path) -> None:
    before, found = into.read_bytes(), pull(file(into, generated()), into)
    assert (found.changes, found.findings, found.file) == ((), (), None)
    assert into.read_bytes() == before


def test_build_pull_and_build_again_gives_the_same_bytes(into: Path) -> None:
    pull(file(into, generated(), WORDS, DELETED, ADDED), into)
    build(into, into.parent / "one")
    (made,) = (into.parent / "one").glob("*.docx")
    before = into.read_bytes()
    assert not pull(made, into).changes
    assert into.read_bytes() == before
    build(into, into.parent / "two")
    for path in (into.parent / "one").iterdir():
        assert path.read_bytes() == (into.parent / "two" / path.name).read_bytes()


def test_the_json_file_keeps_its_format(into: Path) -> None:
    """Only the new member is added; every other line of the file stays as it stood."""
    before = into.read_text(encoding="utf-8")
    pull(file(into, generated(), WORDS), into)
    after = into.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("}\n"))
    assert after.rstrip("}\n").endswith("]")


def test_an_edit_back_to_the_generated_text_removes_the_override(into: Path) -> None:
    before = into.read_bytes()
    pull(file(into, generated(), WORDS), into)
    assert brought(into).keys() == {"收入/规模"}
    pull(file(into, docx(into), BACK), into)
    assert into.read_bytes() == before


def test_edits_of_edited_paragraphs_replace_their_overrides(into: Path) -> None:
    pull(file(into, generated(), WORDS, DELETED, ADDED), into)
    more = ("new-paragraph", "以上采购均依法执行。", "并按规定公开。")
    between = ("new-paragraph", "各单位政府采购预算总额312.00", "另有说明。")
    pull(file(into, docx(into), ("replace", "工资标准提高", "工资上调"), more, between), into)
    found = brought(into)
    assert list(found) == ["收入/规模", "支出/结转", "其他/采购/预算+"]
    assert found["收入/规模"].endswith("主要原因是在职人员工资上调。")
    assert found["其他/采购/预算+"] == "另有说明。以上采购均依法执行。并按规定公开。"
    pull(file(into, docx(into), ("delete", "以上采购均依法执行。", "")), into)
    assert brought(into)["其他/采购/预算+"] == "另有说明。并按规定公开。"


def test_a_file_edited_further_may_be_pulled_again(into: Path) -> None:
    pull(file(into, generated(), WORDS, ADDED), into)
    found = pull(file(into, generated(), WORDS, ADDED, DELETED), into)
    assert [change.kind for change in found.changes] == ["deleted"]
    assert brought(into).keys() == {"收入/规模", "其他/采购/预算+", "支出/结转"}


def test_edits_of_two_copies_are_both_kept(into: Path) -> None:
    pull(file(into, generated(), WORDS, ADDED), into)
    found = pull(file(into, generated(), DELETED), into)
    assert codes(found) == ["QH112", "QH111"]
    assert brought(into).keys() == {"收入/规模", "其他/采购/预算+", "支出/结转"}


def test_of_a_file_made_from_older_data_only_wording_is_pulled(into: Path) -> None:
    """Its numbers are older than the data; no paragraph is deleted for not being there."""
    old = docx(into)
    changed(into, more_money)
    found = pull(file(into, old, WORDS, DELETED), into)
    assert codes(found)[:1] == ["QH110"]
    assert "QH111" in codes(found)
    assert found.clean
    assert brought(into).keys() == {"收入/规模"}
    assert overrides_in(into)[0]["runs"][3]["printed"] == "3101.10"


def more_money(data: dict[str, Any]) -> None:
    """100 万元 more, in and out."""
    for place, name, wanted in (
        (data["revenue"], "amount", {"source": "一般公共预算"}),
        (data["expenditure"], "personnel", {"function": "2010601"}),
        (data["basic_expenditure"], "amount", {"economic": "30101"}),
    ):
        line = next(line for line in place if name in line and wanted.items() <= line.items())
        line[name] = str(Decimal(line[name]) + 1_000_000)


def test_an_edited_sentence_is_kept_with_the_figures_of_new_data(into: Path) -> None:
    pull(file(into, generated(), WORDS), into)
    changed(into, more_money)
    report = build(into, into.parent / "out", ["docx"])
    assert report.publishable
    (told_of,) = (finding for finding in report.findings if finding.code == "QH202")
    assert told_of.values["figures"].startswith("3001.10 → 3101.10，51.10 → 151.10")
    sentence = paragraph(into, "收入/规模")
    assert "收入预算3101.10万元，比上年执行数增加151.10万元" in sentence
    assert sentence.endswith(SAYS)
    unedited = file(into, docx(into))
    assert "QH202" in codes(pull(unedited, into))
    pull(unedited, into, reviewed=True)
    assert "QH202" not in codes(pull(unedited, into))


def test_a_difference_that_changed_its_direction_is_an_error(into: Path) -> None:
    pull(file(into, generated(), WORDS), into)
    changed(into, lambda data: data["totals"]["revenue"]["last"].update(execution=99_000_000))
    report = build(into, into.parent / "out", ["docx"])
    assert {"QH202", "QH203", "QH204"} <= {finding.code for finding in report.findings}
    assert not report.publishable


def paragraph(into: Path, block: str) -> str:
    document = prepare(into).document
    blocks = document.blocks()
    return next("".join(run.text for run in one.runs) for one in blocks if getattr(one, "id", "") == block)  # type: ignore[union-attr]


def test_a_moved_paragraph_is_reported_and_keeps_its_position(into: Path) -> None:
    found = pull(file(into, generated(), ("move-after", "结转下年0.00万元。", "1.按支出功能分类")), into)
    assert (found.changes, codes(found)) == ((), ["QH105"])


def test_a_paragraph_with_an_unprintable_character_is_not_pulled(into: Path) -> None:
    found = pull(file(into, generated(), ("insert", "主要是在职人员工资标准调整", "\ue000")), into)
    assert (found.changes, codes(found), found.clean) == ((), ["QH108"], False)


def test_a_dry_run_writes_nothing(into: Path) -> None:
    before = into.read_bytes()
    found = pull(file(into, generated(), WORDS), into, dry_run=True)
    assert (len(found.changes), found.file, into.read_bytes()) == (1, None, before)


def test_a_json_file_changed_in_the_meantime_is_not_written(into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, find_edits = file(into, generated(), WORDS), in_memory.find_edits

    def meanwhile(*given: Any) -> Any:
        into.write_text("{}", encoding="utf-8")
        return find_edits(*given)

    monkeypatch.setattr(in_memory, "find_edits", meanwhile)
    with pytest.raises(OutputError, match="被别人改过"):
        pull(path, into)
    assert into.read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize("steps", [[], [("strip", "", "")]], ids=["with marks", "stripped"])
def test_the_file_of_another_department_is_refused(into: Path, steps: list[Step]) -> None:
    own = file(into, generated(), WORDS, *steps)
    changed(into, lambda data: data["department"].update(name="白溪市财政局"))
    with pytest.raises(InputError, match="部门或年度不同"):
        pull(own, into)


def test_a_full_width_percent_sign_is_the_same_unit(into: Path) -> None:
    found = pull(file(into, generated(), ("replace", "增长142.9%", "增长142.9％")), into)
    assert codes(found) == []
    assert ["{three_public.change.budget.rate}％" in text for text in brought(into).values()] == [True]


def test_the_file_of_another_layout_is_refused(into: Path) -> None:
    with pytest.raises(InputError, match="段中只找到"):
        pull(file(into, generated(), *[("delete", "。", "")] * 55), into)


def test_the_page_names_every_code() -> None:
    page = (Path(__file__).parents[2] / "docs" / "pull.md").read_text(encoding="utf-8")
    codes = re.findall(r"^(QH\d+)", (edits.__doc__ or "") + (review.__doc__ or ""), re.MULTILINE)
    assert len(codes) == 25
    assert [code for code in codes if code not in page] == []


def test_the_command_lists_what_it_pulled(into: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(into, generated(), WORDS, DELETED, ADDED)
    assert main(["pull", str(path), "--into", str(into), "-n", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(change["kind"], change["block"]) for change in said["changes"]] == [
        ("changed", "收入/规模"), ("deleted", "支出/结转"), ("added", "其他/采购/预算"),
    ]  # fmt: skip
    assert said["file"] is None
    assert main(["pull", str(path), "--into", str(into)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in lines] == ["改写", "删去", "二/", "已写"]
    assert main(["pull", str(path), "--into", str(into)]) == 0
    assert capsys.readouterr().out == "文字没有改动。\n"


def test_a_contradiction_is_exit_code_1(into: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(into, generated(), ("replace", "收支总预算3001.10", "收支总预算3000.10"), WORDS)
    assert main(["pull", str(path), "--into", str(into)]) == 1
    assert "3001.10万元 改成了 3000.10" in capsys.readouterr().err
    assert brought(into).keys() == {"收入/规模"}


def published(into: Path, *steps: Step) -> Path:
    """The DOCX that ``build`` left in its folder, changed there by hand."""
    (made,) = build(into, into.parent / "out", ("docx",)).files
    made.write_bytes(edited(made.read_bytes(), steps))
    return made


def test_a_pulled_file_may_be_replaced_by_a_build(into: Path) -> None:
    made = published(into, WORDS)
    with pytest.raises(OutputError, match="被人改过"):
        build(into, into.parent / "out", ("docx",))
    pull(made, into)
    (again,) = build(into, into.parent / "out", ("docx",)).files
    assert SAYS in "".join(paragraph for paragraph in told_by(again))


def test_after_a_dry_run_or_a_contradiction_the_edited_file_is_not_replaced(into: Path) -> None:
    made = published(into, WORDS, ("replace", "312.00万元", "313.00万元"))
    assert not pull(made, into).clean
    pull(made, into, dry_run=True)
    with pytest.raises(OutputError, match="被人改过"):
        build(into, into.parent / "out", ("docx",))


def told_by(path: Path) -> list[str]:
    return [paragraph.text for paragraph in python_docx.Document(str(path)).paragraphs]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("短", "短句", "短句"),
        ("甲" * 100, "甲" * 100 + "，均已落实", "…" + "甲" * 15 + "，均已落实"),
        ("甲" * 100, "乙" + "甲" * 100, "乙" + "甲" * 59 + "…"),
        ("甲" * 70 + "乙" + "甲" * 70, "甲" * 70 + "丙" + "甲" * 70, "…" + "甲" * 15 + "丙" + "甲" * 44 + "…"),
    ],
)
def test_the_part_of_a_long_text_that_changed_is_printed(before: str, after: str, shown: str) -> None:
    assert _excerpt(before, after) == shown
