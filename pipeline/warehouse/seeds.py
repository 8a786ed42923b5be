"""Rows that come with the code: indicators, crosswalk, succession, rules, decisions."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from pipeline.agencies.agency import Agency, Level
from pipeline.agencies.succession import successions
from pipeline.forms.catalogue import indicators
from pipeline.forms.crosswalk import crosswalk
from pipeline.forms.identities import Identity, Term, derived_totals, identities
from pipeline.warehouse import comparisons
from pipeline.warehouse.corrections import corrections
from pipeline.warehouse.overrides import overrides
from pipeline.warehouse.schema import tables
from pipeline.warehouse.standing import standings

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

Source = Callable[[duckdb.DuckDBPyConnection], pa.Table]
"""Gives the rows of a relation from the tables built before it."""


def declared() -> Mapping[str, Source]:
    """Returns what the statements under ``transforms`` read as ``declared_…``."""
    return {
        "declared_indicator": _indicators,
        "declared_standing": _standings,
        "declared_derived": _derived,
        "declared_crosswalk": _crosswalk,
        "declared_rate_term": comparisons.rate_terms,
        "declared_channel": comparisons.channels,
        "declared_indicator_form": comparisons.indicator_forms,
        "declared_usual_form": comparisons.usual_forms,
        "declared_succession": _succession,
        "declared_cross_year": _cross_year,
        "declared_override": _overrides,
        "declared_correction": _corrections,
    }


def _indicators(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    schema = tables()["dim_indicator"].arrow
    rows = [
        {name: _plain(getattr(indicator, name)) for name in schema.names}
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


def _crosswalk(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    rows = [
        {
            "series_id": name,
            "label_zh": series.zh,
            "label_en": series.en,
            "unit": series.unit,
            "template": form,
            "indicator_id": indicator_id,
            "members": len(part.sum),
            "relation": part.relation,
            "note_zh": part.zh,
            "note_en": part.en,
        }
        for name, series in crosswalk().series.items()
        for form, part in series.forms.items()
        for indicator_id in part.sum
    ]
    return pa.Table.from_pylist(rows, tables()["crosswalk"].arrow)


def _succession(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    result = connection.execute("FROM dim_agency ORDER BY agency_id")
    names = [column[0] for column in result.description or []]
    agencies = [_agency(dict(zip(names, row, strict=True))) for row in result.fetchall()]
    rows = [
        {
            "agency_id": step.agency_id,
            "successor_id": step.successor.agency_id,
            "successor_name_zh": step.successor.name_zh,
            "year": step.year,
            "relation": str(step.relation),
        }
        for step in successions(agencies)
    ]
    return pa.Table.from_pylist(rows, tables()["agency_succession"].arrow)


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
            "statement_zh": _statement(identity, "zh"),
            "statement_en": _statement(identity, "en"),
        }


def _statement(identity: Identity, language: str) -> str:
    return f"{_side(identity.left, language)} = {_side(identity.right, language)}"


def _side(terms: Sequence[Term], language: str) -> str:
    text = ""
    for term in terms:
        indicator = indicators()[term.indicator_id]
        name = indicator.label_zh if language == "zh" else indicator.label_en
        earlier = {"zh": "（上年）", "en": " (year before)"}[language] if term.previous else ""
        joint = " - " if term.sign < 0 else " + " if text else ""
        text += f"{joint}{name}{earlier}"
    return text


def _agency(row: dict[str, object]) -> Agency:
    return Agency(**{**row, "level": Level(str(row["level"]))})  # type: ignore[arg-type]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
