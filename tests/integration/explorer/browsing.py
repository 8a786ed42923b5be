"""The explorer as it is started and used: a server of its own, and a tab in a browser."""

import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

from pipeline.settings import ROOT
from pipeline.storage import StoragePath

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

GONGKAI = Path(sys.executable).with_name("gongkai")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PDF = ROOT / "tests" / "golden" / "reports" / "hongze_2024.pdf"
WAIT = 30_000
# Of the report of Kaifeng: one that holds, and one whose guard is not met (236 is printed).
DECIDED = """
corrections:
  - report: 7668a5e9ab8e6b26-1
    indicator: requests.received
    expect: 1
    reason: <b>机关来函</b>说明误填为上一年度数
    decided_on: 2026-11-20
  - report: 7668a5e9ab8e6b26-1
    indicator: disclosure.items
    expect: 999
    reason: 为另一数值作出的决定
    decided_on: 2026-11-21
"""


@dataclass
class Site:
    """The explorer, running on a warehouse.

    Attributes:
        raw: Its raw files.
        warehouse: Its warehouse.
        port: Where it listens.
        process: Its process.
    """

    raw: StoragePath
    warehouse: Path
    port: int
    process: "subprocess.Popen[str]"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@dataclass
class Visitor:
    """Somebody with a browser at the explorer; every request is written down.

    Attributes:
        site: The explorer.
        page: The tab.
        requests: Addresses asked for.
        mishaps: Errors in the browser's console, those of a missing file apart.
    """

    site: Site
    page: "Page"
    requests: list[str] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Opens a path of the explorer and waits until it is there in full."""
        self.page.goto(self.site.address + path)
        self.page.locator("h1").first.wait_for()
        self.settle()

    def go(self, path: str) -> None:
        """Goes to a path within the session, as a link does."""
        script = (
            "path => { history.pushState({}, '', path);"
            " dispatchEvent(new PopStateEvent('popstate', { state: {} })); }"
        )
        self.page.evaluate(script, path)
        self.settle()

    def settle(self) -> None:
        """Waits until the server has nothing more to say."""
        self.page.wait_for_timeout(150)
        self.page.locator('[data-test-script-state="notRunning"]').wait_for()
        self.page.wait_for_timeout(150)

    def follow(self, name: str, *, within: str = "body") -> None:
        """Clicks the first link of that name."""
        self.page.locator(within).get_by_role("link", name=name, exact=True).first.click()
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Chooses what holds these words from a list, by the keyboard."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        box.click()
        box.fill(option)
        self.page.get_by_role("option").first.wait_for()
        box.press("Enter")
        self.settle()

    def text(self) -> str:
        """Returns what can be read; the parts made of markup stand in shadow trees."""
        return "\n".join(self.page.locator(".gk").all_inner_texts())

    def download(self, name: str) -> bytes:
        """Presses a button and returns the file that comes."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("button", name=name).first.click()
        return Path(coming.value.path()).read_bytes()


def serve(raw: StoragePath, warehouse: Path, log: Path) -> Site:
    """Starts the explorer as a user does, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [str(GONGKAI), "serve", "--port", str(port), "--raw", str(raw)]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [*words, "--warehouse", str(warehouse)], stdout=out, stderr=out, text=True
        )
    last = time.monotonic() + 300
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return Site(raw, warehouse, port, process)
        except OSError:
            assert process.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < last, log.read_text("utf-8")
            time.sleep(0.2)


def stop(site: Site) -> None:
    site.process.terminate()
    site.process.wait(timeout=20)


def scripted(html: bytes) -> bytes:
    """A report whose page would run scripts and fetch pictures, if anybody let it."""
    harm = (
        b"<script>window.harmed = 1</script><p>&lt;script&gt;window.harmed = 2&lt;/script&gt; 5</p>"
        b'<img src="http://203.0.113.9/x.png" onerror="window.harmed = 3">'
    )
    return html.replace(b"</body>", harm + b"</body>")


def visit(context: "BrowserContext", site: Site) -> Visitor:
    """A new tab, which is a new session of the explorer."""
    found = Visitor(site, context.new_page())
    found.page.on("request", lambda request: found.requests.append(request.url))
    found.page.on("pageerror", lambda error: found.mishaps.append(str(error)))
    return found


def leave(visitor: Visitor) -> None:
    """Nothing was asked of any other host, nothing ran that should not, nothing broke."""
    hosts = {urlparse(url.removeprefix("blob:")).hostname for url in visitor.requests}
    assert hosts - {None} == {"127.0.0.1"}, hosts
    assert visitor.page.evaluate("window.harmed") is None
    assert visitor.mishaps == []
    visitor.page.close()
