"""One agency set aside: the views say of it what they say of it among all."""

import duckdb
import pytest
from stated_corpus import GAOQING, Corpus

from pipeline.warehouse.queries.agency_profile import VIEWS, narrowed


@pytest.mark.parametrize("view", VIEWS)
def test_a_column_that_a_view_comes_to_read_is_not_left_behind(
    one_report: Corpus, view: str
) -> None:
    query = f"FROM {view} WHERE agency_id = $agency ORDER BY ALL"
    with duckdb.connect(str(one_report.settings.database), read_only=True) as connection:
        among_all = connection.execute(query, {"agency": GAOQING.agency_id}).fetchall()
        with narrowed(connection, GAOQING.agency_id) as alone:
            assert alone.execute(query, {"agency": GAOQING.agency_id}).fetchall() == among_all
