"""What a number counts, as the words around it propose: the first proposal that holds is taken.

First what other words than its clause have said (a list, a share, a sum), then its own clause,
more of the sentence where that says too little, and last the number it is told of.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from pipeline.extract.prose.circumstances import carried_years, says_year
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
from pipeline.extract.prose.distribution import distributed, each_of_two, is_shared
from pipeline.extract.prose.indicator_rules import is_worded, may_mean, meaning_of
from pipeline.extract.prose.kinds import are_alike, case_of, is_reason
from pipeline.extract.prose.line import Line
from pipeline.extract.prose.noun_phrases import is_bare, label_of, names_what, with_verb_of
from pipeline.extract.prose.quantities import Quantity
from pipeline.extract.prose.surroundings import Around
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.wholes import Counted, Tally
from pipeline.extract.prose.whose import body_word, is_of_name
from pipeline.lexis.numbering import BRACKETED, COUNT

SHARE = "占比"
"""What a share's label ends with."""

# What ends the words right behind a number, so that they are its own and not the next one's.
_BEHIND = re.compile(r"[,。;:!?()、]")
_SHARE = re.compile(r"(?:占比|占|比例|比重)(?:[^,。;权]{0,12})$")
_BEHIND_SHARE = re.compile(r"[(,;](?:其中[:,]?)?")
_ENDS = re.compile("[),。;]|$")
_SHARES_IN_TURN = re.compile("(?:占比|占|比例|比重)(?:依次|分别)(?:为|是|占)?$")
_SUM = re.compile(
    rf"(?:{BRACKETED}|(?:{COUNT}|\d{{1,2}})[、.])?"
    r"(?:20\d\d年)?(?:全[省市县区]|[我本全](?:局|委|镇))?(?:全年)?(?P<sum>(?:以上|上述|[两三]级)?(?:合计|合共|总计|共计|总共|一共|共|总数|总量)(?:为|有)?)"
)
# What is told of a number in two clauses: 1件仍在办理中,将结转至下一年度.
_TOLD_ON = re.compile(r"[^,。;:!?()]+,[^,。;:!?()]+(?:[。;]|$)")
# 申请数量增加到23件 tells how many there were, not how many more.
_GROWN = re.compile(
    "(?:(?<=量)|(?<=数)|(?<=申请))(?:增加|增长|上升|减少|下降|回落|[增升减降])(?:到|至|为)$"
)
# 属于不掌握的占比最高,为61件: the clause before says what is counted.
_MOST = re.compile("(?:的)?(?:数量|占比|比例)?(?:最高|最多|居多|最大),(?:为|达|有|共)?$")
_BECAUSE = ("因", "由于")
# What a clause may end with before its number.
_SAYS_NO_MORE = re.compile("(?:的|有|为|共|共计)+$")
_WAY = re.compile(
    "(?:此外|还|同时|另)*(?:通过|利用|依托|借助|在)[^,。;]*(?:网站|官网|微信|微博|公众号|平台)(?:上)?"
    r"|\d[.、](?=(?P<item>[^,。;]{0,4}(?:网站|微信|微博|公众号|公报))$).*"
)
_RATE = "率"
_SHORTEST_SUBJECT = 2
_NONE = Decimal(0)


class Label(NamedTuple):
    """What a number counts.

    Attributes:
        text: In the words of the sentence.
        is_own: Whether its own clause says so, or a list that it stands in.
        is_of_share: Whether a share before it is told of the same: 网络申请占比50%(3件).
    """

    text: str
    is_own: bool = True
    is_of_share: bool = False


Labels = tuple[Label, ...]


class Named(NamedTuple):
    """The labels of a number, and the labels that its words give later numbers.

    Attributes:
        labels: Several where one number is told of several things.
        promised: Labels of later numbers, by where these begin.
    """

    labels: Labels
    promised: Mapping[int, Label] = {}


@dataclass(frozen=True)
class Place:
    """A number of a sentence with the words and numbers that tell its label.

    Attributes:
        line: The sentence.
        number: Which of its numbers it is.
        begin: Where the words before it begin.
        words: The words around it.
        promised: What the numbers before it have said that later ones count.
        tally: The numbers before it.
    """

    line: Line
    number: int
    begin: int
    words: Words
    promised: Mapping[int, Label]
    tally: Tally

    @property
    def one(self) -> Quantity:
        """The number."""
        return self.line.counted[self.number]

    @property
    def last(self) -> Counted | None:
        """The number before it."""
        return self.tally.last

    @property
    def is_part(self) -> bool:
        """Whether it is said to be a part of a number before it."""
        return self.tally.expects_part

    @cached_property
    def clause(self) -> str:
        """The words before the number without those that say it is the most, or has grown."""
        most = _MOST.search(self.words.wider)
        before = BREAK.split(self.words.wider[: most.start()])[-1] if most else self.words.before
        return _GROWN.sub("", before)

    def label(self, before: str, after: str) -> str:
        """A label of the words before it and behind."""
        return label_of(before, after, is_part=self.is_part)

    def may_be(self, label: str) -> bool:
        """Whether an indicator is ever called by a label."""
        return may_mean(label, self.one.unit, self.line.year)

    def may_tell(self, words: str) -> bool:
        """Whether words in front of it alone say something that has an indicator."""
        return self.may_be(label_of(words, ""))


def words_around(line: Line, number: int, begin: int) -> Words:
    """Returns the words around one of a sentence's numbers.

    Args:
        line: The sentence.
        number: Which of its numbers it is.
        begin: Where the words before it begin.
    """
    said, one = line.text, line.counted[number]
    is_last = number + 1 == len(line.counted)
    end = len(said) if is_last else line.counted[number + 1].start
    wider = words_before(said, begin, one.lead)
    before = "" if wider.endswith(AND) else BREAK.split(wider)[-1]
    before = carried_years(before, line.year)
    after = said[one.end :] if end <= one.end + 1 else said[one.end : end]
    if not is_last and not _BEHIND.search(after) and names_what(before):
        after = ""
    named = BREAK.split(wider[:-1])[-1] if wider.endswith(":") else ""
    named = carried_years(named, line.year)
    if named and (may_mean(label_of(named, ""), one.unit, line.year) or is_worded(named, one.unit)):
        before, after = named, ""
    own = wider if number == 0 else wider[len(BREAK.split(wider)[0]) :]
    return Words(before, after, wider, own, is_last)


def what_is_counted(place: Place) -> Named:
    """Returns what a number counts by the first proposal that holds, and by an aside."""
    named, one = _proposed(place), place.one
    aside = aside_before(place.line.text, place.begin, one.lead)
    labels = named.labels
    if aside and place.may_tell(aside):
        told = Label(label_of(aside, ""))
        # 行政诉讼(直接起诉)5件 are not all lawsuits.
        is_kind = any(case_of(aside).startswith(f"{case_of(one.text)}_") for one in labels)
        labels = (told,) if is_kind else (*labels, told)
    if not one.has_unit:
        labels = tuple(label for label in labels if place.may_be(label.text))
    return Named(labels, named.promised)


def _proposed(place: Place) -> Named:
    for propose in _BY_OTHER_WORDS:
        if named := propose(place):
            return named
    label = _of_clause(place)
    for refine in _REFINEMENTS:
        label = refine(place, label)
    labels = next(filter(None, (propose(place, label) for propose in _BY_OWN_LABEL)))
    return Named(labels, _promised_by_rate(place, label))


def _as_promised(place: Place) -> Named | None:
    """The label that a list or a share before the number has promised it."""
    label = place.promised.get(place.one.start)
    return Named((label,)) if label else None


def _in_turn(place: Place) -> Named | None:
    """The first of several that a list of years parts: 2016年、2017年分别受理申请15件、24件."""
    line = place.line
    if place.one.start not in line.in_turn:
        return None
    label = Label(label_of(place.words.before, ""))
    behind = line.counted[place.number : place.number + len(line.in_turn)]
    return Named((label,), {other.start: label for other in behind})


def _shares_in_turn(place: Place) -> Named | None:
    """The first of several shares: 予以公开12件,不予公开11件,占比分别为52%和48%."""
    if not place.one.is_share or not _SHARES_IN_TURN.search(place.words.before):
        return None
    shares = list(takewhile(lambda one: one.is_share, place.line.counted[place.number :]))
    parts = place.tally.counted[-len(shares) :]
    if len(parts) < len(shares):
        return None
    promised = {
        share.start: Label(f"{part.label}{SHARE}")
        for share, part in zip(shares, parts, strict=True)
    }
    return Named((promised[place.one.start],), promised)


def _listed(place: Place) -> Named | None:
    """The labels in a list before the number, one or all of them: 甲、乙分别为3件、2件."""
    line, number, before = place.line, place.number, place.words.before
    names, numbers = distributed(line.text, line.counted, before, number, place.may_be)
    labels = tuple(map(Label, names))
    if numbers > 1:
        listed = line.counted[number : number + numbers]
        promised = {one.start: label for one, label in zip(listed, labels, strict=True)}
        return Named(labels[:1], promised)
    if not labels and is_shared(line.text, line.counted, before, number):
        labels = (Label(label_of(before, ""), is_own=False),)
    return Named(labels) if labels else None


def _share(place: Place) -> Named | None:
    """A share, which promises the number in brackets behind it: 网络申请占比50%(3件)."""
    one, before = place.one, place.words.before
    share = _SHARE.search(before) if one.is_share else None
    if share is None:
        return None
    subject = before[: share.start()]
    if place.last and len(subject) < _SHORTEST_SUBJECT:
        return Named((Label(f"{place.last.label}{SHARE}"),))
    label = label_of(subject, "")
    return Named((Label(f"{label}{SHARE}"),), _in_brackets(place, label))


def _in_brackets(place: Place, label: str) -> Mapping[int, Label]:
    """Promises a label to the number right behind a share: 占50%(3件), 占50%,3件.

    What goes on behind it counts some of these, which no indicator does: 占50%(2件撤回).
    """
    text, end = place.line.text, place.one.end
    gap = _BEHIND_SHARE.match(text, end)
    at = gap.end() if gap else end
    number = next((one for one in place.line.counted if one.start == at), None)
    if gap is None or number is None:
        return {}
    if _ENDS.match(text, number.end) and at == end + 1:
        return {at: Label(label, is_of_share=True)}
    return {at: Label(label, is_own=False, is_of_share=True)} if text[end] == "(" else {}


def _sum(place: Place) -> Named | None:
    """The label of a sum of the numbers before: 以上合计."""
    added = _SUM.fullmatch(place.words.wider.strip(",;:、")) if place.last else None
    return Named((Label(added["sum"]),)) if added else None


def _grown_to(place: Place) -> Named | None:
    """The label of a quantity that changed from one number to another: 由9件增至14件."""
    one = place.line.grown.get(place.one.start)
    return Named((Label(label_of(one.subject, "")),)) if one else None


_BY_OTHER_WORDS: tuple[Callable[[Place], Named | None], ...] = (
    _as_promised,
    _in_turn,
    _shares_in_turn,
    _listed,
    _share,
    _sum,
    _grown_to,
)


def _of_clause(place: Place) -> str:
    """The label in its own clause, or since the number before it where that says too little."""
    after = place.words.after
    label = without_body(place.label(place.clause, after), place.tally.root)
    return label if len(label) > 1 else place.label(place.words.wider.rstrip(",:;。"), after)


def _told_on(place: Place, label: str) -> str:
    """With the clause behind the next comma: 1件仍在办理中,将结转至下一年度."""
    after = place.words.after
    ends = place.words.is_last or after.endswith(("。", ";"))
    denies = vocabulary().absence.search(after.partition(",")[2])
    if not ends or denies or not _TOLD_ON.match(after) or place.may_tell(place.clause):
        return label
    further = place.label(place.clause, after.replace(",", ""))
    return further if place.may_be(further) else label


def _of_topic(place: Place, label: str) -> str:
    """A label with the topic of its sentence: 规章:本年制发0件,本年废止0件."""
    topic = topic_before(place.line.text, place.one.start)
    if not topic or topic in label:
        return label
    return next(filter(place.may_be, (f"{topic}{label}", f"{label}{topic}")), label)


def _by_way_before(place: Place, label: str) -> str:
    """With the way that the clause before names: 1.政府网站,公开266条."""
    clauses = BREAK.split(place.words.wider)
    way = clauses[-2] if len(clauses) > 1 else ""
    told_by = _WAY.fullmatch(way)
    if not told_by:
        return label
    told = f"{told_by['item'] or way}{label}"
    return told if place.may_be(told) else label


def _with_clauses_before(place: Place, label: str) -> str:
    """With the clauses before its own, where these say too little."""
    if is_worded(label, place.one.unit):
        return label
    return with_clauses_before(place.words.own, label, place.one.unit)


def _by_reason_behind(place: Place, label: str) -> str:
    """The reason that a clause behind it names: 1件因描述不清,经补正后仍不明确,无法提供."""
    if not label.startswith(_BECAUSE) or place.may_be(label):
        return label
    behind = BREAK.split(place.words.after)[1 : None if place.words.is_last else -1]
    reasons = (one for one in behind if is_reason(one) and is_worded(one, place.one.unit))
    return next(reasons, label)


def _without_actor(place: Place, label: str) -> str:
    """A label without the writer's own name in front of what is done: 市民政局收悉申请."""
    if place.may_be(label):
        return label
    name = place.line.reporter.name
    ends = takewhile(lambda end: is_of_name(label[:end], name), range(1, len(label)))
    rests = (label[end:] for end in ends)
    return next((rest for rest in rests if _is_said(rest, place.one.unit)), label)


def _is_said(label: str, unit: str) -> bool:
    """Whether a label, or each of the two that it names, is made of known words throughout."""
    return all(is_worded(one, unit) for one in each_of_two(label, is_none=False))


_REFINEMENTS: tuple[Callable[[Place, str], str], ...] = (
    _without_actor,
    _told_on,
    _by_reason_behind,
    _of_topic,
    _by_way_before,
    _with_clauses_before,
)


def _uncut(place: Place, label: str) -> Labels:
    """All words before the number, where a label cut to its noun would be without meaning."""
    raw, unit = _SAYS_NO_MORE.sub("", place.clause), place.one.unit
    if raw == label or not is_worded(raw, unit) or is_worded(label, unit):
        return ()
    is_unread = is_bare(label) or not place.may_tell(label)
    return (Label(raw),) if is_unread and label == place.label(place.clause, "") else ()


def _own(place: Place, label: str) -> Labels:
    """The label itself, unless it is only a verb or nothing."""
    label = _with_verb_before(place, label)
    if is_bare(label):
        return ()
    return tuple(map(Label, each_of_two(label, is_none=place.one.value == _NONE)))


def _with_verb_before(place: Place, label: str) -> str:
    """With the verb of the number it is joined to: 制发规章1件、行政规范性文件2件."""
    if not place.words.wider.startswith(AND):
        return label
    told = with_verb_of(label, place.last.label if place.last else "")
    return told if place.may_be(told) else label


def _of_whole(place: Place, label: str) -> Labels:
    """The label of the whole that the number is a part of, or its own where that has a meaning."""
    label = _with_verb_before(place, label)
    is_verb = label in vocabulary().first_verbs
    whole = place.tally.whole_of(label, place.one.unit) or place.tally.root
    if whole is None:
        return (Label(label or place.one.unit, is_own=is_verb),)
    if label and _has_meaning(place, label, _beside(place, whole)):
        return (Label(label),)
    if is_verb and not place.is_part:
        at = place.line.around(place.one.start, None, place.tally)
        if not whole.indicator or _has_meaning(place, label, at):
            return (Label(label),)
    if not label and not are_alike(whole.unit, place.one.unit) and place.may_be(whole.label):
        return (Label(whole.label),)
    body = body_word(place.clause)
    return (Label(body + whole.label, is_own=_is_told_anew(place, label, body, whole)),)


def _beside(place: Place, whole: Counted) -> Around:
    return Around(
        behind=place.line.text[place.one.start :],
        parent_id=whole.indicator if place.is_part else None,
        parent_label=whole.label if place.is_part else "",
        before_id=place.last.indicator if place.last else None,
    )


def _has_meaning(place: Place, label: str, at: Around) -> bool:
    return meaning_of(label, place.one.unit, place.line.form, at).indicator is not None


def _is_told_anew(place: Place, label: str, body: str, whole: Counted) -> bool:
    """Whether the number is another of what its whole counts: of a body, or of the year alone."""
    before = place.clause
    again = bool(label or body) and whole.label.startswith(label)
    again = again or (not label and says_year(before, len(before), place.line.year))
    return again and (whole.adds_up or bool(body) or whole.year is not None)


_BY_OWN_LABEL: tuple[Callable[[Place, str], Labels], ...] = (_uncut, _own, _of_whole)


def _promised_by_rate(place: Place, label: str) -> Mapping[int, Label]:
    """Promises the label of a rate to the number in brackets behind it: 按时办结率100%(10件)."""
    one = place.one
    if not one.is_share or not label.endswith(_RATE):
        return {}
    if not place.line.text.startswith("(", one.end):
        return {}
    return _in_brackets(place, label.removesuffix(_RATE))
