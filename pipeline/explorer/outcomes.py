"""In which order outcomes are drawn, and what their colours mean: ``outcomes.yml``."""

from functools import cache
from typing import Literal

from pipeline.declared import declared

Kind = Literal["granted", "partly", "told", "denied", "unheld", "unhandled", "other", "untold"]


@cache
def outcome_kinds() -> dict[str, Kind]:
    """Returns the kind of every outcome, in the order they are drawn."""
    return declared("pipeline.explorer", "outcomes", dict[str, Kind])
