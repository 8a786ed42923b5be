"""What is said of every one counted, behind its number: 行政复议27件,均维持."""

import re
from collections.abc import Iterator
from itertools import takewhile

# What holds for every one counted, in brackets or behind a comma.
_ALL_OF_THEM = re.compile(
    r"(?:,?(?:均|全部|都)?已?(?:审结|办结|结案))?"
    r"(?:(?:[(,]|、(?=均|全部|都))(?:已|现已|目前|现)?(?:经(?:审查|核查|审理|查)|复议机关|法院|复议结果|结果|申请人|申请主体|申请方式|申请渠道|以上申请|所有申请|申请)?|(?:的)?(?:申请|案件)?(?=均|全部))"
    r"(?:均|全部|都|(?<=[(果])|(?<=复议机关)|(?<=法院)|(?=系(?:未经|(?:经)?复议后))|(?=为(?:其[他它]结果|结果维持|结果纠正)))(?:已|依法|依规|被|为|是|属于?|系|以(?=申请人|原告)|同一申请人|获|按照?规定|按照?要求|在(?:法定|规定)的?(?:期限|时限|时间)内?|予以(?=答复|回复))*"
    r"(?P<what>[\u4e00-\u9fff]{2,20})(?=[,。;)、]|$)"
)
# 3起行政复议案件,均维持: what is counted stands behind its number.
_NAMED = re.compile("[^,。;:()、\\d]{2,30}(?=[,(])")
# 自然人通过网络提交 says two things.
_BY_WHOM_AND_HOW = re.compile("(?<=[人业构织])(?=通过)")
_CLAUSES = re.compile("[^,。;:()“”]+")
_COUNTS_NOTHING = re.compile(r"[^\d]*").fullmatch
# What became of the only one: 行政复议1件,县政府作出维持决定.
_OF_THE_ONE = re.compile(
    r"[(,:](?:[^,。;()\d]{0,12},)??(?:(?:经)?[\u4e00-\u9fff]{0,8}(?:政府|机关|法院))?(?:申请人|申请主体|结果|最终|目前|现仍|仍|至今|截至年底|一审|二审|法院|(?:判决|裁定|复议)(?=结果)|依法|已|现|被|为|系|属于?|予以)*"
    r"(?P<what>(?:自然人|公民个人|商业企业|企业|科研机构|社会公益组织|法律服务机构)(?:提出|申请)?|未经复议直接起诉|经?复议后(?:再)?起诉|(?:作出|决定|判决|裁定)?(?:维持|驳回|撤销|纠正|确认(?:[\u4e00-\u9fff]{0,6}(?:答复|行为))?违法|责令|(?:申请人|原告)?(?:自愿|主动)?(?:撤回|撤诉|终止)|(?:尚|正|还)?(?:未审结|在审理))"
    r"[\u4e00-\u9fff]{0,10})(?=[,。;)]|$)"
)


def said_of_all(text: str, at: int, *, is_one: bool, label: str = "") -> Iterator[str]:
    """Yields the statements on all items counted that follow an offset, clause by clause.

    行政诉讼4件,均为复议后起诉,结果均维持.

    Args:
        text: Clean text of the sentence, from a number on or from its beginning.
        at: Offset behind the number.
        is_one: Whether only one is counted.
        label: What is counted, which may be named again: 不予公开2件,不予公开的均因涉及隐私.
    """
    if label and (named := _NAMED.match(text, at)) and label.endswith(named.group()):
        at = named.end()
    at += _again(text, at, label)
    again = f",{label}的"
    if label and text.startswith(again, at):
        at += len(again) - 1
        text = f"{text[:at]},{text[at + 1 :]}"
    while found := (is_one and _OF_THE_ONE.match(text, at)) or _ALL_OF_THEM.match(text, at):
        yield from _BY_WHOM_AND_HOW.split(found["what"])
        at = found.end()


def _again(text: str, at: int, label: str) -> int:
    """How much of the end of a label stands behind its number: 收到的29件申请均由自然人提出."""
    ends = range(len(label), 1, -1)
    return next((size for size in ends if text.startswith(label[-size:], at)), 0)


def said_of_the_one(text: str, at: int) -> Iterator[str]:
    """Yields the clauses behind an offset up to the next number.

    Any may say what became of the only request: 收到1件,经审核,申请人申请的信息不予公开.
    """
    return takewhile(_COUNTS_NOTHING, _CLAUSES.findall(text, at))
