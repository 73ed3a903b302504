"""Values that are made by the thousands.

A frozen dataclass sets its fields one by one through ``object.__setattr__``, which takes three times as long as setting
them. That its objects never change is what the type checker holds already.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, field, fields, make_dataclass
from typing import Any, TypeVar

T = TypeVar("T")


def by_the_thousands(cls: type[T]) -> type[T]:
    """A frozen dataclass whose objects are made as fast as if it were not; nothing stops who changes one at run time.

    Equality and hashes stay as they are.
    """
    parts = [(one.name, one.type, _default(one)) for one in fields(cls)]  # type: ignore[arg-type]
    cls.__init__ = make_dataclass(cls.__name__, parts, repr=False, eq=False).__init__  # type: ignore[method-assign, misc]
    del cls.__setattr__, cls.__delattr__
    return cls


def _default(one: Field[Any]) -> Any:
    if one.default_factory is not MISSING:
        return field(default_factory=one.default_factory)
    return field() if one.default is MISSING else field(default=one.default)
