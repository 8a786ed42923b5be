"""Whether a page of a crawl may be a report, told so cheaply that most never get parsed."""

import re

from pipeline.lexis.years import DIGITS

# Either stands in every report; most pages of a crawl hold neither.
_TOPICS = ("信息公开", "政务公开", "信息公開", "政務公開")
_TOPIC_BYTES = tuple(
    topic.encode(encoding) for topic in _TOPICS for encoding in ("utf-8", "gb18030", "utf-16-le")
) + tuple(topic.encode("big5") for topic in _TOPICS[2:])

# What all of them share, asked for first: half as many searches through most pages.
_COMMON_BYTES = (
    *(
        common.encode(encoding)
        for common in ("公开", "公開")
        for encoding in ("utf-8", "gb18030", "utf-16-le")
    ),
    "公開".encode("big5"),
)

# Navigation names the annual report on every page of a site, the year only a report does.
_TITLE = re.compile(
    rf"{DIGITS}\s*年?度?.{{0,40}}(?:信息|政务|政務|資訊)公[开開].{{0,16}}"
    r"(?:报告|報告|年报|年報|统计表|統計表|总结|總結)"
    rf"|(?:信息|政务|政務)公[开開].{{0,16}}(?:报告|報告|年报|年報|统计表|統計表|总结|總結).{{0,12}}{DIGITS}"
)
_FORM = re.compile(
    r"统\s*计\s*指\s*标|本年新收政府信息公开申请数量|主动公开政府信息数|上年结转政府信息公开申请"
)


def may_be_report(data: bytes) -> bool:
    """Tells from the bytes alone, in any encoding, whether a page is worth decoding."""
    return any(common in data for common in _COMMON_BYTES) and any(
        topic in data for topic in _TOPIC_BYTES
    )


def looks_like_report(text: str) -> bool:
    """Tells whether a page of a crawl may be a report or hold a statistics form.

    Returns:
        True for reports and for some pages that only link to one; those turn out to be
        list pages when they are read.
    """
    if not any(topic in text for topic in _TOPICS):
        return False
    return _TITLE.search(text) is not None or _FORM.search(text) is not None
