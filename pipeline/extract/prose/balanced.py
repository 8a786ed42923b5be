"""What numbers mean where those beside them say so.

办理 means dealt with, not merely worked on:

新收224件,上年结转3件,办理222件,结转下年5件: what came is what was dealt with and what is left.
办理216件。予以公开106件,不予公开110件: every one of them ended in some way. So with 办结111件
where nothing has said that requests are counted.

The only way in which requests are told to have come is that of all: 通过网站收到申请5件.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import structs

from pipeline.extract.prose.attribution import is_open
from pipeline.extract.prose.concepts import concepts_of
from pipeline.extract.prose.kinds import are_alike
from pipeline.forms.balance import balance
from pipeline.forms.catalogue import indicators
from pipeline.model.observation import Observation

BALANCED = "N-balanced"
"""The id of the rule on what was handled."""

ONLY_WAY = "N-only_way"
"""The id of the rule on the only way."""

# By what they came is told as how, not as which: 收到网络申请5件 may be some of them.
_BY_A_WAY = re.compile("(?:通过|以|经由?)[^,。;]*(?:收到|受理|接到|接收|新收|提交|提出|递交)")
# The same sentence speaks of further requests, or of these as a share of more.
_OF_MORE = re.compile(r"另|占|%|若干|其余|其他|线下|部分|(?:申请\d.*){2}")

_HANDLED = frozenset({"handle", "closed", "answered"})
_OF_REQUESTS = _HANDLED | {"asked", "by_request", "request", "who", "raised"}
_UNIT = "件"
_FEWEST_ENDS = 2
_NONE = Decimal(0)


def with_balanced(found: Sequence[Observation], form: str) -> list[Observation]:
    """Adds what was dealt with to the numbers of a paragraph, if their sums say which that is."""
    name = balance().processed
    handled = [one for one in found if _is_handled(one)]
    if len(handled) != 1 or form not in indicators()[name].templates:
        return list(found)
    told: dict[str, Decimal] = {}
    for one in found:
        if one.indicator_id and one.value is not None and not is_open(one.why):
            told.setdefault(one.indicator_id, one.value)
    if name in told or not _is_all(handled[0].value or _NONE, told):
        return list(found)
    meant = structs.replace(handled[0], indicator_id=name, why=(*handled[0].why, BALANCED))
    return [meant if one is handled[0] else one for one in found]


def with_only_way(found: Sequence[Observation]) -> list[Observation]:
    """Adds all requests received to the numbers of a report that tells of one way, and no other."""
    name = balance().received
    told = [one for one in found if (one.indicator_id or "").startswith(name)]
    if len(told) != 1 or ":" in (told[0].indicator_id or ""):
        return list(found)
    (way,) = told
    is_whole = way.indicator_id == name or not way.value or is_open(way.why)
    if is_whole or not _BY_A_WAY.search(way.label_raw) or _OF_MORE.search(way.quote):
        return list(found)
    return [*found, structs.replace(way, indicator_id=name, why=(*way.why, ONLY_WAY))]


def _is_handled(one: Observation) -> bool:
    """Whether a number says that so many requests were worked on, and no more."""
    if one.indicator_id or one.value is None or one.year is not None or is_open(one.why):
        return False
    said = concepts_of(one.label_raw)
    return are_alike(one.unit_raw or "", _UNIT) and any(
        not _HANDLED.isdisjoint(words) and words <= _OF_REQUESTS for words in said
    )


def _is_all(value: Decimal, told: Mapping[str, Decimal]) -> bool:
    """Whether a number is the requests that came less those carried on, or the sum of outcomes."""
    new, old = balance().came
    if new in told and {old, balance().carried_out} & told.keys():
        came = told[new] + told.get(old, _NONE)
        return came == value + told.get(balance().carried_out, _NONE)
    ends = [value for one, value in told.items() if _is_end(one, told)]
    return len(ends) >= _FEWEST_ENDS and sum(ends, _NONE) == value


def _is_end(indicator: str, told: Mapping[str, Decimal]) -> bool:
    """Whether an indicator is an outcome of requests that no other number told here includes."""
    whole = balance().processed
    parent = indicators()[indicator].parent_id
    is_end = ":" not in indicator and indicator.startswith(f"{whole}.")
    return is_end and (parent == whole or parent not in told)
