"""Takes what a person settled on the page of review: a line of the file of decisions."""

import hmac
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from pipeline.declared import StatedError
from pipeline.facts.reviewing import PICTURES, letters
from pipeline.model.decision import DecisionKind
from pipeline.warehouse.reviewed.decisions import Guard, WrittenDecision, add, load

Form = Mapping[str, Sequence[str]]


class NotTakenError(Exception):
    """An answer was not taken; the message says what is wrong with it."""


class ReviewInbox:
    """Writes the reviewer's answers; exists only with ``--review``.

    Attributes:
        token: What a form of this server's own page sends along; made at each start.
    """

    def __init__(self, file: Path) -> None:
        self.token = secrets.token_urlsafe(24)
        self._file = file
        self._lock = threading.Lock()

    def decisions(self) -> tuple[WrittenDecision, ...]:
        """Returns what the file holds.

        Raises:
            NotTakenError: It is not as it must be.
        """
        try:
            return load(self._file)
        except StatedError as error:
            raise NotTakenError(str(error)) from error

    def is_own(self, origin: str | None, host: str | None, scheme: str, form: Form) -> bool:
        """Whether a form was sent from a page of this server.

        Args:
            origin: What the browser says it comes from; without it nothing is taken.
            host: Name and port that were asked.
            scheme: How they were asked.
            form: What was sent.
        """
        token = (form.get("token") or [""])[-1]
        is_same = bool(host) and origin == f"{scheme}://{host}"
        return is_same and hmac.compare_digest(token.encode(), self.token.encode())

    def take(self, form: Form, today: date) -> None:
        """Writes what was answered, a line for each number.

        Raises:
            NotTakenError: It is not whole, or was decided before.
        """
        with self._lock:
            try:
                add(self._file, *_written(form, today))
            except ValidationError as error:
                raise NotTakenError(str(error.errors()[0]["msg"])) from error
            except (StatedError, OSError, ValueError) as error:
                raise NotTakenError(str(error)) from error


def _written(form: Form, today: date) -> Iterator[WrittenDecision]:
    def said(name: str) -> str:
        return (form.get(name) or [""])[-1].strip()

    kind = DecisionKind(said("kind"))
    values: Sequence[str | None] = [said("printed")]
    indicators: Sequence[str | None] = form.get("indicator") or []
    if kind is DecisionKind.READING:
        values = (said("value") or said("candidate")).split()
        if len(values) != len(indicators):
            raise ValueError(
                f"the row has {len(indicators)} cells and {len(values)} were transcribed: "
                "part them by spaces"
            )
        is_text = said("media_type") not in PICTURES
        if is_text and letters("".join(filter(None, values))) not in letters(said("quote")):
            raise ValueError("these cells, one behind the other, do not stand in the row")
    if kind is DecisionKind.AGENCY:
        values, indicators = [None], [None]
    quote = (form.get("quote") or [""])[-1].replace("\r\n", "\n")
    for indicator, value in zip(indicators, values, strict=True):
        yield WrittenDecision(
            kind=kind,
            expect=Guard(document=said("document"), quote=quote),
            part=int(said("part") or 1),
            indicator=indicator,
            value=value,
            agency=said("agency") or None if kind is DecisionKind.AGENCY else None,
            reviewer=said("reviewer"),
            decided_on=today,
            reason=said("reason"),
        )
