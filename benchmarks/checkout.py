"""Importing this lets ``import reportgen`` find the checkout that the benchmarks lie in, installed or not."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
