"""The fullest name that a report prints of its agency.

A short form is written out only where nothing fuller is printed: 教科局 of one county is the
教育和科学技术局, of another the 教育科技局.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.agencies.functions import governing
from pipeline.agencies.resolver import Certainty, Resolution, of_one_agency, resolve
from pipeline.extract.identity.mentions import NameMention, Where

_OWN_WORDS = frozenset({Where.TITLE, Where.TABLE, Where.SIGNATURE, Where.PAGE})
_COMMITTEE = "委员会"
_OFFICE = "办公室"


def fullest_name(found: Resolution, seen: Sequence[NameMention], year: int | None) -> Resolution:
    """Returns the agency under the fullest name that is printed of it."""
    # Whose office signs and answers under several names, none of them a fuller one.
    if found.agency is None or found.function in governing("division", "zone", offices=True):
        return found
    if not found.function and (whole := _spelled_out(found, seen)):
        return whole
    if found.in_full and all(m.name.agency is None or m.name is found for m in seen):
        return found
    certain = [(m.where, m.name) for m in seen if _is_certainly(m.name, found)]
    if certain and certain[0][1] is seen[0].name and seen[0].name.in_full:
        printed = certain
    else:
        printed = list(_printed(found, seen, year))
    in_full = [(where, name) for where, name in printed if name.in_full]
    pool = [name for where, name in in_full if where in _OWN_WORDS]
    if not pool and not (printed and printed[0][1].in_full):
        pool = [name for _, name in in_full]
    best = max(pool, key=_length, default=found)
    return _without_desk(best, [name for _, name in printed])


def _spelled_out(found: Resolution, seen: Sequence[NameMention]) -> Resolution | None:
    """The one bureau of its place that a name of unknown words is short for: 科经局.

    It ends like it, and has its other letters in the same order.
    """
    assert found.agency is not None
    short = found.agency
    letters = re.compile(f"{'.*'.join(map(re.escape, short.name_zh))}$")
    return of_one_agency(
        name
        for name in (mention.name for mention in seen)
        if name.certainty is Certainty.CERTAIN
        and name.agency
        and name.agency.agency_id != short.agency_id
        and letters.match(name.agency.name_zh)
    )


def _is_certainly(name: Resolution, found: Resolution) -> bool:
    return (
        name.certainty is Certainty.CERTAIN
        and name.agency is not None
        and found.agency is not None
        and name.agency.agency_id == found.agency.agency_id
    )


def _printed(
    found: Resolution, seen: Sequence[NameMention], year: int | None
) -> Iterator[tuple[Where, Resolution]]:
    """Every name printed of the agency, in the region that it was placed in."""
    assert found.agency is not None
    for mention in seen:
        name = mention.name
        if name.certainty is not Certainty.CERTAIN and name.function == found.function:
            name = resolve(name.name, year=year, hints=(found.agency.name_zh,))
        if name.agency and name.agency.agency_id == found.agency.agency_id:
            yield mention.where, name


def _without_desk(best: Resolution, printed: Sequence[Resolution]) -> Resolution:
    """The committee itself where its office only signs or answers: 国资委, …委员会办公室."""
    agency = best.agency
    if agency is None or not agency.name_zh.endswith(_COMMITTEE + _OFFICE):
        return best
    if all(name.agency and name.agency.name_zh.endswith(_OFFICE) for name in printed):
        return best
    return best._replace(agency=replace(agency, name_zh=agency.name_zh.removesuffix(_OFFICE)))


def _length(name: Resolution) -> int:
    return len(name.agency.name_zh) if name.agency else 0
