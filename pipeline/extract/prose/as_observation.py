"""What was read at a place of a sentence, with what leaves it open, as an observation."""

from decimal import Decimal
from typing import NamedTuple

from pipeline.extract.prose.cleaning import Clean
from pipeline.extract.prose.indicator_rules import Meaning
from pipeline.extract.prose.standing import CONFIDENCE_OPEN, is_open, standing
from pipeline.extract.prose.wholes import Counted
from pipeline.extract.prose.whose import Reporter
from pipeline.model.observation import PATH_MARK, Observation, Qualifier, Source, Status


class Reading(NamedTuple):
    """The parts of an observation that say what was read."""

    path: tuple[str, ...]
    unit: str | None
    raw: str
    value: Decimal | None
    status: Status
    meaning: Meaning


class Told(NamedTuple):
    """By whom and of what a number is told.

    Attributes:
        year: The year reported on, None if not known.
        reporter: Who reports.
        before: The number whose words still hold, None if there is none.
        year_told: The year that a list of years gives it, None without one.
    """

    year: int | None
    reporter: Reporter
    before: Counted | None
    year_told: int | None


def as_observation(
    text: Clean, at: int, reading: Reading, qualifier: Qualifier, confidence: float, told: Told
) -> Observation:
    """Returns an observation of what was read at an offset of a sentence."""
    piece = text.piece_at(at)
    indicator = reading.meaning.indicator
    stands = standing(
        text.text,
        at,
        told.year,
        told.reporter,
        told.before,
        counts=indicator is not None,
        year_told=told.year_told,
    )
    why = reading.meaning.why
    if indicator:
        why += tuple(name for name in stands.why if name not in reading.meaning.ignores)
    if is_open(why):
        confidence = min(confidence, CONFIDENCE_OPEN)
    quote = piece.raw.strip()
    start = piece.start + piece.raw.index(quote)
    return Observation(
        indicator_id=indicator,
        section_path=PATH_MARK.join(reading.path),
        label_raw=reading.path[-1],
        unit_raw=reading.unit,
        value_raw=reading.raw,
        value=reading.value,
        value_status=reading.status,
        qualifier=qualifier,
        source=Source.NARRATIVE,
        confidence=confidence,
        quote=quote,
        year=None if "O-other_year" in reading.meaning.ignores else stands.year,
        scope=stands.scope,
        page=piece.page,
        char_start=start,
        char_end=start + len(quote),
        why=why,
    )
