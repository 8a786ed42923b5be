"""What several agencies report, put together by where they are: tiles of a map."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pipeline.explorer.provinces import Tile, TilePlace, cities, provinces
from pipeline.explorer.rendering import is_set_aside
from pipeline.explorer.texts import Translator
from pipeline.warehouse.records import Record

SHADES = 5


def tiles(
    places: Mapping[str, TilePlace],
    found: Mapping[str, tuple[Any, int]],
    say: Translator,
    to: Callable[[str], str | None],
) -> list[Tile]:
    """Returns every place with its number, in shades from nothing to the most.

    Shades from the least to the most would show two points of difference as white and black.

    Args:
        places: Places by their codes.
        found: The number of a place, and of how many agencies it is.
        say: Speaks.
        to: Gives where a place leads that has a number.
    """
    known = [float(value) for value, _ in found.values() if value is not None]
    most = max(known, default=0.0) or 1.0
    made = []
    for code, place in places.items():
        value, n = found.get(code, (None, 0))
        shade = None
        if value is not None:
            step = max(float(value), 0.0) / most * SHADES
            shade = min(int(step), SHADES - 1)
        name = place.zh if say.language == "zh" else place.en
        made.append(Tile(code, name, place, value, n, shade, to(code) if n else None))
    return made


def places_of(province: str, rows: Iterable[Record]) -> Mapping[str, TilePlace]:
    """Returns the cities of a province, or all provinces where none is named."""
    if not province:
        return provinces()
    codes = Counter(row["agency_id"][:2] for row in rows)
    own = codes.most_common(1)[0][0] if codes else ""
    return {code: place for code, place in cities().items() if own and code.startswith(own)}


def put_together(
    rows: Sequence[Record], province: str, *, is_rate: bool
) -> dict[str, tuple[Any, int]]:
    """Returns the number of each place: a sum, or of a rate the sum of both its sides.

    What is contradicted takes no part in it. Rows have to be of one unit and one scope.
    """
    groups: dict[str, list[Record]] = {}
    for row in rows:
        code = f"{row['agency_id'][:4]}00" if province else row["province"]
        if code and not is_set_aside(row):
            groups.setdefault(code, []).append(row)
    found = {}
    for code, own in groups.items():
        if is_rate:
            value = sum(row["numerator"] for row in own) / sum(row["denominator"] for row in own)
        else:
            value = sum(row["value"] for row in own)
        found[code] = (value, len(own))
    return found
