"""Series across the forms: what may be joined from one year to the next, and what may not."""

from collections.abc import Mapping, Set
from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator

from pipeline.declared import Bilingual, Declaration
from pipeline.forms.catalogue import FormLetter, IndicatorId, declaration_of, indicators


class SeriesPart(Declaration):
    """A series on one form.

    Attributes:
        sum: Indicators that add up to the value; all of them must be reported.
        instead: The one row that some reports on the form print in the place of those.
        relation: Same concept as on the other forms, or comparable with a break.
        zh: What differs, where it is comparable only.
        en: The same in English.
    """

    sum: tuple[IndicatorId, ...] = Field(min_length=1)
    instead: IndicatorId | None = None
    relation: Literal["same", "comparable"]
    zh: str | None = None
    en: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Every indicator that may report it."""
        return self.sum if self.instead is None else (*self.sum, self.instead)

    @model_validator(mode="after")
    def _breaks_are_explained(self) -> Self:
        if self.relation == "comparable" and not (self.zh and self.en):
            raise ValueError(f"{self.sum}: a comparable part needs a word on what differs")
        if self.relation == "same" and (self.zh or self.en):
            raise ValueError(f"{self.sum}: what is the same differs in nothing")
        return self


class Series(Bilingual):
    """One series.

    Attributes:
        unit: Unit of the values.
        forms: Its part on each form that has one, by letter.
    """

    unit: str
    forms: dict[FormLetter, SeriesPart]


class LookAlike(Bilingual):
    """Why indicators that share a label or a place must not be joined."""

    ids: tuple[IndicatorId, ...] = Field(min_length=2)


class Crosswalk(Declaration):
    """Every series by its id, and what only looks alike.

    Attributes:
        series: Series by id.
        same_rows: Forms on which an id stands for the same concept, series or none.
        look_alikes: What no series may join.
    """

    series: dict[str, Series]
    same_rows: tuple[tuple[FormLetter, ...], ...] = ()
    look_alikes: tuple[LookAlike, ...]

    @model_validator(mode="after")
    def _look_alikes_stay_apart(self) -> Self:
        for name, series in self.series.items():
            joined = {one for part in series.forms.values() for one in part.ids}
            if pair := joined_look_alikes(self, joined):
                raise ValueError(f"crosswalk.yml: {name} joins {pair.ids}: {pair.en}")
        return self


def joined_look_alikes(declared: Crosswalk, joined: Set[str]) -> LookAlike | None:
    """Returns the first look-alikes of which indicators hold more than one."""
    return next((pair for pair in declared.look_alikes if len(joined & {*pair.ids}) > 1), None)


class Joint(Declaration):
    """How an indicator on one form is joined to the same indicator on others."""

    name: str
    relation: Literal["same", "comparable"]
    zh: str | None = None
    en: str | None = None


@cache
def joints(indicator_id: str) -> Mapping[FormLetter, Joint]:
    """Returns how an indicator is joined, form by form; a form of its own name stands alone.

    A row's breakdown by applicant is joined as the row is; running totals never are.
    """
    one = indicators()[indicator_id]
    row = one.row_id if one.period == "year" else indicator_id
    found: dict[FormLetter, Joint] = {}
    for forms in crosswalk().same_rows:
        found |= {form: Joint(name="=".join(forms), relation="same") for form in forms}
    for name, series in crosswalk().series.items():
        for form, part in series.forms.items():
            if row in (part.instead, *part.sum) and (row == part.instead or len(part.sum) == 1):
                found[form] = Joint(name=name, relation=part.relation, zh=part.zh, en=part.en)
    return found


@cache
def crosswalk() -> Crosswalk:
    """Returns the crosswalk.

    Raises:
        ValueError: A series names an unknown indicator or joins what only looks alike.
    """
    return Crosswalk.model_validate(declaration_of("crosswalk"))
