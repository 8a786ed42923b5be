"""The numbers of a sentence, one after the other, as observations."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pipeline.extract.prose.as_observation import StatedValue, as_observation
from pipeline.extract.prose.indicator_rules import Meaning, is_worded, meaning_of
from pipeline.extract.prose.kinds import fits, is_applicant, is_outcome, is_reason
from pipeline.extract.prose.line import Found, Line
from pipeline.extract.prose.noun_phrases import is_change
from pipeline.extract.prose.quantities import Quantity
from pipeline.extract.prose.told_of_all import said_of_all, said_of_the_one
from pipeline.extract.prose.understood import UNREAD, is_clause_understood, is_understood
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.what_is_counted import (
    SHARE,
    Label,
    Place,
    what_is_counted,
    words_around,
)
from pipeline.extract.prose.wholes import Counted, Tally
from pipeline.forms.balance import balance
from pipeline.model.observation import Observation, Status

_MONEY = tuple(vocabulary().money)
# Those of the cases of which it is said how all of them ended: 审结11件,均维持.
_RULED_ON = frozenset({"审结", "已审结", "结案", "已结案"})
_TOTAL = ".total"
_NARROWED = "O-narrowed"


class Counts(NamedTuple):
    """What was read of a sentence, and the numbers counted by its end."""

    found: list[Found]
    tally: Tally


class CountsInTurn(NamedTuple):
    """What was read of a sentence, and the numbers counted by its end and by the end of each."""

    found: list[Found]
    tally: Tally
    by: Sequence[tuple[int, Tally]]


def read_counts(line: Line, tally: Tally) -> CountsInTurn:
    """Reads the numbers of a sentence, and its statements on all items counted: 均维持."""
    found: list[Found] = []
    promised: dict[int, Label] = {}
    by = [(0, tally)]
    behind = 0
    for number, one in enumerate(line.counted):
        tally = tally.follow(line.text, behind, one.start)
        words = words_around(line, number, behind)
        place = Place(line, number, behind, words, promised, tally)
        named = what_is_counted(place)
        promised |= named.promised
        behind = one.end
        for label in named.labels:
            seen, tally = _quantity(place, label, tally)
            found.append((one.start, seen))
            if label.text == words.after and is_worded(label.text, one.unit):
                behind = one.end + len(words.after)
        last = tally.last.label if tally.last else ""
        of_all = said_of_all(line.text, one.end, is_one=one.value == 1, label=last)
        told, tally = _of_all(line, one.start, of_all, tally)
        found += told or _of_the_one(line, one.start, one.end, tally)
        by.append((one.end, tally))
    tally = tally.finish(line.text, behind) if line.counted else tally
    return CountsInTurn(found, tally, by)


def read_of_all(line: Line, tally: Tally) -> Counts:
    """Reads what a sentence without numbers says of all counted before: 收到5件。均予公开."""
    told = _of_all(line, 0, said_of_all(f",{line.text}", 0, is_one=False), tally)
    return told if told.found else Counts(_of_the_one(line, 0, 0, tally), tally)


def _of_the_one(line: Line, at: int, behind: int, tally: Tally) -> list[Found]:
    """What became of a request that is the only one counted, as the first clause that says it."""
    one = tally.last
    if one is None or not one.is_of_requests or one.counts[0] != 1:
        return []
    became = filter(is_outcome, said_of_the_one(line.text, behind))
    told = filter(None, (_all_of_them(line, at, what, one, tally) for what in became))
    return [(at, seen) for seen, _ in islice(told, 1)]


def _of_all(line: Line, at: int, of_all: Iterator[str], tally: Tally) -> Counts:
    found: list[Found] = []
    for what in of_all:
        for whole in _told_of(line, what, tally):
            told = _all_of_them(line, at, what, whole, tally)
            if told is not None:
                seen, tally = told
                found.append((at, seen))
    return Counts(found, tally)


def _all_of_them(
    line: Line, at: int, what: str, whole: Counted, tally: Tally
) -> tuple[Observation, Tally] | None:
    """A statement on all items as a number of its own: 行政复议27件，均维持 are 27 upheld."""
    if whole.quantity is None or whole.quantity.status is not Status.REPORTED:
        return None
    one = whole.quantity
    ruled_on = whole.label in _RULED_ON
    of = (ruled_on and (whole.parent or tally.cases)) or whole
    # The only request may end for any reason: 收到1件,经审查系行政查询事项.
    is_why = one.value == 1 and of.indicator == balance().received and is_reason(what)
    if not (one.value and (is_why or fits(what, of.indicator))):
        return None
    stands = line.around(one.end if one.start < at else at, of, tally)
    meaning = meaning_of(what, one.unit, line.form, stands)
    if meaning.indicator is None:
        return None
    path = (*whole.path, what)
    stated = StatedValue(
        path, one.unit, one.value_raw, one.value, one.status, meaning, one.qualifier
    )
    seen = as_observation(line, at, stated, whole)
    if meaning.indicator.endswith(_TOTAL):
        tally = tally.add(whole._replace(label=what, path=path, indicator=meaning.indicator))
    return seen, tally


def _told_of(line: Line, what: str, tally: Tally) -> list[Counted]:
    """The numbers of which something is said to hold for every one.

    行政复议3件、行政诉讼4件,均在审理中 is said of both.
    """
    whole = tally.came or tally.last
    is_outcome = whole and (whole.indicator or "").startswith(balance().dealt_with)
    whole = tally.received if is_outcome and is_applicant(what) else whole
    return [*tally.cases_listed(line.text, whole), whole] if whole else []


def _quantity(place: Place, label: Label, tally: Tally) -> tuple[Observation, Tally]:
    line, one = place.line, place.one
    whole, tally = _whole_of(place, label, tally)
    meaning = _meaning(place, label, whole, tally)
    path = (*(whole.path if whole else line.clean.sentence.path), label.text)
    value = -one.value if meaning.less and one.value else one.value
    stated = StatedValue(path, one.unit, one.value_raw, value, one.status, meaning, one.qualifier)
    seen = as_observation(line, one.start, stated, _speaking(meaning.indicator, whole, tally))
    counted = Counted(
        label.text, path, one.unit, meaning.indicator, whole, seen.scope, seen.year, seen.why, one
    )
    if whole and not label.is_own and counted.counts == whole.counts:
        tally = tally.add(whole)
    elif not one.is_share and (meaning.indicator or not is_change(label.text)):
        tally = tally.add(counted)
    return seen, tally


def _whole_of(place: Place, label: Label, tally: Tally) -> tuple[Counted | None, Tally]:
    """The whole that a number is a part or a share of, and the tally that holds behind it."""
    one, last = place.one, tally.last
    share = one.is_share
    if share and last:
        whole = last.parent
    else:
        whole = tally.whole_of(label.text, one.unit)
        tally = tally.behind(label.text, one.unit)
    if label.is_of_share or share != label.text.endswith(SHARE):
        return None, tally
    if one.unit.endswith(_MONEY) and not (whole and whole.unit.endswith(_MONEY)):
        return None, tally
    if whole and is_applicant(label.text) and _is_more(one, whole):
        return None, tally._replace(whole=None)
    return whole, tally


def _is_more(one: Quantity, whole: Counted) -> bool:
    """Whether more asked than ended so: 不予处理10件;自然人申请140件."""
    ended = whole.indicator and not whole.indicator.startswith(balance().received)
    of_whole = whole.quantity.value if whole.quantity else None
    return bool(ended and one.value and of_whole is not None and one.value > of_whole)


def _meaning(place: Place, label: Label, whole: Counted | None, tally: Tally) -> Meaning:
    """The indicator of a number, left open where it may count only some of its items."""
    line, one = place.line, place.one
    if vocabulary().askers.match(line.text, one.start):
        return Meaning()
    countable = label.is_own and one.status is Status.REPORTED and not one.is_share
    if not countable or not place.may_be(label.text):
        return Meaning()
    stands = line.around(one.start, whole, tally)
    meaning = meaning_of(label.text, one.unit, line.form, stands)
    if meaning.indicator is None:
        return meaning
    doubts = _doubts(place, label, meaning.indicator, whole, tally)
    return meaning._replace(why=(*meaning.why, *doubts))


def _doubts(
    place: Place, label: Label, indicator: str, whole: Counted | None, tally: Tally
) -> Iterator[str]:
    """Reasons to doubt that a number counts all items of its indicator."""
    line, words, end = place.line, place.words, place.one.end
    name = line.reporter.name
    if not (
        is_clause_understood(words.before, label.text, line.text, end, name)
        and is_understood(words.earlier, name)
    ):
        yield UNREAD
    if whole is None:
        return
    came = indicator.startswith(balance().received)
    if indicator.startswith("requests.") and not came and whole.is_of_something_else:
        yield _NARROWED
    by_whom = indicator.startswith(f"{balance().received}:")
    if whole.is_some_requests and not by_whom:
        yield _NARROWED
    if indicator in balance().dealt_with and tally.narrows(whole):
        yield _NARROWED


def _speaking(indicator: str | None, whole: Counted | None, tally: Tally) -> Counted | None:
    """The number whose words still hold: the whole of a part, requests before requests."""
    if whole is not None:
        return whole
    last = tally.last
    of_requests = indicator is not None and indicator.startswith("requests.")
    return last if last and last.is_of_requests and of_requests else None
