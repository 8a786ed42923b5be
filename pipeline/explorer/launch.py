"""How the explorer's server is started: on this machine only, unless told otherwise."""

import uvicorn

from pipeline.explorer.app import application
from pipeline.explorer.review_form import Desk
from pipeline.settings import Settings

LOCAL = ("127.0.0.1", "::1", "localhost")
"""Hosts that nobody else reaches."""


def serve(settings: Settings, host: str, port: int, *, review: bool = False) -> None:
    """Serves until it is stopped.

    Args:
        settings: Which warehouse and raw files.
        host: Address to listen on. On a local one, requests for other host names are
            refused, so that no page elsewhere can reach the server under its own name.
        port: Port to listen on.
        review: Whether answers of the page of review are taken; on a local host only.
    """
    desk = Desk(settings.decisions) if review and host in LOCAL else None
    hosts = [*LOCAL, "[::1]"] if host in LOCAL else []
    uvicorn.run(
        application(settings, hosts, desk),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        access_log=False,
    )
