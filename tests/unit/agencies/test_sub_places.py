"""What a name goes on with behind its regions: a town, a regiment or a zone, and the rest."""

import pytest

from pipeline.agencies.region import NATION_REGION, Region
from pipeline.agencies.regions import region_of
from pipeline.agencies.sub_places import regiment, town, zone

IN_FULL, STEM = True, False


def place(code: str) -> tuple[Region, ...]:
    region = region_of(code)
    assert region
    return (region,)


JIXIANG = place("370829")
JINING = place("370800")
JINAN = place("370100")
SHANDONG = place("370000")


@pytest.mark.parametrize(
    ("rest", "in_full", "cut"),
    [
        # A town of the county's own, or any that has the form of one.
        ("卧龙山街道财政所", IN_FULL, ("卧龙山街道", "财政所")),
        ("新桃镇人民政府", IN_FULL, ("新桃镇", "人民政府")),
        ("新桃镇", STEM, ("新桃镇", "")),
        ("新桃街道", STEM, None),
        ("卧龙山街道", STEM, ("卧龙山街道", "")),
        ("新桃街道", IN_FULL, ("新桃街道", "")),
        # Two letters behind a stem may be the end of another name.
        ("桃镇", STEM, None),
        ("桃镇", IN_FULL, ("桃镇", "")),
        ("河桃镇", STEM, None),
        ("河桃镇", IN_FULL, ("河桃镇", "")),
        # The office of a subdistrict, written in one way or another.
        ("新桃街道办事处", IN_FULL, ("新桃街道", "办事处")),
        ("新桃街道办", IN_FULL, ("新桃街道", "办事处")),
        ("新桃街办", IN_FULL, ("新桃街道", "办事处")),
        ("新桃街道办事处财政所", IN_FULL, ("新桃街道", "财政所")),
        ("新桃地区办事处", IN_FULL, ("新桃地区", "")),
        ("新桃苏木", IN_FULL, ("新桃苏木", "")),
        ("新桃民族乡", IN_FULL, ("新桃民族乡", "")),
        # Names that hold the kind of another.
        ("古镇镇人民政府", IN_FULL, ("古镇镇", "人民政府")),
        ("新桃镇镇政府", IN_FULL, ("新桃镇", "政府")),
        # What is said of towns is none.
        ("各乡镇", IN_FULL, None),
        ("本镇", IN_FULL, None),
        ("城镇", IN_FULL, None),
        ("由新桃镇", IN_FULL, None),
        ("我的新桃镇", IN_FULL, None),
        ("部分乡镇", IN_FULL, None),
        ("教育局", IN_FULL, None),
        ("", IN_FULL, None),
    ],
)
def test_a_town_behind_a_county(rest: str, in_full: bool, cut: tuple[str, str] | None) -> None:
    assert town(rest, in_full, JIXIANG) == cut


@pytest.mark.parametrize(
    ("rest", "where", "cut"),
    [
        ("历下区姚家街道", JINAN, None),
        ("嘉祥县卧龙山镇", JINING, None),
        # It is one name where no district of the city is called so.
        ("新区桃镇", JINAN, ("新区桃镇", "")),
        ("历下区姚家街道", JINING, ("历下区姚家街道", "")),
        ("历下区姚家街道", (NATION_REGION,), ("历下区姚家街道", "")),
    ],
)
def test_a_district_before_a_town_places_it_by_itself(
    rest: str, where: tuple[Region, ...], cut: tuple[str, str] | None
) -> None:
    assert town(rest, IN_FULL, where) == cut


@pytest.mark.parametrize(
    ("rest", "cut"),
    [
        ("七十八团", ("七十八团", "")),
        ("78团财政所", ("78团", "财政所")),
        ("十六团新开岭镇", ("十六团", "新开岭镇")),
        ("一〇三团场", ("一〇三团场", "")),
        ("红星四场", ("红星四场", "")),
        ("红星五场", None),
        ("前进农场办公室", ("前进农场", "办公室")),
        ("农场", None),
        ("教育局", None),
    ],
)
def test_a_regiment_or_farm_of_the_corps(rest: str, cut: tuple[str, str] | None) -> None:
    assert regiment(rest, IN_FULL, JIXIANG) == cut


@pytest.mark.parametrize(
    ("rest", "in_full", "where", "cut"),
    [
        ("新桃产业园管委会", IN_FULL, JIXIANG, ("新桃产业园", "管委会")),
        ("新桃景区", IN_FULL, JIXIANG, ("新桃景区", "")),
        # A county's stem stands before a park, and before no new district.
        ("经济开发区", STEM, JIXIANG, ("经济开发区", "")),
        ("新桃新区", STEM, JIXIANG, None),
        ("新桃新区", IN_FULL, JIXIANG, ("新桃新区", "")),
        ("江新区", STEM, JIXIANG, None),
        ("湾产业园", STEM, JIXIANG, None),
        # A city's stem before all that is more than its kind.
        ("新桃新区", STEM, JINAN, ("新桃新区", "")),
        ("新区", STEM, JINAN, ("新区", "")),
        ("新城", STEM, JINAN, None),
        ("江北新区", STEM, JINAN, ("江北新区", "")),
        ("湾新区", STEM, JINAN, None),
        # A name that several cities or a province bear tells of no new area.
        ("新区", STEM, JINAN + JINING, None),
        ("江北新区", STEM, JINAN + JINING, None),
        ("新区", STEM, SHANDONG, None),
        ("新桃新区", STEM, JIXIANG + JINAN, ("新桃新区", "")),
        # A rank or a tier before it.
        ("省级开发区", IN_FULL, SHANDONG, ("省级开发区", "")),
        ("市开发区", IN_FULL, JIXIANG, None),
        # A district that is one behind its city has no committee.
        ("历下区管委会", IN_FULL, JINAN, None),
        ("新桃区管委会", IN_FULL, JINAN, ("新桃区", "管委会")),
        ("历下区管委会", IN_FULL, JINAN + JINING, None),
        ("新桃高新区管委会", IN_FULL, JINAN, ("新桃高新技术产业开发区", "管委会")),
        ("浦东新区人民政府", IN_FULL, place("310000"), None),
        ("浦东新区人民政府", IN_FULL, JINAN, ("浦东新区", "人民政府")),
        # A zone within a zone.
        ("新桃开发区甲工业园", IN_FULL, JIXIANG, ("新桃开发区甲工业园", "")),
        ("教育局", IN_FULL, JIXIANG, None),
    ],
)
def test_a_zone_behind_its_regions(
    rest: str, in_full: bool, where: tuple[Region, ...], cut: tuple[str, str] | None
) -> None:
    assert zone(rest, in_full, where) == cut
