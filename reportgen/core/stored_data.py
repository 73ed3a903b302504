"""Read what earlier runs stored (manifests, outcomes): data from outside, since the files may have been changed.

Files are read with a limit and never waited for; JSON is read into dataclasses, each field checked by its type.
"""

from __future__ import annotations

import json
import os
import stat
import string
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes read of a file: the summary of some 100,000 departments."""
LARGEST_JSON = 8 * 1024 * 1024
"""Bytes parsed; as objects they take up to forty times as much memory."""
LARGEST_EXPONENT = 30
"""Amounts of 10³¹ and more are damage; printed in full they might fill the memory."""


def read_regular(path: Path, largest: int = LARGEST_FILE) -> bytes | None:
    """Return the bytes of the file ``path``; None if it cannot be read, is larger, or is a pipe, folder or device."""
    try:
        with open_regular(path) as file:
            if os.fstat(file.fileno()).st_size > largest:
                return None
            payload = file.read(largest + 1)
    except (OSError, ValueError):
        return None
    return payload if len(payload) <= largest else None


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading; the file must be closed.

    Raises:
        OSError: it cannot be opened, or is a pipe, folder or device: to open a pipe would wait for its writer.
        ValueError: the path cannot be one.
    """
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(f"no regular file: {path}")
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def json_object(payload: bytes | None) -> Mapping[str, Any]:
    """Return the JSON object in ``payload``.

    Raises:
        ValueError: there is none, or it is too large.
    """
    if not payload or len(payload) > LARGEST_JSON:
        raise ValueError("no JSON, or too much")
    try:
        data = json.loads(payload.decode("utf-8"), parse_constant=_refused)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    found: Mapping[str, Any] = _of(data, dict)
    return found


def typed(kind: type[T], data: Any) -> T:
    """Return ``data``, parsed JSON, as a value of ``kind``: a dataclass or anything that its fields may be.

    Raises:
        ValueError: it is not of that type.
    """
    value: T = _typed(kind, data)
    return value


def check_template(template: str, values: Mapping[str, str]) -> None:
    """Raise ValueError if ``template`` has fields other than the plain names of ``values``."""
    for _, name, specification, conversion in string.Formatter().parse(template) if values else ():
        if name is not None and (name not in values or specification or conversion):
            raise ValueError(f"no value for {name!r}")


def _typed(kind: Any, data: Any) -> Any:
    if kind in (str, int, bool):
        return _of(data, kind)
    if kind is Decimal:
        return _decimal(_of(data, str))
    if is_dataclass(kind):
        return _object(kind, _of(data, dict))
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), _of(data, list))
    if get_origin(kind) is Mapping:
        _, of_values = get_args(kind)
        return {name: _typed(of_values, value) for name, value in _of(data, dict).items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind, _of(data, str))
    raise TypeError(f"no reader for {kind}")


def _of(data: Any, kind: Any) -> Any:
    if type(data) is not kind:
        raise ValueError(f"{type(data).__name__} instead of {kind.__name__}")
    return data


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("no amount") from None
    if not value.is_finite() or abs(value.adjusted()) > LARGEST_EXPONENT or len(text) > 2 * LARGEST_EXPONENT:
        raise ValueError("no amount")
    return value


def _object(kind: Any, data: Mapping[str, Any]) -> Any:
    types, required = _fields(kind)
    if not required <= data.keys() <= types.keys():
        raise ValueError(f"fields of {kind.__name__} are missing, or there are others")
    return kind(**{name: _typed(types[name], value) for name, value in data.items()})


@lru_cache(maxsize=64)
def _fields(kind: Any) -> tuple[Mapping[str, Any], frozenset[str]]:
    """Return the types of a dataclass's fields, and the names of all: what is stored is complete."""
    types = get_type_hints(kind)
    return {field.name: types[field.name] for field in fields(kind)}, frozenset(field.name for field in fields(kind))


def _tuple(kinds: tuple[Any, ...], data: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_typed(kinds[0], item) for item in data)
    if len(kinds) != len(data):
        raise ValueError(f"{len(data)} items instead of {len(kinds)}")
    return tuple(_typed(kind, item) for kind, item in zip(kinds, data, strict=True))


def _member(kind: type[Enum], name: str) -> Enum:
    try:
        return kind[name.upper()]
    except KeyError:
        raise ValueError(f"no {kind.__name__} {name!r}") from None


def _refused(constant: str) -> Any:
    raise ValueError(constant)
