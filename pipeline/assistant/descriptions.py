"""What the things of a warehouse are: tables, indicators, rates, rules, agencies."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.assistant.numbers import rows
from pipeline.warehouse.queries.term_lookup import RELATIONS
from pipeline.warehouse.records import Record

if TYPE_CHECKING:
    from gongkai import Warehouse


def described(warehouse: "Warehouse", name: str) -> Record:
    """Returns the description of a name; without one, that of the warehouse.

    Raises:
        NotFoundError: Nothing is called so.
    """
    if not name:
        return {"kind": "warehouse", **_parts(warehouse, _OVERVIEW, {})}
    for kind, (key, parts) in _KINDS.items():
        if rows(warehouse, key, name=name):
            return {"kind": kind, **_parts(warehouse, parts, {"name": name})}
    (agency_id,) = warehouse.agency_ids(name) or []
    return {"kind": "agency", **_parts(warehouse, _AGENCY, {"name": agency_id})}


def _parts(warehouse: "Warehouse", parts: Mapping[str, str], given: Record) -> Record:
    return {part: rows(warehouse, query, **given) for part, query in parts.items()}


_OVERVIEW = {
    "publication": "SELECT * FROM ingest_run ORDER BY started_at DESC LIMIT 1",
    "forms": "SELECT * FROM dim_form ORDER BY form",
    "standings": "SELECT standing, meaning_zh, meaning_en FROM dim_standing ORDER BY rank",
    "years": """
        SELECT year, count(DISTINCT agency_id) AS agencies, count(*) AS facts
        FROM fact_indicator GROUP BY year ORDER BY year""",
    "tables": f"SELECT name, comment FROM ({RELATIONS}) ORDER BY name",
}

_TABLE = {
    "table": f"SELECT comment FROM ({RELATIONS}) WHERE name = $name",
    "columns": """
        SELECT column_name, data_type, comment FROM duckdb_columns()
        WHERE schema_name = 'main' AND table_name = $name ORDER BY column_index""",
}

_INDICATOR = {
    "indicator": "SELECT * FROM dim_indicator WHERE indicator_id = $name",
    "series": """
        SELECT series_id, template AS form, relation, note_zh, note_en
        FROM crosswalk WHERE indicator_id = $name ORDER BY series_id, template""",
    "rates": """
        SELECT DISTINCT rate_id, label_zh, role FROM rate_term
        WHERE indicator_id = $name ORDER BY rate_id""",
}

_RATE = {
    "rate": """
        SELECT rate_id, label_zh, label_en, topic, template AS form, role, indicator_id,
            relation, note_zh, note_en, least
        FROM rate_term WHERE rate_id = $name ORDER BY template, role DESC, place""",
}

_AGENCY = {
    "agency": "SELECT * FROM dim_agency WHERE agency_id = $name",
    "aliases": "SELECT alias, source FROM agency_alias WHERE agency_id = $name ORDER BY alias",
    "succession": "SELECT * FROM agency_succession WHERE $name IN (agency_id, successor_id)",
    "years": "SELECT * FROM coverage WHERE agency_id = $name ORDER BY year",
}

_KINDS = {
    "table": (
        "SELECT 1 FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = $name LIMIT 1",
        _TABLE,
    ),
    "indicator": ("SELECT 1 FROM dim_indicator WHERE indicator_id = $name", _INDICATOR),
    "rate": ("SELECT 1 FROM rate_term WHERE rate_id = $name LIMIT 1", _RATE),
    "rule": (
        "SELECT 1 FROM dim_rule WHERE rule_id = $name",
        {"rule": "SELECT * FROM dim_rule WHERE rule_id = $name"},
    ),
    "way": (
        "SELECT 1 FROM dim_way WHERE way_id = $name",
        {"way": "SELECT * FROM dim_way WHERE way_id = $name"},
    ),
}
