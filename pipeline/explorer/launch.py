"""How the explorer's server is started: on this machine only, and talking to nobody else."""

import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.settings import Settings

SCRIPT = Path(__file__).with_name("app.py")

LOCAL = ("127.0.0.1", "::1", "localhost")
"""Hosts that nobody else reaches."""

_OPTIONS: Mapping[str, str] = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    "server.enableStaticServing": "false",
    "server.maxUploadSize": "1",
    "server.maxCacheDataSize": "128mb",
    "server.disconnectedSessionTTL": "60",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    # Its tables would download cells that a spreadsheet computes.
    "client.disableDataExport": "true",
    "runner.magicEnabled": "false",
    "logger.hideWelcomeMessage": "true",
    "theme.base": "light",
    "theme.primaryColor": "#0b57a4",
    "theme.textColor": "#1b2430",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f4f6f9",
}


def command(host: str, port: int) -> list[str]:
    """Returns the command that runs the server.

    Args:
        host: Address to listen on. On a local one, requests for other host names are
            refused, so that no page elsewhere can reach the server under its own name.
        port: Port to listen on.
    """
    options = [*_OPTIONS.items(), ("server.address", host), ("server.port", str(port))]
    if host in LOCAL:
        options += [("server.allowedHosts", name) for name in LOCAL]
    flags = [part for name, value in options for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(SCRIPT), *flags]


def environment(settings: Settings) -> dict[str, str]:
    """Returns the variables that tell the server which warehouse to show."""
    return {
        "GONGKAI_RAW": str(settings.raw),
        "GONGKAI_WAREHOUSE": str(settings.warehouse),
        "DO_NOT_TRACK": "1",
    }
