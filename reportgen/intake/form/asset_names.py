"""What the form calls the vehicles and the equipment that have English keys in the document.

Both are read: the name and the key. A document may have a name of its own that is the same word as one of these; the
form then writes :data:`OWN` behind it, so that it comes back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping

VEHICLE_NAMES = {
    "leaders": "领导用车", "communications": "机要通信及应急保障用车", "law_enforcement": "执法执勤用车",
    "technical": "特种专业技术用车", "veterans": "老干部服务用车", "administrative": "行政执法专用车",
    "other": "其他车辆",
}  # fmt: skip
PLANNED_NAMES = {
    "vehicles": "车辆", "equipment": "50万元以上通用设备", "special_equipment": "100万元以上专用设备",
}  # fmt: skip
ASSET_NAMES: Mapping[tuple[str, ...], Mapping[str, str]] = {
    ("assets", "vehicles"): VEHICLE_NAMES,
    ("assets", "planned_vehicles"): VEHICLE_NAMES,
    ("assets", "planned"): PLANNED_NAMES,
}
"""The names by key, for each part of the document that has such keys."""
OWN = " (本地名称)"


def shown_key(path: tuple[str, ...], key: str) -> str:
    """Return what the form shows of a key of the part at ``path``."""
    names = ASSET_NAMES.get(path, {})
    return names.get(key) or (f"{key}{OWN}" if key in names.values() else key)


def key_of(path: tuple[str, ...], shown: str) -> str:
    """Return the key that a cell of the form means: of a name, a key, or a name of the document's own."""
    keys = {name: key for key, name in ASSET_NAMES.get(path, {}).items()}
    return keys.get(shown, shown.removesuffix(OWN))


def suggested_names() -> tuple[str, ...]:
    """Return the names for a drop-down, each once."""
    return tuple(dict.fromkeys(name for names in ASSET_NAMES.values() for name in names.values()))
