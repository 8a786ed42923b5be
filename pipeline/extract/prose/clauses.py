"""The words of a clause before a number, the body they name, and the topic of the sentence."""

import re
from typing import NamedTuple

from pipeline.extract.prose.circumstances import ASIDE
from pipeline.extract.prose.indicator_rules import is_worded
from pipeline.extract.prose.noun_phrases import is_bare
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.wholes import Counted
from pipeline.extract.prose.whose import body_word

BREAK = re.compile(r"[,。;:!?()●…]")
# A clause that tells of the number before, or of parts of it, names nothing for the next one.
_TELLS = re.compile("均|都|全部|已|并|且|其中|另|占")
# 无法提供(不掌握)4件 are all of one kind.
_ASIDE_BEFORE = re.compile(r"[\u4e00-\u9fff]\((?!含|包括|其中)([^()\d]{2,20})\)$")
# What a sentence says before a colon that it tells of.
_TOPIC = re.compile(
    "(?:^|[,;。)])(?P<topic>(?:(?!渠道|方式|途径|情况|结果|划分|理由|原因|分别|分类|如下|其中|方面)[\u4e00-\u9fff]){2,12}):"
)
# A number behind these counts what follows it: 3名专职和2名兼职人员.
AND = ("、", "和", "与", "及")
# One of two kinds, nobody says which: 专(兼)职.
_OR = re.compile(r"(?<=专)\((兼)\)")
_CLAUSE_BEFORE = re.compile(r"[,。;:!?)]")
# A term of the forms may begin with a verb, which then ends no subject: 收到申请.
_RECEIVES = re.compile("(?:新收|收到|受理|接到)申请")


class Words(NamedTuple):
    """The words around a number: of its clause, behind it, since the number before, and its own."""

    before: str
    after: str
    wider: str
    own: str
    is_last: bool

    @property
    def earlier(self) -> str:
        """The clauses between the number before and its own."""
        return self.wider[: -len(BREAK.split(self.wider)[-1]) or None]


def words_before(text: str, begin: int, end: int) -> str:
    """The words before a number without what brackets hold.

    Where a bracket with numbers of its own ends there, the words in front of it are meant:
    受理申请(其中当面3件)共7件.
    """
    wider = text[begin:end]
    if "(" in wider:
        wider = ASIDE.sub("", _OR.sub(r"、\1", wider))
    close = wider.rfind(")")
    opening = text.rfind("(", 0, begin) if close >= 0 else -1
    if opening < 0 or BREAK.search(wider, close + 1) or wider.startswith(AND, close + 1):
        return wider
    return _CLAUSE_BEFORE.split(text[:opening])[-1] + wider[close + 1 :]


def without_body(label: str, whole: Counted | None) -> str:
    """A label without the body that only did what another number says: 厅机关收到."""
    body = body_word(label)
    rest = label.partition(body)[2] if body else ""
    is_again = rest and whole and whole.label.startswith(rest) and is_bare(rest)
    verbs = tuple(vocabulary().first_verbs)
    if rest in verbs and whole and whole.is_of_requests and whole.label.startswith(verbs):
        return ""
    is_told = rest and label.startswith(body) and _RECEIVES.match(rest)
    return rest if is_again or is_told else label


def topic_before(said: str, at: int) -> str:
    """Returns the topic that a sentence names before its last colon: 规章 of 规章:制发0件."""
    found = _TOPIC.findall(said, 0, at) if ":" in said else []
    return str(found[-1]) if found else ""


def with_clauses_before(said: str, label: str, unit: str) -> str:
    """Returns a label with the clauses before it, where every word of them is known.

    未经复议直接起诉的案件,本年新发生两件.
    """
    clauses = [one for one in BREAK.split(said) if one]
    if any(map(_TELLS.match, clauses)):
        return label
    longer = ("".join(clauses[at:]) for at in range(len(clauses) - 2, -1, -1))
    return next((one for one in longer if is_worded(one, unit)), label)


def aside_before(said: str, begin: int, at: int) -> str:
    """Returns what brackets right before an offset say that a number is all of."""
    aside = _ASIDE_BEFORE.search(said, begin, at)
    return aside[1] if aside else ""
