"""Sentences to observations."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct, structs

from pipeline.extract.prose.absence_reader import read_absences
from pipeline.extract.prose.absences import may_deny
from pipeline.extract.prose.as_observation import StatedValue, as_observation
from pipeline.extract.prose.attribution import attribution, is_open
from pipeline.extract.prose.balanced import with_balanced, with_only_way
from pipeline.extract.prose.cleaning import Clean, clean
from pipeline.extract.prose.count_reader import read_counts, read_of_all
from pipeline.extract.prose.form_rows import Figure, figures_of_rows
from pipeline.extract.prose.indicator_rules import ROW, Meaning, form_of
from pipeline.extract.prose.line import Found, Line
from pipeline.extract.prose.passages import Sentence
from pipeline.extract.prose.quantities import (
    may_count,
    plans_ahead,
    quantities,
    unit_told,
    units_left_out,
)
from pipeline.extract.prose.told_together import (
    without_answers_alone,
    without_apart,
    without_denials,
    without_implausible,
    without_kinds,
    without_mixed_totals,
    without_more_closed,
    without_rest,
    without_told_before,
    without_unread,
    without_unrelated,
)
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.wholes import Tally
from pipeline.extract.prose.whose import Reporter
from pipeline.forms.catalogue import indicators
from pipeline.model.observation import Observation, Scope, Status

_NONE = Decimal(0)


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
    units = units_left_out(prose)
    observations: list[Observation] = []
    is_ahead = False
    for number, paragraph in groupby(enumerate(prose), lambda one: one[1].paragraph):
        said = [(sentence, rows.get(place, ())) for place, sentence in paragraph]
        heard = _Heard(unit=units.get(number, ""), is_ahead=is_ahead)
        found, is_ahead = _of_paragraph(report, said, heard)
        if found:
            told = without_kinds(without_answers_alone(without_apart(found)))
            observations += with_balanced(told, report.form)
    return without_implausible(with_only_way(observations))


class _Report(NamedTuple):
    """Of which year a report is, in which form's words, and whose."""

    year: int | None
    form: str
    reporter: Reporter

    def is_own(self, text: str) -> bool:
        """Whether a number behind a sentence would be the reporter's, and of the year."""
        told = attribution(text, len(text), self.year, self.reporter, None, counts=True)
        return not is_open(told.why)

    def line(self, text: Clean, heard: "_Heard", *, counts: bool) -> Line:
        """A sentence with its numbers, without any where it counts nothing."""
        headings = " ".join(text.sentence.path)
        counted = quantities(text.text, headings, heard.unit) if counts else ()
        return Line.of(text, heard.before, counted, self.year, self.form, self.reporter)


class _Heard(Struct, frozen=True):
    """The context that earlier sentences give the next one.

    Attributes:
        tally: The numbers of its paragraph.
        unit: What numbers without a unit are counted in.
        before: The sentence before it, where that counts nothing or a semicolon ends it.
        is_ahead: Whether a sentence that has not ended yet tells of the year to come.
        none_came: Whether its paragraph says that no request came.
    """

    tally: Tally = Tally()
    unit: str = ""
    before: str = ""
    is_ahead: bool = False
    none_came: bool = False

    def behind(self, sentence: Sentence, *, counts: bool) -> "_Heard":
        """What holds for the next sentence."""
        said, ends = sentence.text, sentence.ends
        return _Heard(
            self.tally.end_sentence() if ends else self.tally,
            self.unit,
            "" if counts and ends else said,
            not ends and (self.is_ahead or plans_ahead(said)),
            self.none_came,
        )


def _of_paragraph(
    report: _Report, said: Iterable[tuple[Sentence, Sequence[Figure]]], heard: _Heard
) -> tuple[list[Observation], bool]:
    """The observations of sentences that stand together, and whether they end on plans."""
    observations: list[Observation] = []
    before = 0
    for sentence, figures in said:
        begin = len(observations)
        if figures:
            line = report.line(clean(sentence), heard, counts=False)
            found = [_cell(line, one) for one in figures]
        else:
            found, heard = _read(report, sentence, heard)
        observations += without_told_before(sentence.text, found) if found else ()
        if observations and vocabulary().unrelated.search(sentence.text):
            told = begin if len(observations) > begin else before
            observations[told:] = map(without_unrelated, observations[told:])
        before = begin
    return observations, heard.is_ahead


def _cell(line: Line, one: Figure) -> Observation:
    """A cell of a form whose row is written as a sentence."""
    path = (*line.clean.sentence.path, *one.path)
    status = Status.ZERO_STATEMENT if one.is_told else Status.REPORTED
    value = _NONE if one.is_told else Decimal(one.raw.replace(",", ""))
    cell = Meaning(one.indicator, (ROW,))
    unit = indicators()[one.indicator].unit
    return as_observation(line, one.start, StatedValue(path, unit, one.raw, value, status, cell))


def _read(report: _Report, sentence: Sentence, heard: _Heard) -> tuple[list[Observation], _Heard]:
    """The observations of a sentence in order, and the context of the next one."""
    said = sentence.text
    if unit := unit_told(said):
        heard = structs.replace(heard, unit=unit)
    counts, denies = may_count(said) and not heard.is_ahead, may_deny(said)
    found: list[Observation] = []
    if counts or denies:
        text = clean(sentence)
        counts = counts or (may_count(text.text) and not heard.is_ahead)
        line = report.line(text, heard, counts=counts)
        counted, tally, by = read_counts(line, heard.tally)
        absent, none_came = (
            read_absences(line, by, none_came=heard.none_came) if denies else ([], heard.none_came)
        )
        heard = structs.replace(heard, tally=tally, none_came=none_came)
        found = _held_together([*absent, *counted])
    if not counts and heard.tally.last is not None:
        line = report.line(clean(sentence), heard, counts=False)
        told, tally = read_of_all(line, heard.tally)
        heard = structs.replace(heard, tally=tally)
        found += [seen for _, seen in told]
    return found, heard.behind(sentence, counts=counts)


def _held_together(found: list[Found]) -> list[Observation]:
    """Observations of a sentence in order, with the doubts that they cast on each other."""
    told = without_denials([seen for _, seen in sorted(found, key=itemgetter(0))])
    return without_unread(without_more_closed(without_rest(without_mixed_totals(told))))
