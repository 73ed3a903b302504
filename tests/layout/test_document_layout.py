"""Which layout a document has: the one that is asked for, the one it names, the default one of its stage."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from reportgen import InputError, LayoutError, UsageError, build, bulk, check, diff, load_layout
from reportgen.core.paths import shipped
from reportgen.layout import defaults, folder
from reportgen.layout.defaults import default_layout
from reportgen.layout.load import names
from reportgen.pipeline import layout_name, prepare
from tests.rules.test_rules import base
from tests.strategies import dumped

SOURCE = Path(__file__).parents[2] / "reportgen"
PLACES = [
    "浙江",
    "杭州",
    "绍兴",
    "宁波",
    "湖州",
    "江苏",
    "无锡",
    "苏州",
    "上海",
    "北京",
    "深圳",
    "广州",
    "山东",
    "烟台",
    "shaoxing",
    "ningbo",
    "wuxi",
]


def document(**more: Any) -> dict[str, Any]:
    return {**base("demo"), **more}


def printed_with(**more: Any) -> str:
    return prepare(document(**more)).layout.name


def test_a_document_without_a_layout_has_the_default_of_its_stage() -> None:
    assert printed_with() == default_layout() == load_layout().layout.name
    assert printed_with(stage="budget") == default_layout("budget")


def test_a_document_has_the_layout_that_it_names_unless_another_is_asked_for() -> None:
    assert printed_with(layout="jiangsu") == "jiangsu"
    assert prepare(document(layout="jiangsu"), "shanghai").layout.name == "shanghai"


@pytest.mark.parametrize(("name", "near"), [("jiangsuu", "jiangsu"), ("gongwen", "")])
def test_a_layout_that_is_not_shipped_is_refused_with_the_nearest_one(name: str, near: str) -> None:
    with pytest.raises(InputError) as caught:
        check(document(layout=name))
    assert f"文件写的版式“{name}”不是随程序安装的" in str(caught.value)
    assert (f"是否想写 {near}" if near else "jiangsu、") in str(caught.value)


@pytest.mark.parametrize("name", ["../zhejiang", "/etc", "a/b", "a\\b", ".", "甲\u0000", ""])
def test_a_document_never_names_a_path(name: str) -> None:
    with pytest.raises(InputError):
        check(document(layout=name))


def test_a_folder_of_the_name_in_the_working_directory_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "layout.yaml").write_text("extends: zhejiang\ntitle: 甲\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert prepare(document(), "own").layout.name == "own"
    with pytest.raises(InputError):
        check(document(layout="own"))


def test_the_layout_of_a_file_is_found_without_reading_the_rest() -> None:
    assert layout_name(b'{"department": {"layout": "jiangsu"}}') == default_layout()
    assert layout_name(b'{"layout": "jiangsu", "other": 1}') == "jiangsu"
    assert layout_name(rb'{"l\u0061yout": "jiangsu"}') == "jiangsu"
    assert layout_name(b'{"layout": "jiangsu"') == default_layout()
    assert layout_name(b'["layout"]') == default_layout()


def test_another_layout_makes_the_files_anew(tmp_path: Path) -> None:
    source = tmp_path / "甲.json"
    source.write_bytes(dumped(document(layout="zhejiang")))
    assert not build(source, tmp_path / "out", ["xlsx"]).current
    assert build(source, tmp_path / "out", ["xlsx"]).current
    source.write_bytes(dumped(document(layout="zhejiang-2026")))
    report = build(source, tmp_path / "out", ["xlsx"])
    assert not report.current
    assert report.prepared is not None
    assert report.prepared.layout.name == "zhejiang-2026"


def test_two_versions_are_compared_with_the_layout_of_the_new_one() -> None:
    comparison = diff(document(), document(layout="jiangsu"))
    assert comparison.new.title == prepare(document(), "jiangsu").document.title


@pytest.fixture
def stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of layouts whose ``defaults.yaml`` a test may write."""
    shutil.copytree(shipped("layouts"), tmp_path / "layouts", ignore=lambda *_: ["defaults.yaml"])
    monkeypatch.setattr(defaults, "shipped", lambda name: tmp_path / name)
    monkeypatch.setattr(folder, "shipped", lambda name: tmp_path / name)
    return tmp_path / "layouts" / "defaults.yaml"


def test_each_stage_has_a_layout_of_its_own(stages: Path) -> None:
    stages.write_text("budget: jiangsu\nfinal: shanghai\n", encoding="utf-8")
    assert (default_layout("budget"), default_layout("final")) == ("jiangsu", "shanghai")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("final: shanghai\n", "没有写 budget 阶段用哪个版式"),
        ("budget: jiangsuu\n", "defaults.yaml:1：没有“jiangsuu”这个版式（是否想写 jiangsu？）"),
        ("budget: [1]\n", "defaults.yaml:1：没有“列表（1 项）”这个版式"),
        ("- budget\n", "应为“名称: 值”的映射"),
    ],
)
def test_a_mistake_in_the_defaults_names_file_and_line(stages: Path, text: str, says: str) -> None:
    stages.write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError) as caught:
        default_layout()
    assert says in str(caught.value)


def test_bulk_makes_each_document_with_its_own_layout(tmp_path: Path) -> None:
    city, out = tmp_path / "city", tmp_path / "out"
    city.mkdir()
    for name, code, more in (
        ("甲", "450", {}), ("乙", "451", {"layout": "zhejiang-2026"}), ("丙", "452", {"layout": "zhejiangg"}),
    ):  # fmt: skip
        data = document(**more)
        data["department"] = {**data["department"], "code": code, "name": f"{name}局"}
        (city / f"{name}.json").write_bytes(dumped(data))
    options = bulk.BulkOptions(jobs=1, formats=("xlsx",))
    first = {one.name: one for one in bulk.run([city], out, options).outcomes}
    assert {name: one.status for name, one in first.items()} == {"甲": "generated", "乙": "generated", "丙": "failed"}
    assert "是否想写 zhejiang" in first["丙"].findings[0].hint_text
    again = {one.name: one for one in bulk.run([city], out, options).outcomes}
    assert [again[name].current for name in ("甲", "乙")] == [True, True]
    departments = json.loads((out / "summary.json").read_text(encoding="utf-8"))["departments"]
    assert {one["name"]: one["layout"] for one in departments} == {
        "甲": default_layout(), "乙": "zhejiang-2026", "丙": default_layout(),
    }  # fmt: skip
    same = bulk.run([city], out, bulk.BulkOptions(jobs=1, formats=("xlsx",), layout="zhejiang"))
    assert {one.name: one.status for one in same.outcomes} == dict.fromkeys(("甲", "乙", "丙"), "generated")


def test_a_layout_that_is_asked_for_must_exist() -> None:
    with pytest.raises(UsageError):
        check(document(layout="jiangsu"), "jiangsuu")


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_names_a_locality(path: Path) -> None:
    """A layout is data: the program knows none of them by name."""
    text = path.read_text(encoding="utf-8").lower()
    known = {re.split("[-_]", name)[0] for name in names() if not name.startswith("final-accounts")} | set(PLACES)
    assert [name for name in sorted(known) if name in text] == []
