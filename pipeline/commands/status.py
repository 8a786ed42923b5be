"""``gongkai status``: is the warehouse well? For a person, and by its exit code for a monitor."""

import json
import sys

import click

from pipeline.commands.failure import Failure
from pipeline.commands.screen import console
from pipeline.orchestration.afterwards import bounds_of
from pipeline.orchestration.next_run import ahead
from pipeline.settings import Settings
from pipeline.warehouse.runs import metrics
from pipeline.warehouse.runs.health import Health, health

_SHOWN = {"run_id", "reports", "facts", "checks_failed"}


def run(settings: Settings, *, form: str) -> None:
    """Prints what is published, how the last runs went, and what is wrong.

    Raises:
        Failure: Something is wrong.
    """
    found = health(settings, bounds_of(settings), ahead=ahead(settings))
    match form:
        case "prometheus":
            click.echo(metrics.text(found), nl=False)
        case "json":
            click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=1))
        case _:
            _print(found)
    if found.problems:
        raise Failure("; ".join(problem.sentence for problem in found.problems))


def _print(found: Health) -> None:
    screen = console(sys.stdout)
    screen.print(f"published   {found.publication or 'nothing'}", highlight=False)
    if found.led_back_from:
        screen.print(
            f"            readers were led back to it from {found.led_back_from}; "
            "the next build publishes anew",
            highlight=False,
            soft_wrap=True,
        )
    if found.last:
        ago = (found.at - found.last.finished_at).total_seconds() / 3600
        screen.print(f"last good   run ended {ago:.1f} hours ago", highlight=False)
        screen.print(
            f"files       {found.last.files_seen}, {found.last.files_quarantined} in quarantine",
            highlight=False,
        )
    if found.shown:
        screen.print(f"facts       {found.shown.facts}", highlight=False)
    if not found.problems:
        screen.print("well")


def _plain(found: Health) -> dict[str, object]:
    return {
        "healthy": not found.problems,
        "problems": [{"kind": one.kind, "sentence": one.sentence} for one in found.problems],
        "publication": found.publication,
        "led_back_from": found.led_back_from,
        "shown": found.shown and found.shown.model_dump(include=_SHOWN),
        "last_success": found.last and found.last.model_dump(mode="json", exclude={"changes"}),
        "last_failure": found.failed and found.failed.model_dump(mode="json"),
        "disk_free_bytes": found.free,
    }
