"""Ids of an earlier release: whoever kept one finds the agency under it."""

from pipeline.agencies.renamed_ids import renamed_ids
from pipeline.agencies.resolver import resolve


def test_a_former_id_leads_to_the_id_its_name_has_now() -> None:
    for row in renamed_ids():
        agency = resolve(row.name_zh).agency
        assert agency is not None
        assert agency.agency_id == row.agency_id, row.name_zh


def test_a_former_id_is_nobodys_id_today() -> None:
    rows = renamed_ids()
    former = {row.former_id for row in rows}
    assert len(former) == len(rows)
    assert former.isdisjoint(row.agency_id for row in rows)
