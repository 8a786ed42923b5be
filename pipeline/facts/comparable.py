"""Whether a sentence speaks of the body and the time that a table is about."""

import re
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from pipeline.model.observation import Observation, Scope


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    narrower: re.Pattern[str]
    added_up: re.Pattern[str]
    of_the_year: re.Pattern[str]


def is_about_others(said: Observation, scope: Scope) -> bool:
    """Whether a sentence says that its number is not of those the table is about.

    Args:
        said: The number in the sentence.
        scope: Whose numbers the table gives.
    """
    if said.scope in (Scope.UNKNOWN, scope):
        return False
    if said.scope is Scope.AGENCY:
        return scope is not Scope.UNKNOWN or _words().narrower.search(said.quote) is not None
    return True


def may_add_up_years(said: Observation) -> bool:
    """Whether the words before a number may count from long before the year.

    Args:
        said: The number in the sentence.
    """
    before = said.quote[: max(said.quote.rfind(said.value_raw), 0)]
    words = _words()
    return bool(words.added_up.search(before)) and not words.of_the_year.search(before)


@cache
def _words() -> _Words:
    path = files("pipeline.facts") / "data" / "comparable.yml"
    return _Words.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
