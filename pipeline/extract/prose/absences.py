"""Statements that there was none: 未收到申请, 无收费, 没有发生, 均为零."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.prose.vocabulary import Topic, vocabulary

_STOP = re.compile(r"[。;!?](?!法人或)")
_CASE_END = re.compile(r"(?:情况|情形|问题|事件|现象|案件)(?=[,。;]|$)")
_UNIT_BEHIND = re.compile(r"(?:诉讼|复议|申请|举报|投诉)(件|起|例|次)$")
_MODIFIES = re.compile(
    r"^(?:的|而|引起|引发|导致|提起|提出|办理|过程|工作|受理|答复|处理|方面|中|被|行为|超|逾|延|未|不|败|积压|违)"
)
_MOST_CLAUSES = 3
_LONGEST_OBJECT = 200
# The first character is told first, so that the text is passed over without trying the rest.
_MAY_DENY = re.compile(
    r"[无未零没不为是:](?:(?<=[无未零])|(?<=没)有|(?<=不)(?:存在|收取)|(?<=[为是:])\s*0)"
)
_BEGINS_WITH_ZERO = re.compile(r"\s*0")
_BARE = frozenset({"无", "没有", "零", "0"})


class Absence(NamedTuple):
    """That something did not happen.

    Attributes:
        start: Offset of the word for none in the clean text.
        end: Offset behind what is absent.
        word: The word as printed.
        unit: The counting word said with it, if any.
        label: What is absent.
        topic: The vocabulary's entry for it.
    """

    start: int
    end: int
    word: str
    unit: str | None
    label: str
    topic: Topic


def may_deny(text: str) -> bool:
    """Whether a text holds a word for none."""
    return _MAY_DENY.search(text) is not None or _BEGINS_WITH_ZERO.match(text) is not None


@lru_cache(maxsize=4096)
def absences(text: str, heading: str = "") -> tuple[Absence, ...]:
    """Finds what a sentence says there was none of; most reports say it in the same words.

    Args:
        text: Clean text of a sentence.
        heading: The heading it stands under, which says what a bare 无。 is about.
    """
    found = [*_negated(text), *_zero_values(text)]
    bare = text.strip("。;,")
    if not found and bare in _BARE:
        found = [
            Absence(0, len(text), bare, None, label, topic)
            for label, topic in _topics(heading, "无")
        ]
    return tuple({one.label: one for one in reversed(found)}.values())[::-1]


def topic_labels(text: str) -> list[str]:
    """Returns what a clause such as 行政复议、行政诉讼各 names."""
    return [label for label, _ in _topics(text, "")]


def _negated(text: str) -> Iterator[Absence]:
    for match in vocabulary().absence.finditer(text):
        clause = text[_clause_start(text, match.start()) : match.start()]
        if vocabulary().absence_veto.search(clause):
            continue
        begin = match.end()
        for end in _object_ends(text, begin):
            topics = list(_topics(text[begin:end], match["word"]))
            if topics or _CASE_END.search(text, begin, end):
                break
        if not topics and end - begin <= 1:
            topics = list(_topics(clause, match["word"]))
        for label, topic in topics:
            yield Absence(
                match.start(), end, match["word"], _unit(match, text[begin:end]), label, topic
            )


def _zero_values(text: str) -> Iterator[Absence]:
    """复议、诉讼均为零."""
    for match in vocabulary().zero_value.finditer(text):
        start = _clause_start(text, match.start())
        clause = text[start : match.start()]
        topics = list(_topics(clause, "无"))
        # One thing with a unit is an ordinary number: 复议案件为0件.
        several = len(topics) > 1 and re.search("[均都皆]", match.group())
        if not several and (len(topics) > 1 or match["unit"]):
            continue
        for label, topic in topics:
            yield Absence(match.start(), match.end(), match["word"], match["unit"], label, topic)


def _clause_start(text: str, before: int) -> int:
    return max((text.rfind(mark, 0, before) for mark in ",。;:!?"), default=-1) + 1


def _object_ends(text: str, begin: int) -> Iterator[int]:
    """Ever farther ends of what is absent: the clause, then the next ones."""
    stop = _STOP.search(text, begin)
    last = min(stop.start() if stop else len(text), begin + _LONGEST_OBJECT)
    at = begin
    for _ in range(_MOST_CLAUSES):
        comma = text.find(",", at, last)
        if comma < 0:
            break
        yield comma
        at = comma + 1
        if vocabulary().absence.match(text, at):
            return
    else:
        return
    yield last


def _topics(text: str, word: str) -> Iterator[tuple[str, Topic]]:
    """The topics in a text, each with its label."""
    topics = vocabulary().topics
    found = [
        (match, topics[int((match.lastgroup or "t0")[1:])])
        for match in vocabulary().topic.finditer(text)
    ]
    for index, (match, topic) in enumerate(found):
        others = len(found) > index + 1
        if topic.request and (others or _MODIFIES.match(text[match.end() :])):
            continue
        if topic.verbs and not (topic.verbs.search(text) or topic.verbs.search(word)):
            continue
        narrowed = topic.unless is not None and topic.unless.search(text, 0, match.start())
        if narrowed:
            yield text[: match.end()], topic.model_copy(update={"id": None, "ids": {}})
            continue
        for label in topic.split or (topic.label or match.group(),):
            yield label, topic


def _unit(match: re.Match[str], absent: str) -> str | None:
    """The counting word of an absence: 无一例, or 无行政诉讼件."""
    if match["one"]:
        return match["one"][1:]
    behind = _UNIT_BEHIND.search(absent)
    return behind.group(1) if behind else None
