"""A parse store of any size, made up: what parsing that many reports would have left."""

import hashlib
from pathlib import Path

import duckdb

from pipeline.forms.catalogue import indicators
from pipeline.stages import parser_version
from pipeline.warehouse.disk import create_folder
from pipeline.warehouse.schema import store_tables
from pipeline.warehouse.statements import quoted
from pipeline.warehouse.store.batches import seal
from pipeline.warehouse.store.parse_store import PARSED, ParseStore

_REPORTS_A_BATCH = 500

_REPORT = """
CREATE TEMP TABLE made AS
SELECT
    a.range AS agency_no,
    y.range AS year,
    sha256(a.range || '/' || y.range) AS file_id,
    left(file_id, 16) || '-1' AS report_id,
    CASE WHEN y.range <= 2018 THEN 'B' WHEN y.range <= 2020 THEN 'C' ELSE 'D' END AS template,
    ['county', 'city', 'province'][1 + (a.range % 10 > 7)::INT + (a.range % 100 = 99)::INT]
        AS level,
    ['education', 'health', 'finance', 'housing'][1 + a.range % 4] AS function,
    ['山东省', '河南省', '福建省', '江苏省'][1 + a.range // 7 % 4] AS province,
    (100000 + a.range)::VARCHAR AS region_code
FROM range($agencies) AS a, range(2024 - $years, 2024) AS y
"""

_TABLES = {
    "file": """
        SELECT file_id, 1 AS part, 1 AS parts, $version AS parser_version, 0 AS pages_skipped
        FROM part""",
    "document": """
        SELECT file_id AS origin, file_id, '' AS member, file_id AS document_id,
               NULL AS reason, NULL AS detail FROM part""",
    "report": """
        SELECT file_id AS origin, '第' || agency_no || '局' AS name_zh, region_code,
               '第' || agency_no || '县' AS region_name, province, level, function,
               NULL AS valid_from, NULL AS valid_to, []::VARCHAR[] AS notices,
               report_id, file_id AS document_id, 1 AS part, 'text/html' AS media_type,
               'utf-8' AS encoding, year || '年政府信息公开工作年度报告' AS title,
               region_code || '.' || function AS agency_id,
               '第' || agency_no || '局' AS agency_stated, year, NULL AS period_start,
               NULL AS period_end, template, 'annual_report' AS doc_type, NULL AS other_kind,
               'agency' AS scope,
               make_date(year + 1, 1, 1 + (agency_no % 28)::INT) AS published_on,
               false AS is_correction, $version AS parser_version FROM part""",
    "observation": """
        SELECT file_id AS origin, report_id || '.' || i.n AS observation_id, report_id,
               i.indicator_id, i.path_zh AS section_path, i.label_zh AS label_raw,
               i.unit AS unit_raw, v.value::VARCHAR AS value_raw, v.value,
               'reported' AS value_status, 'exact' AS qualifier, 'table' AS source,
               1.0 AS confidence, NULL AS page, 1 AS table_no, i.n AS row_no, 3 AS col_no,
               2000 + 20 * i.n AS char_start, 2004 + 20 * i.n AS char_end,
               i.label_zh || chr(9) || i.unit || chr(9) || v.value AS quote, NULL AS year,
               'agency' AS scope, []::VARCHAR[] AS candidates,
               []::VARCHAR[] AS why
        FROM part, indicator AS i,
             LATERAL (SELECT (hash(report_id, i.n) % 97)::DECIMAL(20, 6) AS value) AS v""",
    "fact": """
        SELECT file_id AS origin, report_id, i.indicator_id,
               (hash(report_id, i.n) % 97)::DECIMAL(20, 6) AS value, i.unit, 'table' AS source,
               'exact' AS qualifier, report_id || '.' || i.n AS observation_id,
               1.0 AS confidence
        FROM part, indicator AS i""",
    "gap": """
        SELECT file_id AS origin, report_id, i.indicator_id, 'blank' AS status,
               report_id || '.' || i.n AS observation_id, '' AS value_raw,
               []::VARCHAR[] AS candidates
        FROM part, indicator AS i WHERE hash(i.n, report_id) % 12 = 0""",
    "check": """
        SELECT file_id AS origin, 'B-E' || c.range AS rule_id, 'equality' AS kind,
               'error' AS severity,
               CASE WHEN hash(report_id, c.range) % 50 = 0 THEN 'fail' ELSE 'pass' END AS outcome,
               report_id, ['requests.received', 'requests.answered'] AS indicator_ids,
               1 AS expected, 2 AS actual, 1 AS difference, '不符' AS message_zh,
               'does not add up' AS message_en,
               [report_id || '.1', report_id || '.2'] AS observation_ids,
               1 AS left_count, CASE WHEN outcome = 'fail' THEN [2, 1] ELSE [] END AS counted
        FROM part, range(1, 21) AS c""",
}


def generate(store: Path, agencies: int, years: int, facts_a_report: int) -> int:
    """Writes batches and an inventory and returns the number of facts.

    Args:
        store: Folder of the parse store.
        agencies: How many agencies report.
        years: For how many years each.
        facts_a_report: Facts in each report; at most the number of indicators.
    """
    with duckdb.connect() as connection:
        _make(connection, agencies, years, facts_a_report)
        reports = agencies * years
        for number in range(-(-reports // _REPORTS_A_BATCH)):
            _batch(
                connection,
                store,
                f"batch-{number + 1:06d}",
                "FROM made ORDER BY file_id "
                f"LIMIT {_REPORTS_A_BATCH} OFFSET {number * _REPORTS_A_BATCH}",
            )
        connection.execute(
            "COPY (SELECT file_id || '.html' AS source_path, encode(source_path) AS name, "
            "8000::BIGINT AS size, 1::BIGINT AS mtime_ns, file_id, now()::TIMESTAMP AS first_seen, "
            "NULL::TIMESTAMP AS retired_at, NULL::VARCHAR AS reason, NULL::VARCHAR AS detail "
            f"FROM made) TO {quoted(str(store / 'inventory.parquet'))}"
        )
    return reports * facts_a_report


def change(store: Path, agencies: int, years: int, facts_a_report: int, chosen: str) -> None:
    """Gives some of the reports another content, as a night finds it.

    Args:
        store: What ``generate`` wrote, with the same numbers.
        agencies: How many agencies report.
        years: For how many years each.
        facts_a_report: Facts in each report.
        chosen: Which reports: what stands behind WHERE.
    """
    inventory = quoted(str(store / "inventory.parquet"))
    with duckdb.connect() as connection:
        _make(connection, agencies, years, facts_a_report)
        connection.execute(
            "CREATE TEMP TABLE again AS SELECT * REPLACE (sha256(file_id) AS file_id, "
            "left(sha256(file_id), 16) || '-1' AS report_id), file_id AS former_id "
            f"FROM made WHERE {chosen}"
        )
        name = hashlib.sha256(chosen.encode()).hexdigest()[:20]
        _batch(connection, store, f"batch-{name}", "FROM again")
        connection.execute(
            f"CREATE TEMP TABLE known AS FROM {inventory};"
            "UPDATE known SET retired_at = now()::TIMESTAMP "
            "WHERE file_id IN (SELECT former_id FROM again);"
            "INSERT INTO known SELECT k.* REPLACE (a.file_id AS file_id, "
            "now()::TIMESTAMP AS first_seen, NULL AS retired_at) "
            "FROM known AS k JOIN again AS a ON a.former_id = k.file_id;"
            f"COPY known TO {inventory}"
        )


def _make(
    connection: duckdb.DuckDBPyConnection, agencies: int, years: int, facts_a_report: int
) -> None:
    """Makes the reports, and the indicators of which each has a fact."""
    connection.execute("SET memory_limit = '2GB'")
    connection.execute(
        "CREATE TEMP TABLE indicator (n INT, indicator_id VARCHAR, "
        "path_zh VARCHAR, label_zh VARCHAR, unit VARCHAR)"
    )
    connection.executemany(
        "INSERT INTO indicator VALUES (?, ?, ?, ?, ?)",
        [
            (n, one.indicator_id, one.path_zh, one.label_zh, one.unit)
            for n, one in enumerate(list(indicators().values())[:facts_a_report], 1)
        ],
    )
    connection.execute(_REPORT, {"agencies": agencies, "years": years})


def _batch(connection: duckdb.DuckDBPyConnection, store: Path, name: str, reports: str) -> None:
    folder = Path(str(ParseStore(store).reports.folder)) / name
    create_folder(folder)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE part AS {reports}")
    for table in PARSED:
        _write(connection, table, folder / f"{table}.parquet", parser_version())
    seal(folder)


def _write(connection: duckdb.DuckDBPyConnection, table: str, file: Path, version: str) -> None:
    select = _TABLES[table].replace("$version", quoted(version))
    columns = ", ".join(
        f'"{column.name}"::{column.type} AS "{column.name}"'
        for column in store_tables()[table].columns
    )
    connection.execute(
        f"COPY (SELECT {columns} FROM ({select})) TO {quoted(str(file))} (COMPRESSION zstd)"
    )
