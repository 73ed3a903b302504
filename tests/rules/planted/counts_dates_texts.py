"""Errors in counts, dates, names of units and goals."""

from __future__ import annotations

from tests.rules.planted.document import Document
from tests.rules.planted.kind import kind


def counts(document: Document) -> list[str]:
    kinds = ("other", "technical", "law_enforcement", "leaders")
    return ["equipment", "special_equipment", *(f"vehicles/{key}" for key in kinds), "planned/vehicles"]


def count_written(document: Document, count: int) -> str | None:
    if "assets" not in document.data:
        return None
    name = document.one(counts(document))
    part, _, key = name.rpartition("/")
    place = document.data["assets"].setdefault(part, {}) if part else document.data["assets"]
    place[key] = count
    return f"/assets/{name}"


@kind("数量写成了金额", "GJ506", "IN100")
def absurd_count(document: Document) -> str | None:
    return count_written(document, document.dice.randint(10**5, 10**7))


@kind("数量为负", "IN100")
def negative_count(document: Document) -> str | None:
    return count_written(document, -document.dice.randint(1, 9))


@kind("公开日期不合年度", "GJ507")
def published(document: Document) -> str | None:
    year = document.year + document.dice.choice((-3, -2, 1, 2, 10))
    document.data["published"] = f"{year}-02-{document.dice.randint(10, 28)}"
    return "/published"


@kind("资产日期不合年度", "GJ503")
def as_of(document: Document) -> str | None:
    if "assets" not in document.data:
        return None
    document.data["assets"]["as_of"] = f"{document.year + document.dice.choice((-4, -3, -2, 1, 2))}-12-31"
    return "/assets/as_of"


@kind("资产日期在公开之后", "GJ507")
def as_of_after_publication(document: Document) -> str | None:
    if "assets" not in document.data:
        return None
    document.data["published"] = f"{document.year}-02-{document.dice.randint(10, 28)}"
    document.data["assets"]["as_of"] = f"{document.year}-12-31"
    return "/assets/as_of"


def repeated(document: Document, key: str) -> str | None:
    units = document.data["department"]["units"]
    own = [n for n, unit in enumerate(units) if key in unit]
    if len(own) < 2:
        return None
    one, other = document.dice.sample(own, 2)
    units[one][key] = units[other][key]
    return f"/department/units/{one}/{key}"


@kind("单位代码重复", "GJ114")
def unit_code_twice(document: Document) -> str | None:
    return repeated(document, "code")


@kind("单位名称重复", "GJ114")
def unit_name_twice(document: Document) -> str | None:
    return repeated(document, "name")


@kind("计划购置抄了存量", "GJ312")
def planned_repeats_stock(document: Document) -> str | None:
    assets = document.data.get("assets", {})
    stock = {"vehicles": sum(assets.get("vehicles", {}).values())}
    stock |= {key: assets.get(key, 0) for key in ("equipment", "special_equipment")}
    key = document.one(key for key, owned in stock.items() if owned > 3)
    if key:
        assets.setdefault("planned", {})[key] = stock[key]
    return key and f"/assets/planned/{key}"


SLIPS = ("完成{}年各项任务。", "{}年底前办结率达到百分之百。", "做好{}年度服务保障工作。", "在{} 年12月前建成。")


@kind("目标里写了别的年份", "GJ413", "GJ404")
def year_in_a_goal(document: Document) -> str | None:
    places = [(f"{pointer}/goal", line, "goal") for pointer, line in document.lines("projects", lambda x: "goal" in x)]
    for pointer, line in document.lines("performance"):
        for part in ("overall", "annual"):
            own = line[part]
            places += [(f"{pointer}/{part}/goal", own, "goal")] if "goal" in own else []
            places += [
                (f"{pointer}/{part}/indicators/{n}/{key}", indicator, key)
                for n, indicator in enumerate(own["indicators"])
                for key in ("level3", "value")
            ]
    found = document.one(places)
    if not found:
        return None
    pointer, line, key = found
    year = document.year + document.dice.choice((-1, -1, -1, -2, -5, 1))
    line[key] = document.dice.choice(SLIPS).format(year).rstrip("。") + ("。" if key == "goal" else "")
    return str(pointer)
