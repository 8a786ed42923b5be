"""Short names of agencies of the central government: one id with the full name."""

import pytest

from pipeline.agencies.resolver import resolve


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("国家宗教局", "国家宗教事务局"),
        ("国家密码局", "国家密码管理局"),
        ("国家外专局", "国家外国专家局"),
        ("国家测绘地信局", "国家测绘地理信息局"),
        ("国家食品药品监管总局", "国家食品药品监督管理总局"),
        ("国家矿山安监局", "国家矿山安全监察局"),
        ("国家国防科工局", "国家国防科技工业局"),
        ("国务院三峡办", "国务院三峡工程建设委员会办公室"),
        ("国台办", "国务院台湾事务办公室"),
        ("国新办", "国务院新闻办公室"),
        ("国知局", "国家知识产权局"),
        ("国合署", "国家国际发展合作署"),
        ("中科院", "中国科学院"),
        ("中国社科院", "中国社会科学院"),
    ],
)
def test_a_short_name_is_the_agency_of_the_full_one(short: str, full: str) -> None:
    one, other = resolve(short, year=2013).agency, resolve(full, year=2013).agency
    assert one is not None
    assert other is not None
    assert (one.agency_id, one.name_zh) == (other.agency_id, full)
    assert one.function != "other"


@pytest.mark.parametrize("name", ["国税局", "国家税务局", "国家安全局", "社科院"])
def test_a_bureau_of_some_place_is_not_taken_for_the_centres(name: str) -> None:
    agency = resolve(name, year=2013).agency
    assert agency is not None
    assert not agency.is_placed


def test_what_no_list_has_is_kept_as_it_is_printed() -> None:
    agency = resolve("国家公园管理局", year=2019).agency
    assert agency is not None
    assert agency.name_zh == "国家公园管理局"
