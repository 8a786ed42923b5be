"""Raw files and parse results in an object store: a real server on loopback."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import build
from samples import GONGKAI, Samples

from benchmarks.crawls import write_crawl
from pipeline.model.document import Reading, Skipped
from pipeline.readers.archive import shards
from pipeline.readers.reading import read_shard
from pipeline.readers.sniffing import Format
from pipeline.settings import ROOT, Settings
from pipeline.storage import Remote, delete, filesystem, listing, look, opened, upload
from pipeline.warehouse.runs.record import RunRecord

moto = pytest.importorskip("moto.server", reason="needs pip install -e '.[dev]'")
boto3 = pytest.importorskip("boto3", reason="needs pip install -e '.[dev]'")

ONE_BUILD = Path(__file__).with_name("one_build.py")
SAMPLES = ROOT / "data" / "raw"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Gives the address of the server, which the environment names."""
    server = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server: str, request: pytest.FixtureRequest) -> Remote:
    """Gives an empty bucket of its own."""
    return made("b" + hashlib.sha256(request.node.name.encode()).hexdigest()[:20])


@pytest.fixture(scope="module")
def first(server: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Remote, Path]:
    """Gives a bucket with the samples under raw and what a build left under store."""
    bucket, near = made("first"), tmp_path_factory.mktemp("first")
    for one in listing(SAMPLES):
        upload(SAMPLES / one.name, bucket / "raw" / one.name)
    told = one_build(bucket / "raw", near, bucket / "store")
    assert "5 parsed" in told
    return bucket, near


@pytest.fixture
def built(bucket: Remote, first: tuple[Remote, Path]) -> Remote:
    """Gives a copy of it."""
    client = boto3.client("s3")
    source, _ = first
    for one in listing(source):
        origin = {"Bucket": source.key, "Key": one.name}
        client.copy_object(Bucket=bucket.key, Key=one.name, CopySource=origin)
    return bucket


def made(name: str) -> Remote:
    boto3.client("s3").create_bucket(Bucket=name)
    return Remote(f"s3://{name}")


def test_the_facts_are_those_of_a_folder(first: tuple[Remote, Path], samples: Samples) -> None:
    bucket, far = first
    near = samples.warehouse
    assert facts(near) == facts(far)
    assert not (far / "store").exists()
    kept = {one.name for one in listing(bucket / "store")}
    assert "inventory.parquet" in kept
    assert sum(name.endswith("/batch.json") for name in kept) == 2
    with opened(bucket / "store" / "current.json") as stream:
        folder = json.load(stream)["folder"]
    for name, content in facts(near).items():
        with opened(bucket / "store" / folder / "fact_indicator" / name) as stream:
            assert stream.read() == content


def test_a_night_reads_only_what_is_new(built: Remote, tmp_path: Path) -> None:
    raw = built / "raw"
    (tmp_path / "new.txt").write_text("将面粉与水混合，静置一小时。\n" * 20, "utf-8")
    upload(tmp_path / "new.txt", raw / "深" / "新 1.txt")
    delete(raw, [one.name for one in listing(raw) if one.name.startswith("001")])
    again = built_from(raw, tmp_path, built / "store")
    assert (again.files_seen, again.files_new) == (5, 1)


def test_another_machine_goes_on_from_the_store(
    first: tuple[Remote, Path], built: Remote, tmp_path: Path
) -> None:
    assert built_from(built / "raw", tmp_path, built / "store").files_new == 0
    assert facts(first[1]) == facts(tmp_path)


def test_a_batch_that_was_not_finished_counts_for_nothing(
    first: tuple[Remote, Path], built: Remote, tmp_path: Path
) -> None:
    """As after a power cut between two uploads: the manifest is what comes last."""
    store = built / "store"
    delete(store, [one.name for one in listing(store) if one.name.endswith("/batch.json")])
    assert built_from(built / "raw", tmp_path, store).files_new == 5
    assert facts(tmp_path) == facts(first[1])
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


def one_build(raw: Remote, warehouse: Path, store: Remote) -> str:
    """Builds in a process of its own, whose workers are told of the store by its environment."""
    places = {"GONGKAI_RAW": raw, "GONGKAI_WAREHOUSE": warehouse, "GONGKAI_STORE": store}
    done = subprocess.run(
        [sys.executable, str(ONE_BUILD)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={**os.environ, **{name: str(at) for name, at in places.items()}},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def built_from(raw: Remote, warehouse: Path, store: Remote) -> RunRecord:
    return build(Settings(raw=raw, warehouse=warehouse, kept_at=store, jobs=2))


def facts(warehouse: Path) -> dict[str, bytes]:
    files = (warehouse / "parquet" / "fact_indicator").iterdir()
    return {file.name: file.read_bytes() for file in files}


def test_a_client_once_made_hides_no_other_server(monkeypatch: pytest.MonkeyPatch) -> None:
    clients = []
    for port in (1, 2):
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        clients.append(filesystem(Remote("s3://raw")))
    assert not clients[0].equals(clients[1])
