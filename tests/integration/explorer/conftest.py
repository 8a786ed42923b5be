"""A warehouse, the explorer on it, and the machine's own Chromium to look at it with."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from browsing import (
    ARGUMENTS,
    DECIDED,
    PDF,
    WAIT,
    Site,
    Visitor,
    leave,
    scripted,
    serve,
    stop,
    visit,
)
from building import build

from pipeline.declared import parsed
from pipeline.settings import ROOT, Settings
from pipeline.warehouse.publishing import seeds
from pipeline.warehouse.reviewed.corrections import CorrectionsFile
from tests.generator.corpus import sample
from tests.integration.chromium import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The five samples, a PDF, generated reports whose pages script, and a broken file.

    Two decisions to withhold a number go with them.
    """
    if find_spec("vl_convert") is None:
        pytest.skip("needs pip install -e '.[explorer]'")
    folder = tmp_path_factory.mktemp("explorer")
    raw = folder / "raw"
    shutil.copytree(ROOT / "data" / "raw", raw)
    shutil.copy(PDF, raw / PDF.name)
    for seed, form in enumerate("BCD"):
        drawn = sample(seed, form=form, layout="html")
        (raw / f"{drawn.name}.html").write_bytes(scripted(drawn.data))
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeds, "corrections", lambda: parsed(DECIDED, CorrectionsFile).corrections)
        build(Settings(raw=raw, warehouse=folder / "warehouse", jobs=2))
    running = serve(raw, folder / "warehouse", folder / "log")
    yield running
    stop(running)


@pytest.fixture(scope="module")
def context() -> Iterator["BrowserContext"]:
    """A browser; its tabs share the files of the page, as those of one person do.

    It goes with its module: while it is open an event loop runs in this process, and tests
    of Dagster that start one of their own could not.
    """
    if find_spec("playwright") is None:
        pytest.skip("needs pip install -e '.[browser]'")
    if CHROMIUM is None:
        pytest.skip("needs Chromium on the PATH (apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        found = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        found.set_default_timeout(WAIT)
        yield found
        browser.close()


@pytest.fixture
def visitor(context: "BrowserContext", site: Site) -> Iterator[Visitor]:
    found = visit(context, site)
    yield found
    leave(found)
