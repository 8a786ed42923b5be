"""Left alone: the daemon runs what is due and publishes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.settings import ROOT

DAEMON = Path(sys.executable).with_name("dagster-daemon")
EVERY_MINUTE = """
import dagster as dg
from pipeline.orchestration.automation import ingest
from pipeline.definitions import build_definitions
from pipeline.settings import Settings



def hurried(ours: dg.Definitions) -> dg.Definitions:
    return dg.Definitions(
        assets=ours.assets,
        asset_checks=ours.asset_checks,
        resources=ours.resources,
        executor=ours.executor,
        schedules=[
            dg.ScheduleDefinition(
                name="soon", job=ingest, cron_schedule="* * * * *",
                execution_timezone="Asia/Shanghai",
                default_status=dg.DefaultScheduleStatus.RUNNING,
            )
        ],
    )


defs = hurried(build_definitions(Settings.from_environment()))
"""


def publishes(folder: Path, *what: str, seconds: int) -> bool:
    """Runs the daemon until something is published, then ends it and its children.

    The seconds only bound a run that hangs: they are many, for machines that are busy.
    """
    warehouse = folder / "warehouse"
    home = warehouse / ".dagster"
    home.mkdir(parents=True)
    shutil.copy(ROOT / "dagster.yaml", home)
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(home),
        "GONGKAI_RAW": str(ROOT / "data" / "raw"),
        "GONGKAI_WAREHOUSE": str(warehouse),
    }
    with (folder / "daemon.log").open("w") as log:
        daemon = subprocess.Popen(
            [str(DAEMON), "run", *what],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if list((warehouse / "runs").glob("*.json")):
                return (warehouse / "gongkai.duckdb").exists()
            time.sleep(0.5)
        return False
    finally:
        os.killpg(daemon.pid, signal.SIGTERM)
        try:
            daemon.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(daemon.pid, signal.SIGKILL)
            daemon.wait()


def test_new_files_are_taken_in_without_anybody(tmp_path: Path) -> None:
    assert publishes(tmp_path, "-m", "pipeline.definitions", seconds=300)


@pytest.mark.skipif(
    "GONGKAI_SLOW" not in os.environ, reason="waits for the next full minute; set GONGKAI_SLOW=1"
)
def test_a_schedule_that_is_due_runs(tmp_path: Path) -> None:
    (tmp_path / "soon.py").write_text(EVERY_MINUTE, "utf-8")
    assert publishes(tmp_path, "-f", str(tmp_path / "soon.py"), seconds=360)
