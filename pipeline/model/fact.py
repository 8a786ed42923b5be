"""One value of one indicator, chosen from what a report says about it."""

from decimal import Decimal
from typing import NamedTuple

from pipeline.model.observation import Qualifier, Source


class Fact(NamedTuple):
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
