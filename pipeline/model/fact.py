"""The value of an indicator chosen from a report's observations, or the reason for having none."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pipeline.model.observation import Qualifier, Source


class Fact(Struct, frozen=True):
    """The value a report gives for an indicator.

    Attributes:
        indicator_id: Catalogue id.
        value: The number in ``unit``.
        unit: The catalogue's unit of the indicator.
        source: How the value came to be known.
        qualifier: How exactly the number is meant.
        observation: Index into ``Report.observations`` of the one it was taken from.
    """

    indicator_id: str
    value: Decimal
    unit: str
    source: Source
    qualifier: Qualifier
    observation: int


class Want(StrEnum):
    """Why a report that speaks of an indicator gives no value for it."""

    BLANK = "blank"
    DASH = "dash"
    NOT_APPLICABLE = "not_applicable"
    MASKED = "masked"
    UNREADABLE = "unreadable"
    DISAGREEING = "disagreeing"
    NOT_ADDING_UP = "not_adding_up"
    NO_UNIT = "no_unit"
    TOO_LARGE = "too_large"


class Gap(Struct, frozen=True):
    """An indicator whose cell a report prints and for which it gives no fact.

    Attributes:
        indicator_id: Catalogue id.
        want: What stands there instead of a value.
        observation: Index into ``Report.observations`` of the first that stands there.
        value_raw: What it prints.
        candidates: Readings that remain possible: values that disagree, or those of glued
            digits.
    """

    indicator_id: str
    want: Want
    observation: int
    value_raw: str
    candidates: tuple[str, ...]
