"""Rows that come with the code: indicators, crosswalk, succession, rules, decisions."""

from collections.abc import Iterator, Mapping
from functools import cache

import duckdb
import pyarrow as pa

from pipeline.agencies.functions import functions
from pipeline.agencies.renamed_ids import former_id, renamed_ids
from pipeline.agencies.roster import expected, rosters
from pipeline.agencies.succession import successions
from pipeline.forms.catalogue import indicators
from pipeline.forms.crosswalk import crosswalk
from pipeline.forms.deadlines import deadlines
from pipeline.forms.form import forms, usual_years
from pipeline.forms.identities import Identity, derived_totals, identities
from pipeline.forms.rules import rules
from pipeline.model.agency import Agency, Level
from pipeline.warehouse.function_names import function_name, function_names, function_tasks
from pipeline.warehouse.publishing import comparisons
from pipeline.warehouse.publishing.steps import Source
from pipeline.warehouse.records import Record, records
from pipeline.warehouse.reviewed.corrections import corrections
from pipeline.warehouse.reviewed.overrides import overrides
from pipeline.warehouse.schema import tables
from pipeline.warehouse.standing_levels import standings

_TERMS = pa.schema(
    [
        ("rule_id", pa.string()),
        ("forms", pa.list_(pa.string())),
        ("severity", pa.string()),
        ("terms", pa.int32()),
        ("place", pa.int32()),
        ("is_left", pa.bool_()),
        ("indicator_id", pa.string()),
        ("sign", pa.int32()),
        ("years_back", pa.int32()),
        ("statement_zh", pa.string()),
        ("statement_en", pa.string()),
    ]
)

_DERIVED = pa.schema([("total_id", pa.string()), ("part_id", pa.string())])

_OVERRIDES = pa.schema(
    [
        ("rule_id", pa.string()),
        ("agency_id", pa.string()),
        ("year", pa.int32()),
        ("reason", pa.string()),
    ]
)

_CORRECTIONS = pa.schema(
    [
        ("report_id", pa.string()),
        ("indicator_id", pa.string()),
        ("expect", pa.decimal128(20, 6)),
        ("reason", pa.string()),
        ("decided_on", pa.date32()),
    ]
)

_RENAMED_IDS = pa.schema([("former_id", pa.string()), ("agency_id", pa.string())])
_ON_ROSTER = ("agency_id", "name_zh", "region_code", "province", "level", "function")
_SUCCESSION = tables()["agency_succession"].arrow.append(pa.field("first_year", pa.int32()))
_LAST_YEAR = 2100
_DEADLINES = pa.schema([("function", pa.string()), ("year", pa.int32()), ("due_on", pa.date32())])


def declared() -> Mapping[str, Source]:
    """Returns what the statements under ``transforms`` read as ``declared_…``."""
    return {
        "declared_indicator": _indicators,
        "declared_standing": _standings,
        "declared_form": _forms,
        "declared_function": _functions,
        "declared_rule": _rules,
        "declared_way": _ways,
        "declared_roster": _roster,
        "declared_deadline": _deadlines,
        "declared_derived": _derived,
        "declared_crosswalk": _crosswalk,
        "declared_rate_term": comparisons.rate_terms,
        "declared_channel": comparisons.channels,
        "declared_indicator_form": comparisons.indicator_forms,
        "declared_usual_form": comparisons.usual_forms,
        "declared_succession": _succession,
        "declared_renamed_id": _renamed_ids,
        "declared_cross_year": _cross_year,
        "declared_override": _overrides,
        "declared_correction": _corrections,
    }


def _indicators(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    return _catalogue()


@cache
def _catalogue() -> pa.Table:
    schema = tables()["dim_indicator"].arrow
    names = [name for name in schema.names if name != "indicator_no"]
    numbers = {one: number for number, one in enumerate(sorted(indicators()), 1)}
    rows = [
        {"indicator_no": numbers[indicator.indicator_id]}
        | {name: _plain(getattr(indicator, name)) for name in names}
        for indicator in indicators().values()
    ]
    return pa.Table.from_pylist(rows, schema)


def _standings(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = [
        {
            "standing": name,
            "rank": rank,
            "label_zh": one.zh,
            "label_en": one.en,
            **one.model_dump(exclude={"zh", "en"}),
        }
        for rank, (name, one) in enumerate(standings().items(), 1)
    ]
    return pa.Table.from_pylist(rows, tables()["dim_standing"].arrow)


def _derived(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = [
        {"total_id": total.indicator_id, "part_id": part}
        for total in derived_totals()
        for part in total.parts
    ]
    return pa.Table.from_pylist(rows, _DERIVED)


def _forms(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = [
        {
            **form.model_dump(include={"form", "title", "source", "counts_zh", "counts_en"}),
            "years": f"{form.years[0]}–{form.years[1] or ''}",
            "first_year": form.years[0],
            "last_year": form.years[1],
            "usual_from": usual_years()[form.form][0],
            "usual_until": usual_years()[form.form][1],
        }
        for form in forms()
    ]
    return pa.Table.from_pylist(rows, tables()["dim_form"].arrow)


def _functions(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Every declared function, and those that agencies join of several."""
    joined = connection.execute("SELECT DISTINCT function FROM dim_agency ORDER BY 1").fetchall()
    declared, named = functions(), function_names()
    slugs = dict.fromkeys([*named, *(slug for (slug,) in joined)])
    rows = [
        {
            "function": slug,
            "name_zh": function_name(slug, "zh"),
            "name_en": function_name(slug, "en"),
            "tasks": function_tasks(slug),
            "valid_from": declared[slug].valid_from if slug in declared else None,
            "valid_to": declared[slug].valid_to if slug in declared else None,
            "is_joined": slug not in named,
        }
        for slug in slugs
    ]
    schema = tables()["dim_function"].arrow.append(pa.field("is_joined", pa.bool_()))
    return pa.Table.from_pylist(rows, schema)


def _rules(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = [rule.model_dump(mode="json") for rule in rules().values()]
    return pa.Table.from_pylist(rows, tables()["dim_rule"].arrow)


def _ways(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    from pipeline.extract.ways import ways  # with all that reads texts: no night asks for it

    rows = [{"way_id": way.id, **way.model_dump(exclude={"id"})} for way in ways().values()]
    return pa.Table.from_pylist(rows, tables()["dim_way"].arrow)


def _roster(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = {
        (one.agency.agency_id, one.first_year): {
            **{name: getattr(one.agency, name) for name in _ON_ROSTER},
            "first_year": one.first_year,
            "last_year": one.last_year,
        }
        for one in expected(rosters())
    }
    return pa.Table.from_pylist(list(rows.values()), tables()["roster"].arrow)


def _deadlines(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The first deadline that fits each function and year."""
    rows = {
        (slug, year): {"function": slug, "year": year, "due_on": one.due_on(year)}
        for slug in [None, *deadlines().governments]
        for one in reversed(deadlines().deadlines)
        if deadlines().kind_of(slug or "") in one.of
        for year in range(one.first_year, (one.last_year or _LAST_YEAR) + 1)
    }
    return pa.Table.from_pylist(list(rows.values()), _DEADLINES)


def _crosswalk(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = [
        {
            "series_id": name,
            "label_zh": series.zh,
            "label_en": series.en,
            "unit": series.unit,
            "template": form,
            "indicator_id": indicator_id,
            "is_instead": indicator_id == part.instead,
            "members": 1 if indicator_id == part.instead else len(part.sum),
            "relation": part.relation,
            "note_zh": part.zh,
            "note_en": part.en,
        }
        for name, series in crosswalk().series.items()
        for form, part in series.forms.items()
        for indicator_id in part.ids
    ]
    return pa.Table.from_pylist(rows, tables()["crosswalk"].arrow)


def _renamed_ids(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    named = connection.execute("SELECT agency_id, name_zh FROM dim_agency").fetchall()
    pairs = [(row.former_id, row.agency_id) for row in renamed_ids()]
    pairs += [(former, one) for one, name in named if (former := former_id(one, name))]
    rows = [{"former_id": former, "agency_id": one} for former, one in pairs]
    return pa.Table.from_pylist(rows, _RENAMED_IDS)


def _succession(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    query = "SELECT * EXCLUDE (vintage) FROM dim_agency ORDER BY agency_id"
    agencies = [_agency(row) for row in records(connection, query, {})]
    agencies += [one.agency for one in expected(rosters()) if one.last_year is not None]
    rows = [
        {
            "agency_id": step.agency_id,
            "successor_id": step.successor.agency_id,
            "successor_name_zh": step.successor.name_zh,
            "year": step.year,
            "first_year": step.first_year,
            "relation": str(step.relation),
        }
        for step in successions(agencies)
    ]
    return pa.Table.from_pylist(rows, _SUCCESSION)


def _cross_year(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = [row for identity in identities() if identity.spans_years for row in _terms(identity)]
    return pa.Table.from_pylist(rows, _TERMS)


def _overrides(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = [
        {
            "rule_id": one.rule_id,
            "agency_id": one.agency,
            "year": one.year,
            "reason": f"{one.reason} ({one.decided_on})",
        }
        for one in overrides()
    ]
    return pa.Table.from_pylist(rows, _OVERRIDES)


def _corrections(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    return pa.Table.from_pylist([one.model_dump() for one in corrections()], _CORRECTIONS)


def _terms(identity: Identity) -> Iterator[dict[str, object]]:
    terms = [*((term, True) for term in identity.left), *((one, False) for one in identity.right)]
    for place, (term, is_left) in enumerate(terms):
        yield {
            "rule_id": identity.rule_id,
            "forms": list(identity.forms),
            "severity": identity.severity,
            "terms": len(terms),
            "place": place,
            "is_left": is_left,
            "indicator_id": term.indicator_id,
            "sign": term.sign,
            "years_back": int(term.previous),
            "statement_zh": identity.statement_zh,
            "statement_en": identity.statement_en,
        }


def _agency(row: Record) -> Agency:
    return Agency(**{**row, "level": Level(row["level"])})


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
