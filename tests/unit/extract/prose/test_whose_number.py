"""Who speaks for whom: 全区 of a zone is its own, of a bureau its region's."""

import pytest

from pipeline.extract.prose.whose import BodyRelation, Reporter, body_before
from pipeline.model.observation import Scope

ZONE = "泾阳县北塬经济开发区管理委员会"
TOWN = "石门县白云镇人民政府"
STREET = "历下区泉城路街道办事处"
PROVINCE = "湖北省人民政府"
SUMU = "阿鲁旗塔林苏木人民政府"
BUREAU = "石门县水务局"
COUNTY = "石门县人民政府"


@pytest.mark.parametrize(
    ("name", "scope", "text", "relation"),
    [
        (COUNTY, Scope.AGENCY, "全县收到申请", BodyRelation.WIDER),
        (COUNTY, Scope.AGENCY, "县本级收到申请", BodyRelation.OWN),
        (BUREAU, Scope.SYSTEM, "全系统收到申请", BodyRelation.OWN),
        (BUREAU, Scope.SYSTEM, "局机关收到申请", BodyRelation.NARROWER),
        (BUREAU, Scope.SYSTEM, "全县收到申请", BodyRelation.WIDER),
    ],
)
def test_a_report_that_gives_other_numbers_than_usual_speaks_otherwise(
    name: str, scope: Scope, text: str, relation: BodyRelation
) -> None:
    body = body_before(text, len(text), Reporter(name, scope))
    assert body is not None
    assert body.relation is relation


@pytest.mark.parametrize(
    ("name", "text", "relation"),
    [
        (BUREAU, "县政府收到申请", BodyRelation.WIDER),
        (BUREAU, "县政府本级收到申请", BodyRelation.WIDER),
        (BUREAU, "县本级收到申请", BodyRelation.OWN),
        ("石门县人民政府办公室", "县政府收到申请", BodyRelation.OWN),
        ("石门县人民政府办公室", "县政府本级收到申请", BodyRelation.OWN),
        (COUNTY, "县政府(含办公室)收到申请", BodyRelation.OWN),
        (COUNTY, "县政府本级收到申请", BodyRelation.NARROWER),
        (ZONE, "全区公开信息", BodyRelation.OWN),
        (ZONE, "全园区公开信息", BodyRelation.OWN),
        (ZONE, "全县公开信息", BodyRelation.WIDER),
        (ZONE, "全市公开信息", BodyRelation.WIDER),
        (TOWN, "全镇公开信息", BodyRelation.OWN),
        (TOWN, "我镇公开信息", BodyRelation.OWN),
        (TOWN, "全县公开信息", BodyRelation.WIDER),
        (STREET, "全街道公开信息", BodyRelation.OWN),
        (STREET, "全区公开信息", BodyRelation.WIDER),
        (BUREAU, "全县公开信息", BodyRelation.WIDER),
        (BUREAU, "全系统公开信息", BodyRelation.SYSTEM),
        (BUREAU, "局机关公开信息", BodyRelation.OWN),
        (BUREAU, "局本级公开信息", BodyRelation.OWN),
        (BUREAU, "局属12家单位公开信息", BodyRelation.OTHER),
        (BUREAU, "各乡镇公开信息", BodyRelation.OTHER),
        (COUNTY, "全县公开信息", BodyRelation.OWN),
        (COUNTY, "全县各部门公开信息", BodyRelation.OWN),
        (COUNTY, "县本级公开信息", BodyRelation.NARROWER),
        (COUNTY, "县政府办公室公开信息", BodyRelation.NARROWER),
        (COUNTY, "各乡镇公开信息", BodyRelation.OTHER),
        (COUNTY, "全省公开信息", BodyRelation.WIDER),
        (COUNTY, "全镇公开信息", BodyRelation.NARROWER),
        (PROVINCE, "省政府及其部门公开信息", BodyRelation.NARROWER),
        (PROVINCE, "市、县政府及其部门公开信息", BodyRelation.NARROWER),
        (PROVINCE, "全省公开信息", BodyRelation.OWN),
        (SUMU, "我苏木公开信息", BodyRelation.OWN),
        (SUMU, "全旗公开信息", BodyRelation.WIDER),
        (BUREAU, "全苏木公开信息", BodyRelation.WIDER),
        (ZONE, "全试验区公开信息", BodyRelation.OWN),
    ],
)
def test_whose_number_a_word_says(name: str, text: str, relation: BodyRelation) -> None:
    scope = Scope.REGION if name in {COUNTY, PROVINCE} else Scope.AGENCY
    body = body_before(text, len(text), Reporter(name, scope))
    assert body is not None
    assert body.relation is relation
    assert body.scope is scope or relation is not BodyRelation.OWN


def test_an_object_is_nobodys_number() -> None:
    assert body_before("对全县开展培训", 7, Reporter(COUNTY, Scope.REGION)) is None
