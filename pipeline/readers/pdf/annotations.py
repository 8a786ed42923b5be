"""What stands on a page of a PDF beside its own content: fields of forms, notes, strokes."""

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from pipeline.readers.pdf.geometry import ems

_HIDDEN = 2 | 32
_LARGEST, _FILLED = 10.0, 0.75
_DEEPEST = 8


def typed_on(page: Any) -> list[dict[str, Any]]:
    """The characters that were typed into fields of a form or into notes on a page."""
    found: list[dict[str, Any]] = []
    for annotation in _shown(page):
        text = _value(annotation["data"])
        if text.strip():
            found.extend(_set(text, annotation))
    return found


def notes_on(page: Any) -> list[dict[str, Any]]:
    """The notes typed on a page, with whether they hide what stands below them."""
    return [
        {**annotation, "fill": True, "mcid": float("inf"), "is_opaque": True}
        for annotation in _shown(page)
        if _kind(annotation["data"]) == "FreeText" and resolve1(annotation["data"].get("C"))
    ]


def strikes_on(page: Any) -> Iterator[dict[str, Any]]:
    """The lines by which readers strike words out."""
    for annotation in _shown(page):
        if _kind(annotation["data"]) == "StrikeOut":
            middle = (annotation["top"] + annotation["bottom"]) / 2
            yield {**annotation, "top": middle, "bottom": middle}


def _shown(page: Any) -> list[dict[str, Any]]:
    try:
        annotations = page.annots
    except (KeyError, TypeError, ValueError, AttributeError):  # broken ones cost no page
        return []
    return [one for one in annotations if not (resolve1(one["data"].get("F")) or 0) & _HIDDEN]


def _kind(data: dict[str, Any]) -> str:
    kind = resolve1(data.get("Subtype"))
    return str(getattr(kind, "name", kind))


def _value(data: dict[str, Any]) -> str:
    """What a field of text or choice, or a note, shows; nothing for any other annotation."""
    kind = _kind(data)
    if kind == "FreeText":
        return _decoded(data.get("Contents"))
    if kind != "Widget":
        return ""
    field = str(getattr(_inherited(data, "FT"), "name", ""))
    return _decoded(_inherited(data, "V")) if field in ("Tx", "Ch") else ""


def _inherited(data: dict[str, Any], key: str) -> Any:
    around: Any = data
    for _ in range(_DEEPEST):
        if not isinstance(around, dict):
            return None
        if key in around:
            return resolve1(around[key])
        around = resolve1(around.get("Parent"))
    return None


def _decoded(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, bytes):
        return decode_text(value).replace("\r", "\n")
    return value if isinstance(value, str) else ""


def _set(text: str, annotation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Characters of a text, set in the outline of their annotation."""
    lines = [line for line in text.split("\n") if line.strip()]
    height = annotation["height"] / len(lines)
    for number, line in enumerate(lines):
        wide = sum(map(ems, line))
        size = min(_LARGEST, _FILLED * height, annotation["width"] / wide)
        top = annotation["top"] + number * height + (height - size) / 2
        x0 = annotation["x0"] + (annotation["width"] - size * wide) / 2
        for char in line:
            x1 = x0 + size * ems(char)
            yield {
                "text": char,
                "x0": x0,
                "x1": x1,
                "top": top,
                "bottom": top + size,
                "upright": True,
                "matrix": (1, 0, 0, 1, 0, 0),
                "non_stroking_color": (0,),
                "tag": 0,
                "mcid": None,
            }
            x0 = x1
