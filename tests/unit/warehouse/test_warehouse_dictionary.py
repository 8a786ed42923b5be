"""The dictionary in docs says what is declared."""

import duckdb
import pytest

from pipeline.warehouse.publishing.views import views
from pipeline.warehouse.queries.dictionary import FILES, markdown
from pipeline.warehouse.schema import tables
from tests.some import some


@pytest.mark.parametrize("language", FILES)
def test_the_dictionary_is_not_behind_the_declarations(language: str) -> None:
    assert FILES[language].read_text("utf-8") == markdown(language), (
        "run python -m pipeline.warehouse.queries.dictionary"
    )


@pytest.mark.parametrize("language", FILES)
def test_every_column_is_in_it(language: str) -> None:
    text = markdown(language)
    for table in some(tables().values()):
        section = text.split(f"### {table.name}\n")[1].split("\n### ")[0]
        assert all(f"| `{column.name}` |" in section for column in some(table.columns))
    for view in some(views()):
        section = text.split(f"### {view.name}\n")[1].split("\n### ")[0]
        assert all(f"| `{name}` |" in section for name in some(view.columns))


def test_the_example_of_a_view_is_one_statement_and_nothing_of_the_view() -> None:
    for view in some(views()):
        (statement,) = duckdb.extract_statements(view.example)
        assert statement.type is duckdb.StatementType.SELECT
        assert f"FROM {view.name}" in view.example
