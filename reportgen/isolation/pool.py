"""Worker processes, supervised: one that dies, hangs or eats memory costs its own job, never the run.

The pools of the standard library give all work up when one process dies. So here are plain processes with one pipe
each: the parent hands out jobs, waits for answers, for deaths and for the nearest time limit, and starts anew what is
missing. ``spawn`` gives a worker nothing but what it is told.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any, Generic, Literal, TypeVar

from ..core.errors import UsageError
from .limits import Limits
from .member import Member
from .worker_main import Done, Work

J = TypeVar("J")

Loss = Literal["time", "memory", "death"]
LONGEST_WAIT = 60.0
FALSE_STARTS = 3
"""So many workers in a row that end before they begin: something is wrong with all."""


@dataclass(frozen=True, slots=True)
class Result(Generic[J]):
    """What came of a job: the ``value`` that its work returned, or how it was lost (``how`` says more of a death)."""

    job: J
    value: Any = None
    loss: Loss | None = None
    how: str = ""
    seconds: float = 0
    worker: int = 0
    memory: int = 0


class Pool(Generic[J]):
    """Workers for one list of jobs. Use :func:`run_all`."""

    def __init__(self, jobs: Sequence[J], work: Work, warm: Callable[[], None], workers: int, limits: Limits) -> None:
        """A pool that has not begun; ``work`` and ``warm`` are found by name, in a module that can be imported."""
        self.waiting: deque[J] = deque(jobs)
        self.again: deque[J] = deque()
        """Jobs whose worker died once: tried once more when all others are done, alone."""
        self.alone = False
        self.workers = workers
        self.limits = limits
        self.members: list[Member[J]] = []
        self.false_starts = 0
        self._work = work
        self._warm = warm

    def results(self) -> Iterator[Result[J]]:
        """Each job's result, as they come."""
        while self._turn():
            self._man()
            self._hand_out()
            yield from self._heard()
            yield from self._overdue()

    def stop(self) -> None:
        """End all workers at once; what they were at is abandoned."""
        for member in self.members:
            member.kill()
        for member in self.members:
            member.bury()
        self.members.clear()

    def _turn(self) -> bool:
        """Whether anything is left to do; at the very end the second tries are."""
        busy = any(member.busy for member in self.members)
        if not (self.waiting or busy) and self.again:
            self.alone = True
            self.waiting.append(self.again.popleft())
        return bool(self.waiting) or busy

    def _man(self) -> None:
        """Have a worker for each job that can be done at once."""
        wanted = 1 if self.alone else self.workers
        free = sum(not member.busy for member in self.members)
        while len(self.members) < wanted and free < len(self.waiting):
            self.members.append(Member(self._work, self._warm, self.limits))
            free += 1

    def _hand_out(self) -> None:
        for member in self.members:
            if member.ready and not member.busy and self.waiting and not (self.alone and self._busy()):
                member.take(self.waiting.popleft())

    def _busy(self) -> bool:
        return any(member.busy for member in self.members)

    def _heard(self) -> Iterator[Result[J]]:
        """Wait for answers and deaths until the nearest time limit."""
        by_end: dict[Any, Member[J]] = {end: member for member in self.members for end in member.ends()}
        nearest = min((_until(member.deadline) for member in self.members), default=0.0)
        heard = wait(list(by_end), min(max(nearest, 0.0), LONGEST_WAIT))
        for member in dict.fromkeys(by_end[end] for end in heard):
            yield from self._of(member, member.answer())

    def _of(self, member: Member[J], done: Done | None) -> Iterator[Result[J]]:
        if done is None:
            yield from self._died(member)
        elif not member.ready:
            member.ready, self.false_starts = True, 0
        else:
            loss: Loss | None = "memory" if done.full else None
            yield self._result(member, done.value, loss, memory=done.memory)
            member.free()
            if done.full:
                self._give_up(member)

    def _died(self, member: Member[J]) -> Iterator[Result[J]]:
        how = self._give_up(member)
        if not member.ready:
            self._count_false_start(how)
        elif member.busy and self.alone:
            yield self._result(member, loss="death", how=how)
        elif member.busy:
            self.again.append(member.job)

    def _overdue(self) -> Iterator[Result[J]]:
        for member in [member for member in self.members if _until(member.deadline) <= 0]:
            how = self._give_up(member)
            if member.busy:
                yield self._result(member, loss="time")
            elif not member.ready:
                self._count_false_start(how)

    def _give_up(self, member: Member[J]) -> str:
        self.members.remove(member)
        member.kill()
        return member.bury()

    def _count_false_start(self, how: str) -> None:
        self.false_starts += 1
        if self.false_starts >= FALSE_STARTS:
            hint = "内存不够或 --memory-limit 太小时会这样；请减少 --jobs 或放宽上限"
            raise UsageError("工作进程起不来（{how}）", hint, how=how)

    def _result(
        self, member: Member[J], value: Any = None, loss: Loss | None = None, how: str = "", memory: int = 0
    ) -> Result[J]:
        return Result(member.job, value, loss, how, member.seconds(), member.number, memory)


def run_all(
    jobs: Sequence[J], work: Work, warm: Callable[[], None], workers: int, limits: Limits
) -> Generator[Result[J], None, None]:
    """Do all ``jobs`` with so many ``workers``; results come as they are ready. No worker outlives the iteration.

    Raises:
        UsageError: workers end before they begin.
    """
    pool = Pool(jobs, work, warm, workers, limits)
    try:
        yield from pool.results()
    finally:
        pool.stop()


def _until(moment: float) -> float:
    return moment - time.monotonic()
