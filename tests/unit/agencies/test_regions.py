"""Divisions and zones: when they were, what lies in what, and what became of whom."""

import pytest

from pipeline.agencies.region import NATION_REGION, Region, is_code_of_zone
from pipeline.agencies.region_history import is_merger, narrow, with_heirs
from pipeline.agencies.regions import (
    chains,
    city_of,
    counties_named,
    divisions,
    named_first,
    named_last,
    region_named,
    region_of,
)
from pipeline.model.agency import Level

SHANDONG = Region("370000", "山东省", "000000", Level.PROVINCE)
JINAN = Region("370100", "济南市", "370000", Level.CITY)
LAIWU = Region("371200", "莱芜市", "370000", Level.CITY, 1992, 2019, "370116")
LAIWU_DISTRICT = Region("370116", "莱芜区", "370100", Level.COUNTY, 2019)
JIXIANG = Region("370829", "嘉祥县", "370800", Level.COUNTY)
ZHANGQIU = Region("370181", "章丘市", "370100", Level.COUNTY, None, 2016, "370114")
JIYUAN = Region("419001", "济源市", "410000", Level.COUNTY)
HENAN = Region("410000", "河南省", "000000", Level.PROVINCE)
ZONE = Region("370100", "高新区", "370100", Level.COUNTY, zone="gaoxin")
COUNTY_ZONE = Region("370829", "经开区", "370829", Level.COUNTY, zone="jingkai")


def _named(code: str, name: str) -> Region:
    region = region_named(code, name)
    assert region is not None
    return region


@pytest.mark.parametrize(
    ("year", "existed", "had_name"),
    [
        (1990, False, False),
        (1991, True, False),
        (1992, True, True),
        (2019, True, True),
        (2020, True, False),
        (2021, False, False),
    ],
)
def test_a_name_is_in_use_a_year_before_and_after_and_official_in_its_years(
    year: int, existed: bool, had_name: bool
) -> None:
    assert LAIWU.existed(year) is existed
    assert LAIWU.had_name(year) is had_name


@pytest.mark.parametrize("year", [-1, 1, 1949, 9999, 10_000])
def test_a_name_without_an_end_or_a_beginning_is_always_in_use(year: int) -> None:
    assert JIXIANG.existed(year)
    assert JIXIANG.had_name(min(max(year, 0), 9999))


@pytest.mark.parametrize(
    ("inner", "outer", "lies_in"),
    [
        (JIXIANG, NATION_REGION, True),
        (ZONE, NATION_REGION, True),
        (NATION_REGION, NATION_REGION, False),
        (JIXIANG, SHANDONG, True),
        (JINAN, SHANDONG, True),
        (SHANDONG, SHANDONG, False),
        (LAIWU, HENAN, False),
        (SHANDONG, JINAN, False),
        (LAIWU_DISTRICT, JINAN, True),
        (LAIWU, JINAN, False),
        (JINAN, JINAN, False),
        (JIXIANG, JINAN, False),
        # By the code above it, whatever its own: a county that a city took over.
        (Region("371202", "莱城区", "370100", Level.COUNTY), JINAN, True),
        # By its own, whatever is above it today.
        (Region("370199", "某区", "370000", Level.COUNTY), JINAN, True),
        (Region("370899", "某区", "370000", Level.COUNTY), JINAN, False),
        (Region("370899", "某市", "370100", Level.CITY), JINAN, False),
        (JIYUAN, HENAN, True),
        (JIXIANG, JIXIANG, False),
        (LAIWU_DISTRICT, JIXIANG, False),
        # Zones lie in the city or county named, and in its province.
        (ZONE, JINAN, True),
        (ZONE, LAIWU, False),
        (ZONE, SHANDONG, True),
        (Region("371300", "高新区", "371300", Level.COUNTY, zone="gaoxin"), SHANDONG, True),
        (Region("350100", "高新区", "350100", Level.COUNTY, zone="gaoxin"), SHANDONG, False),
        (Region("370100", "新区", "370000", Level.CITY, zone="xinqu"), SHANDONG, True),
        (COUNTY_ZONE, JIXIANG, True),
        (COUNTY_ZONE, ZHANGQIU, False),
        (Region("370100", "新区", "370100", Level.CITY, zone="xinqu"), JINAN, True),
        (Region("370830", "某县", "370829", Level.COUNTY), JIXIANG, False),
        (LAIWU_DISTRICT, Region("370100", "新区", "370000", Level.CITY, zone="xinqu"), False),
        # Nothing lies in a zone, least of all itself.
        (ZONE, ZONE, False),
        (COUNTY_ZONE, Region("370829", "别的区", "370829", Level.COUNTY, zone="biede"), False),
        (JIXIANG, ZONE, False),
    ],
    ids=lambda one: one.name if isinstance(one, Region) else None,
)
def test_what_lies_in_what(inner: Region, outer: Region, lies_in: bool) -> None:
    assert inner.lies_in(outer) is lies_in


@pytest.mark.parametrize(
    ("region", "start", "is_zone"),
    [
        (JINAN, "370100.", False),
        (ZONE, "370100.gaoxin_", True),
        (Region("370171", "济南高新区", "370100", Level.COUNTY), "370171.", True),
    ],
)
def test_an_id_begins_with_the_code_and_whose_it_was(
    region: Region, start: str, is_zone: bool
) -> None:
    assert (region.id_start, region.is_zone) == (start, is_zone)


@pytest.mark.parametrize(
    ("code", "name", "start"),
    [
        ("500110", "万盛区", "500110.until_2011_"),
        ("500110", "綦江区", "500110."),
        ("371200", "莱芜市", "371200."),
        # Renamed where it is, it keeps its code.
        ("210782", "北宁市", "210782."),
    ],
)
def test_a_code_that_is_another_divisions_now_is_told_from_it(
    code: str, name: str, start: str
) -> None:
    assert _named(code, name).id_start == start


@pytest.mark.parametrize(
    ("code", "is_zone"), [("370171", True), ("370117", False), ("377000", False), ("3701", False)]
)
def test_a_code_of_a_zone_is_told_by_its_fifth_digit(code: str, is_zone: bool) -> None:
    assert is_code_of_zone(code) is is_zone


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("500110", None, "綦江区"),
        ("500110", 2005, "万盛区"),
        ("500110", 2010, "万盛区"),
        ("500110", 2011, "綦江区"),
        ("500110", 2012, "綦江区"),
        ("500110", 2020, "綦江区"),
        ("500110", 1980, "綦江区"),
        ("210782", 1994, "北宁市"),
        ("210782", 1993, "北镇市"),
        ("371200", 2020, "莱芜市"),
        ("371200", 2024, "莱芜市"),
        ("370116", 2000, "莱芜区"),
        ("000000", 2000, "中华人民共和国"),
        ("000000", None, "中华人民共和国"),
        ("999999", 2000, None),
        ("999999", None, None),
    ],
)
def test_a_code_is_that_years_division_and_the_last_where_none_fits(
    code: str, year: int | None, name: str | None
) -> None:
    found = region_of(code, year)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("regions", "year", "left"),
    [
        ((), 2018, ()),
        ((LAIWU,), 2024, (LAIWU,)),
        # One place under two names: that of the year, the later without one.
        ((LAIWU, LAIWU_DISTRICT), 2010, (LAIWU,)),
        ((LAIWU, LAIWU_DISTRICT), 2024, (LAIWU_DISTRICT,)),
        ((LAIWU, LAIWU_DISTRICT), None, (LAIWU_DISTRICT,)),
        ((LAIWU, LAIWU_DISTRICT), 2019, (LAIWU_DISTRICT,)),
        ((LAIWU_DISTRICT, LAIWU), 2018, (LAIWU,)),
        ((LAIWU_DISTRICT, LAIWU), 1900, (LAIWU_DISTRICT,)),
        # Two places: those that were there; both where neither was.
        ((LAIWU, JIXIANG), 2010, (LAIWU, JIXIANG)),
        ((LAIWU, JIXIANG), 2024, (JIXIANG,)),
        ((LAIWU, ZHANGQIU), 2024, (LAIWU, ZHANGQIU)),
        ((LAIWU, ZHANGQIU), 2018, (LAIWU,)),
        ((JIXIANG, JIXIANG), None, (JIXIANG,)),
        # A zone is no name of the division whose code it bears.
        ((JINAN, ZONE), None, (JINAN, ZONE)),
    ],
    ids=lambda one: "、".join(region.name for region in one) if isinstance(one, tuple) else None,
)
def test_candidates_of_one_name_are_those_there_in_the_year_one_a_place(
    regions: tuple[Region, ...], year: int | None, left: tuple[Region, ...]
) -> None:
    assert narrow(regions, year) == left


@pytest.mark.parametrize(
    ("past", "heir", "merged"),
    [
        # 莱芜市 went on alone as 莱芜区, 綦江 and 万盛 as one district.
        (("371200", "莱芜市"), ("370116", "莱芜区"), False),
        (("500110", "万盛区"), ("500110", "綦江区"), True),
        (("500222", "綦江县"), ("500110", "綦江区"), True),
        (("370181", "章丘市"), ("370114", "章丘区"), False),
        # Statistics kept 南市区 for two years more; 湾里区 joined 新建区 after four.
        (("130603", "北市区"), ("130606", "莲池区"), True),
        (("360122", "新建县"), ("360112", "新建区"), False),
    ],
)
def test_two_that_ended_for_one_were_merged(
    past: tuple[str, str], heir: tuple[str, str], merged: bool
) -> None:
    assert is_merger(_named(*past), _named(*heir)) is merged


@pytest.mark.parametrize(("begins", "merged"), [(2016, False), (2015, False), (2014, True)])
def test_an_heir_of_another_name_that_was_there_two_years_before_took_a_division_in(
    begins: int, merged: bool
) -> None:
    past = Region("999001", "甲县", "999000", Level.COUNTY, 1990, 2016, "999002")
    assert is_merger(past, Region("999002", "乙区", "999000", Level.COUNTY, begins)) is merged
    assert not is_merger(past, Region("999002", "甲区", "999000", Level.COUNTY, begins))


@pytest.mark.parametrize(("ends", "merged"), [(3, True), (1, False), (None, False)])
def test_a_division_that_never_ended_was_not_taken_in(ends: int | None, merged: bool) -> None:
    past = Region("999001", "甲县", "999000", Level.COUNTY, None, ends, "999002")
    assert is_merger(past, Region("999002", "乙区", "999000", Level.COUNTY)) is merged


@pytest.mark.parametrize(
    ("name", "city", "found"),
    [
        ("章丘", "370100", {"章丘区", "章丘市"}),
        ("章丘区", "370100", {"章丘区"}),
        ("嘉祥", "370800", {"嘉祥县"}),
        ("嘉祥", "370100", set()),
        ("济南", "370100", set()),
        ("", "370100", set()),
    ],
)
def test_a_county_of_a_city_goes_by_its_name_or_stem(name: str, city: str, found: set[str]) -> None:
    counties = counties_named(name, next(one for one in divisions(city) if one.code == city))
    assert {region.name for region in counties} == found
    assert len(set(counties)) == len(counties)


@pytest.mark.parametrize(
    ("stem", "city"),
    [
        ((LAIWU, Region("371202", "莱芜区", "371200", Level.COUNTY)), (LAIWU,)),
        ((LAIWU, LAIWU, LAIWU), (LAIWU,)),
        ((LAIWU, LAIWU_DISTRICT), ()),
        ((LAIWU, JINAN), ()),
        ((JIXIANG,), ()),
        ((), ()),
    ],
)
def test_a_stem_is_its_city_where_no_place_elsewhere_is_called_so(
    stem: tuple[Region, ...], city: tuple[Region, ...]
) -> None:
    assert city_of(stem) == city


@pytest.mark.parametrize(
    ("chosen", "begins", "joins"),
    [((LAIWU,), 2019, True), ((LAIWU,), 2018, False), ((LAIWU,), None, False)],
)
def test_who_bears_the_name_since_a_region_ended_is_its_heir(
    chosen: tuple[Region, ...], begins: int | None, joins: bool
) -> None:
    other = Region("370116", "莱芜区", "370100", Level.COUNTY, begins)
    assert with_heirs(chosen, (other, *chosen)) == (*chosen, *([other] if joins else ()))
    assert with_heirs((JIXIANG,), (other,)) == (JIXIANG,)


def test_the_first_end_opens_the_name_for_heirs() -> None:
    heir = Region("370116", "莱芜区", "370100", Level.COUNTY, 2016)
    assert heir in with_heirs((LAIWU, ZHANGQIU), (heir,))
    assert heir in with_heirs((ZHANGQIU, LAIWU), (heir,))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("山东省嘉祥县教育局", "山东省嘉祥县"),
        ("嘉祥县教育局", "嘉祥县"),
        ("嘉祥教育局", ""),
        ("山东嘉祥县教育局", "山东嘉祥县"),
        ("教育局", ""),
        ("", ""),
    ],
)
def test_regions_at_the_beginning_are_those_printed_in_full(text: str, first: str) -> None:
    assert named_first(text) == first


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("来自山东省嘉祥县", "山东省嘉祥县"),
        ("来自嘉祥县", "嘉祥县"),
        ("嘉祥县", "嘉祥县"),
        ("嘉祥县来自", ""),
        ("来自嘉祥", ""),
        # A county is not in the next province.
        ("河南省嘉祥县", "嘉祥县"),
        ("县", ""),
        ("", ""),
    ],
)
def test_regions_at_the_end_are_those_that_lie_in_each_other(text: str, last: str) -> None:
    assert named_last(text) == last


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("山东省嘉祥县", {("山东省", 3, True, True), ("嘉祥县", 6, True, False)}),
        ("山东嘉祥", {("山东省", 2, False, True), ("嘉祥县", 4, False, False)}),
        ("河南省嘉祥县", {("河南省", 3, True, True)}),
        # What every city may call its zone is read behind the city alone.
        ("济南高新区", {("济南市", 2, False, True), ("济南高新技术产业开发区", 5, True, True)}),
        ("济南市高新区", {("济南市", 3, True, True), ("济南高新技术产业开发区", 6, True, False)}),
        ("高新区", set()),
        ("第一师范学校", set()),
    ],
)
def test_every_way_to_read_regions_at_the_start_is_told(
    name: str, read: set[tuple[str, int, bool, bool]]
) -> None:
    found = {
        (region.name, chain.length, chain.printed_in_full, chain.alone)
        for chain in chains(name)
        for region in chain.regions
    }
    assert read <= found
    assert {one[0][:2] for one in found} == {one[0][:2] for one in read}


@pytest.mark.parametrize(
    ("name", "is_vague"), [("西区", True), ("攀枝花市西区", False), ("嘉祥县", False)]
)
def test_a_name_that_any_place_may_use_is_vague_alone(name: str, is_vague: bool) -> None:
    longest = [chain for chain in chains(name) if chain.length == len(name)]
    assert longest
    assert {chain.is_vague for chain in longest} == {is_vague}


def test_the_divisions_of_a_city_are_itself_and_its_counties_under_every_name() -> None:
    names = {region.name for region in divisions("370100")}
    assert {"济南市", "章丘市", "章丘区", "莱芜区"} <= names
    assert not names & {"山东省", "嘉祥县", "莱芜市", "市辖区", "县"}
    assert not any(region.is_zone for region in divisions("370100"))
    everywhere = {region.name for region in divisions("000000")}
    assert {"山东省", "济南市", "嘉祥县"} <= everywhere
    assert not {name for name in everywhere if "直辖" in name}
    assert divisions("999999") == ()
