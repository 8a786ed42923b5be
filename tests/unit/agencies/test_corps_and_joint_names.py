"""Regiments of the corps, several agencies in one head, short names written out."""

import pytest

from pipeline.agencies.resolver import Certainty, resolve, unknown


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("第四师七十八团", "659008"),
        ("第一师阿拉尔市十二团", "659002"),
        ("第七师胡杨河市130团", "659010"),
        ("兵团第十二师一〇四团", "650100"),
        ("石河子市一五〇团", "659001"),
    ],
)
def test_a_regiment_lies_in_the_city_of_its_division(name: str, region: str) -> None:
    agency = resolve(name).agency
    assert agency is not None
    assert (agency.region_code, agency.level) == (region, "township")
    assert agency.name_zh.endswith("团")


def test_a_regiment_has_one_id_however_its_number_is_written() -> None:
    ids = {
        agency.agency_id
        for name in ("第四师七十八团", "第四师78团", "第四师可克达拉市七十八团场")
        if (agency := resolve(name).agency)
    }
    assert len(ids) == 1
    other = resolve("第四师七十九团").agency
    assert other is not None
    assert other.agency_id not in ids


@pytest.mark.parametrize(
    "name",
    [
        "松滋市财政局、松滋市国有资产监督管理局",
        "上海市财政局、上海市国家税务局、上海市地方税务局",
        "嘉祥县工商局嘉祥县质监局",
    ],
)
def test_agencies_named_together_are_none_of_them(name: str) -> None:
    found = resolve(name)
    assert found.certainty is Certainty.JOINT
    assert found.agency is not None
    assert not found.agency.is_placed


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("汾阳市工商局", "汾阳市工商行政管理局"),
        ("北川县应急局", "北川羌族自治县应急管理局"),
        ("闵行区房管局", "上海市闵行区房屋管理局"),
        ("秦皇岛北戴河新区管委会", "秦皇岛北戴河新区管理委员会"),
        ("天府新区成都管委会", "天府新区成都管理委员会"),
        ("南京市河西新城区开发建设管委会", "南京市河西新城区开发建设管理委员会"),
        ("新疆自治区地方税务局", "新疆维吾尔自治区地方税务局"),
        ("沈阳市浑南区（沈阳高新区）市场监督管理局", "沈阳市浑南区市场监督管理局"),
        ("新疆生产建设兵团第八师石河子市人民政府", "新疆生产建设兵团第八师石河子市人民政府"),
    ],
)
def test_the_name_is_the_fullest_that_is_printed(printed: str, written: str) -> None:
    agency = resolve(printed).agency
    assert agency is not None
    assert agency.name_zh == written


def test_parts_of_a_new_area_in_two_cities_are_two_zones() -> None:
    one, other = resolve("天府新区成都管委会").agency, resolve("天府新区眉山管委会").agency
    assert one is not None
    assert other is not None
    assert one.agency_id != other.agency_id


@pytest.mark.parametrize(
    "text", ["行政机关不再处理其", "申请人逾期未补正", "其他单位予以公开的信息公司"]
)
def test_a_clause_of_the_forms_is_nobodys_name(text: str) -> None:
    assert unknown(text) is None


def test_a_teachers_school_is_no_division_of_the_corps() -> None:
    agency = resolve("第一师范学校").agency
    assert agency is None or not agency.is_placed


@pytest.mark.parametrize("place", ["浙江", "浙江省"])
def test_an_office_sent_to_a_place_is_shown_with_the_word_that_says_so(place: str) -> None:
    found = resolve(f"财政部驻{place}财政监察专员办事处").agency
    assert found is not None
    assert found.agency_id == "330000.finance_state_office"
    assert found.name_zh == f"财政部驻{place}财政监察专员办事处"


def test_a_branch_is_of_no_district_of_another_city() -> None:
    own = resolve("杭州市公安局下城区公安局", year=2018).agency
    other = resolve("济南市公安局下城区公安局", year=2018).agency
    assert own is not None and own.agency_id == "330103.public_security"
    assert other is None or not other.is_placed
