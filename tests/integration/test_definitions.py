"""What Dagster loads, and the job it runs."""

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pyarrow as pa
import pytest
from building import reading_here
from dagster._core.definitions.freshness_evaluator import FRESHNESS_EVALUATORS_BY_POLICY_TYPE
from dagster._core.loader import LoadingContextForTest
from dagster._core.test_utils import freeze_time

from pipeline.definitions import build_definitions
from pipeline.orchestration.history import History
from pipeline.orchestration.maintenance import maintenance, prune
from pipeline.settings import ROOT, Settings
from pipeline.warehouse.disk import BuildError
from pipeline.warehouse.publishing.overlay import NOTHING_DECIDED
from pipeline.warehouse.publishing.publication import WRITTEN_LAST
from pipeline.warehouse.publishing.seeds import declared
from pipeline.warehouse.publishing.steps import Source, steps
from pipeline.warehouse.publishing.views import views
from pipeline.warehouse.runs.record import RunLog
from pipeline.warehouse.schema import tables
from pipeline.warehouse.store.parse_store import PARSED
from tests.some import some

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(raw=ROOT / "data" / "raw", warehouse=tmp_path / "warehouse", jobs=2)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dg.ExecuteInProcessResult]:
    """The warehouse of a first run and what the run told; nobody changes them."""
    warehouse = tmp_path_factory.mktemp("first") / "warehouse"
    settings = Settings(raw=ROOT / "data" / "raw", warehouse=warehouse, jobs=2)
    with reading_here():
        done = build_definitions(settings).resolve_job_def("ingest").execute_in_process(QUIET)
    assert done.success
    return warehouse, done


@pytest.fixture
def published(settings: Settings, first: tuple[Path, object]) -> Settings:
    """A copy of that warehouse."""
    shutil.copytree(first[0], settings.warehouse, symlinks=True)
    return settings


def opened(home: Path) -> dg.DagsterInstance:
    """An instance that keeps runs as ``dagster.yaml`` says."""
    kept = {"module": History.__module__, "class": "History", "config": {"base_dir": str(home)}}
    return dg.DagsterInstance.local_temp(str(home), {"storage": {"custom": kept}})


def test_every_table_and_view_is_an_asset_with_described_columns(settings: Settings) -> None:
    graph = build_definitions(settings).resolve_asset_graph()
    for name in some((*tables(), *(view.name for view in views()))):
        columns = graph.get(dg.AssetKey(name)).metadata["dagster/column_schema"].columns
        assert columns
        assert all(column.description for column in columns)


def test_a_table_and_a_view_come_from_what_their_sql_reads(settings: Settings) -> None:
    graph = build_definitions(settings).resolve_asset_graph()

    def parents(name: str) -> set[str]:
        return {key.to_user_string() for key in graph.get(dg.AssetKey(name)).parent_keys}

    assert parents("series") >= {"crosswalk", "fact_indicator"}
    assert not parents("series") & {"observation", "quarantine", "parsed_documents"}
    assert parents("contradictions") >= {"check_result", "dim_report"}
    assert "observation" not in parents("contradictions")
    assert parents("facts_main") == {"facts"}
    assert parents("observation") == {"parsed_documents", "raw_files"}
    assert "fact_indicator" in parents("check_result")
    assert "observation" not in parents("fact_history")
    assert parents("dim_indicator") == set()


def test_every_statement_reads_only_what_those_before_it_give() -> None:
    given = {"inventory", *(f"store_{name}" for name in PARSED)}
    given |= NOTHING_DECIDED.declared(declared()).keys()
    for step in some(steps()):
        assert step.reads <= given, step.name
        given.add(step.name)
    given.update(view.name for view in views())
    assert all(view.reads <= given for view in some(views()))


def chosen(settings: Settings, *names: str) -> dg.ExecuteInProcessResult:
    job = build_definitions(settings).resolve_implicit_global_asset_job_def()
    return job.execute_in_process(QUIET, asset_selection=[dg.AssetKey(name) for name in names])


def test_a_view_or_a_table_can_be_materialised_alone_and_readers_see_nothing_of_it(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = published
    before = settings.database.resolve()

    from pipeline.warehouse import build

    monkeypatch.setattr(build, "fingerprint", lambda *_: "another")
    for name in ("series", "quarantine", "fact_indicator"):
        (one,) = chosen(settings, name).get_asset_materialization_events()
        assert one.asset_key == dg.AssetKey(name)
        told = one.step_materialization_data.materialization.metadata
        assert "preview" in told
    assert settings.database.resolve() == before
    with pytest.raises(BuildError, match="not published alone"):
        chosen(settings, "facts", "publication", *WRITTEN_LAST)
    assert settings.database.resolve() == before


def test_what_readers_see_is_told_apart_from_what_was_built(
    settings: Settings, first: tuple[Path, dg.ExecuteInProcessResult]
) -> None:
    _, done = first
    graph = build_definitions(settings).resolve_asset_graph()
    assert graph.get(dg.AssetKey("facts")).group_name == "built"
    assert graph.get(dg.AssetKey("publication")).group_name == "published"
    (published,) = [
        one.step_materialization_data.materialization.metadata
        for one in done.get_asset_materialization_events()
        if one.asset_key == dg.AssetKey("publication")
    ]
    assert isinstance(published["facts"], dg.IntMetadataValue)
    rows = {row.data["relation"]: row.data["rows"] for row in published["what readers see"].records}
    assert rows["fact_indicator"] == published["facts"].value
    assert rows["ingest_run"] == 1


def test_failing_rows_are_tables_and_their_number_can_be_plotted(
    first: tuple[Path, dg.ExecuteInProcessResult],
) -> None:
    _, done = first
    told = {one.check_name: one.metadata for one in done.get_asset_check_evaluations()}
    broken = told["identities_hold"]
    assert isinstance(broken["failing"], dg.IntMetadataValue)
    records = broken["failures"].records
    assert len(records) == broken["failing"].value > 0
    assert set(records[0].data) == {"name_zh", "year", "rule_id", "message_zh"}


def test_nobody_is_asked_for_an_address(tmp_path: Path) -> None:
    shutil.copy(ROOT / "dagster.yaml", tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(tmp_path))
        with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
            assert not instance.nux_enabled
            assert not instance.telemetry_enabled


def test_listed_sources_are_fetched_before_the_look_at_raw_files(
    published: Settings, tmp_path: Path
) -> None:
    """A source that is not there: the run goes on and its summary says so."""
    raw = tmp_path / "raw"
    shutil.copytree(published.raw, raw)
    shutil.rmtree(next(raw.glob("001*")))
    listed = tmp_path / "sources.yml"
    listed.write_text(
        "manners: {tries: 1, pause: 0}\n"
        "sources: [{name: away, address: 'http://127.0.0.1:9/a.html'}]\n",
        "utf-8",
    )
    settings = replace(published, raw=raw, sources=listed)
    definitions = build_definitions(settings)
    assert definitions.resolve_job_def("ingest").execute_in_process(QUIET).success
    record = RunLog(settings).last()
    assert record and record.is_published
    assert [notice.split()[:3] for notice in record.notices] == [["source", "away", "gave"]]
    assert record.silent_sources == {"away": 1}
    assert definitions.resolve_job_def("ingest").execute_in_process(QUIET).success
    again = RunLog(settings).last()
    assert again and again.silent_sources == {"away": 2}
    fetched = dg.AssetKey("fetched_files")
    jobs = {name: definitions.resolve_job_def(name) for name in ("ingest", "ingest_new_files")}
    selected = {name: job.asset_layer.selected_asset_keys for name, job in jobs.items()}
    assert selected["ingest"] - selected["ingest_new_files"] == {fetched}
    checks = [set(job.asset_layer.asset_graph.asset_check_keys) for job in jobs.values()]
    assert checks[0] == checks[1]


def test_what_a_fetch_puts_down_starts_no_further_fetch(settings: Settings) -> None:
    sensor = build_definitions(settings).get_repository_def().get_sensor_def("new_raw_files")
    assert sensor.job_name == "ingest_new_files"


@pytest.mark.parametrize(("hours", "state"), [(35, "PASS"), (37, "FAIL")])
def test_36_hours_without_a_publication_are_told(
    settings: Settings, hours: int, state: str
) -> None:
    graph = build_definitions(settings).resolve_asset_graph()
    node = graph.get(dg.AssetKey("publication"))
    with dg.DagsterInstance.ephemeral() as instance:
        with freeze_time(datetime.now(UTC) - timedelta(hours=hours)):
            instance.report_runless_asset_event(dg.AssetMaterialization("publication"))
        evaluator = FRESHNESS_EVALUATORS_BY_POLICY_TYPE[type(node.freshness_policy)]()
        told = asyncio.run(evaluator.evaluate_freshness(LoadingContextForTest(instance), node))
    assert told.name == state


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
        came = sensor.evaluate_tick(again)
        assert len(came.run_requests or []) == 1
        # Dagster honours a key once for ever: back to the first listing asked for nothing.
        (raw / "b.txt").unlink()
        gone = dg.build_sensor_context(instance=instance, cursor=came.cursor)
        (back,) = sensor.evaluate_tick(gone).run_requests or []
        assert back.run_key not in {one.run_key for one in first.run_requests or []}


def test_the_job_runs_its_checks_and_old_runs_can_be_pruned(
    published: Settings, tmp_path: Path
) -> None:
    home = tmp_path / "dagster"
    home.mkdir()
    job = build_definitions(published).resolve_job_def("ingest")
    with opened(home) as instance:
        for _ in range(2):
            maintenance.execute_in_process(QUIET, instance=instance)
        result = job.execute_in_process(QUIET, instance)
        evaluations = {one.check_name: one.passed for one in result.get_asset_check_evaluations()}
        assert evaluations["keys_are_unique"]
        assert evaluations["references_are_met"]
        assert evaluations["schema_is_declared"]
        assert not evaluations["identities_hold"]
        newest = result.run_id
        assert prune(instance, _far_future(), keep=1, most=100) == 2
        assert [run.run_id for run in instance.get_runs()] == [newest]
        assert {path.stem for path in (home / "history" / "runs").glob("*.db")} <= {newest, "index"}


def test_a_broken_key_holds_the_publication_back(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = published
    before = settings.database.resolve()

    from pipeline.warehouse import build
    from pipeline.warehouse.publishing import seeds

    once = seeds.declared()
    twice = {**once, "declared_indicator": _doubled(once["declared_indicator"])}
    monkeypatch.setattr(seeds, "declared", lambda: twice)
    monkeypatch.setattr(build, "fingerprint", lambda *_: "another")
    anew = build_definitions(replace(settings, whole=True)).resolve_job_def("ingest")
    with pytest.raises(dg.DagsterError, match="keys_are_unique"):
        anew.execute_in_process(QUIET)
    assert settings.database.resolve() == before


def _doubled(source: Source) -> Source:
    def doubled(connection: duckdb.DuckDBPyConnection) -> pa.Table:
        rows = source(connection)
        return pa.concat_tables([rows, rows.slice(0, 1)])

    return doubled


def _far_future() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)
