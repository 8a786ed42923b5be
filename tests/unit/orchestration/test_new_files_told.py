"""What makes the sensor of raw files ask for a run."""

import os
from pathlib import Path

import dagster as dg
import pytest

from pipeline.orchestration.automation import new_files_sensor
from pipeline.settings import Settings


@pytest.mark.parametrize("change", ["none", "written", "longer", "another"])
def test_a_file_written_anew_in_the_same_size_starts_a_run_too(tmp_path: Path, change: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    file = raw / "a.txt"
    file.write_text("一", "utf-8")
    sensor = new_files_sensor(Settings(raw=raw, warehouse=tmp_path / "warehouse"))
    with dg.DagsterInstance.ephemeral() as instance:
        first = sensor.evaluate_tick(dg.build_sensor_context(instance=instance))
        if change == "written":
            os.utime(file, (1e9, 1e9))
        elif change == "longer":
            file.write_text("一二", "utf-8")
        elif change == "another":
            (raw / "b.txt").write_text("二", "utf-8")
        later = dg.build_sensor_context(instance=instance, cursor=first.cursor)
        asked = sensor.evaluate_tick(later).run_requests or []
    assert len(asked) == (change != "none")
