"""What Dagster loads, and the job it runs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pyarrow as pa
import pytest

from pipeline.assets.maintenance import prune
from pipeline.definitions import build_definitions
from pipeline.settings import ROOT, Settings
from pipeline.warehouse.declared import Source
from pipeline.warehouse.schema import tables
from pipeline.warehouse.views import views

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(raw=ROOT / "data" / "raw", warehouse=tmp_path / "warehouse", jobs=2)


def test_every_table_and_view_is_an_asset_with_described_columns(settings: Settings) -> None:
    graph = build_definitions(settings).resolve_asset_graph()
    for name in (*tables(), *(view.name for view in views())):
        columns = graph.get(dg.AssetKey(name)).metadata["dagster/column_schema"].columns
        assert columns
        assert all(column.description for column in columns)


def test_the_night_is_on_by_default_in_the_time_zone_of_the_data(settings: Settings) -> None:
    repository = build_definitions(settings).get_repository_def()
    nightly = repository.get_schedule_def("nightly")
    assert nightly.cron_schedule == "30 2 * * *"
    assert nightly.execution_timezone == "Asia/Shanghai"
    assert nightly.default_status == dg.DefaultScheduleStatus.RUNNING
    sensor = repository.get_sensor_def("new_raw_files")
    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING


def test_the_sensor_asks_once_for_what_came(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("一", "utf-8")
    settings = Settings(raw=raw, warehouse=tmp_path / "warehouse")
    sensor = build_definitions(settings).get_repository_def().get_sensor_def("new_raw_files")
    with dg.DagsterInstance.ephemeral() as instance:
        first = sensor.evaluate_tick(dg.build_sensor_context(instance=instance))
        again = dg.build_sensor_context(instance=instance, cursor=first.cursor)
        assert len(first.run_requests or []) == 1
        assert not sensor.evaluate_tick(again).run_requests
        (raw / "b.txt").write_text("二", "utf-8")
        assert len(sensor.evaluate_tick(again).run_requests or []) == 1


def test_the_job_runs_its_checks_and_old_runs_can_be_pruned(
    settings: Settings, tmp_path: Path
) -> None:
    home = tmp_path / "dagster"
    home.mkdir()
    job = build_definitions(settings).resolve_job_def("ingest")
    with dg.DagsterInstance.local_temp(str(home)) as instance:
        for _ in range(3):
            result = job.execute_in_process(QUIET, instance)
        evaluations = {one.check_name: one.passed for one in result.get_asset_check_evaluations()}
        assert evaluations["keys_are_unique"]
        assert evaluations["references_are_met"]
        assert evaluations["schema_is_declared"]
        assert not evaluations["identities_hold"]
        newest = result.run_id
        assert prune(instance, _far_future(), keep=1) == 2
        assert [run.run_id for run in instance.get_runs()] == [newest]
        assert {path.stem for path in (home / "history" / "runs").glob("*.db")} <= {newest, "index"}


def test_a_broken_key_holds_the_publication_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    definitions = build_definitions(settings)
    job = definitions.resolve_job_def("ingest")
    assert job.execute_in_process(QUIET).success
    before = settings.database.resolve()

    from pipeline.warehouse import build

    once = build.declared()
    twice = {**once, "declared_indicator": _doubled(once["declared_indicator"])}
    monkeypatch.setattr(build, "declared", lambda: twice)
    monkeypatch.setattr(build, "fingerprint", lambda *_: "another")
    with pytest.raises(dg.DagsterError, match="keys_are_unique"):
        job.execute_in_process(QUIET)
    assert settings.database.resolve() == before


def _doubled(source: Source) -> Source:
    def doubled(connection: duckdb.DuckDBPyConnection) -> pa.Table:
        rows = source(connection)
        return pa.concat_tables([rows, rows.slice(0, 1)])

    return doubled


def _far_future() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)
