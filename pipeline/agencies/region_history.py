"""What became of regions: which were merged, renamed or taken over, and which a year leaves."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from pipeline.agencies.region import Region
from pipeline.agencies.region_index import region_index
from pipeline.agencies.regions import region_of

# Statistics go on with some divisions after they ended: 南市区 two years after 北市区.
_LONGEST_MERGER = 2


def is_merger(past: Region, heir: Region) -> bool:
    """Whether an abolished division was merged into one made of several."""
    was_there = (heir.valid_from or 0) + 1 < (past.valid_to or 0)
    joined = was_there and past.name[:-1] != heir.name[:-1]
    return joined or any(
        other.name[:-1] != past.name[:-1]
        and other.level is past.level
        and abs(other.last_year - past.last_year) <= _LONGEST_MERGER
        for other in _ended_for().get(past.successor, ())
    )


@cache
def _ended_for() -> dict[str, tuple[Region, ...]]:
    """By code, the divisions that ended in favour of the one that now has the code."""
    found: dict[str, list[Region]] = defaultdict(list)
    for region in region_index().every:
        if region.valid_to is not None and not region.zone:
            found[region.successor or region.code].append(region)
    return {code: tuple(regions) for code, regions in found.items()}


def with_heirs(chosen: Sequence[Region], others: Sequence[Region]) -> tuple[Region, ...]:
    """Returns regions with others of their name begun when one of them ended: 莱芜市, 莱芜区."""
    ends = min((region.valid_to for region in chosen if region.valid_to), default=None)
    if ends is None:
        return tuple(chosen)
    heirs = (region for region in others if (region.valid_from or 0) >= ends)
    return (*chosen, *(region for region in heirs if region not in chosen))


def narrow(regions: Sequence[Region], year: int | None) -> tuple[Region, ...]:
    """Returns the regions of one name that existed in a year, one for each place.

    Args:
        regions: Candidates of one name.
        year: The year the name is from, None if unknown.

    Returns:
        The candidates left, one a place; all of them where none fits the year.
    """
    if len(regions) < 2:
        return tuple(regions)
    left = list(dict.fromkeys(regions))
    if year is not None:
        left = [region for region in left if region.existed(year)] or left
    return tuple(_one_a_place(left, year))


def _one_a_place(regions: list[Region], year: int | None) -> list[Region]:
    """One name for each place: of a division and its successors the one that fits the year."""
    places: dict[tuple[str, str], list[Region]] = defaultdict(list)
    for region in regions:
        places[_last_code(region), region.zone].append(region)
    kept = []
    for names in places.values():
        fitting = [region for region in names if year is not None and region.had_name(year)]
        kept.append(max(fitting or names, key=lambda region: region.last_year))
    return kept


def _last_code(region: Region) -> str:
    """The code a division goes by today, after every renaming."""
    seen = {region.code}
    while region.successor and region.successor not in seen:
        seen.add(region.successor)
        heir = region_of(region.successor)
        if heir is None:
            return region.successor
        region = heir
    return region.code
