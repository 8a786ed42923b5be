"""Old runs go, the newest stay, and no number of them fills the disk."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipeline.orchestration.history import History
from pipeline.orchestration.maintenance import prune

LONG_AGO = datetime.now(UTC) - timedelta(days=1000)
TO_COME = datetime.now(UTC) + timedelta(days=1000)


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    """Six runs that ended, behind one that goes on, each with its files."""
    kept = {"module": History.__module__, "class": "History", "config": {"base_dir": str(tmp_path)}}
    with dg.DagsterInstance.local_temp(str(tmp_path), {"storage": {"custom": kept}}) as instance:
        instance.add_run(dg.DagsterRun("ingest", "long", status=dg.DagsterRunStatus.STARTED))
        for number in "012345":
            status = dg.DagsterRunStatus.SUCCESS
            instance.add_run(dg.DagsterRun("ingest", f"run-{number}", status=status))
            (tmp_path / "storage" / f"run-{number}" / "compute_logs").mkdir(parents=True)
            (tmp_path / "history" / "runs" / f"run-{number}.db").touch()
        yield instance


def left(instance: dg.DagsterInstance) -> str:
    """The numbers of the runs that ended and are there with their files, in order."""
    root = Path(instance.root_directory)
    kept = {run.run_id for run in instance.get_runs()}
    assert {path.name for path in (root / "storage").glob("run-*")} == kept - {"long"}
    assert {path.stem for path in (root / "history" / "runs").glob("run-*.db")} == kept - {"long"}
    assert "long" in kept
    return "".join(sorted(one[-1] for one in kept - {"long"}))


def test_the_oldest_of_too_many_runs_go_and_no_others(instance: dg.DagsterInstance) -> None:
    assert prune(instance, LONG_AGO, keep=2, most=6) == 0
    assert left(instance) == "012345"
    assert prune(instance, LONG_AGO, keep=2, most=4) == 2
    assert left(instance) == "2345"
    assert prune(instance, TO_COME, keep=2, most=100) == 2
    assert left(instance) == "45"
