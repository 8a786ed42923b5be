"""What sentences claim without a number, so that a table can be held against it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from pipeline.extract.narrative.passages import Sentence
from pipeline.extract.narrative.vocabulary import vocabulary
from pipeline.forms.catalogue import indicators


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that cannot be true if an indicator is nought.

    Attributes:
        indicator_id: The indicator.
        phrase: The words that claim it.
        quote: The sentence, verbatim.
        char_start: Offset of the quote in the decoded text.
        char_end: Offset behind it.
    """

    indicator_id: str
    phrase: str
    quote: str
    char_start: int
    char_end: int


class _Kind(BaseModel):
    """``words``: one stands in every match. ``anywhere``: in sections on plans too."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    pattern: re.Pattern[str]
    words: tuple[str, ...]
    indicators: tuple[str, ...]
    anywhere: bool = False

    @model_validator(mode="after")
    def _are_in_the_catalogue(self) -> "_Kind":
        unknown = [name for name in self.indicators if name not in indicators()]
        if unknown:
            raise ValueError(f"claims.yml: {unknown[0]} is not in indicators.csv")
        return self


class _Kinds(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    claims: tuple[_Kind, ...]
    unless: re.Pattern[str]


def observe_claims(prose: Iterable[Sentence]) -> tuple[Claim, ...]:
    """Reads what a report claims without a number.

    Args:
        prose: The report's sentences in reading order.

    Returns:
        The first claim on every indicator, in reading order.
    """
    found: dict[str, Claim] = {}
    for sentence in prose:
        for piece in sentence.pieces:
            for kind in _kinds().claims:
                if not any(word in piece.raw for word in kind.words):
                    continue
                match = kind.pattern.search(piece.raw)
                if match is None or (_is_planned(sentence) and not kind.anywhere):
                    continue
                if _kinds().unless.search(_clause(piece.raw, match.start())):
                    continue
                quote = piece.raw.strip()
                start = piece.start + piece.raw.index(quote)
                for name in kind.indicators:
                    claim = Claim(name, match.group(), quote, start, start + len(quote))
                    found.setdefault(name, claim)
    return tuple(found.values())


def _is_planned(sentence: Sentence) -> bool:
    return any(vocabulary().plan_heading.search(head) for head in sentence.path[-1:])


def _clause(text: str, at: int) -> str:
    return re.split(r"[,，。；;]", text[:at])[-1]


@cache
def _kinds() -> _Kinds:
    path = files("pipeline.extract") / "data" / "claims.yml"
    return _Kinds.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
