"""One DuckDB answers all questions about files, and keeps nothing of any of them."""

import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.warehouse.scratch import scratch


def test_a_file_rewritten_in_the_same_tick_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "inventory.parquet"
    for number in range(5):
        pq.write_table(pa.table({"n": [number]}), file)
        os.utime(file, ns=(1_700_000_000_000_000_000,) * 2)
        with scratch(tmp_path) as connection:
            assert connection.execute(f"FROM '{file}'").fetchall() == [(number,)]


def test_nothing_of_one_question_is_met_by_another(tmp_path: Path) -> None:
    with scratch(tmp_path) as connection:
        connection.execute("CREATE TEMP TABLE known AS SELECT 1")
        with scratch(tmp_path) as other, pytest.raises(duckdb.CatalogException):
            other.execute("FROM known")
    with scratch(tmp_path) as connection:
        connection.execute("CREATE TEMP TABLE known AS SELECT 2 AS n")
        assert connection.execute("FROM known").fetchall() == [(2,)]
