"""Which years are shown, and from which on agencies are compared, where nobody says so."""

from pathlib import Path

import duckdb
import pytest

from pipeline.explorer.context import Context
from pipeline.explorer.links import ServerLinks
from pipeline.explorer.measures import Measure, usual_since
from pipeline.explorer.opening import Published
from pipeline.explorer.screens.overview_page import last_year
from pipeline.explorer.texts import Translator
from pipeline.settings import Settings

EVERYBODY = {"level": "", "function": "", "province": "", "city": "", "agencies": []}
AGENCIES = """
CREATE TABLE dim_agency AS
SELECT 'a' || n AS agency_id, '局' AS name_zh, '' AS province, '' AS level, '' AS function
FROM range(8) AS t(n)
"""
TREND = """
CREATE TABLE indicator_trend AS
SELECT 'a' || n AS agency_id, 'agency' AS scope, year, 1 AS value, '件' AS unit,
    'requests.received' AS indicator_id, 'D' AS form, 1 AS confidence, 0 AS errors_failing,
    0 AS warnings_failing, 'undisputed' AS value_standing, '' AS method_break, '' AS note_zh,
    '' AS note_en
FROM (VALUES (2020, 3), (2021, 4), (2022, 5), (2023, 8)) AS y(year, agencies), range(8) AS t(n)
WHERE n < agencies
"""


@pytest.mark.parametrize(("until", "since"), [(2023, 2021), (2022, 2020), (2019, 2019)])
def test_the_first_year_is_the_first_that_half_as_many_report_as_the_last(
    tmp_path: Path, until: int, since: int
) -> None:
    database = tmp_path / "gongkai.duckdb"
    with duckdb.connect(str(database)) as made:
        made.execute(AGENCIES)
        made.execute(TREND)
    opened = Published(database).current()
    context = Context(Settings(warehouse=tmp_path), opened, Translator("zh"), ServerLinks())
    received = Measure("requests.received", False, "", "件", "", [], {})
    assert usual_since(context, received, until, **EVERYBODY) == since
    opened.connection.close()


@pytest.mark.parametrize(("reported", "shown"), [(3, 2022), (4, 2023), (5, 2023)])
def test_the_first_page_shows_the_last_year_that_half_as_many_reported(
    tmp_path: Path, reported: int, shown: int
) -> None:
    database = tmp_path / "gongkai.duckdb"
    with duckdb.connect(str(database)) as made:
        made.execute(
            "CREATE TABLE coverage AS SELECT year, 'present' AS status "
            "FROM (VALUES (2021, 8), (2022, 6), (2023, $reported)) AS y(year, agencies), "
            "range(8) AS t(n) WHERE n < agencies "
            "UNION ALL SELECT 2023, 'gap' FROM range(8)",
            {"reported": reported},
        )
    opened = Published(database).current()
    context = Context(Settings(warehouse=tmp_path), opened, Translator("zh"), ServerLinks())
    assert last_year(context) == shown
    opened.connection.close()
