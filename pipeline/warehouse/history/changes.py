"""What a publication changes: facts that came, went or have another value, and checks."""

from decimal import Decimal

import duckdb
from pydantic import BaseModel, ConfigDict

from pipeline.warehouse.publishing.publication import Publication
from pipeline.warehouse.records import records
from pipeline.warehouse.reviewed.expected import Loss
from pipeline.warehouse.statements import quoted

EXAMPLES = 50


class FactChange(BaseModel):
    """A fact with another value than before.

    Attributes:
        why: Cause of the revision, as in the table ``revision``.
        source_path: File it is read from now.
    """

    model_config = ConfigDict(frozen=True)

    agency_id: str
    name_zh: str
    year: int
    indicator_id: str
    old: Decimal
    new: Decimal
    why: str
    source_path: str


class FactsGone(BaseModel):
    """What a report gave before and nothing gives any more.

    Attributes:
        facts: How many facts.
        why: Cause of the revision, as in the table ``revision``.
        source_path: File they were read from.
    """

    model_config = ConfigDict(frozen=True)

    name_zh: str
    year: int
    facts: int
    why: str
    source_path: str


class CheckChange(BaseModel):
    """A check that began or stopped failing."""

    model_config = ConfigDict(frozen=True)

    rule_id: str
    name_zh: str
    year: int | None
    message_zh: str


class Changes(BaseModel):
    """A publication against the one before; lists are cut at fifty.

    Attributes:
        causes: Revised facts by cause.
    """

    model_config = ConfigDict(frozen=True)

    facts_added: int
    facts_removed: int
    facts_changed: int
    checks_began: int
    checks_ended: int
    causes: dict[str, int] = {}
    facts: tuple[FactChange, ...] = ()
    gone: tuple[FactsGone, ...] = ()
    began: tuple[CheckChange, ...] = ()
    ended: tuple[CheckChange, ...] = ()


def attach_before(connection: duckdb.DuckDBPyConnection, published: Publication) -> None:
    """Attaches the publication before, with the relations that compare the new one to it.

    Raises:
        duckdb.Error: It cannot be read.
    """
    connection.execute(f"ATTACH IF NOT EXISTS {quoted(str(published.database))} AS old (READ_ONLY)")
    connection.execute(_REVISED)


def compare(connection: duckdb.DuckDBPyConnection) -> Changes:
    """Returns what readers of a new publication will find changed."""
    connection.execute(_FAILING)
    (counts,) = records(connection, _COUNTS, {})
    return Changes(
        **counts,
        causes=dict(connection.execute(_CAUSES).fetchall()),
        facts=tuple(FactChange(**row) for row in records(connection, _FACT_EXAMPLES, {})),
        gone=tuple(FactsGone(**row) for row in records(connection, _GONE_EXAMPLES, {})),
        began=_checks(connection, "began"),
        ended=_checks(connection, "ended"),
    )


def _checks(connection: duckdb.DuckDBPyConnection, what: str) -> tuple[CheckChange, ...]:
    return tuple(CheckChange(**row) for row in records(connection, _CHECK_EXAMPLES, {"what": what}))


def lost(connection: duckdb.DuckDBPyConnection, loss: Loss) -> list[str]:
    """Returns what went all of a sudden although the files are still there, in a sentence each."""
    ((reports, gone_reports, facts, gone_facts, from_reports),) = connection.execute(
        _GONE
    ).fetchall()
    ending = "are no longer read from files that are there"
    if loss.is_sudden(gone_reports, reports):
        return [f"{gone_reports} of {reports} reports {ending}"]
    if loss.is_sudden(gone_facts, facts) and from_reports >= loss.least:
        return [f"{gone_facts} of {facts} facts {ending}"]
    return []


def decisions_gone(connection: duckdb.DuckDBPyConnection) -> int:
    """Returns how many decisions there were, where all of them are gone at once."""
    ((before, now),) = connection.execute(_DECISIONS).fetchall()
    return 0 if now else int(before)


_REVISED = """
CREATE TEMP VIEW revised AS
FROM revision WHERE vintage = (SELECT max(vintage) FROM vintage)
"""

_COUNTS = """
SELECT
    count(*) FILTER (old_value IS NULL) AS facts_added,
    count(*) FILTER (new_value IS NULL) AS facts_removed,
    count(*) FILTER (old_value IS NOT NULL AND new_value IS NOT NULL) AS facts_changed,
    (SELECT count(*) FROM check_change WHERE what = 'began') AS checks_began,
    (SELECT count(*) FROM check_change WHERE what = 'ended') AS checks_ended
FROM revised
"""

_GONE = """
WITH here AS (SELECT source_path FROM dim_report UNION SELECT source_path FROM quarantine),
before AS (
    SELECT report_id, source_path FROM old.dim_report
    WHERE is_current AND doc_type = 'annual_report'
),
unread AS (
    FROM before SEMI JOIN here USING (source_path)
    ANTI JOIN dim_report AS r USING (source_path)
),
unsaid AS (
    SELECT b.report_id FROM revised AS v
    JOIN before AS b ON b.report_id = v.old_report_id
    SEMI JOIN here ON here.source_path = b.source_path
    WHERE v.new_value IS NULL
)
SELECT (SELECT count(*) FROM before), (SELECT count(*) FROM unread),
    (SELECT count(*) FROM old.fact_indicator), count(*), count(DISTINCT report_id)
FROM unsaid
"""

_DECISIONS = "SELECT (SELECT count(*) FROM old.decision), (SELECT count(*) FROM main.decision)"

_CAUSES = "SELECT cause, count(*) AS n FROM revised GROUP BY cause ORDER BY n DESC, cause"

_FACT_EXAMPLES = f"""
SELECT c.agency_id, a.name_zh, c.year, c.indicator_id, c.old_value AS old, c.new_value AS new,
    c.cause AS why, r.source_path
FROM revised AS c
JOIN dim_agency AS a USING (agency_id)
JOIN dim_report AS r ON r.report_id = c.new_report_id
WHERE c.old_value IS NOT NULL
ORDER BY c.year DESC, a.name_zh, c.indicator_id
LIMIT {EXAMPLES}
"""

_GONE_EXAMPLES = f"""
SELECT a.name_zh, c.year, count(*) AS facts, c.cause AS why, r.source_path
FROM revised AS c
JOIN old.dim_agency AS a USING (agency_id)
JOIN old.dim_report AS r ON r.report_id = c.old_report_id
WHERE c.new_value IS NULL
GROUP BY a.name_zh, c.year, c.cause, r.source_path
ORDER BY facts DESC, a.name_zh, c.year, r.source_path
LIMIT {EXAMPLES}
"""

_FAILED = """
    SELECT c.rule_id, c.agency_id, c.year, a.name_zh, c.message_zh
    FROM {side}.check_result AS c
    JOIN {side}.dim_report AS r USING (report_id)
    LEFT JOIN {side}.dim_agency AS a ON a.agency_id = c.agency_id
    WHERE c.outcome = 'fail' AND r.is_current
"""

_FAILING = f"""
CREATE TEMP TABLE check_change AS
WITH before AS ({_FAILED.format(side="old")}), after AS ({_FAILED.format(side="main")})
SELECT 'began' AS what, a.* FROM after AS a
ANTI JOIN before AS b ON b.rule_id = a.rule_id
    AND b.agency_id IS NOT DISTINCT FROM a.agency_id AND b.year IS NOT DISTINCT FROM a.year
UNION ALL
SELECT 'ended', b.* FROM before AS b
ANTI JOIN after AS a ON b.rule_id = a.rule_id
    AND b.agency_id IS NOT DISTINCT FROM a.agency_id AND b.year IS NOT DISTINCT FROM a.year
"""

_CHECK_EXAMPLES = f"""
SELECT rule_id, coalesce(name_zh, '') AS name_zh, year, message_zh FROM check_change
WHERE what = $what ORDER BY year DESC, name_zh, rule_id, message_zh LIMIT {EXAMPLES}
"""
