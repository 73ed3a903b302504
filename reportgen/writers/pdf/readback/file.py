"""The objects of a PDF file: cross references, object streams, values (ISO 32000-1, 7).

Reads the kinds of file that this writer makes, and reports a file of another kind as unreadable.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

from ....tree.readback import Unreadable

NAME = r"/[^\x00-\x20()<>\[\]{}/%]*+"
STRING = r"\((?:[^()\\]++|\\.)*\)|<[^<>]*+>"
_REFERENCE, _NUMBER = r"\d++ \d++ R\b", r"[-+]?(?:\d++\.?\d*+|\.\d++)"
_TOKEN = re.compile(rf"{NAME}|{STRING}|<<|>>|[\[\]]|{_REFERENCE}|{_NUMBER}|[A-Za-z]+", re.DOTALL)
VALUE = rf"{_REFERENCE}|{_NUMBER}|{NAME}|{STRING}|\[[^\[\]<>()]*+\]|<<[^<>()]*+>>|true|false|null"
_STREAM = re.compile(rb"\s*\d+ \d+ obj\s*(<<.*?>>)\s*stream\r?\n", re.DOTALL)
_OBJECT = re.compile(rb"\s*\d+ \d+ obj\b(.*?)\bendobj", re.DOTALL)
_ESCAPE = re.compile(r"\\(\r\n|[0-7]{1,3}|.)", re.DOTALL)
_CONTROL = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\n": "", "\r": "", "\r\n": ""}
_KEYWORDS: dict[str, Any] = {"true": True, "false": False, "null": None}


class Reference(int):
    """A reference: the number of an object."""


class PdfFile:
    """The objects of a file. Dictionaries are dicts by names ("/Type"), names strings, strings bytes."""

    def __init__(self, payload: bytes) -> None:
        """Find the objects of ``payload``.

        Raises:
            Unreadable: its cross references are missing, or of a kind that this reader cannot read.
        """
        self._payload = payload
        self._known: dict[int, Any] = {}
        self._bodies: dict[int, tuple[str, list[int]]] = {}
        end = payload.rfind(b"startxref")
        if not payload.startswith(b"%PDF-") or end < 0:
            raise Unreadable("no PDF header, or no startxref")
        self.trailer, rows = self._stream_at(int(payload[end + 9 :].split()[0]))
        if self.trailer.get("/Type") != "/XRef":
            raise Unreadable("the cross references are not a stream")
        self._rows = list(cross_references(self.trailer, rows))

    def get(self, value: Any) -> Any:
        """Return ``value``, or the object that it refers to."""
        if not isinstance(value, Reference):
            return value
        if value not in self._known:
            self._known[value] = value_of(self.text(value))
        return self._known[value]

    def stream(self, value: Any) -> bytes:
        """Return the decompressed content of the stream that ``value`` refers to, or of a list of streams."""
        if isinstance(value, list):
            return b"\n".join(map(self.stream, value))
        kind, place, _ = self._rows[value]
        if kind != 1:
            raise Unreadable(f"object {value} is no stream")
        return self._stream_at(place)[1]

    def text(self, number: int) -> str:
        """Return an object as it is written, of a stream only its dictionary."""
        kind, place, index = self._rows[number]
        if kind == 1:
            return self._text_at(place)
        if kind != 2:
            raise Unreadable(f"object {number} is missing")
        if place not in self._bodies:
            self._bodies[place] = self._body(place)
        body, places = self._bodies[place]
        return body[places[index] : places[index + 1]]

    def _body(self, number: int) -> tuple[str, list[int]]:
        """Return the text of an object stream, and where its objects begin in it (and the last one ends)."""
        entries, data = self._stream_at(self._rows[number][1])
        text, first = data.decode("latin-1"), entries["/First"]
        head = [int(word) for word in text[:first].split()]
        return text, [first + place for place in head[1::2]] + [len(text)]

    def _text_at(self, place: int) -> str:
        match = _STREAM.match(self._payload, place) or _OBJECT.match(self._payload, place)
        if not match:
            raise Unreadable(f"no object at byte {place}")
        return match[1].decode("latin-1")

    def _stream_at(self, place: int) -> tuple[dict[str, Any], bytes]:
        head = _STREAM.match(self._payload, place)
        if not head:
            raise Unreadable(f"no stream at byte {place}")
        entries = value_of(head[1].decode("latin-1"))
        data = self._payload[head.end() : head.end() + self.get(entries["/Length"])]
        if "/Filter" not in entries:
            return entries, data
        if entries["/Filter"] != "/FlateDecode":
            raise Unreadable(f"the stream at byte {place} is not compressed as expected")
        return entries, zlib.decompress(data)


def entries_of(text: str) -> dict[str, str]:
    """Return the entries of the dictionary that ``text`` is, their values as they are written; {} if it is none.

    >>> entries_of("<</S/TD /K[1 2 0 R]/A<</RowSpan 2>>>>")
    {'/S': '/TD', '/K': '[1 2 0 R]', '/A': '<</RowSpan 2>>'}
    """
    entries: dict[str, str] = {}
    if not text.lstrip().startswith("<<"):
        return entries
    key, start, depth = "", 0, 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        if depth == 1 and not key:
            key, start = word, token.end()
            continue
        depth += (word in ("<<", "[")) - (word in (">>", "]"))
        if depth == 1 and key:
            entries[key], key = text[start : token.end()].strip(), ""
    return entries


def value_of(text: str) -> Any:
    """Return the value that ``text`` is."""
    tokens = iter(_TOKEN.findall(text))
    return _value(next(tokens), tokens)


def _value(token: str, tokens: Iterator[str]) -> Any:
    if token == "<<":
        entries = {}
        for key in tokens:
            if key == ">>":
                break
            entries[key] = _value(next(tokens), tokens)
        return entries
    if token == "[":
        return [_value(item, tokens) for item in iter(lambda: next(tokens), "]")]
    return _plain(token)


@lru_cache(maxsize=1024)  # the same names and references are in thousands of elements
def _plain(token: str) -> Any:
    first = token[0]
    if first == "/":
        return token
    if first == "(":
        return _ESCAPE.sub(_unescaped, token[1:-1]).encode("latin-1")
    if first == "<":
        return bytes.fromhex(token[1:-1])
    if token[-1] == "R":
        return Reference(token.split(" ", 1)[0])
    if first.isalpha():
        return _KEYWORDS[token]
    return float(token) if "." in token else int(token)


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    return chr(int(escape, 8)) if escape[0] in "01234567" else _CONTROL.get(escape, escape)


def cross_references(trailer: dict[str, Any], data: bytes) -> Iterator[tuple[int, int, int]]:
    """Return the type and two fields of every object, in order of their numbers (ISO 32000-1, table 18)."""
    widths: list[int] = trailer["/W"]
    predicted = trailer.get("/DecodeParms", {}).get("/Predictor", 1) != 1
    length = sum(widths) + predicted
    if trailer.get("/Index", [0, trailer["/Size"]]) != [0, trailer["/Size"]] or len(data) % length:
        raise Unreadable("cross references in several parts")
    columns = [data[n::length] for n in range(length)]
    if predicted:
        kinds, *columns = columns
        if kinds.strip(b"\2"):  # each row may choose its predictor; 2 is the difference from the row above
            raise Unreadable("cross references with a predictor that is not known")
        columns = [bytes([total & 0xFF for total in accumulate(column)]) for column in columns]
    one, two = widths[0], widths[0] + widths[1]
    return zip(_numbers(columns[:one]), _numbers(columns[one:two]), _numbers(columns[two:]), strict=True)


def _numbers(columns: list[bytes]) -> list[int]:
    """Return the numbers whose bytes are in ``columns``, the highest first."""
    numbers = list(columns[0])
    for column in columns[1:]:
        numbers = [high << 8 | low for high, low in zip(numbers, column, strict=True)]
    return numbers


def text_of(value: bytes) -> str:
    """Return the characters of a text string (7.9.2.2)."""
    return value[2:].decode("utf-16-be") if value.startswith(b"\xfe\xff") else value.decode("latin-1")
