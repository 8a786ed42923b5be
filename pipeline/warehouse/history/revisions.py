"""What one publication changed against another, row by row, and why.

A connection has both as ``old`` and ``gongkai``. What comes of it are temporary relations of
that connection with the names and columns of the store's tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import duckdb

from pipeline.warehouse.history.ledger import PAST
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.schema import store_tables, tables
from pipeline.warehouse.statements import columns_of, few_of, quoted

ROLLED_BACK = "rolled back"


@dataclass(frozen=True)
class VersionedTable:
    """A table whose rows of the past are kept.

    Attributes:
        name: The table.
        past: Where its rows go once a publication replaces or drops them.
    """

    name: str
    past: str

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What makes a row of today unique."""
        return tables()[self.name].key

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What is kept of a row, the numbers of publications aside."""
        names = (column.name for column in tables()[self.past].columns)
        return tuple(name for name in names if name not in ("vintage", "until"))

    @property
    def keys(self) -> str:
        """The key as SQL."""
        return ", ".join(self.key)


KEPT = tuple(VersionedTable(name, past) for name, past in PAST.items())
FACTS = KEPT[0]

RELATIONS = ("vintage", "revision", *(kept.past for kept in KEPT), "begun")
"""What is known of a publication, as tables of the store."""


def compare(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    touched: Iterable[tuple[str, int]] | None = None,
) -> None:
    """Fills the relations of the past and ``begun``.

    Args:
        connection: Has ``old`` and ``gongkai``, and the empty relations.
        number: Number of the new publication.
        touched: Agencies and years whose facts may differ; found by comparing all if None.

    Raises:
        duckdb.Error: The old one is of another schema.
    """
    for kept in KEPT:
        had = columns_of(connection, f"old.{kept.name}")
        columns = [name for name in kept.columns if name in had]
        sides = {side: f"{side}.{kept.name}" for side in ("old", "gongkai")}
        if kept is FACTS:
            _find_touched(connection, columns, touched)
            sides = {side: _gathered(connection, side) for side in sides}
        same = " AND ".join(
            [f"o.{name} = n.{name}" for name in kept.key]
            + [f"o.{name} IS NOT DISTINCT FROM n.{name}" for name in columns]
        )
        since = "o.vintage" if "vintage" in had else "1"
        connection.execute(
            f"INSERT INTO {kept.past} BY NAME "
            f"SELECT {', '.join(f'o.{name}' for name in columns)}, "
            f"{since} AS vintage, {number} AS until "
            f"FROM {sides['old']} AS o ANTI JOIN {sides['gongkai']} AS n ON {same} ORDER BY ALL"
        )
        connection.execute(
            f"INSERT INTO begun BY NAME "
            f"SELECT {', '.join(f'n.{name}' for name in kept.key)}, "
            f"{number} AS vintage, {quoted(kept.name)} AS relation "
            f"FROM {sides['gongkai']} AS n ANTI JOIN {sides['old']} AS o ON {same} ORDER BY ALL"
        )


def _gathered(connection: duckdb.DuckDBPyConnection, side: str) -> str:
    """Reads the facts of agencies and years that may differ once: each look reads all of them."""
    rows = few_of(f"{side}.fact_indicator", "(agency_id, year) IN (FROM touched)")
    connection.execute(f"CREATE TEMP TABLE {side}_fact AS {rows}")
    return f"{side}_fact"


def _find_touched(
    connection: duckdb.DuckDBPyConnection,
    columns: Iterable[str],
    touched: Iterable[tuple[str, int]] | None,
) -> None:
    """Agencies and years whose facts are to be compared one by one."""
    connection.execute("CREATE TEMP TABLE touched (agency_id VARCHAR, year INTEGER)")
    if touched is not None:
        rows = [list(column) for column in zip(*touched, strict=True)] or [[], []]
        connection.execute("INSERT INTO touched SELECT DISTINCT unnest($1), unnest($2)", rows)
        return
    rows_hashed = f"count(*) AS rows, bit_xor(hash({', '.join(columns)})) AS hash"
    side = "SELECT agency_id, year, {rows} FROM {side}.fact_indicator GROUP BY ALL"
    connection.execute(
        f"""
        INSERT INTO touched SELECT agency_id, year
        FROM ({side.format(rows=rows_hashed, side="old")}) AS o
        FULL JOIN ({side.format(rows=rows_hashed, side="gongkai")}) AS n USING (agency_id, year)
        WHERE (o.rows, o.hash) IS DISTINCT FROM (n.rows, n.hash)
        """
    )


def find_causes(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    inventory: Inventory,
    *,
    is_other_program: bool,
) -> None:
    """Fills ``revision`` from what ``compare`` found.

    Args:
        connection: The same.
        number: Number of the new publication, in ``vintage``.
        inventory: What lies in the raw folder.
        is_other_program: Whether another version of the program made it.
    """
    connection.execute(_REVISED, {"number": number})
    connection.execute(
        f"CREATE TEMP VIEW lying AS SELECT source_path FROM {inventory.relation()} "
        "WHERE retired_at IS NULL"
    )
    connection.execute(_CAUSES, {"number": number, "other": is_other_program})


def give_back(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Fills ``revision`` where readers were led back: there is one cause for all."""
    connection.execute(_REVISED, {"number": number})
    connection.execute(
        f"INSERT INTO revision BY NAME SELECT r.*, {quoted(ROLLED_BACK)} AS cause, "
        "v.vintage, v.publication, v.published_at "
        f"FROM revised AS r, vintage AS v WHERE v.vintage = {number}"
    )


_REVISED = """
CREATE TEMP TABLE revised AS
SELECT
    agency_id,
    year,
    indicator_id,
    o.value AS old_value,
    n.value AS new_value,
    o.report_id AS old_report_id,
    n.report_id AS new_report_id
FROM (
    SELECT agency_id, year, indicator_id FROM fact_past WHERE until = $number
    UNION
    SELECT agency_id, year, indicator_id FROM begun
    WHERE relation = 'fact_indicator' AND vintage = $number
)
LEFT JOIN (FROM fact_past WHERE until = $number) AS o USING (agency_id, year, indicator_id)
LEFT JOIN gongkai_fact AS n
    USING (agency_id, year, indicator_id)
WHERE o.value IS DISTINCT FROM n.value
"""

_CAUSES = """
INSERT INTO revision BY NAME
WITH reported AS (
    SELECT DISTINCT agency_id, year FROM old.dim_report WHERE doc_type = 'annual_report'
),
still_there AS (
    SELECT document_id FROM gongkai.dim_report
    UNION SELECT document_id FROM gongkai.quarantine
),
known AS (
    SELECT document_id FROM old.dim_report
    UNION SELECT document_id FROM old.quarantine WHERE $other
),
-- Paths that have another content now, which does not say that it corrects the one before.
overwritten AS (
    SELECT n.source_path
    FROM gongkai.dim_report AS n
    ANTI JOIN old.dim_report AS o USING (document_id)
    SEMI JOIN old.dim_report AS p USING (source_path)
    WHERE NOT n.is_correction AND n.source_path IS NOT NULL
    UNION
    -- A copy of what is known under another path, which is the one that is named.
    SELECT o.source_path
    FROM old.dim_report AS o
    ANTI JOIN still_there USING (document_id)
    SEMI JOIN lying ON lying.source_path = split_part(o.source_path, '!/', 1)
),
judged AS (
    SELECT
        r.*,
        -- The report of the old value as it was and as it is, that of the new one likewise.
        o_was.document_id AS old_document,
        o_is.report_id IS NULL AS is_old_gone,
        o_was.parser_version IS DISTINCT FROM o_is.parser_version
            AND o_is.report_id IS NOT NULL AS is_old_read_anew,
        o_was.superseded_by IS DISTINCT FROM o_is.superseded_by AS is_old_replaced,
        n_was.report_id IS NULL AS is_new,
        n_was.parser_version IS DISTINCT FROM n_is.parser_version AS is_new_read_anew,
        (n_was.agency_id, n_was.year, n_was.doc_type)
            IS DISTINCT FROM (n_is.agency_id, n_is.year, n_is.doc_type) AS is_new_placed_anew,
        n_is.document_id IN (SELECT document_id FROM known WHERE document_id IS NOT NULL)
            AS is_new_known,
        o_was.document_id IN (SELECT document_id FROM still_there WHERE document_id IS NOT NULL)
            AS is_old_there,
        o_was.source_path IN (FROM overwritten) AS is_old_overwritten,
        n_is.source_path IN (FROM overwritten) AS is_new_overwritten,
        p.agency_id IS NOT NULL AS was_reported,
        c.report_id IS NOT NULL AS is_withheld,
        f.report_id IS NOT NULL AS is_freed
    FROM revised AS r
    LEFT JOIN old.dim_report AS o_was ON o_was.report_id = r.old_report_id
    LEFT JOIN gongkai.dim_report AS o_is ON o_is.report_id = r.old_report_id
    LEFT JOIN old.dim_report AS n_was ON n_was.report_id = r.new_report_id
    LEFT JOIN gongkai.dim_report AS n_is ON n_is.report_id = r.new_report_id
    LEFT JOIN reported AS p ON p.agency_id = r.agency_id AND p.year = r.year
    LEFT JOIN gongkai.correction AS c
        ON c.is_applied AND c.report_id = r.old_report_id AND c.indicator_id = r.indicator_id
    LEFT JOIN old.correction AS f
        ON f.is_applied AND f.report_id = r.new_report_id AND f.indicator_id = r.indicator_id
)
SELECT
    j.agency_id,
    j.year,
    j.indicator_id,
    j.old_value,
    j.new_value,
    j.old_report_id,
    j.new_report_id,
    CASE
        WHEN j.is_withheld THEN 'withheld'
        WHEN j.is_freed OR j.old_report_id = j.new_report_id THEN 'program changed'
        WHEN j.new_value IS NOT NULL AND j.is_new THEN CASE
            WHEN j.is_new_known THEN 'program changed'
            WHEN j.is_new_overwritten THEN 'file changed'
            WHEN j.was_reported THEN 'corrected report'
            ELSE 'new report'
        END
        WHEN j.new_value IS NULL AND j.is_old_overwritten THEN 'file changed'
        WHEN j.old_value IS NOT NULL AND j.is_old_gone THEN
            CASE WHEN j.is_old_there THEN 'program changed' ELSE 'file gone' END
        WHEN $other OR j.is_old_read_anew THEN 'program changed'
        WHEN j.new_value IS NOT NULL THEN
            CASE WHEN j.is_new_read_anew OR j.is_new_placed_anew THEN 'program changed'
                ELSE 'corrected report' END
        WHEN j.is_old_replaced THEN 'corrected report'
        ELSE 'program changed'
    END AS cause,
    v.vintage,
    v.publication,
    v.published_at
FROM judged AS j, vintage AS v
WHERE v.vintage = $number
ORDER BY j.indicator_id, j.year, j.agency_id
"""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the empty relations."""
    for name in RELATIONS:
        connection.execute(f"CREATE TEMP TABLE {name} AS {store_tables()[name].no_rows}")
