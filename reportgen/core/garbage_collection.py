"""Rare collections of cyclic garbage for the processes of this program.

Building a document makes a few hundred thousand objects that live until its end. Python looks for cycles after every
700 new objects and finds hardly any, which takes 7 to 8 % of a warm build. Thresholds belong to the whole process, so
only the command line and worker processes may change them, never a function of the library.
"""

from __future__ import annotations

import gc

NEW_OBJECTS = 200_000
"""The threshold of the youngest generation: new objects that are not freed before it is collected (Python: 700)."""


def collect_rarely() -> None:
    """Raise the threshold of the youngest generation for the life of this process.

    A higher threshold, and a collector that is switched off, stay as they are.
    """
    youngest, *older = gc.get_threshold()
    if 0 < youngest < NEW_OBJECTS:
        gc.set_threshold(NEW_OBJECTS, *older)
