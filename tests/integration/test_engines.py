"""Both engines leave the same facts, and lose nothing where a worker dies."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psutil
import pytest

from benchmarks.ingest import multiply
from pipeline.settings import Settings
from pipeline.warehouse.disk import BuildError
from pipeline.warehouse.engines import engine
from tests.generator.corpus import sample

GONGKAI = Path(sys.executable).with_name("gongkai")
ONE_BUILD = Path(__file__).with_name("one_build.py")
DOCUMENTS = int(os.environ.get("GONGKAI_ENGINE_DOCUMENTS", "40"))
"""Read by each engine; twenty thousand take a quarter of an hour."""

EVILS = ("crash", "hang", "eat")
SECONDS = 600 + DOCUMENTS // 4

needs_daft = pytest.mark.skipif(
    importlib.util.find_spec("daft") is None, reason="needs pip install -e '.[scale]'"
)
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="needs pip install -e '.[ray]'"
)

# Two workers of a cluster on this machine; ends when its input does.
CLUSTER = """
import ray, sys
ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
print(ray.get_runtime_context().gcs_address, flush=True)
sys.stdin.read()
"""
# Loaded by every process of Python before anything else.
EVIL = """
import os, time
import pipeline.parsing as parsing

good = parsing.parse_path

def parse_path(path):
    match path.read_bytes().split():
        case [b"EVIL", b"crash", _]:
            os.abort()
        case [b"EVIL", b"hang", _]:
            time.sleep(600)
        case [b"EVIL", b"eat", _]:
            bytearray(8 << 30)
    return good(path)

parsing.parse_path = parse_path
"""
ENVIRONMENT = {
    **os.environ,
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AUTH_MODE": "disabled",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
}


@dataclass(frozen=True)
class Cluster:
    address: str
    pid: int


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of all kinds, some of which cannot be read."""
    folder = tmp_path_factory.mktemp("raw")
    drawn = [sample(seed) for seed in range(min(DOCUMENTS // 2, 400))]
    for number, one in enumerate(drawn):
        (folder / f"drawn{number}-{one.name}").write_bytes(one.data)
    multiply(folder, DOCUMENTS - len(drawn))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.bin").write_bytes(bytes(range(256)) * 40)
    return folder


@pytest.fixture(scope="module")
def local(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(raw, tmp_path_factory.mktemp("local"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    process = subprocess.Popen(
        [sys.executable, "-c", CLUSTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=ENVIRONMENT,
    )
    assert process.stdout
    yield Cluster(process.stdout.readline().strip(), process.pid)
    process.communicate(timeout=600)


@pytest.mark.parametrize("name", ["local", pytest.param("daft", marks=needs_daft)])
def test_one_in_a_hundred_that_kills_its_worker_costs_itself_only(
    name: str, raw: Path, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(EVIL, "utf-8")
    together = tmp_path / "raw"
    shutil.copytree(raw, together, copy_function=os.link)
    evils = max(len(EVILS), DOCUMENTS // 100)
    for number in range(evils):
        text = f"EVIL {EVILS[number % len(EVILS)]} {number}"
        (together / f"{number:05d}.evil.txt").write_text(text, "utf-8")
    monkeypatch.setitem(ENVIRONMENT, "PYTHONPATH", str(tmp_path))
    built = build(together, tmp_path / "warehouse", ENGINE=name, TIMEOUT="8")
    assert facts(built) == facts(local)
    found = Counter(
        reason for (reason,) in rows(built, "quarantine WHERE source_path LIKE '%evil%'", "reason")
    )
    reasons = {"crash": "crashed", "hang": "timeout", "eat": "out_of_memory"}
    assert found == Counter(reasons[EVILS[number % len(EVILS)]] for number in range(evils))


@needs_daft
def test_daft_leaves_the_facts_that_local_leaves(raw: Path, local: Path, tmp_path: Path) -> None:
    assert same_facts(local, build(raw, tmp_path, ENGINE="daft"))


@needs_ray
def test_a_worker_of_a_cluster_killed_in_the_middle_loses_nothing(
    raw: Path, local: Path, cluster: Cluster, tmp_path: Path
) -> None:
    process = start(raw, tmp_path, ENGINE="daft", RAY=cluster.address)
    os.kill(a_parsing_worker(cluster), signal.SIGKILL)
    _, error = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, error
    assert same_facts(local, tmp_path)


@needs_daft
def test_another_build_goes_on_where_a_killed_one_stopped(
    raw: Path, local: Path, tmp_path: Path
) -> None:
    process = start(raw, tmp_path, ENGINE="daft")
    wait_for_batch(tmp_path / "store", process)
    for one in (*psutil.Process(process.pid).children(recursive=True), process):
        one.kill()
    process.communicate(timeout=SECONDS)
    kept = len(list((tmp_path / "store").rglob("batch-*/file.parquet")))
    assert kept
    assert same_facts(local, build(raw, tmp_path))


def test_an_unknown_engine_is_told_with_those_there_are() -> None:
    with pytest.raises(BuildError, match="local or daft"):
        engine(Settings(engine="spark"))


def test_a_missing_extra_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daft", None)
    monkeypatch.delitem(sys.modules, "pipeline.warehouse.engines.scale", raising=False)
    with pytest.raises(BuildError, match=r"\.\[scale\]"):
        engine(Settings(engine="daft"))


def test_a_cluster_is_asked_for_with_daft_only(tmp_path: Path) -> None:
    command = [str(GONGKAI), "build", "--warehouse", str(tmp_path), "--ray", "127.0.0.1:1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--engine daft" in done.stderr


def start(raw: Path, warehouse: Path, **options: str) -> "subprocess.Popen[str]":
    options |= {"RAW": str(raw), "WAREHOUSE": str(warehouse)}
    return subprocess.Popen(
        [sys.executable, str(ONE_BUILD)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**ENVIRONMENT, **{f"GONGKAI_{name}": value for name, value in options.items()}},
    )


def build(raw: Path, warehouse: Path, **options: str) -> Path:
    process = start(raw, warehouse, **options)
    _, error = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, error
    assert "leak" not in error
    return warehouse


def same_facts(one: Path, other: Path) -> bool:
    """Whether two warehouses hold the same facts byte by byte, and the same of all else."""
    assert facts(one) == facts(other)
    for table, columns in {
        "observation": "*",
        "check_result": "*",
        "dim_report": "* EXCLUDE (first_seen, superseded_by, is_current, parser_version)",
        "quarantine": "* EXCLUDE (first_seen)",
    }.items():
        assert rows(one, table, columns) == rows(other, table, columns), table
    return True


def facts(warehouse: Path) -> dict[str, bytes]:
    files = (warehouse / "parquet" / "fact_indicator").iterdir()
    return {file.name: file.read_bytes() for file in files}


def rows(warehouse: Path, table: str, columns: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse / "gongkai.duckdb"), read_only=True) as connection:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()


def a_parsing_worker(cluster: Cluster) -> int:
    """Waits until a worker of the cluster is at work and returns its process."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        for one in psutil.Process(cluster.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if "UDFActor.eval_input" in " ".join(one.cmdline()):
                    return int(one.pid)
        time.sleep(0.05)
    raise TimeoutError("no worker parsed")


def wait_for_batch(store: Path, process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + SECONDS
    while not list(store.rglob("batch-*/file.parquet")):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
