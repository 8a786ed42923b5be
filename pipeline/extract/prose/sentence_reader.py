"""Sentences to observations."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter

from pipeline.extract.prose.absences import Absence, absences, may_deny
from pipeline.extract.prose.as_observation import Reading, Told, as_observation
from pipeline.extract.prose.circumstances import carried_years, is_cumulative, says_year
from pipeline.extract.prose.clauses import (
    AND,
    BREAK,
    Words,
    aside_before,
    topic_before,
    with_clauses_before,
    without_body,
    words_before,
)
from pipeline.extract.prose.cleaning import Clean, clean
from pipeline.extract.prose.distribution import (
    Grown,
    distributed,
    each_of_two,
    grown,
    is_shared,
    years_in_turn,
)
from pipeline.extract.prose.indicator_rules import (
    Meaning,
    form_of,
    is_known,
    is_worded,
    may_mean,
    meaning_of,
)
from pipeline.extract.prose.noun_phrases import (
    is_bare,
    is_change,
    label_of,
    names_what,
    with_verb_of,
)
from pipeline.extract.prose.passages import Sentence
from pipeline.extract.prose.quantities import (
    Quantity,
    may_count,
    plans_ahead,
    quantities,
    unit_told,
    units_left_out,
)
from pipeline.extract.prose.surroundings import Around
from pipeline.extract.prose.told_of_all import is_dealt_with, said_of_all
from pipeline.extract.prose.told_together import (
    is_none_received,
    without_denials,
    without_implausible,
    without_mixed_totals,
    without_rest,
    without_told_before,
    without_unrelated,
)
from pipeline.extract.prose.vocabulary import Topic, vocabulary
from pipeline.extract.prose.wholes import Counted, Wholes, fits, is_applicant
from pipeline.extract.prose.whose import Reporter, body_word
from pipeline.forms.balance import balance
from pipeline.lexis.numbering import BRACKETED, COUNT
from pipeline.model.observation import Observation, Qualifier, Scope, Status

# What ends the words right behind a number, so that they are its own and not the next one's.
_BEHIND = re.compile(r"[,。;:!?()、]")
_SHARE = re.compile(r"(?:占比|占|比例|比重)(?:[^,。;权]{0,12})$")
_SUM = re.compile(
    rf"(?:{BRACKETED}|(?:{COUNT}|\d{{1,2}})[、.])?"
    r"(?:20\d\d年)?(?:全[省市县区]|[我本全](?:局|委|镇))?(?:全年)?(?P<sum>(?:以上|上述)?(?:合计|合共|总计|共计|总共|一共|共|总数|总量)(?:为|有)?)"
)
# What is told of a number in two clauses: 1件仍在办理中,将结转至下一年度.
_TOLD_ON = re.compile(r"[^,。;:!?()]+,[^,。;:!?()]+(?:[。;]|$)")
# 申请数量增加到23件 tells how many there were, not how many more.
_GROWN = re.compile("(?:(?<=量)|(?<=数)|(?<=申请))(?:增加|增长|上升|减少|下降|回落)(?:到|至|为)$")
_MONEY = tuple(vocabulary().money)
_SHORTEST_SUBJECT = 2
# 属于不掌握的占比最高,为61件: the clause before says what is counted.
_MOST = re.compile("(?:的)?(?:数量|占比|比例)?(?:最高|最多|居多|最大),(?:为|达|有|共)?$")
# What a clause may end with before its number.
_SAYS_NO_MORE = re.compile("(?:的|有|为|共|共计)+$")
# What a thing of which there was none may have been counted in.
_UNITS_OF_NONE = ("件", "条", "次", "个", "人", "篇", "期", "份", "元", "人次")
_NONE = Decimal(0)
# Those of the cases of which it is said how all of them ended: 审结11件,均维持.
_RULED_ON = frozenset({"审结", "已审结", "结案", "已结案"})
_TOTAL = ".total"
_BY_WHOM = "requests.received:"
# Under these a denial names what is wanting, not what there was none of in the year.
_SHORTCOMINGS = re.compile("问题|不足|改进|困难")
_CONFIDENCE = 0.95
_CONFIDENCE_INHERITED = 0.85


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
    reader = _Reader(
        year, form_of(template, year), Reporter(reporter, scope), units_left_out(prose)
    )
    observations: list[Observation] = []
    paragraph, before = -1, 0
    for sentence in prose:
        begin = len(observations)
        observations += reader.read(sentence)
        observations[begin:] = without_told_before(sentence.text, observations[begin:])
        if vocabulary().unrelated.search(sentence.text):
            told = begin if len(observations) > begin or sentence.paragraph != paragraph else before
            observations[told:] = map(without_unrelated, observations[told:])
        paragraph, before = sentence.paragraph, begin
    return without_implausible(observations)


class _Reader:
    """Reads sentence after sentence, remembering what a paragraph has counted so far."""

    def __init__(
        self, year: int | None, form: str, reporter: Reporter, units: Mapping[int, str]
    ) -> None:
        self._units = units
        self._year = year
        self._form = form
        self._reporter = reporter
        self._paragraph = -1
        self._wholes = Wholes()
        self._years: dict[int, int] = {}
        self._topic = ""
        self._grown: dict[int, Grown] = {}
        self._shares: dict[int, str] = {}
        self._ahead = False
        self._unit = ""
        self._none_came = False

    def read(self, sentence: Sentence) -> list[Observation]:
        """Returns the observations of a sentence in order."""
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            self._wholes.begin_paragraph()
            self._unit = self._units.get(sentence.paragraph, "")
            self._none_came = False
        said = sentence.text
        self._unit = unit_told(said) or self._unit
        counts, denies = may_count(said) and not self._ahead, may_deny(said)
        found = []
        if counts or denies:
            text = clean(sentence)
            counts = counts or (may_count(text.text) and not self._ahead)
            found = self._found(text, counts, denies)
        if not counts and self._wholes.last is not None:
            again = self._again(clean(sentence))
            found += [again] if again else []
        if sentence.ends:
            self._ahead = False
            self._wholes.end_sentence()
        else:
            self._ahead = self._ahead or plans_ahead(said)
        return found

    def _found(self, text: Clean, counts: bool, denies: bool) -> list[Observation]:
        found: list[tuple[int, Observation]] = []
        if denies:
            found += self._absences(text, next(reversed(text.sentence.path), ""))
        if counts:
            found += self._quantities(text)
        found.sort(key=itemgetter(0))
        told = without_denials([one for _, one in found])
        return without_rest(without_mixed_totals(told))

    def _quantities(self, text: Clean) -> Iterator[tuple[int, Observation]]:
        said = text.text
        counted = quantities(said, " ".join(text.sentence.path), self._unit)
        edges = [*(one.start for one in counted[1:]), len(said)]
        given: dict[int, str] = {}
        in_turn = years_in_turn(said, counted, self._year)
        self._grown = {} if in_turn else grown(said, counted, self._year)
        self._years = in_turn or {start: one.year for start, one in self._grown.items()}
        self._shares = {}
        behind = 0
        for number, (one, next_start) in enumerate(zip(counted, edges, strict=False)):
            self._topic = topic_before(said, one.start)
            self._wholes.follow(said, behind, one.start)
            wider = words_before(said, behind, one.lead)
            before = "" if wider.endswith(AND) else BREAK.split(wider)[-1]
            before = carried_years(before, self._year)
            after = said[one.end :] if next_start <= one.end + 1 else said[one.end : next_start]
            if one is not counted[-1] and not _BEHIND.search(after) and names_what(before):
                after = ""
            named = BREAK.split(wider[:-1])[-1] if wider.endswith(":") else ""
            named = carried_years(named, self._year)
            if named and (self._means(named, one.unit) or is_worded(named, one.unit)):
                before, after = named, ""
            behind_last, behind = behind, one.end
            labels = self._distributed(said, counted, number, before, given)
            told = wider if number == 0 else wider[len(BREAK.split(wider)[0]) :]
            words = Words(before, after, wider, told, one is counted[-1])
            labels = labels or self._labels(text, one, words)
            aside = aside_before(said, behind_last, one.lead)
            if aside and self._means(aside, one.unit):
                labels = [*labels, (label_of(aside, ""), True)]
            labels = [it for it in labels if one.has_unit or may_mean(it[0], one.unit, self._year)]
            for label, own in labels:
                yield one.start, self._quantity(text, one, label, own)
                if label == after and is_worded(label, one.unit):
                    behind = one.end + len(after)
            every = self._every(text, one)
            if every is not None:
                yield one.start, every
        self._wholes.finish(said, behind)

    def _means(self, words: str, unit: str) -> bool:
        """Whether words in front of a number say something that has an indicator."""
        return may_mean(label_of(words, ""), unit, self._year)

    def _distributed(
        self,
        said: str,
        counted: Sequence[Quantity],
        number: int,
        before: str,
        given: dict[int, str],
    ) -> list[tuple[str, bool]]:
        """Labels of a number that a list before it names, its own or all: 甲、乙分别为3件、2件."""
        if number in given:
            return [(given[number], True)]
        if counted[number].start in self._years and not self._grown:
            given.update(
                dict.fromkeys(range(number, number + len(self._years)), label_of(before, ""))
            )
            return [(given[number], True)]
        unit = counted[number].unit
        labels, numbers = distributed(
            said, counted, before, number, lambda label: may_mean(label, unit, self._year)
        )
        if numbers > 1:
            given.update(zip(range(number, number + numbers), labels, strict=True))
            return [(labels[0], True)]
        shared = not labels and is_shared(said, counted, before, number)
        return [(label_of(before, ""), False)] if shared else [(label, True) for label in labels]

    def _labels(self, text: Clean, one: Quantity, words: "Words") -> list[tuple[str, bool]]:
        """What a number counts, and whether its own clause says so."""
        before, after, wider, told, is_last = words
        last = self._wholes.last
        share = _SHARE.search(before) if one.unit == "%" else None
        if share:
            subject = before[: share.start()]
            if last and len(subject) < _SHORTEST_SUBJECT:
                return [(f"{last.label}占比", True)]
            label = label_of(subject, "")
            self._shares[one.end + 1] = label
            return [(f"{label}占比", True)]
        added = _SUM.fullmatch(wider.strip(",;:、")) if last else None
        if added:
            return [(added["sum"], True)]
        is_part = self._wholes.is_open
        if one.start in self._shares:
            return [(self._shares[one.start], True)]
        if most := _MOST.search(wider):
            before = BREAK.split(wider[: most.start()])[-1]
        if one.start in self._grown:
            return [(label_of(self._grown[one.start].subject, ""), True)]
        before = _GROWN.sub("", before)
        label = without_body(label_of(before, after, is_part=is_part), self._wholes.root)
        if len(label) < _SHORTEST_SUBJECT:
            label = label_of(wider.rstrip(",:;。"), after, is_part=is_part)
        ends = is_last or after.endswith(("。", ";"))
        if ends and _TOLD_ON.match(after) and not self._means(before, one.unit):
            further = label_of(before, after.replace(",", ""), is_part=is_part)
            if further != label and may_mean(further, one.unit, self._year):
                label = further
        label = self._of_topic(label, one.unit)
        if not self._means(label, one.unit):
            label = with_clauses_before(told, label, one.unit)
        if one.unit == "%" and label.endswith("率") and text.text.startswith("(", one.end):
            self._shares[one.end + 1] = label.removesuffix("率")
        raw = _SAYS_NO_MORE.sub("", before)
        is_unread = is_bare(label) or not self._means(label, one.unit)
        is_cut = raw != label and is_worded(raw, one.unit) and not is_worded(label, one.unit)
        if is_cut and is_unread and label == label_of(before, "", is_part=is_part):
            return [(raw, True)]
        if wider.startswith(AND):
            told = with_verb_of(label, last.label if last else "")
            label = told if may_mean(told, one.unit, self._year) else label
        if not is_bare(label):
            return [(one, True) for one in each_of_two(label, is_none=one.value == _NONE)]
        whole = self._wholes.whole_of(label, one.unit) or self._wholes.root
        if whole is None:
            return [(label or one.unit, label in vocabulary().first_verbs)]
        beside = Around(
            parent_id=whole.indicator if is_part else None,
            before_id=last.indicator if last else None,
        )
        if label and meaning_of(label, one.unit, self._form, beside).indicator:
            return [(label, True)]
        if label in vocabulary().first_verbs and not is_part:
            around = self._around(text, one.start, None)
            if not whole.indicator or meaning_of(label, one.unit, self._form, around).indicator:
                return [(label, True)]
        body = body_word(before)
        again = bool(label or body) and whole.label.startswith(label)
        again = again or (not label and says_year(before, len(before), self._year))
        is_new = whole.adds_up or bool(body) or whole.year is not None
        return [(body + whole.label, again and is_new)]

    def _of_topic(self, label: str, unit: str) -> str:
        """A label with what the sentence says it tells of: 规章:本年制发0件,本年废止0件."""
        if not self._topic or self._topic in label:
            return label
        named = (f"{self._topic}{label}", f"{label}{self._topic}")
        return next((one for one in named if may_mean(one, unit, self._year)), label)

    def _every(self, text: Clean, one: Quantity) -> Observation | None:
        """What is said of every one counted: 行政复议27件，均维持 are 27 upheld."""
        what = said_of_all(text.text, one.end, is_one=one.value == 1)
        return self._all_of_them(text, one.start, what) if what else None

    def _again(self, text: Clean) -> Observation | None:
        """What a sentence says of every one that another has counted: 收到5件。均予公开."""
        what = said_of_all(f",{text.text}", 0, is_one=False)
        return self._all_of_them(text, 0, what) if what else None

    def _all_of_them(self, text: Clean, at: int, what: str) -> Observation | None:
        whole = None if is_dealt_with(what) else self._wholes.came
        whole = whole or self._wholes.last
        is_outcome = whole and (whole.indicator or "").startswith(balance().dealt_with)
        if is_outcome and is_applicant(what):
            whole = self._wholes.received
        if whole is None or whole.quantity is None or whole.quantity.status is not Status.REPORTED:
            return None
        one = whole.quantity
        of = whole.parent if whole.label in _RULED_ON and whole.parent else whole
        if not (one.value and fits(what, of.indicator)):
            return None
        meaning = meaning_of(what, one.unit, self._form, self._around(text, at, of))
        if meaning.indicator is None:
            return None
        path = (*whole.path, what)
        reading = Reading(path, one.unit, one.value_raw, one.value, one.status, meaning)
        seen = self._observe(text, at, reading, one.qualifier, _CONFIDENCE, whole)
        if meaning.indicator.endswith(_TOTAL):
            self._wholes.add(whole._replace(label=what, path=path, indicator=meaning.indicator))
        return seen

    def _quantity(self, text: Clean, one: Quantity, label: str, own: bool) -> Observation:
        share = one.unit == "%"
        last = self._wholes.last
        whole = last.parent if share and last else self._wholes.whole_of(label, one.unit)
        whole = None if share != label.endswith("占比") or one.start in self._shares else whole
        if one.unit.endswith(_MONEY) and not (whole and whole.unit.endswith(_MONEY)):
            whole = None
        meaning = Meaning()
        countable = own and one.status is Status.REPORTED and not share
        if countable and may_mean(label, one.unit, self._year):
            around = self._around(text, one.start, whole)
            meaning = meaning_of(label, one.unit, self._form, around)
        by_whom = (meaning.indicator or "").startswith(_BY_WHOM)
        if meaning.indicator and whole and whole.is_some_requests and not by_whom:
            meaning = meaning._replace(why=(*meaning.why, "O-narrowed"))
        if meaning.indicator in balance().dealt_with and whole and self._wholes.narrows(whole):
            meaning = meaning._replace(why=(*meaning.why, "O-narrowed"))
        path = (*(whole.path if whole else text.sentence.path), label)
        value = -one.value if meaning.less and one.value else one.value
        seen = self._observe(
            text,
            one.start,
            Reading(path, one.unit, one.value_raw, value, one.status, meaning),
            one.qualifier,
            _CONFIDENCE if own else _CONFIDENCE_INHERITED,
            self._speaking(meaning.indicator, whole),
        )
        counted = Counted(
            label, path, one.unit, meaning.indicator, whole, seen.scope, seen.year, seen.why, one
        )
        if whole and not own and counted.counts == whole.counts:
            self._wholes.add(whole)
        elif not share and (meaning.indicator or not is_change(label)):
            self._wholes.add(counted)
        return seen

    def _speaking(self, indicator: str | None, whole: Counted | None) -> Counted | None:
        """The number whose words still hold: the whole of a part, requests before requests."""
        if whole is not None:
            return whole
        last = self._wholes.last
        of_requests = indicator is not None and indicator.startswith("requests.")
        return last if last and last.is_of_requests and of_requests else None

    def _around(self, text: Clean, at: int, whole: Counted | None) -> Around:
        last = self._wholes.last
        return Around(
            headings=text.sentence.path,
            said=text.text[:at],
            behind=text.text[at:],
            parent_id=whole.indicator if whole else None,
            parent_adds_up=whole is not None and whole.adds_up,
            parent_label=whole.label if whole else "",
            before_id=last.indicator if last else None,
            before_label=last.label if last else "",
            first_label=self._wholes.first_label,
            cumulative=is_cumulative(text.text, at, self._year),
            counted=self._wholes.indicators,
            year=self._year,
        )

    def _absences(self, text: Clean, heading: str) -> Iterator[tuple[int, Observation]]:
        found = absences(text.text, heading)
        named = [(one.start, self._absence(text, one, one.topic)) for one in found if one.topic]
        self._none_came = self._none_came or any(is_none_received(seen) for _, seen in named)
        said = {seen.indicator_id for _, seen in named}
        denied = [(one, self._denial(text, one)) for one in found if not one.topic]
        more = [(one.start, seen) for one, seen in denied if seen and seen.indicator_id not in said]
        labels = {seen.label_raw for _, seen in more}
        yield from (one for one in named if one[1].indicator_id or one[1].label_raw not in labels)
        yield from more

    def _denial(self, text: Clean, one: Absence) -> Observation | None:
        """What a number of the same words would be, said to be none."""
        if any(map(_SHORTCOMINGS.search, text.sentence.path)):
            return None
        label = label_of(carried_years(BREAK.split(one.label)[-1], self._year), "")
        if not is_known(label):
            return None
        around = self._around(text, one.start, None)._replace(cumulative=False)
        for unit in (one.unit,) if one.unit else _UNITS_OF_NONE:
            meaning = meaning_of(label, unit, self._form, around)
            if meaning.indicator is None:
                continue
            follows = self._none_came and meaning.indicator in balance().dealt_with
            if (
                one.denied
                and not one.unit
                and not follows
                and vocabulary().undeniable.search(meaning.indicator)
            ):
                return None
            path = (*text.sentence.path, label)
            meaning = meaning._replace(why=(*meaning.why, *one.why))
            zero = Reading(path, one.unit, one.word, _NONE, Status.ZERO_STATEMENT, meaning)
            seen = self._observe(text, one.start, zero, Qualifier.EXACT, _CONFIDENCE, None)
            self._none_came = self._none_came or is_none_received(seen)
            return seen
        return None

    def _absence(self, text: Clean, one: Absence, topic: Topic) -> Observation:
        indicator = topic.id if not topic.eras or self._form in topic.eras else None
        indicator = indicator or topic.ids.get(self._form)
        if topic.beside and topic.beside.search(text.text):
            indicator = None
        path = (*text.sentence.path, one.label)
        why = (f"A-{topic.name}", *one.why) if indicator else one.why
        meaning = Meaning(indicator, why)
        reading = Reading(path, one.unit, one.word, _NONE, Status.ZERO_STATEMENT, meaning)
        return self._observe(text, one.start, reading, Qualifier.EXACT, _CONFIDENCE, None)

    def _observe(
        self,
        text: Clean,
        at: int,
        reading: Reading,
        qualifier: Qualifier,
        confidence: float,
        before: Counted | None,
    ) -> Observation:
        told_year = self._years.get(at)
        if told_year is None and self._grown and before and before.quantity:
            told_year = self._years.get(before.quantity.start)
        told = Told(self._year, self._reporter, before, told_year)
        return as_observation(text, at, reading, qualifier, confidence, told)
