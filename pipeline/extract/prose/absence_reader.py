"""What a sentence denies, as observations: 未收到申请, 无收费."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.extract.prose.absences import Absence, absences
from pipeline.extract.prose.as_observation import StatedValue, as_observation
from pipeline.extract.prose.circumstances import carried_years
from pipeline.extract.prose.clauses import BREAK
from pipeline.extract.prose.indicator_rules import Meaning, is_known, meaning_of
from pipeline.extract.prose.kinds import cases
from pipeline.extract.prose.line import Found, Line
from pipeline.extract.prose.noun_phrases import label_of
from pipeline.extract.prose.surroundings import is_of_business
from pipeline.extract.prose.told_together import is_none_received
from pipeline.extract.prose.understood import UNREAD, is_understood
from pipeline.extract.prose.vocabulary import Topic, vocabulary
from pipeline.extract.prose.wholes import Tally
from pipeline.forms.balance import balance
from pipeline.model.observation import Observation, Status

_NONE = Decimal(0)
# What a thing of which there was none may have been counted in.
_UNITS_OF_NONE = ("件", "条", "次", "个", "人", "篇", "期", "份", "元", "人次")
_CASES = frozenset(f"{name}.total" for name in cases())
_NARROWED = "O-narrowed"
# Where there has been none until the report was written, there was none in its year.
_UNTIL_NOW = re.compile("(?:截[至止]|到)目前(?:为止)?[^。;]*$|(?:至今|迄今|以来)[^。;]*$")
# A result of cases in the words of the form: of another kind of it there may be some.
_RESULT = re.compile("(?:被)?(?:依法)?(?:纠正|纠错)|其[他它](?:结果|情形)|(?:尚)?未审结")
_PART = frozenset({"O-part_of_year"})
# Under these a denial names what is wanting, not what there was none of in the year.
_SHORTCOMINGS = re.compile("问题|不足|改进|困难")


def read_absences(
    line: Line, counted: Sequence[tuple[int, Tally]], *, none_came: bool
) -> tuple[list[Found], bool]:
    """Returns what a sentence says there was none of, and whether no request has come by then.

    Args:
        line: The sentence.
        counted: The numbers before it, and those by the end of each of its own.
        none_came: Whether its paragraph has said before it that no request came.
    """
    found = absences(line.text, next(reversed(line.clean.sentence.path), ""))
    named = [(one.start, _absence(line, one, one.topic)) for one in found if one.topic]
    told_zero = [
        (one.start, seen)
        for one in found
        if not (one.topic or one.denied)
        and (seen := _denial(line, one, _by(counted, one.start), none_came=False))
    ]
    named = [one for one in named if not any(_is_within(one, other) for other in told_zero)]
    none_came = none_came or any(is_none_received(seen) for _, seen in (*named, *told_zero))
    denied: list[Found] = []
    for one in found:
        by = _by(counted, one.start)
        seen = _denial(line, one, by, none_came=none_came) if one.denied else None
        if seen is not None:
            none_came = none_came or is_none_received(seen)
            denied.append((one.start, seen))
    said = {seen.indicator_id for _, seen in named}
    more = [one for one in (*told_zero, *denied) if one[1].indicator_id not in said]
    labels = {seen.label_raw for _, seen in more}
    kept = [one for one in named if one[1].indicator_id or one[1].label_raw not in labels]
    return [*kept, *more], none_came


def _by(counted: Sequence[tuple[int, Tally]], at: int) -> Tally:
    """The numbers before an offset."""
    return next(tally for end, tally in reversed(counted) if end <= at)


def _is_within(topic: Found, told: Found) -> bool:
    """Whether a topic is only some of the words of what is said to be zero: 结转的申请为零."""
    (at, one), (start, other) = topic, told
    return at == start and one.label_raw in other.label_raw and one.label_raw != other.label_raw


def _denial(line: Line, one: Absence, tally: Tally, *, none_came: bool) -> Observation | None:
    """What a number of the same words would be, said to be none."""
    headings = line.clean.sentence.path
    if any(map(_SHORTCOMINGS.search, headings)):
        return None
    label = label_of(carried_years(BREAK.split(one.label)[-1], line.year), "")
    meaning = _denied(line, one, label, tally)
    if meaning is None or meaning.indicator is None:
        return None
    is_verb = one.denied and not one.unit
    follows = none_came and meaning.indicator in balance().dealt_with
    is_result = _RESULT.fullmatch(one.label) is not None and _is_of_cases(meaning.indicator, tally)
    if is_verb and not (follows or is_result) and vocabulary().undeniable.search(meaning.indicator):
        return None
    meaning = meaning._replace(why=(*meaning.why, *one.why))
    return _none_of(line, one, label, meaning)


def _is_of_cases(indicator: str, tally: Tally) -> bool:
    """Whether cases of the kind whose result an indicator counts were told: 复议3件,无纠正情形."""
    case = indicator.partition(".")[0]
    return any(one.indicator == f"{case}.total" and any(one.counts[:1]) for one in tally.counted)


def _denied(line: Line, one: Absence, label: str, tally: Tally) -> Meaning | None:
    """The meaning of a label in the first unit that gives it one, None without such."""
    if not is_known(label):
        return None
    stands = line.around(one.start, None, tally)._replace(cumulative=False)
    units = (one.unit,) if one.unit else _UNITS_OF_NONE
    found = (meaning_of(label, unit, line.form, stands) for unit in units)
    return next((meaning for meaning in found if meaning.indicator), None)


def _absence(line: Line, one: Absence, topic: Topic) -> Observation:
    indicator = topic.id if not topic.eras or line.form in topic.eras else None
    indicator = indicator or topic.ids.get(line.form)
    if topic.beside and topic.beside.search(line.text):
        indicator = None
    why = (topic.rule, *one.why) if indicator else one.why
    ignores = _PART if _UNTIL_NOW.search(line.text, 0, one.start) else frozenset[str]()
    if indicator in _CASES and is_of_business(line.text[: line.text.rfind(one.label, 0, one.end)]):
        why = (*why, _NARROWED)
    return _none_of(line, one, one.label, Meaning(indicator, why, ignores))


def _none_of(line: Line, one: Absence, label: str, meaning: Meaning) -> Observation:
    path = (*line.clean.sentence.path, label)
    if meaning.indicator and not _is_understood(line, one):
        meaning = meaning._replace(why=(*meaning.why, UNREAD))
    zero = StatedValue(path, one.unit, one.word, _NONE, Status.ZERO_STATEMENT, meaning)
    return as_observation(line, one.start, zero)


def _is_understood(line: Line, one: Absence) -> bool:
    """Whether all is known that is said of an absence since the number before it."""
    behind = max((number.end for number in line.counted if number.end <= one.start), default=0)
    return is_understood(line.text[behind : one.end], line.reporter.name)
