"""What is done after a run that went well; nothing here needs the orchestrator."""

import logging

from pipeline.alerts.channels import load
from pipeline.declared import StatedError
from pipeline.settings import Settings
from pipeline.warehouse.runs import metrics
from pipeline.warehouse.runs.health import Bounds, over_quarantine
from pipeline.warehouse.runs.record import RunRecord
from pipeline.warehouse.runs.summary import markdown

_log = logging.getLogger(__name__)


def after(settings: Settings, record: RunRecord) -> None:
    """Writes the figures of a run that went well, and tells where too much is in quarantine."""
    write_metrics(settings)
    for problem in over_quarantine(record, bounds_of(settings)):
        # Mail and web take a tenth of a second to load, which most nights need not wait for.
        from pipeline.alerts.sending import Message, tell

        letter = f"{problem.sentence}\n\n{markdown(record)}"
        tell(settings.alerts, Message("quarantine", f"gongkai: {problem.sentence}", letter))


def bounds_of(settings: Settings) -> Bounds:
    """Returns the bounds of ``alerts.yml``, the usual ones where it cannot be used."""
    try:
        return load(settings.alerts).bounds
    except StatedError:
        return Bounds()


def write_metrics(settings: Settings) -> None:
    """Writes the figures; that they cannot be written is no reason for a run to fail."""
    try:
        metrics.write(settings, bounds_of(settings))
    except OSError as error:
        _log.warning("no figures were written: %s", error)
