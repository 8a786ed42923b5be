"""The words of a clause that stand before a number, and whose they say it is."""

import re

from pipeline.extract.prose.circumstances import ASIDE
from pipeline.extract.prose.noun_phrases import is_bare
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.wholes import Counted
from pipeline.extract.prose.whose import body_word

BREAK = re.compile(r"[,。;:!?()●…]")
# A number behind these counts what follows it: 3名专职和2名兼职人员.
AND = ("、", "和", "与", "及")
# One of two kinds, nobody says which: 专(兼)职.
_OR = re.compile(r"(?<=专)\((兼)\)")
_CLAUSE_BEFORE = re.compile(r"[,。;:!?)]")
# A term of the forms may begin with a verb, which then ends no subject: 收到申请.
_RECEIVES = re.compile("(?:新收|收到|受理|接到)申请")


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
