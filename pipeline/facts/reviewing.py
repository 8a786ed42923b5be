"""What people decided, put beside what the program saw in a report.

A decision adds an observation of its own and takes none away. It holds where its guard fits:
the row it was decided on stands in the report as it did then.
"""

from collections.abc import Iterator, Sequence

from msgspec import structs

from pipeline.lexis.normalise import fold
from pipeline.model.agency import Agency
from pipeline.model.decision import Decision, DecisionKind
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Source, Status

NOT_THERE = "quote"
"""The row or sentence is not in the report any more."""

SEVERAL = "several"
"""More than one number of the row may be meant."""

ANOTHER_VALUE = "value"
"""The program reads another value there now than the one that was judged."""

NOT_PRINTED = "not_printed"
"""What was transcribed does not stand in the row."""

PICTURES = frozenset({"application/pdf", "image/png", "image/jpeg", "image/tiff"})
"""Media types whose rows may be recognised from a picture."""

_TRANSCRIBED = (DecisionKind.READING, DecisionKind.CONFIRM, DecisionKind.LABEL)


Unfit = tuple[tuple[str, str], ...]
"""Decisions that fit no more: their ids, and why."""


def reviewed(
    seen: Sequence[Observation], decisions: Sequence[Decision], document: Document
) -> tuple[tuple[Observation, ...], Unfit]:
    """Returns the observations that decisions add, and why other decisions add nothing.

    Args:
        seen: Everything seen in the report.
        decisions: Those about the report.
        document: The document it is in. Where its rows are text, what is transcribed must stand
            in them; of a picture the program may have read nothing.

    Returns:
        Observations with ``source`` reviewed, and the decisions that fit no more.
    """
    is_text = document.media_type not in PICTURES
    added: list[Observation] = []
    unfit: list[tuple[str, str]] = []
    for one in decisions:
        if one.kind is DecisionKind.AGENCY:
            if letters(one.quote) not in letters(document.text):
                unfit.append((one.decision_id, NOT_THERE))
            continue
        found = list(_meant(seen, one))
        fault = _fault(found, one, is_text)
        if fault:
            unfit.append((one.decision_id, fault))
        elif one.kind in _TRANSCRIBED:
            added.append(
                structs.replace(
                    found[0],
                    indicator_id=one.indicator_id,
                    value_raw=one.value_raw,
                    value=one.value,
                    value_status=Status.REPORTED,
                    source=Source.REVIEWED,
                    confidence=1.0,
                    candidates=(),
                    why=(*found[0].why, one.decision_id),
                )
            )
    return tuple(added), tuple(unfit)


def agency_decided(decisions: Sequence[Decision], document: Document) -> Agency | None:
    """Returns the agency that a decision names, None without one that still fits the document."""
    for one in decisions:
        if one.agency and letters(one.quote) in letters(document.text):
            return one.agency
    return None


def printed(one: Observation) -> str:
    """Returns the row or sentence of an observation; a row that lost its label has it in front."""
    is_whole = one.indicator_id or letters(one.label_raw) in letters(one.quote)
    return one.quote if is_whole else f"{one.label_raw}\t{one.quote}"


def letters(text: str) -> str:
    """Returns a text without spaces and differences of width, which depend on the layout."""
    return "".join(fold(text).split())


def _meant(seen: Sequence[Observation], decision: Decision) -> Iterator[Observation]:
    quote = letters(decision.quote)
    wanted = None if decision.kind is DecisionKind.LABEL else decision.indicator_id
    for one in seen:
        if one.indicator_id == wanted and letters(printed(one)) == quote:
            yield one


def _fault(found: Sequence[Observation], decision: Decision, is_text: bool) -> str:
    """Why a decision does not fit; empty where it does."""
    if not found:
        return NOT_THERE
    if len(found) > 1:
        return SEVERAL
    (one,) = found
    is_judged = decision.kind is not DecisionKind.READING
    if is_judged and one.value != decision.value:
        return ANOTHER_VALUE
    if is_text and letters(decision.value_raw) not in letters(one.quote):
        return NOT_PRINTED
    return ""
