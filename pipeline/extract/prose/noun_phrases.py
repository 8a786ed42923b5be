"""What a number counts, as the clause around it says."""

import re
from functools import lru_cache

from pipeline.extract.prose.concepts import concepts_of
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.whose import is_body
from pipeline.extract.prose.word_segmentation import words
from pipeline.lexis.numbering import CIRCLED, COUNT

_PUNCTUATION = set(",.。;:!?、()（）“”\"'‘’【】[]●·-—~ ")
_DATE = re.compile(r"(?:\d+|[Xx*]+)年?(?:\d+月)?(?:\d+日)?|年度?|月份?|日")
_NOUN_END = re.compile(r"[,。;:!?()]|(?:的)?(?=[,。;:!?])")
# What is told of things that a verb before the number has named: 新收的29件申请均已答复.
_TOLD_OF = re.compile(
    "(?<=.)(?:(?:均|都|全部|逐[一件项条]|已)(?!主动|公开|经|获取)|(?:分别)?于\\d|主要|集中(?=在|于))"
)
_DONE_WITH_ALL = re.compile("(?<=申请|信息)(?:均|都|全部)(?:已)?做到")
_TITLE = re.compile(r"《[^《》]*》(?:等)?")
# First characters of what is said about the number, not of a noun it counts.
_GOES_ON = "和与及并或占以均其已全办为是由分在未被较比同"
_AND_MORE = re.compile(r"(?:、|(?<!总)[和与及])+$")
_FULL_TIME = "全职"
_POINT = re.compile(
    rf"{CIRCLED}|{COUNT}(?:、|是)|\d{{1,2}}[.、](?!\d)|[·•●■◆]|(?:首先|其次|再次|最后|同时)(?:是)?"
)
# 31日共 is cut here, for 日共 is a word, too.
_DAY = re.compile(r"(?<=\d日)(?=共)")
_TOTALS = frozenset({"共", "共计", "累计", "总共", "总计", "合计", "一共"})
_PERIODS = frozenset({"全年", "今年", "本年度", "年内"})
_CHANNEL = re.compile(
    r"微博|微信|网站|网|公报|平台|公众号|媒体|专栏|信箱|热线|客户端|发布会|广播|电视|公开栏|查阅"
)
_MEANS = re.compile(r"(?:通过|利用|依托|借助|运用|在)[^,。;]*(?:公开|发布|公布|推送)$")
# What is told of a number behind it, not what it counts: 较上年的41条增加3条, 12期共2.4万份.
_NOT_COUNTED = re.compile(
    r"(?:有所|略有?|明显|大幅|小幅|稍有)?(?:增加|增长|减少|下降|上升|降低)|共\d|用[于来作]|主要用"
    r"|[两三四五六七八九十]种(?:情形|情况|方式|类型|渠道)"
)
# 在不同意公开答复的13件申请中: of those that the words before the number name.
_AMONG = ("中", "里")
# 收到的61件申请中有2件超期.
_SOME_OF = re.compile("(?<=[中里])有$")
_EXCEPT = ["除"]
_REST = (["其他"], ["其它"])
_OF_ALL = re.compile("(?:的)?(?:申请)?(?:全部|均|都)")
_JOINS = frozenset("并和及与")
_NOT_YET = frozenset({"未", "尚未", "还未", "仍未", "未能"})
_LONGEST = 60
_LONGEST_NOUN = 30
_LONGEST_SUBJECT = 12
_LONGEST_CLAUSE = 100
# Nouns in front of a verb that say what is decided, never who decides.
_DECIDED = frozenset(
    {"licensing", "penalties", "coercive_measures", "normative_document", "government_rule"}
)


def label_of(before: str, behind: str, *, is_part: bool = False) -> str:
    """Returns a readable label for a number.

    Args:
        before: The clause up to the number.
        behind: The clause from the unit on.
        is_part: Whether the number is a part of another: then who acts tells it apart.
    """
    front = _front(before, is_part)
    if front == _EXCEPT or (front in _REST and _OF_ALL.match(behind)):
        front = []
    noun = _SOME_OF.sub("", _noun(behind, bare=not front))
    if not noun:
        return _shorten(front)
    if noun.endswith(_AMONG) and before.endswith("的") and front[0] in vocabulary().verbs:
        return f"{_shorten(front).removeprefix('在')}{noun.rstrip('之当里中')}"[:_LONGEST]
    verb = _by_channel(front) or _last_verb(front)
    label = noun if noun.startswith(verb) else verb + noun
    return label.removesuffix("中")[:_LONGEST]


@lru_cache(maxsize=8192)
def is_bare(label: str) -> bool:
    """Whether a label is only a verb or nothing, so that its noun stands further up."""
    if label in vocabulary().own_verbs:
        return False
    if label in vocabulary().verbs or len(label) < 2:
        return True
    return is_body(label)


def names_what(before: str) -> bool:
    """Whether the words before a number say what it counts."""
    label = label_of(before, "")
    return len(label) > 1 and not is_bare(label)


@lru_cache(maxsize=8192)
def is_change(label: str) -> bool:
    """Whether a label only says how much more or less something else was."""
    return vocabulary().change.search(label) is not None


def with_verb_of(label: str, before: str) -> str:
    """Returns a label with the verb of the label before it: 制发规章1件、行政规范性文件2件."""
    verbs, before = vocabulary().verbs, before.removeprefix("新")
    return next((before[:end] for end in (4, 3, 2) if before[:end] in verbs), "") + label


def _front(text: str, is_part: bool) -> list[str]:
    """The words before a number without subject, dates and filling words."""
    point = _POINT.match(text)
    said = text[point.end() :] if point else text
    tokens = list(words(_DAY.sub(",", said[-_LONGEST_CLAUSE:])))
    if not is_part:
        tokens = tokens[_subject(tokens) :]
    while tokens and _is_filling(tokens[0], vocabulary().front_stop):
        tokens.pop(0)
    while tokens and _is_filling(tokens[-1], vocabulary().back_stop):
        tokens.pop()
    return [token for token in tokens if token not in _TOTALS and token not in _PERIODS]


def _shorten(tokens: list[str]) -> str:
    """A label cut to length at its first verb that leaves it short enough."""
    text = "".join(tokens)
    if len(text) <= _LONGEST:
        return text
    at = 0
    for token in tokens:
        if token in vocabulary().verbs and len(text) - at <= _LONGEST and len(token) > 1:
            return text[at:]
        at += len(token)
    return text[-_LONGEST:]


def _is_filling(token: str, stop: frozenset[str]) -> bool:
    return token in stop or token[0] in _PUNCTUATION or _is_date(token)


@lru_cache(maxsize=8192)
def _is_date(token: str) -> bool:
    return _DATE.fullmatch(token) is not None


def _subject(tokens: list[str]) -> int:
    """How many words before the first verb, or before 共, only say who acts."""
    quoted = 0
    for index, token in enumerate(tokens):
        quoted += (token == "“") - (token == "”")
        if quoted > 0:
            continue
        if token in _TOTALS:
            said = "".join(tokens[:index])
            is_counted = index == len(tokens) - 1 and not _names_actor(tokens[:index])
            return 0 if is_counted or _CHANNEL.search(said) else index
        if token in vocabulary().verbs:
            if not _names_actor(tokens[:index]):
                return _subject_of_total(tokens, index)
            return index - _object_before(tokens, index)
    return 0


def _object_before(tokens: list[str], verb: int) -> int:
    """How many words before a verb name the object, no actor: 行政许可 of 全区行政许可处理决定."""
    at = verb
    while at and _is_filling(tokens[at - 1], vocabulary().front_stop):
        at -= 1
    is_object = at and any(one and one <= _DECIDED for one in concepts_of(tokens[at - 1]))
    return verb - at + 1 if is_object else 0


def _subject_of_total(tokens: list[str], verb: int) -> int:
    """Where the subject ends that the words before a verb name only if 共 follows."""
    return next((n for n in range(verb) if tokens[n] in _TOTALS), 0)


def _names_actor(tokens: list[str]) -> bool:
    text = "".join(tokens)
    if _CHANNEL.search(text) or vocabulary().persons.search(text):
        return False
    rest = [token for token in tokens if not _is_filling(token, vocabulary().front_stop)]
    return not rest or any(vocabulary().subject_end.search(token) for token in rest[-2:])


def _noun(text: str, bare: bool) -> str:
    """What stands behind the unit: empty where the label stood before the number."""
    text = text.removeprefix("的")
    end = _NOUN_END.search(text)
    noun = _AND_MORE.sub("", text[: end.start()] if end else text)
    told = (_DONE_WITH_ALL if bare else _TOLD_OF).search(noun)
    noun = noun[: told.start()] if told else noun
    if not noun or noun[0] in _PUNCTUATION or _NOT_COUNTED.match(noun):
        return ""
    if not bare and noun[0] in _GOES_ON and not noun.startswith(_FULL_TIME):
        return ""
    return noun[:_LONGEST_NOUN]


def _by_channel(tokens: list[str]) -> str:
    """Where and how something was published: 在网站公开2条信息 is not all that was."""
    text = _TITLE.sub("", "".join(tokens))
    means = _MEANS.search(text)
    if means is None or len(means.group()) > _LONGEST_NOUN or not _CHANNEL.search(means.group()):
        return ""
    return means.group()


def _first_of_joined(tokens: list[str], at: int) -> int:
    """Where the first verb stands of several joined ones that end at a verb: 收到并办结5件申请."""
    while at > 1 and tokens[at - 1] in _JOINS and tokens[at - 2] in vocabulary().verbs:
        at -= 2
    return at


def _last_verb(tokens: list[str]) -> str:
    """The last verb of a clause with the words behind it; its noun stands behind the number."""
    quoted = 0
    for index in range(len(tokens) - 1, -1, -1):
        quoted += (tokens[index] == "》") - (tokens[index] == "《")
        if tokens[index] in vocabulary().verbs and not quoted:
            first = index - 1 if index and tokens[index - 1] in _NOT_YET else index
            first = _first_of_joined(tokens, first)
            return _TITLE.sub("", "".join(tokens[first:]))
    text = "".join(tokens)
    return text if len(text) <= _LONGEST_SUBJECT else ""
