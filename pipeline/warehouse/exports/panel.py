"""The panel: one row for each agency and year, one variable for each indicator.

A number that somebody contradicts stays, and its flag says so: each variable ``x`` has a
variable ``x_s`` beside it with the rank of its standing. A gap is a gap, never a zero.
"""

import hashlib
import re
from functools import cache

import duckdb
import pyarrow as pa

from pipeline.declared import Declaration, declared
from pipeline.warehouse.exports.choice import Choice, Selection, condition
from pipeline.warehouse.schema import ColumnSchema, TableSchema, export_tables
from pipeline.warehouse.standing_levels import standings
from pipeline.warehouse.statements import quoted

LONGEST = 32
FLAG = "_s"
"""What the name of a variable's standing ends in."""

_ROOM = LONGEST - len(FLAG)
_HASH = 4

NAME = "panel"

CODEBOOK = export_tables()["codebook"]
_PANEL = export_tables()[NAME]

_JOINED = "string_agg(DISTINCT {0}, ';' ORDER BY {0})"
_INDICATORS = """
SELECT i.indicator_id, i.label_zh, i.label_en, i.path_zh, i.unit, list_sort(i.templates),
    count(*)::INTEGER, count(*) FILTER (f.standing <> 'undisputed')::INTEGER
FROM dim_indicator AS i JOIN {facts} AS f USING (indicator_id)
WHERE {where}
GROUP BY ALL
ORDER BY i.indicator_id
"""


def selections(connection: duckdb.DuckDBPyConnection, choice: Choice) -> list[Selection]:
    """Makes the panel and its codebook as tables of this connection and returns both.

    Without a choice of indicators it holds those of ``facts_main``: the year's numbers, not
    distinguished by applicant.
    """
    facts = "facts" if choice.indicators else "facts_main"
    where = condition(("agency_id", "province", "year", "indicator_id"), choice)
    listed = connection.execute(
        _INDICATORS.format(facts=facts, where=where.replace("indicator_id", "f.indicator_id"))
    ).fetchall()
    ranks = ", ".join(f"{number} {name}" for number, name in enumerate(standings(), 1))
    variables: list[ColumnSchema] = []
    held: list[str] = []
    for indicator_id, zh, en, _path, unit, *_ in listed:
        name, this = variable_name(indicator_id), f"held[{quoted(indicator_id)}]"
        variables += [
            ColumnSchema(
                name=name,
                type="DECIMAL(20,6)",
                optional=True,
                zh=f"{zh}（{unit}）",
                en=f"{en} [{indicator_id}]",
            ),
            ColumnSchema(
                name=name + FLAG,
                type="INTEGER",
                optional=True,
                zh=f"可靠程度：{zh}",
                en=f"Standing of {name}: {ranks}",
            ),
        ]
        held += [f'{this}.value AS "{name}"', f'{this}.rank AS "{name}{FLAG}"']
    table = _PANEL.having((*_PANEL.columns, *variables))
    _make_panel(connection, facts, where, held)
    _make_codebook(connection, table, listed)
    return [Selection(table), Selection(CODEBOOK)]


def _make_panel(
    connection: duckdb.DuckDBPyConnection, facts: str, where: str, variables: list[str]
) -> None:
    known = {
        "template": _JOINED.format("template"),
        "scope": _JOINED.format("scope"),
        "report_id": _JOINED.format("report_id"),
        "facts": "count(*)::INTEGER",
        "not_undisputed": "count(*) FILTER (standing <> 'undisputed')::INTEGER",
        "other_units": "string_agg(indicator_id || ' ' || unit, ';' ORDER BY indicator_id) "
        "FILTER (unit <> usual_unit)",
    }
    given = [f"{known.get(one.name, one.name)} AS {one.name}" for one in _PANEL.columns]
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {NAME} AS
        WITH chosen AS (
            SELECT f.*, f.function AS agency_function, s.rank, i.unit AS usual_unit
            FROM (FROM {facts} WHERE {where}) AS f
            LEFT JOIN dim_standing AS s USING (standing)
            JOIN dim_indicator AS i USING (indicator_id)
        ), agency_year AS (
            -- An aggregate for each variable would cost fifteen times as much.
            SELECT {", ".join(given)},
                map(list(indicator_id), list({{'value': value, 'rank': rank}})) AS held
            FROM chosen GROUP BY ALL
        )
        SELECT {", ".join(["* EXCLUDE (held)", *variables])} FROM agency_year
        """
    )


def _make_codebook(
    connection: duckdb.DuckDBPyConnection, panel: TableSchema, listed: list[tuple[object, ...]]
) -> None:
    size = connection.execute(f"SELECT count(*) FROM {NAME}").fetchall()[0][0]
    of_variable = {variable_name(str(row[0])): row for row in listed}
    lines = []
    for column in panel.columns:
        row = of_variable.get(column.name.removesuffix(FLAG))
        about: list[object] = [None, column.zh, column.en, None, None, None, size, None]
        if row:
            indicator_id, zh, en, path, unit, forms, rows, doubted = row
            is_flag = column.name.endswith(FLAG)
            labels = (column.zh, column.en) if is_flag else (zh, en)
            joined = ";".join(forms) if isinstance(forms, list) else None
            about = [indicator_id, *labels, path, None if is_flag else unit, joined, rows, doubted]
        lines.append([column.name, *about])
    written = pa.Table.from_pylist(
        [dict(zip(CODEBOOK.arrow.names, line, strict=True)) for line in lines], CODEBOOK.arrow
    )
    connection.execute(CODEBOOK.ddl.replace("CREATE TABLE", "CREATE OR REPLACE TEMP TABLE"))
    connection.register("written", written)
    connection.execute(f"INSERT INTO {CODEBOOK.name} FROM written")
    connection.unregister("written")


class _Abbreviations(Declaration):
    words: dict[str, str]


def variable_name(indicator_id: str) -> str:
    """Returns the name of an indicator's variable; it depends on the id alone.

    A name that stays too long is cut and ends in digits of the id's hash.
    """
    words = _abbreviations().words
    parts = (
        words.get(part) or "_".join(words.get(word, word) for word in part.split("_"))
        for part in re.split(r"[.:]", indicator_id)
    )
    name = "_".join(parts)
    if len(name) <= _ROOM:
        return name
    digits = hashlib.sha256(indicator_id.encode()).hexdigest()[:_HASH]
    return f"{name[: _ROOM - _HASH - 1]}_{digits}"


@cache
def _abbreviations() -> _Abbreviations:
    return declared("pipeline.warehouse.exports", "variable_names", _Abbreviations)
