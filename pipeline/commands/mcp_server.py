"""``gongkai mcp``: the warehouse for a language model's client."""

from importlib.util import find_spec

from pipeline.commands.failure import Failure
from pipeline.settings import NO_WAREHOUSE, Settings


def run(settings: Settings) -> None:
    """Answers a client on stdin and stdout until it hangs up.

    Raises:
        Failure: There is no warehouse, or the extra is not installed.
    """
    if not settings.database.exists():
        raise Failure(NO_WAREHOUSE.format(settings.database))
    if find_spec("mcp") is None:
        raise Failure("its SDK is not installed: run `.venv/bin/pip install -e '.[mcp]'`")
    from pipeline.assistant.server import serve

    serve(settings)
