"""Ids of an earlier release: whoever kept one finds the agency under it."""

import pytest

from pipeline.agencies.renamed_ids import former_id, renamed_ids
from pipeline.agencies.resolver import resolve
from tests.some import some


def test_a_former_id_leads_to_the_id_its_name_has_now() -> None:
    for row in some(renamed_ids()):
        agency = resolve(row.name_zh).agency
        assert agency is not None
        assert agency.agency_id == row.agency_id, row.name_zh


def test_a_former_id_is_nobodys_id_today() -> None:
    rows = renamed_ids()
    former = {row.former_id for row in rows}
    assert len(former) == len(rows)
    assert former.isdisjoint(row.agency_id for row in rows)


@pytest.mark.parametrize(
    ("name", "former"),
    [
        ("济宁高新区管委会", "370871.government"),
        ("济宁高新区管委会办公室", "370871.government_office"),
        ("平潭综合实验区管委会", "350128.pingtan_zone_government"),
        ("昆山经济技术开发区管委会办公室", "320583.zone_6f3ea65b_government_office"),
        ("昆山经济技术开发区管委会", None),
        ("嘉祥县人民政府", None),
        ("济宁高新区财政局", None),
        ("毕节市七星关区鸭池镇人民政府", "520500.township_a3d8ff3e"),
        ("遵义市播州区鸭溪镇人民政府", None),
        ("铜陵市铜官区东郊办事处", "340705.other_0b4124e8"),
        ("铜陵市铜官区东郊街道办事处", None),
    ],
)
def test_a_former_id_is_told_by_a_rule(name: str, former: str | None) -> None:
    agency = resolve(name, year=2020).agency
    assert agency is not None
    assert former_id(agency.agency_id, agency.name_zh) == former


def test_the_committee_of_a_county_was_never_its_government() -> None:
    assert former_id("370829.management_committee") is None
    assert former_id("370829.township_0bd1a817_management_committee_office") is None
