"""In which order outcomes are drawn, and what their colours mean: ``outcomes.yml``."""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import RootModel

Kind = Literal["granted", "partly", "told", "denied", "unheld", "unhandled", "other", "untold"]


class _File(RootModel[dict[str, Kind]]):
    """Kinds by outcome."""


@cache
def outcome_kinds() -> dict[str, Kind]:
    """Returns the kind of every outcome, in the order they are drawn."""
    text = (files("pipeline.explorer") / "data" / "outcomes.yml").read_text("utf-8")
    return _File.model_validate(yaml.load(text, yaml.CSafeLoader)).root
