"""What a number is worth: the degrees and the bounds that part them, declared as data."""

from collections.abc import Iterable
from functools import cache
from typing import Self

from pydantic import Field, RootModel, field_validator, model_validator

from pipeline.declared import Declaration, declared
from pipeline.forms.rules import rules


class Standing(Declaration):
    """One degree.

    Attributes:
        zh: Chinese name.
        en: English name.
        meaning_zh: What it means, in Chinese.
        meaning_en: The same in English.
        errors_from: So many failing checks of severity error put a fact there.
        confidence_below: A lower confidence puts a fact there.
        rules_failing: A failing check of one of these rules puts a fact there, however severe.
        is_set_aside: Whether such a fact takes no part in ranks and totals.
    """

    zh: str
    en: str
    meaning_zh: str
    meaning_en: str
    errors_from: int | None = Field(default=None, ge=1)
    confidence_below: float | None = Field(default=None, gt=0, lt=1)
    rules_failing: tuple[str, ...] = ()
    is_set_aside: bool = False

    @property
    def has_condition(self) -> bool:
        """Whether a fact gets there by something."""
        bounds = (self.errors_from, self.confidence_below)
        return bool(self.rules_failing) or any(bound is not None for bound in bounds)

    @field_validator("rules_failing")
    @classmethod
    def _are_rules(cls, named: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := set(named) - rules().keys():
            raise ValueError(f"standing.yml: rules.yml has no {sorted(unknown)}")
        return named


class _File(RootModel[dict[str, Standing]]):
    @model_validator(mode="after")
    def _only_the_first_is_open(self) -> Self:
        first, *others = self.root.items()
        if first[1].has_condition:
            raise ValueError(f"standing.yml: {first[0]} is what is left and needs no condition")
        if closed := [name for name, one in others if not one.has_condition]:
            raise ValueError(f"standing.yml: nothing leads to {closed}; give a bound")
        if not others[-1][1].is_set_aside:
            raise ValueError(f"standing.yml: {others[-1][0]} is the worst and must be set aside")
        return self


@cache
def standings() -> dict[str, Standing]:
    """Returns the degrees by name, the best first.

    Raises:
        pydantic.ValidationError: A degree lacks a name, a meaning or a bound.
    """
    return declared("pipeline.warehouse", "standing", _File).root


def least_confidence() -> float:
    """Returns the confidence from which on a number is not in doubt for the want of it."""
    return max(one.confidence_below or 0 for one in standings().values())


def worst(degrees: Iterable[str]) -> str:
    """Returns what something made of several numbers is worth."""
    return max(degrees, key=list(standings()).index)
