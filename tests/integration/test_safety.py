"""Power cuts, full disks, forbidden folders: the published warehouse stays whole."""

import json
import os
import random
import re
import shutil
import subprocess
import time
from pathlib import Path

import duckdb
import pytest
from building import begun, build
from power import cut, disk, is_possible, settle
from samples import GONGKAI, Samples

from pipeline.commands.job import causes
from pipeline.settings import Settings

ROUNDS = int(os.environ.get("GONGKAI_KILLS", "2"))
"""Set GONGKAI_KILLS=100 for the long form."""
CUTS = int(os.environ.get("GONGKAI_CUTS", "2"))
"""Set GONGKAI_CUTS=200 for the long form."""
PAIRS = int(os.environ.get("GONGKAI_PAIRS", "1"))
"""Set GONGKAI_PAIRS=50 for the long form."""
PATIENCE = 600
"""Seconds: on a machine that is busy with other work, starting alone has taken 45."""


def command(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    return started(folder, str(GONGKAI), *arguments)


def started(folder: Path, *command: str) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "GONGKAI_RAW": str(folder / "raw"),
        "GONGKAI_WAREHOUSE": str(folder / "warehouse"),
    }
    return subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def change(folder: Path, items: int) -> None:
    """Lets one of the reports print another number, on the disk and not only in memory."""
    sample = next((folder / "raw").glob("002*/*.txt"))
    text = re.sub(r"(?<=计1条）\t条\t)\d+", str(items), sample.read_text("utf-8"))
    with sample.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def seconds_of_a_build(folder: Path) -> float:
    for number in (98, 99):  # the first one waits until the program is loaded
        change(folder, number)
        started = time.monotonic()
        assert built_apart(settings_of(folder))
    return time.monotonic() - started


def built_apart(settings: Settings) -> bool:
    process = begun(settings)
    process.join(PATIENCE)
    return process.exitcode == 0


def kill_within(settings: Settings, seconds: float) -> None:
    process = begun(settings)
    process.join(seconds)
    process.kill()
    process.join(PATIENCE)


def settings_of(folder: Path) -> Settings:
    return Settings(raw=folder / "raw", warehouse=folder / "warehouse", jobs=2)


def ended(process: "subprocess.Popen[str]", code: int = 0) -> str:
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == code, err
    return out + err


def facts(folder: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / "warehouse" / "gongkai.duckdb"), read_only=True) as reader:
        return reader.execute(
            "SELECT agency_id, year, indicator_id, value FROM fact_indicator ORDER BY ALL"
        ).fetchall()


@pytest.fixture
def folder(samples: Samples, tmp_path: Path) -> Path:
    return samples.copied(tmp_path)


def test_a_build_killed_at_any_moment_leaves_the_old_or_the_new(folder: Path) -> None:
    """Without the orchestrator, which writes nothing that readers see."""
    chance = random.Random(20190515)
    settings = settings_of(folder)
    duration = seconds_of_a_build(folder)
    versions = [facts(folder)]
    for number in range(ROUNDS):
        change(folder, 100 + number)
        kill_within(settings, chance.uniform(0, duration))
        seen = facts(folder)
        build(settings)
        versions.append(facts(folder))
        assert seen in versions[-2:], f"round {number}: neither the old nor the new"
        values = [
            value for _, _, indicator, value in versions[-1] if indicator == "disclosure.items"
        ]
        assert 100 + number in values
    leftovers = [path.name for path in folder.rglob(".unfinished-*")]
    assert leftovers == []
    undisturbed = folder / "undisturbed"
    undisturbed.mkdir()
    (undisturbed / "raw").symlink_to(folder / "raw")
    build(settings_of(undisturbed))
    assert facts(undisturbed) == versions[-1]


needs_own_disk = pytest.mark.skipif(
    not is_possible(), reason="needs a file system of its own: apt install fuse3, and /dev/fuse"
)


@needs_own_disk
def test_a_disk_without_power_keeps_what_was_synced_alone(tmp_path: Path) -> None:
    with disk(tmp_path) as mounted:
        kept, lost, old = (mounted / name for name in ("kept", "lost", "old"))
        old.write_text("before", "utf-8")
        settle(mounted)
        old.write_text("after", "utf-8")
        lost.write_text("written", "utf-8")
        with kept.open("w", encoding="utf-8") as stream:
            stream.write("written")
            stream.flush()
            os.fsync(stream.fileno())
        kept.rename(mounted / "renamed")
        cut(mounted, seed=1)
        said = {path.name: path.read_text("utf-8") for path in mounted.iterdir()}
    assert {said.pop("kept", None), said.pop("renamed", None)} == {None, "written"}
    assert said == {"old": "before", "lost": ""}


@needs_own_disk
def test_power_cut_at_any_moment_leaves_the_old_or_the_new(
    samples: Samples, tmp_path: Path
) -> None:
    """Every other time it is cut when a build has just said that it published."""
    chance = random.Random(20190515)
    with disk(tmp_path) as mounted:
        folder = samples.copied(mounted / "here")
        settings = settings_of(folder)
        duration = seconds_of_a_build(folder)
        versions = [facts(folder)]
        settle(mounted)
        for number in range(CUTS):
            change(folder, 100 + number)
            if is_acknowledged := number % 2 == 1:
                assert built_apart(settings)
            else:
                kill_within(settings, chance.uniform(0, duration))
            cut(mounted, number)
            seen = facts(folder)
            build(settings)
            versions.append(facts(folder))
            assert seen in versions[-2:], f"cut {number}: neither the old nor the new"
            assert seen == versions[-1] or not is_acknowledged, f"cut {number}: what was published"


def test_of_two_builds_at_once_one_publishes_and_one_says_so(folder: Path) -> None:
    """The first pair meets no warehouse at all, and both want to make one."""
    shutil.rmtree(folder / "warehouse")
    for number in range(PAIRS):
        change(folder, 100 + number)
        pair = [command(folder, "build", "--jobs", "1") for _ in range(2)]
        said = {process.communicate(timeout=PATIENCE)[1]: process.returncode for process in pair}
        assert 0 in said.values(), said
        for error, code in said.items():
            assert code == 0 or ("is being built by" in error and error.count("\n") == 1)
        assert 100 + number in [value for _, _, _, value in facts(folder)]
        with duckdb.connect() as reader:
            twin = folder / "warehouse" / "parquet" / "fact_indicator" / "*.parquet"
            found = reader.execute(
                "SELECT agency_id, year, indicator_id, value FROM read_parquet(?) ORDER BY ALL",
                [str(twin)],
            ).fetchall()
        assert found == facts(folder)
    assert [path.name for path in folder.rglob(".unfinished-*")] == []


def test_a_chain_of_errors_that_leads_back_to_itself_ends() -> None:
    first, second = ValueError("first"), ValueError("second")
    first.__context__, second.__context__ = second, first
    assert first in list(causes(first))


def test_a_lock_left_by_a_dead_process_holds_nobody_up(folder: Path) -> None:
    next((folder / "raw").glob("001*/*.txt")).unlink()
    holder = {"pid": 1, "host": "elsewhere", "since": "2019-01-01T00:00:00+00:00"}
    (folder / "warehouse" / ".lock").write_text(json.dumps(holder), "utf-8")
    before = facts(folder)
    build(settings_of(folder))
    assert facts(folder) != before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; run as another user")
def test_a_folder_that_may_not_be_written_is_named(folder: Path) -> None:
    before = facts(folder)
    next((folder / "raw").glob("001*/*.txt")).unlink()
    (folder / "warehouse").chmod(0o500)
    try:
        error = ended(command(folder, "build", "--jobs", "2"), code=1)
    finally:
        (folder / "warehouse").chmod(0o700)
    assert "write" in error and "Traceback" not in error
    assert facts(folder) == before


def test_a_full_disk_is_said_and_the_old_warehouse_stays(folder: Path) -> None:
    before = facts(folder)
    for number in range(5):
        copy = folder / "raw" / f"{number}.txt"
        copy.write_bytes(
            next((folder / "raw").glob("004*/*.txt")).read_bytes() + b"\n%d\n" % number
        )
    limit = "ulimit -f 64; trap '' XFSZ; exec \"$@\""
    process = subprocess.run(
        [
            "bash",
            "-c",
            limit,
            "bash",
            str(GONGKAI),
            "build",
            "--raw",
            str(folder / "raw"),
            "--warehouse",
            str(folder / "warehouse"),
        ],
        text=True,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert process.returncode == 1
    assert "Traceback" not in process.stderr
    assert facts(folder) == before
    build(settings_of(folder))
    assert len(facts(folder)) == len(before)
