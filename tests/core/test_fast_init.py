"""``fast_init`` changes how a frozen dataclass sets its fields, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reportgen.core.fast_init import fast_init


@dataclass(frozen=True, slots=True)
class Plain:
    name: str
    count: int = 1
    more: list[int] = field(default_factory=list, compare=False)


@fast_init
@dataclass(frozen=True, slots=True)
class Fast:
    name: str
    count: int = 1
    more: list[int] = field(default_factory=list, compare=False)


def test_only_the_setting_of_fields_differs() -> None:
    for kind in (Plain, Fast):
        one = kind("甲")
        assert (one.name, one.count, one.more) == ("甲", 1, [])
        assert one.more is not kind("甲").more
        assert one == kind(name="甲", more=[2])
        assert hash(one) == hash(kind("甲"))
        assert replace(one, count=2) != one
        assert repr(one) == f"{kind.__name__}(name='甲', count=1, more=[])"
    assert hash(Plain("甲")) == hash(Fast("甲"))
    assert Plain.__init__.__code__ is not Fast.__init__.__code__
    assert "__setattr__" in vars(Plain)
    assert "__setattr__" not in vars(Fast)
