"""Mappings of a layout's YAML, which keep the file and line of each name so that messages can name them."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any


class Place(str):
    """The file and line of a mapping, which also knows those of its names."""

    __slots__ = ("_names",)
    _names: AnyMapping[str, str]

    def __new__(cls, place: str, names: AnyMapping[str, str]) -> Place:
        """Make the place of a mapping from its file and line, and those of its names."""
        made = super().__new__(cls, place)
        made._names = names
        return made

    def at(self, name: str) -> str:
        """Return the file and line of a name, or those of the whole mapping."""
        return self._names.get(name) or str(self)


class Mapping(dict[str, Any]):
    """A YAML mapping with its file and line (``place``), and the file and line of each of its names (``places``)."""

    place: str = ""

    def __init__(self, *args: Any, **values: Any) -> None:
        """Make a mapping without places."""
        super().__init__(*args, **values)
        self.places: dict[str, str] = {}

    def at(self, name: str) -> str:
        """Return the file and line of a name, or those of the whole mapping."""
        return self.places.get(name) or self.place

    def part(self, names: set[str]) -> Mapping:
        """Return the entries of those ``names`` that the mapping has, with their places."""
        result = Mapping({name: value for name, value in self.items() if name in names})
        result.place, result.places = self.place, self.places
        return result


def merged(under: Mapping, over: Mapping) -> Mapping:
    """Return two mappings merged: ``over`` wins name by name, nested mappings are merged likewise."""
    result = Mapping(under)
    result.place = over.place or under.place
    result.places = {**under.places, **over.places}
    for name, value in over.items():
        old = under.get(name)
        result[name] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return result
