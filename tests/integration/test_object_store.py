"""Raw files and parse results in an object store: a real server on loopback."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.crawls import write_crawl
from pipeline.model.document import Reading, Skipped
from pipeline.readers.archive import shards
from pipeline.readers.reading import read_shard
from pipeline.readers.sniffing import Format
from pipeline.settings import ROOT
from pipeline.storage import Remote, delete, filesystem, listing, look, opened, upload

moto = pytest.importorskip("moto.server", reason="needs pip install -e '.[dev]'")
boto3 = pytest.importorskip("boto3", reason="needs pip install -e '.[dev]'")

GONGKAI = Path(sys.executable).with_name("gongkai")
ONE_BUILD = Path(__file__).with_name("one_build.py")
SAMPLES = ROOT / "data" / "raw"


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """Gives the environment in which the server is found."""
    server = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    server.stop()


@pytest.fixture
def bucket(
    server: dict[str, str], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Remote:
    """Gives an empty bucket of its own."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    name = "b" + hashlib.sha256(request.node.name.encode()).hexdigest()[:20]
    boto3.client("s3").create_bucket(Bucket=name)
    return Remote(f"s3://{name}")


@pytest.fixture
def samples(bucket: Remote) -> Remote:
    """Gives a raw folder in the store, with what lies in the sample folder."""
    for one in listing(SAMPLES):
        upload(SAMPLES / one.name, bucket / "raw" / one.name)
    return bucket / "raw"


def test_the_facts_are_those_of_a_folder(bucket: Remote, samples: Remote, tmp_path: Path) -> None:
    near = build(SAMPLES, tmp_path / "near")
    far = build(samples, tmp_path / "far", bucket / "store")
    assert facts(near) == facts(far)
    assert not (tmp_path / "far" / "store").exists()
    kept = {one.name for one in listing(bucket / "store")}
    assert "inventory.parquet" in kept
    assert sum(name.endswith("/batch.json") for name in kept) == 2
    with opened(bucket / "store" / "current.json") as stream:
        folder = json.load(stream)["folder"]
    with opened(bucket / "store" / folder / "fact_indicator" / "fact_indicator.parquet") as stream:
        assert stream.read() == facts(near)


def test_a_night_reads_only_what_is_new(bucket: Remote, samples: Remote, tmp_path: Path) -> None:
    store = bucket / "store"
    assert "5 parsed" in told(samples, tmp_path, store)
    (tmp_path / "new.txt").write_text("将面粉与水混合，静置一小时。\n" * 20, "utf-8")
    upload(tmp_path / "new.txt", samples / "深" / "新 1.txt")
    delete(samples, [one.name for one in listing(samples) if one.name.startswith("001")])
    again = told(samples, tmp_path, store)
    assert "1 parsed" in again
    assert "5 seen" in again


def test_another_machine_goes_on_from_the_store(
    bucket: Remote, samples: Remote, tmp_path: Path
) -> None:
    store = bucket / "store"
    first = build(samples, tmp_path / "first", store)
    assert "0 parsed" in told(samples, tmp_path / "second", store)
    assert facts(first) == facts(tmp_path / "second")


def test_a_batch_that_was_not_finished_counts_for_nothing(
    bucket: Remote, samples: Remote, tmp_path: Path
) -> None:
    """As after a power cut between two uploads: the manifest is what comes last."""
    store = bucket / "store"
    first = build(samples, tmp_path, store)
    before = facts(first)
    delete(store, [one.name for one in listing(store) if one.name.endswith("/batch.json")])
    assert "5 parsed" in told(samples, tmp_path / "again", store)
    assert facts(tmp_path / "again") == before
    assert sum(one.name.endswith("/fact.parquet") for one in listing(store)) == 1


def test_a_crawl_in_a_store_is_read_in_shares(
    bucket: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = write_crawl(tmp_path / "crawl.warc", 3 << 20)
    monkeypatch.setattr(shards, "SHARD_BYTES", 1 << 20)
    upload(tmp_path / "crawl.warc", bucket / "crawl.warc")
    with opened(bucket / "crawl.warc") as stream:
        size = look(bucket / "crawl.warc").size
        shares = shards.shards(stream, size, Format.WARC)
        assert len(shares) == 4
        found = [one for share in shares for one in read_shard(stream, share, "id")]
    skipped = sum(one.count for one in found if isinstance(one, Skipped))
    readings = [one.member for one in found if isinstance(one, Reading)]
    assert len(readings) + skipped == pages
    assert len(readings) == len(set(readings))


def test_what_is_wrong_with_a_store_is_told_in_a_line(bucket: Remote, tmp_path: Path) -> None:
    done = command(f"{bucket}-none/raw", tmp_path)
    assert done.returncode == 1
    assert "cannot list" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    done = command("ftp://example.invalid/raw", tmp_path)
    assert done.returncode == 2
    assert "s3://bucket/folder" in done.stderr


def command(raw: str, warehouse: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(GONGKAI), "build", "--raw", raw, "--warehouse", str(warehouse)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def told(raw: Path | Remote, warehouse: Path, store: Remote | None = None) -> str:
    environment = {**os.environ, "GONGKAI_RAW": str(raw), "GONGKAI_WAREHOUSE": str(warehouse)}
    if store:
        environment["GONGKAI_STORE"] = str(store)
    done = subprocess.run(
        [sys.executable, str(ONE_BUILD)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def build(raw: Path | Remote, warehouse: Path, store: Remote | None = None) -> Path:
    told(raw, warehouse, store)
    return warehouse


def facts(warehouse: Path) -> bytes:
    return (warehouse / "parquet" / "fact_indicator" / "fact_indicator.parquet").read_bytes()


def test_a_client_once_made_hides_no_other_server(monkeypatch: pytest.MonkeyPatch) -> None:
    clients = []
    for port in (1, 2):
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        clients.append(filesystem(Remote("s3://raw")))
    assert not clients[0].equals(clients[1])
