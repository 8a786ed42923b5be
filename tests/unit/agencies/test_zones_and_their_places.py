"""Zones whose name begins with a place that they are not in, and stems that end elsewhere."""

import pytest

from pipeline.agencies.resolver import resolve


def region(name: str, year: int | None = 2021) -> str | None:
    agency = resolve(name, year=year).agency
    return agency.region_code if agency else None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("佛山（云浮）产业转移工业园管委会", "445300"),
        ("顺德（英德）产业转移工业园管委会", "441881"),
        ("安徽（阜阳）合肥现代产业园管委会", "341200"),
        ("东莞大岭山（南雄）产业转移工业园管委会", "440282"),
        ("福建土楼（华安）旅游区管委会", "350629"),
    ],
)
def test_an_industry_that_moved_is_where_the_brackets_say(name: str, code: str) -> None:
    assert region(name) == code


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("福州自贸片区管委会", "中国（福建）自由贸易试验区福州片区管理委员会"),
        ("长沙自贸片区管委会", "中国（湖南）自由贸易试验区长沙片区管理委员会"),
        ("山东自贸试验区青岛片区管委会", "中国（山东）自由贸易试验区青岛片区管理委员会"),
        ("山西转型综改示范区管委会", "山西转型综合改革示范区管理委员会"),
        ("长春净月开发区管委会", "长春净月高新技术产业开发区管理委员会"),
        ("泰州医药高新区管委会", "泰州市医药高新技术产业开发区管理委员会"),
        ("怀化市洪江区财政局", "怀化市洪江管理区财政局"),
        ("青岛西海岸新区管委", "青岛西海岸新区管理委员会"),
    ],
)
def test_a_zone_has_one_id_under_all_its_names(short: str, full: str) -> None:
    one, other = resolve(short, year=2021).agency, resolve(full, year=2021).agency
    assert one is not None
    assert other is not None
    assert one.is_placed
    assert one.agency_id == other.agency_id


def test_a_county_behind_its_city_has_no_committee() -> None:
    found = resolve("湖北省黄石市铁山区管理委员会", year=2021)
    assert found.agency is None or not found.agency.is_placed


def test_a_zone_over_two_cities_is_placed_in_the_one_that_stands_behind_it() -> None:
    whole = resolve("北京大兴国际机场临空经济区（廊坊）管理委员会", year=2022).agency
    assert whole is not None
    assert whole.region_code == "131000"
    assert whole.name_zh == "北京大兴国际机场临空经济区（廊坊）管理委员会"
    short = resolve("廊坊临空经济区管委会", year=2022).agency
    assert short is not None
    assert short.agency_id == whole.agency_id
    assert region("北京大兴国际机场临空经济区管委会") == "110115"
    assert region("武昌经开区（滨江）管委会") == "420106"


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("莱芜高新区管委会", 2015, "371200"),
        ("莱芜高新区管委会", 2021, "370116"),
        ("巢湖经济开发区管委会", 2009, "341400"),
        ("巢湖经济开发区管委会", 2021, "340181"),
    ],
)
def test_a_city_that_ended_has_no_zone_afterwards(name: str, year: int, code: str) -> None:
    assert region(name, year) == code


def test_zones_of_one_name_in_two_provinces_stay_unresolved() -> None:
    assert region("明水经济技术开发区管委会") is None
    assert region("明水经济技术开发区财政局") is None
    assert region("明水县经济开发区管委会") == "231225"


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        ("海港经济开发区管委会", "唐山"),
        ("东川工业园区管委会", "西宁市"),
        ("金山经济技术开发区管委会", "呼和浩特市"),
    ],
)
def test_a_districts_stem_does_not_place_a_zone_that_another_city_has(
    name: str, elsewhere: str
) -> None:
    assert region(name) is None
    assert region(elsewhere + name) is not None


def test_a_high_tech_zone_is_one_however_it_is_shortened() -> None:
    names = ("长春高新技术产业开发区管委会", "长春高新区管委会", "长春高新开发区管委会")
    assert {resolve(name, year=2021).agency for name in names} == {
        resolve(names[0], year=2021).agency
    }


def test_a_place_of_collected_industry_is_the_countys_whose_stem_it_bears() -> None:
    assert (
        region("宜宾市南溪工业集中区管委会") == region("宜宾市南溪区工业集中区管委会") == "511503"
    )
    bureau = resolve("长岭县环城工业集中区财政局", year=2021).agency
    assert bureau is not None
    assert bureau.function == "finance"


def test_who_manages_a_park_may_be_shortened_to_its_last_word() -> None:
    agency = resolve("武汉经济技术开发区通航产业园管理办", year=2021).agency
    assert agency is not None
    assert agency.name_zh.endswith("通航产业园管理办公室")
    assert agency.function == "management_committee"


def test_a_stem_ends_where_its_name_does() -> None:
    found = resolve("内蒙古大兴安岭重点国有林管理局").agency
    assert found is not None
    assert "古大" not in found.name_zh.removeprefix("内蒙古大")
    assert region("内蒙古新区管委会") is None
    assert region("湖南新区管委会") is None


@pytest.mark.parametrize(
    "other",
    ["昆山开发区管委会", "昆山市开发区管委会", "昆山经开区管委会", "昆山市经济开发区管委会"],
)
def test_the_development_zone_of_a_place_is_its_economic_one(other: str) -> None:
    zone = resolve("昆山经济技术开发区管理委员会").agency
    found = resolve(other).agency
    assert zone is not None
    assert found is not None
    assert found.agency_id == zone.agency_id


def test_the_office_that_builds_a_new_town_is_neither_its_committee_nor_a_bureau_of_projects() -> (
    None
):
    names = ("龙港市新城开发建设中心", "龙港市重点项目办公室", "龙港市新城管委会")
    ids = {agency.agency_id for name in names if (agency := resolve(name).agency)}
    assert len(ids) == len(names)


@pytest.mark.parametrize("name", ["勐海县布朗山乡", "勐海县布朗山布朗族乡人民政府"])
def test_a_township_is_one_with_and_without_its_nationality(name: str) -> None:
    found = resolve(name).agency
    assert found is not None
    assert found.name_zh == "勐海县布朗山布朗族乡人民政府"


@pytest.mark.parametrize(
    "name",
    [
        "洪江区{}",
        "怀化市洪江区{}",
        "怀化洪江区{}",
        "湖南省怀化市洪江区{}",
        "洪江管理区{}",
        "怀化市洪江管理区{}",
    ],
)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("财政局", "431271.finance"),
        ("管理委员会", "431271.management_committee"),
        ("人民政府", "431271.management_committee"),
        ("桂花园乡人民政府", "431271.township_11672a12"),
        ("沅江路街道办事处", "431271.township_c327b13c"),
    ],
)
def test_a_zone_called_like_a_district_is_one_body(name: str, body: str, code: str) -> None:
    found = resolve(name.format(body), year=2021).agency
    assert found is not None
    assert found.agency_id == code


def test_a_zone_called_like_a_district_is_no_city_of_its_stem() -> None:
    for name, code in (
        ("洪江市财政局", "431281"),
        ("国家税务总局洪江区税务局", "431271"),
        ("怀化市生态环境局洪江区分局", "431271"),
        ("怀化市生态环境局洪江分局", "431281"),
    ):
        found = resolve(name, year=2021).agency
        assert found is not None
        assert found.region_code == code, name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("市自然资源局江夏分局", "420115"),
        ("市生态环境局嘉祥县分局", "370829"),
        ("市公安局城东分局", None),
        ("市公安局鼓楼分局", None),
        ("市公安局水上分局", None),
        ("市公安局济宁分局", None),
    ],
)
def test_a_branch_is_in_the_one_district_of_its_name(name: str, code: str | None) -> None:
    found = resolve(name, year=2022).agency
    assert found is not None
    assert found.region_code == code
