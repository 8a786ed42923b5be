"""The explorer as it is started and used: a server of its own, and a tab in a browser."""

import re
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
# What a page asks for, how long it is, and how far its parts move while it comes.
MEASURE = """() => {
  const asked = performance.getEntriesByType('resource');
  const page = performance.getEntriesByType('navigation')[0];
  return new Promise((done) => {
    let moved = 0;
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) if (!one.hadRecentInput) moved += one.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done({
      requests: asked.length + 1,
      bytes: asked.reduce((sum, one) => sum + one.encodedBodySize, page.encodedBodySize),
      moved,
    }), 200);
  });
}"""


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
        mishaps: Errors and warnings in the browser's console.
        clicks: What was clicked or chosen.
    """

    site: Site
    page: "Page"
    requests: list[str] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)
    clicks: int = 0

    def open(self, path: str) -> None:
        """Opens a path of the explorer and waits until it is there in full."""
        self.page.goto(self.site.address + path)
        self.page.locator("h1").first.wait_for()

    def follow(self, name: "str | re.Pattern[str]", *, within: str = "main") -> None:
        """Clicks the first link that is written so, whatever a screen reader is told of it."""
        words = name if isinstance(name, re.Pattern) else re.compile(rf"^\s*{re.escape(name)}\s*$")
        self.page.locator(within).locator("a", has_text=words).first.click()
        self.clicks += 1

    def choose(self, label: str, option: str) -> None:
        """Chooses from a list."""
        self.page.get_by_label(label, exact=True).select_option(label=option)
        self.clicks += 1

    def press(self, name: str) -> None:
        """Presses a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.clicks += 1

    def text(self) -> str:
        """Returns what can be read."""
        return str(self.page.locator("body").inner_text())

    def download(self, name: str) -> bytes:
        """Takes a file away and returns it."""
        with self.page.expect_download() as coming:
            self.page.locator("main :is(a, button)", has_text=name).first.click()
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
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/publication", timeout=5):
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
    """A new tab."""
    found = Visitor(site, context.new_page())
    found.page.on("request", lambda request: found.requests.append(request.url))
    found.page.on("pageerror", lambda error: found.mishaps.append(str(error)))
    found.page.on(
        "console",
        lambda said: found.mishaps.append(said.text) if said.type in ("error", "warning") else None,
    )
    return found


def leave(visitor: Visitor) -> None:
    """Nothing was asked of any other host, nothing ran that should not, nothing broke."""
    hosts = {urlparse(url.removeprefix("blob:")).hostname for url in visitor.requests}
    assert hosts - {None} == {"127.0.0.1"}, hosts
    assert visitor.page.evaluate("window.harmed") is None
    # The browser itself says so of an address that is answered by 404 or 503, as it should be.
    told = [one for one in visitor.mishaps if "Failed to load resource" not in one]
    assert told == []
    visitor.page.close()
