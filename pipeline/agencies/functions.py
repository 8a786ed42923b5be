"""What agencies do: ``data/functions.csv`` and the reading of a name's last half.

A name such as ``教育和体育局`` is cut into the declared words (教育, 体育), joining words
and an ending that says it is an agency (局). A name that cannot be cut up whole has no
known function.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pydantic import Field, field_validator

from pipeline.agencies.beginnings import Beginnings
from pipeline.agencies.spans import Span
from pipeline.declared import Declaration, declared_rows
from pipeline.model.agency import Level

_ENDINGS = {
    "工作领导小组办公室": "工作领导小组办公室",
    "领导小组办公室": "领导小组办公室",
    "指挥部办公室": "指挥部办公室",
    "委员会办公室": "委员会办公室",
    "管理委员会": "管理委员会",
    "委员会": "委员会",
    "办公室": "办公室",
    "指挥部": "指挥部",
    "总局": "总局",
    "局": "局",
    "厅": "厅",
    "委": "委员会",
    "部": "部",
    "署": "署",
    "办": "办公室",
}
"""Endings of an agency of its own, and what each is short for; longest first."""

_ALL_ENDINGS = tuple(_ENDINGS)
_FORM_ENDINGS = (*_ALL_ENDINGS, "中心")
_JOINING = re.compile(r"[和与及、暨兼]|以及")
_JOINT = re.compile("[和与]")
_FILLING = re.compile(
    r"监督管理|综合管理|行政管理|管理|监督|事务|工作|服务|发展|事业|行政|执法|综合|保障|促进|开发|"
    r"产业|改革|稽查|信息|资源|领导小组|技术|建设"
)
_INSTITUTIONS = "中心|总队|支队|大队|处|所|站|院|馆|社|队|总站|总公司|公司"
_INSTITUTION = re.compile(rf"(?:推广|运营|运行|养护|收储)?(?:{_INSTITUTIONS})$")
_UNIT_FORM = re.compile(
    rf"(?:{_INSTITUTIONS}|中队|科|股|集团|学校|中学|小学|大学|学院|幼儿园|协会|联合会|学会|基金会|银行|"
    "厂|园|库|台|会|组|专区|小组|段|场|庭|支行|分行|分局|支局|监狱|海关)$"
)
_CENTRE, _BRANCH_CENTRE = "中心", "分中心"
_LONGEST_UNIT = 14
_SEATS = {"人民政府": "人民政府", "政府": "人民政府", "行政公署": "行政公署", "行署": "行政公署"}
"""Who an office works for, where its name says so: 行署外事办公室."""
_SEAT = re.compile("|".join(_SEATS))
_SEAT_BEGINS = frozenset(seat[0] for seat in _SEATS)
_TIERS = frozenset("省市县区旗州盟镇乡")
_TIER = re.compile("(?:自治区|[省市县区旗州盟])(?=..)")
_ONLY_WITH_JOINT = frozenset({"建设"})
"""Words that behind another without 和 only say what is done with it: 数字化建设."""
HOW_IT_WORKS = "坚持|认真|严格|深入|积极|高度重视|切实|(?<!可)持续|始终|围绕|紧紧|扎实|不断"
"""What an agency does, which is part of no name: the sentence goes on behind it."""
_WORKS = re.compile(f"以习近平|贯彻|按照|网站$|{HOW_IT_WORKS}")
_MOST_WORDS = 3
Governed = Literal["division", "zone", "subdistrict", "party"]


class Function(Declaration):
    """A row of ``functions.csv``.

    Attributes:
        slug: Last part of the agency id.
        label_en: The function in English.
        stems: Official words for it, the usual one first.
        short: Abbreviated words, read as the first stem, or as what stands behind ``=``:
            ``文旅体=文化旅游体育``.
        whole: Names not made of a word and an ending; ``残联=残疾人联合会`` where one is
            short for another.
        national: Names of the agency of the central government, written like ``whole``.
        official: How its agencies' official names end where those of other bureaus end with 局 or
            厅; in counties like the last.
        valid_from: First year agencies of this name existed, None if open.
        valid_to: Last year, None if open.
        apart: First words of names of bodies beside the function's main one: 档案馆 beside
            the 档案局, 戒毒管理局 beside the 监狱管理局; ``*`` where every name is a body of
            its own, such as hospitals.
        covers: Functions that such a bureau has besides, without being another body for it:
            林业和竹业局 is the forestry bureau; joined by ``+`` where together they are this
            one: 文体广电和旅游局.
        endings: Pattern of the ends of names of this kind of body, whatever stands in front:
            schools, utilities. None where the function has no such kind.
        forms: Pattern of whole names that no declared words explain: bureaus of what a place
            makes (瓷局, 家具产业发展局). None where there are none.
        governs: What its agencies govern, or that they are committees of the Party; None for
            all that govern nothing.
        office_of: Function of the body that its agencies write for, empty if there is none.
    """

    slug: str = Field(pattern=r"^[a-z_]+$")
    label_en: str
    stems: tuple[str, ...]
    short: tuple[str, ...]
    whole: tuple[str, ...]
    national: tuple[str, ...]
    official: tuple[str, ...]
    valid_from: int | None
    valid_to: int | None
    apart: tuple[str, ...]
    covers: tuple[str, ...]
    endings: re.Pattern[str] | None
    forms: re.Pattern[str] | None
    governs: Governed | None
    office_of: str

    @field_validator(
        "stems", "short", "whole", "national", "official", "apart", "covers", mode="before"
    )
    @classmethod
    def _listed(cls, value: str) -> tuple[str, ...]:
        return tuple(value.split("|")) if value else ()

    @field_validator("valid_from", "valid_to", "governs", mode="before")
    @classmethod
    def _open(cls, value: str) -> str | None:
        return value or None

    @field_validator("endings", mode="before")
    @classmethod
    def _at_the_end(cls, value: str) -> str | None:
        return f"(?:{value})$" if value else None

    @field_validator("forms", mode="before")
    @classmethod
    def _whole_name(cls, value: str) -> str | None:
        return f"(?:{value})$" if value else None

    @property
    def years(self) -> Span:
        """When agencies of this name existed."""
        return self.valid_from, self.valid_to

    def official_name(self, level: Level, bureau: str) -> str:
        """Returns the name of its agency behind that of a region.

        Args:
            level: Tier of the region.
            bureau: How the names of bureaus end there.
        """
        if not self.stems:
            return self.whole[0].rpartition("=")[2]
        endings = self.official or (bureau,)
        return self.stems[0] + endings[-1 if level is Level.COUNTY else 0]


class FunctionReading(NamedTuple):
    """What the last half of a name says.

    Attributes:
        slug: The function, several joined by ``_and_`` in alphabetical order.
        name: The same words with abbreviations written out.
        unit: A unit inside the agency, empty for the agency itself.
    """

    slug: str
    name: str
    unit: str = ""

    @property
    def in_full(self) -> str:
        """The name with the unit behind it."""
        return self.name + self.unit


GOVERNMENT = FunctionReading("government", "人民政府")


@cache
def functions() -> dict[str, Function]:
    """Returns the declared functions by slug."""
    rows = declared_rows("pipeline.agencies", "functions", Function)
    return {row.slug: row for row in rows}


@cache
def governing(*what: Governed, offices: bool = False) -> frozenset[str]:
    """Returns the functions of those who govern.

    Args:
        what: What they govern; the Party's committees where ``party`` is asked for.
        offices: Whether the offices that write for them are meant as well.
    """
    bodies = frozenset(row.slug for row in functions().values() if row.governs in what)
    if not offices:
        return bodies
    return bodies | {row.slug for row in functions().values() if row.office_of in bodies}


def governs_place(slug: str) -> bool:
    """Whether agencies of a function govern a place: their ids are the place's alone."""
    return slug in governing("division", "zone", "subdistrict")


@lru_cache(maxsize=1024)
def is_above_all(slug: str) -> bool:
    """Whether a function is that of a body which all reports of a place speak of.

    These are its government, a zone's committee, their offices and the Party's committee, or
    the place where no body is named (``slug`` empty).
    """
    return not slug or slug in governing("division", "zone", offices=True) | governing("party")


def is_apart(reading: FunctionReading) -> bool:
    """Whether a name is of a body beside the main one of its function."""
    declared = functions().get(reading.slug)
    return declared is not None and (
        "*" in declared.apart or reading.name.startswith(declared.apart)
    )


def is_kind(reading: FunctionReading) -> bool:
    """Whether a name is that of a school, hospital or utility, with a name of its own."""
    declared = functions().get(reading.slug)
    return declared is not None and declared.endings is not None and not reading.unit


@cache
def national_names() -> dict[str, tuple[str, str]]:
    """Returns name → slug and full name of the agencies of the central government."""
    return _written_out((row.slug, entry) for row in functions().values() for entry in row.national)


@cache
def _whole() -> dict[str, tuple[str, str]]:
    return _written_out((row.slug, entry) for row in functions().values() for entry in row.whole)


def _written_out(entries: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Name as printed → slug and full name, from entries ``printed=written`` or ``name``."""
    names = {}
    for slug, entry in entries:
        printed, _, written = entry.partition("=")
        names[printed] = (slug, written or printed)
    return names


@cache
def _words() -> dict[str, tuple[str, str]]:
    """Word → slug and the word written out."""
    words: dict[str, tuple[str, str]] = {}
    for row in functions().values():
        for entry in row.short:
            word, _, written = entry.partition("=")
            words[word] = (row.slug, written or (row.stems or (word,))[0])
            words.setdefault(written or word, (row.slug, written or word))
    for row in functions().values():
        for stem in row.stems:
            words[stem] = (row.slug, stem)
    return words


@cache
def _beginnings() -> Beginnings:
    return Beginnings(_words())


@cache
def _last_characters() -> frozenset[str]:
    """What a name of an agency without a unit inside ends with."""
    return frozenset(name[-1] for name in (*_whole(), *_ENDINGS))


@lru_cache(maxsize=8192)
def read_function(text: str) -> FunctionReading | None:
    """Reads what an agency does from its name without the region.

    Args:
        text: Such as ``质监局`` or ``公安局交警大队``, normalised.

    Returns:
        The reading, None if the words are not declared. A desk that only writes the
        report (办公室, 综合科) is no unit of its own.
    """
    if not text:
        return None
    whole = _read_whole(text) or _read_kind(text) or _read_institution(text)
    if whole:
        return whole
    last = _last_characters()
    for end in range(len(text) - 1, 1, -1):
        head = _read_whole(text[:end]) if text[end - 1] in last else None
        if head:
            rest = text[end:]
            if is_desk(rest):
                return head
            if 1 < len(rest) <= _LONGEST_UNIT and looks_like_agency(rest):
                return FunctionReading(head.slug, head.name, rest)
    return _read_branch_of_centre(text) or _read_form(text)


def without_tier(name: str) -> str:
    """Returns a name without the tier in front of it: 气象局 of 市气象局, but all of 市场监管局."""
    match = _TIER.match(name)
    return name if match is None or read_function(name) else name[match.end() :]


def looks_like_agency(text: str) -> bool:
    """Whether a name ends like that of an agency or public institution."""
    named = text.endswith(_ALL_ENDINGS) or _UNIT_FORM.search(text) is not None
    return named and not _WORKS.search(text)


def _read_whole(text: str) -> FunctionReading | None:
    found = _whole().get(text)
    if found:
        return FunctionReading(*found)
    seat = _SEAT.match(text) if text[0] in _SEAT_BEGINS else None
    if seat and seat.end() < len(text):
        inner = _read_whole(text[seat.end() :])
        if inner and inner.slug not in governing("division", "zone"):
            bare = inner.name.removeprefix("人民政府")
            return inner._replace(name=_SEATS[seat.group()] + bare)
    for ending, written in _ENDINGS.items() if text.endswith(_ALL_ENDINGS) else ():
        if text.endswith(ending):
            cut = _cut(text[: -len(ending)])
            if cut:
                words = _as_official(text[: -len(ending)], cut)
                words = _committee_words(words) if ending == "委" else words
                return FunctionReading(_joined(cut[0]), words + written)
    return None


def _as_official(printed: str, cut: tuple[list[str], str]) -> str:
    """Words written out, but those of several functions as printed where any is in short.

    What one bureau of 科技 and 工信 is called in full, each county decides.
    """
    slugs, written = cut
    return printed if len(slugs) > 1 and len(printed) < len(written) else written


def _joined(slugs: Iterable[str]) -> str:
    """One slug of several functions, without those that another one covers."""
    left = set(slugs)
    for own, parts in _covers() if len(left) > 1 else ():
        if parts <= left and (own in left or len(parts) > 1):
            left = left - parts | {own}
    return "_and_".join(sorted(left))


@cache
def _covers() -> tuple[tuple[str, frozenset[str]], ...]:
    """Slugs with the functions they cover; sets of several functions stand first."""
    every = [
        (row.slug, frozenset(entry.split("+")))
        for row in functions().values()
        for entry in row.covers
    ]
    return tuple(sorted(every, key=lambda entry: -len(entry[1])))


def _committee_words(words: str) -> str:
    """Words in front of 委, which is short itself: 发展改革委 is the 发展和改革委员会."""
    for short, full in _without_joints():
        if words.startswith(short):
            return full + words[len(short) :]
    return words


@cache
def _without_joints() -> tuple[tuple[str, str], ...]:
    """Official words without 和 that are more usual with it, longest first."""
    found: dict[str, str] = {}
    for row in functions().values():
        for at, stem in enumerate(row.stems):
            short = _JOINT.sub("", stem)
            if short != stem and short in row.stems[at:]:
                found.setdefault(short, stem)
    return tuple(sorted(found.items(), key=lambda entry: -len(entry[0])))


def _read_kind(text: str) -> FunctionReading | None:
    """Schools, hospitals, utilities: known by the end of the name."""
    any_kind, kinds = _kinds()
    if not any_kind.search(text):
        return None
    for slug, endings in kinds:
        if endings.search(text):
            return FunctionReading(slug, text)
    return None


@cache
def _kinds() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """One pattern of the ends of all kinds of body, to pass over most names; one for each kind."""
    kinds = tuple((row.slug, row.endings) for row in functions().values() if row.endings)
    return re.compile("|".join(endings.pattern for _, endings in kinds)), kinds


def _read_form(text: str) -> FunctionReading | None:
    """Bureaus that no declared words explain, known by the form of the whole name."""
    if text[0] in _TIERS or not text.endswith(_FORM_ENDINGS):
        return None
    for slug, forms in _forms():
        if forms.match(text):
            return FunctionReading(slug, text)
    return None


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row.slug, row.forms) for row in functions().values() if row.forms)


def _read_institution(text: str) -> FunctionReading | None:
    """``公路管理处`` works in a declared field, but is no bureau of it."""
    match = _INSTITUTION.search(text)
    cut = _cut(text[: match.start()]) if match else None
    return FunctionReading(_joined(cut[0]), "", text) if cut else None


def _read_branch_of_centre(text: str) -> FunctionReading | None:
    """公共资源交易服务中心兖州分中心 is a branch of the centre, whatever it is a centre of."""
    head, centre, branch = text.partition(_CENTRE)
    inner = _read_institution(head + centre) if branch.endswith(_BRANCH_CENTRE) else None
    return FunctionReading(inner.slug, inner.unit, branch) if inner else None


def _cut(text: str) -> tuple[list[str], str] | None:
    """Slugs and written-out words, None unless the text consists of declared words."""
    for slugs, written in _cuts(text, 0):
        if slugs:
            return slugs, written
    return None


def _cuts(text: str, used: int, *, bare: bool = False) -> Iterator[tuple[list[str], str]]:
    if not text:
        yield [], ""
        return
    if used < _MOST_WORDS:
        words = _words()
        for length in _beginnings().ends(text):
            word = words.get(text[:length])
            if word and not (bare and text[:length] in _ONLY_WITH_JOINT):
                for slugs, written in _cuts(text[length:], used + 1, bare=True):
                    yield [word[0], *slugs], word[1] + written
    if used:
        for pattern in (_JOINING, _FILLING):
            match = pattern.match(text)
            if match:
                joined = pattern is _JOINING
                for slugs, written in _cuts(text[match.end() :], used, bare=bare and not joined):
                    yield slugs, match.group() + written


_DESK = re.compile(
    r"(?:机关|局|委|本级)?(?:综合|秘书|行政|党政|局|委|厅)?(?:办公室|办公厅|办|综合科|综合处|综合股|"
    r"秘书科|秘书处|秘书股|机关|本级|机关本级|关区|信息中心|"
    r"(?:政府|政务)?信息公开(?:工作)?(?:领导小组)?(?:办公室|办|机构)|"
    r"政务公开(?:工作)?(?:领导小组)?(?:办公室|办)|"
    r"(?:政策)?法规(?:科|处|股)|法制(?:科|处|股)|人秘(?:科|股)|人事秘书(?:科|股)|宣传(?:科|处|股))"
)


def is_desk(text: str) -> bool:
    """Whether words name an office of the agency that only writes its papers."""
    return _DESK.fullmatch(text) is not None
