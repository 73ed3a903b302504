"""Values made by the thousands: faster to make, and else what a frozen dataclass is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reportgen.core.values import by_the_thousands


@dataclass(frozen=True, slots=True)
class Slow:
    name: str
    count: int = 1
    more: list[int] = field(default_factory=list, compare=False)


@by_the_thousands
@dataclass(frozen=True, slots=True)
class Quick:
    name: str
    count: int = 1
    more: list[int] = field(default_factory=list, compare=False)


def test_it_is_the_same_but_for_how_it_is_made() -> None:
    for kind in (Slow, Quick):
        one = kind("甲")
        assert (one.name, one.count, one.more) == ("甲", 1, [])
        assert one.more is not kind("甲").more
        assert one == kind(name="甲", more=[2])
        assert hash(one) == hash(kind("甲"))
        assert replace(one, count=2) != one
        assert repr(one) == f"{kind.__name__}(name='甲', count=1, more=[])"
    assert hash(Slow("甲")) == hash(Quick("甲"))
    assert Slow.__init__.__code__ is not Quick.__init__.__code__
    assert "__setattr__" in vars(Slow)
    assert "__setattr__" not in vars(Quick)
