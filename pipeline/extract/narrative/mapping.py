"""Prose to indicators, by the rules of ``data/narrative_mapping.yml``."""

import re
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from pipeline.forms.catalogue import indicators

_FORMS = ("A", "B", "C", "D")


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    label: re.Pattern[str]
    units: frozenset[str]
    id: str | None = None
    ids: dict[str, str] = {}
    parents: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    heading: re.Pattern[str] | None = None
    not_heading: re.Pattern[str] | None = None
    not_under: re.Pattern[str] | None = None

    @model_validator(mode="after")
    def _is_in_the_catalogue(self) -> Self:
        named = {self.id, *self.ids.values(), *self.parents, *self.after} - {None}
        unknown = sorted(name for name in named if name and name not in indicators())
        if unknown:
            raise ValueError(f"narrative_mapping.yml: {unknown[0]} is not in indicators.csv")
        return self

    def indicator(self, form: str) -> str | None:
        return self.id or self.ids.get(form)


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    words: dict[str, str]
    rules: tuple[dict[str, object], ...]

    @cached_property
    def compiled(self) -> tuple[_Rule, ...]:
        return tuple(
            _Rule.model_validate({**rule, "label": self._expand(str(rule["label"]))})
            for rule in self.rules
        )

    def _expand(self, pattern: str) -> str:
        for name, words in self.words.items():
            pattern = pattern.replace(f"{{{name}}}", f"(?:{words})")
        return pattern


def form_of(template: str, year: int | None) -> str:
    """Returns the form letter whose indicators the prose of a report speaks of.

    Args:
        template: Form letter of the report's table, ``none`` without one.
        year: The year reported on, None if not known.

    Returns:
        A letter; empty where neither says.
    """
    if template in _FORMS:
        return template
    if year is None:
        return ""
    starts = ((2021, "D"), (2019, "C"), (2014, "B"))
    return next((letter for start, letter in starts if year >= start), "A")


def indicator_of(
    label: str,
    unit: str,
    form: str,
    headings: Sequence[str],
    parent_id: str | None,
    parent_label: str,
    before_id: str | None = None,
    *,
    cumulative: bool = False,
) -> str | None:
    """Returns the indicator that means the same as a number in prose, None if none does.

    Args:
        label: What is counted.
        unit: Unit as printed.
        form: Form letter.
        headings: Headings above the sentence.
        parent_id: Indicator of the number it is a part of.
        parent_label: Label of that number, empty if it is no part.
        before_id: Indicator of the number before it in its paragraph.
        cumulative: Whether the number adds up more than the report's year.
    """
    above = " ".join(headings)
    nearest = headings[-1] if headings else ""
    for rule in _rules().get(unit, ()):
        if (
            (not rule.parents or parent_id in rule.parents)
            and (not rule.after or before_id in rule.after)
            and rule.label.fullmatch(label)
            and (rule.heading is None or rule.heading.search(above))
            and (rule.not_heading is None or not rule.not_heading.search(nearest))
            and (rule.not_under is None or not rule.not_under.search(parent_label))
        ):
            found = rule.indicator(form)
            return _cumulative(found) if cumulative and found else found
    return None


def _cumulative(indicator_id: str) -> str | None:
    """The same thing added up over years, where a form has a column for it."""
    found = f"{indicator_id}:cumulative"
    return found if found in indicators() else None


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """The rules a number in a unit may follow, in order."""
    path = files("pipeline.extract") / "data" / "narrative_mapping.yml"
    rules = _Rules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).compiled
    units = {unit for rule in rules for unit in rule.units}
    return {unit: tuple(rule for rule in rules if unit in rule.units) for unit in units}
