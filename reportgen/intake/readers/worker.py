"""Read a file in a worker process with limits; an expected error of the worker is raised here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from ...core.errors import InputError
from ...isolation import Limits

T = TypeVar("T")
LIMITS = Limits(seconds=30, memory=400)
"""What reading one file may take; the checks refuse most of what would take more."""


def read_in_worker(read: Callable[[bytes], T], payload: bytes, isolated: bool, limits: Limits | None = None) -> T:
    """Return what ``read``, a function of a module, makes of a file.

    It runs in a worker process if it is to be ``isolated`` and is not in one already.

    Raises:
        InputError: ``read`` raised it, or the worker took too much time or memory or ended.
    """
    from multiprocessing import parent_process

    if not isolated or parent_process() is not None:
        return read(payload)
    from ...isolation import run_one  # loads asyncio

    limits = limits or LIMITS
    result = run_one(partial(_answer, read), payload, limits)
    if result.loss is not None:
        raise _lost(result.loss, limits)
    value: T | _Refusal = result.value
    if isinstance(value, _Refusal):
        raise value.error()
    return value


def _lost(loss: str, limits: Limits) -> InputError:
    messages = {"time": "读文件超过 {seconds} 秒，没有读完", "memory": "读文件超过 {memory} MB 内存，没有读完"}
    message = messages.get(loss, "文件使读它的进程异常结束，没有读")
    hint = "删去图片和用不着的内容、空行空列，另存为新的文件"
    return InputError(message, hint, seconds=f"{limits.seconds:g}", memory=str(limits.memory))


@dataclass(frozen=True, slots=True)
class _Refusal:
    """An error of a worker: exceptions with templates do not survive pickling."""

    message: str
    hint: str
    values: Mapping[str, str]

    def error(self) -> InputError:
        return InputError(self.message, self.hint, findings=(), **self.values)


def _answer(read: Callable[[bytes], Any], payload: bytes) -> Any:
    """Read a file; an expected error is an answer, too."""
    try:
        return read(payload)
    except InputError as error:
        return _Refusal(error.message, error.hint, dict(error.values))
