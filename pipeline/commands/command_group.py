"""The commands together: whoever reads their output may have seen enough."""

import os
import select
import sys
from typing import Any

import click


class CommandGroup(click.Group):
    """Ends well where the reader of a pipe went away, as ``head`` does after its lines."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command and hands over all that it prints."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            if not _is_reader_gone():
                raise
            # What is still to be written at the end would fail once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        return result


def _is_reader_gone() -> bool:
    asked = select.poll()
    asked.register(sys.stdout.fileno(), select.POLLOUT)
    return any(events & select.POLLERR for _, events in asked.poll(0))
