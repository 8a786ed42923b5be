"""Whether a number is beyond doubt the reporter's own, and of the year reported on.

What stays open gives an observation with the reason and no fact. This is the one place that
decides; ``data/reasons.yml`` says what each reason means.
"""

import re
from functools import cache
from typing import NamedTuple

from pipeline.declared import Declaration, declared
from pipeline.extract.prose.circumstances import (
    is_of_others,
    is_partial,
    is_total_again,
    says_year,
    without_closed,
    year_before,
)
from pipeline.extract.prose.wholes import Counted
from pipeline.extract.prose.whose import (
    BodyRelation,
    Reporter,
    bodies_before,
    bodies_counted_behind,
    body_before,
    kind_of,
)
from pipeline.model.observation import Scope

OPEN = "O-"
CONFIDENCE_OPEN = 0.6
"""How sure a number can be at most that something leaves open."""

OF_NARROWER = "O-narrower_body"
"""Reason for which a number of a part of the reporter stands open."""
_BODIES = {
    BodyRelation.WIDER: "O-wider_body",
    BodyRelation.SYSTEM: "O-wider_body",
    BodyRelation.NARROWER: OF_NARROWER,
    BodyRelation.OTHER: "O-other_body",
}


# Another's, told as not counted here: 管委会受理6件,由其单独编制年度报告,不计入本机关数据.
_IS_ELSEWHERE = re.compile(
    "[,;(](?:均|都|也|但|故|因此|该(?:数据?|件))*(?:不|未)(?:再)?(?:计入|列入|纳入|统计在|包括在|包含在)(?:本|我|此)[^,。;]{0,6}"
    "(?:机关|单位|局|镇|街道|年报|年度报告|报告|数据|统计)"
)
# What holds some of the writer's is not all his: 发布5140条,其中转载我镇动态若干条.
_HOLDS_OWN = re.compile(
    r"\d[^,。;()]{0,12}[,(]其中[^,。;]{0,6}(?:"
    r"(?:转载|采用|采纳|刊登|收录|来自)[^,。;]{0,2}[我本](?:镇|乡|街道|局|委|办|厅|院|部|单位|机关)"
    r"|[我本](?:镇|乡|街道|局|委|办|厅|院|部|单位|机关)(?:报送|上报|提供|被采用))"
)
# What is a share of all of a region is of some of it: 收到14件,占全市总量的5%.
_SHARE_OF_ALL = re.compile(r"\d[\d,.]*[条件份宗起],占全[省市县区州旗][^,。;\d]{0,8}\d[\d.]*%")
_PARTS_OF_ALL = (BodyRelation.NARROWER, BodyRelation.OTHER)


class Explanation(Declaration):
    """What an id in ``why`` of an observation stands for, in both languages."""

    id: str
    title_zh: str
    title_en: str
    statement_zh: str
    statement_en: str


class _Reasons(Declaration):
    reasons: tuple[Explanation, ...]


class Attribution(NamedTuple):
    """The body and year that a number belongs to, and the reasons that leave it open.

    Attributes:
        scope: Whose, as far as the words say.
        year: The year, where it is not the report's.
        why: Ids of the reasons, empty where nothing is open.
    """

    scope: Scope
    year: int | None
    why: tuple[str, ...]


@cache
def reasons() -> dict[str, Explanation]:
    """Returns every reason by its id."""
    loaded = declared("pipeline.extract.prose", "reasons", _Reasons)
    return {reason.id: reason for reason in loaded.reasons}


def is_open(why: tuple[str, ...]) -> bool:
    """Whether something leaves a number open."""
    return any(name.startswith(OPEN) for name in why)


def _is_beside_all(text: str, at: int, reporter: Reporter, before: Counted | None) -> bool:
    """Whether a seat is counted beside all that it leads: 全系统公开2140条,局机关公开430条.

    A government's own number stands beside those of its departments: 市政府30件,市直部门50件.
    """
    if before and before.scope is Scope.REGION and _leads_others(reporter):
        return True
    named = bodies_before(text, at, reporter)
    if _leads_others(reporter):
        named += bodies_counted_behind(text, at, reporter)
    aside = (Scope.AGENCY, Scope.REGION) if _is_agency(reporter) else (Scope.AGENCY,)
    return any(not one.is_seat and one.scope not in aside for one in named)


def _is_agency(reporter: Reporter) -> bool:
    """Whether a reporter is a single agency, to which acts of its region do not belong."""
    return kind_of(reporter.name)[0] in ("agency", "office")


def _leads_others(reporter: Reporter) -> bool:
    """Whether a reporter is a government, to which acts of its agencies belong as well."""
    return kind_of(reporter.name)[0] == "government"


def attribution(
    text: str,
    at: int,
    year: int | None,
    reporter: Reporter,
    before: Counted | None,
    *,
    counts: bool,
    year_told: int | None = None,
) -> Attribution:
    """Returns whose the number at an offset of a sentence is, and of which year.

    Args:
        text: Clean text of the sentence.
        at: Offset of the number.
        year: The year reported on, None if not known.
        reporter: Who reports.
        before: The number whose words still hold, None if there is none. What a later
            sentence tells of 全县's requests is of 全县 too, whoever reports.
        year_told: The year that a list of years gives it, None without one.
        counts: Whether it has an indicator; nothing is left open of one that has none.
    """
    body = body_before(without_closed(text, at), at, reporter)
    again = is_total_again(text, at)
    if body and body.relation in _PARTS_OF_ALL and again:
        body = None
    if body and body.is_seat and _is_beside_all(text, at, reporter, before):
        body = body._replace(relation=BodyRelation.NARROWER)
    named = year_before(text, at, year)
    why = []
    if year_told is not None:
        named = None if year_told == year else year_told
    elif named is None and before and not says_year(text, at, year):
        named = before.year
    scope = body.scope if body else before.scope if before else Scope.UNKNOWN
    if not counts:
        return Attribution(scope, named, ())
    if named is not None:
        why.append("O-other_year")
    if year_told is None and is_partial(text, at, year):
        why.append("O-part_of_year")
    if not again and is_of_others(without_closed(text, at), at, reporter.name):
        why.append("O-other_body")
    elif body is not None and body.relation in _BODIES:
        why.append(_BODIES[body.relation])
    elif _IS_ELSEWHERE.search(text, at):
        why.append(_BODIES[BodyRelation.OTHER])
    elif _SHARE_OF_ALL.match(text, at) and _leads_others(reporter):
        why.append(_BODIES[BodyRelation.NARROWER])
    elif body is None and _HOLDS_OWN.match(text, at) and not _leads_others(reporter):
        why.append(_BODIES[BodyRelation.WIDER])
    if body is None and before:
        why += [name for name in before.why if name not in why and name.endswith("_body")]
    return Attribution(scope, named, tuple(why))
