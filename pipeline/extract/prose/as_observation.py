"""What was read at a place of a sentence, with what leaves it open, as an observation."""

from decimal import Decimal
from typing import NamedTuple

from pipeline.extract.prose.attribution import CONFIDENCE_OPEN, attribution, is_open
from pipeline.extract.prose.indicator_rules import Meaning
from pipeline.extract.prose.line import Line
from pipeline.extract.prose.wholes import Counted
from pipeline.model.observation import PATH_MARK, Observation, Qualifier, Source, Status

CONFIDENCE = 0.85
"""How sure a number is that one sentence says, and nothing else: less than a printed cell."""


class StatedValue(NamedTuple):
    """What a sentence states at a place: a label below headings, and its value."""

    path: tuple[str, ...]
    unit: str | None
    raw: str
    value: Decimal | None
    status: Status
    meaning: Meaning
    qualifier: Qualifier = Qualifier.EXACT


def as_observation(
    line: Line, at: int, stated: StatedValue, before: Counted | None = None
) -> Observation:
    """Returns an observation of what was read in a sentence.

    Args:
        line: The sentence.
        at: Offset of what was read.
        stated: What was read.
        before: The number whose words still hold, None if there is none.
    """
    piece = line.clean.piece_at(at)
    meaning = stated.meaning
    attributed = attribution(
        line.text,
        at,
        line.year,
        line.reporter,
        before,
        counts=meaning.indicator is not None,
        year_told=line.year_told(at, before),
    )
    why = meaning.why
    if meaning.indicator:
        why += tuple(name for name in attributed.why if name not in meaning.ignores)
    quote = piece.raw.strip()
    start = piece.start + piece.raw.index(quote)
    return Observation(
        indicator_id=meaning.indicator,
        section_path=PATH_MARK.join(stated.path),
        label_raw=stated.path[-1],
        unit_raw=stated.unit,
        value_raw=stated.raw,
        value=stated.value,
        value_status=stated.status,
        qualifier=stated.qualifier,
        source=Source.NARRATIVE,
        confidence=CONFIDENCE_OPEN if is_open(why) else CONFIDENCE,
        quote=quote,
        year=None if "O-other_year" in meaning.ignores else attributed.year,
        scope=attributed.scope,
        page=piece.page,
        char_start=start,
        char_end=start + len(quote),
        why=why,
    )
