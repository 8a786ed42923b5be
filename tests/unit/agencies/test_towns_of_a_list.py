"""Towns whose county is not said, or said by a stem, and towns named like something else."""

import pytest

from pipeline.agencies.resolver import Certainty, resolve
from pipeline.agencies.towns import listed


def agency_id(name: str, year: int = 2021) -> str | None:
    agency = resolve(name, year=year).agency
    return agency.agency_id if agency else None


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("佛山市大沥镇人民政府", "佛山市南海区大沥镇人民政府"),
        ("济宁市安居街道办事处", "济宁市任城区安居街道办事处"),
        ("重庆市大溪沟街道办事处", "重庆市渝中区大溪沟街道办事处"),
        ("唐山市滦州滦河街道", "滦州市滦河街道办事处"),
        ("包头市青山科学路街道办事处", "包头市青山区科学路街道办事处"),
        ("嘉祥老僧堂镇人民政府", "嘉祥县老僧堂镇人民政府"),
        ("长沙开福望麓园街道办事处", "长沙市开福区望麓园街道办事处"),
        ("旅顺口江西街道办事处", "大连市旅顺口区江西街道办事处"),
        ("禹城市中街办", "禹城市市中街道办事处"),
        ("大庆市林甸巨浪牧场", "林甸县巨浪牧场"),
    ],
)
def test_a_town_has_one_id_however_much_of_its_county_is_printed(short: str, full: str) -> None:
    assert agency_id(short) == agency_id(full)
    assert resolve(short, year=2021).certainty is Certainty.CERTAIN


@pytest.mark.parametrize(
    "name", ["古县渡镇", "中央门街道办事处", "民航路街道", "新市区街道", "上海庙镇人民政府"]
)
def test_a_town_that_begins_like_a_region_is_not_in_it(name: str) -> None:
    assert resolve(name, year=2021).certainty is Certainty.UNRESOLVED


def test_a_town_of_a_city_that_was_a_county_is_in_a_district_of_it() -> None:
    assert agency_id("毕节市鸭池镇人民政府") == agency_id("毕节市七星关区鸭池镇人民政府")
    assert agency_id("毕节市鸭池镇人民政府", 2009) != agency_id("毕节市鸭池镇人民政府")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("无锡市人民政府梁溪区扬名街道办事处", "320213"),
        ("南宁市西乡塘街道办事处", "450107"),
        ("北京市良乡地区办事处", "110111"),
    ],
)
def test_a_city_in_front_does_not_keep_a_town_from_its_district(name: str, code: str) -> None:
    agency = resolve(name, year=2021).agency
    assert agency is not None
    assert agency.region_code == code


def test_only_the_corps_has_regiments() -> None:
    for name in ("上海市奉贤区四团镇", "城步苗族自治县五团镇"):
        agency = resolve(name, year=2021).agency
        assert agency is not None
        assert agency.name_zh == f"{name}人民政府"
    assert agency_id("第一师阿拉尔市十六团新开岭镇") == agency_id("第一师阿拉尔市十六团")


def test_of_counties_of_one_name_the_only_one_with_that_town_is_meant() -> None:
    found = resolve("鼓楼区五凤街道办事处", year=2021)
    assert found.certainty is Certainty.HINTED
    assert agency_id("鼓楼区五凤街道办事处") == agency_id("福州市鼓楼区五凤街道办事处")


@pytest.mark.parametrize(
    "name", ["朝阳前进街道办事处", "桥西区新华街道办事处", "鼓楼区和平路街道办事处"]
)
def test_a_town_that_several_of_them_have_or_none_tells_nothing(name: str) -> None:
    assert resolve(name, year=2021).certainty is Certainty.UNRESOLVED


def test_a_town_that_is_no_more_is_placed_by_its_county_and_a_hint() -> None:
    found = resolve("嘉祥卧佛镇人民政府", year=2009, hints=("济宁市",))
    assert found.agency is not None
    assert found.agency.name_zh == "嘉祥县卧佛镇人民政府"
    assert resolve("嘉祥卧佛镇人民政府", year=2009).certainty is Certainty.UNRESOLVED


def test_the_towns_of_a_city_are_not_those_of_a_new_area_with_its_digits() -> None:
    city, area = (resolve(name, year=2021).region for name in ("保定市", "雄安新区"))
    assert city is not None
    assert area is not None
    assert [county.name for county in listed("义安镇", [city])] == ["涞水县"]
    assert listed("义安镇", [area]) == ()


def test_the_document_says_more_than_the_list() -> None:
    found = resolve("鼓楼区五凤街道办事处", year=2021, hints=("南京市",))
    assert found.region is not None
    assert found.region.code == "320106"
    elsewhere = resolve("鼓楼区五凤街道办事处", year=2021, hints=("济宁市",))
    assert elsewhere.certainty is Certainty.UNRESOLVED


@pytest.mark.parametrize(
    ("county", "town"),
    [
        ("温州市鹿城区", "蒲鞋市街道"),
        ("北京市东城区", "东花市街道"),
        ("哈尔滨市道里区", "城乡路街道"),
        ("秭归县", "沙镇溪镇"),
        ("易县", "恋乡太行水镇"),
        ("成安县", "北乡义镇"),
        ("永仁县", "维的乡"),
        ("额济纳旗", "哈日布日格德音乌拉镇"),
    ],
)
def test_a_town_whose_name_holds_another_kind_of_place_is_a_town(county: str, town: str) -> None:
    agency = resolve(f"{county}{town}人民政府", year=2021).agency
    assert agency is not None
    assert agency.level == "township"
    assert agency.name_zh.startswith(f"{county}{town}")


def test_a_county_behind_its_city_is_no_township_of_the_city() -> None:
    found = resolve("邯郸市肥乡", year=2018)
    assert found.certainty is Certainty.REGION_ONLY
    assert found.region is not None
    assert found.region.name == "肥乡区"


def test_farms_are_places_with_bodies_of_their_own() -> None:
    for farm in ("都昌县良种场", "泰和县武山垦殖场", "爱辉区种畜场"):
        whole, finance = resolve(farm).agency, resolve(f"{farm}财政所").agency
        assert whole is not None
        assert whole.name_zh.endswith(farm)
        assert finance is not None
        assert ".zone_" in whole.agency_id
        assert finance.agency_id.startswith(whole.agency_id)
