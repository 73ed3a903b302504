"""Radical characters (U+2E80–2FDF), which PDF viewers give in place of hanzi, and the hanzi that they mean."""

from __future__ import annotations

import re
import unicodedata

RADICAL = re.compile("[\u2e80-\u2fdf]")
_MEANT = "民西见角贝车长门青页风飞食马骨鬼鱼鸟黄齐齿龙"
_WITHOUT_DECOMPOSITION = str.maketrans("⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰", _MEANT)


def with_hanzi(text: str) -> str:
    """Return ``text`` with each radical character replaced with its hanzi, where it has one."""
    return RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match[0]).translate(_WITHOUT_DECOMPOSITION), text)
