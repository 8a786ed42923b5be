"""Statements that there was none: 未收到申请, 无收费, 没有发生, 均为零."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.prose.distribution import completed
from pipeline.extract.prose.indicator_rules import is_known
from pipeline.extract.prose.vocabulary import Topic, vocabulary

_STOP = re.compile(r"[。;!?](?!法人或)")
_CASE_END = re.compile(r"(?:情况|情形|问题|事件|现象|案件)(?=[,。;]|$)")
_CASE_NOUN = re.compile(r"的(?:情况|情形|问题|事件|现象|案件)$")
_UNIT_BEHIND = re.compile(r"(?:诉讼|复议|申请|举报|投诉)(件|起|例|次)$")
_MODIFIES = re.compile(
    r"^(?:的(?!数|件数|总数)|而|引起|引发|导致|提起|提出|办理|过程|工作|受理|答复|处理|方面|中|被|行为|超|逾|延|未|不|败|积压|违)"
)
# No costs of lawsuits are not no lawsuits: 未产生与诉讼有关的费用支出.
_COSTS = re.compile(r"[^,。;]{0,16}?(?:有关|相关)的?[^,。;]{0,6}(?:费用|支出|经费)")
_OF_COSTS = re.compile("费|支出")
# 零申请、零复议: each denies one thing.
_END_OF_ONE = re.compile(r"[、,。;:!?”]|[和与及](?=零)|$")
_MOST_CLAUSES = 3
_LONGEST_OBJECT = 200
_CLAUSE_END = re.compile(r"[,。;:!?]|$")
# What stands in a clause with a number is told by the number: 对无现成信息的申请告知3件.
_FIGURE = re.compile(r"(?:[1-9]\d*|[一二两三四五六七八九十百]+)(?:余|多)?[件条起次例宗份个项人名]")
# A clause that ends so has not yet named its object.
_UNFINISHED = re.compile(
    r"(?:公民|法人|组织|公众|群众|企业|单位|个人|申请人|方式|形式|渠道|途径|关于|因|由|以|通过|等)$"
)
_EXCEPT = re.compile(
    r"除[^,。;]{1,40}(?:外|之外|以外),?[^,。;]{0,24}$|(?:其余|余下|剩余)[^,。;]{0,12}$"
)
# 没有别的结果:予以公开6 denies what is listed nowhere, not what is listed behind it.
_OTHERS = re.compile("(?:任何)?(?:别的|其[他它](?!处理|纠正))[^,。;:]*:")
# What came by one way alone: 我局网站未收到申请.
_BY_ONE_WAY = re.compile("^[^、和及与或]*(?:网站|平台|[信邮]箱|窗口|大厅|公众号)$")
_AS_A_RULE = re.compile(r"一律|原则上|暂(?![无未没]|$)|规定|始终|坚持|承诺")
# The first character is told first, so that the text is passed over without trying the rest.
_MAY_DENY = re.compile(
    r"[无未零没不为是:](?:(?<=[无未零])|(?<=没)(?:[有举召开接]|收到)|(?<=不)(?:存在|收取)|(?<=[为是:])\s*0)"
)
_BEGINS_WITH_ZERO = re.compile(r"\s*0")
_ALL = re.compile("[均都皆]")
_AND = re.compile("、|以及|[和与及或]")
# What a denial says beside the verb that a number would have, and beside the thing denied.
_NEUTRAL = re.compile("^(?:未曾?|没有?|不存在|无)(?:发生|出现|产生|有)?")
_OF_CASES = re.compile(
    "^(?:过|到|任何|相关|有关|涉及)*|的?(?:情况|情形|现象|问题|事项|记录|的答复)?(?:的?发生|的?出现)?$"
)
_LONGEST_DENIED = 40
# Anybody: 未收到公民、法人或者其他组织的申请 is of no kind of applicants.
_ANYBODY = re.compile(
    "(?:任何)?(?:公民|自然人)、?法人(?:[和或及与、]|或者|以及)其[他它](?:社会)?组织(?:提出|提交)?的?"
)
# 上年无结转 denies what was carried in.
_FROM_LAST_YEAR = re.compile("(?:上一?|前一|去)年度?$")
# None of one reason is not none at all: 没有因过程性信息不予公开的情况.
_OF_ONE_REASON = re.compile("(?:因|由于|属于|涉及)(?!.{0,14}(?:引起|引发|提起|产生|导致|申请))")
# None of one sort is not none at all either: 未举办专题培训班.
_OF_ONE_SORT = re.compile("专题(?!会)|专项|专场|集中|大型|业务|外出|脱产|线[上下]|单独")
# 未制发、废止、修改规范性文件 denies several verbs of one thing.
_VERBS_OF_ONE = re.compile("(?P<verbs>(?:、[\u4e00-\u9fff]{2})+)(?P<thing>[\u4e00-\u9fff]+)")
_BARE = frozenset({"无", "没有", "零", "0"})


_ITEM = re.compile(
    r"(?:也|和|及|或|以及)?(?:因)?(?:政府信息公开)?(?:引起|引发|的)*(?:行政)?(?:复议|诉讼|申诉|举报|投诉)"
    r"(?:、?(?:行政)?(?:复议|诉讼|申诉|举报|投诉))*(?:案件|事项|情况|的)*"
)


class Absence(NamedTuple):
    """That something did not happen.

    Attributes:
        start: Offset of the word for none in the clean text.
        end: Offset behind what is absent.
        word: The word as printed.
        unit: The counting word said with it, if any.
        label: What is absent.
        topic: The vocabulary's entry for it, None where the label says what a number's would.
        why: Ids of what leaves open that there was none.
        denied: Whether a verb is denied, rather than a number said to be zero.
    """

    start: int
    end: int
    word: str
    unit: str | None
    label: str
    topic: Topic | None
    why: tuple[str, ...] = ()
    denied: bool = False


def may_deny(text: str) -> bool:
    """Whether a text holds a word for none."""
    return _MAY_DENY.search(text) is not None or _BEGINS_WITH_ZERO.match(text) is not None


@lru_cache(maxsize=4096)
def absences(text: str, heading: str = "") -> tuple[Absence, ...]:
    """Finds the statements of absence in a sentence; most reports use the same words.

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
    once = {(one.label, one.topic is None): one for one in reversed(found)}
    return tuple(once.values())[::-1]


def _negated(text: str) -> Iterator[Absence]:
    for match in vocabulary().absence.finditer(text):
        clause = text[_clause_start(text, match.start()) : match.start()]
        begin = match.end()
        if vocabulary().absence_veto.search(clause) or _OTHERS.match(text, begin):
            continue
        end, topics = begin, []
        whence = "上年" if _FROM_LAST_YEAR.search(clause) else ""
        first_end = begin
        for end in _object_ends(text, begin):
            first_end = end if first_end == begin else first_end
            whence = "零" if match["word"] == "零" else whence
            topics = list(_topics(whence + text[begin:end], match["word"]))
            if topics or _CASE_END.search(text, begin, end):
                break
        if not topics and end == begin:
            topics = list(_topics(whence + match["word"].lstrip("未"), match["word"]))
        if not topics and end - begin <= 1:
            topics = list(_topics(clause, match["word"]))
        why = _open(text, match, clause)
        unit = _unit(match, text[begin:end])
        for label in _denied(match["word"], text[begin:first_end]):
            yield Absence(match.start(), end, match["word"], unit, label, None, why, True)
        for label, topic in topics:
            yield Absence(match.start(), end, match["word"], unit, label, topic, why)


def _denied(word: str, absent: str) -> Iterator[str]:
    """What a denied verb and its objects would count: 未举办新闻发布会, 无专职、兼职人员."""
    if not absent or len(absent) > _LONGEST_DENIED or _OF_ONE_REASON.match(absent):
        return
    if _OF_ONE_SORT.search(absent):
        return
    if verbs := _VERBS_OF_ONE.fullmatch(absent):
        yield from (f"{verb}{verbs['thing']}" for verb in verbs["verbs"].split("、")[1:])
        return
    verb = _NEUTRAL.sub("", word)
    named = _AND.split(_OF_CASES.sub("", _ANYBODY.sub("", absent)))
    for one in completed(named, is_known):
        if one:
            yield verb + one


def _open(text: str, match: re.Match[str], clause: str) -> tuple[str, ...]:
    """What leaves open that there was none: an exception, or a rule in place of an account."""
    why = []
    if _EXCEPT.search(text, 0, match.start()):
        why.append("O-exception")
    if match["word"].startswith("不收") or _AS_A_RULE.search(clause):
        why.append("O-rule")
    if "收到" in match["word"] and _BY_ONE_WAY.search(clause):
        why.append("O-narrowed")
    return tuple(why)


def _zero_values(text: str) -> Iterator[Absence]:
    """复议、诉讼均为零."""
    for match in vocabulary().zero_value.finditer(text):
        start = _clause_start(text, match.start())
        clause = text[start : match.start()]
        topics = list(_topics(clause, "无"))
        # One thing with a unit is an ordinary number: 复议案件为0件.
        several = len(topics) > 1 and _ALL.match(match.group())
        is_short = 0 < len(clause) <= _LONGEST_DENIED
        if is_short and not match["unit"]:
            named = _AND.split(clause) if _ALL.match(match.group()) else (clause,)
            for label in completed(named, is_known):
                yield Absence(match.start(), match.end(), match["word"], None, label, None)
        if not several and (len(topics) > 1 or match["unit"]):
            continue
        for label, topic in topics:
            yield Absence(match.start(), match.end(), match["word"], match["unit"], label, topic)


def _clause_start(text: str, before: int) -> int:
    return max((text.rfind(mark, 0, before) for mark in ",。;:!?"), default=-1) + 1


def _object_ends(text: str, begin: int) -> Iterator[int]:
    """Ends of what is absent: its clause, and the next where the first has no object yet.

    It goes on over a comma where nothing but other things stand behind it: 未发生行政复议，
    行政诉讼. A number ends it.
    """
    if text[begin - 1 : begin] == "零":
        named = _END_OF_ONE.search(text, begin)
        yield named.start() if named else len(text)
        return
    stop = _STOP.search(text, begin)
    last = min(stop.start() if stop else len(text), begin + _LONGEST_OBJECT)
    at = begin
    for _ in range(_MOST_CLAUSES):
        clause, comma, _ = text[at:last].partition(",")
        end = at + len(clause)
        if _FIGURE.search(text, at, end):
            return
        yield _enumerated(text, end, last)
        at = end + 1
        if not comma or not (_UNFINISHED.search(text, begin, end) or _goes_on(text, at, last)):
            return
        if vocabulary().absence.match(text, at):
            return


def _goes_on(text: str, at: int, last: int) -> bool:
    """Whether the next clause ends what is absent: 没有因…侵犯权益，被认定违法的情况."""
    end = at + len(text[at:last].partition(",")[0])
    return _CASE_NOUN.search(text, at, end) is not None and not _FIGURE.search(text, at, end)


def _enumerated(text: str, end: int, last: int) -> int:
    """Where a list of absent things ends whose members commas part."""
    while end < last and text[end] == ",":
        clause = _CLAUSE_END.search(text, end + 1)
        behind = clause.start() if clause else last
        if not _ITEM.fullmatch(text, end + 1, min(behind, last)):
            break
        end = min(behind, last)
    return end


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
        if not _OF_COSTS.search(match.group()) and _COSTS.match(text, match.end()):
            continue
        if topic.verbs and not (topic.verbs.search(text) or topic.verbs.search(word)):
            continue
        narrowed = topic.unless is not None and topic.unless.search(word + text[: match.start()])
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
