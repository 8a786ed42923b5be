"""Towns that a zone runs: they are governed like any town, under an id of the zone's."""

import pytest

from pipeline.agencies.renamed_ids import former_id
from pipeline.agencies.resolver import resolve
from pipeline.model.agency import Agency, Level


def placed(name: str) -> Agency:
    agency = resolve(name, year=2020).agency
    assert agency is not None
    assert agency.is_placed
    return agency


@pytest.mark.parametrize(
    ("name", "shown", "function"),
    [
        (
            "淄博高新区四宝山街道办事处",
            "淄博高新技术产业开发区四宝山街道办事处",
            "subdistrict_office",
        ),
        ("无锡经济开发区华庄街道", "无锡经济开发区华庄街道办事处", "subdistrict_office"),
        ("珠海高新区唐家湾镇", "珠海高新技术产业开发区唐家湾镇人民政府", "government"),
        ("岳阳经济技术开发区康王乡人民政府", "岳阳经济技术开发区康王乡人民政府", "government"),
        ("大连长兴岛经济区交流岛街道办", "大连长兴岛经济区交流岛街道办事处", "subdistrict_office"),
        (
            "天津滨海高新区新北街道办事处",
            "天津滨海高新技术产业开发区新北街道办事处",
            "subdistrict_office",
        ),
        ("威海经区崮山镇人民政府", "威海经济技术开发区崮山镇人民政府", "government"),
        (
            "潍坊高新区新城街道办事处",
            "潍坊高新技术产业开发区新城街道办事处",
            "subdistrict_office",
        ),
        ("柳州市柳东新区雒容镇", "柳州市柳东新区雒容镇人民政府", "government"),
    ],
)
def test_a_town_in_a_zone_is_a_town(name: str, shown: str, function: str) -> None:
    agency = placed(name)
    assert (agency.name_zh, agency.function, agency.level) == (shown, function, Level.TOWNSHIP)
    assert "other" not in agency.agency_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("成都高新区肖家河街道", "成都高新技术产业开发区肖家河街道办事处"),
        ("柳州市柳东新区雒容镇", "柳州市柳东新区雒容镇人民政府"),
    ],
)
def test_however_it_is_written_it_is_one(one: str, other: str) -> None:
    assert placed(one).agency_id == placed(other).agency_id


def test_two_towns_of_a_zone_and_its_committee_are_apart() -> None:
    names = ("南宁高新区", "南宁高新区安宁街道办事处", "南宁高新区心圩街道办事处")
    assert len({placed(name).agency_id for name in names}) == len(names)


def test_its_former_id_is_known() -> None:
    agency_id = placed("淄博高新区四宝山街道办事处").agency_id
    assert former_id(agency_id) == agency_id.replace("subdistrict_office", "other")


@pytest.mark.parametrize("name", ["天津市滨海新区新城镇人民政府", "上海市浦东新区川沙新镇"])
def test_a_district_called_new_area_keeps_its_towns(name: str) -> None:
    assert ".township_" in placed(name).agency_id
