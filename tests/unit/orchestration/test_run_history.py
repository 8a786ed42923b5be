"""Runs and events are kept in Dagster's own files, which its own storage reads as well."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest

from pipeline.orchestration import history
from pipeline.settings import DAGSTER

pytestmark = pytest.mark.around

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
OWN = "storage: {sqlite: {base_dir: {env: DAGSTER_HOME}}}\ntelemetry: {enabled: false}\n"


@dg.multi_asset(specs=[dg.AssetSpec(f"table_{number}") for number in range(12)])
def made() -> Iterator[dg.MaterializeResult[None]]:
    for number in range(12):
        yield dg.MaterializeResult(f"table_{number}", metadata={"dagster/row_count": number})


@dg.asset_check(asset="table_0", blocking=True)
def holds() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


@contextmanager
def opened(
    home: Path, monkeypatch: pytest.MonkeyPatch, text: str = ""
) -> Iterator[dg.DagsterInstance]:
    home.mkdir(exist_ok=True)
    (home / "dagster.yaml").write_text(text or DAGSTER.read_text("utf-8"), "utf-8")
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    with dg.DagsterInstance.from_config(str(home)) as instance:
        yield instance


def run(instance: dg.DagsterInstance) -> str:
    definitions = dg.Definitions([made], asset_checks=[holds], executor=dg.in_process_executor)
    job = definitions.resolve_implicit_global_asset_job_def()
    return job.execute_in_process(QUIET, instance).run_id


def told(instance: dg.DagsterInstance) -> list[tuple[str, list[str], list[object]]]:
    """Of each run: its state, its events in order, and what they say of rows and checks."""
    found = []
    for one in instance.get_runs():
        events = [log.dagster_event for log in instance.all_logs(one.run_id) if log.dagster_event]
        said = [
            getattr(event.event_specific_data, "passed", None)
            if event.event_type_value == "ASSET_CHECK_EVALUATION"
            else event.materialization.metadata["dagster/row_count"].value
            for event in events
            if event.event_type_value in ("ASSET_CHECK_EVALUATION", "ASSET_MATERIALIZATION")
        ]
        found.append((one.status.value, [event.event_type_value for event in events], said))
    return found


def test_dagster_s_own_storage_reads_what_was_kept_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "home", monkeypatch) as instance:
        assert isinstance(instance.event_log_storage, history.Events)
        run(instance)
        kept = told(instance)
    with opened(tmp_path / "home", monkeypatch, OWN) as instance:
        assert type(instance.event_log_storage) is not history.Events
        assert told(instance) == kept
        run(instance)
        both = told(instance)
    with opened(tmp_path / "home", monkeypatch) as instance:
        assert told(instance) == both
        run(instance)
        assert told(instance) == kept * 3
        assert [status for status, *_ in kept] == ["SUCCESS"]
        assert kept[0][2] == [*range(12), True]


def test_the_same_is_kept_as_by_dagster_s_own_storage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for name, text in (("ours", ""), ("own", OWN)):
        with opened(tmp_path / name, monkeypatch, text) as instance:
            run(instance)
            found.append(told(instance))
        with sqlite3.connect(tmp_path / name / "history" / "runs" / "index.db") as connection:
            tables = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
            found[-1].append(tables)
            for table in ("alembic_version", "asset_keys", "asset_check_executions"):
                (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
                found[-1].append((table, count))
    assert found[0] == found[1]


def test_a_file_is_opened_once_however_many_events_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_anew: list[str] = []
    whole = history.create_engine
    monkeypatch.setattr(
        history, "create_engine", lambda at, **how: made_anew.append(at) or whole(at, **how)
    )
    with opened(tmp_path / "home", monkeypatch) as instance:
        before = len(made_anew)
        run_id = run(instance)
        assert len(instance.all_logs(run_id)) > 40
        assert len(made_anew) - before <= 1  # the file of the run itself
        monkeypatch.setattr(history, "_FILES_OPEN", 2)
        run(instance)
        assert len(instance.event_log_storage._engines._engines) == 2


def test_a_file_that_another_process_is_making_is_waited_for(tmp_path: Path) -> None:
    """The web page looks at a run that has only begun."""
    first, second = history.Events(str(tmp_path)), history.Events(str(tmp_path))
    address = first.conn_string_for_shard("run")
    history._make(first._engines.of(address))
    second._initdb(second._engines.of(address))
    with second.run_connection("run") as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM event_logs").scalar() == 0
    first.dispose()
    second.dispose()
