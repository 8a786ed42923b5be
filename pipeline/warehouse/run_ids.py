"""Ids of runs, and of what they publish: the moment one began, and what tells two apart."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

_MOMENT = "%Y%m%dT%H%M%S%fZ"
_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{6}")


def run_id(now: datetime, last: str | None) -> str:
    """Returns an id that sorts behind the last one, even where the clock was set back meanwhile."""
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
