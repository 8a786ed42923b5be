"""``gongkai serve``: the explorer in a browser."""

import socket
import sys
from importlib.util import find_spec

import click

from pipeline.commands.failure import Failure
from pipeline.settings import NO_WAREHOUSE, Settings

_NEEDED = ("starlette", "uvicorn", "vl_convert")


def run(settings: Settings, *, host: str, port: int, review: bool) -> None:
    """Serves the explorer until it is stopped.

    Raises:
        Failure: There is no warehouse, the extra is not installed, the port cannot be had, or
            others than this machine could settle things.
    """
    if not settings.database.exists():
        raise Failure(NO_WAREHOUSE.format(settings.database))
    if any(find_spec(name) is None for name in _NEEDED):
        raise Failure("the explorer is not installed: run `.venv/bin/pip install -e '.[explorer]'`")
    from pipeline.explorer.app import LOCAL, serve

    if review and host not in LOCAL:
        raise Failure(f"--review goes with this machine alone: {host} is reached by others too")
    _claim(host, port)
    if host not in LOCAL:
        click.echo(
            f"warning: whoever reaches {host}:{port} can read the whole warehouse and run SQL on "
            "this machine; there is no login: put a proxy with one before it",
            err=True,
        )
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"http://{shown}:{port}  (Ctrl-C stops it)")
    sys.stdout.flush()
    serve(settings, host, port, review=review)


def _claim(host: str, port: int) -> None:
    """Fails in a sentence where the server would fail with a trace."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise Failure(
            f"cannot listen on {host} port {port}: {error.strerror or error}; "
            "choose another with --host and --port"
        ) from error
