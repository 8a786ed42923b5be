"""What a number is a part of: 其中, 分别, 包括 and brackets, by kind and unit.

The number right before 其中 need not be the one it means: 受理8件，涉及甲1件、乙7件。其中
同意公开3件 are three of the eight.
"""

import re
from decimal import Decimal
from typing import NamedTuple, Self

from pipeline.extract.prose.kinds import (
    CountedKind,
    are_alike,
    case_of,
    cases,
    counted_kind,
    family_of,
    is_outcome,
)
from pipeline.extract.prose.quantities import Quantity
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.forms.balance import balance
from pipeline.model.observation import Scope

_PART_GAP = 3
OF_A_STRETCH = frozenset({"O-part_of_year", "O-several_years"})
"""Reasons that leave a number open which is of less or more than the year."""

_REQUESTS = "requests."
_CHANNEL = "disclosure.channel."
_WAYS_ASIDE = 3
# A clause between two parts that counts nothing ends what 其中 began.
_CLAUSE = re.compile(r"[,;](?!占|因|由于|其中|分别|是|及)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BRACKET = re.compile(r"[()]")
# Behind a semicolon 共 begins a count of something else, and so does what came or was registered.
_NEW_TOTAL = re.compile(
    r"(?:^|[;。])(?:全年|一共|共|合计|总计|(?:正式|实际)?登记|新收|收到|受理|接到|(?:均?已|申请)?(?:办结|答复))"
    r"|[,;。](?:全年|本年度?|年内)共?(?:办结|答复|处理)"
)
# Requests on one matter: 涉及征地补偿的申请9件.
_IS_ASKED = re.compile("^(?:涉及|关于|属于|有关)[^,。;]{2,20}申请$|类(?:的)?(?:信息公开)?申请$")
_CALLED_REQUEST = re.compile("涉及|属于|申请|公开|答复|回复|办理|办结|处理|受理|收到|收件|来件|件$")
_SUM = re.compile("(?:以上|上述|两项)?(?:合计|总计|共计|合共|总共|一共|共)(?:为|有)?")
# What is left is left of all that was counted, not of what a part of it is divided into.
_REST = re.compile("其余|余下|剩余")
# A colon right behind a number, or behind words that announce its parts: 12件,渠道为:网络8件.
_ANNOUNCED = re.compile(
    "(?:[,]?[^,。;:()\\d]{0,8}(?:结果|方式|渠道|途径|形式|来源|情况|分类)[^,。;:()\\d]{0,6})?:"
    "|[,;](?:从|按)[^,。;:()\\d]{2,12}(?:看|来说|[划区]?分)[,:]"
)
# What brackets hold that is not counted: 受理17件(不含转办的36件).
_LEFT_OUT = re.compile("不含|不包括|不计|未含|未计入|另有|除")
# Words at the head of a sentence that announce ways: 渠道为:网站8条.
_BY_WAY = re.compile(
    "(?:公开|发布|申请|提交)?(?:渠道|方式|途径|形式|载体)(?:分别)?(?:为|是|有|包括|如下)?:"
    "|(?:从|按)[^,。;:()\\d]{2,12}(?:看|来说|[划区]?分)[,:]"
)
# What a sentence tells of before 其中 that it has no number for: 发布了预决算,其中预算5条.
_TELLS_ANEW = re.compile(
    "(?:发布|公布|制发|印发|召开|举办|公开(?!的|信息|政府信息))[^,。;]{2,}[,;]$"
)
_LISTED = re.compile(r"[、和与及][^,。;:()\d]*")
_GROUPING = re.compile(rf"\(|\)|{vocabulary().parts.pattern}")


class Counted(NamedTuple):
    """A number read, as later ones of its paragraph see it."""

    label: str
    path: tuple[str, ...]
    unit: str
    indicator: str | None = None
    parent: "Counted | None" = None
    scope: Scope = Scope.UNKNOWN
    year: int | None = None
    why: tuple[str, ...] = ()
    quantity: Quantity | None = None

    @property
    def counts(self) -> tuple[Decimal | None, str]:
        """How many of what unit; no number where none is known."""
        return (self.quantity.value if self.quantity else None, self.unit)

    @property
    def is_of_requests(self) -> bool:
        """Whether what is counted are requests for information."""
        return self.indicator is not None and self.indicator.startswith(_REQUESTS)

    @property
    def is_outcome(self) -> bool:
        """Whether it counts what became of some requests: 予以公开30件(含部分内容隐去后公开4件)."""
        return self.is_of_requests and is_outcome(self.label)

    @property
    def is_some_requests(self) -> bool:
        """Whether it counts some of the requests, which no indicator does: 征地类申请12件.

        Applicants are counted beside what became of all: 法人或其他组织2件，其中予以公开4件.
        """
        above, kind = self.parent, counted_kind(self.label)
        if self.indicator is None and above is None and kind and kind.kind == "applicant":
            return True
        if self.indicator is None and above is None and _IS_ASKED.search(self.label):
            return True
        if self.indicator or above is None or not above.is_of_requests:
            return False
        return kind is None or kind.kind != "applicant"

    @property
    def is_open_sum(self) -> bool:
        """Whether it sums up what no indicator counts: 新收50件,上年结转8件,合计58件."""
        return self.indicator is None and _SUM.fullmatch(self.label) is not None

    @property
    def is_of_something_else(self) -> bool:
        """Whether what it counts is not called a request: 收录典型案例5件,其中不予公开2件."""
        return self.indicator is None and _CALLED_REQUEST.search(self.label) is None

    @property
    def adds_up(self) -> bool:
        """Whether it adds up more than the year."""
        return (self.indicator or "").endswith(":cumulative") or not OF_A_STRETCH.isdisjoint(
            self.why
        )


class Tally(NamedTuple):
    """The numbers a paragraph has counted so far, and which of them the next is a part of.

    Attributes:
        counted: Its numbers in order.
        last: The number before; behind brackets, the one right before them.
        whole: What the next numbers are parts of, None where nothing has begun to list parts.
        is_of_last: Whether the next is a part of the one before whatever its label is.
        of_these: What 上述申请中 takes up, of which anything may be a part.
        begun: How many numbers were counted before the sentence.
        outer: The whole and the last number outside of each bracket that is open.
    """

    counted: tuple[Counted, ...] = ()
    last: Counted | None = None
    whole: Counted | None = None
    is_of_last: bool = False
    of_these: Counted | None = None
    begun: int = 0
    outer: tuple[tuple[Counted | None, Counted | None], ...] = ()

    @property
    def expects_part(self) -> bool:
        """Whether the next number is said to be a part of another."""
        return self.whole is not None

    @property
    def indicators(self) -> frozenset[str]:
        """Indicators of the numbers of the paragraph so far."""
        return frozenset([one.indicator for one in self.counted if one.indicator])

    @property
    def first_label(self) -> str:
        """Label of the first number of the paragraph, empty without one."""
        return self.counted[0].label if self.counted else ""

    @property
    def root(self) -> Counted | None:
        """The last number, or what it is a part of: 共办理31件 takes up all that came in."""
        found = self.last
        while found is not None and found.parent is not None:
            found = found.parent
        return found

    @property
    def received(self) -> Counted | None:
        """The requests received, if the paragraph counts them: applicants are some of them."""
        return next((one for one in self.counted if one.indicator == balance().received), None)

    @property
    def came(self) -> Counted | None:
        """The requests that came, where the last numbers are all their ways, or senders."""
        last, root = self.last, self.root
        if last is None or root is None or root is last or root.indicator != balance().received:
            return None
        parts = [one for one in self.counted if one.parent is root]
        ways = all((one.indicator or "").startswith(balance().received) for one in parts)
        values = [one.quantity.value for one in (root, *parts) if one.quantity]
        if not ways or len(values) <= len(parts) or None in values:
            return None
        added = sum((value for value in values[1:] if value), Decimal(0))
        return root if added == values[0] else None

    @property
    def cases(self) -> Counted | None:
        """The last total of a kind of cases: outcomes are counted among them."""
        totals = (f"{name}.total" for name in cases())
        kinds = frozenset(totals)
        return next((one for one in reversed(self.counted) if one.indicator in kinds), None)

    def cases_listed(self, text: str, last: Counted) -> list[Counted]:
        """The cases counted right before others in one list: 行政复议3件、行政诉讼4件."""
        before = self.counted[-2] if len(self.counted) > 1 and self.last is last else None
        one, other = (before and before.quantity), last.quantity
        is_list = one and other and _LISTED.fullmatch(text, one.end, other.start)
        totals = [f"{name}.total" for name in cases()]
        are_cases = before and before.indicator in totals and last.indicator in totals
        return [before] if before and is_list and are_cases else []

    def narrows(self, whole: Counted) -> bool:
        """Whether a whole is the new requests alone, since requests carried in stand before it."""
        new, old = balance().came
        before = self._counted_before(whole)
        return whole.indicator == new and any(one.indicator == old for one in before)

    def whole_of(self, label: str, unit: str) -> Counted | None:
        """The whole that the next number, by its label and unit, is a part of; None for no part."""
        whole = self._whole_named(label, unit)
        if whole is None or self.is_of_last or are_alike(whole.unit, unit):
            return whole
        before = self._counted_before(whole)
        return next((one for one in reversed(before) if one.unit == unit), None)

    def behind(self, label: str, unit: str) -> Self:
        """Returns what holds behind a number with a label and a unit, itself not yet added.

        A number of another family ends what 其中 began.
        """
        whole = self._whole_named(label, unit)
        if whole is self.whole and not self.is_of_last:
            return self
        return self._replace(whole=whole, is_of_last=False)

    def add(self, counted: Counted) -> Self:
        """Returns it with another number."""
        return self._replace(last=counted, counted=(*self.counted, counted))

    def end_sentence(self) -> Self:
        """Returns what holds behind a full stop, which ends what 其中 began."""
        begun = len(self.counted)
        if begun == self.begun and self.whole is None and not self.outer:
            return self
        return self._replace(begun=begun, whole=None, outer=())

    def follow(self, text: str, begin: int, end: int) -> Self:
        """Returns what holds behind 其中, 分别为 and brackets between two numbers."""
        whole = self._announced(text, begin, end)
        tally = self if whole is self.whole else self._replace(whole=whole)
        for mark in _GROUPING.finditer(text, begin, end):
            tally = tally._grouped(text, begin, mark)
        return tally

    def finish(self, text: str, begin: int) -> Self:
        """Returns what holds behind the brackets after the last number of a sentence."""
        tally = self
        for mark in _BRACKET.finditer(text, begin):
            tally = tally._bracket(mark.group(), close=False)
        return tally

    def _announced(self, text: str, begin: int, end: int) -> Counted | None:
        """The whole after the words between two numbers, their 其中 and brackets aside."""
        whole = self.whole
        announced = self.last is not None and begin and _ANNOUNCED.match(text, begin)
        if announced:
            whole = self.last
        elif self.last is not None and not begin and _BY_WAY.match(text):
            whole = self._before_list()
        if whole is None or self.outer:
            return whole
        if _REST.search(text, begin, end):
            whole = self._first_alike(whole)
        if _NEW_TOTAL.search(text[begin:end]):
            return None
        goes_on = begin == 0 or announced
        return whole if goes_on or len(_CLAUSE.findall(text, begin, end)) <= 1 else None

    def _grouped(self, text: str, begin: int, mark: re.Match[str]) -> Self:
        """The tally behind one bracket, 其中 or 分别."""
        word, at = mark.group(), mark.start()
        is_close = begin > 0 and at - begin <= _PART_GAP
        if word in "()":
            return self._bracket(word, is_close and not _LEFT_OUT.match(text, mark.end()))
        if word == "其中" and not begin and _TELLS_ANEW.search(text, 0, at):
            return self._replace(whole=None)
        if word == "其中" and at and _HAN.match(text, at - 1):
            return self._replace(whole=self.last, is_of_last=True)
        if not (is_close or word.endswith("中") or word.startswith("分别")):
            return self
        named = None if begin else self._taken_up(text[:at])
        whole = self._before_list() if at == 0 else named or self.last
        of_these = whole if word.endswith("申请中") else self.of_these
        return self._replace(whole=whole, of_these=of_these)

    def _taken_up(self, words: str) -> Counted | None:
        """The last number whose label begins some words: 审结案件中,维持5件."""
        named = (one for one in reversed(self.counted) if one.label)
        return next((one for one in named if words.startswith(one.label)), None)

    def _bracket(self, word: str, close: bool) -> Self:
        """The tally behind a bracket: numbers inside are parts of the number right before it."""
        if word == "(":
            outer = (*self.outer, (self.whole, self.last))
            return self._replace(outer=outer, whole=self.last if close else self.whole)
        if not self.outer:
            return self._replace(whole=None)
        *outside, (whole, before) = self.outer
        return self._replace(outer=tuple(outside), whole=whole, last=before or self.last)

    def _whole_named(self, label: str, unit: str) -> Counted | None:
        """The whole of a number and of those that follow, whatever their unit."""
        whole = self.whole
        if whole is None or self.is_of_last:
            return whole
        kind = counted_kind(label)
        # Who asked divides a sum; what became of requests is told of those that came.
        is_divided = whole.is_open_sum and kind is not None and kind.kind == "applicant"
        is_meant = whole is self.of_these or whole.is_some_requests or is_divided
        if is_meant and are_alike(whole.unit, unit):
            return whole
        if kind is None:
            return None if _are_strangers(whole, label) else whole
        if kind.within and kind.within.search(whole.indicator or ""):
            return whole
        if self.outer and self.outer[-1][1] is whole and whole.is_outcome:
            return whole
        found = self._fitting(kind, unit, label)
        if (
            whole.indicator is None
            and case_of(whole.label)
            and found in self._counted_before(whole)
        ):
            return whole
        return found or (None if kind.alone else whole)

    def _fitting(self, kind: CountedKind, unit: str, label: str) -> Counted | None:
        """The last number of which such a kind may be told, and was not: 收到30件,其中网上20件."""
        told = [one.parent for one in self.counted if one.label == label]
        candidates = [one for one in (self.whole, *reversed(self.counted)) if one]
        candidates = [one for one in candidates if one not in told]
        case = case_of(label)
        if kind.beside:
            candidates = [one for one in candidates if one.parent is not self.whole]
        if case:
            candidates = [one for one in candidates if one.indicator == f"{case}.total"]
        return next(
            (
                one
                for one in candidates
                if one.indicator and kind.wholes.search(one.indicator) and are_alike(one.unit, unit)
            ),
            None,
        )

    def _counted_before(self, whole: Counted) -> tuple[Counted, ...]:
        return self.counted[: self.counted.index(whole)] if whole in self.counted else ()

    def _first_alike(self, whole: Counted) -> Counted:
        """The first number of the sentence that is no part and counts in the unit of another.

        What else is done is counted act by act: 处罚9宗；许可558宗，其中甲3宗，其余555宗.
        """
        if whole.indicator and not whole.is_of_requests:
            return whole
        said = self.counted[self.begun :]
        wholes = (one for one in said if one.parent is None and are_alike(one.unit, whole.unit))
        return next(wholes, whole)

    def _before_list(self) -> Counted | None:
        """What 其中 at the head of a sentence means: the last number that is no part itself.

        Of several ways that were counted side by side it means none, but all of them.
        """
        wholes = [one for one in self.counted if one.parent is None]
        if sum((one.indicator or "").startswith(_CHANNEL) for one in wholes[-_WAYS_ASIDE:]) > 1:
            return None
        return wholes[-1] if wholes else self.last


def _are_strangers(whole: Counted, label: str) -> bool:
    """Whether a label is about something else than a number it stands behind."""
    one, other = family_of(whole.label), family_of(label)
    return bool(one and other) and one != other and "topic" not in (one, other)
