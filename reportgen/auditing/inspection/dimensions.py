"""The five dimensions of an inspection, and which of them each finding belongs to."""

from __future__ import annotations

from collections.abc import Mapping

TIMELY, COMPLETE, DETAILED, TRUE, FORM = "及时性", "完整性", "细化程度", "真实性", "公开形式"
DIMENSIONS = (TIMELY, COMPLETE, DETAILED, TRUE, FORM)
"""How inspectors look at a disclosure (财政部 2016 年地方预决算公开专项检查)."""
_OF_CODES: Mapping[str, tuple[str, ...]] = {
    TIMELY: ("AU150", "AU151", "AU152"),
    COMPLETE: ("AU105", "AU106", "AU153"),
    DETAILED: ("AU154", "AU155", "AU156", "AU157", "AU158", "AU159"),
    FORM: (
        "AU107",
        "AU109",
        "AU118",
        "AU119",
        "AU120",
        "AU126",
        "AU160",
        "AU161",
        "AU162",
        "AU190",
        "AU191",
        "AU192",
        "AU194",
        "AU195",
    ),
}
_BY_CODE = {code: dimension for dimension, codes in _OF_CODES.items() for code in codes}


def dimension_of(code: str) -> str:
    """Return the dimension of a finding; what contradicts itself is not true (真实性).

    >>> dimension_of("AU151"), dimension_of("AU121")
    ('及时性', '真实性')
    """
    return _BY_CODE.get(code, TRUE)
