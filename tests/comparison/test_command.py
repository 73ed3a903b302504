"""``reportgen diff`` as a user meets it."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from reportgen.budget.field_types import List, Object
from reportgen.budget.model import Budget
from reportgen.budget.row_keys import KEYS
from reportgen.budget.schema import models
from reportgen.cli import main
from reportgen.pipeline import build
from tests.comparison.patches import base_data, edited


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("versions")
    found = {}
    for name, data in (("old", base_data()), ("new", edited("three-public-turns"))):
        found[name] = folder / f"{name}.json"
        found[name].write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    return found


def run(capsys: pytest.CaptureFixture[str], *arguments: Any) -> tuple[int, str]:
    code = main(["diff", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_causes_changes_and_reviews_are_listed(files: dict[str, Path], capsys: Any) -> None:
    code, said = run(capsys, files["old"], files["new"])
    assert code == 1
    assert said.splitlines()[:4] == [
        "[1] 局本级 公务接待费：2.80 → 5.10 万元",
        "    因此变化：3 句、1 张表（4 格）",
        "需要复核的原因：",
        "  二/（九）第3段 [1]：原为减少，现为增加，原因仍是“严控和压缩公务接待费支出”（/totals/reception/reason）",
    ]
    assert "  二/（九）第3段第1句 [1]  6.21 → 8.51；减少0.69 → 增加1.61；下降10.0 → 增长23.3" in said.splitlines()
    assert len(said.splitlines()) == 12


def test_equal_documents_exit_with_0(files: dict[str, Path], capsys: Any) -> None:
    assert run(capsys, files["old"], files["old"]) == (0, "没有差别。\n")


def test_quiet_lists_no_places(files: dict[str, Path], capsys: Any) -> None:
    assert len(run(capsys, files["old"], files["new"], "--quiet")[1].splitlines()) == 4


def test_as_json(files: dict[str, Path], capsys: Any) -> None:
    code, said = run(capsys, files["old"], files["new"], "--json")
    data = json.loads(said)
    assert code == 1
    assert data["equal"] is False
    assert data["causes"][0] | {"reach": None} == {
        "id": 1, "kind": "changed", "old": "/three_public/0/reception", "new": "/three_public/0/reception",
        "label": "局本级", "term": "公务接待费", "was": "2.80", "now": "5.10", "unit": "万元", "reach": None,
    }  # fmt: skip
    assert data["causes"][0]["reach"] == {
        "sentences": 3, "tables": 1, "cells": 4, "lines": 0, "shares": 0, "numbers": 0, "charts": 0,
    }  # fmt: skip
    assert [one["pointer"] for one in data["reviews"]] == ["/totals/reception/reason"]
    assert len(data["changes"]) == 7
    assert all(one["causes"] == [1] for one in data["changes"])
    cell = next(one for one in data["changes"] if one["place"] == "表07「合计」公务接待费")
    assert cell["figures"] == [{"fact": "three_public.reception", "was": "6.21", "now": "8.51", "unit": "万元"}]


def test_rows_that_are_added_or_deleted_are_told_as_such(files: dict[str, Path], capsys: Any, tmp_path: Path) -> None:
    data = base_data()
    data["projects"].append({"unit": data["projects"][0]["unit"], "name": "新项目", "general_public": "1.00"})
    more = tmp_path / "more.json"
    more.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    row = "：绍兴市人力资源和社会保障局本级 | 新项目 | 1.00 | 1.00"
    for old, new, told in ((files["old"], more, "新增一行"), (more, files["old"], "删去一行")):
        said = run(capsys, old, new)[1]
        assert [told + row in said, said.count("一行")] == [True, 1]


def test_the_folder_of_a_build_serves_as_its_document(files: dict[str, Path], capsys: Any, tmp_path: Path) -> None:
    assert build(files["old"], tmp_path / "out", ["docx"]).publishable
    assert run(capsys, tmp_path / "out", files["old"])[0] == 0
    assert run(capsys, tmp_path / "out", files["new"])[0] == 1


def test_the_redline_is_written_to_a_file(files: dict[str, Path], capsys: Any, tmp_path: Path) -> None:
    target = tmp_path / "修订" / "稿.docx"
    code, _ = run(capsys, files["old"], files["new"], "--docx", target)
    assert code == 1
    assert target.read_bytes().startswith(b"PK")


TROUBLE = {
    "an empty folder": (["{folder}", "{new}"], 3, "里没有 manifest.json"),
    "no file": (["{folder}/none.json", "{new}"], 3, "读不了文件"),
    "no docx": (["{old}", "{new}", "--docx", "{folder}/x.pdf"], 2, "修订稿应存为 .docx 文件"),
}


@pytest.mark.parametrize("name", TROUBLE)
def test_wrong_arguments_are_reported(name: str, files: dict[str, Path], capsys: Any, tmp_path: Path) -> None:
    arguments, code, said = TROUBLE[name]
    values = {"folder": tmp_path, **files}
    assert run(capsys, *(one.format(**values) for one in arguments))[0] == code
    assert said in run(capsys, *(one.format(**values) for one in arguments))[1]


def test_a_redline_is_never_written_over_a_document(files: dict[str, Path], capsys: Any, tmp_path: Path) -> None:
    old = tmp_path / "old.docx"  # a document by another name
    old.write_bytes(files["old"].read_bytes())
    assert run(capsys, old, files["new"], "--docx", old)[0] == 2
    assert old.read_bytes() == files["old"].read_bytes()


def test_a_redline_is_never_written_over_a_file_of_the_folder(
    files: dict[str, Path], capsys: Any, tmp_path: Path
) -> None:
    assert build(files["old"], tmp_path / "out", ["docx"]).publishable
    (published,) = (tmp_path / "out").glob("*.docx")
    before = published.read_bytes()
    assert run(capsys, tmp_path / "out", files["new"], "--docx", published)[0] == 2
    assert published.read_bytes() == before


def test_hand_edits_are_causes_of_their_paragraphs(files: dict[str, Path], capsys: Any, tmp_path: Path) -> None:
    data = base_data()
    link = {"figure": "three_public.total", "printed": "8.46"}
    data["overrides"] = [
        {"block": "三公/总额", "runs": ["今年“三公”经费共", link, "万元。"]},
        {"block": "职能/7", "runs": []},
        {"block": "机构/构成", "after": True, "runs": ["另有两家挂牌机构。"]},
    ]
    new = tmp_path / "edited.json"
    new.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    code, said = run(capsys, files["old"], new, "--json")
    found = json.loads(said)
    assert (code, len(found["causes"])) == (1, 3)
    assert all(one["causes"] for one in found["changes"])
    by_block = {one["block"]: one["causes"] for one in found["changes"] if one["kind"] == "sentence"}
    assert by_block.pop("三公/总额") == [1]
    assert by_block.pop("职能/7") == [2]
    assert list(by_block.values()) == [[3]]
    assert [(one["label"], one["now"]) for one in found["causes"]] == [
        ("手工改动 二/（九）第1段", "今年“三公”经费共8.46万元。"),
        ("手工改动 一/（一）第7段", "删去这一段"),
        ("手工改动 一/（二）第1段之后加的一段", "另有两家挂牌机构。"),
    ]


def test_every_list_of_records_has_a_key() -> None:
    lists = [one.metadata["type"] for model in models(Budget) for one in fields(model)]
    records = {kind.items.model for kind in lists if isinstance(kind, List) and isinstance(kind.items, Object)}
    assert records == set(KEYS)
    names = {model: {one.name for one in fields(model)} for model in records}
    assert all(set(key) <= names[model] for model, keys in KEYS.items() for key in keys)
