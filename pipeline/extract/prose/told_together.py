"""Doubts that the numbers of one sentence cast on each other's labels."""

import re
from itertools import zip_longest

from msgspec import structs

from pipeline.extract.prose.attribution import CONFIDENCE_OPEN, is_open
from pipeline.extract.prose.understood import UNREAD
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.forms.balance import balance
from pipeline.model.observation import Observation, Scope, Status

_MIXED = frozenset(
    {
        "requests.received",
        "reconsideration.total",
        "litigation.total",
        "training.sessions",
        "training.participants",
        "requests.processed.granted",
        "requests.answered.granted",
    }
)
_GRANTED = {
    "requests.processed.granted": "requests.processed.partly_granted",
    "requests.answered.granted": "requests.answered.partly_granted",
}
_DISCLOSURE = "公开"
_ABOUT_DISCLOSURE = re.compile(
    "(?:其中)?(?:涉及|因|属于?|关于|与|由)?(?:政府)?(?:信息|政务)公开(?:的|类|方面|引发|引起|有关|案件)*"
)
# What came in to be no request at all: 平台来件60件,其中8件属于咨询、投诉事项.
_NO_REQUEST = re.compile(
    "^(?:属于?|为|系)?(?:[、和及与]?(?:咨询|投诉|信访|举报|求助|建议|诉求))+(?:类)?(?:事项|问题|件)?$"
)
_REQUEST = re.compile("(?<!依)申请")
_NEW = "新收"
_CLOSED_OLD = re.compile(
    "(?:办结|答复|办理|处理)(?:了)?(?:上一?年|往年|去年)度?(?:末|底)?(?:的)?(?:结转|转结|遗留)"
)
_WITHDRAWN = re.compile("撤回|撤销申请")
_ANSWERED = "N-answered"
_AT_LAST = "最终"
_OF_ANYTHING = frozenset({"N-reconsideration_bare", "N-litigation_bare"})
_CASE_TOTALS = frozenset({"reconsideration.total", "litigation.total"})
_CASES = ("reconsideration.", "litigation", "complaints.", "appeals.")
_DENIED = "requests.answered.denied"
_WEBSITE = "disclosure.channel.website"
_FEES = "requests.fees_collected"
_FEE = re.compile("^(?!.*减免).*(?<!事业性收)费用?$")
_KIND_OF_FEES = re.compile("(?:检索|复制|复印|邮寄|邮递|工本|递送|传真)费")
_OTHER_WAY = "disclosure.channel.other"
_FEWEST_MIXED = 2
# So few reviews may be on the requests of the year before.
_FEW = 10


def is_none_received(seen: Observation) -> bool:
    """Whether an observation says for sure that no request came, so that none was answered."""
    return seen.indicator_id == balance().received and not is_open(seen.why)


def without_denials(found: list[Observation]) -> list[Observation]:
    """Leaves out that there was none of what the sentence has counted before.

    收到申请5件，均已答复，未产生…申请公开的案例 denies something else than the requests.
    """
    counted: set[tuple[str | None, int | None]] = set()
    kept = []
    for one in found:
        of_year = one.indicator_id, one.year
        if one.value_status is Status.ZERO_STATEMENT and of_year in counted:
            continue
        if one.indicator_id and one.value and one.value_status is Status.REPORTED:
            counted.add(of_year)
        kept.append(one)
    return kept


def without_unread(found: list[Observation]) -> list[Observation]:
    """Leaves open what follows words not understood in a sentence and names nobody of its own.

    对口帮扶的新城管委会受理6件,办结5件,结转1件: whoever received has closed them, too.
    """
    first = next((at for at, one in enumerate(found) if UNREAD in one.why), len(found))
    return [
        _opened(one, UNREAD)
        if at > first and one.indicator_id and one.scope is Scope.UNKNOWN and UNREAD not in one.why
        else one
        for at, one in enumerate(found)
    ]


def without_more_closed(found: list[Observation]) -> list[Observation]:
    """Leaves open all requests closed, where closed ones carried in are counted beside them.

    已办结34件,另办结上年结转3件: neither is all that was closed.
    """
    if not any(_CLOSED_OLD.search(one.label_raw) for one in found):
        return found
    return [
        _opened(one, "O-narrowed") if one.indicator_id in balance().dealt_with else one
        for one in found
    ]


def without_answers_alone(found: list[Observation]) -> list[Observation]:
    """Leaves open what was answered, where what was withdrawn fills the balance beside it.

    33 came, 答复24件,申请人撤回3件,结转下年6件: 27 were dealt with.
    """
    told = {one.indicator_id: one.value or 0 for one in found if not is_open(one.why)}
    withdrawn = sum(one.value or 0 for one in found if _WITHDRAWN.search(one.label_raw))
    needed = {balance().received, balance().processed, balance().carried_out}
    if not withdrawn or not told.keys() >= needed:
        return found
    came = sum(told.get(name, 0) for name in balance().came)
    if came != sum(told[name] for name in balance().went) + withdrawn:
        return found
    return [_opened(one, "O-narrowed") if _ANSWERED in one.why else one for one in found]


def without_mixed_totals(found: list[Observation]) -> list[Observation]:
    """Leaves a whole open, or without indicator, if its parts show that it counts other things too.

    Requests with those carried in are not what came in the year; of all lawsuits some may
    be about disclosure.
    """
    if len(found) < _FEWEST_MIXED:
        return found
    new = [one.value for one in found if _NEW in one.label_raw]
    found = [
        _opened(one, "O-mixed")
        if one.indicator_id == balance().received
        and one.value
        and _NEW not in one.label_raw
        and any(value is not None and value != one.value for value in new)
        else one
        for one in found
    ]
    mixed = {
        one.section_path
        for one in found
        if (one.indicator_id in _MIXED or _came(one))
        and any(
            part.section_path.startswith(f"{one.section_path} > ")
            and _mixes(one, part)
            and not _is_filled(one, found)
            for part in found
        )
    }
    told = [
        structs.replace(one, indicator_id=None, why=(*one.why, "O-mixed"))
        if (one.indicator_id in _MIXED or _came(one)) and one.section_path in mixed
        else one
        for one in found
    ]
    told = [
        _opened(one, "O-mixed") if _is_bare_total(one) and _tells_of_disclosure(other) else one
        for one, other in zip_longest(told, told[1:])
    ]
    cases = {one.section_path for one in found if one.indicator_id in _CASE_TOTALS} & mixed
    return _without_listed_cases(told, cases) if cases else told


def _without_listed_cases(found: list[Observation], mixed: set[str]) -> list[Observation]:
    """Leaves open cases listed before those of which some are said to be about disclosure.

    复议2件、诉讼1件,其中涉及信息公开1件: the one may be of either; were there none, of neither.
    """
    listed = [one for one in found if one.indicator_id in _CASE_TOTALS and _is_bare_case(one)]
    beside = [one for one in listed if one.above not in mixed]
    if not beside:
        return found
    return [
        _opened(one, "O-mixed") if one in beside or (one.value and one.above in mixed) else one
        for one in found
    ]


def _is_bare_total(one: Observation) -> bool:
    return one.indicator_id in _CASE_TOTALS and _is_bare_case(one)


def _tells_of_disclosure(one: Observation | None) -> bool:
    """Whether a number counts the cases about disclosure among those before it."""
    return one is not None and _ABOUT_DISCLOSURE.fullmatch(one.label_raw) is not None


def _is_bare_case(one: Observation) -> bool:
    return bool(one.value) and _DISCLOSURE not in one.label_raw


def without_rest(found: list[Observation]) -> list[Observation]:
    """Leaves open the items on one website, where other sites are counted beside it.

    区政府门户网站公开5114条,各部门自建网站公开1096条: neither is all that sites published.
    """
    found = _without_kinds_of_fees(_without_other_ways(found))
    sites = [one for one in found if one.indicator_id == _WEBSITE]
    if not sites:
        return found
    # 部门网站 alone is a department's own.
    beside = {one.above for one in found if _is_of_more_sites(one) and sites != [one]}
    if not beside and len({one.value for one in sites}) > 1:
        beside = {one.above for one in found}
    if not beside:
        return found
    return [
        _opened(one, "O-narrowed") if one.indicator_id == _WEBSITE and one.above in beside else one
        for one in found
    ]


def _without_other_ways(found: list[Observation]) -> list[Observation]:
    """Leaves open the items in other media, where one of these media is counted beside them.

    公开栏公开信息44条,其他媒体公开信息40条: all other ways are both.
    """
    counted = any(
        not one.indicator_id and vocabulary().more_ways.search(one.label_raw) for one in found
    )
    if not counted:
        return found
    return [_opened(one, "O-narrowed") if one.indicator_id == _OTHER_WAY else one for one in found]


def _without_kinds_of_fees(found: list[Observation]) -> list[Observation]:
    """Leaves open one kind of fees where others are told beside it: 收取复印费42元、邮寄费11元."""
    told = {one.label_raw for one in found if one.value and _FEE.search(one.label_raw)}
    if len(told) < _FEWEST_MIXED:
        return found
    return [
        _opened(one, "O-narrowed")
        if one.indicator_id == _FEES and one.value and _KIND_OF_FEES.search(one.label_raw)
        else one
        for one in found
    ]


def _is_of_more_sites(one: Observation) -> bool:
    return vocabulary().more_sites.search(one.label_raw) is not None


def without_implausible(found: list[Observation]) -> tuple[Observation, ...]:
    """Leaves open reviews and lawsuits that no word ties to disclosure and that outnumber requests.

    They are those on everything the reporter does.
    """
    came = {
        one.indicator_id: one.value or 0
        for one in found
        if one.indicator_id in balance().came and not is_open(one.why)
    }
    of_anything = [one for one in found if not _OF_ANYTHING.isdisjoint(one.why)]
    most = max(sum(came.values()), _FEW)
    if balance().received not in came or all((one.value or 0) <= most for one in of_anything):
        return tuple(found)
    return tuple(_opened(one, "O-mixed") if one in of_anything else one for one in found)


def without_apart(found: list[Observation]) -> list[Observation]:
    """Leaves open reasons for denial that stand beside the denials and outnumber them.

    不予公开2条,信息不存在9条: form A counts the nine among the denied, the sentence does not.
    """
    whole = next((one for one in found if one.indicator_id == _DENIED), None)
    if whole is None or whole.value is None or whole.value_status is not Status.REPORTED:
        return found
    inside = f"{whole.section_path} > "
    apart = [
        one
        for one in found
        if (one.indicator_id or "").startswith(f"{_DENIED}.")
        and not one.section_path.startswith(inside)
    ]
    if sum((one.value or 0) for one in apart) <= whole.value:
        return found
    return [_opened(one, "O-mixed") if one in apart else one for one in found]


def without_kinds(found: list[Observation]) -> list[Observation]:
    """Leaves open kinds of one ruling that are told one by one: neither is all of it.

    诉讼5件,其中驳回起诉3件、驳回诉讼请求2件: five were upheld, not three.
    """
    totals = {one.indicator_id: one.value or 0 for one in found if one.indicator_id in _CASE_TOTALS}
    told: dict[tuple[str, str], list[Observation]] = {}
    for one in found:
        case, _, ruling = (one.indicator_id or "").partition(".")
        if ruling and f"{case}.total" in totals and one.value and not is_open(one.why):
            told.setdefault((case, ruling), []).append(one)
    kinds = []
    for (case, _), alike in told.items():
        are_apart = len({one.label_raw for one in alike}) == len(alike) >= _FEWEST_MIXED
        if are_apart and sum(one.value or 0 for one in alike) <= totals[f"{case}.total"]:
            kinds += alike
    return [_opened(one, "O-narrowed") if one in kinds else one for one in found]


def without_told_before(text: str, found: list[Observation]) -> list[Observation]:
    """Leaves open what a text says that last year's report has counted, or only a draft."""
    said = vocabulary().told_before.search(text)
    if said is None:
        return found
    reason = "O-rule" if said["draft"] else "O-other_year"
    return [
        _opened(one, reason) if one.indicator_id and _AT_LAST not in one.label_raw else one
        for one in found
    ]


def without_unrelated(one: Observation) -> Observation:
    """Leaves open cases of which the text says that they are about something else."""
    is_case = (one.indicator_id or "").startswith(_CASES)
    if not is_case or not one.value or _DISCLOSURE in one.label_raw:
        return one
    return _opened(one, "O-mixed")


def _opened(one: Observation, reason: str) -> Observation:
    return structs.replace(one, confidence=CONFIDENCE_OPEN, why=(*one.why, reason))


def _came(one: Observation) -> bool:
    """Whether a number counts requests received, all or by channel or applicant."""
    return (one.indicator_id or "").startswith(balance().received)


def _is_filled(whole: Observation, found: list[Observation]) -> bool:
    """Whether those who asked are all that came, so that what was carried in stands beside them."""
    asked = [
        one.value or 0
        for one in found
        if (one.indicator_id or "").startswith(f"{balance().received}:")
        and one.above == whole.section_path
    ]
    return bool(asked) and sum(asked) == whole.value


def _mixes(whole: Observation, part: Observation) -> bool:
    if part.year != whole.year:
        return False
    if _came(whole) and _NO_REQUEST.search(part.label_raw):
        return _REQUEST.search(whole.label_raw) is None
    if whole.indicator_id == balance().received:
        if _NEW in whole.label_raw:
            return False
        return part.indicator_id == balance().carried_in or part.label_raw.startswith("上年结转")
    if whole.indicator_id in _GRANTED:
        return part.indicator_id == _GRANTED[whole.indicator_id]
    return _DISCLOSURE in part.label_raw and _DISCLOSURE not in whole.label_raw
