"""What a stated number may stand for: 100余 is anything from 100 below 200."""

import re
from decimal import Decimal

from msgspec import Struct

from pipeline.lexis.numerals import MULTIPLIERS
from pipeline.lexis.units import read_unit
from pipeline.model.observation import Observation, Qualifier

# 128.4万 is what 1284103 is rounded to.
_ROUNDED = re.compile(r"\d(?:\.(?P<places>\d+))?(?P<scale>[万亿])$")
_UNBOUNDED = Decimal("Infinity")
_ABOUT = Decimal("0.1")


class Range(Struct, frozen=True):
    """A closed range of values, counted by ones."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Range") -> bool:
        """Whether one value can be meant by both."""
        return self.low <= other.high and other.low <= self.high


def range_of(observation: Observation) -> Range:
    """Returns what an observation may stand for."""
    value = observation.value or Decimal(0)
    scale = read_unit(observation.unit_raw).factor or Decimal(1)
    low, high = value, value
    if observation.qualifier is Qualifier.AT_LEAST:
        high = _UNBOUNDED
    elif observation.qualifier is Qualifier.APPROXIMATE:
        step = _last_place(value)
        low, high = value - value * _ABOUT, value + max(step, value * _ABOUT)
        if any(mark in observation.value_raw for mark in "余多几"):
            low = value
    elif rounded := _ROUNDED.search(observation.value_raw):
        step = MULTIPLIERS[rounded["scale"]] * Decimal(1).scaleb(-len(rounded["places"] or ""))
        low, high = value - step / 2, value + step / 2
    return Range(low * scale, high * scale)


def total(ranges: list[Range]) -> Range:
    """Returns what the sum of several numbers may be."""
    return Range(
        sum((one.low for one in ranges), Decimal(0)), sum((one.high for one in ranges), Decimal(0))
    )


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not nought: 100 for 100, 10 for 160."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
