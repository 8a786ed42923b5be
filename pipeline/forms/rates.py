"""The rates people compare: what is counted, among what, and on which forms."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from pipeline.declared import Bilingual, Declaration, repeated
from pipeline.forms.catalogue import FormLetter, IndicatorId, declaration_of
from pipeline.forms.crosswalk import SeriesPart, crosswalk, joined_look_alikes

NOT_TOLD = "not_told"
"""Id of the rate of what a report leaves out of its answers."""


def _parts(declared: Any) -> Any:
    """Takes letters apart, and a plain list for the same concept on every form."""
    if not isinstance(declared, Mapping):
        return declared
    return {
        letter: {"sum": part, "relation": "same"} if isinstance(part, list) else part
        for letters, part in declared.items()
        for letter in letters
    }


Quantity = Annotated[dict[FormLetter, SeriesPart], BeforeValidator(_parts)]
"""What adds up to a number, form by form."""


class Rate(Bilingual):
    """One rate.

    Attributes:
        topic: What it is about.
        of: The quantity counted; None for what is not reported.
        among: The quantity it is counted among.
    """

    topic: str
    of: str | None = None
    among: str


class Channels(Bilingual):
    """Parts that need not exclude one another.

    Attributes:
        total: The whole that reports state.
        parts: Indicators of the channels.
    """

    total: IndicatorId
    parts: tuple[IndicatorId, ...] = Field(min_length=2)


class RatePart(Declaration):
    """A rate on one form.

    Attributes:
        numerator: Indicators that add up to what is counted; None where the form does not
            count it, so that the form can only tell that an older one no longer holds.
        instead: The one row that some reports print in the place of the numerator's.
        denominator: Indicators that add up to what it is counted among.
        relation: Comparable where either of both is.
        zh: What differs, None where nothing does.
        en: The same in English.
        is_outcome: Whether it is one of the shares that add up to one.
    """

    numerator: tuple[str, ...] | None
    instead: str | None
    denominator: tuple[str, ...]
    relation: Literal["same", "comparable"]
    zh: str | None
    en: str | None
    is_outcome: bool


class Rates(Declaration):
    """Everything in ``rates.yml``.

    Attributes:
        least: A smaller denominator gives no rate.
        quantities: Numbers beside the series of the crosswalk.
        topics: What rates are about.
        rates: Every rate by its id.
        outcomes: The rates that the answers of each form are parted into.
        not_told: What a report leaves out of them.
        channels: Mixes of channels by subject.
    """

    least: int = Field(ge=1)
    quantities: dict[str, Quantity]
    topics: dict[str, Bilingual]
    rates: dict[str, Rate]
    outcomes: dict[FormLetter, tuple[str, ...]]
    not_told: Rate
    channels: dict[str, Channels]

    def quantity(self, name: str) -> Mapping[FormLetter, SeriesPart]:
        """Returns a quantity, or the series of the crosswalk that bears its name.

        Raises:
            ValueError: There is neither.
        """
        if name in self.quantities:
            return self.quantities[name]
        if name in crosswalk().series:
            return crosswalk().series[name].forms
        raise ValueError(f"rates.yml: {name} is neither a quantity nor a series of the crosswalk")

    def parts(self, rate_id: str) -> Mapping[FormLetter, RatePart]:
        """Returns a rate on every form that has its whole.

        Raises:
            ValueError: It names an unknown quantity.
        """
        rate = self.not_told if rate_id == NOT_TOLD else self.rates[rate_id]
        among = self.quantity(rate.among)
        of = self.quantity(rate.of) if rate.of else {}
        return {
            letter: self._part(rate_id, letter, of.get(letter), among[letter]) for letter in among
        }

    def _part(
        self, rate_id: str, letter: FormLetter, of: SeriesPart | None, among: SeriesPart
    ) -> RatePart:
        both = [part for part in (of, among) if part and part.relation == "comparable"]
        rest = () if rate_id == NOT_TOLD else None
        return RatePart(
            numerator=of.sum if of else rest,
            instead=of.instead if of else None,
            denominator=among.sum,
            relation="comparable" if both else "same",
            zh="；".join(part.zh for part in both if part.zh) or None,
            en="; ".join(part.en for part in both if part.en) or None,
            is_outcome=rate_id == NOT_TOLD or rate_id in self.outcomes.get(letter, ()),
        )

    @model_validator(mode="after")
    def _quantities_stay_apart(self) -> Self:
        for name, parts in self.quantities.items():
            if name in crosswalk().series:
                raise ValueError(f"rates.yml: {name} is a series of the crosswalk already")
            joined = {one for part in parts.values() for one in part.sum}
            if pair := joined_look_alikes(crosswalk(), joined):
                raise ValueError(f"rates.yml: {name} joins {pair.ids}: {pair.en}")
        return self

    @model_validator(mode="after")
    def _rates_are_whole(self) -> Self:
        for rate_id, rate in {**self.rates, NOT_TOLD: self.not_told}.items():
            if rate.topic not in self.topics:
                raise ValueError(f"rates.yml: {rate_id} is about {rate.topic}, which is no topic")
            if all(part.numerator is None for part in self.parts(rate_id).values()):
                raise ValueError(
                    f"rates.yml: no form has both {rate.of} and {rate.among} of {rate_id}"
                )
        every = (*self.rates.values(), self.not_told)
        if twice := repeated((rate.topic, rate.zh) for rate in every):
            raise ValueError(f"rates.yml: a name stands for two rates: {twice}")
        return self

    @model_validator(mode="after")
    def _outcomes_exclude_one_another(self) -> Self:
        for letter, names in self.outcomes.items():
            for name in names:
                part = self.parts(name).get(letter) if name in self.rates else None
                if part is None or part.numerator is None:
                    raise ValueError(f"rates.yml: outcome {name} is no rate on form {letter}")
                if self.rates[name].topic != self.not_told.topic:
                    raise ValueError(f"rates.yml: outcome {name} is about another topic")
                if self.rates[name].among != self.not_told.among:
                    raise ValueError(f"rates.yml: outcome {name} is among another whole")
            counted = [one for name in names for one in self.parts(name)[letter].numerator or ()]
            if twice := {one for one in counted if counted.count(one) > 1}:
                raise ValueError(f"rates.yml: outcomes on form {letter} count {twice} twice")
        return self


def all_parts() -> Iterator[tuple[str, Rate, FormLetter, RatePart]]:
    """Yields every rate on every form, the share not reported (``not_told``) among them."""
    declared = rates()
    for rate_id, rate in {**declared.rates, NOT_TOLD: declared.not_told}.items():
        for letter, part in declared.parts(rate_id).items():
            yield rate_id, rate, letter, part


@cache
def rates() -> Rates:
    """Returns the rates.

    Raises:
        pydantic.ValidationError: A rate names an unknown quantity, a quantity an unknown
            indicator, or outcomes count a request twice.
    """
    return Rates.model_validate(declaration_of("rates"))
