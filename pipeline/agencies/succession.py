"""What became of an agency: the reforms of government and the renaming of regions.

``data/successions.csv`` declares what a function became and in which year, in Beijing and
elsewhere; ``data/regions.csv`` what a region became. Where the years differ from place to
place the last one is given, so an agency may have gone a year earlier.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from pydantic import field_validator
from pydantic.dataclasses import dataclass as validated

from pipeline.agencies import functions, region_history, regions
from pipeline.agencies.spans import Span, common
from pipeline.declared import declared_rows
from pipeline.model.agency import Agency, Level


class SuccessionKind(StrEnum):
    """How one agency became another."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Succession:
    """A row of ``agency_succession``.

    Attributes:
        agency_id: The agency that ended.
        successor: The agency that took over, whether or not a report of it is known.
        year: The year it took over.
        first_year: The year the change began; for reforms that in Beijing.
        relation: How.
    """

    agency_id: str
    successor: Agency
    year: int
    first_year: int
    relation: SuccessionKind


@validated(frozen=True)
class _Reform:
    function: str
    successor: str
    year_national: int
    year_local: int
    relation: SuccessionKind
    reason: str
    ended_at: tuple[Level, ...]
    """Levels at which it ended every such agency, where at others some stay."""

    @field_validator("ended_at", mode="before")
    @classmethod
    def _listed(cls, value: str) -> tuple[str, ...]:
        return tuple(value.split("|")) if value else ()


def successions(agencies: Iterable[Agency]) -> Iterator[Succession]:
    """Yields what became of agencies, and of their successors in turn.

    Args:
        agencies: Rows of ``dim_agency``; those without a region are passed over.

    Yields:
        Each succession once, in the order of the agencies.
    """
    seen: set[tuple[str, str]] = set()
    waiting = list(agencies)
    while waiting:
        agency = waiting.pop(0)
        for step in _steps(agency):
            key = (step.agency_id, step.successor.agency_id)
            if key not in seen:
                seen.add(key)
                yield step
                waiting.append(step.successor)


def former_ids(agency: Agency) -> Iterator[str]:
    """Yields the ids of the agencies of the same place that an agency's function came from."""
    for reform in _reforms().values():
        if reform.successor == agency.function and agency.agency_id.endswith(agency.function):
            yield agency.agency_id.removesuffix(agency.function) + reform.function


def years_at(function: str, level: Level) -> Span:
    """Returns the first and last year of a function's agencies at a level of government."""
    declared = functions.functions().get(function)
    reform = _reforms().get(function)
    ended = reform.year_local if reform and level in reform.ended_at else None
    return common(declared.years if declared else (None, None), (None, ended))


def _steps(agency: Agency) -> Iterator[Succession]:
    if agency.region_code is None:
        return
    heir = _heir(agency)
    reform = _reforms().get(agency.function)
    if reform:
        national = agency.level is Level.NATIONAL
        year = reform.year_national if national else reform.year_local
        if heir is None or year < heir.year:
            successor = _reformed(agency, reform)
            first_year = min(year, reform.year_national)
            yield Succession(agency.agency_id, successor, year, first_year, reform.relation)
    if heir:
        yield heir


def _reformed(agency: Agency, reform: _Reform) -> Agency:
    """The same place's agency of the function that took over."""
    function = functions.functions()[reform.successor]
    stem = agency.agency_id.removesuffix(reform.function)
    first, last = years_at(reform.successor, agency.level)
    return replace(
        agency,
        agency_id=f"{stem}{reform.successor}",
        name_zh=_name(agency, function),
        function=reform.successor,
        valid_from=first,
        valid_to=last,
    )


def _name(agency: Agency, function: functions.Function) -> str:
    place = "" if agency.level is Level.NATIONAL else agency.region_name or ""
    if agency.level is Level.NATIONAL and function.national:
        return function.national[0]
    bureau = "厅" if agency.name_zh.endswith("厅") else "局"
    return place + function.official_name(agency.level, bureau)


def _heir(agency: Agency) -> Succession | None:
    """The same office in the region an abolished region became; none for a town's."""
    past = regions.region_named(agency.region_code or "", agency.region_name or "")
    if past is None or past.valid_to is None:
        return None
    own = agency.agency_id.removeprefix(past.id_start)
    if own == agency.agency_id or own.startswith("township_"):
        return None
    heir = regions.region_of(past.successor)
    if heir is None:
        return None
    _, last = common(heir.years, years_at(agency.function, heir.level))
    successor = replace(
        agency,
        agency_id=f"{heir.code}.{own}",
        name_zh=agency.name_zh.replace(past.name, heir.name),
        region_code=heir.code,
        region_name=heir.name,
        level=heir.level,
        valid_from=heir.valid_from,
        valid_to=last,
    )
    kind = SuccessionKind.MERGED if region_history.is_merger(past, heir) else SuccessionKind.RENAMED
    return Succession(agency.agency_id, successor, past.valid_to, past.valid_to, kind)


@cache
def _reforms() -> dict[str, _Reform]:
    rows = declared_rows("pipeline.agencies", "successions", _Reform)
    return {row.function: row for row in rows}
