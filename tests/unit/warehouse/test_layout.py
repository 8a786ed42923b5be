"""A build begins from an empty file, and publishes what was declared, nothing else or less."""

import re
from pathlib import Path

import duckdb
import pytest
from stated_corpus import Corpus, report

from pipeline.warehouse.publishing import layout
from pipeline.warehouse.publishing.publication import Draft
from pipeline.warehouse.publishing.views import views
from pipeline.warehouse.schema import tables
from tests.some import some

pytestmark = pytest.mark.around

CATALOGUE = """
SELECT 'table' AS what, table_name AS name, NULL AS part, sql, comment
FROM duckdb_tables() WHERE NOT internal
UNION ALL SELECT 'view', view_name, NULL, sql, comment FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT 'column', table_name, column_name, data_type || is_nullable, comment
FROM duckdb_columns() WHERE NOT internal
UNION ALL SELECT 'constraint', table_name, constraint_name, constraint_text, NULL
FROM duckdb_constraints()
ORDER BY ALL
"""


def told(connection: duckdb.DuckDBPyConnection) -> list[tuple[str | None, ...]]:
    """The catalogue; DuckDB keeps what a view leaves out of * in no order."""
    return [
        tuple(
            text and re.sub(r"EXCLUDE \(([^)]*)\)", lambda m: str(sorted(m[1].split(", "))), text)
            for text in row
        )
        for row in connection.execute(CATALOGUE).fetchall()
    ]


def test_a_publication_declares_what_a_file_made_statement_by_statement_does(
    corpus: Corpus, tmp_path: Path
) -> None:
    corpus.add("a.txt", report({"disclosure.items": "17"}))
    corpus.build()
    alone = Draft(tmp_path)
    with alone.write() as connection:
        for table in tables().values():
            connection.execute(table.ddl)
        for view in views():
            connection.execute(view.ddl)
        for described in (*tables().values(), *views()):
            for comment in described.comments():
                connection.execute(comment)
    with alone.read() as connection:  # as it stands on the disk
        declared = told(connection)
    with corpus.asked() as connection:
        published = told(connection)
    assert published == declared
    described = [row for row in published if row[0] != "constraint"]
    assert len(described) > 600
    assert all(comment for *_, comment in described)


def test_what_is_declared_anew_is_not_taken_from_the_file_made_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout.write_empty(tmp_path / "before.duckdb")
    (coverage,) = (view for view in views() if view.name == "coverage")
    other = coverage.model_copy(update={"select": "SELECT 1 AS surprise", "columns": {}})
    monkeypatch.setattr(layout, "views", lambda: [other])
    layout.write_empty(tmp_path / "after.duckdb")
    with duckdb.connect(str(tmp_path / "after.duckdb")) as connection:
        assert connection.execute("FROM coverage").fetchall() == [(1,)]


def test_one_build_writes_nothing_into_what_the_next_begins_from(tmp_path: Path) -> None:
    layout.write_empty(tmp_path / "one.duckdb")
    with duckdb.connect(str(tmp_path / "one.duckdb")) as connection:
        connection.execute("INSERT INTO agency_alias VALUES ('a', 'b', 'report')")
    layout.write_empty(tmp_path / "other.duckdb")
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        for name in some(tables()):
            assert connection.execute(f"FROM {name}").fetchall() == []
