"""The colours a page declares for its words and for what is painted behind them."""

import re
from functools import lru_cache

import tinycss2.color4

Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
FAINTEST = 0.05
"""How much of a colour is laid on where nobody sees it."""

_ALIKE = 0.03
_PICTURE = re.compile(r"url\(|gradient\(|image")
_PART = re.compile(r"[-#\w]+(?:\([^()]*\))?")


@lru_cache(maxsize=1024)
def colour_of(written: str) -> Colour | None:
    """Returns a colour as shares of red, green and blue; None for no colour or a transparent one.

    Args:
        written: As declared.
    """
    colour = tinycss2.color4.parse_color(written) if written else None
    if colour is None or isinstance(colour, str) or colour.alpha < 1:
        return None
    red, green, blue = colour.to("srgb").coordinates
    return (red, green, blue)


@lru_cache(maxsize=1024)
def ground_of(written: str) -> Colour | None:
    """The colour that a background paints; None where it paints none, or a picture."""
    if _PICTURE.search(written):
        return None
    colours = (colour_of(part[0]) for part in _PART.finditer(written))
    return next((colour for colour in colours if colour is not None), None)


def paints_nothing(written: str) -> bool:
    """Whether a background is transparent."""
    return written.split(" ")[0] in ("", "none", "transparent", "initial", "unset", "inherit", "0")


@lru_cache(maxsize=1024)
def is_transparent(written: str) -> bool:
    """Whether a colour lets everything through."""
    colour = tinycss2.color4.parse_color(written) if written else None
    return colour is not None and not isinstance(colour, str) and colour.alpha <= FAINTEST


def are_alike(one: Colour, other: Colour) -> bool:
    """Whether no eye tells one colour from another."""
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
