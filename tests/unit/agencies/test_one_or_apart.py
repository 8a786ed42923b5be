"""Bodies drawn by hundreds: what is one keeps one id however it is written, no two share one."""

import random
import re
from collections import defaultdict
from functools import cache

import pytest

from pipeline.agencies import regions
from pipeline.agencies.functions import functions
from pipeline.agencies.resolver import Certainty, resolve
from pipeline.declared import Texts, declared_rows
from pipeline.model.agency import Agency
from tests.some import some

DRAWN = 300
CITY_ZONES = ("经济技术开发区", "高新技术产业开发区")
SAME_ZONE = {
    "经济技术开发区": ("经开区", "经济开发区", "国家级经济技术开发区"),
    "高新技术产业开发区": ("高新区", "国家高新区", "高新技术开发区", "国家高新技术产业开发区"),
}
BUREAUS = ("财政局", "审计局", "民政局", "统计局", "司法局", "应急管理局")


@cache
def today(level: str) -> tuple[str, ...]:
    """Names of today that no other region has, so that a name alone says which is meant."""
    seen = defaultdict(list)
    for row in declared_rows("pipeline.agencies", "regions", Texts):
        seen[row["name"]].append(row)
    return tuple(
        name
        for name, rows in seen.items()
        if len(rows) == 1 and rows[0]["level"] == level and not rows[0]["valid_to"]
        if rows[0]["code"][4] != "7" and rows[0]["code"][:2] not in {"71", "81", "82"}
    )


def draw(level: str, n: int = DRAWN) -> list[str]:
    return some(random.Random(19).choices(today(level), k=n))


def cities(n: int) -> list[str]:
    """Of so many drawn, those that are called a city and no prefecture or league."""
    return [name for name in draw("city", n) if name.endswith("市")]


def agency(name: str, year: int = 2022) -> Agency:
    found = resolve(name, year=year)
    assert found.certainty is Certainty.CERTAIN, (name, found.found)
    assert found.agency is not None
    return found.agency


def same(one: str, other: str) -> None:
    first, second = agency(one), agency(other)
    assert first.agency_id == second.agency_id, (one, other)
    assert (first.level, first.function) == (second.level, second.function), (one, other)


def apart(*names: str) -> None:
    ids = [agency(name).agency_id for name in names]
    assert len(set(ids)) == len(names), dict(zip(names, ids, strict=True))


def test_every_province_is_known_by_its_stem() -> None:
    stems = (
        "河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西"
    )
    stems += " 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
    for stem in some(stems.split()):
        (above,) = (name for name in today("province") if name.startswith(stem))
        same(f"{stem}财政厅", f"{above}财政厅")
        same(f"中国证监会{stem}监管局", f"中国证券监督管理委员会{stem}监管局")
        assert agency(f"国家统计局{stem}调查总队").region_name == above


def test_short_words_name_the_same_bureau() -> None:
    words = [
        (word, written or row.stems[0])
        for row in functions().values()
        if row.stems and not row.valid_to
        for word, _, written in (entry.partition("=") for entry in row.short)
    ]
    drawn = random.Random(7).choices(words, k=DRAWN)
    for place, (short, full) in zip(draw("county"), drawn, strict=True):
        same(f"{place}{short}局", f"{place}{full}局")


def test_bureaus_of_two_functions_are_apart() -> None:
    stems = [row.stems[0] for row in functions().values() if row.stems and not row.valid_to]
    drawn = random.Random(31)
    for place in draw("county"):
        one, other = drawn.sample(stems, 2)
        apart(f"{place}{one}局", f"{place}{other}局")


@pytest.mark.parametrize(
    ("short", "fuller"),
    [
        ("文旅局", "文体广电和旅游局"),
        ("文旅局", "文化体育广播电视和旅游局"),
        ("文旅局", "旅游文体局"),
        ("城管局", "城市管理和综合执法局"),
        ("城管局", "城管和执法局"),
        ("水务局", "水务和湖泊局"),
        ("林业局", "林业和竹业局"),
        ("民宗局", "民族宗教事务局"),
        ("发展改革委", "发展和改革委员会"),
        ("规划自然资源委", "规划和自然资源委员会"),
        ("委社工部", "委社会工作部"),
        ("委金融办", "委金融委员会办公室"),
    ],
)
def test_what_a_bureau_does_besides_makes_no_second_one(short: str, fuller: str) -> None:
    for place in draw("county", 30):
        same(f"{place}{short}", f"{place}{fuller}")


def test_offices_of_party_commissions_are_apart_from_bureaus_and_each_other() -> None:
    for place in draw("county", 60):
        apart(
            f"{place}委社会工作部",
            f"{place}委金融办",
            f"{place}委农办",
            f"{place}委政研室",
            f"{place}委办公室",
            f"{place}金融办",
            f"{place}农业农村局",
            f"{place}社会事业局",
            f"{place}政府研究室",
        )


def test_local_industries_are_bodies_of_their_own() -> None:
    for place in draw("county", 60):
        apart(*(f"{place}{goods}局" for goods in ("陶瓷", "家具", "白莲产业", "花炮", "工业")))
        assert agency(f"{place}食用菌产业中心").name_zh.endswith(f"{place}食用菌产业中心")


def test_a_financial_branch_is_one_in_short_and_not_the_city_s_bureau() -> None:
    for place in some(one for one in cities(100) if not one.startswith(("吉林", "海南"))):
        stem = place.removesuffix("市")
        same(f"国家金融监督管理总局{place}监管分局", f"{place}金融监管分局")
        apart(f"{place}金融监管分局", f"{place}银保监分局", f"{place}金融监管局")
        written = f"国家金融监督管理总局{stem}监管分局"
        assert agency(f"{place}金融监管分局").name_zh == written


@pytest.mark.parametrize("kind", CITY_ZONES)
def test_a_zone_is_one_however_its_kind_is_written(kind: str) -> None:
    for place in some(cities(60)):
        for other in SAME_ZONE[kind]:
            same(f"{place}{kind}管理委员会", f"{place}{other}管委会")


def test_a_county_s_zone_is_one_however_its_kind_is_written() -> None:
    for place in draw("county", 100):
        same(f"{place}经济技术开发区管委会", f"{place}经开区管理委员会")


def test_the_branch_is_the_district_s_whichever_is_named_first() -> None:
    found = 0
    for row in declared_rows("pipeline.agencies", "regions", Texts):
        above = regions.region_of(row["parent"])
        if row["level"] != "county" or row["valid_to"] or not above or found >= DRAWN:
            continue
        unique = row["name"] in today("county") and row["name"].endswith("区")
        if unique and above.name in today("city") and above.name.endswith("市"):
            found += 1
            same(f"{above.name}生态环境局{row['name']}分局", f"{row['name']}生态环境分局")
    assert found > DRAWN / 2


def test_committee_office_and_bureau_of_a_zone_are_three() -> None:
    for place in some(cities(100)):
        zone = f"{place}高新技术产业开发区"
        apart(f"{zone}管理委员会", f"{zone}管委会办公室", f"{zone}财政局", f"{place}财政局")


def test_government_office_and_bureaus_are_apart() -> None:
    for place in draw("county", 100):
        own = [f"{place}{bureau}" for bureau in BUREAUS]
        apart(f"{place}人民政府", f"{place}人民政府办公室", f"{place}经济开发区管委会", *own)


def test_an_administrative_office_is_not_its_own_office() -> None:
    leagues = [name for name in today("city") if name.endswith(("地区", "盟"))]
    assert len(leagues) >= 9
    for place in leagues:
        apart(f"{place}行署", f"{place}行政公署办公室", f"{place}行署外事办公室")
        same(f"{place}行署外事办公室", f"{place}外事办公室")
        assert agency(f"{place}行署").name_zh == f"{place}行政公署"


def test_a_supervisory_office_is_not_the_one_above_it() -> None:
    found = 0
    for place in some(cities(100)):
        above = regions.region_of(next(regions.chains(place)).regions[0].code[:2] + "0000")
        if above and above.name.endswith("省") and not place.startswith("吉林"):
            top = above.name.removesuffix("省")
            apart(f"中国银保监会{top}监管局", f"中国银保监会{place}监管分局")
            same(f"中国银保监会{top}监管局{place}监管分局", f"中国银保监会{place}监管分局")
            found += 1
    assert found > 50


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("天津市教委", "天津市教育委员会"),
        ("重庆市城乡建委", "重庆市城乡建设委员会"),
        ("上海市黄浦区建管委", "上海市黄浦区建设和管理委员会"),
        ("黄埔区投促局", "广州市黄埔区投资促进局"),
        ("十堰市生态环境局郧阳分局", "十堰市郧阳区生态环境分局"),
        ("深圳市规划和自然资源局宝安管理局", "深圳市规划和自然资源局宝安分局"),
        ("天津市消防救援总队宝坻支队", "天津市宝坻区消防救援支队"),
        ("淄博市公安局高新区分局", "淄博高新区公安分局"),
        ("天津开发区管委会", "天津市滨海新区经济技术开发区管委会"),
        ("佛山国家高新技术产业开发区管理委员会", "佛山高新区管委会"),
        ("洋河新区管委会", "宿迁市洋河新区管理委员会"),
        ("第八师石河子市财政局", "石河子市财政局"),
        ("第八师石河子市人民政府", "石河子市人民政府"),
        ("北京市人民政府天安门地区管理委员会", "北京市天安门地区管理委员会"),
        ("海南海事局", "中华人民共和国海南海事局"),
        ("巴州财政局", "巴音郭楞蒙古自治州财政局"),
        ("武汉市青山区政府钢花村街办处", "武汉市青山区人民政府钢花村街道办事处"),
    ],
)
def test_two_writings_are_one(one: str, other: str) -> None:
    assert agency(one, 2021).agency_id == agency(other, 2021).agency_id


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("巴州人民政府", "652800"),
        ("巴中市巴州区人民政府", "511902"),
        ("海南省教育厅", "460000"),
        ("海南教育厅", "460000"),
        ("长沙高新区管委会", "430100"),
        ("西安高新区管委会", "610100"),
        ("吉林高新区管委会", "220272"),
        ("国家统计局中山调查队", "442000"),
        ("兵团第二师铁门关市住建局", "659006"),
        ("中山大学", "440100"),
    ],
)
def test_who_such_a_body_can_belong_to_decides(name: str, code: str) -> None:
    assert agency(name).region_code == code


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("新疆生产建设兵团管委会", "新疆生产建设兵团"),
        ("厦门证监局", "中国证券监督管理委员会厦门监管局"),
        ("浙江银监局", "中国银行业监督管理委员会浙江监管局"),
        ("黔江高新区管委会", "黔江高新技术产业开发区管理委员会"),
        ("歙县资规局", "歙县自然资源和规划局"),
        ("安徽省发展改革委", "安徽省发展和改革委员会"),
        ("天津市城乡建设委", "天津市城乡建设委员会"),
        ("上海市住房城乡建设管理委", "上海市住房和城乡建设管理委员会"),
        ("湖南省民宗委", "湖南省民族宗教事务委员会"),
        ("北海市旅游文体局", "北海市旅游文体局"),
        ("上思县文体广电旅游局", "上思县文体广电旅游局"),
    ],
)
def test_no_name_is_made_up(name: str, written: str) -> None:
    assert agency(name).name_zh == written


@pytest.mark.parametrize(
    "name", ["黑河流域管理中心", "玛纳斯河流域管理处", "嘉陵江流域管理局", "塔里木河流域管理局"]
)
def test_a_river_is_not_the_place_that_bears_its_name(name: str) -> None:
    assert resolve(name).certainty is not Certainty.CERTAIN


@pytest.mark.parametrize("name", ["朝阳小学", "中山医院", "海东新区管委会", "第一师范附属小学"])
def test_a_place_in_a_name_of_its_own_places_nothing(name: str) -> None:
    assert resolve(name).certainty is not Certainty.CERTAIN


@pytest.mark.parametrize(
    "name", ["北京市统计局 国家统计局北京调查总队", "北京市统计局、国家统计局北京调查总队"]
)
def test_two_heads_are_no_single_one(name: str) -> None:
    assert resolve(name).certainty is Certainty.JOINT


@pytest.mark.parametrize("kind", CITY_ZONES)
def test_what_calls_itself_a_zone_s_government_is_its_committee(kind: str) -> None:
    for city in draw("city", 40):
        same(f"{city}{kind}政府", f"{city}{kind}管理委员会")
        same(f"{city}{kind}人民政府", f"{city}{kind}管理委员会")
        assert agency(f"{city}{kind}政府").name_zh.endswith("管理委员会")


def test_a_town_whose_name_holds_the_kind_of_another_is_read_whole() -> None:
    holding = re.compile("..*[镇乡木](?:[镇乡]|街道|苏木)$|^[^省市县区旗]*[镇乡].+族乡$")
    tried = 0
    for row in declared_rows("pipeline.agencies", "towns", Texts):
        county = regions.region_of(row["code"])
        for town in row["towns"].split("|"):
            if county is None or not holding.fullmatch(town) or "特殊" in town or "区" in town:
                continue
            office = "办事处" if town.endswith("街道") else "人民政府"
            printed = town + office
            city = regions.region_of(county.parent)
            above = f"{city.name}{county.name}" if city and "区" in county.name else county.name
            found = agency(above + printed)
            assert (found.region_code, found.name_zh) == (row["code"], above + printed)
            tried += 1
    assert tried > 60


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("通化市东昌区金厂镇镇政府", "通化市东昌区金厂镇人民政府"),
        ("嘉祥县仲山镇乡镇企业办公室", "嘉祥县仲山镇乡镇企业办公室"),
        ("南充市顺庆区新建街道街道办事处", "南充市顺庆区新建街道办事处"),
        ("阿坝县各莫镇", "阿坝县各莫镇人民政府"),
    ],
)
def test_a_kind_printed_twice_is_no_longer_name(printed: str, shown: str) -> None:
    assert agency(printed).name_zh == shown


def test_all_the_towns_of_a_county_are_no_town() -> None:
    assert resolve("嘉祥县各乡镇人民政府").certainty is not Certainty.CERTAIN


@pytest.mark.parametrize(
    ("short", "hint", "in_full"),
    [
        ("市生态环境局临平分局", "杭州市", "杭州市生态环境局临平分局"),
        ("市公安局张店分局", "淄博市", "淄博市公安局张店分局"),
        ("市公安局城东分局", "杭州市", "杭州市公安局城东分局"),
        ("市自然资源和规划局高新区分局", "淄博市", "淄博市自然资源和规划局高新区分局"),
        ("县公安局交警大队", "嘉祥县", "嘉祥县公安局交警大队"),
        ("县人民医院", "嘉祥县", "嘉祥县人民医院"),
        ("市立医院", "济宁市", "济宁市立医院"),
        ("市政公司", "济宁市", "济宁市市政公司"),
        ("县属医院", "嘉祥县", "嘉祥县县属医院"),
        ("省立医院", "山东省", "山东省立医院"),
        ("区实验小学", "济宁市任城区", "济宁市任城区实验小学"),
        ("市第一中学", "济宁市", "济宁市第一中学"),
    ],
)
def test_whom_a_hint_places_is_whom_the_name_in_full_is_of(
    short: str, hint: str, in_full: str
) -> None:
    """One body had two ids, and was called 嘉祥县县人民医院."""
    placed, full = resolve(short, hints=(hint,)), resolve(in_full)
    assert (placed.certainty, full.certainty) == (Certainty.HINTED, Certainty.CERTAIN)
    assert placed.agency == full.agency
    assert placed.region == full.region


def test_a_hint_does_not_name_what_nothing_is_known_of() -> None:
    found = resolve("县甲乙局", hints=("嘉祥县",))
    assert found.certainty is Certainty.UNRESOLVED
    assert found.agency and found.agency.name_zh == "县甲乙局"
