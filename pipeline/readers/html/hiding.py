"""Which declared styles show nothing of an element's words: measures, cuts, moves and turns."""

import re

from pipeline.readers.html.css_colours import FAINTEST
from pipeline.readers.html.styles import Styled

_MEASURE = re.compile(
    r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)(px|pt|em|rem|ex|ch|%|mm|cm|in|pc|vw|vh)?"
)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "mm": 3.78, "cm": 37.8, "in": 96.0, "pc": 16.0}
_EMS = {"em": 1.0, "ex": 0.5, "ch": 0.5, "%": 0.01, "vw": 0.8, "vh": 0.5, "rem": 1.0}
_EM = 16.0
_SMALLEST = 2.0
# Scripts make the root's size a hundredfold, so that small parts of it may well be seen.
_SMALLEST_EM = {"rem": 0.02}
_SMALLEST_SHARE = 0.1
_HAIR = 1.5
_SHRUNK = 0.02
_FAR_OUT = 99.0
_FARTHER_OUT = 999.0
_SIDES = ("left", "right", "top", "bottom")
_MARGINS = ("margin-left", "margin-right")
_FUNCTION = re.compile(r"([a-z0-9]+)\(([^()]*)\)")
_OF_FILTER = re.compile(r"opacity\s*\(?\s*=?\s*([^)]*)")
_CLIPPED = re.compile(r"rect\(([^()]*)\)")
_CLIPPED_PATH = re.compile(
    r"inset\(\s*(?:[5-9]\d(?:\.\d+)?|100)%|circle\(\s*0|ellipse\(\s*0"
    r"|polygon\(\s*(0(?:px|%)?\s+0(?:px|%)?)(?:\s*,\s*\1)*\s*\)"
)
_INLINE = frozenset(
    ["span", "font", "b", "strong", "i", "em", "u", "a", "label", "small", "big", "sup", "sub"]
)
_AS_CELLS = frozenset(["td", "th", "table"])


def is_out_of_sight(one: Styled) -> bool:
    """Whether an element and everything inside it is invisible, whatever the inner ones declare."""
    return (
        one["display"] == "none"
        or one["content-visibility"] == "hidden"
        or _is_faint(one)
        or _is_moved_out(one)
        or (_is_box(one) and (_is_cut(one) or _is_turned_away(one)))
        or _is_clipped(one)
    )


def lies_over_its_box(one: Styled) -> bool:
    """Whether an element is placed so that it covers the whole box around it."""
    if one["position"] != "absolute" or one["z-index"].startswith("-"):
        return False
    reaches = all(map(_is_nothing, map(one.__getitem__, _SIDES))) or _is_nothing(one["inset"])
    begins = _is_nothing(one["left"]) and _is_nothing(one["top"])
    return reaches or (begins and one["width"] == one["height"] == "100%")


def is_without_size(one: Styled) -> bool:
    """Whether the words of an element are too small to be seen."""
    found = _MEASURE.fullmatch(one["font-size"])
    if found is None:
        return False
    size, unit = abs(float(found[1])), found[2] or ""
    if unit in _PIXELS:
        return size * _PIXELS[unit] <= _SMALLEST
    return size * _EMS[unit] <= _SMALLEST_EM.get(unit, _SMALLEST_SHARE)


def _pixels(written: str) -> float | None:
    found = _MEASURE.fullmatch(written)
    if found is None:
        return None
    unit = found[2] or ""
    return float(found[1]) * (_PIXELS[unit] if unit in _PIXELS else _EMS[unit] * _EM)


def _is_nothing(written: str, most: float = 0.0) -> bool:
    size = _pixels(written)
    return size is not None and abs(size) <= most


def _is_faint(one: Styled) -> bool:
    shares = [one["opacity"], *_OF_FILTER.findall(one["filter"])]
    return any(_share(share) <= FAINTEST for share in shares)


def _share(written: str) -> float:
    found = _MEASURE.fullmatch(written.strip())
    if found is None:
        return 1.0
    return float(found[1]) / (100 if found[2] == "%" else 1)


def _is_box(one: Styled) -> bool:
    """Whether an element has a width and a height of its own: words in a line have none."""
    if one.node.tag not in _INLINE:
        return True
    return (
        one["display"] not in ("", "inline", "contents")
        or one["float"] in ("left", "right")
        or one["position"] in ("absolute", "fixed")
    )


def _is_cut(one: Styled) -> bool:
    """Whether what an element holds is cut off at the edge of a box of no size."""
    ways = [way for name in ("overflow", "overflow-x", "overflow-y") for way in one[name].split()]
    if one.node.tag in _AS_CELLS or not any(way in ("hidden", "clip") for way in ways):
        return False
    if one["text-indent"] == "100%":
        return True
    across = [one[name] for name in ("width", "max-width") if one[name]]
    down = [one[name] for name in ("height", "max-height") if one[name]]
    return any(_is_nothing(size, _HAIR) for size in across + down)


def _is_moved_out(one: Styled) -> bool:
    """Whether an element is placed outside the page, as text for screen readers is."""
    is_placed = one["position"] in ("absolute", "fixed")
    return (
        _is_beyond(one["text-indent"], _FAR_OUT)
        or any(_is_beyond(one[name], _FARTHER_OUT) for name in _MARGINS)
        or any(_is_beyond(one[side], _FAR_OUT if is_placed else _FARTHER_OUT) for side in _SIDES)
    )


def _is_beyond(written: str, by: float) -> bool:
    """Whether a measure leads so far to the left or upwards that nothing is left of the page."""
    size = _pixels(written)
    return size is not None and -size >= by


def _is_clipped(one: Styled) -> bool:
    if _CLIPPED_PATH.search(one["clip-path"]):
        return True
    clip = _CLIPPED.search(one["clip"])
    if clip is None or one["position"] not in ("absolute", "fixed"):
        return False
    sides = [_pixels(side) for side in re.split(r"[\s,]+", clip[1].strip())]
    if len(sides) != 4 or None in sides:
        return False
    top, right, bottom, left = [side or 0.0 for side in sides]
    return right - left <= _HAIR or bottom - top <= _HAIR


def _is_turned_away(one: Styled) -> bool:
    """Whether an element is shrunk to nothing, stands on edge, or is shifted off the page."""
    if any(_is_nothing(part, _SHRUNK) for part in [*one["scale"].split(), one["zoom"]]):
        return True
    if any(_is_beyond(part, _FAR_OUT) for part in one["translate"].split()):
        return True
    for name, written in _FUNCTION.findall(one["transform"]):
        parts = [part for part in re.split(r"[\s,]+", written.strip()) if part]
        if name.startswith("scale") and any(_is_nothing(part, _SHRUNK) for part in parts):
            return True
        if name.startswith("translate") and any(_is_beyond(part, _FAR_OUT) for part in parts):
            return True
        if name in ("rotatex", "rotatey") and parts in (["90deg"], ["-90deg"], ["270deg"]):
            return True
        if name == "matrix" and len(parts) == 6:
            a, b, c, d = [_share(part) for part in parts[:4]]
            if abs(a * d - b * c) <= _SHRUNK**2:
                return True
    return False
