"""Sentences to observations."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.prose.absences import Absence, absences, may_deny, topic_labels
from pipeline.extract.prose.circumstances import (
    is_cumulative,
    is_of_others,
    is_of_some,
    is_partial,
    says_year,
    scope_before,
    scope_word,
    year_before,
)
from pipeline.extract.prose.cleaning import Clean, clean
from pipeline.extract.prose.indicator_rules import Around, form_of, indicator_of, may_mean
from pipeline.extract.prose.noun_phrases import is_bare, label_of
from pipeline.extract.prose.passages import Sentence
from pipeline.extract.prose.quantities import Quantity, may_count, plans_ahead, quantities
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.model.observation import Observation, Qualifier, Scope, Source, Status

_BREAK = re.compile(r"[,。;:!?()●]")
# A clause between two parts that counts nothing ends what 其中 began.
_CLAUSE = re.compile(r"[,;](?!占|因|由于|其中|分别|是|及)")
_BRACKET = re.compile(r"[()]")
_CLAUSE_BEFORE = re.compile(r"[,。;:!?)]")
_ASIDE = re.compile(r"\([^()]*\)")
# One of two kinds, nobody says which: 专(兼)职.
_OR = re.compile(r"(?<=专)\((兼)\)")
# A number behind these counts what follows it: 3名专职和2名兼职人员.
_AND = ("、", "和", "与", "及")
_GROUPING = re.compile(rf"\(|\)|{vocabulary().parts.pattern}")
# Behind a semicolon 共 begins a count of something else.
_NEW_TOTAL = re.compile(r"(?:^|[;。])(?:全年|一共|共|合计|总计)")
_SHARE = re.compile(r"(?:占比|占|比例|比重)(?:[^,。;权]{0,12})$")
_MONEY = tuple(vocabulary().money)
_EACH = ("各", "均", "均为", "各为", "都是")
_MIXED = frozenset({"requests.received", "reconsideration.total", "litigation.total"})
_DISCLOSURE = "公开"
_REQUESTS = "requests."
_PART_GAP = 3
_FEWEST_MIXED = 2
_SHORTEST_SUBJECT = 2
_CONFIDENCE = 0.95
_CONFIDENCE_HAN = 0.8
_CONFIDENCE_INHERITED = 0.85
_CONFIDENCE_UNSURE = 0.6


def observe_narrative(
    prose: Iterable[Sentence], year: int | None, *, template: str = "none", reporter: str = ""
) -> tuple[Observation, ...]:
    """Reads the numbers a report states in sentences.

    Args:
        prose: The report's sentences in reading order.
        year: The year reported on, None if not known.
        template: Form letter of its statistics table, ``none`` without one. It decides
            which form's indicators its prose means.
        reporter: Full name of the agency whose report it is, empty if not known. What
            another office did is told from what it did by this name.

    Returns:
        The observations in reading order; ``source`` is narrative throughout, and
        ``confidence`` low where the number may be of another office or stretch of time.
    """
    reader = _Reader(year, form_of(template, year), reporter)
    observations: list[Observation] = []
    for sentence in prose:
        observations += reader.read(sentence)
    return tuple(observations)


class _Counted(NamedTuple):
    """A number read, as later ones of its paragraph see it."""

    label: str
    path: tuple[str, ...]
    indicator: str | None = None
    parent: "_Counted | None" = None
    scope: Scope = Scope.UNKNOWN
    year: int | None = None
    is_unsure: bool = False

    @property
    def is_of_requests(self) -> bool:
        return self.indicator is not None and self.indicator.startswith(_REQUESTS)


class _Reader:
    """Reads sentence after sentence, remembering what a paragraph has counted so far."""

    def __init__(self, year: int | None, form: str, reporter: str) -> None:
        self._year = year
        self._form = form
        self._reporter = reporter
        self._paragraph = -1
        self._last: _Counted | None = None
        self._whole: _Counted | None = None
        self._outer: list[tuple[_Counted | None, _Counted | None]] = []
        self._ahead = False

    def read(self, sentence: Sentence) -> list[Observation]:
        """Returns the observations of a sentence in order."""
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            self._last = None
            self._release()
        said = sentence.text
        counts, denies = may_count(said) and not self._ahead, may_deny(said)
        found = self._found(clean(sentence), counts, denies) if counts or denies else []
        if sentence.ends:
            self._ahead = False
            self._release()
        else:
            self._ahead = self._ahead or plans_ahead(said)
        return found

    def _found(self, text: Clean, counts: bool, denies: bool) -> list[Observation]:
        found: list[tuple[int, Observation]] = []
        if denies:
            path = text.sentence.path
            heading = path[-1] if path else ""
            found += [(one.start, self._absence(text, one)) for one in absences(text.text, heading)]
        if counts:
            found += self._quantities(text)
        found.sort(key=_place)
        return _without_mixed_totals([observation for _, observation in found])

    def _release(self) -> None:
        self._whole = None
        self._outer = []

    def _quantities(self, text: Clean) -> Iterator[tuple[int, Observation]]:
        said = text.text
        counted = quantities(said, " ".join(text.sentence.path))
        edges = [*(one.start for one in counted[1:]), len(said)]
        behind = 0
        for one, next_start in zip(counted, edges, strict=False):
            self._regroup(said, behind, one.start)
            wider = _outside(said, behind, one.lead)
            before = "" if wider.endswith(_AND) else _BREAK.split(wider)[-1]
            after = said[one.end :] if next_start <= one.end + 1 else said[one.end : next_start]
            if vocabulary().applicants.fullmatch(after):
                after = ""
            behind = one.end
            for label, read in self._read_labels(one, before, after, wider):
                yield one.start, self._quantity(text, one, label, read)
        for mark in _BRACKET.finditer(said, behind):
            self._bracket(mark.group(), close=False)

    def _regroup(self, text: str, begin: int, end: int) -> None:
        """Follows 其中, 分别为 and brackets between two numbers."""
        if not self._outer and _NEW_TOTAL.search(text[begin:end]):
            self._whole = None
        nested = begin == 0 or self._whole is None or self._outer
        if not nested and len(_CLAUSE.findall(text, begin, end)) > 1:
            self._whole = None
        for mark in _GROUPING.finditer(text, begin, end):
            word = mark.group()
            close = begin > 0 and mark.start() - begin <= _PART_GAP
            if word in "()":
                self._bracket(word, close)
            elif close or word.endswith("中") or word.startswith("分别"):
                self._whole = self._last

    def _bracket(self, word: str, close: bool) -> None:
        """What is counted in brackets is part of the number right before them, no farther."""
        if word == "(":
            self._outer.append((self._whole, self._last))
            self._whole = self._last if close else self._whole
        elif self._outer:
            self._whole, before = self._outer.pop()
            self._last = before or self._last
        else:
            self._whole = None

    def _read_labels(
        self, one: Quantity, before: str, after: str, wider: str
    ) -> list[tuple[str, bool]]:
        """What a number counts, and whether its own clause says so."""
        last = self._last
        share = _SHARE.search(before) if one.unit == "%" else None
        if share:
            subject = before[: share.start()]
            if last and len(subject) < _SHORTEST_SUBJECT:
                return [(f"{last.label}占比", True)]
            return [(f"{label_of(subject, '')}占比", True)]
        if before.endswith(_EACH):
            named = topic_labels(before)
            if len(named) > 1:
                return [(label, True) for label in named]
        is_part = self._whole is not None
        label = label_of(before, after, is_part=is_part)
        if len(label) < _SHORTEST_SUBJECT:
            label = label_of(wider.rstrip(",:;。"), after, is_part=is_part)
        if not is_bare(label):
            return [(label, True)]
        whole = self._whole or last
        if whole is None:
            return [(label or one.unit, False)]
        return [(scope_word(before) + whole.label, False)]

    def _quantity(self, text: Clean, one: Quantity, label: str, own: bool) -> Observation:
        share = one.unit == "%"
        whole = self._last.parent if share and self._last else self._whole
        whole = None if share != (label.endswith("占比")) else whole
        if one.unit.endswith(_MONEY):
            whole = None
        indicator = None
        countable = own and one.status is Status.REPORTED and not share
        if countable and may_mean(label, one.unit):
            indicator = indicator_of(
                label, one.unit, self._form, self._around(text, one.start, whole)
            )
        path = (*(whole.path if whole else text.sentence.path), label)
        seen = self._observation(
            text,
            one.start,
            _Reading(path, one.unit, one.value_raw, one.value, one.status, indicator),
            one.qualifier,
            _CONFIDENCE_HAN if one.han else _CONFIDENCE if own else _CONFIDENCE_INHERITED,
        )
        counted = _Counted(label, path, indicator, whole)
        seen = self._as_said(seen, text.text, one.start, self._speaking(counted))
        if not share and not _is_change(label):
            unsure = seen.confidence <= _CONFIDENCE_UNSURE
            self._last = counted._replace(scope=seen.scope, year=seen.year, is_unsure=unsure)
        return seen

    def _speaking(self, counted: _Counted) -> _Counted | None:
        """The number whose words still hold: the whole of a part, requests before requests."""
        if counted.parent is not None:
            return counted.parent
        last = self._last
        return last if last and last.is_of_requests and counted.is_of_requests else None

    def _as_said(
        self, seen: Observation, text: str, at: int, before: _Counted | None
    ) -> Observation:
        """A number with whose and of which year it is, as the sentence before says.

        What a later sentence tells of 全县's requests is of 全县 too, whoever reports.
        """
        if before is None:
            return seen
        if seen.scope is Scope.UNKNOWN:
            seen = seen._replace(scope=before.scope)
            if before.is_unsure and seen.indicator_id:
                seen = seen._replace(confidence=min(seen.confidence, _CONFIDENCE_UNSURE))
        if seen.year is None and not says_year(text, at, self._year):
            seen = seen._replace(year=before.year)
        return seen

    def _around(self, text: Clean, at: int, whole: _Counted | None) -> Around:
        last = self._last
        return Around(
            headings=text.sentence.path,
            said=text.text[:at],
            parent_id=whole.indicator if whole else None,
            parent_label=whole.label if whole else "",
            before_id=last.indicator if last else None,
            before_label=last.label if last else "",
            cumulative=is_cumulative(text.text, at, self._year),
        )

    def _absence(self, text: Clean, one: Absence) -> Observation:
        topic = one.topic
        indicator = topic.id if not topic.eras or self._form in topic.eras else None
        indicator = indicator or topic.ids.get(self._form)
        path = (*text.sentence.path, one.label)
        reading = _Reading(path, one.unit, one.word, Decimal(0), Status.ZERO_STATEMENT, indicator)
        return self._observation(text, one.start, reading, Qualifier.EXACT, _CONFIDENCE)

    def _observation(
        self,
        text: Clean,
        at: int,
        reading: "_Reading",
        qualifier: Qualifier,
        confidence: float,
    ) -> Observation:
        piece = text.piece_at(at)
        if reading.indicator and self._is_unsure(text.text, at):
            confidence = min(confidence, _CONFIDENCE_UNSURE)
        quote = piece.raw.strip()
        start = piece.start + piece.raw.index(quote)
        return Observation(
            indicator_id=reading.indicator,
            section_path=" > ".join(reading.path),
            label_raw=reading.path[-1],
            unit_raw=reading.unit,
            value_raw=reading.raw,
            value=reading.value,
            value_status=reading.status,
            qualifier=qualifier,
            source=Source.NARRATIVE,
            confidence=confidence,
            quote=quote,
            year=year_before(text.text, at, self._year),
            scope=scope_before(text.text, at),
            page=piece.page,
            char_start=start,
            char_end=start + len(quote),
        )

    def _is_unsure(self, text: str, at: int) -> bool:
        return (
            is_partial(text, at)
            or is_of_others(text, at, self._reporter)
            or (scope_before(text, at) is Scope.REGION and is_of_some(text, at))
        )


def _outside(text: str, begin: int, end: int) -> str:
    """The words before a number without what brackets hold.

    Where a bracket with numbers of its own ends there, the words in front of it are meant:
    受理申请(其中当面3件)共7件.
    """
    wider = text[begin:end]
    if "(" in wider:
        wider = _ASIDE.sub("", _OR.sub(r"、\1", wider))
    close = wider.rfind(")")
    opening = text.rfind("(", 0, begin) if close >= 0 else -1
    if opening < 0 or _BREAK.search(wider, close + 1):
        return wider
    return _CLAUSE_BEFORE.split(text[:opening])[-1] + wider[close + 1 :]


def _place(found: tuple[int, Observation]) -> int:
    return found[0]


@lru_cache(maxsize=8192)
def _is_change(label: str) -> bool:
    """Whether a label only says how much more or less something else was."""
    return vocabulary().change.search(label) is not None


def _without_mixed_totals(found: list[Observation]) -> list[Observation]:
    """Takes the meaning from a whole whose parts show that it counts something else too.

    Requests with those carried in are not what came in the year; of all lawsuits some may
    be about disclosure.
    """
    if len(found) < _FEWEST_MIXED:
        return found
    return [
        one._replace(indicator_id=None)
        if one.indicator_id in _MIXED
        and any(
            part.section_path.startswith(f"{one.section_path} > ") and _mixes(one, part)
            for part in found
        )
        else one
        for one in found
    ]


def _mixes(whole: Observation, part: Observation) -> bool:
    if whole.indicator_id == "requests.received":
        return part.indicator_id == "requests.carried_in"
    return _DISCLOSURE in part.label_raw and _DISCLOSURE not in whole.label_raw


class _Reading(NamedTuple):
    """The parts of an observation that say what was read."""

    path: tuple[str, ...]
    unit: str | None
    raw: str
    value: Decimal | None
    status: Status
    indicator: str | None
