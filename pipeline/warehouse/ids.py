"""What reports, runs and publications are known by."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

_SHOWN_OF_HASH = 16
_MOMENT = "%Y%m%dT%H%M%S%fZ"
_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{6}")


def id_of_report(document_id: str, part: int) -> str:
    """Returns the id of a report: of its document, and which report of that it is."""
    return f"{document_id[:_SHOWN_OF_HASH]}-{part}"


def run_id(now: datetime, last: str | None) -> str:
    """Returns the id of a run, and of what it publishes; ids sort by the moment they began.

    It comes after the last one even where the clock was set back meanwhile.
    """
    if last and last >= moment_in_id(now):
        now = moment_of(last) + timedelta(seconds=1)
    return f"{moment_in_id(now)}-{uuid4().hex[:6]}"


def moment_in_id(moment: datetime) -> str:
    """Returns what the id of something that began at a moment begins with."""
    return moment.strftime(_MOMENT)


def moment_of(run_id: str) -> datetime:
    """Returns the moment (UTC) that an id begins with."""
    return datetime.strptime(run_id.partition("-")[0], _MOMENT)


def is_run_id(text: str) -> bool:
    """Whether a text is such an id."""
    return _ID.fullmatch(text) is not None
