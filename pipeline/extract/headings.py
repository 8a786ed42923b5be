"""Whose numbers a heading says stand below it: another body's, a part of a region's, or all."""

import re
from typing import NamedTuple

_OF_NOBODY_HERE = re.compile(
    r"[^\n。；]*(?:[填样范]\S{0,3}示?例[^\n。；]{0,20}|仅供参考|非本(?:单位|机关|部门))[^\n。；]*"
)
# A heading, not a sentence, which may speak of them above a table of the report's own; nor that
# of a section before the title of another table.
_OF_A_BODY_BELOW = re.compile(
    r"(?m)^(?=.{4,40}$)(?P<annex>附)?[^\n。；，]*(?<![及和与含、])(?:[所下直局委厅院校镇]属|所辖|下[辖设])(?!于)[^\n。；，]{0,8}?"
    r"(?:单位|机构|乡镇|街道|部门|中心|[大支]队|企业|学校|医院|[站所])"
    r"(?:[^\n。；，]{0,30}(?:表|情况|统计|数据)[^\n。；，]*$"
    r"(?(annex)|(?![\s\S]*^[^\t\n。；，]{3,40}表$)))?$"
)
# Without one of these, words above a table tell neither.
_SIGN = re.compile("例|仅供|非本|属|所辖|下[辖设]")
# What a heading says of whose table stands below it in a region's report: a part's, or all of it.
_OF_A_PART = re.compile(
    r"[^\n。；，]*?(?:(?:^|[省市县区州旗盟府）)、．. ])(?:级)?本级(?!政府信息公开(?:工作)?年度报告)"
    r"|政府办公[室厅][^\n。；，]{0,12}(?:收到|办理|情况|统计|数据|表)"
    r"|(?:[县区市旗]、?)+[（(][县区市旗、]+[)）]|县市区|县区|区县|市县|旗县|乡镇|镇街|街镇|街道"
    r"|[省市县区州旗盟][直级](?:各)?(?:部门|单位|机关)|(?:各|所属)(?:部门|单位))[^\n。；，]*"
)
_OF_THE_WHOLE = re.compile(
    r"[^\n。；，]*(?:全[省市县区州旗盟](?!本级|直|级)|汇总|合计)[^\n。；，]*"
)
_LONGEST = 40


class HeadingExtent(NamedTuple):
    """How much of a region the heading above a table says it is on.

    Attributes:
        heading: The heading of a table on a part, empty for any other.
        is_whole: Whether it is on all of the region.
    """

    heading: str = ""
    is_whole: bool = False


def extent_of(above: str) -> HeadingExtent | None:
    """What the last heading says that speaks of a part or of all, None without one."""
    heads = (line.strip() for line in reversed(above.splitlines()))
    for head in heads:
        if len(head) > _LONGEST:
            continue
        is_whole = _OF_THE_WHOLE.fullmatch(head) is not None
        if _OF_A_PART.fullmatch(head):
            return HeadingExtent() if is_whole else HeadingExtent(head)
        if is_whole:
            return HeadingExtent(is_whole=True)
    return None


def is_of_a_body_below(caption: str) -> bool:
    """Whether a heading names a body that is led by whoever reports."""
    return _OF_A_BODY_BELOW.search(caption) is not None


def disowning(above: str) -> str | None:
    """Returns the heading that says of a table that it is an example or another body's."""
    if not _SIGN.search(above):
        return None
    found = _OF_NOBODY_HERE.search(above) or _OF_A_BODY_BELOW.search(above)
    return found[0].strip() if found else None
