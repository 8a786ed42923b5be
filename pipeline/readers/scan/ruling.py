"""Ruled lines of a scanned page to the boxes of its table cells."""

from typing import Any

import cv2
import numpy as np

from pipeline.readers.document_builder import Box

_SHORTEST_LINE = 1 / 40
_MOST_CELLS = 3_000
_TOUCHING = 4.0
_SMALLEST = 6.0


def cells_of(gray: Any, scale: float) -> list[list[Box]]:
    """Finds the cells that drawn lines enclose.

    Args:
        gray: The page, dark on light, one byte a pixel.
        scale: Points a pixel.

    Returns:
        The cell boxes in points of each table of more than one column, from the top down.
    """
    height, width = gray.shape
    ink = cv2.adaptiveThreshold(
        255 - gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -12
    )
    across = _lines(ink, (max(20, int(width * _SHORTEST_LINE)), 1))
    down = _lines(ink, (1, max(20, int(width * _SHORTEST_LINE))))
    lines = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(255 - lines, connectivity=4)
    if count > _MOST_CELLS:
        return []
    boxes: list[Box] = []
    for left, top, wide, high, area in stats[1:]:
        is_page = wide > 0.97 * width or high > 0.97 * height
        is_filled = area > 0.9 * wide * high
        if is_filled and not is_page and min(wide, high) * scale >= _SMALLEST:
            x, y = float(left) * scale, float(top) * scale
            boxes.append((x, y, x + float(wide) * scale, y + float(high) * scale))
    return _tables(boxes)


def _lines(ink: Any, shape: tuple[int, int]) -> Any:
    """The long strokes of the ink in one direction."""
    return cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))


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
    tables = [group for group in groups if len({round(box[0] / _TOUCHING) for box in group}) > 1]
    return sorted(tables, key=lambda group: min(box[1] for box in group))


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + _TOUCHING
        and other[0] <= one[2] + _TOUCHING
        and one[1] <= other[3] + _TOUCHING
        and other[1] <= one[3] + _TOUCHING
    )
