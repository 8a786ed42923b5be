"""Sentences to observations."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from pipeline.extract.prose.absences import Absence, absences, may_deny
from pipeline.extract.prose.as_observation import Reading, Told, as_observation
from pipeline.extract.prose.balanced import with_balanced
from pipeline.extract.prose.circumstances import carried_years
from pipeline.extract.prose.clauses import BREAK
from pipeline.extract.prose.cleaning import Clean, clean
from pipeline.extract.prose.form_rows import Figure, figures_of_rows
from pipeline.extract.prose.indicator_rules import (
    ROW,
    Meaning,
    form_of,
    is_known,
    is_worded,
    meaning_of,
)
from pipeline.extract.prose.line import Line
from pipeline.extract.prose.noun_phrases import is_change, label_of
from pipeline.extract.prose.passages import Sentence
from pipeline.extract.prose.quantities import (
    may_count,
    plans_ahead,
    quantities,
    unit_told,
    units_left_out,
)
from pipeline.extract.prose.standing import is_open, standing
from pipeline.extract.prose.told_of_all import is_dealt_with, said_of_all
from pipeline.extract.prose.told_together import (
    is_none_received,
    without_apart,
    without_denials,
    without_implausible,
    without_mixed_totals,
    without_rest,
    without_told_before,
    without_unrelated,
)
from pipeline.extract.prose.vocabulary import Topic, vocabulary
from pipeline.extract.prose.what_is_counted import (
    SHARE,
    Label,
    Place,
    what_is_counted,
    words_around,
)
from pipeline.extract.prose.wholes import Counted, Wholes, fits, is_applicant
from pipeline.extract.prose.whose import Reporter
from pipeline.forms.balance import balance
from pipeline.forms.catalogue import indicators
from pipeline.model.observation import Observation, Qualifier, Scope, Status

_MONEY = tuple(vocabulary().money)
# What a thing of which there was none may have been counted in.
_UNITS_OF_NONE = ("件", "条", "次", "个", "人", "篇", "期", "份", "元", "人次")
_NONE = Decimal(0)
# Those of the cases of which it is said how all of them ended: 审结11件,均维持.
_RULED_ON = frozenset({"审结", "已审结", "结案", "已结案"})
_TOTAL = ".total"
# Under these a denial names what is wanting, not what there was none of in the year.
_SHORTCOMINGS = re.compile("问题|不足|改进|困难")
_CONFIDENCE = 0.95
_CONFIDENCE_INHERITED = 0.85
_NARROWED = "O-narrowed"


def observe_narrative(
    prose: Iterable[Sentence],
    year: int | None,
    *,
    template: str = "none",
    reporter: str = "",
    scope: Scope = Scope.UNKNOWN,
) -> tuple[Observation, ...]:
    """Reads the numbers a report states in sentences.

    Args:
        prose: The report's sentences in reading order.
        year: The year reported on, None if not known.
        template: Form letter of its statistics table, ``none`` without one. It decides
            which form's indicators its prose means.
        reporter: Full name of the agency whose report it is, empty if not known. What
            another office did is told from what it did by this name.
        scope: Whose numbers the report gives.

    Returns:
        The observations in reading order; ``source`` is narrative throughout, and
        ``confidence`` low where the number may be of another office or stretch of time.
    """
    prose = list(prose)
    report = _Report(year, form_of(template, year), Reporter(reporter, scope))
    rows = figures_of_rows(prose, report.form, report.is_own)
    told = {id(prose[number]): figures for number, figures in rows.items()}
    reader = _Reader(report, units_left_out(prose), told)
    observations: list[Observation] = []
    for _, paragraph in groupby(prose, attrgetter("paragraph")):
        found = without_apart(_of_paragraph(reader, paragraph))
        observations += with_balanced(found, report.form)
    return without_implausible(observations)


def _of_paragraph(reader: "_Reader", paragraph: Iterable[Sentence]) -> list[Observation]:
    """The observations of sentences that stand together."""
    observations: list[Observation] = []
    before = 0
    for sentence in paragraph:
        begin = len(observations)
        observations += without_told_before(sentence.text, reader.read(sentence))
        if vocabulary().unrelated.search(sentence.text):
            told = begin if len(observations) > begin else before
            observations[told:] = map(without_unrelated, observations[told:])
        before = begin
    return observations


class _Report(NamedTuple):
    """Of which year a report is, in which form's words, and whose."""

    year: int | None
    form: str
    reporter: Reporter

    def is_own(self, text: str) -> bool:
        """Whether nothing in a sentence leaves open what is told behind it."""
        told = standing(text, len(text), self.year, self.reporter, None, counts=True)
        return not is_open(told.why)


class _Reader:
    """Reads sentence after sentence, remembering what a paragraph has counted so far."""

    def __init__(
        self,
        report: _Report,
        units: Mapping[int, str],
        rows: Mapping[int, Sequence[Figure]],
    ) -> None:
        self._report = report
        self._units = units
        self._rows = rows
        self._wholes = Wholes()
        self._paragraph = -1
        self._unit = ""
        self._heard = ""
        self._ahead = False
        self._none_came = False

    def read(self, sentence: Sentence) -> list[Observation]:
        """Returns the observations of a sentence in order."""
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            self._wholes.begin_paragraph()
            self._unit = self._units.get(sentence.paragraph, "")
            self._heard = ""
            self._none_came = False
        if figures := self._rows.get(id(sentence)):
            line = self._line(clean(sentence), counts=False)
            return [self._cell(line, one) for one in figures]
        said = sentence.text
        self._unit = unit_told(said) or self._unit
        counts, denies = may_count(said) and not self._ahead, may_deny(said)
        found = []
        if counts or denies:
            text = clean(sentence)
            counts = counts or (may_count(text.text) and not self._ahead)
            found = self._found(self._line(text, counts=counts), denies)
        if not counts and self._wholes.last is not None:
            found += self._again(clean(sentence))
        self._heard = "" if counts and sentence.ends else said
        if sentence.ends:
            self._ahead = False
            self._wholes.end_sentence()
        else:
            self._ahead = self._ahead or plans_ahead(said)
        return found

    def _cell(self, line: Line, one: Figure) -> Observation:
        """A cell of a form that a sentence tells as a row of it."""
        path = (*line.clean.sentence.path, *one.path)
        status = Status.ZERO_STATEMENT if one.is_told else Status.REPORTED
        value = _NONE if one.is_told else Decimal(one.raw.replace(",", ""))
        cell = Meaning(one.indicator, (ROW,))
        reading = Reading(path, indicators()[one.indicator].unit, one.raw, value, status, cell)
        return self._observe(line, one.start, reading, Qualifier.EXACT, _CONFIDENCE, None)

    def _line(self, text: Clean, *, counts: bool) -> Line:
        headings = " ".join(text.sentence.path)
        counted = quantities(text.text, headings, self._unit) if counts else ()
        return Line.of(text, self._heard, counted, self._report.year, self._report.form)

    def _found(self, line: Line, denies: bool) -> list[Observation]:
        found: list[tuple[int, Observation]] = []
        if denies:
            found += self._absences(line)
        found += self._quantities(line)
        found.sort(key=itemgetter(0))
        told = without_denials([one for _, one in found])
        return without_rest(without_mixed_totals(told))

    def _quantities(self, line: Line) -> Iterator[tuple[int, Observation]]:
        promised: dict[int, Label] = {}
        behind = 0
        for number, one in enumerate(line.counted):
            self._wholes.follow(line.text, behind, one.start)
            words = words_around(line, number, behind)
            is_part = self._wholes.is_open
            place = Place(line, number, behind, words, promised, self._wholes, is_part)
            named = what_is_counted(place)
            promised |= named.promised
            behind = one.end
            for label in named.labels:
                yield one.start, self._quantity(place, label)
                if label.text == words.after and is_worded(label.text, one.unit):
                    behind = one.end + len(words.after)
            for what in said_of_all(line.text, one.end, is_one=one.value == 1):
                for whole in self._told_of(line, what):
                    told = self._all_of_them(line, one.start, what, whole)
                    if told is not None:
                        yield one.start, told
        if line.counted:
            self._wholes.finish(line.text, behind)

    def _again(self, text: Clean) -> Iterator[Observation]:
        """What a sentence says of every one that another has counted: 收到5件。均予公开."""
        for what in said_of_all(f",{text.text}", 0, is_one=False):
            line = self._line(text, counts=False)
            for whole in self._told_of(line, what):
                told = self._all_of_them(line, 0, what, whole)
                if told is not None:
                    yield told

    def _all_of_them(self, line: Line, at: int, what: str, whole: Counted) -> Observation | None:
        """What is said of every one counted: 行政复议27件，均维持 are 27 upheld."""
        if whole.quantity is None or whole.quantity.status is not Status.REPORTED:
            return None
        one = whole.quantity
        ruled_on = whole.label in _RULED_ON
        of = (ruled_on and (whole.parent or self._wholes.cases)) or whole
        if not (one.value and fits(what, of.indicator)):
            return None
        stands = line.around(one.end if one.start < at else at, of, self._wholes)
        meaning = meaning_of(what, one.unit, line.form, stands)
        if meaning.indicator is None:
            return None
        path = (*whole.path, what)
        reading = Reading(path, one.unit, one.value_raw, one.value, one.status, meaning)
        seen = self._observe(line, at, reading, one.qualifier, _CONFIDENCE, whole)
        if meaning.indicator.endswith(_TOTAL):
            self._wholes.add(whole._replace(label=what, path=path, indicator=meaning.indicator))
        return seen

    def _told_of(self, line: Line, what: str) -> Iterator[Counted]:
        """The numbers of which something is said to hold for every one.

        行政复议3件、行政诉讼4件,均在审理中 is said of both.
        """
        whole = None if is_dealt_with(what) else self._wholes.came
        whole = whole or self._wholes.last
        is_outcome = whole and (whole.indicator or "").startswith(balance().dealt_with)
        whole = self._wholes.received if is_outcome and is_applicant(what) else whole
        if whole:
            yield from self._wholes.cases_listed(line.text, whole)
            yield whole

    def _quantity(self, place: Place, label: Label) -> Observation:
        line, one = place.line, place.one
        whole = self._whole_of(place, label)
        meaning = self._meaning(place, label, whole)
        path = (*(whole.path if whole else line.clean.sentence.path), label.text)
        value = -one.value if meaning.less and one.value else one.value
        seen = self._observe(
            line,
            one.start,
            Reading(path, one.unit, one.value_raw, value, one.status, meaning),
            one.qualifier,
            _CONFIDENCE if label.is_own else _CONFIDENCE_INHERITED,
            self._speaking(meaning.indicator, whole),
        )
        counted = Counted(
            label.text,
            path,
            one.unit,
            meaning.indicator,
            whole,
            seen.scope,
            seen.year,
            seen.why,
            one,
        )
        if whole and not label.is_own and counted.counts == whole.counts:
            self._wholes.add(whole)
        elif not one.is_share and (meaning.indicator or not is_change(label.text)):
            self._wholes.add(counted)
        return seen

    def _whole_of(self, place: Place, label: Label) -> Counted | None:
        """The number that a number is a part of, or a share of."""
        one, last = place.one, self._wholes.last
        share = one.is_share
        whole = last.parent if share and last else self._wholes.whole_of(label.text, one.unit)
        if label.is_of_share or share != label.text.endswith(SHARE):
            return None
        if one.unit.endswith(_MONEY) and not (whole and whole.unit.endswith(_MONEY)):
            return None
        return whole

    def _meaning(self, place: Place, label: Label, whole: Counted | None) -> Meaning:
        """The indicator of a number, left open where it may be of less than it seems."""
        line, one = place.line, place.one
        countable = label.is_own and one.status is Status.REPORTED and not one.is_share
        if not countable or not place.may_be(label.text):
            return Meaning()
        stands = line.around(one.start, whole, self._wholes)
        meaning = meaning_of(label.text, one.unit, line.form, stands)
        if meaning.indicator is None or whole is None:
            return meaning
        by_whom = meaning.indicator.startswith(f"{balance().received}:")
        if whole.is_some_requests and not by_whom:
            meaning = meaning._replace(why=(*meaning.why, _NARROWED))
        if meaning.indicator in balance().dealt_with and self._wholes.narrows(whole):
            meaning = meaning._replace(why=(*meaning.why, _NARROWED))
        return meaning

    def _speaking(self, indicator: str | None, whole: Counted | None) -> Counted | None:
        """The number whose words still hold: the whole of a part, requests before requests."""
        if whole is not None:
            return whole
        last = self._wholes.last
        of_requests = indicator is not None and indicator.startswith("requests.")
        return last if last and last.is_of_requests and of_requests else None

    def _absences(self, line: Line) -> Iterator[tuple[int, Observation]]:
        found = absences(line.text, next(reversed(line.clean.sentence.path), ""))
        named = [(one.start, self._absence(line, one, one.topic)) for one in found if one.topic]
        self._none_came = self._none_came or any(is_none_received(seen) for _, seen in named)
        said = {seen.indicator_id for _, seen in named}
        denied = [(one, self._denial(line, one)) for one in found if not one.topic]
        more = [(one.start, seen) for one, seen in denied if seen and seen.indicator_id not in said]
        labels = {seen.label_raw for _, seen in more}
        yield from (one for one in named if one[1].indicator_id or one[1].label_raw not in labels)
        yield from more

    def _denial(self, line: Line, one: Absence) -> Observation | None:
        """What a number of the same words would be, said to be none."""
        headings = line.clean.sentence.path
        if any(map(_SHORTCOMINGS.search, headings)):
            return None
        label = label_of(carried_years(BREAK.split(one.label)[-1], line.year), "")
        meaning = self._denied(line, one, label)
        if meaning is None or meaning.indicator is None:
            return None
        is_verb = one.denied and not one.unit
        follows = self._none_came and meaning.indicator in balance().dealt_with
        if is_verb and not follows and vocabulary().undeniable.search(meaning.indicator):
            return None
        meaning = meaning._replace(why=(*meaning.why, *one.why))
        path = (*headings, label)
        zero = Reading(path, one.unit, one.word, _NONE, Status.ZERO_STATEMENT, meaning)
        seen = self._observe(line, one.start, zero, Qualifier.EXACT, _CONFIDENCE, None)
        self._none_came = self._none_came or is_none_received(seen)
        return seen

    def _denied(self, line: Line, one: Absence, label: str) -> Meaning | None:
        """What a label means in the first unit in which it means something."""
        if not is_known(label):
            return None
        stands = line.around(one.start, None, self._wholes)
        stands = stands._replace(cumulative=False)
        units = (one.unit,) if one.unit else _UNITS_OF_NONE
        found = (meaning_of(label, unit, line.form, stands) for unit in units)
        return next((meaning for meaning in found if meaning.indicator), None)

    def _absence(self, line: Line, one: Absence, topic: Topic) -> Observation:
        indicator = topic.id if not topic.eras or line.form in topic.eras else None
        indicator = indicator or topic.ids.get(line.form)
        if topic.beside and topic.beside.search(line.text):
            indicator = None
        path = (*line.clean.sentence.path, one.label)
        why = (f"A-{topic.name}", *one.why) if indicator else one.why
        meaning = Meaning(indicator, why)
        reading = Reading(path, one.unit, one.word, _NONE, Status.ZERO_STATEMENT, meaning)
        return self._observe(line, one.start, reading, Qualifier.EXACT, _CONFIDENCE, None)

    def _observe(
        self,
        line: Line,
        at: int,
        reading: Reading,
        qualifier: Qualifier,
        confidence: float,
        before: Counted | None,
    ) -> Observation:
        told = Told(line.year, self._report.reporter, before, line.year_told(at, before))
        return as_observation(line.clean, at, reading, qualifier, confidence, told)
