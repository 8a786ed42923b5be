"""Raw files in an object store: evidence is shown from what was kept of them."""

from collections.abc import Iterator

import pytest
from browsing import Site, Visitor, leave, serve, stop, visit
from building import build

pytest.importorskip("playwright", reason="needs pip install -e '.[browser]'")
pytest.importorskip("moto.server", reason="needs pip install -e '.[dev]'")

import boto3
from moto.server import ThreadedMotoServer
from playwright.sync_api import BrowserContext, expect

from pipeline.settings import ROOT, Settings
from pipeline.storage import Remote, delete, upload

GAOQING = next((ROOT / "data" / "raw").glob("002*/*.txt"))
EVIDENCE = "/evidence?agency=370322.quality_supervision&year=2018&indicator={}"


@pytest.fixture(scope="module")
def store() -> Iterator[ThreadedMotoServer]:
    """An object store on this machine, in the variables where it is looked for."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        boto3.client("s3").create_bucket(Bucket="raw")
        yield server
    server.stop()


@pytest.fixture(scope="module")
def far(store: ThreadedMotoServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The explorer on one report that lies in the store."""
    raw = Remote("s3://raw/reports")
    upload(GAOQING, raw / "深" / GAOQING.name)
    folder = tmp_path_factory.mktemp("far")
    build(Settings(raw=raw, warehouse=folder, jobs=1))
    running = serve(raw, folder, folder / "log")
    yield running
    stop(running)


@pytest.fixture
def guest(context: BrowserContext, far: Site) -> Iterator[Visitor]:
    found = visit(context, far)
    yield found
    leave(found)


def test_evidence_is_read_from_the_store(guest: Visitor) -> None:
    guest.open(EVIDENCE.format("disclosure.items"))
    expect(guest.page.locator(".paper td.here")).to_have_text("17")


def test_evidence_stays_when_its_file_has_gone_and_the_store_of_files_is_out_of_reach(
    guest: Visitor, far: Site, store: ThreadedMotoServer
) -> None:
    """The last of its kind here: it takes the store away."""
    assert isinstance(far.raw, Remote)
    delete(far.raw, [f"深/{GAOQING.name}"])
    store.stop()
    guest.open(EVIDENCE.format("disclosure.items"))
    expect(guest.page.locator(".paper td.here")).to_have_text("17")
