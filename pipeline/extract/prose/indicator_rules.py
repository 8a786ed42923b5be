"""Prose to indicators, by the rules of ``data/narrative_mapping.yml``."""

import re
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from pipeline.forms.catalogue import indicators
from pipeline.forms.form import form_in_force, form_letters

_REQUESTS = re.compile("申请")


class Around(NamedTuple):
    """What stands around a number in prose.

    Attributes:
        headings: Headings above the sentence.
        said: Its text up to the number.
        parent_id: Indicator of the number it is a part of.
        parent_label: Label of that number, empty if it is no part.
        before_id: Indicator of the number before it in its paragraph.
        before_label: Label of that number, empty if there is none.
        cumulative: Whether the number adds up more than the report's year.
    """

    headings: tuple[str, ...] = ()
    said: str = ""
    parent_id: str | None = None
    parent_label: str = ""
    before_id: str | None = None
    before_label: str = ""
    cumulative: bool = False

    @property
    def nearest(self) -> str:
        """The heading right above, empty without one."""
        return self.headings[-1] if self.headings else ""

    def is_about_requests(self, label: str) -> bool:
        """Whether what is counted are requests for information, not petitions or cases."""
        said = (self.nearest, label, self.before_label, self.parent_label)
        counted = (self.before_id, self.parent_id)
        return any(map(_REQUESTS.search, said)) or any(
            name.startswith("requests.") for name in counted if name
        )


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    label: re.Pattern[str]
    units: frozenset[str]
    id: str | None = None
    ids: dict[str, str] = {}
    part_of_parent: dict[str, str] = {}
    parents: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    heading: re.Pattern[str] | None = None
    not_heading: re.Pattern[str] | None = None
    not_under: re.Pattern[str] | None = None
    said: re.Pattern[str] | None = None
    requests: bool = False

    @model_validator(mode="after")
    def _is_in_the_catalogue(self) -> Self:
        named = {self.id, *self.ids.values(), *self.parents, *self.after} - {None}
        unknown = sorted(name for name in named if name and name not in indicators())
        if unknown:
            raise ValueError(f"narrative_mapping.yml: {unknown[0]} is not in indicators.csv")
        return self

    def indicator(self, form: str, around: Around) -> str | None:
        """The indicator in a form; a part of the number's whole where the rule says so."""
        if form in self.part_of_parent:
            part = f"{around.parent_id}:{self.part_of_parent[form]}"
            return part if part in indicators() else None
        return self.id or self.ids.get(form)

    def holds(self, label: str, around: Around) -> bool:
        """Whether the surroundings allow it, the label given."""
        return (
            (not self.parents or around.parent_id in self.parents)
            and (not self.after or around.before_id in self.after)
            and self._is_under(around)
            and (self.not_under is None or not self.not_under.search(around.parent_label))
            and (not self.requests or around.is_about_requests(label))
        )

    def _is_under(self, around: Around) -> bool:
        """Whether the headings allow it; words said in the sentence may stand in for one."""
        if self.not_heading is not None and self.not_heading.search(around.nearest):
            return False
        if self.said is not None and self.said.search(around.said):
            return True
        return self.heading is None or self.heading.search(" ".join(around.headings)) is not None


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
    if template in form_letters():
        return template
    return "" if year is None else form_in_force(year)


def may_mean(label: str, unit: str) -> bool:
    """Whether any indicator is ever called by a label and counted in a unit."""
    return bool(_rules_for(label, unit))


def indicator_of(label: str, unit: str, form: str, around: Around) -> str | None:
    """Returns the indicator that means the same as a number in prose, None if none does.

    Args:
        label: What is counted.
        unit: Unit as printed.
        form: Form letter.
        around: What stands around the number.
    """
    for rule in _rules_for(label, unit):
        if rule.holds(label, around):
            found = rule.indicator(form, around)
            return _cumulative(found) if around.cumulative and found else found
    return None


def _cumulative(indicator_id: str) -> str | None:
    """The same thing added up over years, where a form has a column for it."""
    found = f"{indicator_id}:cumulative"
    return found if found in indicators() else None


@lru_cache(maxsize=8192)
def _rules_for(label: str, unit: str) -> tuple[_Rule, ...]:
    """The rules that a label fits, in order; reports share most of their labels."""
    return tuple(rule for rule in _rules().get(unit, ()) if rule.label.fullmatch(label))


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """The rules a number in a unit may follow, in order."""
    path = files("pipeline.extract.prose") / "data" / "indicator_rules.yml"
    rules = _Rules.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).compiled
    units = {unit for rule in rules for unit in rule.units}
    return {unit: tuple(rule for rule in rules if unit in rule.units) for unit in units}
