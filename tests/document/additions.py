"""Every field that the shipped layouts need not print, in one document, and a layout that prints all of them.

``python -m tests.generated`` takes its examples of names of facts from this document, too.
"""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from reportgen.core.paths import shipped
from reportgen.pipeline.loaded_layout import LoadedLayout, load_layout

LAST = {"budget": "60000", "execution": "58000"}
ADDITIONS: dict[str, Any] = {
    "approved": "2023-01-28",
    "approved_by": "青溪市财政局",
    "contact": "办公室",
    "layout": "zhejiang",
    "sections": {"tasks": ["抓好预算执行。", "做好决算编制。"]},
    "counts": {"绩效项目": 7},
    "named": [
        {"unit": "450001", "name": "会议费", "amount": "54000", "last": LAST, "reason": "压减会议"},
        {"name": "委托业务费", "amount": "120000"},
        {"unit": "450001", "name": "委托业务费", "amount": "20000"},
    ],
    "withheld": [{"table": "named", "note": "注：涉密事项不予公开。"}],
    "economic_expenditure": [
        {"unit": "450001", "economic": "30215", "name": "会议", "fund": "一般公共预算", "basic": "1000",
         "project": "40000", "carry_over": "500", "last": LAST, "reason": "压减会议"},
    ],
    "procurement": {
        "goods": "20000", "works": "0", "services": "310000", "sme": "200000", "small": "50000",
        "lines": [
            {"unit": "450001", "kind": "服务", "function": "2010602", "project": "审计", "economic": "30227",
             "item": "审计服务", "method": "分散采购", "fund": "一般公共预算", "amount": "300000",
             "carry_over": "10000", "sme": "200000", "small": "50000", "last": LAST, "reason": "增加审计"},
            {"kind": "货物", "function": "2010601", "item": "复印纸", "amount": "20000"},
        ],
    },
}  # fmt: skip
ASSETS = {
    "vehicles": {"communications": 1, "应急保障用车": 1},
    "others": {"单价100万元以上设备": 2},
    "planned": {"equipment": 1},
    "planned_vehicles": {"应急保障用车": 1},
}
"""What the document states of ``assets`` besides the fields of the sample."""
FUND_LINE = {"unit": "450001", "fund": "政府性基金预算", "reception": "4000"}
"""A “三公” line of another fund."""
SOURCES = {"business_income": "50000", "operating_income": "10000", "superior_subsidy": "6000",
           "affiliated_income": "5000", "other_income": "4000"}  # fmt: skip
CARRY_OVER = {"general_public": "1000", "government_fund": "0", "state_capital": "0", "fiscal_account": "2000",
              "own_funds": "5000"}  # fmt: skip
"""What the last project of the sample states, whose 单位资金 is the sum of its sources and what was carried over."""
TEXT = Path(__file__).parent / "additions.j2"
_FOLDER = TemporaryDirectory(prefix="additions-")


def with_additions(data: Any) -> Any:
    """A document with all additions."""
    whole = copy.deepcopy({**data, **ADDITIONS})
    if whole.get("three_public"):
        whole["three_public"].append(copy.deepcopy(FUND_LINE))
    if whole.get("projects"):
        whole["projects"][-1].update(copy.deepcopy({"use": "系统运维", "sources": SOURCES, "carry_over": CARRY_OVER}))
    whole["assets"] = {**whole.get("assets", {"as_of": "2022-12-31"}), **ASSETS}
    return whole


@cache
def layout() -> LoadedLayout:
    """The shipped layout with one more block, which prints the additions."""
    folder = Path(_FOLDER.name)
    outline = yaml.safe_load((shipped("layouts") / "zhejiang" / "layout.yaml").read_text(encoding="utf-8"))["outline"]
    prose = next(section for section in outline if section["page"] == "prose")
    prose["blocks"].append({"id": "另加", "level": 1, "heading": "另加的内容", "text": TEXT.name})
    own = {"title": "另加", "extends": "zhejiang", "outline": outline}
    (folder / "layout.yaml").write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    (folder / "text").mkdir(exist_ok=True)
    (folder / "text" / TEXT.name).write_text(TEXT.read_text(encoding="utf-8"), encoding="utf-8")
    return load_layout(folder)
