"""Which of several things named in a row each of the numbers behind them counts."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.prose.clauses import BREAK
from pipeline.extract.prose.noun_phrases import is_bare
from pipeline.extract.prose.quantities import Quantity

Means = Callable[[str], bool]
"""Whether a label is known to mean something."""

# 网站、微博分别公开政府信息302条、87条: what each of them did.
_EACH_DID = re.compile(
    r"(?:分别|依次)(?P<did>(?:公开|发布|收到|受理|召开|举办|提出|提交)[^,。;:\d]{0,10})$"
)
_EACH_ITS_OWN = re.compile(r"(?:的)?(?:件数|数量|数|申请)?(?:分别|依次)(?:为|是|有)?$")
_ALL_ALIKE = re.compile(r"(?:的)?(?:均|都|皆|各)(?:为|是|有)?$")
# What one of the two ends with, told first.
_ENDS = tuple(f"{word}{be}" for word in ("分别", "依次", *"均都皆各") for be in ("", *"为是有"))
# 全年收到、办结申请分别为246件和244件: what came is named with what was closed.
_ONLY_COMES = re.compile("(?:全年|年内|本年度?|共|累计)*(?:新收|收到|受理|接到|接收)")
_DONE = re.compile("办结|答复|办理|处理")
_AND = re.compile(r"、|以及|[和与及]")
_LIST_OPENS = re.compile(r"^.*(?:结果|情况|方式)(?:中|为|是|有|:)|^其中[,:]?")
_BETWEEN = re.compile(r"[、,和与及]?")
_FEWEST = 2
_YEAR = re.compile(r"20\d\d")
_YEARS_IN_TURN = re.compile(
    r"(?P<years>20\d\d年?度?(?:[、,和与及]20\d\d年?度?)+|20\d\d年?[至到~—-]+20\d\d年度?)[^。;\d]*?(?:分别|依次)"
)
_TO = re.compile("[至到~—-]")
_LAST_YEAR = r"(?:去年|上年|上一年|20\d\d年)(?:度|同期|的)*"
_GREW_FROM = re.compile(rf"[由从](?:{_LAST_YEAR})?$")
# 较去年的265条增长两成,达到318条; 较上年增加5件,达到19件.
_COMPARED = re.compile(
    rf"[较比]{_LAST_YEAR}(?:相比)?(?:增加|增长|上升|增|减少|下降|降低|减|多|少)?了?$"
)
# 主动公开信息增加37条,达237条.
_CHANGED_BY = re.compile(r"(?:增加|增长|上升|减少|下降|降低|增|减)了?$")
_REACHED = re.compile(
    r"(?:增长|增加|上升|下降|减少)?[^,。;\d]{0,6},(?:达到?|增至|降至|减至|现有|现为|为)$"
)
# 上年为37件,2020年降至21件.
_WAS = re.compile(rf"{_LAST_YEAR}(?:为|是|有)?$")
_BECAME = re.compile(
    r",(?:今年|本年度?|20\d\d年度?)?(?:[增升降减](?:至|到|为)|增加[到为]|增长[到为]|上升[到为]|下降[到为]|减少[到为])"
)
_GREW_TO = re.compile(
    r"[,]?(?:增长|增加|上升|提高|增|升|减少|下降|降低|减|降|变)(?:到|至|为)[^,。;:\d]*(?:20\d\d年[^,。;:\d]*)?$"
)
# One number of two things done to the same: 收到并办结申请5件.
_BOTH = re.compile(
    r"(?P<first>(?:依申请公开|.{0,4})(?:新收|收到|受理|接到|接收)(?:到)?)"
    r"(?:(?P<what>[^、,]{0,20}?)(?:并|、|和)(?:已|全部|均|按时|按期|依法|及时)*)?"
    r"(?P<second>办结|答复)(?P<more>[^、,]{0,20})"
)
# Of both together there is one number; where it is none, there was neither.
_CASES = "(?:被?申请|被?提起|提起的|发生)?(?:行政)?"
_NEITHER = re.compile(
    rf"(?P<head>.*?)(?P<one>{_CASES}(?:复议|诉讼))(?:案件)?(?:[、和及与或]|以及)"
    rf"(?P<other>{_CASES}(?:诉讼|复议))(?P<tail>.*)"
)


def each_of_two(label: str, *, is_none: bool) -> tuple[str, ...]:
    """Parts a label that names two things one number counts; else the label alone."""
    both = _BOTH.fullmatch(label)
    if both is not None:
        what = both["what"] or both["more"]
        return both["first"] + what, both["second"] + what
    two = _NEITHER.fullmatch(label) if is_none else None
    if two is not None:
        return two["head"] + two["one"] + two["tail"], two["head"] + two["other"] + two["tail"]
    return (label,)


def distributed(
    text: str, counted: Sequence[Quantity], clause: str, at: int, means: Means
) -> tuple[tuple[str, ...], int]:
    """Returns the labels of a list of numbers whose labels stand in a list before them.

    Args:
        text: Clean text of the sentence.
        counted: Its numbers.
        clause: The words before the number, from where its clause begins.
        at: Its index in ``counted``.
        means: Whether a label is known to mean something.

    Returns:
        The labels, and over how many numbers they are spread: one each, or all of them on
        one number (均为0件). No labels where the words name no list.
    """
    did = _EACH_DID.search(clause) if "分别" in clause or "依次" in clause else None
    if did:
        clause = clause[: did.start()] + "分别"
    if not clause.endswith(_ENDS):
        return (), 0
    alike = _ALL_ALIKE.search(clause)
    end = alike or _EACH_ITS_OWN.search(clause)
    if end is None:
        return (), 0
    named = _AND.split(_LIST_OPENS.sub("", clause[: end.start()]))
    if len(named) < _FEWEST or not all(named):
        return (), 0
    with_noun = f"{named[-1]}申请"
    if "申请" in end.group() and means(with_noun):
        named[-1] = with_noun
    if did:
        named = [one + did["did"] for one in named]
    labels = _with_its_noun(completed(named, means), means)
    if not any(map(means, labels)):
        return (), 0
    numbers = counted[at : at + len(named)]
    if len(numbers) == len(named) and _in_a_row(text, numbers):
        return labels, len(named)
    return (labels, 1) if alike else ((), 0)


def years_in_turn(text: str, counted: Sequence[Quantity], year: int | None) -> dict[int, int]:
    """Returns the year of each number of a list that follows a list of years, by its offset.

    2016年、2017年、2018年分别受理申请15件、24件、33件.

    Args:
        text: Clean text of the sentence.
        counted: Its numbers.
        year: The year reported on, None if not known.
    """
    named = _YEARS_IN_TURN.search(text) if year and "20" in text else None
    if named is None:
        return {}
    years = [int(one) for one in _YEAR.findall(named["years"])]
    if _TO.search(named["years"]):
        years = list(range(years[0], years[-1] + 1))
    behind = [one for one in counted if one.start >= named.end()][: len(years)]
    if len(behind) < len(years) or not _in_a_row(text, behind):
        return {}
    return {one.start: of for one, of in zip(behind, years, strict=True)}


class Grown(NamedTuple):
    """A number that one thing was last year, or is now."""

    subject: str
    year: int


def grown(text: str, counted: Sequence[Quantity], year: int | None) -> dict[int, Grown]:
    """Returns the years of two numbers between which one quantity changed: 由9件增至14件.

    Args:
        text: Clean text of the sentence.
        counted: Its numbers.
        year: The year reported on, None if not known.
    """
    if not year or not any(word in text for word in "由从较比年"):
        return {}
    found: dict[int, Grown] = {}
    for one, other in pairwise(counted):
        whence = _GREW_FROM.search(text, 0, one.lead)
        if whence and _GREW_TO.match(text, one.end, other.lead):
            subject = _subject(text, whence.start())
            found |= {one.start: Grown(subject, year - 1), other.start: Grown(subject, year)}
        was = _WAS.search(text, 0, one.lead)
        if was and _BECAME.fullmatch(text, one.end, other.start):
            subject = _subject(text, was.start())
            found |= {one.start: Grown(subject, year - 1), other.start: Grown(subject, year)}
        compared = _COMPARED.search(text, 0, one.lead) or _CHANGED_BY.search(text, 0, one.lead)
        if compared and _REACHED.fullmatch(text, one.end, other.start):
            found[other.start] = Grown(_subject(text, compared.start()), year)
    return found


def _subject(text: str, end: int) -> str:
    """The words of the last clause that ends before an offset."""
    return BREAK.split(text[:end].rstrip(",:"))[-1]


def is_shared(text: str, counted: Sequence[Quantity], clause: str, at: int) -> bool:
    """Whether a number is one of several that the same words count: 参训人员分别为30人、45人."""
    if not clause.endswith(_ENDS) or not _EACH_ITS_OWN.search(clause):
        return False
    numbers = counted[at : at + _FEWEST]
    return len(numbers) == _FEWEST and _in_a_row(text, numbers)


def _in_a_row(text: str, numbers: Sequence[Quantity]) -> bool:
    return all(_BETWEEN.fullmatch(text, one.end, other.lead) for one, other in pairwise(numbers))


def completed(named: Sequence[str], means: Means) -> tuple[str, ...]:
    """Returns labels with the end that only the last has: 行政处罚、行政强制处理决定."""
    last = named[-1]
    if len(named) < _FEWEST:
        return tuple(named)
    is_of_decisions = last.endswith("决定")
    done = _DONE.match(last)
    labels = [
        one + last[done.end() :]
        if done and _ONLY_COMES.fullmatch(one)
        else one
        if means(one) and not is_of_decisions
        else _with_end_of(one, last, means)
        for one in named
    ]
    return tuple(_with_front_of(labels[0], one, means) for one in labels)


def _with_end_of(one: str, last: str, means: Means) -> str:
    longer = (one + last[begin:] for begin in range(1, len(last)))
    return next((label for label in longer if means(label)), one)


def _with_its_noun(labels: Sequence[str], means: Means) -> tuple[str, ...]:
    """Labels; a bare verb gets the last one's noun: 收到、答复变更申请 are no requests received."""
    last = labels[-1]
    return (
        tuple(labels)
        if means(last)
        else tuple(one if one == last or not is_bare(one) else one + last for one in labels)
    )


def _with_front_of(first: str, one: str, means: Means) -> str:
    """A label with the beginning of the first in its list: 涉及政府信息公开的行政复议、诉讼."""
    if means(one):
        return one
    longer = (first[:end] + one for end in range(len(first) - 1, 1, -1))
    return next((label for label in longer if means(label)), one)
