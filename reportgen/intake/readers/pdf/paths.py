"""The ruled lines of a page: strokes, the sides of stroked rectangles, thin filled rectangles; in forms too."""

from __future__ import annotations

from ctypes import byref, c_float, c_int
from itertools import pairwise
from typing import Any, NamedTuple

from .geometry import Edge, View

THICKEST = 3.2
"""Points up to which a filled rectangle is a line."""
SHORTEST = 2.0
"""Points of the shortest edge; shorter ones are ornaments."""
_DEEPEST = 8
"""Forms in forms."""
_MOST_OBJECTS = 100_000
_PATH, _IMAGE, _FORM = 2, 3, 5
_LINE_TO, _MOVE_TO = 0, 2


class _Matrix(NamedTuple):
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def after(self, first: _Matrix) -> _Matrix:
        """Return the matrix that does ``first`` and then this one."""
        return _Matrix(
            first.a * self.a + first.b * self.c,
            first.a * self.b + first.b * self.d,
            first.c * self.a + first.d * self.c,
            first.c * self.b + first.d * self.d,
            first.e * self.a + first.f * self.c + self.e,
            first.e * self.b + first.f * self.d + self.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return x * self.a + y * self.c + self.e, x * self.b + y * self.d + self.f


_IDENTITY = _Matrix()


def edges_of(pdfium: Any, page: Any, view: View) -> tuple[list[Edge], bool]:
    """Return the ruled lines of a page, and whether the page has pictures."""
    collecting = _Collecting(pdfium, view)
    collecting.take(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, _IDENTITY, 0)
    return collecting.edges, collecting.pictures


class _Collecting:
    """Goes through the objects of a page and of the forms on it."""

    def __init__(self, pdfium: Any, view: View) -> None:
        self._pdfium, self._view = pdfium, view
        self.edges: list[Edge] = []
        self.pictures = False
        self._seen = 0

    def take(self, holder: Any, count: int, get: Any, outer: _Matrix, depth: int) -> None:
        type_of = self._pdfium.FPDFPageObj_GetType
        for index in range(count):
            self._seen += 1
            if self._seen > _MOST_OBJECTS:
                return
            held = get(holder, index)
            kind = type_of(held)
            if kind == _PATH:
                self._path(held, outer)
            elif kind == _FORM and depth < _DEEPEST:
                inner = outer.after(self._matrix(held))
                pdfium = self._pdfium
                self.take(held, pdfium.FPDFFormObj_CountObjects(held), pdfium.FPDFFormObj_GetObject, inner, depth + 1)
            elif kind == _IMAGE:
                self.pictures = True

    def _matrix(self, held: Any) -> _Matrix:
        matrix = self._pdfium.FS_MATRIX()
        if not self._pdfium.FPDFPageObj_GetMatrix(held, matrix):
            return _IDENTITY
        return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _path(self, held: Any, outer: _Matrix) -> None:
        """Add the edges of one path: its parts if it is stroked, itself if it is thin."""
        pdfium = self._pdfium
        fill, stroke = c_int(), c_int()
        if not pdfium.FPDFPath_GetDrawMode(held, byref(fill), byref(stroke)) or not (fill.value or stroke.value):
            return
        matrix = outer.after(self._matrix(held))
        for points in self._subpaths(held, matrix):
            if stroke.value:
                for one, other in pairwise(points):
                    self._line(one, other)
            else:
                self._filled(points)

    def _subpaths(self, held: Any, matrix: _Matrix) -> list[list[tuple[float, float]]]:
        """Return the corners of each part of a path; a part with curves is left out."""
        pdfium = self._pdfium
        count = min(pdfium.FPDFPath_CountSegments(held), _MOST_OBJECTS - self._seen)
        self._seen += count // 8
        x, y = c_float(), c_float()
        parts: list[list[tuple[float, float]]] = []
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(held, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind not in (_LINE_TO, _MOVE_TO):
                if parts:
                    parts[-1] = []
                continue
            pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            if kind == _MOVE_TO:
                parts.append([])
            if parts:
                parts[-1].append(matrix.point(x.value, y.value))
                if pdfium.FPDFPathSegment_GetClose(segment):
                    parts[-1].append(parts[-1][0])
        return [part for part in parts if len(part) > 1]

    def _line(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        left, right = sorted((one[0], other[0]))
        bottom, top = sorted((one[1], other[1]))
        if right - left < 1 or top - bottom < 1:
            self._add(left, bottom, right, top)

    def _filled(self, points: list[tuple[float, float]]) -> None:
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        bottom, top = min(y for _, y in points), max(y for _, y in points)
        if min(right - left, top - bottom) <= THICKEST:
            self._add(left, bottom, right, top)

    def _add(self, left: float, bottom: float, right: float, top: float) -> None:
        area = self._view.shown(left, bottom, right, top)
        wide, high = area.right - area.left, area.bottom - area.top
        if max(wide, high) < SHORTEST:
            return
        if wide >= high:
            self.edges.append(Edge(False, (area.top + area.bottom) / 2, area.left, area.right))
        else:
            self.edges.append(Edge(True, (area.left + area.right) / 2, area.top, area.bottom))
