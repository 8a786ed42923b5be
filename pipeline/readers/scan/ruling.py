"""Ruled lines of a scanned page to the boxes of its table cells."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from pipeline.readers.document_builder import Box

_SHORTEST_LINE = 1 / 40
_MOST_CELLS = 3_000
_TOUCHING = 4.0
_SMALLEST = 6.0


class Enclosed(NamedTuple):
    """What lines enclose: its box, and how much of that it fills, in pixels."""

    left: int
    top: int
    wide: int
    high: int
    area: int


def cells_of(gray: Any, scale: float) -> list[list[Box]]:
    """Finds the cells that drawn lines enclose.

    Args:
        gray: The page, dark on light, one byte a pixel.
        scale: Points a pixel.
    """
    height, width = gray.shape
    return tables_of(_enclosed(gray), width, height, scale)


def _enclosed(gray: Any) -> list[Enclosed]:
    """What the lines of a page enclose, each as a whole."""
    import cv2  # which comes with the extra alone

    width = gray.shape[1]
    ink = cv2.adaptiveThreshold(
        255 - gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -12
    )
    shortest = max(20, int(width * _SHORTEST_LINE))
    across, down = (
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, stroke))
        for stroke in ((shortest, 1), (1, shortest))
    )
    lines = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(255 - lines, connectivity=4)
    return [Enclosed(*one) for one in stats[1:].tolist()]


def tables_of(
    enclosed: Sequence[Enclosed], width: int, height: int, scale: float
) -> list[list[Box]]:
    """Returns the cell boxes in points of each table of more than one column, from the top down.

    Args:
        enclosed: What the lines of a page enclose.
        width: Of the page, in pixels.
        height: Of the page, in pixels.
        scale: Points a pixel.
    """
    if len(enclosed) > _MOST_CELLS:
        return []
    boxes: list[Box] = []
    for left, top, wide, high, area in enclosed:
        is_page = wide > 0.97 * width or high > 0.97 * height
        is_filled = area > 0.9 * wide * high
        if is_filled and not is_page and min(wide, high) * scale >= _SMALLEST:
            x, y = left * scale, top * scale
            boxes.append((x, y, x + wide * scale, y + high * scale))
    return _tables(boxes)


def _tables(boxes: list[Box]) -> list[list[Box]]:
    """Cells grouped into tables: cells that touch each other belong together."""
    groups: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        near = [group for group in groups if any(_touch(box, other) for other in group)]
        merged = [box]
        for group in near:
            merged = group + merged
            groups.remove(group)
        groups.append(merged)
    tables = [group for group in groups if _columns_apart(group) > _TOUCHING]
    return sorted(tables, key=lambda group: min(box[1] for box in group))


def _columns_apart(group: list[Box]) -> float:
    """How far apart the outermost columns begin: nothing to speak of where there is but one."""
    return max(box[0] for box in group) - min(box[0] for box in group)


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + _TOUCHING
        and other[0] <= one[2] + _TOUCHING
        and one[1] <= other[3] + _TOUCHING
        and other[1] <= one[3] + _TOUCHING
    )
