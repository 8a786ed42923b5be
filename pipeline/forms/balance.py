"""The balance of requests: ``data/balance.yml``, which numbers of a report are its sides."""

from functools import cache

from pipeline.declared import Declaration, declared
from pipeline.forms.catalogue import IndicatorId


class Balance(Declaration):
    """Indicators of what came, and of what became of it.

    Attributes:
        received: What came in the year.
        carried_in: What came before it and was not dealt with by then.
        processed: What was dealt with in the year.
        carried_out: What is left to the next one.
        dealt_with: What counts all that was dealt with, on one form or another.
    """

    received: IndicatorId
    carried_in: IndicatorId
    processed: IndicatorId
    carried_out: IndicatorId
    dealt_with: tuple[IndicatorId, ...]

    @property
    def came(self) -> tuple[str, str]:
        """What there was to deal with."""
        return self.received, self.carried_in

    @property
    def went(self) -> tuple[str, str]:
        """What became of it."""
        return self.processed, self.carried_out


@cache
def balance() -> Balance:
    """Returns the balance.

    Raises:
        pydantic.ValidationError: It names an unknown indicator.
    """
    return declared("pipeline.forms", "balance", Balance)
